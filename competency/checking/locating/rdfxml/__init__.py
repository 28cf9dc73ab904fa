"""RDF/XML, read for the places of what it states."""
