"""What a search gives back: hits with marked words, and how many there are of each sort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Marked:
    """A text in its language; ``marks`` are the places of the words that were looked for.

    A place is where it starts and where it ends, counted in characters (code points).
    """

    value: str
    language: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the text piece by piece, and whether each is marked.

        >>> list(Marked("of clients", "en", ((3, 9),)).pieces())
        [('of ', False), ('client', True), ('s', False)]
        """
        done = 0
        for start, end in self.marks:
            if start > done:
                yield self.value[done:start], False
            yield self.value[start:end], True
            done = end
        if done < len(self.value):
            yield self.value[done:], False

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class Hit:
    """A framework or part that was found.

    ``title`` is its title, or its text where it has none; ``snippet`` is the place in its text
    that says most, None where the title is all. ``above`` are the titles from the framework down
    to it. ``kind``, ``framework`` and ``level`` are IRIs; ``polarity`` is ``positive``,
    ``negative`` or None.
    """

    iri: str
    framework: str
    kind: str
    level: str | None
    polarity: str | None
    codes: tuple[str, ...]
    language: str
    title: Marked
    snippet: Marked | None
    above: tuple[Marked, ...]


@dataclass(frozen=True)
class Choice:
    """A value to narrow a search to, and how many hits that would leave.

    ``label`` is the title of a framework or level, None for kinds and polarities, which the
    vocabulary names; ``framework`` is where a level is used.
    """

    value: str
    count: int
    chosen: bool
    label: Marked | None = None
    framework: str | None = None


@dataclass(frozen=True)
class Found:
    """What was found: ``hits`` from ``offset`` on, of ``total``.

    ``facets`` are the choices by name: ``framework``, ``kind``, ``level`` and ``polarity``; the
    counts of each heed the choices made in the others. ``some`` says that nothing has all the
    words, and these have some of them; ``suggestion`` is the words as they may have been meant,
    where nothing was found; ``cut`` that more was typed than was looked for.
    """

    words: str
    total: int
    offset: int
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    some: bool = False
    cut: bool = False
    suggestion: str | None = None
