"""A framework or a part of it as a graph to wander about in, and the same as lists.

The picture shows as many whole levels of the tree as there is room for, and to the right the parts
of other frameworks that these, or what is folded up in them, are aligned with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for
from markupsafe import Markup

from competency.graph import Item, Part, Resource
from competency.graph.alignments import Alignment, alignments_of, framework_of
from competency.server.languages import gettext as _
from competency.server.languages import ngettext
from competency.server.links import Links
from competency.server.pages.alignments import relation_of, said_by, sort_of
from competency.server.pages.bar import group_of
from competency.server.pages.choosing import Choice
from competency.server.pages.compare import Couple
from competency.server.pages.drawing import Circled, Node, Tie, circle, layers
from competency.server.pages.frame import Crumb, above_of
from competency.server.pages.values import Text, kind_of, title_of
from competency.server.pages.words import counted, cut

MOST = 60  # boxes of the tree
MOST_FAR = 24  # parts of other frameworks; of more than that, only the frameworks are drawn
DEEPEST = 4  # levels below the root
MOST_IN_A_CIRCLE = 200  # frameworks; a circle of more has nothing but its empty middle on a screen
_TITLE = 60  # signs of a title on the way down
_ROOT = "n0"  # the key of the root
_NOWHERE = ""  # stands for the frameworks that are not held

Ties = Mapping[tuple[str, str], Sequence[Alignment]]


@dataclass(frozen=True)
class FarView:
    """A part of another framework that something in the picture is aligned with."""

    relation: str
    title: Text
    url: str | None
    wander: str | None
    framework: Text | None


@dataclass
class Step:
    """One part in the tree: its page, the way to wander on, and what it is aligned with.

    ``folded`` is how many parts below it are not shown.
    """

    key: str
    part: Item
    title: Text
    kind: str
    url: str
    wander: str
    folded: int = 0
    below: list[Step] = field(default_factory=list)
    far: list[FarView] = field(default_factory=list)

    def walk(self) -> Iterator[Step]:
        """Yield this step and all below it."""
        yield self
        for step in self.below:
            yield from step.walk()


@dataclass(frozen=True)
class WanderPage:
    """What the page of a graph shows."""

    title: Text
    kind: str
    url: str
    iri: str
    crumbs: tuple[Crumb, ...]
    root: Step
    picture: Markup
    is_cut: bool
    ties: int


@dataclass(frozen=True)
class WanderStart:
    """What the page of all frameworks shows."""

    picture: Markup | None
    frameworks: tuple[tuple[Choice, str, str], ...]
    couples: tuple[Couple, ...]


def wander_page(item: Item, links: Links) -> WanderPage:
    """Return the graph around a framework or part."""
    root = _tree(item, links)
    ties = _ties(root, links)
    far = {iri: _far(iri, links) for iri in dict.fromkeys(iri for _key, iri in ties)}
    steps = {step.key: step for step in root.walk()}
    for (key, iri), found in ties.items():
        title, framework = far[iri]
        steps[key].far.append(_far_view(iri, relation_of(found[0]), title, framework, links))
    title = title_of(item)
    above = above_of(item, links) if isinstance(item, Part) else []
    return WanderPage(
        title=title,
        kind=kind_of(item),
        url=links.page(item.iri),
        iri=item.iri,
        crumbs=_crumbs(above, title),
        root=root,
        picture=_picture(root, ties, far, links),
        is_cut=any(step.folded for step in steps.values()),
        ties=sum(len(found) for found in ties.values()),
    )


def wander_start(
    chosen: Sequence[Choice], sizes: Mapping[str, int], pairs: Sequence[Couple]
) -> WanderStart:
    """Return the picture of all frameworks, where there is one; ``sizes`` has numbers of parts."""
    rows = [(item, counted("part", sizes[item.iri]), _wander(item.iri)) for item in chosen]
    drawn = 0 < len(rows) <= MOST_IN_A_CIRCLE
    return WanderStart(_circle(rows, pairs) if drawn else None, tuple(rows), tuple(pairs))


def _circle(rows: Sequence[tuple[Choice, str, str]], pairs: Sequence[Couple]) -> Markup:
    return circle(
        [Circled(item.iri, item.title.value, words, url) for item, words, url in rows],
        [
            (Tie(*item.iris, "", _matches(item), item.matches), item.url)
            for item in pairs
            if item.matches
        ],
        title=_("Which frameworks have how much in common"),
        description=_("The thicker a line, the more matches. The table below says the same."),
    )


def _matches(item: Couple) -> str:
    words = ngettext("%(num)s match", "%(num)s matches", item.matches)
    return f"{item.left} \u2013 {item.right}: {words}"


def _wander(iri: str) -> str:
    return url_for("compare.wander", iri=iri)


def _crumbs(above: Sequence[Resource], title: Text) -> tuple[Crumb, ...]:
    def short(text: Text) -> Text:
        return Text(cut(text.value, _TITLE), text.lang)

    steps = [Crumb(short(title_of(item)), _wander(item.iri)) for item in above]
    return (*steps, Crumb(short(title)))


# ------------------------------------------------------------------ the tree


def _tree(item: Item, links: Links) -> Step:
    """Return the steps to show: whole levels, as far as there is room for them."""
    root = _step(item, 0, links)
    steps, level = [root], [root]
    seen = {item.iri}
    for depth in range(DEEPEST):
        fresh = [(s, part) for s in level for part in s.part.parts if part.iri not in seen]
        if depth and len(steps) + len(fresh) > MOST:
            break
        level = []
        for step, part in fresh[: MOST - 1]:
            if part.iri not in seen:
                seen.add(part.iri)
                level.append(_step(part, len(steps) + len(level), links))
                step.below.append(level[-1])
        steps += level
    for step in steps:
        hidden = [part for part in step.part.parts if part.iri not in seen]
        step.folded = sum(1 + sum(1 for _below in part.walk()) for part in hidden)
    return root


def _step(part: Item, number: int, links: Links) -> Step:
    return Step(
        key=f"n{number}",
        part=part,
        title=said_by(part),
        kind=kind_of(part),
        url=links.page(part.iri),
        wander=_wander(part.iri),
    )


# ------------------------------------------------------------------ the other frameworks


def _ties(root: Step, links: Links) -> Ties:
    """Return the alignments by the step that shows them, and the part at the other end.

    Those of a part that is folded up belong to the step it is folded into.
    """
    found: dict[tuple[str, str], list[Alignment]] = defaultdict(list)
    owner = {step.part.iri: step.key for step in root.walk()}
    for part in (root.part, *root.part.walk()):
        key = owner.setdefault(part.iri, owner.get(str(part.value("partOf")), root.key))
        for item in alignments_of(links.site.graph, part.iri):
            found[key, item.object].append(item)
    return {key: sorted(items, key=lambda item: item.strength) for key, items in found.items()}


def _far(iri: str, links: Links) -> tuple[Text, str]:
    """Return the title of a part of another framework, and the IRI of that framework."""
    graph = links.site.graph
    if iri not in links.site.held:
        return Text(iri), _NOWHERE
    return said_by(graph.resource(iri)), framework_of(graph, iri) or _NOWHERE


def _far_view(iri: str, relation: str, title: Text, framework: str, links: Links) -> FarView:
    return FarView(
        relation=relation,
        title=title,
        url=links.to(iri),
        wander=_wander(iri) if framework else None,
        framework=title_of(links.site.graph.resource(framework)) if framework else None,
    )


# ------------------------------------------------------------------ the picture


def _picture(root: Step, ties: Ties, far: Mapping[str, tuple[Text, str]], links: Links) -> Markup:
    frameworks: dict[str, list[str]] = defaultdict(list)
    for iri, (_title, framework) in far.items():
        frameworks[framework].append(iri)
    folded = len(far) > MOST_FAR
    places = _places(root, ties)
    heads = [
        _head(name, [] if folded else sorted(parts, key=lambda iri: (places[iri], iri)), far, links)
        for name, parts in frameworks.items()
    ]
    heads.sort(key=lambda head: _middle(head, places))
    return layers(
        [_node(root)],
        heads,
        _lines(ties, far, folded),
        title=_("%(title)s and what it is aligned with", title=root.title),
        description=_(
            "A tree from left to right, with lines to parts of other frameworks. "
            "The lists below say the same."
        ),
        name="wander",
    )


def _places(root: Step, ties: Ties) -> dict[str, float]:
    """Return how far down the tree the steps are, on average, that a part is tied to."""
    order = {step.key: place for place, step in enumerate(root.walk())}
    found: dict[str, list[int]] = defaultdict(list)
    for key, iri in ties:
        found[iri].append(order[key])
    return {iri: sum(numbers) / len(numbers) for iri, numbers in found.items()}


def _middle(head: Node, places: Mapping[str, float]) -> tuple[float, str]:
    """Return what puts frameworks in an order in which few lines cross."""
    found = [places[node.key[1:]] for node in head.below]
    return sum(found) / len(found) if found else 0.0, head.key


def _node(step: Step) -> Node:
    """Return the box of a step; a line of only children is one box, which leads to the last."""
    chain = [step]
    while len(chain[-1].below) == 1 and not chain[-1].far and step.key != _ROOT:
        chain.append(chain[-1].below[0])
    last = chain[-1]
    return Node(
        key=last.key,
        title=cut(" \u203a ".join(item.title.value for item in chain), 120),
        full=" \u203a ".join(f"{item.title} ({item.kind})" for item in chain),
        url=last.wander,
        sort="d-" + group_of(last.part.kind or ""),
        more=last.folded,
        below=tuple(_node(below) for below in last.below),
    )


def _head(
    framework: str, parts: Sequence[str], far: Mapping[str, tuple[Text, str]], links: Links
) -> Node:
    """Return the box of another framework, with those of its parts under it."""
    resource = links.site.graph.resource
    title = title_of(resource(framework)).value if framework else _("not held here")
    return Node(
        key="f" + framework,
        title=title,
        url=_wander(framework) if framework else None,
        sort="d-framework",
        below=tuple(
            Node(
                key="p" + iri,
                title=cut(far[iri][0].value, 120),
                full=f"{far[iri][0]} ({title})",
                url=_wander(iri) if framework else links.to(iri),
                sort="d-" + (group_of(resource(iri).kind or "") if framework else "other"),
            )
            for iri in parts
        ),
    )


def _lines(ties: Ties, far: Mapping[str, tuple[Text, str]], folded: bool) -> list[Tie]:
    """Return the lines to draw, one for all that lead from one box to another."""
    found: dict[tuple[str, str], list[tuple[str, Alignment]]] = defaultdict(list)
    for (key, iri), items in ties.items():
        end = "f" + far[iri][1] if folded else "p" + iri
        found[key, end] += [(str(far[iri][0]), item) for item in items]
    return [
        Tie(
            *ends, sort_of(items[0][1]), "; ".join(f"{relation_of(i)}: {name}" for name, i in items)
        )
        for ends, items in found.items()
    ]
