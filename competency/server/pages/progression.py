"""Competencies and what they say at each level: the progression of a whole framework."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from competency.graph import Part
from competency.ontology import COMP
from competency.server.links import Links
from competency.server.pages.values import Text, text_of, title_of
from competency.server.pages.words import cut

MAX_ROWS = 200  # competencies; a longer table is of no use to anybody
LONGEST = 240  # characters of a cell
# Looked at for each part: a term that is made once is found at once.
_AT_LEVEL, _PART_OF = COMP.atLevel, COMP.partOf


@dataclass(frozen=True)
class Step:
    """What a competency is called, or says, at one level."""

    url: str
    text: Text


@dataclass(frozen=True)
class Row:
    """A competency and its steps, one for each level or None where it says nothing there."""

    url: str
    title: Text
    number: str
    steps: tuple[Step | None, ...]


@dataclass(frozen=True)
class Progression:
    """The levels of a framework in their order, and what each competency says at them."""

    levels: tuple[Text, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Levelled:
    """The levels at which parts of a framework stand, and what stands at several of them.

    ``rows`` has the parts by level for each thing that is part of the framework, or is it.
    """

    levels: tuple[str, ...]
    rows: dict[str, dict[str, Part]]


def levelled(parts: Iterable[Part], links: Links) -> Levelled:
    """Return the parts of a framework that can be compared by level; ``parts`` are all of it.

    levelled(framework.walk(), links)
    """
    found: dict[str, dict[str, Part]] = {}
    levels: dict[str, None] = {}
    held = links.site.held
    for part in parts:
        level = part.first(_AT_LEVEL)
        if level and (level in levels or level in held):
            found.setdefault(str(part.first(_PART_OF)), {})[level] = part
            levels[level] = None
    rows = {iri: row for iri, row in found.items() if len(row) > 1 and iri in held}
    return Levelled(tuple(levels), rows)


def progression_of(found: Levelled, links: Links) -> Progression | None:
    """Return the levels of a framework side by side, or None where it has none to compare."""
    if not found.rows:
        return None
    ranks = {level: _rank(level, links) for level in found.levels}
    order = sorted(ranks, key=lambda iri: ranks[iri])
    rows = [_row(iri, row, order, links) for iri, row in [*found.rows.items()][:MAX_ROWS]]
    titles = tuple(title_of(links.site.graph.resource(iri)) for iri in order)
    return Progression(titles, tuple(rows))


def _rank(level: str, links: Links) -> int:
    """Return the rank of a level; one without a rank stands after those that have one."""
    rank = links.site.graph.resource(level).number("rank")
    return 1_000_000 if rank is None else rank


def _row(iri: str, found: dict[str, Part], order: list[str], links: Links) -> Row:
    whole = links.site.graph.resource(iri)
    return Row(
        url=links.page(iri),
        title=title_of(whole),
        number=whole.first("enumeration") or "",
        steps=tuple(_step(found.get(level), links) for level in order),
    )


def _step(part: Part | None, links: Links) -> Step | None:
    """Return what a level says: its own title, unless it is only the name of the level, or text."""
    if part is None:
        return None
    level = title_of(links.site.graph.resource(str(part.first(_AT_LEVEL))))
    said = title_of(part)
    if said.value == level.value:
        said = text_of(part, "text") or _first_text(part) or said
    return Step(links.page(part.iri), Text(cut(said.value, LONGEST), said.lang))


def _first_text(part: Part) -> Text | None:
    found = (text_of(item, "text") for item in part.parts)
    return next((text for text in found if text is not None), None)
