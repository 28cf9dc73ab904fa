"""JSON-LD, read for the places of what it states."""
