"""The smallest pieces of a page: a text in its language, a value with its link, a fact.

All labels come from the vocabulary or the data. A value that was inferred or added and not
printed in the source says so, wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import RDFS, XSD, BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS
from rdflib.term import Node

from competency.graph import Part, Resource
from competency.ontology import COMP, PREFIXES, Vocabulary, shorten
from competency.server.languages import N_, interface, ngettext
from competency.server.languages import gettext as _
from competency.server.links import Links
from competency.server.pages.content import order_of
from competency.server.pages.words import cut, dated
from competency.server.tags import direction

# Names for people of the terms of other vocabularies that frameworks use.
_BORROWED = {
    str(RDFS.label): N_("title"),
    str(DCTERMS.description): N_("description"),
    str(DCTERMS["format"]): N_("format"),
    str(DCTERMS.issued): N_("date of issue"),
    str(DCTERMS.language): N_("language"),
    str(DCTERMS.license): N_("licence"),
    str(DCTERMS.publisher): N_("publisher"),
    str(DCTERMS.rights): N_("rights"),
    str(DCTERMS.spatial): N_("place"),
    str(DCTERMS.title): N_("title"),
    str(SKOS.notation): N_("code"),
    str(SKOS.prefLabel): N_("title"),
}
# What names a thing, the best first.
_NAMES = (RDFS.label, SKOS.prefLabel, DCTERMS.title, COMP.text, SKOS.notation, COMP.listName)
_END = 60  # signs of each end of an alignment
_MARKS = ((N_("inferred"), COMP.inferred), (N_("added"), COMP.added))
_BOOLEANS = {"true": N_("yes"), "1": N_("yes"), "false": N_("no"), "0": N_("no")}


@dataclass(frozen=True)
class Text:
    """Some words and the tag of the language they are in, empty where none is known."""

    value: str
    lang: str = ""

    def __str__(self) -> str:
        return self.value

    @property
    def direction(self) -> str:
        """Return ``rtl`` or ``ltr`` by the language, ``auto`` where none is known."""
        return direction(self.lang)


@dataclass(frozen=True)
class Value:
    """One value of a fact: its text, where it leads, a remark, and what stands inside it."""

    text: Text
    url: str | None = None
    note: str = ""
    inside: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A property with its values: ``mark`` says inferred or added where they are not printed."""

    label: str
    values: tuple[Value, ...]
    url: str | None = None
    mark: str = ""


def text_of(
    resource: Resource, name: str | URIRef, order: Sequence[str] | None = None
) -> Text | None:
    """Return the text of a property in the language of the page, else in another, with its tag.

    ``order`` are the languages in which to look, for who asks about many things of one graph.
    """
    found = resource.wording(name, *(order_of(resource) if order is None else order))
    return None if found is None else Text(*found)


def title_of(resource: Resource, order: Sequence[str] | None = None) -> Text:
    """Return the name of a resource for people: its title, text, code, or the end of its IRI."""
    order = order_of(resource) if order is None else order
    for name in _NAMES:
        if found := text_of(resource, name, order):
            return found
    return Text(resource.title)


def kind_of(resource: Resource) -> str:
    """Return the kind of a resource in the language of the interface."""
    return resource.kind_in(interface()) if resource.types else _("resource")


def property_label(vocabulary: Vocabulary, iri: str) -> str:
    """Return the name of a property for people, in the language of the interface.

    >>> property_label(Vocabulary(), "http://purl.org/dc/terms/issued")
    'date of issue'
    """
    if iri in _BORROWED:
        return _(_BORROWED[iri])
    if iri in vocabulary.terms:
        return vocabulary.label(iri, interface())
    words = re.split(r"(?<=[a-z])(?=[A-Z][a-z])", vocabulary.label(iri))
    return " ".join([words[0], *(word.lower() for word in words[1:])])


def value_of(node: Node, links: Links, near: Resource) -> Value:
    """Return an RDF term as a value: a literal as it is, an IRI by its title and with its link."""
    if isinstance(node, Literal):
        return Value(_literal(node))
    iri = str(node)
    if iri in links.site.held:
        return _held(links.site.graph.resource(iri), links)
    if iri in links.site.graph.vocabulary.terms:
        return Value(term_label(links.site.graph.vocabulary, iri), links.to(iri))
    if isinstance(node, BNode):
        return Value(_nameless(), inside=inner(node, links, near))
    return Value(
        Text(property_label(links.site.graph.vocabulary, iri) if _known(iri) else iri),
        links.to(iri),
    )


def term_label(vocabulary: Vocabulary, iri: str) -> Text:
    """Return the label of a term of ours in the language of the interface, with its tag."""
    return Text(vocabulary.label(iri, interface()), interface())


