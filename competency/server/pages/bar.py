"""What a framework holds as one bar: a segment for each sort of part, as long as its share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from competency.ontology import COMP
from competency.server.languages import ngettext

WIDTH = 1000  # of the whole bar, in units of its picture
# From the largest wholes to the smallest notes; each has a colour of its own in the style sheet.
_SORTS = {
    "group": ("Group", "FunctionalArea", "Value"),
    "competency": ("Competency", "UnitOfCompetency", "ElementOfCompetency"),
    "level": ("CompetencyLevel",),
    "helpful": ("PositiveIndicator",),
    "unhelpful": ("NegativeIndicator",),
    "criterion": ("PerformanceCriterion", "AssessmentCriterion"),
    "knowledge": ("KnowledgeStatement",),
}
_GROUP_OF = {str(COMP[kind]): name for name, kinds in _SORTS.items() for kind in kinds}
GROUPS = (*_SORTS, "other")


@dataclass(frozen=True)
class Segment:
    """One sort of part in the bar: its name, how many there are in words, and where it lies."""

    name: str
    label: str
    count: int
    start: float
    length: float


def group_of(kind: str) -> str:
    """Return the sort that a kind of part belongs to.

    >>> group_of(str(COMP.Value)), group_of(str(COMP.Note))
    ('group', 'other')
    """
    return _GROUP_OF.get(kind, "other")


def bar_of(kinds: Mapping[str, int]) -> tuple[Segment, ...]:
    """Return the segments of a bar for so many parts of each kind, by the IRI of the kind."""
    counts: Counter[str] = Counter()
    for kind, count in kinds.items():
        counts[group_of(kind)] += count
    whole, start, found = counts.total() or 1, 0.0, []
    for name in GROUPS:
        if counts[name]:
            length = WIDTH * counts[name] / whole
            label = _label(name, counts[name])
            found.append(Segment(name, label, counts[name], round(start, 1), round(length, 1)))
            start += length
    return tuple(found)


def _label(name: str, count: int) -> str:
    """Return what a sort of part is called, for so many of them, with the number."""
    return {
        "group": ngettext("%(num)s group", "%(num)s groups", count),
        "competency": ngettext("%(num)s competency", "%(num)s competencies", count),
        "level": ngettext("%(num)s level", "%(num)s levels", count),
        "helpful": ngettext("%(num)s helpful behaviour", "%(num)s helpful behaviours", count),
        "unhelpful": ngettext("%(num)s unhelpful behaviour", "%(num)s unhelpful behaviours", count),
        "criterion": ngettext("%(num)s criterion", "%(num)s criteria", count),
        "knowledge": ngettext("%(num)s point of knowledge", "%(num)s points of knowledge", count),
        "other": ngettext("%(num)s note or description", "%(num)s notes and descriptions", count),
    }[name]
