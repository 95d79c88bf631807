"""One file a panel: each shows a document and says what the user would like."""
