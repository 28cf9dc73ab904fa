"""What comes of a file, whatever its format: one value for packages, tables, RDF and documents."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import rdflib

from competency.exchange.imported import File, Remark
from competency.formats import Format
from competency.graph import NamedGraph
from competency.graph.alignments import RELATIONS
from competency.ontology import COMP, expand

if TYPE_CHECKING:  # documents bring their layouts, which no other file needs
    from competency.documents import Import


@dataclass(frozen=True)
class Brought:
    """A file that was read: its frameworks, each in a graph of its own, and remarks.

    ``format`` is what the file is in. ``document`` is the import with its report where the file
    is a document in words, else None.
    """

    file: File
    format: Format
    graphs: tuple[NamedGraph, ...]
    remarks: tuple[Remark, ...] = ()
    document: Import | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines of the file where it is a text (or a document), else none.

        They are the lines that line numbers in the graphs and in errors count.
        """
        if self.document is not None:
            return self.document.document.lines
        return text_lines(self.file.data)

    @cached_property
    def parts(self) -> dict[str, int]:
        """Return the number of parts of each graph, by its name."""
        return {graph.name: part_count(graph) for graph in self.graphs}

    @property
    def frameworks(self) -> tuple[str, ...]:
        """Return the IRIs of the frameworks; a file may hold a scale of levels alone."""
        return tuple(graph.name for graph in self.graphs if is_framework(graph))

    @property
    def doubts(self) -> int:
        """Return how many things a reader of the import should look at."""
        found = 0 if self.document is None else len(self.document.report.doubts)
        return found + len(self.remarks)

    def light(self) -> Brought:
        """Return it without the bytes of its file, which may be many; it has no lines then."""
        return replace(self, file=replace(self.file, data=b""))

    def summary(self) -> str:
        """Return one line: the file, its format, what is in it, what there is to look at."""
        if self.document is not None:
            return self.document.report.summary()
        count, parts = len(self.frameworks), sum(self.parts.values())
        rows = {graph.name: alignment_count(graph) for graph in self.graphs}
        others = sum(not is_framework(one) and not rows[one.name] for one in self.graphs)
        alignments = sum(rows.values())
        held = [counted(count, "framework")] if count or not (others or alignments) else []
        held += [f"{counted(others, 'graph')} without a framework"] if others else []
        held += [counted(parts, "part")] if parts or not alignments else []
        held += [counted(alignments, "alignment")] if alignments else []
        remarks = counted(len(self.remarks), "remark")
        return f"{self.file.name}: read as {self.format.title}: {', '.join(held)}; {remarks}"


def is_framework(graph: NamedGraph) -> bool:
    """Say whether a graph is about a framework."""
    return COMP.Framework in graph.about(graph.name).get(str(rdflib.RDF.type), ())


def part_count(graph: NamedGraph) -> int:
    """Return how many parts a graph has."""
    return len({triple.subject for triple in graph.triples if triple.predicate.value == _INSIDE})


def alignment_count(graph: NamedGraph) -> int:
    """Return how many rows on alignments a graph has, those to review and refused ones too."""
    rows = sum(triple.predicate.value == _TARGET for triple in graph.triples)
    is_set = _SET in graph.about(graph.name).get(str(rdflib.RDF.type), ())
    stated = sum(triple.predicate.value in RELATIONS for triple in graph.triples) if is_set else 0
    return max(rows, stated)  # what no row is about is stated only


def title_of(graph: NamedGraph) -> str:
    """Return a title of what a graph is about, a framework or a set of alignments, or its IRI."""
    about = graph.about(graph.name)
    labels = about.get(str(rdflib.RDFS.label)) or about.get(str(rdflib.DCTERMS.title)) or ()
    return str(labels[0]) if labels else graph.name


def text_lines(data: bytes) -> tuple[str, ...]:
    r"""Return the lines of a text, none for bytes that are no text.

    >>> text_lines(b"a\r\nb"), text_lines(b"PK\x03\x04")
    (('a', 'b'), ())
    """
    if data[:4] == b"PK\x03\x04" or b"\0" in data[:1024]:
        return ()
    return tuple(re.split(r"\r\n|\r|\n", data.decode("utf-8-sig", "replace")))


def remark_groups(remarks: tuple[Remark, ...]) -> list[tuple[str, int]]:
    """Return what became of things, and how many remarks say it, the gravest first."""
    order = ("dropped", "kept aside", "odd")
    counts = Counter(remark.kept.value for remark in remarks)
    return [(name, counts[name]) for name in order if counts[name]]


def counted(number: int, word: str) -> str:
    """Return a number with its word, which is as it is for one.

    >>> counted(1, "part"), counted(2_000, "part")
    ('1 part', '2,000 parts')
    """
    return f"{number:,} {word}" + ("" if number == 1 else "s")


_INSIDE = str(COMP.inFramework)
_TARGET = str(rdflib.OWL.annotatedTarget)
_SET = rdflib.URIRef(expand("sssom:MappingSet"))
