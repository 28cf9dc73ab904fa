"""Turtle, TriG, N-Triples and N-Quads, read for the places of what they state."""
