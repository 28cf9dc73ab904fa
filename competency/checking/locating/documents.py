"""Make the locator of a document, whatever its syntax, and give the results of a report places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.checking.locating.blank_nodes import match_blank_nodes
from competency.checking.locating.iris import is_absolute
from competency.checking.locating.jsonld.reading import read_jsonld
from competency.checking.locating.locator import Locator, Rank, Spot
from competency.checking.locating.rdfxml.reading import read_rdfxml
from competency.checking.locating.statements import Key, Written, key_of
from competency.checking.locating.tables import table_locator
from competency.checking.locating.turtle.reading import read_turtle
from competency.errors import ParseError
from competency.formats import FILE_FORMATS, SSSOM, by_name
from competency.graph.blank import blank_statements
from competency.graph.texts.lines import Lines, text_of
from competency.shapes.finding import Finding
from competency.shapes.paths import Path
from competency.shapes.report import Report
from competency.shapes.result import Location, Result

_Triple = tuple[Node, Node, Node]


def locator_of(
    data: bytes,
    syntax: str,
    base: str,
    source: str = "",
    graph: Iterable[_Triple] | None = None,
) -> Locator:
    """Return what finds the places of things in a document of an RDF syntax, or a table of SSSOM.

    ``base`` is the IRI that relative IRIs are resolved against. Blank nodes are looked for under
    the names that they have in ``graph``; without one, under those that loading gives them, for
    which ``source`` has to be the name under which the document was loaded. The document should
    be well-formed; in one that is not, what can be made out is found. Raises FormatError where
    there is no such syntax.

    >>> locator_of(b"<a> a <b> .", "turtle", "https://example.org/").find(
    ...     URIRef("https://example.org/a"))
    (1, 1)
    """
    name = by_name(syntax, FILE_FORMATS).name
    if name == SSSOM.name:
        return table_locator(source, data, base)
    written, lines = _read(data, name, base)

    def numbers() -> Mapping[str, int]:
        try:
            given = blank_statements(data, name, source, base) if graph is None else graph
            return _numbers(written, given)
        except ParseError:  # not well-formed: it was never loaded, and has no names
            return {}

    return Locator(written, lines, numbers)


def _read(data: bytes, syntax: str, base: str) -> tuple[Written, Lines]:
    """Return what a document states, and its lines."""
    if syntax == "rdfxml":
        plain = data.removeprefix(b"\xef\xbb\xbf")
        return read_rdfxml(plain, base), Lines(plain)
    text = text_of(data)
    return (read_jsonld if syntax == "jsonld" else read_turtle)(text, base), Lines(text)


def _numbers(written: Written, graph: Iterable[_Triple]) -> dict[str, int]:
    """Return the number that the reader gave to each blank node of a graph."""
    names: dict[str, int] = {}

    def key(node: Node) -> Key:
        known = key_of(node)
        return names.setdefault(str(node), len(names) + 1) if known is None else known

    given = [
        (key(s), key(p), key(o))
        for s, p, o in graph
        if isinstance(s, BNode) or isinstance(o, BNode)
    ]
    found = match_blank_nodes((statement[:3] for statement in written.statements), given)
    return {name: found[number] for name, number in names.items() if number in found}


@dataclass(frozen=True)
class Document:
    """A document in which results are looked for: the name that it was loaded under, its bytes.

    >>> Document("a.ttl", b"<urn:a> a <urn:b> .", "turtle", "").locator.find(URIRef("urn:b"))
    (1, 11)
    """

    source: str
    data: bytes
    syntax: str
    base: str

    @cached_property
    def locator(self) -> Locator:
        """Return what finds things in the document, which is read for it once."""
        return locator_of(self.data, self.syntax, self.base, self.source)


def locate(report: Report, source: str, data: bytes, syntax: str, base: str) -> Report:
    """Return the report with the place of each result in a document; None where it is not there.

    >>> locate(Report(()), "a.ttl", b"", "turtle", "").results
    ()
    """
    return locate_all(report, [Document(source, data, syntax, base)])


def locate_all(report: Report, documents: Sequence[Document]) -> Report:
    """Return the report with the place of each result in the first document that has it best.

    The very statement in any document goes before the property, that before the description of
    the node, and that before a mention; of places that are equally good the first document's is
    taken. A result that has a location already and is in none of the documents keeps it.

    >>> locate_all(Report(()), []).results
    ()
    """
    return Report(tuple(_located(result, documents) for result in report.results))


def _located(result: Result, documents: Sequence[Document]) -> Result:
    best: tuple[Spot, str] | None = None
    for document in documents:
        for asked in _questions(result):
            spot = document.locator.look(*asked)
            if spot is not None and (best is None or spot.rank > best[0].rank):
                best = spot, document.source
        if best is not None and best[0].rank is Rank.statement:
            break
    if best is None or best[0].rank < Rank.property:
        best = _between(result, documents) or best
    if best is None:
        return result
    return replace(result, location=Location(best[1], best[0].line, best[0].column))


def _between(result: Result, documents: Sequence[Document]) -> tuple[Spot, str] | None:
    """Return the statement between what a result is about and a thing that its message names."""
    named = (word.rstrip(".,;:)") for word in result.message.split() if ":" in word)
    others = [URIRef(word) for word in named if is_absolute(word) and word != result.focus]
    for document in documents if is_absolute(result.focus) else ():
        here = URIRef(result.focus)
        for ends in (pair for other in others for pair in ((here, other), (other, here))):
            spot = document.locator.look(ends[0], None, ends[1])
            if spot is not None and spot.rank is Rank.statement:
                return spot, document.source
    return None


def _questions(result: Result) -> Iterator[tuple[Node, Path | None, Node | None]]:
    """Yield what to look for: as SHACL found it, or as the result tells it."""
    for finding in result.findings:
        yield from _asked(result, finding)
    if not result.findings:
        path = URIRef(result.path) if result.path and is_absolute(result.path) else None
        value = None if result.value is None else Literal(result.value)
        iri = is_absolute(result.focus)
        node = URIRef(result.focus) if iri else BNode(result.focus.removeprefix("_:"))
        yield node, path, value


def _asked(result: Result, finding: Finding) -> Iterator[tuple[Node, Path | None, Node | None]]:
    """Yield the questions behind one finding.

    A constraint in SPARQL that looks at a whole framework has the offender as its value: the
    result is about that one then. With a path, the statement that has it is asked for as well.
    """
    offender = str(finding.focus) != result.focus and str(finding.value) == result.focus
    if offender and finding.value is not None:
        yield finding.value, finding.path, None
        if finding.path is not None or isinstance(finding.value, Literal):
            yield finding.focus, finding.path, finding.value
    else:
        itself = finding.path is None and finding.value == finding.focus  # of a node shape
        yield finding.focus, finding.path, None if itself else finding.value
