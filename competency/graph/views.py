"""Frameworks and their parts as read-only views: what pages, messages and notebooks show."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import Node

from competency.errors import NotFound
from competency.graph.plain import first_of, texts_of
from competency.graph.store import is_iri, nodes_of
from competency.graph.tree import Tree
from competency.ontology import COMP, shorten

if TYPE_CHECKING:
    from competency.graph.knowledge_graph import KnowledgeGraph


_TYPE, _CODE = str(RDF.type), str(COMP.code)


class Resource:
    """Anything that a graph describes: a framework, a part, a level, a code, a source."""

    def __init__(self, home: KnowledgeGraph, iri: str, graph_name: str) -> None:
        """Look at ``iri`` in the named graph that describes it."""
        self.home, self.iri, self.graph_name = home, iri, graph_name
        self._nodes: dict[str, tuple[Node, ...]] = {}

    @cached_property
    def _said(self) -> Mapping[str, Sequence[object]]:
        return self.home.named_graph(self.graph_name).said(self.iri)

    def _values(self, iri: str) -> tuple[Node, ...]:
        """Return the values of a property; what nobody asks for is not made."""
        if iri not in self._said:
            return ()
        if iri not in self._nodes:
            self._nodes[iri] = nodes_of(self._said[iri])
        return self._nodes[iri]

    def values(self, name: str | URIRef) -> list[Node]:
        """Return the values of a property, sorted; ``name`` is an IRI or one of our local names."""
        return list(self._values(_iri(name)))

    def value(self, name: str | URIRef) -> Node | None:
        """Return the first value of a property, or None."""
        return next(iter(self._values(_iri(name))), None)

    def first(self, name: str | URIRef) -> str | None:
        """Return the first value of a property as a text, or None; it costs less than ``value``."""
        found = self._said.get(_iri(name))
        return first_of(found) if found else None

    def number(self, name: str) -> int | None:
        """Return the value of a property as a whole number, or None where it is not one."""
        try:
            return int(str(self.first(name)))
        except ValueError:
            return None

    def in_language(self, name: str | URIRef, language: str = "en") -> str | None:
        """Return the text of a property in the language asked for, else untagged, else any."""
        found = self.literal(name, language)
        return None if found is None else str(found)

    def literal(self, name: str | URIRef, *languages: str) -> Literal | None:
        """Return the text of a property in the first of the languages that it is in, with its tag.

        A text in none of them is given too: one without a language first, then any.
        """
        found = [item for item in self._values(_iri(name)) if isinstance(item, Literal)]
        if len(found) < 2:
            return found[0] if found else None
        return min(found, key=lambda item: _language_distance(item.language or "", languages))

    def wording(self, name: str | URIRef, *languages: str) -> tuple[str, str] | None:
        """Return the text that ``literal`` chooses and its tag, empty for none; it costs less.

        >>> from competency import KnowledgeGraph
        >>> KnowledgeGraph.shipped().resource("pub-cscf").wording(RDFS.label, "fr")[1]
        'en'
        """
        terms = self._said.get(_iri(name))
        found = texts_of(terms) if terms else ()
        if len(found) < 2:
            return found[0] if found else None
        return min(found, key=lambda text: (_language_distance(text[1], languages), text))

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages that the graph of this is written in, its main one first."""
        return self.home.named_graph(self.graph_name).languages

    @cached_property
    def types(self) -> set[str]:
        """Return the classes that are stated."""
        return {item.value for item in self._said.get(_TYPE, ()) if is_iri(item)}

    @cached_property
    def kind(self) -> str | None:
        """Return the IRI of the most specific of our classes, or None."""
        return self.home.vocabulary.kind_of(self.types)

    @property
    def kind_label(self) -> str:
        """Return the kind in words, such as ``unit of competency``."""
        return self.kind_in("en")

    def kind_in(self, language: str) -> str:
        """Return the kind in words of a language, in English where the vocabulary has no others."""
        kind = self.kind or next(iter(sorted(self.types)), "")
        return self.home.vocabulary.label(kind, language) if kind else "resource"

    @property
    def label(self) -> str | None:
        """Return the title in English, or in any language, or None."""
        return self.in_language(RDFS.label)

    @property
    def text(self) -> str | None:
        """Return the text in English, or in any language, or None."""
        return self.in_language("text")

    @property
    def codes(self) -> list[tuple[str, str | None]]:
        """Return each official code with the label of the body that issued it, or None."""
        found, nodes = [], self._values(_CODE)
        if not nodes:
            return []
        about = self.home.named_graph(self.graph_name).about_node
        for node in nodes:
            said = about(node)
            for notation in said.get(str(SKOS.notation), ()):
                body = next(iter(said.get(str(COMP.issuedBy), ())), None)
                label = next(iter(about(body).get(str(RDFS.label), ())), None) if body else None
                found.append((str(notation), str(label) if label else None))
        return found

    @property
    def notations(self) -> list[str]:
        """Return each official code, without who issued it."""
        return [code for code, _ in self.codes] if _CODE in self._said else []

    @property
    def code(self) -> str | None:
        """Return the first official code, or the printed number, or None."""
        return self.codes[0][0] if self.codes else self._text_of("enumeration")

    @property
    def title(self) -> str:
        """Return a name for people: the title, or the text, or the end of the IRI."""
        return self.label or self.text or self.iri.rstrip("/#").rpartition("/")[2]

    @property
    def lines(self) -> str | None:
        """Return the lines of the source, such as ``4,6,8-10``."""
        return self._text_of("lines")

    @property
    def page(self) -> str | None:
        """Return the page of the source."""
        return self._text_of("page")

    @property
    def path(self) -> str | None:
        """Return the IRI below the base, such as ``pub-cscf/c01``; None for other IRIs."""
        base = self.home.base
        return self.iri.removeprefix(base) if self.iri.startswith(base) else None

    def statements(self) -> list[tuple[str, list[Node]]]:
        """Return every property with its values: what a page shows under 'all statements'."""
        return [(name, list(self._values(name))) for name in sorted(self._said, key=shorten)]

    def _text_of(self, name: str) -> str | None:
        return self.first(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Resource) and other.iri == self.iri

    def __hash__(self) -> int:
        return hash(self.iri)

    def __repr__(self) -> str:
        code = f"{self.code} " if self.code else ""
        return f"<{self.kind_label} {code}{self.title!r}>"

    def _repr_html_(self) -> str:
        """Return a short view for notebooks; everything is escaped."""
        rows = "".join(
            f"<tr><th>{html.escape(shorten(name))}</th>"
            f"<td>{'<br>'.join(html.escape(str(value)) for value in values)}</td></tr>"
            for name, values in self.statements()
        )
        return f"<table><caption>{html.escape(repr(self)[1:-1])}</caption>{rows}</table>"


