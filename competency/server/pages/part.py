"""The page of a part: its place, its text, what the source prints of it, and what is below."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from rdflib import RDFS
from rdflib.namespace import DCTERMS

from competency.graph import Part
from competency.ontology import COMP
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.asking import Asking, asking_for
from competency.server.pages.frame import (
    Crumb,
    Frame,
    above_of,
    crumbs_of,
    frame_of,
    heading_of,
    parent_of,
)
from competency.server.pages.locators import locator_fact, locator_of
from competency.server.pages.tree import Run, anchor_of, sign_of, tree_of
from competency.server.pages.values import (
    Fact,
    Text,
    Value,
    facts,
    not_stated,
    property_label,
    text_of,
    title_of,
    value_of,
)
from competency.server.pages.words import cut, listed
from competency.server.site import IRI_SAFE

_FACTS = (
    "enumeration",
    "code",
    "atLevel",
    "qualificationLevel",
    "credit",
    "aspect",
    "audience",
    DCTERMS.description,
    "labelWording",
    "repair",
    "doubt",
    "legalReference",
    "contrasts",
    "source",
)
_SAFE = IRI_SAFE.replace("%", "")  # in a fragment a "%" of an IRI is written as %25
_ASSESSES = ("assesses", "repeats", "rewords")


@dataclass(frozen=True)
class Printed:
    """Another place where a part is printed: in which list, at which place, in which words."""

    url: str
    title: Text | None
    place: str


@dataclass(frozen=True)
class PartPage:
    """A part as its page shows it."""

    frame: Frame
    text: Text | None
    is_statement: bool
    lead_in: Value | None
    sign: str
    is_empty: bool
    facts: tuple[Fact, ...]
    not_stated: str
    printed: tuple[Printed, ...]
    tree: tuple[Run, ...]
    previous: Crumb | None
    following: Crumb | None
    in_tree: str | None
    reworded: bool
    asking: Asking


def part_page(part: Part, links: Links) -> PartPage:
    """Return what the page of a part shows."""
    heading, text = heading_of(part, links), text_of(part, "text")
    before, after = _neighbours(part, links)
    return PartPage(
        frame=frame_of(part, heading, crumbs_of(above_of(part, links), heading, links), links),
        text=text if text != heading else None,
        is_statement=text == heading,
        lead_in=_lead_in(part, links),
        sign=sign_of(part),
        is_empty=str(part.value("isEmpty")) in ("true", "1"),
        facts=tuple(_facts(part, links)),
        not_stated=listed(not_stated(part)),
        printed=tuple(_printed(part, links)),
        tree=tree_of(part, links),
        previous=before,
        following=after,
        in_tree=_in_tree(part, links),
        reworded=part.value("wording") == COMP.Reworded,
        asking=asking_for(part, links),
    )


def _in_tree(part: Part, links: Links) -> str | None:
    """Return the address of a part on the page of its framework."""
    framework = str(part.value("inFramework") or "")
    if framework not in links.site.held:
        return None
    return links.page(framework) + "#" + quote(anchor_of(part.iri, framework), safe=_SAFE)


def _facts(part: Part, links: Links) -> list[Fact]:
    """Return the facts of a part, what assesses it and where it is printed among them."""
    found = facts(part, _FACTS, links)
    found += [item for item in (_assessment(part, links), _assessed_by(part, links)) if item]
    if place := locator_fact(part, links):
        found.append(place)
    return found


def _assessment(part: Part, links: Links) -> Fact | None:
    """Return the requirements that a criterion covers, and whether it repeats or rewords them."""
    values = [
        _noted(value_of(node, links, part), _how(name, links))
        for name in _ASSESSES
        for node in part.values(name)
    ]
    iri = str(COMP.assesses)
    return Fact(_label(iri, links), tuple(values), links.to(iri)) if values else None


def _assessed_by(part: Part, links: Links) -> Fact | None:
    """Return the assessment criteria that cover a requirement."""
    leading = links.site.graph.named_graph(part.graph_name).pointing_at(part.iri)
    values = [
        _noted(value_of(node, links, part), _how(name, links))
        for name in _ASSESSES
        for node in sorted((item for way, item in leading if way == str(COMP[name])), key=str)
    ]
    return Fact(_("assessed by"), tuple(values), links.to(str(COMP.assesses))) if values else None


def _how(name: str, links: Links) -> str:
    return _label(str(COMP[name]), links) if name != "assesses" else ""


def _label(iri: str, links: Links) -> str:
    return property_label(links.site.graph.vocabulary, iri)


def _noted(value: Value, note: str) -> Value:
    notes = "; ".join(filter(None, (note, value.note)))
    return Value(value.text, value.url, notes, value.inside)


def _lead_in(part: Part, links: Links) -> Value | None:
    """Return the opening words of a part, unless they are printed in its own tree below."""
    node = part.value("leadIn")
    if node is None or str(node) in [item.iri for item in part.parts]:
        return None
    return value_of(node, links, part)


def _printed(part: Part, links: Links) -> list[Printed]:
    """Return the other places where a part is printed."""
    found = []
    for node in part.values("occurrence"):
        if str(node) not in links.site.held:
            continue
        place = links.site.graph.resource(str(node))
        parts = [str(text_of(place, "listName") or "")]
        number = place.number("position")
        parts += [_("place %(number)s", number=number)] if number else []
        where = ", ".join(filter(None, (*parts, locator_of(place))))
        title = text_of(place, RDFS.label)
        found.append(Printed(links.page(place.iri), title, where))
    return found


def _neighbours(part: Part, links: Links) -> tuple[Crumb | None, Crumb | None]:
    """Return the siblings before and after a part."""
    parent = parent_of(part, links)
    siblings = parent.parts if parent else []
    place = next((n for n, item in enumerate(siblings) if item.iri == part.iri), None)
    if place is None:
        return None, None
    before = siblings[place - 1] if place > 0 else None
    after = siblings[place + 1] if place + 1 < len(siblings) else None
    return _crumb(before, links), _crumb(after, links)


def _crumb(part: Part | None, links: Links) -> Crumb | None:
    if part is None:
        return None
    title = title_of(part)
    return Crumb(Text(cut(title.value, 80), title.lang), links.page(part.iri))
