"""The verbs, split by menu; no widgets."""
