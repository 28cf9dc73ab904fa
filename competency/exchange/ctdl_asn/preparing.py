"""Documents of JSON-LD made ready for a parser that reads no address.

Contexts are written out, texts by language become values with a language each, and what should be
an IRI and is none is kept as a text.
"""

from __future__ import annotations

import re
from typing import Any

from competency.errors import ParseError
from competency.exchange.case.context import Remarks
from competency.exchange.ctdl_asn.context import IRIS, context, full, is_known
from competency.exchange.ctdl_asn.pointing import Object, Text
from competency.exchange.imported import Kept

_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_IRI = re.compile(r"(?:_|[A-Za-z][A-Za-z0-9+.-]*):[^\x00-\x20<>\"{}|\\^`]*")


class Ready:
    """Makes documents ready for a parser that reads no address, and remembers where things are."""

    def __init__(self, text: Text, remarks: Remarks) -> None:
        """Prepare; ``pointers`` fills while documents are made ready."""
        self.text, self.remarks = text, remarks
        self.pointers: dict[str, str] = {}
        self._own: set[str] = set()  # terms that the contexts of the file define
        self._counts: dict[str, int] = {}

    def document(self, value: Object, where: str) -> Object:
        """Return a document with its context written out."""
        if "@context" not in value:
            what = "the file names no context; that of CTDL-ASN is taken"
            self.remarks.add(Kept.odd, where or "/", what)
            value = {"@context": context(), **value}
        else:
            value = {**value, "@context": self._context(value["@context"], where)}
        return self._node(value, where)

    def _context(self, value: Any, where: str) -> Any:
        if isinstance(value, str):
            if is_known(value):
                return context()
            reason = (
                f"the context {value[:120]!r} would have to be fetched, and nothing is; write its"
                " terms into the file, or name https://credreg.net/ctdlasn/schema/context/json"
            )
            raise self.text.fault_at(reason, value)
        if isinstance(value, list):
            return [self._context(item, where) for item in value]
        if isinstance(value, dict):
            if "@import" in value:
                raise self.text.fault_at("nothing is fetched; write the terms out", "@import")
            self._own |= {name for name in value if ":" not in name}
            return {name: self._definition(item, where) for name, item in value.items()}
        return value

    def _definition(self, value: Any, where: str) -> Any:
        if isinstance(value, dict) and "@context" in value:
            return {**value, "@context": self._context(value["@context"], where)}
        return value

    def _node(self, node: Object, where: str) -> Object:
        """Return an object with all below it made ready."""
        self._remember(node, where)
        found: Object = {}
        for name, value in node.items():
            if name == "@context":
                ready = value if where == "" or "@graph" in node else self._inner(value, where)
                found[name] = ready
            elif name == "@id" and not isinstance(value, str):
                raise self._bad_id(value, where)
            elif name.startswith("@") and name not in ("@graph", "@list", "@set", "@included",
                                                       "@reverse"):  # fmt: skip
                found[name] = value
            else:
                found[name] = self._value(name, value, f"{where}/{_escaped(name)}")
        return found

    def _inner(self, value: Any, where: str) -> Any:
        return (
            value if isinstance(value, dict) and "ceasn" in value else self._context(value, where)
        )

    def _bad_id(self, value: Any, where: str) -> ParseError:
        reason = f"the @id at {where or '/'} is no text; write an IRI in quotation marks"
        return self.text.fault_in(reason, f"{where}/@id")

    def _value(self, name: str, value: Any, where: str) -> Any:
        if isinstance(value, list):
            found = [self._value(name, item, f"{where}/{n}") for n, item in enumerate(value)]
            return [one for item in found for one in (item if isinstance(item, list) else [item])]
        if isinstance(value, dict):
            if "@list" in value or "@set" in value:
                key = "@list" if "@list" in value else "@set"
                held = self._value(name, value[key], f"{where}/{key}")
                return {**value, key: held if isinstance(held, list) else [held]}
            return self._texts(value, where) if self._is_map(value) else self._node(value, where)
        if isinstance(value, str) and name in IRIS and not _IRI.fullmatch(value):
            what = f"{name} leads to an IRI; what is no IRI is kept as a text"
            self.remarks.add(Kept.odd, where, what)
            return {"@value": value}
        return value

    def _is_map(self, value: Object) -> bool:
        """Say whether an object is texts by language."""
        return bool(value) and all(
            _TAG.fullmatch(key) and key not in self._own and _is_text(item)
            for key, item in value.items()
        )

    def _texts(self, value: Object, where: str) -> list[Object]:
        found = []
        for tag, texts in value.items():
            if "_" in tag:
                what = f"the language {tag} is written {tag.replace('_', '-')}"
                self.remarks.add(Kept.odd, where, what)
            for text in texts if isinstance(texts, list) else [texts]:
                if text is not None:
                    found.append({"@value": text, "@language": tag.replace("_", "-")})
        return found

    def _remember(self, node: Object, where: str) -> None:
        name = node.get("@id")
        if isinstance(name, str) and not name.startswith("_:"):
            if len(node) > 1:
                self.pointers.setdefault(name, where or "/")
            return
        kinds = node.get("@type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str):
                number = self._counts[kind] = self._counts.get(kind, -1) + 1
                self.pointers[f"{full(kind)} {number}"] = where or "/"


def _is_text(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    return all(isinstance(item, str | None) for item in items)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
