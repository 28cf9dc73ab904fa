"""The one scale of a framework in Moodle: its values, and which of them count."""

from __future__ import annotations

import json
from collections import Counter

from competency.exchange.entry import Thing
from competency.exchange.ledger import Ledger
from competency.exchange.moodle.table import COMMA, JUDGED, NO_SCALE, RUN
from competency.exchange.sheets import harmless

_PLAIN = ("Not yet competent", "Competent")


def scale_of(ledger: Ledger) -> tuple[str, str]:
    """Return Scale values and Scale configuration: of the scale that most parts are at a level of.

    Without one, two plain values are made up, and said to be.
    """
    levels = _levels(ledger)
    ledger.lose(ledger.outline.top, "comp:inScale", JUDGED if levels else NO_SCALE)
    names = [_name(ledger, level) for level in levels] or [*_PLAIN]
    values, last = ",".join(names), len(names)
    if harmless(values) != values:
        ledger.lose(ledger.outline.top, "comp:inScale", RUN)
    steps = [
        {"id": number, "scaledefault": int(number == 1), "proficient": int(number == last)}
        for number in range(1, last + 1)
    ]
    return values, json.dumps([{"scaleid": "1"}, *steps], separators=(",", ":"))


def _levels(ledger: Ledger) -> list[Thing]:
    outline = ledger.outline
    used = Counter(
        scale
        for entry in outline.entries
        for level in entry.links("comp:atLevel")
        for scale in outline.thing(level).links("comp:inScale")
    )
    for scale, _ in sorted(used.items(), key=lambda item: (-item[1], item[0])):
        found = [outline.thing(level) for level in outline.levels(str(scale))]
        if len(found) > 1 and all(level.texts("rdfs:label") for level in found):
            return found
    return []


def _name(ledger: Ledger, level: Thing) -> str:
    for name in ("comp:inScale", "comp:rank", "comp:higherThan"):
        ledger.carry(level, name)
    text = " ".join(ledger.text(level, "rdfs:label").split())
    if "," in text:
        ledger.lose(level, "rdfs:label", COMMA)
    return text.replace(",", ";")
