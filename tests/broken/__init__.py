"""Frameworks with one fault each, and what the first line of their report must say."""
