"""What CASE has no field for, in ``extensions``: readable JSON that gives every triple back.

An object may carry, under the key ``competency``:

    {"derived": {"humanCodingScheme": "3f2a9c10"},      fields that follow from what is said here
     "says": {"comp:aspect": {"@id": "comp:Knowing"}},  more about the thing itself
     "about": {"_:b1": {"skos:notation": "X 1"}}}       about things that belong to it

Names are prefixed as everywhere here; an IRI that only looks like one stands in <>. Behind each
derived field is the digest of its value, so that a change made elsewhere does not go unnoticed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.fields import EXTENSION
from competency.exchange.terms import Row, short, term
from competency.graph.store import is_absolute

_INTEGER = str(XSD.integer)
_TAG = re.compile(r"(?:[A-Za-z]{2,8}|[ix](?=-))(?:-[A-Za-z0-9]{1,8})*")
Namer = Callable[[BNode], str]


def digest(value: object) -> str:
    """Return eight signs that stand for a value.

    >>> digest("X 1") == digest("X 1"), len(digest(None))
    (True, 8)
    """
    text = json.dumps(value, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:8]


# ---------------------------------------------------------------- out


def written(rows: Iterable[Row], subject: Node | None, name: Namer) -> dict[str, Any]:
    """Return triples as ``says``, where they are of ``subject``, and else as ``about``."""
    says: dict[Node, dict[str, list[Any]]] = {}
    for thing, prop, value in rows:
        says.setdefault(thing, {}).setdefault(_iri(str(prop)), []).append(_value(value, name))
    found: dict[str, Any] = {}
    if subject in says:
        found["says"] = _tidy(says.pop(subject))
    if says:
        things = {_thing(thing, name): _tidy(values) for thing, values in says.items()}
        found["about"] = dict(sorted(things.items()))
    return found


def _tidy(values: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {
        prop: items[0] if len(items) == 1 and not isinstance(items[0], list) else _sorted(items)
        for prop, items in sorted(values.items())
    }


def _sorted(items: list[Any]) -> list[Any]:
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))


def _thing(node: Node, name: Namer) -> str:
    return f"_:{name(node)}" if isinstance(node, BNode) else str(node)


def _iri(iri: str) -> str:
    """Return a prefixed name, or an IRI in <> where it would be taken for one."""
    name = short(iri)
    if name != iri:
        return name
    return iri if str(term(iri)) == iri and not iri.startswith("<") else f"<{iri}>"


def _value(node: Node, name: Namer) -> Any:
    if isinstance(node, BNode):
        return {"@id": f"_:{name(node)}"}
    if not isinstance(node, Literal):
        return {"@id": _iri(str(node))}
    text = str(node)
    if node.language:
        return {"@language": node.language, "@value": text}
    if node.datatype is None or node.datatype == XSD.string:
        return text
    if str(node.datatype) == _INTEGER and _is_plain_integer(text):
        return int(text)
    if node.datatype == XSD.boolean and text in ("true", "false"):
        return text == "true"
    return {"@type": _iri(str(node.datatype)), "@value": text}


def _is_plain_integer(text: str) -> bool:
    digits = text.removeprefix("-")
    return len(digits) < 16 and digits.isascii() and digits.isdecimal() and str(int(text)) == text


# ---------------------------------------------------------------- in


def is_ours(found: Any) -> bool:
    """Say whether an extension has the form that is written here, down to the last value."""
    if not isinstance(found, dict):
        return False
    derived = found.get("derived", {})
    about = found.get("about", {})
    return (
        isinstance(derived, dict)
        and all(isinstance(value, str) for value in derived.values())
        and isinstance(about, dict)
        and all(_node(name, "") is not None for name in about)
        and all(map(_is_said, [found.get("says", {}), *about.values()]))
    )


def _is_said(said: Any) -> bool:
    if not isinstance(said, dict):
        return False
    values = [
        value for item in said.values() for value in (item if isinstance(item, list) else [item])
    ]
    return all(_resolved(name) for name in said) and all(_term(v, "") is not None for v in values)


def _resolved(name: str) -> URIRef | None:
    iri = name[1:-1] if name.startswith("<") and name.endswith(">") else str(term(name))
    return URIRef(iri) if is_absolute(iri) else None


def _node(name: str, start: str) -> Node | None:
    if name.startswith("_:"):
        local = name[2:]
        return BNode(start + local) if local.isascii() and local.isalnum() else None
    return URIRef(name) if is_absolute(name) else None


def _term(value: Any, start: str) -> Node | None:
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean, normalize=False)
    if isinstance(value, int):
        return Literal(str(value), datatype=XSD.integer, normalize=False)
    if isinstance(value, str):
        return Literal(value) if _is_text(value) else None
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        return None
    if set(value) == {"@id"}:
        name = value["@id"]
        return _node(name, start) if name.startswith("_:") else _resolved(name)
    return _literal(value)


def _literal(value: dict[str, str]) -> Literal | None:
    text = value.get("@value")
    if text is None or not _is_text(text):
        return None
    if set(value) == {"@language", "@value"} and _TAG.fullmatch(value["@language"]):
        return Literal(text, lang=value["@language"])
    if set(value) == {"@type", "@value"} and (datatype := _resolved(value["@type"])):
        return Literal(text, datatype=datatype, normalize=False)
    return None


def _is_text(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def read(found: Mapping[str, Any], subject: Node, start: str) -> Iterator[Row]:
    """Yield the triples that an extension of :func:`is_ours` gives back.

    ``start`` keeps the blank nodes of one file apart from those of others.
    """
    yield from _read(found.get("says", {}), subject, start)
    for name, said in found.get("about", {}).items():
        thing = _node(name, start)
        if thing is not None:
            yield from _read(said, thing, start)


def _read(said: Mapping[str, Any], subject: Node, start: str) -> Iterator[Row]:
    for name, item in said.items():
        prop = _resolved(name)
        for value in item if isinstance(item, list) else [item]:
            node = _term(value, start)
            if prop is not None and node is not None:
                yield subject, prop, node


def take(found: dict[str, Any]) -> Any:
    """Take what an object carries under our key out of it, and return that; None if nothing.

    >>> take({"extensions": {"competency": {"says": {}}}})
    {'says': {}}
    """
    extensions = found.get("extensions")
    if isinstance(extensions, dict) and EXTENSION in extensions:
        rest = {name: value for name, value in extensions.items() if name != EXTENSION}
        found["extensions"] = rest or None
        return extensions[EXTENSION]
    if isinstance(extensions, list):
        for place, item in enumerate(extensions):
            if isinstance(item, dict) and [*item] == [EXTENSION]:
                found["extensions"] = extensions[:place] + extensions[place + 1 :]
                return item[EXTENSION]
    return None


def put(found: dict[str, Any], ours: Mapping[str, Any]) -> None:
    """Put our extension beside those that an object has; the levels of rubrics have a list."""
    before = found.get("extensions")
    if isinstance(before, list):
        found["extensions"] = [*before, {EXTENSION: dict(ours)}]
    else:
        rest = before if isinstance(before, dict) else {}
        found["extensions"] = {**rest, EXTENSION: dict(ours)}
