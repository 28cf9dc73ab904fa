"""RDF to a mapping set: every alignment a record, and what no slot holds kept beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rdflib import Literal, URIRef

from competency.graph.sssom import other
from competency.graph.sssom.curies import BUILT_IN, NAME, are_enough, is_writable, prefixes_for
from competency.graph.sssom.held import OTHER, Held
from competency.graph.sssom.model import Extension, MappingSet, entities_of, needs_version
from competency.graph.sssom.recording import Recording
from competency.graph.sssom.slots import SET_SLOTS, SLOTS, Slot
from competency.graph.sssom.statements import (
    ASIDE,
    DECLARE,
    LABEL,
    NAMESPACE,
    PREFIX,
    PROPERTY,
    RANGE,
    SET,
    TYPE,
    declarations,
    prefix_statements,
)
from competency.graph.sssom.status import EXTENSION, REVIEW_STATUS, STATUS, fits
from competency.graph.store import NamedGraph, is_absolute
from competency.ontology import DEFAULT_BASE

_VERSION = URIRef(SLOTS["sssom_version"].property)
_WORDS = {
    URIRef(SLOTS[name].property)
    for name in ("comment", "mapping_set_title", "mapping_set_description")
}


def of_graph(graph: NamedGraph) -> MappingSet:
    """Return the alignments of a graph as a mapping set; ``to_graph`` gives the same graph back.

    Plain statements that no node describes are records too. What no slot holds is kept in
    ``other``, that of an alignment with its record.

        of_graph(knowledge_graph.named_graph(base + "alignments"))
    """
    held = Held(graph)
    subject = _the_set(held)
    extensions = _extensions(held)
    language = _language(held)
    slots, forms = held.take(subject, _slots(extensions), language, in_cell=False)
    slots["mapping_set_id"] = (str(subject),)
    records = Recording(held, subject, extensions, language).records()
    if _has_status(held) and not any(STATUS in record.slots for record in records):
        del extensions[STATUS]
    found = MappingSet(slots, records, {}, extensions)
    if slots.get("sssom_version") == ("1.1",) and needs_version(found):
        del slots["sssom_version"]  # the header has it by itself: this one stays a triple
        held.free(subject, _VERSION, "1.1")
    prefixes = _prefixes(held, subject, entities_of(found))
    kept: other.Object = {"as": forms} if forms else {}
    kept |= _kept(held, subject, language)
    slots |= _other(held, subject, kept)
    return MappingSet(slots, records, prefixes, extensions)


def _the_set(held: Held) -> URIRef:
    sets = [node for node in held.about if isinstance(node, URIRef) and SET in held.of(node, TYPE)]
    named = is_absolute(held.name)
    return min(
        sets,
        key=lambda node: (str(node) != held.name, node),
        default=URIRef(held.name if named else DEFAULT_BASE + "alignments"),
    )


def _slots(extensions: Mapping[str, Extension]) -> list[tuple[str, Slot | Extension]]:
    """Return the slots of a set; what is said of all records at once stays a triple of the set."""
    ours = (slot for slot in SET_SLOTS if slot.name not in ASIDE and not slot.shared)
    further = sorted(row for row in extensions.items() if row[1].property != REVIEW_STATUS)
    return [*((slot.name, slot) for slot in ours), *further]


def _language(held: Held) -> str:
    """Return the language that most of the comments and titles are in."""
    texts = (value for _, path, value in held.rows if path in _WORDS)
    tags = Counter(text.language for text in texts if isinstance(text, Literal))
    return min((tag for tag in tags if tag), key=lambda tag: (-tags[tag], tag), default=None) or ""


def _extensions(held: Held) -> dict[str, Extension]:
    """Return the further slots that the graph declares as properties with a label."""
    found: dict[str, Extension] = {STATUS: EXTENSION} if _has_status(held) else {}
    standard = {slot.property for slot in SLOTS.values()} | ({REVIEW_STATUS} if found else set())
    for node in sorted(node for node in held.about if isinstance(node, URIRef)):
        labels, ranges = held.of(node, LABEL), held.of(node, RANGE)
        if PROPERTY not in held.of(node, TYPE) or len(labels) != 1 or len(ranges) > 1:
            continue
        name = str(labels[0]) if isinstance(labels[0], Literal) else ""
        hint = str(ranges[0]) if ranges and isinstance(ranges[0], URIRef) else ""
        item = Extension(str(node), hint)
        known = name in SLOTS or name in found or str(node) in standard
        known = known or not all(map(is_writable, (item.property, hint or item.property)))
        if NAME.fullmatch(name) and not known and held.use_all(set(declarations({name: item}))):
            found[name] = item
    return found


def _has_status(held: Held) -> bool:
    """Say whether any node has a status of review that a table can show."""
    prop, modifier = URIRef(REVIEW_STATUS), URIRef(SLOTS["predicate_modifier"].property)
    nodes = [node for node, about in held.about.items() if prop in about]
    return any(fits(held.of(node, prop), held.of(node, modifier)) for node in nodes)


def _prefixes(held: Held, subject: URIRef, iris: set[str]) -> dict[str, str]:
    """Return the prefixes that the set declares, else those that its IRIs get by themselves."""
    usual = prefixes_for(iris)
    declared = {}
    for node in held.of(subject, DECLARE):
        names, starts = held.of(node, PREFIX), held.of(node, NAMESPACE)
        for name, start in zip(names, starts, strict=False):
            if isinstance(name, Literal) and isinstance(start, Literal):
                declared[str(name)] = str(start)
    good = {
        name: start
        for name, start in declared.items()
        if NAME.fullmatch(name) and name not in BUILT_IN and is_absolute(start)
    }
    if not good or good == usual or not are_enough(good, iris):
        return usual
    return good if held.use_all(set(prefix_statements(subject, good))) else usual


def _kept(held: Held, subject: URIRef, language: str) -> other.Object:
    kept: other.Object = {"language": language} if language else {}
    if not held.use(subject, TYPE, SET):
        kept["set"] = False
    if held.name != str(subject):
        kept["graph"] = held.name
    return kept


def _other(held: Held, subject: URIRef, kept: other.Object) -> dict[str, tuple[str, ...]]:
    """Return ``other`` of the set; a text that allows nothing beside it stays a triple."""
    text = held.other_of(subject)
    for _ in range(2):
        rest = held.rest()
        whole = other.joined(text, {**kept, "triples": rest} if rest else kept)
        if whole is not None:
            return {"other": (whole,)} if whole else {}
        held.free(subject, OTHER, text)
        text = ""
    return {}
