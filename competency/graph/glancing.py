"""Looks at a few statements of graphs as they were authored, without reading the rest of them.

The file of a graph in an edition is N-Triples as pyoxigraph writes them: one statement a line,
IRIs as they are and in UTF-8. Finding lines takes a tenth of the time that a store on disk takes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from competency.errors import EditionError
from competency.graph.knowledge_graph import KnowledgeGraph
from competency.graph.store import NamedGraph, is_iri

Node = ox.NamedNode | ox.BlankNode
# The IRIs of a thing and a property, the value as text, and the name of the graph.
Statement = tuple[str, str, str, str]
_VALUE = rb'(?:<([^>]*)>|"((?:[^"\\]|\\.)*)"[^\n]*)'


def statements(graph: KnowledgeGraph, properties: Collection[str]) -> Iterator[Statement]:
    """Yield the statements of things that have IRIs, with some properties, in all named graphs.

    EditionError for a graph that cannot be read. Data in another engine are read whole.

    >>> found = statements(KnowledgeGraph.shipped(), ["https://w3id.org/competency/ns#partOf"])
    >>> sum(name.endswith("/pub-cscf") for *_, name in found)
    20
    """
    known = {ox.NamedNode(name): name for name in properties}
    for name in graph.graph_names if known else ():
        path = _file(graph, name)
        if path is not None:
            yield from _stated_in_file(_read(graph, path), properties, name)
            continue
        for triple in graph.named_graph(name).triples:
            thing, prop, value = triple.subject, known.get(triple.predicate), triple.object
            if prop and is_iri(thing) and isinstance(value, ox.NamedNode | ox.Literal):
                yield thing.value, prop, value.value, name


def _stated_in_file(data: bytes, properties: Collection[str], name: str) -> Iterator[Statement]:
    names = b"|".join(re.escape(prop.encode()) for prop in properties)
    for found in re.finditer(b"^<([^>]*)> <(%b)> %b \\.$" % (names, _VALUE), data, re.M):
        thing, prop, iri, text = found.groups()
        if iri is None and b"\\" in text:
            (quad,) = ox.parse(found[0], format=ox.RdfFormat.N_TRIPLES)
            value = quad.object.value if isinstance(quad.object, ox.Literal) else ""
        else:
            value = (text if iri is None else iri).decode()
        yield thing.decode(), prop.decode(), value, name


def stated(
    graph: KnowledgeGraph, name: str, leading: Collection[str], saying: Collection[str] = ()
) -> dict[str, list[tuple[str, str]]] | None:
    """Return the statements with some properties in one named graph: things and values by property.

    ``leading`` lead from IRI to IRI, ``saying`` from an IRI to a text. None where only reading the
    graph tells: it is in no file, or a statement is another. EditionError for a file that cannot
    be read.

        stated(graph, framework.graph_name, [str(COMP.partOf)], [str(COMP.isEmpty)])
    """
    path = _file(graph, name)
    if path is None:
        return None
    text = _read(graph, path).decode()
    found: dict[str, list[tuple[str, str]]] = {}
    for prop, plain in [*((p, _iri) for p in leading), *((p, _text) for p in saying)]:
        rows = [(_iri(subject), plain(value)) for subject, value in _pairs(text, prop)]
        found[prop] = [(one, other) for one, other in rows if one is not None and other is not None]
        if len(found[prop]) < len(rows):
            return None
    return found


def _pairs(text: str, prop: str) -> Iterator[tuple[str, str]]:
    """Yield subjects and objects of a property as they are written, in the order of the file."""
    before, *pieces = ("\n" + text).split(f" <{prop}> ")
    for piece in pieces:
        place = before.rfind("\n")
        subject = before[place + 1 :]
        if place >= 0 and " " not in subject:  # else this stands inside a text
            yield subject, piece.partition("\n")[0].rstrip(" .")
        before = piece


def _iri(written: str) -> str | None:
    return written[1:-1] if written[:1] == "<" else None


def _text(written: str) -> str | None:
    if written[:1] != '"' or "\\" in written:
        return None
    return written[1:].rpartition('"')[0]


def nearest(graph: KnowledgeGraph, iri: str, name: str) -> NamedGraph:
    """Return what a named graph says of a thing and of what that leads to, and nothing else.

    It is as authored, which a store does not keep in full: 2012-01-01T00:00:00+00:00 becomes Z
    there. NotFound for a graph that is not there, EditionError for one that cannot be read.

    >>> iri = "https://w3id.org/competency/id/pub-cscf"
    >>> 0 < len(nearest(KnowledgeGraph.shipped(), iri, iri).triples) < 200
    True
    """
    path = _file(graph, name)
    if path is None:
        return NamedGraph(name, _in_memory(graph.named_graph(name), iri))
    data = _read(graph, path)
    own = _parsed(_lines(data, ox.NamedNode(iri)))
    names = b"|".join(re.escape(str(end).encode()) for end in _ends(own))
    further = re.finditer(b"^(?:%b) .*$" % names, data, re.M) if names else ()
    return NamedGraph(name, [*own, *_parsed(found[0] for found in further)])


def _in_memory(named: NamedGraph, iri: str) -> Iterator[ox.Triple]:
    places, triples = named.places, named.triples
    own = [triples[place] for place in places.get(ox.NamedNode(iri), ())]
    yield from own
    for end in _ends(own):
        yield from (triples[place] for place in places.get(end, ()))


def _lines(data: bytes, thing: Node) -> Iterator[bytes]:
    """Yield the lines about a thing; finding them one by one is faster than to look at each."""
    start = f"{thing} ".encode()
    place = 0 if data.startswith(start) else data.find(b"\n" + start) + 1
    while place or data.startswith(start):
        end = data.find(b"\n", place)
        yield data[place : end if end >= 0 else len(data)]
        if end < 0 or (place := data.find(b"\n" + start, end) + 1) == 0:
            return


def _parsed(lines: Iterable[bytes]) -> list[ox.Triple]:
    text = b"\n".join(lines)
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def _ends(triples: Iterable[ox.Triple]) -> Iterable[Node]:
    """Return what triples lead to, but not what they are about, each once."""
    about = {triple.subject for triple in triples}
    ends = (t.object for t in triples if isinstance(t.object, ox.NamedNode | ox.BlankNode))
    return dict.fromkeys(end for end in ends if end not in about)


def _file(graph: KnowledgeGraph, name: str) -> Path | None:
    """Return the file of a graph of an edition, or None for what is in memory."""
    edition = graph.edition
    if edition is None or name not in edition.manifest.graphs:
        return None
    return edition.folder / edition.manifest.graphs[name].file


def _read(graph: KnowledgeGraph, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        name = graph.edition.id if graph.edition is not None else ""
        reason = "cannot be read: it was cut, altered or removed"
        raise EditionError(name, str(path), reason) from error
