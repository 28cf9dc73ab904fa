"""The tree of parts as a page shows it: runs of equal kinds, lead-ins first, levels as columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from rdflib import RDFS

from competency.graph import Item, Part, Resource
from competency.graph.tree import Tree
from competency.ontology import COMP
from competency.server.links import Links
from competency.server.pages.content import order_of
from competency.server.pages.values import Text, kind_of, text_of, title_of
from competency.server.pages.words import plural

MAX_DEPTH = 30  # below this a page shows a link instead of the parts
MAX_PARTS = 600  # a page shows as many layers of a tree as hold no more parts than this
OPEN_DEPTH = 2  # so many layers of a large tree are open at first
# Looked at for each branch: a term that is made once is found at once.
_LABEL, _TEXT, _NUMBER, _EMPTY, _AT_LEVEL, _LEAD_IN = (
    RDFS.label, COMP.text, COMP.enumeration, COMP.isEmpty, COMP.atLevel, COMP.leadIn,
)  # fmt: skip
_HELPFUL, _LEVEL = str(COMP.PositiveIndicator), str(COMP.CompetencyLevel)
SMALL = 80  # parts; a tree with no more of them is open all through


@dataclass(frozen=True)
class Branch:
    """One part in a tree, with the runs of parts below it; ``anchor`` is its name on the page."""

    url: str
    anchor: str
    kind: str
    title: Text
    text: Text | None
    number: str
    codes: tuple[str, ...]
    level: Text | None
    sign: str
    is_text: bool
    is_lead_in: bool
    is_empty: bool
    is_open: bool
    count: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Run:
    """Neighbouring parts of one kind; ``matrix`` where they are levels to be compared."""

    caption: str
    sign: str
    branches: tuple[Branch, ...]
    matrix: Matrix | None = None


@dataclass(frozen=True)
class Matrix:
    """Levels side by side: a column for each level, a row for each kind of thing they say."""

    columns: tuple[Branch, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One kind of thing that levels say: its name and sign, and the runs of each column."""

    caption: str
    sign: str
    cells: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class _Sort:
    """What all parts of the same classes have in common: their kind, in words, and their sign."""

    kind: str
    words: str
    sign: str
    is_level: bool


@dataclass(frozen=True)
class _Look:
    """How a tree is shown: where it links to, how deep it goes, down to where it is open.

    What many of its branches have in common is found out once: the addresses of pages but for the
    names in them, in which languages to look, what is said of classes and the titles of levels.
    """

    links: Links
    page: Callable[[str], str]
    tree: Tree
    open_depth: int
    deepest: int
    root: str
    order: tuple[str, ...]
    sorts: dict[frozenset[str], _Sort] = field(default_factory=dict)
    levels: dict[str, Text | None] = field(default_factory=dict)

    def sort(self, part: Part) -> _Sort:
        """Return what a part has in common with others of its classes."""
        types = frozenset(part.types)
        if types not in self.sorts:
            found = _Sort(part.kind or "", kind_of(part), sign_of(part), _LEVEL in types)
            self.sorts[types] = found
        return self.sorts[types]

    def level(self, part: Part) -> Text | None:
        """Return the title of the level that a part is at."""
        iri = part.first(_AT_LEVEL) or ""
        if iri not in self.levels:
            self.levels[iri] = level_of(part, self.links)
        return self.levels[iri]


def tree_of(item: Item, links: Links, unfold: str = "") -> tuple[Run, ...]:
    """Return what stands below a framework or part, ready to print.

    ``unfold`` is ``all`` or ``none`` when the reader wants every branch open, or none of them.
    """
    small = item.size <= SMALL
    depths = {"all": MAX_DEPTH, "none": 0}
    open_depth = depths.get(unfold, MAX_DEPTH if small else OPEN_DEPTH)
    root = item.first("inFramework") or item.iri
    tree, order = item.home.tree(item.graph_name), order_of(item)
    look = _Look(links, links.pages(), tree, open_depth, _deepest(item, tree), root, order)
    return _runs(item, look, 0, frozenset({item.iri}))


def anchor_of(iri: str, framework: str) -> str:
    """Return the name of a part on the page of its framework, which a fragment can point at.

    >>> anchor_of("https://example.org/f/c01/2", "https://example.org/f")
    'p-c01/2'
    """
    return "p-" + (iri.removeprefix(framework).lstrip("/#") or iri)


