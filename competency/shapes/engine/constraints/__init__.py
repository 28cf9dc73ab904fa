"""The constraint components of SHACL, each asked of all value nodes of a shape at once."""
