"""The header of a mapping set in YAML: read from ``#`` lines or a file of its own, and written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from competency.graph.received import Kept, Remark
from competency.graph.sssom.curies import BUILT_IN, KNOWN, NAME, compact, expand
from competency.graph.sssom.model import Extension, MappingSet, needs_version
from competency.graph.sssom.slots import SET_SLOTS, SLOTS, TYPED, Range, Slot
from competency.graph.sssom.yaml import Header
from competency.graph.store import is_absolute

_PLAIN = re.compile(
    r"[A-Za-z][A-Za-z_]*+(?:[ ][A-Za-z_]+)*+|https?://[A-Za-z0-9./_~-]*[A-Za-z0-9/_-]"
)
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_UNSEEN = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(r"[\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass
class Told:
    """What a header says once it is understood, and everything that is wrong or odd in it."""

    slots: dict[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    extensions: dict[str, Extension] = field(default_factory=dict)
    faults: list[tuple[int | None, int | None, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def iri(self, text: str, where: str) -> str | None:
        """Return the IRI of a CURIE; a prefix that everybody knows is taken with a remark."""
        found = expand(text, self.prefixes)
        prefix, _, local = text.partition(":")
        if found is None and prefix in KNOWN:
            what = f"the prefix {prefix} is not in curie_map; taken as {KNOWN[prefix]}"
            self.remarks.append(Remark(Kept.odd, where, what))
            self.prefixes[prefix] = KNOWN[prefix]
            return KNOWN[prefix] + local
        return found


def understand(header: Header, told: Told) -> None:
    """Say in ``told`` what a header means; what is wrong is told with its place."""
    for key, place in header.places.items():
        value = header.values[key]
        if key == "curie_map":
            _prefixes(value, place, told)
    for key, value in header.values.items():
        if key in ("curie_map", "mappings"):
            continue
        place = header.places[key]
        slot = SLOTS.get(key)
        if key == "extension_definitions":
            _extensions(value, place, told)
        elif slot is None or not slot.on_set:
            _unknown(key, value, place, told)
        else:
            _slot(slot, value, place, told)


def unknown_prefix(text: str) -> str:
    """Return what is wrong with a CURIE whose prefix nobody declares, and how to mend it."""
    prefix = text.partition(":")[0]
    return (
        f"the prefix of {text[:200]} is not declared; add to curie_map in the header:"
        f" '{prefix[:200]}: \"https://.../\"'"
    )


def _prefixes(value: object, place: tuple[int, int], told: Told) -> None:
    if value == "":
        return
    if not isinstance(value, dict):
        told.faults.append(
            (*place, "curie_map is no list of prefixes; write one as 'ex: \"https://...\"'")
        )
        return
    for name, start in value.items():
        if not isinstance(start, str) or not is_absolute(start) or not NAME.fullmatch(name):
            reason = f"curie_map: {name[:60]} has to be a name, and what it means an IRI in full"
            told.faults.append((*place, reason))
        elif name not in BUILT_IN:
            told.prefixes[name] = start
        elif BUILT_IN[name] != start:
            what = f"curie_map: {name} always means {BUILT_IN[name]}; {start} is not used"
            told.remarks.append(Remark(Kept.odd, f"line {place[0]}", what))


def _extensions(value: object, place: tuple[int, int], told: Told) -> None:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("slot_name") if isinstance(item, dict) else None
        if not isinstance(item, dict) or not isinstance(name, str) or not NAME.fullmatch(name):
            reason = "extension_definitions: each needs a slot_name and a property"
            told.faults.append((*place, reason))
            continue
        where = f"line {place[0]}"
        prop, hint = (
            told.iri(str(item.get(key) or ""), where) for key in ("property", "type_hint")
        )
        for text, found in ((item.get("property"), prop), (item.get("type_hint"), hint)):
            if found is None:
                told.faults.append((*place, unknown_prefix(str(text))))
            elif found and not is_absolute(found):
                told.faults.append((*place, f"extension_definitions: {found[:200]!r} is no IRI"))
        told.extensions[name] = Extension(prop or "", hint or "")


def _unknown(key: str, value: object, place: tuple[int, int], told: Told) -> None:
    where = f"line {place[0]}"
    if not NAME.fullmatch(key):
        told.faults.append((*place, f"{key[:60]!r} is no name of a slot; write one in letters"))
        return
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if key not in told.extensions:
        what = f"{key} is no slot of the header in SSSOM; kept as one of the file's own"
        told.remarks.append(Remark(Kept.aside, where, what))
        told.extensions[key] = Extension("")
    if text.strip():
        told.slots[key] = (text,)


def _slot(slot: Slot, value: object, place: tuple[int, int], told: Told) -> None:
    items = value if isinstance(value, list) else [value]
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) < len(items) or (len(items) > 1 and not slot.many):
        told.faults.append((*place, f"{slot.name} holds one text, and no list or map"))
        return
    found: list[str] = []
    for text in (item if slot.range in TYPED else item.strip() for item in texts):
        known = told.iri(text, f"line {place[0]}") if slot.range is Range.entity else text
        reason = unknown_prefix(text) if known is None else known and slot.fault(known)
        if reason:
            told.faults.append((*place, f"{slot.name}: {reason}"))
        elif known and known.strip():
            found.append(known)
    if found:
        told.slots[slot.name] = tuple(sorted(set(found))) if slot.many else (found[0],)


def header_lines(found: MappingSet) -> Iterator[str]:
    """Yield the lines of the header in YAML: always in the same order, one value a line."""
    slots = {**({"sssom_version": ("1.1",)} if needs_version(found) else {}), **found.slots}
    if found.prefixes:
        yield "curie_map:"
        yield from (f"  {name}: {_quoted(start)}" for name, start in sorted(found.prefixes.items()))
    for slot in SET_SLOTS:
        yield from _lines(slot.name, slots.get(slot.name, ()), slot, found.prefixes)
    for name in sorted(set(slots) - {slot.name for slot in SET_SLOTS}):
        yield from _lines(name, slots[name], None, found.prefixes)
    if found.extensions:
        yield "extension_definitions:"
    for name, extension in sorted(found.extensions.items()):
        yield f"  - slot_name: {name}"
        yield f"    property: {_quoted(compact(extension.property, found.prefixes))}"
        if extension.type_hint:
            yield f"    type_hint: {_quoted(compact(extension.type_hint, found.prefixes))}"


def _lines(
    name: str, values: tuple[str, ...], slot: Slot | None, prefixes: Mapping[str, str]
) -> Iterator[str]:
    if not values:
        return
    if slot is not None and slot.range is Range.entity:
        values = tuple(compact(value, prefixes) for value in values)
    if slot is not None and slot.many:
        yield f"{name}:"
        yield from (f"  - {_scalar(value)}" for value in values)
    else:
        yield f"{name}: {_scalar(values[0])}"


def _scalar(text: str) -> str:
    """Return a text as YAML on one line: as it is where nothing in it means more, else quoted."""
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    if '"' in text and not _ESCAPED.search(text):
        return "'" + text.replace("'", "''") + "'"
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