def _deepest(item: Item, tree: Tree) -> int:
    """Return how many layers below an item hold no more parts than a page should show."""
    layer, shown, seen = [item.iri], 0, {item.iri}
    for depth in range(MAX_DEPTH):
        layer = [iri for above in layer for iri in tree.children(above) if iri not in seen]
        seen.update(layer)
        shown += len(layer)
        if not layer or (shown > MAX_PARTS and depth):
            return max(depth, 1)
    return MAX_DEPTH


def sign_of(part: Part) -> str:
    """Return ``helpful`` or ``unhelpful`` for behaviours, an empty text for all else."""
    if part.is_negative:
        return "unhelpful"
    return "helpful" if _HELPFUL in part.types else ""


def level_of(part: Resource, links: Links) -> Text | None:
    """Return the title of the level that a part is at."""
    iri = part.first(_AT_LEVEL) or ""
    return title_of(links.site.graph.resource(iri)) if iri in links.site.held else None


def _runs(item: Item, look: _Look, depth: int, above: frozenset[str]) -> tuple[Run, ...]:
    """Gather neighbours: levels into columns, other leaves by kind, what has parts by itself."""
    if depth >= look.deepest:
        return ()
    leads = {str(node) for node in item.values(_LEAD_IN)}
    parts = [part for part in item.parts if part.iri not in above]
    parts.sort(key=lambda part: part.iri not in leads)  # what opens the whole list comes first
    columns = _columns(parts, look)

    def run_key(part: Part) -> tuple[bool, bool, str]:
        column = part.iri in columns
        kind = look.sort(part).kind if not column and not look.tree.children(part.iri) else ""
        return column, part.iri in leads and not column, kind

    return tuple(
        _run([_branch(part, look, depth, above, leads) for part in found], key[0])
        for key, found in groupby(parts, run_key)
    )


def _run(branches: Sequence[Branch], columns: bool) -> Run:
    first = branches[0]
    if columns:
        return Run("", "", tuple(branches), _matrix(branches))
    named = not first.is_lead_in and not any(branch.runs for branch in branches)
    caption = (
        plural(first.kind, len(branches)) if named and (first.sign or len(branches) > 1) else ""
    )
    return Run(caption, first.sign if named else "", tuple(branches))


def _matrix(columns: Sequence[Branch]) -> Matrix:
    """Put levels side by side: what they say, in rows of one kind each."""
    kinds = {(run.branches[0].kind, run.sign): None for column in columns for run in column.runs}
    rows = []
    for kind, sign in kinds:
        cells = tuple(
            tuple(run for run in column.runs if (run.branches[0].kind, run.sign) == (kind, sign))
            for column in columns
        )
        most = max(sum(len(run.branches) for run in cell) for cell in cells)
        rows.append(MatrixRow(plural(kind, most), sign, cells))
    return Matrix(tuple(columns), tuple(rows))


def _branch(part: Part, look: _Look, depth: int, above: frozenset[str], leads: set[str]) -> Branch:
    iri, sort = part.iri, look.sort(part)
    label, text = text_of(part, _LABEL, look.order), text_of(part, _TEXT, look.order)
    return Branch(
        url=look.page(iri),
        anchor=anchor_of(iri, look.root),
        kind=sort.words,
        title=label or title_of(part, look.order),
        text=text if label else None,
        number=part.first(_NUMBER) or "",
        codes=tuple(part.notations),
        level=look.level(part),
        sign=sort.sign,
        is_text=label is None and text is not None,
        is_lead_in=iri in leads,
        is_empty=part.first(_EMPTY) in ("true", "1"),
        is_open=depth < look.open_depth,
        count=look.tree.size(iri),
        runs=_runs(part, look, depth + 1, above | {iri}) if look.tree.children(iri) else (),
    )


def _columns(parts: Sequence[Part], look: _Look) -> set[str]:
    """Return the parts that say the same thing at several levels, so that they can be compared."""
    levels = [part for part in parts if part.first(_AT_LEVEL) is not None]
    compared = len(levels) > 1 and any(look.sort(part).is_level for part in levels)
    return {part.iri for part in levels} if compared else set()
