"""The last steps of IRIs: from codes, numbers, positions and file names, never from wording."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from competency.documents.document import Document
from competency.documents.draft import Draft


def slug(text: str) -> str:
    """Return what an IRI can hold of a code, a number or a name: ASCII, in lower case.

    >>> slug("QUA MOR12.1"), slug("(iv)"), slug("Our Values (2)")
    ('qua-mor12-1', 'iv', 'our-values-2')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def file_step(document: Document) -> str:
    """Return the step of a framework without a code, from the name of its file.

    >>> file_step(Document("In/Client Service (2).txt", ()))
    'client-service-2'
    """
    return slug(unicodedata.normalize("NFKD", PurePath(document.name).stem)) or "framework"


class Steps:
    """Gives each part a step that no sibling has."""

    def __init__(self) -> None:
        """Begin with no step taken."""
        self._taken: dict[int, dict[str, int]] = {}

    def put(self, parent: Draft, part: Draft, prefix: str, number: str = "") -> Draft:
        """Add a part under a step from its number, else its position among those of the prefix.

        A number that is taken already gets a suffix, and the part a doubt.
        """
        taken = self._taken.setdefault(id(parent), {})
        taken[prefix + "*"] = count = taken.get(prefix + "*", 0) + 1
        printed = slug(number)
        step = prefix + (printed or str(count))
        if printed and step in taken:
            part.doubts.append(
                "Its printed number stands before another part of the same list too."
            )
        part.step = self._free(taken, step)
        return parent.add(part)

    @staticmethod
    def _free(taken: dict[str, int], step: str) -> str:
        free = step
        while free in taken:
            taken[step] += 1
            free = f"{step}-{taken[step]}"
        taken[free] = 1
        return free
