"""The smallest pieces of a page: a text in its language, a value with its link, a fact.

All labels come from the vocabulary or the data. A value that was inferred or added and not
printed in the source says so, wherever it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import RDFS, BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import Node

from competency.graph import Part, Resource
from competency.ontology import COMP, PREFIXES, Vocabulary, shorten
from competency.server.links import Links
from competency.server.pages.words import cut

# Names for people of the terms of other vocabularies that frameworks use.
_BORROWED = {
    str(RDFS.label): "title",
    str(DCTERMS.issued): "date of issue",
    str(DCTERMS.license): "licence",
    str(DCTERMS.rights): "rights",
    str(DCTERMS.spatial): "place",
    str(SKOS.notation): "code",
}
_MARKS = (("inferred", COMP.inferred), ("added", COMP.added))


@dataclass(frozen=True)
class Text:
    """Some words and the tag of the language they are in, empty where none is known."""

    value: str
    lang: str = ""

    def __str__(self) -> str:
        return self.value


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


def text_of(resource: Resource, name: str | URIRef) -> Text | None:
    """Return the text of a property in English, else in any language, with its tag."""
    found = resource.in_language(name)
    if found is None:
        return None
    literals = [node for node in resource.values(name) if isinstance(node, Literal)]
    tags = sorted(node.language or "" for node in literals if str(node) == found)
    return Text(found, "en" if "en" in tags else tags[0])


def title_of(resource: Resource) -> Text:
    """Return the name of a resource for people: its title, text, code, or the end of its IRI."""
    for name in (
        RDFS.label,
        SKOS.prefLabel,
        DCTERMS.title,
        COMP.text,
        SKOS.notation,
        COMP.listName,
    ):
        if found := text_of(resource, name):
            return found
    return Text(resource.title)


def property_label(vocabulary: Vocabulary, iri: str) -> str:
    """Return the name of a property for people.

    >>> property_label(Vocabulary(), "http://purl.org/dc/terms/issued")
    'date of issue'
    """
    if iri in _BORROWED:
        return _BORROWED[iri]
    words = re.split(r"(?<=[a-z])(?=[A-Z][a-z])", vocabulary.label(iri))
    return " ".join([words[0], *(word.lower() for word in words[1:])])


def value_of(node: Node, links: Links, near: Resource) -> Value:
    """Return an RDF term as a value: a literal as it is, an IRI by its title and with its link."""
    if isinstance(node, Literal):
        return Value(Text(str(node), node.language or ""))
    iri = str(node)
    if iri in links.site.held:
        return _held(links.site.graph.resource(iri), links)
    if iri in links.site.graph.vocabulary.terms:
        return Value(Text(links.site.graph.vocabulary.label(iri), "en"), links.to(iri))
    if isinstance(node, BNode):
        return Value(Text("without an IRI"), inside=inner(node, links, near))
    return Value(
        Text(property_label(links.site.graph.vocabulary, iri) if _known(iri) else iri),
        links.to(iri),
    )


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
    """Return ``inferred`` or ``added`` when the values of a property are not printed."""
    marks = (word for word, name in _MARKS if URIRef(iri) in resource.values(name))
    return next(marks, "")


def not_stated(resource: Resource) -> list[str]:
    """Return the names of the properties for which the source gives no value."""
    vocabulary = resource.home.vocabulary
    return [property_label(vocabulary, str(node)) for node in resource.values("notStated")]


def inner(node: BNode, links: Links, near: Resource, depth: int = 4) -> tuple[Fact, ...]:
    """Return what a graph says of a thing without an IRI, down to a depth."""
    graph = links.site.graph.named_graph(near.graph_name).graph
    found = sorted(graph.predicate_objects(node), key=str) if depth else []
    return tuple(
        Fact(
            shorten(str(predicate)), (_inside(value, links, near, depth),), links.to(str(predicate))
        )
        for predicate, value in found
    )


def _inside(node: Node, links: Links, near: Resource, depth: int) -> Value:
    if isinstance(node, BNode):
        return Value(Text("without an IRI"), inside=inner(node, links, near, depth - 1))
    return value_of(node, links, near)


def _held(resource: Resource, links: Links) -> Value:
    """Return something held as a value, with a remark that fits its kind."""
    title, note = title_of(resource), ""
    if resource.kind == str(COMP.Code):
        note = _issuer(resource, links)
    elif resource.kind == str(COMP.Credit):
        title = text_of(resource, "creditValue") or title
        note = "; ".join(str(node) for node in resource.values("creditQualifier"))
    elif isinstance(resource, Part):
        note = _place(resource, links)
    elif resource.kind == str(COMP.Source) and (count := resource.number("lineCount")):
        note = f"{count} lines"
    return Value(title, links.page(resource.iri), note)


def _place(part: Part, links: Links) -> str:
    """Say what a part is and under what it stands: titles such as ``Level 2`` alone say little."""
    what = f"{part.kind_label} {part.value('enumeration') or ''}".rstrip()
    iri = str(part.value("partOf"))
    above = links.site.graph.resource(iri) if iri in links.site.held else None
    return f"{what} in {cut(title_of(above).value, 60)}" if isinstance(above, Part) else what


def _issuer(code: Resource, links: Links) -> str:
    """Say which body issued a code, and whether the source says so."""
    body = code.value("issuedBy")
    if body is None:
        return "issuer not stated"
    iri = str(body)
    name = title_of(links.site.graph.resource(iri)) if iri in links.site.held else iri
    mark = mark_of(code, str(COMP.issuedBy))
    return f"issued by {name}" + (f", {mark}" if mark else "")


def _known(iri: str) -> bool:
    return iri.startswith(tuple(PREFIXES.values()))
