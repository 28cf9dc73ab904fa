"""Random JSON-LD documents, in every way of writing that pyoxigraph reads."""

from __future__ import annotations

import json

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

CONTEXT: dict[str, object] = {
    "@vocab": "http://v.example/",
    "ex": "http://ex.example/a#",
    "deep": "ex:deep/",
    "id": "@id",
    "kind": "@type",
    "value": "@value",
    "nested": "@nest",
    "title": {"@id": "ex:title", "@language": "fr"},
    "titles": {"@id": "ex:title", "@container": "@language"},
    "links": {"@id": "ex:links", "@type": "@id"},
    "words": {"@id": "ex:words", "@type": "@vocab", "@container": "@set"},
    "steps": {"@id": "ex:steps", "@container": "@list"},
    "ordered": {"@id": "ex:ordered", "@container": "@list", "@type": "@id"},
    "date": {"@id": "ex:date", "@type": "http://www.w3.org/2001/XMLSchema#date"},
    "double": {"@id": "ex:double", "@type": "http://www.w3.org/2001/XMLSchema#double"},
    "index": {"@id": "ex:index", "@container": "@index"},
    "byId": {"@id": "ex:byId", "@container": "@id"},
    "partOf": {"@reverse": "ex:hasPart"},
    "Scoped": "ex:Scoped",
    "inner": "ex:inner",
    "nothing": None,
}
_IRIS = ["a", "#f", "../x", "ex:b", "http://o.example/é", "_:b", "_:c", "deep:d", ""]
_TEXTS = ["", "plain", "é 😀", 'say "x"\\', "two\nlines", "a", "ex:b"]
_NUMBERS = [0, 1, -7, 2.5, 1e21, 1.0, 10**20, 1e-7, 12345678901]


def _scalar(draw: DrawFn) -> object:
    return draw(st.sampled_from([*_TEXTS, *_NUMBERS, True, False, None]))


def _value_object(draw: DrawFn) -> object:
    which = draw(st.integers(0, 2))
    if which == 0:
        return {
            "@value": draw(st.sampled_from(_TEXTS)),
            "@language": draw(st.sampled_from(["en", "EN-gb"])),
        }
    if which == 1:
        return {"@type": "ex:type", "value": _scalar(draw) or "x"}
    return {"@value": draw(st.sampled_from([*_TEXTS, *_NUMBERS, True]))}


def _values(draw: DrawFn, depth: int) -> object:
    """Return the value of a property without a container."""
    which = draw(st.integers(0, 6 if depth else 3))
    if which < 2:
        return _scalar(draw)
    if which == 2:
        return _value_object(draw)
    if which == 3:
        return [_scalar(draw) for _ in range(draw(st.integers(0, 3)))]
    if which == 4:
        return {
            draw(st.sampled_from(["@list", "@set"])): [
                _values(draw, 0) for _ in range(draw(st.integers(0, 3)))
            ]
        }
    if which == 5:
        return [_node(draw, depth - 1) for _ in range(draw(st.integers(0, 2)))]
    return _node(draw, depth - 1)


def _references(draw: DrawFn) -> object:
    found = [draw(st.sampled_from(_IRIS[1:-1])) for _ in range(draw(st.integers(0, 3)))]
    return found[0] if len(found) == 1 else found


def _member(draw: DrawFn, key: str, depth: int) -> object:
    special = {
        "titles": {"en": _TEXTS[1], "de": [_TEXTS[2], _TEXTS[3]], "@none": "x"},
        "double": draw(st.sampled_from([1, "2.0", 1.5])),
        "index": {"one": _scalar(draw), "two": [_scalar(draw)]},
        "nothing": "x",
    }
    if key in special:
        return special[key]
    if key in ("links", "words", "ordered"):
        return _references(draw)
    if key in ("byId", "partOf", "nested", "inner") and not depth:
        return {} if key == "byId" else []
    if key == "byId":
        return {iri: _node(draw, depth - 1, named=False) for iri in ("x", "ex:y")}
    if key in ("partOf", "inner"):
        return [_node(draw, depth - 1)]
    if key == "nested":
        return {"ex:r": _scalar(draw), "ex:q": _values(draw, 0)}  # pyoxigraph forgets scoped terms
    if key == "steps":
        return [_scalar(draw) for _ in range(draw(st.integers(0, 3)))]
    return _values(draw, depth)


def _node(draw: DrawFn, depth: int, *, named: bool = True) -> dict[str, object]:
    node: dict[str, object] = {}
    if draw(st.booleans()):
        node[draw(st.sampled_from(["@type", "kind"]))] = draw(
            st.sampled_from(["Unit", "ex:Unit", ["Scoped", "http://o.example/T"], "Scoped", []])
        )
    keys = [
        "name",
        "title",
        "titles",
        "links",
        "words",
        "steps",
        "ordered",
        "date",
        "double",
        "index",
    ]
    keys += ["byId", "partOf", "inner", "nested", "nothing", "ex:p", "http://o.example/q"]
    chosen = draw(st.lists(st.sampled_from(keys), max_size=4, unique=True))
    for key in chosen:
        node[key] = _member(draw, key, depth)
    if named and draw(st.integers(0, 2)):
        place = draw(st.integers(0, len(node)))
        name = (draw(st.sampled_from(["@id", "id"])), draw(st.sampled_from(_IRIS)))
        members = list(node.items())
        first = 1 if members and members[0][0] in ("@type", "kind") else 0
        members.insert(max(place, first), name)
        node = dict(members)
    return node


@st.composite
def jsonld(draw: DrawFn) -> str:
    """Return a document: one node, an array of them, or a graph; indented in some way."""
    which = draw(st.integers(0, 2))
    context = dict(CONTEXT)
    if draw(st.booleans()):
        context["@base"] = draw(st.sampled_from(["http://b.example/x/y", "sub/"]))
    if draw(st.booleans()):
        context["@language"] = "en"
    scoped = draw(st.sampled_from(["Scoped", "inner"]))  # pyoxigraph takes one for the other
    context[scoped] = {"@id": f"ex:{scoped}", "@context": {"name": "http://scoped.example/name"}}
    document: object
    if which == 0:
        document = {"@context": context, **_node(draw, 3)}
    elif which == 1:
        document = [{"@context": context, **_node(draw, 2)} for _ in range(draw(st.integers(0, 2)))]
    else:
        graph = [_node(draw, 2) for _ in range(draw(st.integers(0, 3)))]
        document = {"@context": [context, {"late": "ex:late"}], "@graph": graph}
    indent: SearchStrategy[int | str | None] = st.sampled_from([None, 2, "\t"])
    return json.dumps(document, indent=draw(indent), ensure_ascii=draw(st.booleans()))
