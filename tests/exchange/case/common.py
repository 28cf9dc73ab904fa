"""What the tests of CASE share: small packages, going there and back, what counts as a difference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, FormatChecker

from competency.exchange.case import package, read
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported
from competency.exchange.terms import short
from competency.graph import NamedGraph
from competency.shapes import Severity, validate
from tests.exchange.frameworks import knowledge

Json = dict[str, Any]
BASE = "https://server.example/ims/case/v1p1"
WHEN = "2026-06-05T04:23:43+00:00"
_LINK = {"title", "identifier", "uri", "targetType"}


# ------------------------------------------------------------------ small packages


def named(kind: str, number: int, **fields: Any) -> Json:
    """Return an object of CASE with an identifier, a uri and a moment of change."""
    identifier = f"{number:08x}-0000-4000-8000-000000000000"
    found: Json = {
        "identifier": identifier,
        "uri": f"{BASE}/{kind}/{identifier}",
        "lastChangeDateTime": WHEN,
    }
    return found | fields


def item(number: int, text: str | None = None, **fields: Any) -> Json:
    """Return a CFItem."""
    return named("CFItems", number, fullStatement=text or f"Item {number}", **fields)


def document(**fields: Any) -> Json:
    """Return a CFDocument."""
    return named("CFDocuments", 1, creator="A body", title="A framework", language="en") | fields


def link(end: Json) -> Json:
    """Return a link to an object."""
    title = end.get("title") or end.get("fullStatement")
    return {"title": title, "identifier": end["identifier"], "uri": end["uri"]}


def joined(
    number: int, origin: Json, destination: Json, kind: str = "isChildOf", **fields: Any
) -> Json:
    """Return a CFAssociation."""
    ends = {"originNodeURI": link(origin), "destinationNodeURI": link(destination)}
    return named("CFAssociations", number, associationType=kind, **ends) | fields


def packed(items: list[Json], associations: list[Json] | None = None, **more: Any) -> Json:
    """Return a package; without associations the items stand under the document, in order."""
    doc = more.pop("doc", document())
    if associations is None:
        associations = [
            joined(0x100 + n, one, doc, sequenceNumber=n) for n, one in enumerate(items, 1)
        ]
    return {"CFDocument": doc, "CFItems": items, "CFAssociations": associations} | more


# ------------------------------------------------------------------ in and out


def file_of(value: Any, name: str = "package.json") -> File:
    """Return a value as a file of JSON."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return File(name, data, "application/json")


def taken_in(value: Any, **options: str) -> Imported:
    """Return what reading gives."""
    return read(file_of(value), Reading(**options))


def the_graph(value: Any, **options: str) -> NamedGraph:
    """Return the one framework of a package."""
    (graph,) = taken_in(value, **options).graphs
    return graph


def back(graph: NamedGraph, version: str = "1.1") -> Json:
    """Return a framework as a package, as it is in a file."""
    found: Json = json.loads(json.dumps(package(knowledge(graph), graph.name, version)))
    return found


def said(graph: NamedGraph, thing: Json | str) -> dict[str, list[str]]:
    """Return what a graph says of an object, by prefixed names."""
    about = graph.about(thing if isinstance(thing, str) else thing["uri"])
    return {short(prop): [str(value) for value in values] for prop, values in about.items()}


def kind(graph: NamedGraph, thing: Json) -> list[str]:
    """Return the local names of the classes of an object that are ours."""
    return [
        iri.rpartition("#")[2] for iri in said(graph, thing)["rdf:type"] if "competency/ns#" in iri
    ]


def order(graph: NamedGraph, parent: Json) -> list[str]:
    """Return the titles or texts below an object, in order."""
    below = [
        about for about in (said(graph, iri) for iri in graph.subjects)
        if parent["uri"] in about.get("comp:partOf", ())
    ]  # fmt: skip
    below.sort(key=lambda about: int(about["comp:position"][0]))
    return [(about.get("rdfs:label") or about["comp:text"])[0] for about in below]


def faults(graph: NamedGraph) -> list[str]:
    """Return what our shapes hold against a graph."""
    return [result.message for result in validate(graph.graph).at_least(Severity.violation)]


# ------------------------------------------------------------------ differences


def normal(value: Any, *, moments: bool = False) -> Any:
    """Return a value such that what does not matter is the same.

    Null and an empty list are as good as nothing, arrays are in the order of their identifiers,
    and neither the moment of last change (unless asked for) nor the title of a link counts.
    """
    if isinstance(value, dict):
        there = {name for name, item in value.items() if item is not None and item != []}
        is_link = {"uri", "identifier"} <= there <= _LINK
        unseen = ({"title"} if is_link else set()) | (set() if moments else {"lastChangeDateTime"})
        found = {k: normal(v, moments=moments) for k, v in value.items() if k not in unseen}
        return {k: v for k, v in found.items() if v is not None and v != []}
    if isinstance(value, list):
        return sorted((normal(one, moments=moments) for one in value), key=_place)
    return value


def _place(value: Any) -> tuple[str, str]:
    identifier = value.get("identifier") if isinstance(value, dict) else None
    return (str(identifier or ""), json.dumps(value, sort_keys=True))


def differences(before: Any, after: Any, place: str = "") -> Iterator[str]:
    """Yield where two normal values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in sorted({*before, *after}):
            if name in before and name in after:
                yield from differences(before[name], after[name], f"{place}/{name}")
            else:
                gone = name in before
                yield f"{place}/{name} {'lost' if gone else 'added'}: {(before if gone else after)[name]!r}"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, pair in enumerate(zip(before, after, strict=True)):
            yield from differences(*pair, f"{place}/{number}")
    elif before != after or type(before) is not type(after):
        yield f"{place}: {before!r} became {after!r}"


def round_trip(value: Json, *, moments: bool = False) -> list[str]:
    """Return the differences that taking a package in and giving it out again makes."""
    after = back(the_graph(value))
    return list(differences(normal(value, moments=moments), normal(after, moments=moments)))


# ------------------------------------------------------------------ the official schemas


def schema(shared: Path, version: str = "1.1", name: str = "CFPackage") -> Draft4Validator:
    """Return the official schema of an object, as OpenAPI has it."""
    new = version == "1.1"
    file = "imscasev1p1_openapi3_v1p0.json" if new else "case-v1p0-swagger.json"
    found = json.loads((shared / "oracles" / file).read_text(encoding="utf-8"))
    where = f"#/components/schemas/{name}DType" if new else f"#/definitions/{name}.Type"
    return Draft4Validator(found | {"$ref": where}, format_checker=FormatChecker())


def schema_faults(validator: Draft4Validator, value: Json) -> list[str]:
    """Return what a schema holds against a value."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]
