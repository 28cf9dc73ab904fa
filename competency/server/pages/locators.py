"""Where in its source a part is printed, in words."""

from __future__ import annotations

from competency.graph import Item, Part, Resource
from competency.ontology import COMP
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.frame import framework_of
from competency.server.pages.values import Fact, Text, Value, property_label, title_of
from competency.server.pages.words import lines


def locator_fact(resource: Resource, links: Links) -> Fact | None:
    """Return lines, page and section of a resource, with a link to the document, or None."""
    place = locator_of(resource)
    if not place:
        return None
    label = property_label(links.site.graph.vocabulary, str(COMP.locator))
    found = tuple(
        Value(Text(place), links.page(source.iri), _("in %(source)s", source=title_of(source)))
        for source in _sources(resource, links)
    )
    return Fact(label, found or (Value(Text(place)),), links.to(str(COMP.locator)))


def locator_of(resource: Resource) -> str:
    """Return ``page 10, lines 5, 9`` or what of it is known."""
    found = []
    if resource.page:
        found.append(_("page %(page)s", page=resource.page))
    if section := resource.value("section"):
        found.append(str(section))
    if resource.lines:
        found.append(lines_in_words(resource.lines))
    return ", ".join(found)


def lines_in_words(locator: str) -> str:
    """Return the lines of a locator in words.

    >>> lines_in_words("7"), lines_in_words("4,6")
    ('line 7', 'lines 4, 6')
    """
    if "," in locator or "-" in locator:
        return _("lines %(lines)s", lines=lines(locator))
    return _("line %(line)s", line=locator)


def _sources(resource: Resource, links: Links) -> list[Resource]:
    """Return the documents of a resource; a part without one has that of its framework."""
    if isinstance(resource, Item) and resource.value("source") is not None:
        owner: Item | None = resource
    else:
        owner = framework_of(resource, links) if isinstance(resource, Part) else None
    return [item for item in owner.sources if item.iri in links.site.held] if owner else []
