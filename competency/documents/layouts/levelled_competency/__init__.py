"""Documents of one or several competencies, each with levels that have a title and behaviours."""

from __future__ import annotations

import re

from competency.documents.document import Document
from competency.documents.layouts.layout import Layout
from competency.documents.layouts.levelled_competency.reading import read
from competency.documents.layouts.levelled_competency.sections import parted

_OTHER_FAMILIES = re.compile(
    r"[\s#*_]*(?:you must be able to|you need to know and understand|unhelpful behaviou?rs for"
    r"|(?:competency\s+)?performance requirements|specification of competency standards)\b",
    re.I,
)


def score(document: Document) -> float:
    """Return how sure it is that levels with behaviours make up the document."""
    if any(_OTHER_FAMILIES.match(line) for line in document.lines):
        return 0.0
    if not any("level" in line.lower() for line in document.lines):
        return 0.0
    found, _ = parted(document)
    levels = listed = titled = 0
    for block in (block for section in found.sections for block in section.blocks):
        if block.level:
            levels += 1
            titled += bool(block.level.title or block.level.text)
        elif levels and block.paragraph.item:
            listed += 1
    if not levels or not (listed or titled):
        return 0.0
    full = bool(found.sections[0].title) and listed >= levels
    return (0.95 if full else 0.7) if levels > 1 else (0.6 if full and titled else 0.3)


LAYOUT = Layout(
    name="levelled-competency",
    title="Levelled competency: levels with a descriptor and behaviours",
    score=score,
    read=read,
)
