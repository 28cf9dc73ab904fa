"""What is published: each framework is a function of its name and its version, word for word.

Every text of a framework holds marks: ``xav17z`` for framework ``a`` in version 17, and
``xav17p3z`` for its third part. So whoever sees an answer, in whatever format, sees which versions
it was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import pyoxigraph as ox

from tests.conftest import PREFIXES

BASE = "https://w3id.org/competency/id/"
NAMES = "abcdefgh"
PAIR = ("g", "h")  # these two are only ever published together
LINKS = "links"  # the graph of alignments between a and b, which has versions of its own
ALIGNED = ("a", "b")
_LEAST, _MOST = 4, 9  # parts of a framework beside its one group
_MARK = re.compile(r"x([a-h])v(\d+)(?:p(\d+))?z")
_HEAD = f"""{PREFIXES}@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix sssom: <https://w3id.org/sssom/> .
"""

State = Mapping[str, int]  # the version of each name that is published


def iri_of(name: str) -> str:
    """Return the IRI of a framework, or of the graph of alignments."""
    return f"{BASE}soak-{name}"


def size_of(version: int) -> int:
    """Return how many parts below its group a framework has in a version."""
    return _LEAST + version % (_MOST - _LEAST + 1)


def links_of(version: int) -> int:
    """Return how many alignments there are in a version of their graph."""
    return 1 + version % _LEAST


def mark_of(name: str, version: int, part: int | None = None) -> str:
    """Return the word that tells a framework in a version, or a part of it, from all others.

    >>> mark_of("a", 17, 3)
    'xav17p3z'
    """
    return f"x{name}v{version}{'' if part is None else f'p{part}'}z"


def marks_of(name: str, version: int) -> set[str]:
    """Return all marks of the parts of a framework in a version, the group (0) among them."""
    return {mark_of(name, version, part) for part in range(size_of(version) + 1)}


def turtle_of(name: str, version: int) -> str:
    """Return a framework, or the graph of alignments, in a version."""
    return _links(version) if name == LINKS else _framework(name, version)


def _framework(name: str, version: int) -> str:
    mark, iri = mark_of(name, version), iri_of(name)
    head = f"""{_HEAD}
<{iri}> a comp:Framework ; rdfs:label "Trade {name} {mark}"@en ; comp:extent comp:Whole ;
    comp:source <{iri}/source> ; dcterms:language "en" ; owl:versionInfo "{version}" ;
    dcterms:description "Made to be published often, {mark}."@en ;
    comp:notStated dcterms:publisher , dcterms:issued , dcterms:license ; comp:lines "1" .
<{iri}/source> a comp:Source ; rdfs:label "Text of trade {name}"@en ; comp:lineCount 100 ;
    comp:sha256 "{version:064x}" .
<{iri}/g> a comp:Group ; comp:inFramework <{iri}> ; comp:partOf <{iri}> ; comp:position 1 ;
    comp:lines "2" ; rdfs:label "Tasks {mark_of(name, version, 0)}"@en .
"""
    return head + "".join(_part(name, version, part) for part in range(1, size_of(version) + 1))


def _part(name: str, version: int, part: int) -> str:
    iri, mark = iri_of(name), mark_of(name, version, part)
    return f"""<{iri}/{part}> a comp:Competency ; comp:inFramework <{iri}> ; comp:position {part} ;
    comp:partOf <{iri}/g> ; comp:lines "{part + 2}" ; rdfs:label "Does task {mark}"@en ;
    comp:code [ a comp:Code ; skos:notation "{name.upper()}{part}" ] .
"""


def _links(version: int) -> str:
    left, right, set_ = iri_of(ALIGNED[0]), iri_of(ALIGNED[1]), iri_of(LINKS)
    head = (
        f'<{set_}> a sssom:MappingSet ; dcterms:title "Links"@en ; owl:versionInfo "{version}" .\n'
    )
    return (
        _HEAD
        + head
        + "".join(
            f"""<{set_}/{number}> a comp:Alignment, owl:Axiom ; owl:annotatedSource <{left}/{number}> ;
    owl:annotatedProperty skos:relatedMatch ; owl:annotatedTarget <{right}/{number}> ;
    sssom:mapping_justification semapv:ManualMappingCuration ; sssom:confidence "0.7"^^xsd:double .
<{left}/{number}> skos:relatedMatch <{right}/{number}> .
"""
            for number in range(1, links_of(version) + 1)
        )
    )


@lru_cache(maxsize=4096)
def facts_of(name: str, version: int) -> frozenset[str]:
    """Return the triples of a framework in a version, in a form in which they can be compared."""
    return canonical(turtle_of(name, version).encode(), ox.RdfFormat.TURTLE)


def canonical(data: bytes, syntax: ox.RdfFormat) -> frozenset[str]:
    """Return the triples of a document, whatever its blank nodes and graphs are called."""
    found = ox.parse(data, format=syntax, base_iri=BASE)
    dataset = ox.Dataset(ox.Quad(*quad.triple) for quad in found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(map(str, dataset))


def marks_in(text: str) -> set[tuple[str, int, int | None]]:
    """Return the marks in a text: the framework, its version, and the part where it is of one.

    >>> sorted(marks_in("<p>Does task xav17p3z</p>"))
    [('a', 17, 3)]
    """
    return {(n, int(v), int(p) if p else None) for n, v, p in _MARK.findall(text)}


def strangers(text: str, state: State) -> list[str]:
    """Return the marks of a text that a state has not: what another edition must have brought."""
    return sorted(
        mark_of(name, version, part)
        for name, version, part in marks_in(text)
        if state.get(name) != version or (part or 0) > size_of(version)
    )


def all_marks(state: State, names: Iterable[str] = NAMES) -> set[str]:
    """Return the marks of all parts in a state."""
    return {mark for name in names if name in state for mark in marks_of(name, state[name])}
