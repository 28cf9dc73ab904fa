"""In which framework an identifier of CASE may be, without making any package.

Most identifiers are made of IRIs, so they are made here for everything that may become an object
of a package. An index names a few frameworks too many now and then, and never one too few: the
package has the last word.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256

from competency.exchange.case.fields import DEFINITIONS, case
from competency.exchange.case.identifiers import association_iri, identifier_of, is_uuid, minted
from competency.exchange.case.linking import ALIGNMENTS, RELATIONS
from competency.exchange.terms import term
from competency.graph import KnowledgeGraph
from competency.graph.glancing import statements

_MOST = 8  # frameworks that are named for one identifier
_BITS = 24  # of the number of a framework
_HALF = (1 << 64) - 1
_TYPE, _PART_OF = str(term("rdf:type")), str(term("comp:partOf"))
_IN_SCALE, _SCALE = str(term("comp:inScale")), str(term("comp:LevelScale"))
_HIGHER, _STATED = str(term("comp:higherThan")), str(case("identifier"))
_ASSOCIATION = str(case("CFAssociation"))
_PLACING = (str(term("comp:inFramework")), _PART_OF, _IN_SCALE)
_SHARED = (_TYPE, str(term("dcterms:license")))
_INSIDE = str(term("comp:inFramework"))
_MATCHES = {str(prop): kind for prop, kind in ALIGNMENTS.items()}
_ANNOTATED = tuple(str(term(f"owl:annotated{end}")) for end in ("Source", "Target"))
_DEFINED = frozenset((_SCALE, *(str(case(name)) for name in (*DEFINITIONS.values(), "CFRubric"))))

Mention = tuple[str, str]  # an identifier and the name of the graph that it is in


class Locator:
    """Finds the frameworks of a graph that does not change.

    locator = Locator(KnowledgeGraph.shipped())
    locator.named(locator.things, "1b9d6bcd-bbfd-5b2d-9b5d-ab8dfbbd4bed")
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        """Look at ``graph``; nothing is read before it is asked for."""
        self.graph = graph

    @cached_property
    def frameworks(self) -> tuple[tuple[str, str], ...]:
        """Return the IRIs of all frameworks, each with the name of its graph, in order."""
        return tuple((one.iri, one.graph_name) for one in self.graph.frameworks)

    def document(self, identifier: str) -> list[str]:
        """Return the frameworks of which an identifier is that of the CFDocument by their IRIs."""
        return self._documents.get(identifier.lower(), [])

    def stated_document(self, identifier: str) -> list[str]:
        """Return the frameworks that state an identifier; large data take their time."""
        return self.stated_documents.get(identifier.lower(), [])

    def named(self, index: Index, identifier: str) -> list[str]:
        """Return the frameworks that an index has for an identifier: any but a document's."""
        return [self.frameworks[number][0] for number in index.find(identifier)]

    # ------------------------------------------------------------------ the indexes

    @cached_property
    def _documents(self) -> dict[str, list[str]]:
        return _gathered((name, iri) for iri, _ in self.frameworks for name in _identifiers(iri))

    @cached_property
    def stated_documents(self) -> dict[str, list[str]]:
        """Return the frameworks by the identifiers that they state."""
        known = {iri for iri, _ in self.frameworks}
        rows = statements(self.graph, (_STATED,))
        return _gathered((text, iri) for iri, _, text, _ in rows if iri in known)

    @cached_property
    def things(self) -> Index:
        """Return the index of items, definitions and rubrics; large data take their time."""
        return Index(self._numbered(self._things()))

    @cached_property
    def associations(self) -> Index:
        """Return the index of associations."""
        return Index(self._numbered(self._associations()))

    def _numbered(self, mentions: Iterable[Mention]) -> Iterator[tuple[str, int]]:
        numbers: dict[str, list[int]] = {}
        for number, (_, name) in enumerate(self.frameworks):
            numbers.setdefault(name, []).append(number)
        for identifier, name in mentions:
            yield from ((identifier, number) for number in numbers.get(name, ()))

    def _things(self) -> Iterator[Mention]:
        """Yield the identifiers of items, definitions and rubrics, and of a little more."""
        seen: set[int] = set()  # the hashes of things that were met: several properties tell of one
        shared = set[Mention]()  # classes and licences
        for thing, prop, value, home in statements(self.graph, (*_PLACING, *_SHARED, _STATED)):
            if prop == _STATED:
                yield value, home
                continue
            if prop in _SHARED and (value, home) not in shared:
                shared.add((value, home))
                yield from ((one, home) for one in _identifiers(value))
            if prop == _TYPE and value not in _DEFINED:
                continue
            key = hash((thing, home))
            if key not in seen:
                seen.add(key)
                yield from ((one, home) for one in _identifiers(thing))

    def _associations(self) -> Iterator[Mention]:
        """Yield the identifiers of associations, of which most have no IRI but what they say."""
        kinds = {_PART_OF: "isChildOf", _IN_SCALE: "isChildOf"}
        kinds |= {str(term(name)): kind for name, kind in RELATIONS}
        roots: dict[str, list[str]] = {}
        for iri, home in self.frameworks:
            roots.setdefault(home, []).append(iri)
        properties = (*kinds, _HIGHER, _TYPE, _STATED)
        for thing, prop, value, home in statements(self.graph, properties):
            if prop in kinds:
                yield minted(association_iri(thing, kinds[prop], value)), home
            elif prop == _HIGHER:
                yield minted(association_iri(value, "precedes", thing)), home
            elif prop == _STATED:
                yield value, home
            elif value == _SCALE:
                for root in roots.get(home, ()):
                    yield minted(association_iri(thing, "isChildOf", root)), home
            elif value == _ASSOCIATION:
                yield from ((one, home) for one in _identifiers(thing))
        yield from self._alignments()

    def _alignments(self) -> Iterator[Mention]:
        """Yield the identifiers of alignments, which may be in graphs of their own, by their ends.

        The package of a framework has them wherever they are.
        """
        names: dict[str, set[str]] = {}
        for thing, prop, value, _ in statements(self.graph, (*_MATCHES, *_ANNOTATED)):
            if prop in _MATCHES:
                one = minted(association_iri(thing, _MATCHES[prop], value))
                for end in (thing, value):
                    names.setdefault(end, set()).add(one)
            else:
                names.setdefault(value, set()).update(_identifiers(thing))
        if not names:
            return
        for thing, _, _, home in statements(self.graph, (_INSIDE, _TYPE)):
            yield from ((one, home) for one in names.get(thing, ()))


