"""The alignments of a graph as records, each with what no slot holds of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from rdflib import BNode, Literal, URIRef

from competency.graph.alignments import RELATIONS
from competency.graph.sssom import other
from competency.graph.sssom.curies import is_writable
from competency.graph.sssom.held import OTHER, About, Held
from competency.graph.sssom.model import Extension, MappingSet, Record, names_of, ordered
from competency.graph.sssom.relations import NO_TERM
from competency.graph.sssom.slots import RECORD_SLOTS, SLOTS, Slot
from competency.graph.sssom.statements import (
    ASIDE,
    MAPPINGS,
    TYPE,
    UNSPECIFIED,
    Node,
    Triple,
)
from competency.graph.sssom.status import (
    REVIEW_STATUS,
    Status,
    fits,
    status_of,
    status_slot,
    types_of,
)

_ENDS = ("subject_id", "predicate_id", "object_id")
_END_TERMS = tuple(URIRef(SLOTS[name].property) for name in _ENDS)
_COMMENT = URIRef(SLOTS["comment"].property)
_STATUS, _MODIFIER = URIRef(REVIEW_STATUS), URIRef(SLOTS["predicate_modifier"].property)


@dataclass
class _Found:
    """One alignment on its way to a record."""

    slots: dict[str, tuple[str, ...]]
    name: str = ""
    text: str = ""
    kept: other.Object = field(default_factory=dict)

    def record(self) -> Record:
        whole = other.joined(self.text, self.kept)
        return Record({**self.slots, "other": (whole,)} if whole else self.slots)


class Recording:
    """Makes the records of one graph."""

    def __init__(
        self,
        held: Held,
        subject: URIRef,
        extensions: Mapping[str, Extension],
        language: str,
    ) -> None:
        """``subject`` is the set that lists the alignments, ``language`` that of its comments."""
        self.held, self.set, self.language = held, subject, language
        ours = ((slot.name, slot) for slot in RECORD_SLOTS if slot.name not in ASIDE)
        self.slots: list[tuple[str, Slot | Extension]] = [*ours, *sorted(extensions.items())]
        self.bare = MappingSet({}, extensions=extensions)
        self.status = status_slot(self.bare)

    def records(self) -> tuple[Record, ...]:
        """Return a record for each node, and for each plain statement that no node describes."""
        nodes = [node for node in self.held.about if self._is_alignment(node)]
        found = [self._described(node) for node in nodes]
        return self._named([*found, *self._plain()])

    def _is_alignment(self, node: Node) -> bool:
        """Say whether a node describes an alignment, and a record can hold all that it says."""
        ends = [self.held.of(node, end) for end in _END_TERMS]
        iris = [str(terms[0]) for terms in ends if len(terms) == 1 and isinstance(terms[0], URIRef)]
        if len(iris) < len(ends) or iris[1] not in RELATIONS:
            return False
        if not _are_parts([*iris, *([str(node)] if isinstance(node, URIRef) else [])]):
            return False
        if isinstance(node, BNode):
            listed = [(self.set, MAPPINGS, node)]
            terms = chain.from_iterable(self.held.about[node].values())
            blank = any(isinstance(term, BNode) for term in terms)
            return self.held.into.get(node, []) in ([], listed) and not blank
        return node != self.set

    def _described(self, node: Node) -> _Found:
        language = self._language(self.held.about[node])
        fit = fits(self.held.of(node, _STATUS), self.held.of(node, _MODIFIER))
        named = [row for row in self.slots if fit or row[0] != self.status]
        slots, forms = self.held.take(node, named, language, in_cell=True)
        found = _Found(slots, str(node) if isinstance(node, URIRef) else "")
        found.text = self.held.other_of(node)
        found.kept = self._kept(node, slots, language)
        found.kept |= {"as": forms} if forms else {}
        more = self._more(node)
        found.kept |= {"more": more} if more else {}
        if other.joined(found.text, found.kept) is None:  # a text that allows nothing beside it
            self.held.free(node, OTHER, found.text)
            for name, values in self._more(node).items():
                more[name] = sorted([*more.get(name, []), *values], key=str)
            found.text, found.kept["more"] = "", more
        return found

    def _language(self, about: About) -> str:
        """Return the language of the comments of one alignment."""
        comments = (term for term in about.get(_COMMENT, []) if isinstance(term, Literal))
        tags = {term.language or "" for term in comments}
        return min(tags) if tags and not tags & {self.language, ""} else self.language

    def _kept(self, node: Node, slots: dict[str, tuple[str, ...]], language: str) -> other.Object:
        """Return what is not as usual; a justification that is not there is put in."""
        kept: other.Object = {"language": language} if language != self.language else {}
        if isinstance(node, BNode):
            kept["node"] = "blank"
        types = [term for term in self.held.of(node, TYPE) if isinstance(term, URIRef)]
        for term in types:
            self.held.use(node, TYPE, term)
        status = status_of(self.bare, Record(slots))
        if {str(term) for term in types} != set(types_of(status)):
            kept["types"] = sorted(str(term) for term in types)
        if "mapping_justification" not in slots:
            slots["mapping_justification"] = (UNSPECIFIED,)
            kept["unjustified"] = True
        one, path, value = (URIRef(slots[name][0]) for name in _ENDS)
        if status is Status.accepted and not self.held.use(one, path, value):
            kept["stated"] = False
        if not self.held.use(self.set, MAPPINGS, node):
            kept["listed"] = False
        return kept

    def _more(self, node: Node) -> dict[str, list[other.Object]]:
        more: dict[str, list[other.Object]] = {}
        for prop, terms in self.held.about[node].items():
            for term in terms:
                triple = (node, prop, term)
                if triple in self.held.used or _is_plain(triple) or isinstance(term, BNode):
                    continue
                more.setdefault(str(prop), []).append(other.value_of(term))
                self.held.used.add(triple)
        return {name: sorted(more[name], key=str) for name in sorted(more)}

    def _plain(self) -> list[_Found]:
        """Return the statements that no node describes."""
        rows = []
        for triple in self.held.rows:
            if triple in self.held.used or not _is_plain(triple):
                continue
            self.held.used.add(triple)
            slots: dict[str, tuple[str, ...]] = {
                "subject_id": (str(triple[0]),),
                "predicate_id": (str(triple[1]),),
                "object_id": (str(triple[2]),),
                "mapping_justification": (UNSPECIFIED,),
            }
            rows.append(_Found(slots, kept={"node": "none"}))
        return rows

    def _named(self, found: Sequence[_Found]) -> tuple[Record, ...]:
        """Return the records, without names where they would get just these by themselves."""
        bare = sorted(
            ((item.record(), item.name) for item in found),
            key=lambda row: (row[0].key, sorted(row[0].slots.items()), row[1]),
        )
        records = tuple(record for record, _ in bare)
        made = names_of(MappingSet({"mapping_set_id": (str(self.set),)}, records))
        if all(name in ("", new) for (_, name), new in zip(bare, made, strict=True)):
            return records
        return ordered(
            Record({**record.slots, "record_id": (name,)}) if name else record
            for record, name in bare
        )


def _is_plain(triple: Triple) -> bool:
    """Say whether a triple states an alignment by itself."""
    one, path, value = triple
    ends = isinstance(one, URIRef) and isinstance(value, URIRef)
    return ends and str(path) in RELATIONS and _are_parts([str(one), str(value)])


def _are_parts(iris: Sequence[str]) -> bool:
    return NO_TERM.isdisjoint(iris) and all(map(is_writable, iris))
