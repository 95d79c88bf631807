"""The graph under the analyst's hand: the only place that knows pyqtgraph, with plots."""
