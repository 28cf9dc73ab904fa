"""Writing triples in any of our syntaxes, literal for literal as they were authored.

pyoxigraph writes all syntaxes but JSON-LD: it keeps every lexical form, where rdflib's writers
turn ``"1"^^xsd:boolean`` into a number.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from xml.parsers import expat

import pyoxigraph as ox

from competency.errors import ConversionError
from competency.formats import Format
from competency.graph.jsonld import jsonld
from competency.graph.store import OX_FORMATS, NamedGraph, graph_term
from competency.ontology import PREFIXES


def serialize(graph: NamedGraph, syntax: Format) -> bytes:
    """Write one graph; the same triples give the same bytes.

    Syntaxes with graph names (TriG, N-Quads) keep the graph's own; the others hold the triples.
    Raises ConversionError for what RDF/XML cannot say (RDF 1.1 XML Syntax, section 6).

        serialize(graph, formats.by_name("turtle"))
    """
    if syntax.name == "jsonld":
        return jsonld(graph.triples)
    if syntax.name in ("trig", "nquads"):
        return serialize_dataset([graph], syntax)
    return _tidy(
        ox.serialize(
            _by_subject(graph.triples),
            format=OX_FORMATS[syntax.name],
            prefixes=_used_prefixes(graph.triples),
        ),
        syntax,
    )


def serialize_dataset(graphs: Iterable[NamedGraph], syntax: Format) -> bytes:
    """Write several graphs with their names, in TriG or N-Quads."""
    found = list(graphs)
    quads = [
        ox.Quad(t.subject, t.predicate, t.object, graph_term(graph.name))
        for graph in found
        for t in _by_subject(graph.triples)
    ]
    prefixes = _used_prefixes(t for graph in found for t in graph.triples)
    data = ox.serialize(quads, format=OX_FORMATS[syntax.name], prefixes=prefixes)
    return _tidy(data, syntax)


def _by_subject(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Gather the triples of each subject, and of each predicate of it, in their first order."""
    subjects: dict[object, list[ox.Triple]] = {}
    for triple in triples:
        subjects.setdefault(triple.subject, []).append(triple)
    return [triple for found in subjects.values() for triple in _by_predicate(found)]


def _by_predicate(triples: list[ox.Triple]) -> Iterable[ox.Triple]:
    rows: dict[object, list[ox.Triple]] = {}
    for triple in triples:
        rows.setdefault(triple.predicate, []).append(triple)
    return (triple for row in rows.values() for triple in row)


def _used_prefixes(triples: Iterable[ox.Triple]) -> dict[str, str]:
    """Return those of our prefixes that occur among the predicates, objects and datatypes."""
    iris: set[str] = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                iris.add(term.value)
            elif isinstance(term, ox.Literal):
                iris.add(term.datatype.value)
    iris = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {prefix: iri for prefix, iri in PREFIXES.items() if iri in iris and prefix != "id"}


def _tidy(data: bytes | None, syntax: Format) -> bytes:
    """Put prefixes in order and an empty line between subjects; lines of N-Triples in order.

    Line by line, as a large framework has millions of them.
    """
    found = data or b""
    if syntax.name == "rdfxml":
        _check_xml(found, syntax)
    if syntax.name in ("ntriples", "nquads"):
        lines = (line.rstrip(b"\n") + b"\n" for line in io.BytesIO(found) if line.strip())
        return b"".join(sorted(lines))
    if syntax.name not in ("turtle", "trig"):
        return found
    if not found.strip(b"\n"):
        return b"\n\n"
    head: list[bytes] = []
    body = io.BytesIO()
    for line in io.BytesIO(found.rstrip(b"\n")):
        line = line.rstrip(b"\n")
        if line.startswith(b"@prefix"):
            head.append(line + b"\n")
        elif line.startswith(b"\t"):
            body.write(line.replace(b"\t", b"    ") + b"\n")
        else:
            body.write(b"\n" + line + b"\n")
    return b"".join([*sorted(head), body.getvalue()])


def _check_xml(data: bytes, syntax: Format) -> None:
    """Refuse what XML cannot hold: control characters, predicates that do not end in a name."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as error:
        line = data.split(b"\n")[error.lineno - 1].strip().decode(errors="replace")
        reason = f"XML has no way to say {line[:120]!r}; another syntax has"
        raise ConversionError(syntax.title, reason) from error