class Item(Resource):
    """A framework or a part: something with parts under it."""

    @property
    def _tree(self) -> Tree:
        return self.home.tree(self.graph_name)

    @property
    def parts(self) -> list[Part]:
        """Return the parts directly under this one, in order."""
        return list(self._looked_at(self._tree.children(self.iri)))

    @property
    def size(self) -> int:
        """Return how many parts are below this one."""
        return self._tree.size(self.iri)

    def walk(self) -> Iterator[Part]:
        """Yield every part below this one, parents before their parts, in order."""
        return self._looked_at(self._tree.walk(self.iri))

    def count(self, kind: str | URIRef) -> int:
        """Return how many parts of a kind are below, kinds under it included.

        ``kind`` is an IRI or one of our local names, such as ``Indicator``.
        """
        wanted = self.home.vocabulary.subclasses(
            str(kind if isinstance(kind, URIRef) else COMP[kind])
        )
        return sum(1 for part in self.walk() if part.types & wanted)

    @property
    def kinds(self) -> dict[str, int]:
        """Return the kinds of the parts below, by IRI, with how many there are of each."""
        found: dict[str, int] = {}
        for part in self.walk():
            found[part.kind or ""] = found.get(part.kind or "", 0) + 1
        return dict(sorted(found.items()))

    @property
    def sources(self) -> list[Resource]:
        """Return the documents that this was read from."""
        return [Resource(self.home, str(node), self.graph_name) for node in self.values("source")]

    def read(self) -> None:
        """Read all that the graph says at once, which is for who looks at most of it."""
        _ = self.home.named_graph(self.graph_name).saying

    @cached_property
    def _family(self) -> dict[str, Part]:
        """Return the parts that were looked at from here, so that each is read once."""
        return {}

    def _looked_at(self, iris: Iterable[str]) -> Iterator[Part]:
        """Yield parts of this graph, each of which is looked at once."""
        family, graph = self._family, self.home.named_graph(self.graph_name)
        for iri in iris:
            part = family.get(iri)
            if part is None:
                part = family[iri] = Part(self.home, iri, self.graph_name)
                part.__dict__.update(_family=family, _said=graph.said(iri))
            yield part


class Framework(Item):
    """One framework, the whole or the part of it that is held.

    >>> from competency import KnowledgeGraph
    >>> KnowledgeGraph.shipped().framework("hkqf-111334L3").count("PerformanceCriterion")
    9
    """

    @property
    def description(self) -> str | None:
        """Return what the framework says of itself."""
        return self.in_language(DCTERMS.description)


class Part(Item):
    """Anything inside a framework."""

    @property
    def framework(self) -> Framework:
        """Return the framework that holds this part."""
        value = self.value("inFramework")
        if value is None:
            raise NotFound("framework of", self.iri)
        return Framework(self.home, str(value), self.graph_name)

    @property
    def parent(self) -> Item | None:
        """Return the part or framework above, or None where none is stated."""
        value = self.value("partOf")
        if value is None:
            return None
        found = self.home.resource(str(value))
        return found if isinstance(found, Item) else None

    @property
    def ancestors(self) -> list[Item]:
        """Return what stands above, the framework first; a cycle ends the list."""
        chain: list[Item] = []
        above = self.parent
        while above is not None and above not in chain:
            chain.insert(0, above)
            above = above.parent if isinstance(above, Part) else None
        return chain

    @property
    def position(self) -> int | None:
        """Return the place among the siblings, counted from 1."""
        return self.number("position")

    @property
    def is_negative(self) -> bool:
        """Say whether this is an unhelpful behaviour."""
        return str(COMP.NegativeIndicator) in self.types

    @property
    def leaf(self) -> bool:
        """Say whether nothing stands below."""
        return not self._tree.children(self.iri)


def _iri(name: str | URIRef) -> str:
    """Return the IRI of a property as a plain text, which is equal to no URIRef."""
    return str(name) if isinstance(name, URIRef) else _own_iri(name)


@lru_cache(maxsize=512)
def _own_iri(name: str) -> str:
    return str(COMP[name])


def _language_distance(tag: str, languages: Sequence[str]) -> tuple[int, int, str]:
    """Return how far the language of a text is from those wanted, the most wanted first."""
    tag = tag.lower()
    for place, wanted in enumerate(languages if tag else ()):
        if tag.partition("-")[0] == wanted.partition("-")[0].lower():
            return (place, int(tag != wanted.lower()), tag)
    return (len(languages) + bool(tag), 0, tag)
