"""What the tests of CTDL-ASN share: small documents, going there and back, what counts as a difference."""

from __future__ import annotations

import json
from typing import Any

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.context import Remarks
from competency.exchange.ctdl_asn import read, write
from competency.exchange.ctdl_asn.context import DATES, compact, date_of, full
from competency.exchange.ctdl_asn.facts import Facts, modern
from competency.exchange.ctdl_asn.naming import framework_in, named
from competency.exchange.ctdl_asn.parsing import documents
from competency.exchange.exchange import Exported, Reading
from competency.exchange.imported import File, Imported
from competency.exchange.rdf import graphs_of
from competency.exchange.terms import Row, short
from competency.graph import NamedGraph
from competency.shapes import Severity, validate
from tests.exchange.frameworks import knowledge

Json = dict[str, Any]
CONTEXT = "https://credreg.net/ctdlasn/schema/context/json"
BASE = "https://registry.example/resources/"
F = BASE + "bakery"


# ------------------------------------------------------------------ small documents


def bakery(**fields: Any) -> Json:
    """Return a framework; names of fields are those of ceasn."""
    found: Json = {
        "@id": F,
        "@type": "ceasn:CompetencyFramework",
        "ceterms:ctid": "ce-0a1b2c3d-0000-4000-8000-000000000000",
        "ceasn:name": {"en": "Baking"},
        "ceasn:description": {"en": "What bakers do."},
        "ceasn:inLanguage": ["en"],
    }
    return _stated(found | terms(fields))


def skill(name: str, text: str = "", **fields: Any) -> Json:
    """Return a competency of the bakery."""
    found: Json = {
        "@id": BASE + name,
        "@type": "ceasn:Competency",
        "ceasn:competencyText": {"en": text or f"Can {name}."},
        "ceasn:isPartOf": F,
    }
    return _stated(found | terms(fields))


def _stated(found: Json) -> Json:
    return {name: value for name, value in found.items() if value is not None}


def terms(fields: Json) -> Json:
    """Return fields with their prefix: that of ceasn, or the one before two underscores."""
    return {(k.replace("__", ":") if "__" in k else f"ceasn:{k}"): v for k, v in fields.items()}


def graph(*nodes: Json, **more: Any) -> Json:
    """Return a document of the registry."""
    return {"@context": CONTEXT, "@id": BASE + "graph", "@graph": list(nodes)} | more


def iri(name: str) -> str:
    """Return the IRI of a thing of the bakery."""
    return BASE + name


# ------------------------------------------------------------------ in and out


def file_of(value: Any, name: str = "bakery.json") -> File:
    """Return a value as a file of JSON, bytes as they are."""
    return File(name, value if isinstance(value, bytes) else json.dumps(value).encode(), "")


def taken_in(value: Any, name: str = "bakery.json", **options: str) -> Imported:
    """Return what reading gives."""
    return read(file_of(value, name), Reading(**options))


def the_graph(value: Any, name: str = "bakery.json", **options: str) -> NamedGraph:
    """Return the one framework of a document."""
    (found,) = taken_in(value, name, **options).graphs
    return found


def written(found: NamedGraph) -> Exported:
    """Return a framework as it goes out."""
    return write(knowledge(found), found.name)


def out(found: NamedGraph) -> Json:
    """Return the document of a framework that goes out."""
    value: Json = json.loads(written(found).data)
    return value


def node(document: Json, name: str) -> Json:
    """Return a thing of a document by its IRI or its name in the bakery."""
    found = (item for item in document["@graph"] if item.get("@id") in (name, iri(name)))
    return next(found)


def again(value: Any) -> Json:
    """Return what a document is like when it was in and out."""
    return out(the_graph(value))


# ------------------------------------------------------------------ what a graph says


def said(found: NamedGraph, name: str) -> dict[str, list[str]]:
    """Return what is said of a thing, by prefixed names."""
    about = found.about(name if ":" in name else iri(name))
    return {short(prop): [str(value) for value in values] for prop, values in about.items()}


def kind(found: NamedGraph, name: str) -> str:
    """Return the local name of the class of a thing that is ours."""
    (ours,) = [k for k in said(found, name)["rdf:type"] if "competency/ns#" in k]
    return ours.rpartition("#")[2]


def order(found: NamedGraph, parent: str = F) -> list[str]:
    """Return the names of what stands below a thing, in order."""
    parent = parent if ":" in parent else iri(parent)
    below = {
        subject: int(about["comp:position"][0])
        for subject in found.subjects
        if parent in (about := said(found, subject)).get("comp:partOf", ())
    }
    return [name.removeprefix(BASE) for name in sorted(below, key=lambda name: below[name])]


def faults(found: NamedGraph) -> list[str]:
    """Return what our shapes hold against a graph."""
    return [result.message for result in validate(found.graph).at_least(Severity.violation)]


# ------------------------------------------------------------------ differences

_INVERSE = {
    "ceasn:isChildOf": "ceasn:hasChild",
    "ceasn:isTopChildOf": "ceasn:hasTopChild",
}


def triples(file: File) -> set[Row]:
    """Return what a file says, such that what does not matter is the same.

    Both directions of the tree are there, languages are in lower case, dates have their type, and
    what has no IRI gets the one it is read under.
    """
    remarks = Remarks()
    ready = file
    if file.data.lstrip()[:1] in (b"{", b"["):
        ready = File("x.jsonld", documents(file, remarks).data, "")
    graphs = graphs_of(ready, Reading().base)
    rows = modern(graphs, remarks)
    made = URIRef(Reading().base + file.name.partition(".")[0])
    rows, _ = named(rows, framework_in(rows) or made)
    facts = Facts(rows)
    found: set[Row] = {
        (_plain("", subject), URIRef(full(name)), _plain(name, value))
        for subject in facts.subjects
        for name in {compact(str(prop)) for prop, _ in facts.rows(subject)}
        for value in facts.values(subject, name)
        if name not in ("rdf:first", "rdf:rest")
    }
    return found | set(_both_ways(found, set(facts.of_type("ceasn:CompetencyFramework"))))


def _plain(name: str, value: Node) -> Node:
    if isinstance(value, BNode):
        return BNode("blank")
    if isinstance(value, Literal) and value.language:
        return Literal(str(value), lang=value.language.lower())
    return (date_of(value) or value) if name in DATES else value


def _both_ways(rows: set[Row], frameworks: set[Node]) -> list[Row]:
    found: list[Row] = []
    for subject, prop, value in rows:
        for up, down in _INVERSE.items():
            if str(prop) == full(up):
                found.append((value, URIRef(full(down)), subject))
            if str(prop) == full(down):
                found.append((value, URIRef(full(up)), subject))
    return found


def differences(before: set[Row], after: set[Row]) -> tuple[set[Row], set[Row]]:
    """Return what is gone and what has come."""
    return before - after, after - before