def fact(resource: Resource, name: str | URIRef, links: Links) -> Fact | None:
    """Return a property of a resource as a fact, or None where it has no value."""
    iri = str(name if isinstance(name, URIRef) else COMP[name])
    nodes = resource.values(URIRef(iri))
    if not nodes:
        return None
    values = tuple(value_of(node, links, resource) for node in nodes)
    label = property_label(links.site.graph.vocabulary, iri)
    return Fact(label, values, links.to(iri), mark_of(resource, iri))


def facts(resource: Resource, names: Iterable[str | URIRef], links: Links) -> list[Fact]:
    """Return those of the properties that have values, in the order given."""
    return [found for name in names if (found := fact(resource, name, links))]


def mark_of(resource: Resource, iri: str) -> str:
    """Return the word for inferred or added when the values of a property are not printed."""
    marks = (_(word) for word, name in _MARKS if URIRef(iri) in resource.values(name))
    return next(marks, "")


def not_stated(resource: Resource) -> list[str]:
    """Return the names of the properties for which the source gives no value."""
    vocabulary = resource.home.vocabulary
    return [property_label(vocabulary, str(node)) for node in resource.values("notStated")]


def inner(node: BNode, links: Links, near: Resource, depth: int = 4) -> tuple[Fact, ...]:
    """Return what a graph says of a thing without an IRI, down to a depth."""
    said = links.site.graph.named_graph(near.graph_name).about_node(node) if depth else {}
    return tuple(
        Fact(shorten(name), (_inside(value, links, near, depth),), links.to(name))
        for name in sorted(said)
        for value in said[name]
    )


def _nameless() -> Text:
    return Text(_("without an IRI"), interface())


def _literal(node: Literal) -> Text:
    """Return a literal for people: dates, and yes and no, in words of the interface."""
    if node.datatype == XSD.boolean and str(node) in _BOOLEANS:
        return Text(_(_BOOLEANS[str(node)]), interface())
    if words := dated(node):
        return Text(words, interface())
    return Text(str(node), node.language or "")


def _inside(node: Node, links: Links, near: Resource, depth: int) -> Value:
    if isinstance(node, BNode):
        return Value(_nameless(), inside=inner(node, links, near, depth - 1))
    return value_of(node, links, near)


def _held(resource: Resource, links: Links) -> Value:
    """Return something held as a value, with a remark that fits its kind."""
    title, note = title_of(resource), ""
    if resource.kind == str(COMP.Code):
        note = _issuer(resource, links)
    elif resource.kind == str(COMP.Credit):
        title = text_of(resource, "creditValue") or title
        note = "; ".join(str(node) for node in resource.values("creditQualifier"))
    elif resource.value(OWL.annotatedSource):
        title = _ends(resource, links) or title
    elif isinstance(resource, Part):
        note = _place(resource, links)
    elif resource.kind == str(COMP.Source) and (count := resource.number("lineCount")):
        note = ngettext("%(num)s line", "%(num)s lines", count)
    return Value(title, links.page(resource.iri), note)


def _ends(alignment: Resource, links: Links) -> Text | None:
    """Return the two ends of an alignment as its name; None where one is not stated."""
    names = []
    for name in (OWL.annotatedSource, OWL.annotatedTarget):
        iri = str(alignment.value(name) or "")
        known = links.site.graph.resource(iri) if iri in links.site.held else None
        names.append(cut(title_of(known).value if known else iri, _END))
    return Text(" \u2013 ".join(names)) if all(names) else None


def _place(part: Part, links: Links) -> str:
    """Say what a part is and under what it stands: titles such as ``Level 2`` alone say little."""
    what = f"{kind_of(part)} {part.value('enumeration') or ''}".rstrip()
    iri = str(part.value("partOf"))
    above = links.site.graph.resource(iri) if iri in links.site.held else None
    if not isinstance(above, Part):
        return what
    return _("%(part)s in %(whole)s", part=what, whole=cut(title_of(above).value, 60))


def _issuer(code: Resource, links: Links) -> str:
    """Say which body issued a code, and whether the source says so."""
    body = code.value("issuedBy")
    if body is None:
        return _("issuer not stated")
    iri = str(body)
    name = title_of(links.site.graph.resource(iri)) if iri in links.site.held else iri
    mark = mark_of(code, str(COMP.issuedBy))
    issued = _("issued by %(body)s", body=name)
    return f"{issued}, {mark}" if mark else issued


def _known(iri: str) -> bool:
    return iri.startswith(tuple(PREFIXES.values()))
