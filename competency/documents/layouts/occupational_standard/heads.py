"""Headings of standards and units: word, code, title, second code; printed once or on each page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from competency.documents.document import Span, join
from competency.documents.draft import CodeDraft, Draft
from competency.documents.layouts.occupational_standard import phrases
from competency.documents.layouts.occupational_standard.rows import LONGEST_HEAD, Row, Run

STANDARD, UNIT = "standard", "unit"
_LONGEST = 200
ENDED = re.compile(r"[.!?;:][\"'\u201d\u2019)\]*_]*$")


@dataclass
class Head:
    """A heading over one or several rows; ``connecting`` are words that name its fields."""

    kind: str
    rows: int
    words: tuple[str, ...]
    whole: Span
    title: Span
    code: Span = field(default_factory=Span)
    second: Span = field(default_factory=Span)
    issuer: Span = field(default_factory=Span)
    connecting: list[Span] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """Return what tells one heading from another: its code, or else its title."""
        return self.kind, phrases.words(self.code.text) or phrases.words(self.title.text)

    @property
    def number(self) -> Span:
        """Return the code where it is a bare number or letter, and so no code of its own."""
        return self.code if re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*|[A-Z]", self.code.text) else Span()

    def like(self, other: Head) -> bool:
        """Say whether most words of two titles are the same."""
        one, two = set(phrases.words(self.title.text)), set(phrases.words(other.title.text))
        return len(one & two) > 0.6 * max(len(one), len(two), 1)

    def codes(self) -> list[CodeDraft]:
        """Return the official codes; the body of the first is read off its letters."""
        found = []
        if self.code and not self.number:
            letters = re.match(r"[A-Z][A-Z&/]*", self.code.text)
            body = Run([self.code]).span(0, letters.end()) if letters else Span()
            found.append(CodeDraft(self.code, body, issuer_inferred=bool(body)))
        if self.second:
            found.append(CodeDraft(self.second, self.issuer))
        return found


@dataclass(frozen=True)
class Again:
    """A heading that a page repeats: as it was first, what it heads, its words here."""

    head: Head
    draft: Draft
    span: Span
    rows: int


class Heads:
    """Finds the headings of a document, new ones and those that pages repeat."""

    def __init__(self, rows: list[Row]) -> None:
        """Take the rows; ``named`` says that some heading begins with the word NOS."""
        self.rows = rows
        self.known: dict[tuple[str, tuple[str, ...]], tuple[Head, Draft]] = {}
        self._sections: dict[int, tuple[phrases.Name | None, int]] = {}
        self._lead_ins: dict[int, tuple[str, int]] = {}
        texts = [row.text for row in rows]
        self.named = any((m := phrases.STANDARD.match(t)) and m["code"] for t in texts)
        self.width = max((len(t) for t in texts if len(t) <= _LONGEST), default=0)
        self.wraps = any(self._is_loose(at) and row.small for at, row in enumerate(rows))
        self.has_units = any(self._opens_unit(at) for at in range(len(rows)))

    def _is_loose(self, at: int) -> bool:
        """Say whether a row may go on the one before it."""
        row = self.rows[at]
        return at > 0 and not (row.gap or row.marked or row.strong or self.rows[at - 1].heading)

    def goes_on(self, at: int) -> bool:
        """Say whether a row is the next line of a text that did not fit on the line before."""
        row = self.rows[at]
        if not self._is_loose(at) or self.is_phrase(at):
            return False
        before = self.rows[at - 1].text
        if row.small or (row.first.isdigit() and not ENDED.search(before)):
            return True
        first = row.text.split()[0]
        return self.wraps and len(before) <= _LONGEST and (
            len(before) + 1 + len(first) > 0.85 * self.width
        )  # fmt: skip

    def section(self, at: int) -> tuple[phrases.Name | None, int]:
        """Return the section that opens at a row, and over how many rows its name is printed."""
        if at not in self._sections:
            self._sections[at] = self._section(at)
        return self._sections[at]

    def _section(self, at: int) -> tuple[phrases.Name | None, int]:
        row = self.rows[at]
        here = phrases.words(row.body.text) if row.strong else row.words
        if row.bullet or (row.enumeration and not row.strong) or len(here) > 12 or row.small:
            return None, 0
        if name := phrases.section_name(here):
            return name, 1
        following = self.following(at)
        two = phrases.section_name(row.words + following.words) if following else None
        return (two, 2) if two else (None, 0)

    def lead_in(self, at: int) -> tuple[str, int]:
        """Return what the lead-in at a row leads to, and over how many rows it is printed."""
        if at not in self._lead_ins:
            self._lead_ins[at] = self._lead_in(at)
        return self._lead_ins[at]

    def _lead_in(self, at: int) -> tuple[str, int]:
        row = self.rows[at]
        if row.enumeration or row.bullet or len(row.words) > 20:
            return "", 0
        if kind := phrases.lead_in_kind(row.words):
            return kind, 1
        following = self.following(at)
        two = phrases.lead_in_kind(row.words + following.words) if following else ""
        return (two, 2) if two else ("", 0)

    def is_phrase(self, at: int) -> bool:
        """Say whether a row is the name of a section or a lead-in."""
        return bool(self.section(at)[1] or self.lead_in(at)[1])

    def following(self, at: int) -> Row | None:
        """Return the next row where it stands right below, without a number or bullet."""
        row = self.rows[at + 1] if at + 1 < len(self.rows) else None
        return row if row and not (row.gap or row.marked) and len(row.words) < 13 else None

    def _opens_list(self, at: int) -> bool:
        """Say whether one of the next rows opens a section that only units have."""
        for near in range(at + 1, min(at + 4, len(self.rows))):
            name = self.section(near)[0]
            if name and (name.kind in phrases.LISTS or name.step == "overview"):
                return True
        return False

    def _opens_unit(self, at: int) -> bool:
        row = self.rows[at]
        found = phrases.UNIT.match(row.text) if len(row.text) < LONGEST_HEAD else None
        if not found or row.bullet or not (found["code"] or row.strong):
            return False
        return bool(row.strong or phrases.SECOND_CODE.search(row.text) or self._opens_list(at))

    # ------------------------------------------------------------------ reading

    def remember(self, head: Head, draft: Draft) -> None:
        """Keep a heading, so that its repetition is known."""
        self.known.setdefault(head.key, (head, draft))

    def repeated(self, at: int) -> Again | None:
        """Return the heading that a row repeats, if it does."""
        row = self.rows[at]
        head = self._parse([row], 1)
        known = self.known.get(head.key) if head else self._running(row)
        if known is None or row.bullet:
            return None
        first, draft = known
        here = self._without_page(row.words, first.words)
        count, spans = 1, [row.whole]
        while (
            len(here) < len(first.words)
            and at + count < len(self.rows)
            and (more := self._without_page(self.rows[at + count].words, first.words[len(here) :]))
            and first.words[len(here) :][: len(more)] == more
        ):
            here, spans = here + more, [*spans, self.rows[at + count].whole]
            count += 1
        if first.words[: len(here)] != here and not row.strong and not (head and head.like(first)):
            return None
        return Again(first, draft, join(spans), count)

    @staticmethod
    def _without_page(found: tuple[str, ...], full: tuple[str, ...]) -> tuple[str, ...]:
        """Return words without the number of a page at their end."""
        page = len(found) > 1 and found[-1].isdigit() and found != full[: len(found)]
        return found[:-1] if page else found

    def _running(self, row: Row) -> tuple[Head, Draft] | None:
        """Return a heading without the word NOS that a row repeats, with a page number or not."""
        if len(row.text) > LONGEST_HEAD or not (found := phrases.BARE.match(row.text)):
            return None
        known = self.known.get((STANDARD, phrases.words(found["code"])))
        if not known:
            return None
        here = self._without_page(row.words, known[0].words)
        code = phrases.words(known[0].code.text)
        title = phrases.words(known[0].title.text)
        return known if here in (code, code + title, known[0].words) else None

    def new(self, at: int, early: bool) -> Head | None:
        """Return a new heading at a row; ``early`` says that no section was opened so far."""
        row = self.rows[at]
        head = self._parse([row], 1)
        if head is None:
            return self._bare(at) if early else None
        if row.bullet or self.is_phrase(at):
            return None
        if head.kind == UNIT and not self._opens_unit(at):
            return None
        if head.kind == STANDARD and not (early or row.strong or self._opens_list(at)):
            return None
        return self._whole(at)

    def _whole(self, at: int) -> Head | None:
        """Read a heading with the rows on which it goes on."""
        taken = [self.rows[at]]
        while at + len(taken) < len(self.rows) and len(taken) < 4:
            if not self._continues(taken, at + len(taken)):
                break
            taken.append(self.rows[at + len(taken)])
        return self._parse(taken, len(taken))

    def _continues(self, taken: list[Row], at: int) -> bool:
        row, text = self.rows[at], " ".join(item.text for item in taken)
        is_open = text.count("(") > text.count(")")
        if is_open and not row.gap and ")" in row.text[:20] and not row.text.startswith("("):
            return True
        if row.marked or self.is_phrase(at) or self._parse([row], 1) or len(row.words) > 25:
            return False
        if row.gap:
            same = row.heading and row.heading == taken[0].heading and row.small
            second = phrases.SECOND_CODE.fullmatch(row.text)
            return bool(same or is_open or second)
        same = row.strong == taken[0].strong and row.heading == taken[0].heading
        head = self._parse(taken, 1)
        is_open = is_open or not (head and head.title)
        full = len(taken[-1].text) + 1 + len(row.text.split()[0]) > 0.85 * self.width
        plain = row.small or (same and self.wraps and full and not row.text.endswith("."))
        return bool(is_open or phrases.SECOND_CODE.fullmatch(row.text) or plain)

    def _parse(self, rows: list[Row], count: int) -> Head | None:
        """Cut the fields of a heading out of its rows."""
        if len(rows[0].text) > LONGEST_HEAD:
            return None
        found = phrases.STANDARD.match(rows[0].text) or phrases.UNIT.match(rows[0].text)
        if not found or not (found["code"] or rows[0].strong):
            return None
        run = Run(row.whole for row in rows)
        kind = UNIT if found["word"].casefold() == "unit" else STANDARD
        return self._cut(run, found, kind, count)

    @staticmethod
    def _cut(run: Run, found: re.Match[str], kind: str, count: int) -> Head:
        def group(match: re.Match[str], name: str) -> Span:
            return run.span(*match.span(name)) if match[name] else Span()

        head = Head(kind, count, phrases.words(run.text), run.span(0, len(run.text)), Span())
        head.code = group(found, "code")
        head.connecting = [group(found, "word")]
        start, end = found.start("title"), len(run.text)
        if second := phrases.SECOND_CODE.search(run.text, start):
            head.second, head.issuer = group(second, "code"), group(second, "issuer")
            head.connecting.append(group(second, "word"))
            before, after = run.span(start, second.start()), run.span(second.end(), end)
            head.title = before + after
        else:
            head.title = run.span(start, end)
        if not any(letter.isalnum() for letter in head.title.text):
            head.title = Span()
        return head

    def _bare(self, at: int) -> Head | None:
        """Read a heading that is a code and a title without the word NOS, on one row or two."""
        row = self.rows[at]
        apart = self.named or row.bullet or len(row.text) > LONGEST_HEAD
        found = None if apart else phrases.BARE.fullmatch(row.text)
        if not found or len(found["code"]) < 4 or self.known:
            return None
        after = at + 1
        taken = [row]
        if not found["title"] or found["title"].isdigit():
            if after < len(self.rows) and not (self.rows[after].marked or self.is_phrase(after)):
                taken.append(self.rows[after])
        elif row.small:
            return None
        run = Run(item.whole for item in taken)
        head = self._cut(run, found, STANDARD, len(taken))
        if found["title"].isdigit():
            head.connecting.append(run.span(*found.span("title")))
            head.title = taken[1].whole if len(taken) > 1 else Span()
        elif len(taken) > 1:
            head.title = taken[1].whole
        return head
