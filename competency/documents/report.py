"""The report of an import: where every line went, and what the import was not sure of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from competency.documents.document import Document, line_ranges
from competency.documents.doubts import Doubt, lines_of
from competency.documents.draft import Draft, FrameworkDraft
from competency.documents.layouts.layout import Layout


@dataclass(frozen=True)
class LineFate:
    """What became of one line: the parts it went into, and the reasons for what was left out."""

    number: int
    text: str
    parts: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ImportReport:
    """How a document was read: by which layout, line by line, with which doubts."""

    name: str
    layout: Layout
    counts: dict[str, int]
    lines: tuple[LineFate, ...]
    doubts: tuple[Doubt, ...]
    names: dict[int, str]

    def name_of(self, part: Draft) -> str:
        """Return how the report points at a part: the end of its IRI."""
        return self.names.get(id(part), part.step)

    def count(self, kind: str) -> int:
        """Return how many repairs there are, or how many doubts that are no repairs."""
        repairs = sum(1 for doubt in self.doubts if doubt.kind == "repair")
        return repairs if kind == "repair" else len(self.doubts) - repairs

    def summary(self) -> str:
        """Return one line: layout, parts, doubts, lines with words left out; no word of none."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.counts.items()))
        aside = sum(1 for line in self.lines if line.reasons)
        odd = {kind: self.count(kind) for kind in ("doubt", "repair")}
        said = [
            f"{_counted(sum(self.counts.values()), 'part')} ({kinds})",
            ", ".join(_counted(odd[kind], kind) for kind in odd if odd[kind]) or "no doubts",
            f"words left out on {_counted(aside, 'line')}" if aside else "",
        ]
        return f"{self.name}: read as {self.layout.name}: {'; '.join(filter(None, said))}"

    def text(self) -> str:
        """Return the whole report as plain text."""
        rows = [self.summary(), "", "Doubts"]
        for doubt in self.doubts:
            where = line_ranges(doubt.lines) or "-"
            rows.append(
                f"  line {where}: {self.name_of(doubt.part)}: {doubt.kind}: {doubt.message}"
            )
        rows += ["" if self.doubts else "  none", "Lines"]
        for line in self.lines:
            fate = [*line.parts, *(f"left out: {reason}" for reason in line.reasons)]
            rows.append(f"  {line.number}: {'; '.join(fate) or 'empty'}")
        return "\n".join(rows) + "\n"

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain values, ready for JSON."""
        return {
            "name": self.name,
            "layout": self.layout.name,
            "counts": dict(sorted(self.counts.items())),
            "doubts": [
                {
                    "kind": doubt.kind,
                    "part": self.name_of(doubt.part),
                    "message": doubt.message,
                    "lines": line_ranges(doubt.lines),
                }
                for doubt in self.doubts
            ],
            "lines": [
                {"number": line.number, "parts": list(line.parts), "left_out": list(line.reasons)}
                for line in self.lines
            ],
        }


def make_report(
    document: Document, draft: FrameworkDraft, layout: Layout, doubts: Sequence[Doubt]
) -> ImportReport:
    """Return the report on a draft that accounts for every word of its document."""
    names = _names(draft)
    parts: dict[int, list[str]] = {}
    for part in draft.walk():
        for number in lines_of(part):
            parts.setdefault(number, []).append(names[id(part)])
    reasons: dict[int, list[str]] = {}
    for item in draft.left_out:
        for number in item.span.numbers:
            reasons.setdefault(number, []).append(item.reason)
    lines = tuple(
        LineFate(
            number,
            text,
            tuple(dict.fromkeys(parts.get(number, ()))),
            tuple(dict.fromkeys(reasons.get(number, ()))),
        )
        for number, text in enumerate(document.lines, 1)
    )
    counts: dict[str, int] = {}
    for part in draft.walk():
        if part is not draft:
            counts[part.kind] = counts.get(part.kind, 0) + 1
    return ImportReport(document.name, layout, counts, lines, tuple(doubts), names)


def _names(draft: FrameworkDraft) -> dict[int, str]:
    """Return for each part the end of its IRI, below that of the framework."""
    names = {id(draft): draft.step}

    def below(parent: Draft, start: str) -> None:
        for part in parent.parts:
            names[id(part)] = f"{start}{part.step}"
            below(part, f"{start}{part.step}/")

    below(draft, "")
    return names


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
