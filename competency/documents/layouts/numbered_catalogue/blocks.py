"""What a catalogue is taken apart into: headings, competencies and paragraphs, in printed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from competency.documents.layouts.numbered_catalogue.words import Row, Word, Words

NUMBER, NAME, TEXT, NOTE = "number", "name", "text", "note"


@dataclass
class Heading:
    """A heading over competencies; ``order`` tells how high it stands, lower is higher."""

    rows: list[Row]
    order: int
    has_number: bool = False

    @property
    def words(self) -> Words:
        """Return its words, without a number."""
        words = [word for row in self.rows for word in row.words]
        return words[1:] if self.has_number else words

    @property
    def number(self) -> Words:
        """Return its number, if there is one."""
        return self.rows[0].words[:1] if self.has_number else ()


@dataclass
class Paragraph:
    """Sentences that stand outside every competency."""

    words: list[Word]


@dataclass
class Block:
    """One competency: runs of words in the order of the lines, each of its number, name or text.

    ``before`` are name fragments between the competency above and this one: of which of the two
    they are part is settled when both are read. ``cut`` are lines that held name and text at once.
    """

    runs: list[tuple[str, Words]] = field(default_factory=list)
    before: list[Row] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)
    unsure: list[int] = field(default_factory=list)
    has_band: bool = False
    kinds: set[str] = field(default_factory=set)

    def add(self, kind: str, words: Words) -> None:
        """Add a run of words, if there are any."""
        if words:
            self.runs.append((kind, words))
            self.kinds.add(kind)

    def put_first(self, kind: str, runs: Sequence[Words]) -> None:
        """Put runs before all others."""
        self.runs[:0] = [(kind, words) for words in runs]
        self.kinds |= {kind} if runs else set()

    def doubt(self, sentence: str) -> None:
        """Note a doubt, once."""
        if sentence not in self.doubts:
            self.doubts.append(sentence)

    def of(self, kind: str) -> list[Word]:
        """Return all words of a kind, in reading order."""
        return [word for name, words in self.runs if name == kind for word in words]

    def has(self, kind: str) -> bool:
        """Say whether there are words of a kind."""
        return kind in self.kinds

    @property
    def last_text(self) -> Words:
        """Return the last line of its text."""
        return next((words for name, words in reversed(self.runs) if name == TEXT), ())

    @property
    def is_finished(self) -> bool:
        """Say whether its text ends with the end of a sentence."""
        last = self.last_text
        return bool(last) and last[-1].is_stop

    def fragments(self, kind: str = NAME) -> list[Words]:
        """Return the runs of a kind."""
        return [words for name, words in self.runs if name == kind]


Item = Heading | Block | Paragraph
