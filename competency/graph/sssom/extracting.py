"""The alignments of one framework as a mapping set, each as seen from the framework.

What is known of an alignment goes along: every slot of it, in whatever graph it is. One that was
authored from the other end is turned, so that a part of the framework is always the subject.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from competency.graph.alignments import RELATIONS, framework_of
from competency.graph.sssom import other
from competency.graph.sssom.curies import prefixes_for
from competency.graph.sssom.gathering import of_graph
from competency.graph.sssom.licensing import common_license
from competency.graph.sssom.model import (
    MappingSet,
    Record,
    Values,
    entities_of,
    ordered,
)
from competency.graph.sssom.slots import SLOTS
from competency.graph.sssom.status import Status, status_of, status_slot
from competency.graph.store import NamedGraph, is_iri
from competency.graph.views import Resource
from competency.ontology import expand

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph

_SOURCE = ox.NamedNode(expand("owl:annotatedSource"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_WHOLE = {ox.NamedNode(expand(name)) for name in ("sssom:MappingSet", "rdf:Property")}
_KEPT = ("as", "more")  # of what no slot holds: the rest is about the graph it was in
_OTHER_END = {"subject": "object", "object": "subject"}


@dataclass(frozen=True)
class _Row:
    """One alignment: its slots, the language of its texts, and what no slot holds of it."""

    slots: Values
    language: str
    kept: other.Object


def alignments_from(graph: KnowledgeGraph, framework: str, iri: str) -> MappingSet:
    """Return the alignments of a framework as the mapping set called ``iri``.

    Suggestions and refusals are none. An end gets a label from its framework where that is held.
    Raises NotFound.

        alignments_from(graph, graph.base + "pub-cscf", graph.base + "pub-cscf/alignments")
    """
    whole = graph.framework(framework)
    parts = {whole.iri, *graph.tree(whole.graph_name).walk(whole.iri)}
    graphs = [graph.named_graph(name) for name in _names(graph, parts)]
    sets = [of_graph(_narrowed(each)) for each in graphs]
    rows = [row for found in sets for row in _rows(found, parts)]
    language = _commonest(row.language for row in rows)
    records = [_record(graph, row, whole.iri, language) for row in rows]
    unlike = {(*record.key, tuple(sorted(record.slots.items()))): record for record in records}
    sources, license = (sets, common_license(graphs)) if rows else ([], "")
    slots = {"mapping_set_id": (iri,), **_about(whole.title, sources, license, language)}
    extensions = {name: item for found in sets for name, item in found.extensions.items()}
    used = {name for record in records for name in record.slots}
    further = {name: item for name, item in sorted(extensions.items()) if name in used}
    made = MappingSet(slots, ordered(unlike.values()), {}, further)
    return MappingSet(slots, made.records, prefixes_for(entities_of(made)), further)


def label_of(resource: Resource) -> str:
    """Return what an end is called in a table: its title, its text, or both where it has both.

    >>> from competency import KnowledgeGraph
    >>> label_of(KnowledgeGraph.shipped().resource("pub-cscf/c06"))
    'Partner Customers for Longer Term Interest'
    """
    return ": ".join(text for text in (resource.label, resource.text) if text) or resource.title


def _names(graph: KnowledgeGraph, parts: set[str]) -> list[str]:
    """Return the names of the graphs that align any of the parts."""
    if graph.elsewhere:  # one question about all costs less than one for each part
        links = iter(graph.index.links(list(RELATIONS)))
    else:
        links = (quad for part in parts for quad in graph.index.links(list(RELATIONS), part))
    names = {quad.graph_name.value for quad in links if is_iri(quad.graph_name)}
    return sorted(name for name in names if graph.has_graph(name))


def _narrowed(graph: NamedGraph) -> NamedGraph:
    """Return what a graph says of alignments; a framework may be in it as well."""
    nodes = {
        row.subject
        for row in graph.triples
        if row.predicate == _SOURCE or (row.predicate == _TYPE and row.object in _WHOLE)
    }
    rows = (r for r in graph.triples if r.subject in nodes or r.predicate.value in RELATIONS)
    return NamedGraph(graph.name, rows)


def _rows(found: MappingSet, parts: set[str]) -> Iterator[_Row]:
    of_set = other.parted(next(iter(found.slots.get("other", ())), ""))[1]
    status = status_slot(found)
    for record in found.records:
        here = [record.get(name) in parts for name in ("subject_id", "object_id")]
        if here[0] == here[1] or status_of(found, record) is not Status.accepted:
            continue
        slots = {name: v for name, v in found.said_of(record).items() if name != status}
        text, kept = other.parted(record.get("other"))
        language = str(kept.get("language", of_set.get("language", "")))
        also: other.Object = {name: kept[name] for name in _KEPT if name in kept}
        slots.pop("other", None)
        slots |= {"other": (text,)} if text else {}
        yield _Row(slots, language, also) if here[0] else _turned(slots, language, also)


def _turned(slots: Values, language: str, kept: other.Object) -> _Row:
    """Return an alignment as seen from the other end; it gets a name of its own there."""
    found = {_other_name(name): values for name, values in slots.items() if name != "record_id"}
    before = found["predicate_id"][0]
    found["predicate_id"] = (RELATIONS[before],)
    if RELATIONS[before] != before:
        found.pop("predicate_label", None)
    if "mapping_cardinality" in found:
        found["mapping_cardinality"] = (":".join(found["mapping_cardinality"][0].split(":")[::-1]),)
    if "as" in kept:
        kept = {**kept, "as": {_other_name(name): form for name, form in kept["as"].items()}}
    return _Row(found, language, kept)


def _other_name(name: str) -> str:
    end, _, rest = name.partition("_")
    turned = f"{_OTHER_END.get(end, end)}_{rest}"
    return turned if turned in SLOTS else name


def _record(graph: KnowledgeGraph, row: _Row, framework: str, language: str) -> Record:
    slots = dict(row.slots)
    for end in ("subject", "object"):
        iri = slots[f"{end}_id"][0]
        where = framework_of(graph, iri) if end == "object" else framework
        if where:
            slots.setdefault(f"{end}_source", (where,))
            slots.setdefault(f"{end}_label", (label_of(graph.resource(iri)),))
    kept = row.kept | ({"language": row.language} if row.language not in ("", language) else {})
    text = next(iter(slots.pop("other", ())), "")
    whole = other.joined(text, kept)
    return Record({**slots, "other": (whole,)} if whole else slots)


def _about(
    title: str, sets: Sequence[MappingSet], license: str, language: str
) -> dict[str, tuple[str, ...]]:
    """Return what is said of the whole."""
    found: dict[str, tuple[str, ...]] = {"mapping_set_title": (f"Alignments of {title}",)}
    if sets:
        found["mapping_set_source"] = tuple(sorted({item.iri for item in sets}))
    if license:
        found["license"] = (license,)
    if language:
        found["other"] = (other.text_of({"language": language}),)
    return found


def _commonest(languages: Iterable[str]) -> str:
    counts = Counter(language for language in languages if language)
    return min(counts, key=lambda name: (-counts[name], name), default="")
