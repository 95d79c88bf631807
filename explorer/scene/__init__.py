"""What is drawn, as arrays and marks; no Qt."""
