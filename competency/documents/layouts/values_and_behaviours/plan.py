"""The plan of a document: its values, commitments and lists in the order they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from competency.documents.document import Document, Span
from competency.documents.layouts.values_and_behaviours import phrases
from competency.documents.layouts.values_and_behaviours.item import Item, Known
from competency.documents.layouts.values_and_behaviours.lines import items_of
from competency.documents.layouts.values_and_behaviours.matching import Match, Promise, matches
from competency.documents.layouts.values_and_behaviours.spans import quoted

VALUE, UNHELPFUL, GROUP, COMMITMENT, LOOSE = "value", "unhelpful", "group", "commitment", "loose"
_LONGEST_TITLE = 15


@dataclass
class Block:
    """A list with the lines over it: ``head`` names it, ``after`` stand between head and list."""

    kind: str
    head: Item | None = None
    after: list[Item] = field(default_factory=list)
    bullets: list[Item] = field(default_factory=list)
    match: Match | None = None
    section: int = 0
    name: Item | None = None


@dataclass
class Plan:
    """All blocks in order, and what the pages added."""

    blocks: list[Block]
    aside: list[tuple[Span, str]]
    items: list[Item]

    def of(self, kind: str) -> list[Block]:
        """Return the blocks of one kind."""
        return [block for block in self.blocks if block.kind == kind]


@dataclass
class _Run:
    lines: list[Item]
    bullets: list[Item]
    value: Block | None = None


def plan_of(document: Document) -> Plan:
    """Read the plan: once for the summary, and again with its commitments known."""
    items, aside = items_of(document, Known())
    values = [run.value for run in _value_runs(_runs(items), _short_names(items)) if run.value]
    known = Known.of(item.key for value in values for item in value.bullets)
    if known.keys:
        items, aside = items_of(document, known)
    names = _short_names(items)
    runs = _value_runs(_runs(items), names)
    values = [run.value for run in runs if run.value]
    promises = [
        Promise(number, position, item)
        for number, value in enumerate(values)
        for position, item in enumerate(value.bullets, 1)
    ]
    names |= {value.head.key for value in values if value.head}
    reader = _Reader(promises, names, any(value.bullets for value in values))
    return Plan(reader.read(runs), aside, items)


def _short_names(items: Sequence[Item]) -> set[str]:
    """Return the names that headings of unhelpful lists and groups give to values."""
    texts = [item.text for item in items if not item.bullet]
    found = ((text, phrases.unhelpful(text) or phrases.group(text)) for text in texts)
    return {phrases.key(text[where[0] : where[1]]) for text, where in found if where} - {""}


def _runs(items: Sequence[Item]) -> list[_Run]:
    """Return stretches of lines, each with the bullets that follow."""
    runs = [_Run([], [])]
    for item in items:
        if not item.bullet and runs[-1].bullets:
            runs.append(_Run([], []))
        (runs[-1].bullets if item.bullet else runs[-1].lines).append(item)
    return runs


# ---------------------------------------------------------------- values of the summary


def _value_runs(runs: list[_Run], names: set[str]) -> list[_Run]:
    """Mark the runs that are values of the summary; their lines keep what stands before."""
    headings = {line.key for run in runs for line in run.lines}
    shown, later = [], []
    for run in runs:
        at = _statement(run)
        if at is None:
            continue
        if _is_certain(run, at, headings):
            shown.append((run, at))
        elif not any(phrases.unhelpful(line.text) for line in run.lines):
            later.append((run, at))
    known = {item.key for run, _ in shown for item in run.bullets}
    has_detail = any(
        phrases.unhelpful(line.text) or phrases.group(line.text)
        for run in runs
        for line in run.lines
    )
    for run, at in later:
        lead = run.lines[-1].text
        fits = phrases.ends_in_by(lead) or bool(shown) or not has_detail
        if fits and phrases.is_lead_in(lead) and run.lines[at].key not in known:
            shown.append((run, at))
    over = [run.lines[at - 1] if at and quoted(run.lines[at].text) else None for run, at in shown]
    are_names = sum(line.marked for line in over if line) > 1
    for (run, at), line in zip(shown, over, strict=True):
        is_name = line is not None and (line.key in names or (line.marked and are_names))
        run.value = Block(VALUE, run.lines[at], run.lines[at + 1 :], run.bullets)
        run.value.name = line if is_name else None
        run.lines, run.bullets = run.lines[: at - 1 if is_name else at], []
    return runs


def _statement(run: _Run) -> int | None:
    """Return which line of a run may be the statement of a value."""
    lines = run.lines
    if not lines or not run.bullets or phrases.unhelpful(lines[-1].text):
        return None
    cited = [at for at, line in enumerate(lines) if quoted(line.text)]
    if cited and (cited[-1] == len(lines) - 1 or _leads(lines[-1])):
        return cited[-1]
    if len(lines) < 2 or not _leads(lines[-1]):
        return None
    marked = [at for at, line in enumerate(lines[:-1]) if line.marked]
    short = [at for at, line in enumerate(lines[:-1]) if not line.text.endswith((".", ":"))]
    return (marked or short or [len(lines) - 2])[-1]


def _leads(line: Item) -> bool:
    return line.text.endswith(":") or phrases.ends_in_by(line.text)


def _is_certain(run: _Run, at: int, headings: set[str]) -> bool:
    """Say whether a list is one of commitments: quoted statement, or items that are headings."""
    if any(phrases.unhelpful(line.text) for line in run.lines[at:]):
        return False
    if quoted(run.lines[at].text) and (at == len(run.lines) - 1 or _leads(run.lines[-1])):
        return True
    return any(item.key in headings for item in run.bullets)


# ---------------------------------------------------------------- the detailed part


class _Reader:
    """Goes through the runs in order and makes blocks of them."""

    def __init__(self, promises: list[Promise], names: set[str], has_summary: bool) -> None:
        self.promises, self.names, self.has_summary = promises, names, has_summary
        self.blocks: list[Block] = []
        self.found: dict[int, Match] = {}
        self.section = 0

    def read(self, runs: Sequence[_Run]) -> list[Block]:
        """Return all blocks."""
        self.found = matches(self._headings(runs), self.promises)
        self.section = 0
        for run in runs:
            self._run(run)
            if run.value:
                self._add(run.value)
        return self.blocks

    def _headings(self, runs: Sequence[_Run]) -> list[tuple[int, Item]]:
        """Return the lines that may be headings of commitments, each with its section."""
        found = []
        for run in runs:
            for line in run.lines:
                if phrases.unhelpful(line.text) or self._is_group(line):
                    self.section += 1
                else:
                    found.append((self.section, line))
            self.section += bool(run.value)
        return found

    def _is_group(self, line: Item) -> bool:
        return bool(phrases.group(line.text)) or line.key in self.names

    def _add(self, block: Block) -> Block:
        """Keep a block; a group or a value begins a section, the block after unhelpful too."""
        last = self.blocks[-1].kind if self.blocks else ""
        if block.kind in (GROUP, VALUE) or (last == UNHELPFUL and block.kind != UNHELPFUL):
            self.section += 1
        block.section = self.section
        self.blocks.append(block)
        return block

    def _run(self, run: _Run) -> None:
        current: Block | None = None
        waiting: list[Item] = []
        for line in run.lines:
            kind = self._kind(line)
            if kind:
                self._loose(waiting)
                current, waiting = self._add(Block(kind, line, match=self.found.get(id(line)))), []
            elif current and current.kind != GROUP:
                current.after.append(line)
            else:
                waiting.append(line)
        if not run.bullets:
            self._loose(waiting)
        elif current and current.kind != GROUP:
            self._cite(current).bullets = run.bullets
        elif waiting:
            self._unmatched(waiting, run.bullets)
        elif current:
            current.bullets = run.bullets
        else:
            self._add(Block(LOOSE, bullets=run.bullets))

    def _kind(self, line: Item) -> str:
        if phrases.unhelpful(line.text):
            return UNHELPFUL
        if id(line) in self.found:
            return COMMITMENT
        if self._is_group(line):
            return GROUP
        return VALUE if quoted(line.text) and not self.has_summary else ""

    def _cite(self, block: Block) -> Block:
        """Return the block for a list; over a quoted statement the last line heads it."""
        if block.kind != VALUE:
            return block
        if not block.after:
            return block
        head = block.after.pop()
        return self._add(Block(COMMITMENT, head))

    def _loose(self, lines: list[Item]) -> None:
        for line in lines:
            self._add(Block(LOOSE, line))

    def _unmatched(self, lines: list[Item], bullets: list[Item]) -> None:
        """Choose the heading among the lines over a list that no commitment is known by."""
        marked = [at for at, line in enumerate(lines) if line.marked]
        at = marked[-1] if marked else len(lines) - 1
        while (
            not marked and at and (phrases.is_lead_in(lines[at].text) or reads_on(lines[at].text))
        ):
            at -= 1
        self._loose(lines[:at])
        self._add(Block(COMMITMENT, lines[at], lines[at + 1 :], bullets))


def reads_on(text: str) -> bool:
    """Say whether a line is a sentence rather than a heading."""
    return text.endswith(".") and len(text.split()) > 3


def is_title(line: Item) -> bool:
    """Say whether a line at the start of a document can be its title."""
    return (
        len(line.text.split()) <= _LONGEST_TITLE
        and not line.text.endswith((".", ":", ";"))
        and not quoted(line.text)
    )
