"""Texts of RDF documents, read with the place of everything in them."""
