"""Where in a file that was imported a part stands: by its ``comp:section``, or by its IRI.

An importer says of each part where in the file it is: a JSON pointer, a cell of a sheet, a line.
What has no section of its own (a code, an organisation) stands where what it belongs to stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from rdflib import URIRef

from competency.checking.locating.documents import locator_of
from competency.checking.locating.locator import Locator
from competency.graph import NamedGraph
from competency.graph.texts.json_places import Json, Members, Number, scan
from competency.graph.texts.lines import Lines, text_of
from competency.ontology import COMP
from competency.shapes import Location

_SECTION, _LINES = str(COMP.section), str(COMP.lines)
_LINE = re.compile(r"(?:lines? )?(\d{1,9})\b")
_CELL = re.compile(r"(?:.*!)?[A-Z]{1,3}\d{1,7}", re.DOTALL)
_NAMES = ("uri", "@id", "id")  # keys of JSON whose values are IRIs of what they stand in


class Sections:
    """Finds the parts of frameworks in the file that they were imported from.

    Sections("a.csv", data, brought.graphs).place("https://example.org/a/1").line
    """

    def __init__(
        self, source: str, data: bytes, graphs: Iterable[NamedGraph], syntax: str | None = None
    ) -> None:
        """Look into a file by the name that places give it; ``syntax`` is its RDF syntax, if any.

        What is in it is read only when a place is asked for.
        """
        self._source, self._data, self._syntax = source, data, syntax
        self._said = _sections(graphs)

    def place(self, iri: str) -> Location | None:
        """Return the place of a thing, or of the nearest thing around it; None if there is none."""
        for name in _around(iri):
            found = self._of_section(self._said.get(name)) or self._of_iri(name)
            if found is not None:
                return found
        return None

    def _of_section(self, section: str | None) -> Location | None:
        if section is None:
            return None
        if section.startswith("/"):
            return self._pointed(section)
        if _CELL.fullmatch(section):
            return Location(self._source, cell=section)
        line = _LINE.match(section)
        return Location(self._source, int(line[1])) if line else None

    def _of_iri(self, iri: str) -> Location | None:
        if self._written is None:
            return self._json.get(iri)
        found = self._written.find(URIRef(iri))
        return Location(self._source, *found) if found else None

    @cached_property
    def _written(self) -> Locator | None:
        """Return what finds IRIs in RDF; JSON-LD is looked into as any other JSON."""
        if self._syntax in (None, "jsonld"):
            return None
        return locator_of(self._data, self._syntax or "", "", self._source)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(text_of(self._data))

    @cached_property
    def _root(self) -> Json:
        start = self._data[:256].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        return scan(text_of(self._data)) if start in (b"{", b"[") else Json(None, 0)

    @cached_property
    def _json(self) -> Mapping[str, Location]:
        """Return the place of each object that says its own IRI, the first where it is repeated."""
        found: dict[str, int] = {}
        waiting = [self._root]
        while waiting:
            here = waiting.pop()
            if isinstance(here.value, list):
                waiting += here.value[::-1]
            elif isinstance(here.value, Members):
                members = list(here.value)
                for key, _, value in members:
                    if key in _NAMES and isinstance(value.value, str):
                        found.setdefault(value.value, here.at)
                waiting += [member.value for member in members][::-1]
        return {name: self._at(offset) for name, offset in found.items()}

    def _at(self, offset: int) -> Location:
        return Location(self._source, *self._lines.place(offset))

    def _pointed(self, pointer: str) -> Location | None:
        """Return the place of what a JSON pointer (RFC 6901) points to, or of what is around it."""
        here = self._root
        if here.value is None:
            return None
        for step in pointer.split("/")[1:]:
            below = _below(here, step.replace("~1", "/").replace("~0", "~"))
            if below is None:
                break
            here = below
        return self._at(here.at)


def _below(here: Json, step: str) -> Json | None:
    if isinstance(here.value, list) and step.isdecimal() and len(step) < 10:
        return here.value[int(step)] if int(step) < len(here.value) else None
    if isinstance(here.value, Members) and not isinstance(here.value, Number):
        return next((value for key, _, value in here.value if key == step), None)
    return None


def _sections(graphs: Iterable[NamedGraph]) -> dict[str, str]:
    """Return the section of each thing, or its lines where it has none."""
    found: dict[str, str] = {}
    for triple in (triple for graph in graphs for triple in graph.triples):
        predicate = triple.predicate.value
        if predicate in (_SECTION, _LINES):
            subject = getattr(triple.subject, "value", "")
            value = getattr(triple.object, "value", "")
            if predicate == _SECTION or subject not in found:
                found[subject] = value
    return found


def _around(iri: str) -> Iterable[str]:
    """Yield an IRI and those that it begins with, step by step."""
    yield iri
    while iri.count("/") > 3 or ("/" in iri and "://" not in iri):
        iri = iri.rpartition("/")[0]
        yield iri
