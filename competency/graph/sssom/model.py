"""A set of alignments as SSSOM has it: what is said of the set, and one record for each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from competency.graph.received import Remark
from competency.graph.sssom.slots import ADDED, SLOTS, Range

Values = Mapping[str, tuple[str, ...]]  # by slot; IRIs in full


@dataclass(frozen=True)
class Extension:
    """A slot of a file's own: the property that it is in RDF, and the datatype of its values."""

    property: str
    type_hint: str = ""


@dataclass(frozen=True)
class Record:
    """One alignment: the values of its slots."""

    slots: Values

    def get(self, name: str) -> str:
        """Return the only or first value of a slot, or an empty text.

        >>> Record({"confidence": ("0.8",)}).get("confidence")
        '0.8'
        """
        return next(iter(self.slots.get(name, ())), "")

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what the record is about: both ends, the relation, and whether it is denied."""
        one, path, other, denied = (
            self.get(name)
            for name in ("subject_id", "predicate_id", "object_id", "predicate_modifier")
        )
        return one, path, other, denied


@dataclass(frozen=True)
class MappingSet:
    """A mapping set of SSSOM: its own slots, its records, its prefixes and its further slots.

    ``slots`` has what the header says, with the IRI of the set as ``mapping_set_id``; a shared
    slot there counts for every record (:meth:`said_of`). ``remarks`` tells what was odd.
    """

    slots: Values
    records: tuple[Record, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    extensions: Mapping[str, Extension] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = field(default=(), compare=False)

    @property
    def iri(self) -> str:
        """Return the IRI of the set."""
        return self.slots["mapping_set_id"][0]

    @cached_property
    def shared(self) -> Values:
        """Return what the header says of every record: shared slots that no record has itself."""
        own = {name for record in self.records for name in record.slots}
        return {
            name: values
            for name, values in self.slots.items()
            if name in SLOTS and SLOTS[name].shared and name not in own
        }

    def said_of(self, record: Record) -> Values:
        """Return the slots of a record with those that the header says of all.

        >>> of_all = MappingSet({"mapping_tool": ("by hand",)}, (Record({}),))
        >>> of_all.said_of(of_all.records[0])["mapping_tool"]
        ('by hand',)
        """
        return {**self.shared, **record.slots}


def ordered(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return records in the one order in which they are always written."""
    return tuple(sorted(records, key=lambda record: (record.key, sorted(record.slots.items()))))


def names_of(found: MappingSet) -> list[str]:
    """Return the IRI of each record: its record_id, or one made of what it is about.

    Made ones stay the same when a record before them comes or goes, or a comment is mended.
    """
    base = found.iri.rstrip("/#")
    seen: Counter[str] = Counter(record.get("record_id") for record in found.records)
    names = []
    for record in found.records:
        name = record.get("record_id")
        if not name:
            name = made_name(base, record)
            seen[name] += 1
            if seen[name] > 1:
                name = f"{name}-{seen[name]}"
        names.append(name)
    return names


def made_name(base: str, record: Record) -> str:
    """Return the IRI that a record without one gets."""
    about = "\n".join(record.key).encode()
    return f"{base.rstrip('/#')}/{hashlib.sha256(about).hexdigest()[:12]}"


def needs_version(found: MappingSet) -> bool:
    """Say whether a set has what SSSOM 1.0 did not, so that its header has to say 1.1."""
    return any(ADDED & set(slots) for slots in (found.slots, *(r.slots for r in found.records)))


def entities_of(found: MappingSet) -> set[str]:
    """Return the IRIs that are written as CURIEs."""
    entity = {name for name, slot in SLOTS.items() if slot.range is Range.entity}
    iris = {
        value
        for slots in (found.slots, *(record.slots for record in found.records))
        for name, values in slots.items()
        if name in entity
        for value in values
    }
    iris |= {item.property for item in found.extensions.values()}
    return iris | {item.type_hint for item in found.extensions.values() if item.type_hint}
