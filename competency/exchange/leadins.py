"""Texts that open with words printed once for many: "You must be able to", then the items.

A lead-in that is a sentence of its own stays a remark on the list. One that is left open has to
stand before each item, or the item cannot be understood by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from rdflib import Literal

from competency.exchange.entry import Entry

_CLOSED = re.compile(r"[.!?。！？؟।][\"'”’»)\]]*$")  # noqa: RUF001
_DOTS = ("...", "…")
# Items of these kinds finish a lead-in that stands over the heading above them.
_LISTED = ("PerformanceCriterion", "KnowledgeStatement", "AssessmentCriterion")


def opened(entry: Entry) -> list[Literal]:
    """Return the texts of a part, each after the open lead-in in its language, if there is one."""
    texts = entry.texts("comp:text")
    lead = lead_in(entry)
    if lead is None:
        return texts
    words = {(text.language or "").lower(): text for text in lead.texts("comp:text")}
    return [
        Literal(joined(words[language], text), lang=text.language)
        if (language := (text.language or "").lower()) in words and is_open(words[language])
        else text
        for text in texts
    ]


def lead_in(entry: Entry) -> Entry | None:
    """Return the part whose words open this one: its own, or that of the list it stands in."""
    if entry.role in ("negative", "negatives", "group", "framework"):
        return None
    for holder in (entry, *_lists(entry)):
        found = [lead for lead in holder.leads if lead is not entry]
        if found and (holder is not entry or found[0].parent is not entry):
            return found[0]
    return None


def _lists(entry: Entry) -> Iterable[Entry]:
    """Return what may hold the lead-in of an item: the part above; for criteria all."""
    if entry.role in ("text", "texts"):
        return []
    above = entry.upwards()
    return above if entry.kind.rpartition("#")[2] in _LISTED else islice(above, 1)


def is_open(words: str) -> bool:
    """Say whether a lead-in is left open, so that an item has to follow.

    >>> is_open("You must be able to:"), is_open("The person can do this.")
    (True, False)
    """
    text = words.rstrip()
    return bool(text) and (text.endswith(_DOTS) or not _CLOSED.search(text))


def joined(lead: str, item: str) -> str:
    """Return an open lead-in and an item as one text.

    >>> joined("You must be able to", "plan your work"), joined("Be able to ...", "Plan.")
    ('You must be able to plan your work', 'Be able to: Plan.')
    """
    start = lead.rstrip()
    end = item.strip()
    if start.endswith(_DOTS):
        start, end = start.rstrip(".… "), end.lstrip(".… ")
    if not start or not end:
        return start or end
    if (_is_han(start[-1]) and _is_han(end[0])) or start[-1] in "：，、":  # noqa: RUF001
        return start + end
    if start[-1].isalnum() and end[0].isupper():
        return f"{start}: {end}"
    return f"{start} {end}"


def _is_han(sign: str) -> bool:
    return "\u3040" <= sign <= "\u9fff"
