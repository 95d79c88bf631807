"""The graph on the screen: the only folder that draws it with pyqtgraph."""