class Index:
    """Numbers by identifier, in twelve bytes for each: there may be millions."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        """Take identifiers with a number; of one identifier only the first few numbers stay."""
        packed = sorted({_key(identifier) << _BITS | number for identifier, number in entries})
        self._keys, self._numbers = array("Q"), array("I")
        for value in packed:
            key = value >> _BITS
            if len(self._keys) >= _MOST and self._keys[-_MOST] == key:
                continue
            self._keys.append(key)
            self._numbers.append(value & ((1 << _BITS) - 1))

    def __len__(self) -> int:
        return len(self._keys)

    def find(self, identifier: str) -> Iterator[int]:
        """Yield the numbers that an identifier may have.

        >>> [*Index([("b", 2), ("a", 1)]).find("B")]
        [2]
        """
        key = _key(identifier)
        place = bisect_left(self._keys, key)
        while place < len(self._keys) and self._keys[place] == key:
            yield self._numbers[place]
            place += 1


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return frameworks by identifier, in small letters."""
    found: dict[str, dict[str, None]] = {}
    for identifier, iri in pairs:
        found.setdefault(identifier.lower(), {})[iri] = None
    return {identifier: [*iris] for identifier, iris in found.items()}


def _identifiers(iri: str) -> Iterator[str]:
    """Yield the identifiers that a thing may have by its IRI: one, or two if it ends in a UUID."""
    first, last = minted(iri), identifier_of(iri, ours=False)
    yield first
    if last != first:
        yield last


def _key(identifier: str) -> int:
    """Return a number that stands for an identifier, whatever the case of its letters."""
    text = identifier.lower()
    if is_uuid(text):
        number = int(text.replace("-", ""), 16)
        return (number >> 64) ^ (number & _HALF)
    digest = sha256(text.encode(errors="surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big")
