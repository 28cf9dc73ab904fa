"""The numbers and bullets that Word prints before paragraphs; the file holds only their rules."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, how its number looks, and the text around it."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark(self, number: str, depth: int) -> str:
        """Count a paragraph of a list and return what stands before it, with a space."""
        if number not in self.lists:
            return ""
        abstract, levels = self.lists[number]
        counts = self.counts[abstract]
        for place, start in self.restarts.pop(number, {}).items():
            counts[place] = start - 1
        level = levels.get(depth, Level())
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "  " * depth + "- "
        text = re.sub(r"%([1-9])", lambda found: self._part(abstract, levels, found[1]), level.text)
        return f"{'  ' * depth}{text} " if text.strip() else ""

    def _part(self, abstract: str, levels: dict[int, Level], place: str) -> str:
        level = levels.get(int(place) - 1, Level())
        return formatted(self.counts[abstract].get(int(place) - 1, level.start), level.form)


def formatted(number: int, form: str) -> str:
    """Return a number as Word prints it.

    >>> [formatted(4, form) for form in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['4', 'd', 'IV', '04']
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if number > 0 and form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)
        return letter if form == "lowerLetter" else letter.upper()
    if 0 < number < 4000 and form in ("lowerRoman", "upperRoman"):
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
        return text if form == "lowerRoman" else text.upper()
    return str(number)


def read_numbering(root: Any) -> Numbering:
    """Return the lists that a numbering part defines."""
    result = Numbering()
    abstracts = {
        item.get(W + "abstractNumId"): {
            int(level.get(W + "ilvl", "0")): _level(level) for level in item.iter(W + "lvl")
        }
        for item in root.iter(W + "abstractNum")
    }
    for item in root.iter(W + "num"):
        number, abstract = item.get(W + "numId"), item.find(W + "abstractNumId").get(W + "val")
        levels = dict(abstracts.get(abstract, {}))
        for change in item.iter(W + "lvlOverride"):
            depth = int(change.get(W + "ilvl", "0"))
            start, level = change.find(W + "startOverride"), change.find(W + "lvl")
            if level is not None:
                levels[depth] = _level(level)
            if start is not None:
                first = int(start.get(W + "val", "1"))
                result.restarts.setdefault(number, {})[depth] = first
        result.lists[number] = (abstract, levels)
    return result


def _level(item: Any) -> Level:
    def value(name: str, default: str) -> str:
        found = item.find(W + name)
        return default if found is None else str(found.get(W + "val", default))

    return Level(int(value("start", "1")), value("numFmt", "decimal"), value("lvlText", ""))
