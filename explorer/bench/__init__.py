"""The product's own benchmark: each figure beside a named reference of the same run."""
