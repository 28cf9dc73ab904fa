"""The prefixes that a query of the shapes may use (SHACL, section 5.2.1)."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SH, XSD, Literal
from rdflib.term import Node

from competency.shapes.engine.reading import Reader, name_of, reachable

_KNOWN = {"owl": str(OWL), "rdf": str(RDF), "rdfs": str(RDFS), "sh": str(SH), "xsd": str(XSD)}


def prefixes_of(reader: Reader, query: Node) -> dict[str, str]:
    """Return the prefixes that a query declares through ``sh:prefixes``, with a few known to all.

    Where it names an ontology or what is none, the declarations of the ontologies of the shapes
    graph count too, as far as they say nothing else. ShapesError for a broken declaration.

    >>> from rdflib import BNode, Graph
    >>> sorted(prefixes_of(Reader(Graph()), BNode()))
    ['owl', 'rdf', 'rdfs', 'sh', 'xsd']
    """
    named = reader.all(query, SH.prefixes)
    ontologies = reader.graph.subjects(RDF.type, OWL.Ontology) if named else ()
    found = dict(_KNOWN)
    for node in sorted(ontologies, key=str):
        found |= _declared(reader, [node])
    return found | _declared(reader, reachable(reader.graph, named, OWL.imports), strict=True)


def _declared(reader: Reader, nodes: list[Node], *, strict: bool = False) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        for declaration in reader.all(node, SH.declare):
            prefix = reader.text(declaration, SH.prefix)
            namespace = reader.one(declaration, SH.namespace)
            if prefix is None or not isinstance(namespace, Literal):
                raise reader.error(node, "sh:declare needs one sh:prefix and one sh:namespace")
            if strict and found.setdefault(prefix, str(namespace)) != str(namespace):
                raise reader.error(node, f"the prefix {name_of(Literal(prefix))} is declared twice")
            found[prefix] = str(namespace)
    return found
