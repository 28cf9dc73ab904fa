"""Comments: what our own writer said in them is known by how it begins, and is no part.

An unhelpful behaviour becomes one again; whom a part is for, what is in doubt and whose words it
is in are said in our vocabulary. What else our writer says in comments stays a comment of the
thing, as it is: a place in the document cannot be said of what is read from another file. All
other comments become notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.openings import (
    AUDIENCE,
    DOUBT,
    NOTICES,
    PLAIN,
    REPAIRED,
    SOURCE,
    TITLE_REWORDED,
    WORDING,
    warned,
)
from competency.exchange.terms import term

COMMENT = "ceasn:comment"
_SENTENCES = (*WORDING.values(), TITLE_REWORDED)
_LINES = re.compile(rf"{SOURCE}: (?:.*, )?lines? \d[\d, -]*")
_SAID = {f"{AUDIENCE}: ": "comp:audience", f"{DOUBT}: ": "comp:doubt"}
COMMENTED = ("comp:wording", "comp:labelWording", *_SAID.values())
_OPENINGS = (REPAIRED, *(f"{start}: " for _, start in NOTICES))


@dataclass
class Comments:
    """What the comments of one thing are: notes, unhelpful behaviours, and remarks of ours."""

    notes: list[Node] = field(default_factory=list)
    warnings: list[Literal] = field(default_factory=list)
    remarks: list[Literal] = field(default_factory=list)
    said: list[tuple[str, Literal]] = field(default_factory=list)  # with properties of ours

    @property
    def wording(self) -> URIRef:
        """Return whose words the texts are in: those of the file, if not all are reworded."""
        said = set(map(str, self.remarks))
        is_reworded = WORDING["Reworded"] in said and WORDING["Verbatim"] not in said
        return term("comp:Reworded" if is_reworded else "comp:Verbatim")

    @property
    def is_retitled(self) -> bool:
        """Say whether the title is said to be reworded."""
        return TITLE_REWORDED in map(str, self.remarks)

    def add(self, line: str, language: str) -> None:
        """Take a remark for what it says, where that is exact and is written again."""
        start = next((start for start in _SAID if line.startswith(start)), "")
        text = line.removeprefix(start)
        if start and text.strip() and _is_english(language):
            self.said.append((_SAID[start], Literal(text, lang=language)))
        else:
            self.remarks.append(Literal(line, lang=language))

    def behaviours(self) -> list[list[Literal]]:
        """Return the unhelpful behaviours, the first of each language together, and so on.

        Where there are not as many in each language, each stands alone.
        """
        found: dict[str, list[Literal]] = {}
        for text in self.warnings:
            found.setdefault((text.language or "").lower(), []).append(text)
        if len({len(texts) for texts in found.values()}) > 1:
            return [[text] for text in self.warnings]
        return [[t for t in texts if t is not None] for texts in zip_longest(*found.values())]


class Commenting:
    """Tells the lines of comments apart; only in a file of our writer all its words are known.

    >>> ours = Commenting(["The title is reworded."])
    >>> ours.is_remark("Audience: Bakers"), Commenting([]).is_remark("Audience: Bakers")
    (True, False)
    """

    def __init__(self, comments: Iterable[Node | str]) -> None:
        """``comments`` are all that the file has: a sentence that only we write is the sign."""
        lines = (line for text in comments for line in str(text).split("\n"))
        self._is_ours = any(_is_sure(line) for line in lines)

    def is_remark(self, line: str) -> bool:
        """Say whether a line is a remark of our writer, and no unhelpful behaviour."""
        return self._is_ours and (_is_sure(line) or line.startswith(PLAIN))

    def is_apart(self, text: Node) -> bool:
        """Say whether a text stays apart from others that it is put together with."""
        return warned(str(text)) is not None or self.is_remark(str(text))

    def says(self, name: str, values: Iterable[Node], kept: Iterable[Node]) -> bool:
        """Say whether comments give values of a property back.

        ``kept`` are those that stayed as they are; others are made of the values themselves.
        """
        found = self.sorted_out(kept, "en")
        if name == "comp:wording":
            return set(values) == {found.wording}
        if name == "comp:labelWording":
            return found.is_retitled and set(values) == {term("comp:Reworded")}
        start = next(start for start, prop in _SAID.items() if prop == name)
        return all(self._is_read(start, value) for value in values)

    def _is_read(self, start: str, value: Node) -> bool:
        is_english = isinstance(value, Literal) and _is_english(value.language or "")
        return is_english and "\n" not in str(value) and self.is_remark(f"{start}{value}")

    def sorted_out(self, comments: Iterable[Node], language: str) -> Comments:
        """Return what comments are; ``language`` is that of those without one."""
        found = Comments()
        for comment in comments:
            if isinstance(comment, Literal) and not comment.datatype:
                self._add(found, comment, comment.language or language)
            else:
                found.notes.append(comment)
        return found

    def _add(self, found: Comments, comment: Literal, language: str) -> None:
        notes: list[str] = []
        warnings: list[str] = []
        here = notes
        for line in comment.split("\n"):
            behaviour = warned(line)
            if behaviour is not None:
                here = warnings
                warnings.append(behaviour)
            elif self.is_remark(line):
                here = notes
                found.add(line, language)
            elif here is warnings:  # its next line: what is unhelpful stays so to its end
                warnings[-1] += f"\n{line}"
            else:
                notes.append(line)
        found.warnings += (Literal(text, lang=language) for text in warnings)
        if notes:
            is_whole = len(notes) == comment.count("\n") + 1
            found.notes.append(comment if is_whole else Literal("\n".join(notes), lang=language))


def _is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == "en"


def _is_sure(line: str) -> bool:
    is_whole = line in _SENTENCES or _LINES.fullmatch(line) is not None
    return is_whole or (line.startswith(_OPENINGS) and line.endswith("."))
