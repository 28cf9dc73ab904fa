"""CTDL-ASN in: JSON-LD of the registry, or the same triples in any syntax of RDF.

What our vocabulary has a term for is said in it. All the rest stays on the thing it belongs to, in
the words of the file, so that the file can be written again.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.errors import ParseError
from competency.exchange import rdf
from competency.exchange.case.context import Remarks
from competency.exchange.ctdl_asn import describing, levels
from competency.exchange.ctdl_asn.arranging import Whole, frameworks
from competency.exchange.ctdl_asn.criteria import Rubrics, rubrics_of
from competency.exchange.ctdl_asn.facts import Facts, modern
from competency.exchange.ctdl_asn.levels import Scale
from competency.exchange.ctdl_asn.naming import framework_in, named, root_of
from competency.exchange.ctdl_asn.parsing import Documents, documents
from competency.exchange.ctdl_asn.telling import Telling
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported
from competency.formats import by_name
from competency.graph import NamedGraph
from competency.graph.loading import named_graphs
from competency.ontology import COMP

_SIGNS = re.compile(rb'"(?:ceasn|ceterms):\w|purl\.org/ctdlasn/terms/|credreg\.net/ctdlasn/')
_LINE = re.compile(rb"(?m)^[ \t]*<([^>\s]*)>")


def recognise(file: File) -> bool:
    """Say whether a file is JSON-LD or RDF that speaks CTDL-ASN.

    >>> recognise(File("a.json", b'{"@graph": [{"@type": "ceasn:Competency"}]}', ""))
    True
    """
    if str(COMP).encode() in file.data:
        return False  # our own vocabulary, whatever else there is
    if _is_json(file):
        return _SIGNS.search(file.data) is not None
    return b"purl.org/ctdlasn/terms/" in file.data and rdf.syntax_of(file) is not None


def read(file: File, options: Reading) -> Imported:
    """Return the frameworks of a file, or its scales where it holds nothing else, with remarks.

    Raises ParseError with line and column for what is not well-formed, for a context that would
    have to be fetched, and for a file that holds nothing of CTDL-ASN.

        read(File("abilities.json", data, "application/json"), Reading()).graphs
    """
    remarks = Remarks()
    root = root_of(file, options)
    graphs, pointers = _parsed(file, options, remarks)
    rows = modern(graphs, remarks)
    rows, marks = named(rows, framework_in(rows) or root)
    pages = {name: URIRef(graph.name) for graph in graphs if graph.name in pointers
             for name in _subjects(graph)}  # fmt: skip
    where = _places(file, pointers, marks)
    reader = _Reader(Facts(rows), file, options, where, remarks)
    found = reader.graphs(root, pages)
    if not found:
        reason = "there is no framework, competency, rubric or scale of CTDL-ASN here"
        raise ParseError(file.name, f"{reason}; check that it is one", 1, 1)
    return Imported(tuple(found), tuple(remarks))


def _is_json(file: File) -> bool:
    start = file.data[:256].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start == b"{" or (start == b"[" and file.name.lower().endswith((".json", ".jsonld")))


def _parsed(
    file: File, options: Reading, remarks: Remarks
) -> tuple[list[NamedGraph], dict[str, str]]:
    """Return the graphs of a file, and pointers into it by IRI where it is JSON."""
    if not _is_json(file):
        return rdf.graphs_of(file, options.base), {}
    found = documents(file, remarks)
    try:
        return named_graphs(found.data, by_name("jsonld"), file.name, options.base), found.pointers
    except ParseError as error:
        raise _placed(error, found, options.base) from error


def _placed(error: ParseError, found: Documents, base: str) -> ParseError:
    """Return an error with its place in the file, and not in what was made ready."""

    def is_wrong(data: bytes) -> bool:
        try:
            named_graphs(data, by_name("jsonld"), found.text.name, base)
        except ParseError:
            return True
        return False

    return found.text.fault_in(f"no JSON-LD: {error.reason}", found.first_fault(is_wrong))


def _subjects(graph: NamedGraph) -> set[str]:
    return set(graph.subjects)


def _places(file: File, pointers: dict[str, str], marks: dict[Node, str]) -> Callable[[Node], str]:
    """Return what says where in a file a thing stands: a pointer, or a line."""
    if not pointers:
        line, end = 1, 0
        for found in _LINE.finditer(file.data):
            line += file.data.count(b"\n", end, found.start(1))
            end = found.start(1)
            pointers.setdefault(found[1].decode("utf-8", "replace"), f"line {line}")
    return lambda node: pointers.get(marks.get(node, str(node)), f"<{node}>")


class _Reader:
    """Reads the facts of one file."""

    def __init__(
        self,
        facts: Facts,
        file: File,
        options: Reading,
        where: Callable[[Node], str],
        remarks: Remarks,
    ) -> None:
        self.facts, self.file, self.options = facts, file, options
        self.where, self.remarks = where, remarks

    def graphs(self, otherwise: URIRef, pages: dict[str, URIRef]) -> list[NamedGraph]:
        """Return a graph for each framework, or for each scale where there is none."""
        facts = self.facts
        wholes = frameworks(facts, otherwise, self.where, self.remarks)
        found = levels.scales(facts, all_schemes=not wholes)
        if wholes:
            tellings = self._frameworks(wholes, found)
        else:
            tellings = [self._scale(scale) for scale in found]
        if not tellings:
            return []
        for telling, nodes in zip(tellings, self._shared(tellings), strict=True):
            page = next((pages[str(n)] for n in telling.told if str(n) in pages), None)
            if page != telling.root:
                telling.say.add(telling.root, "foaf:isPrimaryTopicOf", page)
            telling.leftovers(nodes)
        return [one.say.graph() if wholes else one.say.bare() for one in tellings]

    def _telling(self, root: URIRef, nodes: Iterable[Node]) -> Telling:
        tag = describing.language_of(self.facts, nodes, self.options.language)
        return Telling(self.facts, root, self.file, tag, self.where, self.remarks)

    def _scale(self, scale: Scale) -> Telling:
        telling = self._telling(scale.iri, [scale.iri, *scale.levels])
        levels.tell(telling, scale)
        return telling

    def _frameworks(self, wholes: list[Whole], scales: list[Scale]) -> list[Telling]:
        rubrics = rubrics_of(self.facts)
        known: set[Node] = {level for scale in scales for level in scale.levels}
        homes = [levels.home(self.facts, scale, wholes) for scale in scales]
        tellings = []
        for number, whole in enumerate(wholes):
            telling = self._telling(whole.root, [whole.root, *whole.members, *rubrics])
            describing.framework(telling, whole, self._title(whole, rubrics))
            competencies = describing.Competencies(telling, whole, known)
            competencies.tell()
            if number == 0:
                tops = len(whole.children.get(whole.root, ()))
                below = Rubrics(telling, competencies.kinds, tops)
                for rubric in rubrics:
                    below.tell(rubric)
            tellings.append(telling)
        for scale, home in zip(scales, homes, strict=True):
            levels.tell(tellings[home], scale)
        return tellings

    def _title(self, whole: Whole, rubrics: list[URIRef]) -> list[Literal]:
        """Return a title for a framework that the file does not describe: that of its rubric."""
        alone = len(rubrics) == 1 and not whole.members and not whole.stated
        names = self.facts.values(rubrics[0], "ceasn:name") if alone else []
        texts = [name for name in names if isinstance(name, Literal) and name.language]
        return texts if len({text.language for text in texts}) == len(texts) else []

    def _shared(self, tellings: list[Telling]) -> list[list[Node]]:
        """Share out what is described besides: to the framework that leads there, or the first."""
        owners: dict[Node, int] = {}
        for number, telling in enumerate(tellings):
            for node in telling.told:
                owners.setdefault(node, number)
        waiting = deque(owners)
        while waiting:
            node = waiting.popleft()
            for _, value in self.facts.rows(node):
                if value not in owners and self.facts.holds(value):
                    owners[value] = owners[node]
                    waiting.append(value)
        found: list[list[Node]] = [[] for _ in tellings]
        for node in self.facts.subjects:
            found[owners.get(node, 0)].append(node)
        return found
