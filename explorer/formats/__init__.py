"""Networks as other programs read them: Gephi, networkx, igraph, Pajek, pandas, spreadsheets."""
