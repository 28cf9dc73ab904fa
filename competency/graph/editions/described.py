"""A graph looked at thing by thing, so that two states of it can be compared.

Codes, occurrences, credits and what has no IRI belong to the thing that has them: they are
compared by what they say, so a blank node that is only numbered anew is no change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from competency.graph.store import NamedGraph
from competency.ontology import COMP, PREFIXES

TYPE = PREFIXES["rdf"] + "type"
PART_OF, POSITION = str(COMP.partOf), str(COMP.position)
LABEL, TEXT = PREFIXES["rdfs"] + "label", str(COMP.text)
NOTATION = PREFIXES["skos"] + "notation"
_OWN = frozenset(str(COMP[name]) for name in ("code", "occurrence", "credit"))
_TITLES = (LABEL, PREFIXES["skos"] + "prefLabel", PREFIXES["dcterms"] + "title", TEXT, NOTATION)
_DEPTH = 4  # of things without an IRI inside each other that are looked at

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class Said:
    """A value: its text and language, and its IRI where it is a thing and not a text.

    ``key`` tells values apart; the text of a thing is its title, which is no part of the key.
    """

    key: str
    text: str = field(compare=False)
    lang: str = field(default="", compare=False)
    iri: str | None = field(default=None, compare=False)
    is_text: bool = field(default=False, compare=False)


class Described:
    """One state of a graph; ``None`` stands for a graph that is not there."""

    def __init__(self, graph: NamedGraph | None) -> None:
        """Look at ``graph``."""
        self.triples = graph.triples if graph else ()
        self.rows: dict[str, dict[str, list[Term]]] = {}
        for triple in self.triples:
            row = self.rows.setdefault(name_of(triple.subject), {})
            row.setdefault(triple.predicate.value, []).append(triple.object)

    def types(self, iri: str) -> set[str]:
        """Return the classes that are stated of a thing."""
        found = self.rows.get(iri, {}).get(TYPE, ())
        return {term.value for term in found if isinstance(term, ox.NamedNode)}

    def parent(self, iri: str) -> str | None:
        """Return the IRI of what a part is part of."""
        return next(iter(sorted(self._iris(iri, PART_OF))), None)

    def above(self, iri: str) -> list[str]:
        """Return what stands above a part, the outermost first; a circle ends it."""
        chain: list[str] = []
        here = self.parent(iri)
        while here is not None and here not in chain and here != iri:
            chain.insert(0, here)
            here = self.parent(here)
        return chain

    def titles(self, iri: str) -> tuple[Said, ...]:
        """Return the names of a thing in all its languages: titles, else its text or code."""
        row = self.rows.get(iri, {})
        for name in _TITLES:
            found = [term for term in row.get(name, ()) if isinstance(term, ox.Literal)]
            if found:
                return tuple(_literal(term) for term in sorted(found, key=_tag))
        return (Said(iri, iri.rstrip("/#").rpartition("/")[2]),)

    def values(self, iri: str) -> dict[str, dict[str, Said]]:
        """Return what is said of a thing: by property the values, by what tells them apart."""
        return {
            name: {said.key: said for said in map(self._said, terms)}
            for name, terms in self.rows.get(iri, {}).items()
        }

    # ------------------------------------------------------------------ order and owners

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Return the parts under each thing, in their order."""
        found: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for iri in self.rows:
            for parent in self._iris(iri, PART_OF):
                found[parent].append((self._number(iri), iri))
        return {above: tuple(iri for _, iri in sorted(rows)) for above, rows in found.items()}

    @cached_property
    def order(self) -> dict[str, int]:
        """Return the place of each thing: frameworks with their trees, then all else by name."""
        roots = [iri for iri in sorted(self.rows) if str(COMP.Framework) in self.types(iri)]
        rest = sorted(iri for iri in self.rows if not iri.startswith("_:"))
        walked = [iri for root in roots for iri in self.walk(root)]
        return {iri: place for place, iri in enumerate(dict.fromkeys([*walked, *rest]))}

    def walk(self, root: str) -> Iterator[str]:
        """Yield a thing and all parts below it, each once, parents first."""
        seen: set[str] = set()
        waiting = [root]
        while waiting:
            iri = waiting.pop()
            if iri not in seen:
                seen.add(iri)
                yield iri
                waiting.extend(reversed(self.children.get(iri, ())))

    @cached_property
    def _owners(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for iri, row in self.rows.items():
            for predicate, terms in row.items():
                for term in terms:
                    if self._is_owned(predicate, term):
                        found[name_of(term)].add(iri)
        return found

    def owners(self, names: Iterable[str]) -> set[str]:
        """Return the things with an IRI that these belong to; what nobody owns stands for itself.

        >>> Described(None).owners({"urn:a"})
        {'urn:a'}
        """
        found: set[str] = set()
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if owners := self._owners.get(name):
                waiting.extend(owners)
            elif not name.startswith("_:"):
                found.add(name)
        return found

    def _is_owned(self, predicate: str, term: Term) -> bool:
        if isinstance(term, ox.BlankNode):
            return True
        return predicate in _OWN and isinstance(term, ox.NamedNode) and term.value in self.rows

    # ------------------------------------------------------------------ values

    def _said(self, term: Term) -> Said:
        if isinstance(term, ox.Literal):
            return _literal(term)
        name = name_of(term)
        if name.startswith("_:") or (name in self._owners and name in self.rows):
            return self._inside(name, _DEPTH)
        title = self.titles(name)[0] if name in self.rows else Said(name, name)
        return Said(f"<{name}>", title.text, title.lang, name)

    def _inside(self, name: str, depth: int) -> Said:
        """Return what a code or a thing without an IRI says, as one value."""
        rows = self.rows.get(name, {}) if depth else {}
        inside = [
            (predicate, self._within(term, depth - 1))
            for predicate in sorted(rows, key=lambda item: (item != NOTATION, item))
            for term in rows[predicate]
        ]
        key = "|".join(sorted(f"{predicate} {said.key}" for predicate, said in inside))
        shown = [said.text for predicate, said in inside if predicate != TYPE]
        return Said(f"({key})", ", ".join(dict.fromkeys(shown)))

    def _within(self, term: Term, depth: int) -> Said:
        if isinstance(term, ox.Literal):
            return _literal(term)
        name = name_of(term)
        if isinstance(term, ox.BlankNode):
            return self._inside(name, depth)
        return Said(f"<{name}>", self.titles(name)[0].text if name in self.rows else name)

    def position(self, iri: str) -> str:
        """Return the place of a part among its siblings as it is written, or an empty text."""
        found = self.rows.get(iri, {}).get(POSITION, ())
        return next((term.value for term in found if isinstance(term, ox.Literal)), "")

    def _number(self, iri: str) -> float:
        try:
            return float(self.position(iri) or "inf")
        except ValueError:
            return float("inf")

    def _iris(self, iri: str, predicate: str) -> set[str]:
        found = self.rows.get(iri, {}).get(predicate, ())
        return {term.value for term in found if isinstance(term, ox.NamedNode)}


def name_of(term: object) -> str:
    """Return an IRI as it is, and a blank node as Turtle writes it."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _literal(term: ox.Literal) -> Said:
    return Said(str(term), term.value, term.language or "", is_text=True)


def _tag(term: ox.Literal) -> tuple[bool, str, str]:
    return term.language != "en", term.language or "", term.value
