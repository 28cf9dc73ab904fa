"""The JSON of a file: documents out of envelopes, with the context that they only name."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from competency.exchange.case.context import Remarks
from competency.exchange.ctdl_asn.pointing import Object, Text
from competency.exchange.ctdl_asn.preparing import Ready
from competency.exchange.imported import File, Kept
from competency.formats import by_name
from competency.graph.guarding import check_document

_KEYWORDS = {"@context", "@graph", "@id", "@type"}
_PREFIXED = re.compile(r"(?:ceasn|ceterms|asn|skos):|https?://(?:purl\.org/ctdl|www\.w3\.org/)")
_INSIDE = ("decoded_resource", "resource", "graph")
_WRAPPERS = ("data", "results", "items")


@dataclass(frozen=True)
class Documents:
    """The documents of a file, ready for a parser, each with the pointer to it.

    ``pointers`` are those to things by their ``@id``; things without an IRI are found under
    ``<type> <number>``, counted from 0 in the order of the file.
    """

    text: Text
    values: list[Object]
    places: list[str]
    pointers: dict[str, str]

    @property
    def data(self) -> bytes:
        """Return all documents as one text of JSON-LD."""
        return json.dumps(self.values).encode()

    def first_fault(self, is_wrong: Callable[[bytes], bool]) -> str:
        """Return the pointer to the first thing that a parser cannot read, by halving."""
        for value, where in zip(self.values, self.places, strict=True):
            if not is_wrong(json.dumps(value).encode()):
                continue
            nodes = value.get("@graph")
            members = nodes if isinstance(nodes, list) else []

            def start(end: int, value: Object = value, members: list[Any] = members) -> bytes:
                piece = {"@context": value["@context"], "@graph": members[:end]}
                return json.dumps(piece).encode()

            good, bad = 0, len(members)
            if not members or not is_wrong(start(bad)):
                return where
            while bad - good > 1:
                middle = (good + bad) // 2
                good, bad = (good, middle) if is_wrong(start(middle)) else (middle, bad)
            return f"{where}/@graph/{good}"
        return ""


def documents(file: File, remarks: Remarks) -> Documents:
    """Return the documents of a file as JSON-LD that names no context by its address.

    Raises ParseError with line and column for what is no JSON, for a context that would have to
    be fetched, and for JSON that is no JSON-LD.
    """
    text = Text(file)
    found = list(_find(text.value(remarks), "", remarks))
    if not found:
        reason = "there is no graph of CTDL-ASN here; check that it is one, with an @graph"
        raise text.fault(reason, len(text.text) - len(text.text.lstrip()))
    ready = Ready(text, remarks)
    values = [ready.document(value, where) for value, where in found]
    return Documents(text, values, [where for _, where in found], ready.pointers)


def _find(value: Any, where: str, remarks: Remarks) -> Iterator[tuple[Object, str]]:
    """Yield the documents in a value, out of lists and out of the envelopes of the registry."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _find(item, f"{where}/{number}", remarks)
    elif isinstance(value, dict):
        if _KEYWORDS & value.keys() or any(map(_PREFIXED.match, value)):
            yield value, where
        elif (inside := _open(value)) is not None:
            name, held = inside
            rest = ", ".join(sorted(key[:40] for key in value if key != name)[:20])
            if rest:
                what = f"what the envelope says of itself is no part of the framework: {rest}"
                remarks.add(Kept.dropped, where or "/", what)
            yield from _find(held, f"{where}/{name}", remarks)
        else:
            for name in _WRAPPERS:
                if isinstance(value.get(name), list):
                    yield from _find(value[name], f"{where}/{name}", remarks)


def _open(envelope: Object) -> tuple[str, Any] | None:
    """Return what is in an envelope: a document, or one that is signed or written as a text."""
    for name in _INSIDE:
        held = envelope.get(name)
        if isinstance(held, str):
            held = _decoded(held)
        if name == "graph" and isinstance(held, list):
            return name, {"@graph": held}
        if isinstance(held, dict | list) and held:
            return name, held
    return None


def _decoded(text: str) -> Any:
    """Return the JSON in a text, or in the middle of a signed one; None where there is none."""
    parts = text.strip().split(".")
    try:
        if len(parts) == 3 and not text.lstrip().startswith("{"):
            text = base64.urlsafe_b64decode(parts[1] + "==").decode()
        check_document(text.encode(), by_name("jsonld"), "")
        return json.loads(text)
    except (ValueError, binascii.Error):
        return None
