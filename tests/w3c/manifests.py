"""The W3C manifests of SPARQL 1.1, read at run time: which tests there are, and their files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.conftest import ROOT

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"

# The parts that are about the language. Left out: `service` needs servers at made-up addresses
# and `entailment` a reasoner behind the endpoint; this one answers from what is stated.
PARTS = ("query", "update", "results")
BESIDES = ("syntax-fed",)
LEFT_OUT = ("service", "entailment")

Sources = tuple[tuple[str, Path], ...]  # graphs by name (the default graph's is empty) and files


NO_SUITE = pytest.param(
    None, marks=pytest.mark.skip("no folder ../shared with the W3C tests of SPARQL 1.1 here")
)


def suite() -> Path | None:
    """Return the folder of the W3C tests, or nothing where there is none."""
    place = Path(os.environ.get("COMPETENCY_SHARED", ROOT.parent / "shared")) / "suites/sparql11"
    return place if place.is_dir() else None


class Triples:
    """A Turtle file as an index of plain strings: an IRI, a text, or ``_:`` and a label."""

    def __init__(self, path: Path, base: str) -> None:
        """Read ``path``; relative addresses in it begin at ``base``."""
        self._objects: dict[tuple[str, str], list[str]] = {}
        for quad in ox.parse(path=path, base_iri=base):
            key = (_plain(quad.subject), quad.predicate.value)
            self._objects.setdefault(key, []).append(_plain(quad.object))

    def all(self, subject: str, predicate: str) -> list[str]:
        """Return every object of ``predicate``."""
        return self._objects.get((subject, predicate), [])

    def one(self, subject: str, predicate: str) -> str:
        """Return the first object of ``predicate``, or an empty text."""
        return next(iter(self.all(subject, predicate)), "")

    def items(self, node: str) -> Iterator[str]:
        """Return the members of a list."""
        while node and node != RDF + "nil":
            yield self.one(node, RDF + "first")
            node = self.one(node, RDF + "rest")

    def typed(self, *kinds: str) -> list[str]:
        """Return the subjects that are of one of these classes, in the order of the file."""
        return [
            subject
            for (subject, predicate), found in self._objects.items()
            if predicate == RDF + "type" and not {MF + kind for kind in kinds}.isdisjoint(found)
        ]


def _plain(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


@dataclass(frozen=True)
class Entry:
    """A test of the language: a request, the dataset before, and what has to come out."""

    folder: str
    name: str
    kind: str
    request: Path
    before: Sources
    result: Path | None  # of a query
    after: Sources  # of an update

    @property
    def key(self) -> str:
        """Return folder and name, as ``bind/bind01``."""
        return f"{self.folder}/{self.name}"

    @property
    def base(self) -> str:
        """Return the address that relative ones in the request begin at."""
        return f"{BASE}{self.folder}/{self.request.name}"

    @property
    def raw(self) -> str:
        """Return the request as it is in its file."""
        return self.request.read_text(encoding="utf-8")

    @property
    def text(self) -> str:
        """Return the request with its base before it: HTTP has no field for one."""
        return f"BASE <{self.base}>\n{self.raw}"


@cache
def folders(root: Path) -> tuple[str, ...]:
    """Return the names of the folders of tests of the language."""
    found = []
    for part in PARTS:
        manifest = Triples(root / f"manifest-sparql11-{part}.ttl", BASE)
        included = manifest.items(manifest.one(BASE, MF + "include"))
        found += [place.removeprefix(BASE).split("/")[0] for place in included]
    return tuple(dict.fromkeys(name for name in (*found, *BESIDES) if name not in LEFT_OUT))


@cache
def entries(root: Path, folder: str) -> tuple[Entry, ...]:
    """Return the tests of a folder in their order."""
    base = f"{BASE}{folder}/manifest.ttl"
    manifest = Triples(root / folder / "manifest.ttl", base)
    listed = manifest.items(manifest.one(base, MF + "entries"))
    return tuple(_entry(manifest, test, root, folder) for test in listed)


def _entry(manifest: Triples, test: str, root: Path, folder: str) -> Entry:
    action, result = manifest.one(test, MF + "action"), manifest.one(test, MF + "result")
    request = manifest.one(action, QT + "query") or manifest.one(action, UT + "request") or action
    return Entry(
        folder=folder,
        name=test.rpartition("#")[2],
        kind=manifest.one(test, RDF + "type").removeprefix(MF),
        request=_file(root, request),
        before=_sources(manifest, action, root),
        result=_file(root, result) if result.startswith(BASE) else None,
        after=_sources(manifest, result, root),
    )


def _sources(manifest: Triples, node: str, root: Path) -> Sources:
    """Return the graphs that an action or a result names, in any of the ways they are named."""
    found = [("", _file(root, name)) for ns in (QT, UT) for name in manifest.all(node, ns + "data")]
    for named in (g for ns in (QT, UT) for g in manifest.all(node, ns + "graphData")):
        inner = manifest.one(named, UT + "graph") or manifest.one(named, QT + "graph") or named
        found.append((manifest.one(named, RDFS + "label") or inner, _file(root, inner)))
    return tuple(found)


def _file(root: Path, address: str) -> Path:
    return root / address.removeprefix(BASE)
