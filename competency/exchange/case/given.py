"""A graph as the writer looks at it: what is said of each thing, and fields read back from that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from rdflib import XSD, BNode, Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.fields import CASE, FIELDS, Field, Sort, case, field_name
from competency.exchange.case.identifiers import identifier_of, uri_of
from competency.exchange.case.values import (
    from_json,
    is_json,
    is_moment,
    links_of,
    plain_value,
    tag_of,
    texts_of,
)
from competency.exchange.terms import Row, term
from competency.graph import NamedGraph, to_rdflib
from competency.graph.store import sort_key

_NOT_STATED, _LABEL, _TEXT = term("comp:notStated"), term("rdfs:label"), term("comp:text")
_MODIFIED, _AUTHORED = term("dcterms:modified"), term("pav:authoredOn")
_SEVERAL = (Sort.strings, Sort.texts, Sort.links)
_ODD = (XSD.integer, XSD.double, XSD.boolean)
_DATES = ("dcterms:modified", "dcterms:issued", "dcterms:created")
UNKNOWN_MOMENT = "1970-01-01T00:00:00Z"  # where nothing says when a framework changed


class _Terms(dict[object, Node]):
    """The terms of rdflib for those of a store, each made once: there are very many triples."""

    def __missing__(self, key: object) -> Node:
        found = self[key] = to_rdflib(key)
        return found


class Given:
    """The triples of one framework, by what they are about."""

    def __init__(
        self,
        named: NamedGraph,
        root: str,
        changed: str | None = None,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        """Read the graph; ``changed`` is the moment of last change where the graph says none.

        ``titles`` are those of things in other frameworks, by their IRIs, for links alone.
        """
        self.root, self.titles = URIRef(root), titles or {}
        self.rows: dict[Row, None] = {}
        self._about: dict[Node, dict[Node, list[Node]]] = {}
        terms = _Terms()
        for triple in named.triples:
            thing, prop = terms[triple.subject], terms[triple.predicate]
            value = terms[triple.object]
            self.rows[(thing, prop, value)] = None
            self._about.setdefault(thing, {}).setdefault(prop, []).append(value)
        for about in self._about.values():
            for values in about.values():
                if len(values) > 1:
                    values.sort(key=sort_key)
        self._changed = changed or UNKNOWN_MOMENT

    def values(self, thing: Node, prop: Node) -> list[Node]:
        """Return the values of a property, in a stable order."""
        return self._about.get(thing, {}).get(prop, [])

    def steady(self, thing: Node, prop: Node) -> list[Node]:
        """Return the values of a property, blank nodes last and by what is said of them."""
        return sorted(self.values(thing, prop), key=self._steady)

    def _steady(self, node: Node) -> tuple[bool, tuple[str, ...]]:
        if not isinstance(node, BNode):
            return False, sort_key(node)
        said = [
            str(v)
            for values in self.about(node).values()
            for v in values
            if not isinstance(v, BNode)
        ]
        return True, tuple(sorted(said))

    def about(self, thing: Node) -> dict[Node, list[Node]]:
        """Return all that is said of a thing."""
        return self._about.get(thing, {})

    @property
    def things(self) -> Iterable[Node]:
        """Return everything that something is said of."""
        return self._about.keys()

    def has(self, thing: Node, prop: str, value: Node) -> bool:
        """Say whether a triple is stated."""
        return (thing, term(prop), value) in self.rows

    def not_stated(self, thing: Node, prop: URIRef) -> bool:
        """Say whether it is stated that there is no value."""
        return (thing, _NOT_STATED, prop) in self.rows

    @cached_property
    def by_type(self) -> dict[Node, list[URIRef]]:
        """Return the IRIs by each of their classes, in order."""
        found: dict[Node, list[URIRef]] = {}
        for thing, about in self._about.items():
            if isinstance(thing, URIRef):
                for kind in about.get(term("rdf:type"), ()):
                    found.setdefault(kind, []).append(thing)
        return {kind: sorted(things) for kind, things in found.items()}

    def walk(self) -> Iterator[URIRef]:
        """Yield the parts below the framework by their IRIs, in order, parents first, each once."""
        children: dict[Node, list[URIRef]] = {}
        above = term("comp:partOf")
        for thing, about in self._about.items():
            for parent in about.get(above, ()):
                if isinstance(thing, URIRef):
                    children.setdefault(parent, []).append(thing)
        seen: set[URIRef] = {self.root}
        waiting = [self.root]
        while waiting:
            here = waiting.pop()
            below = sorted(children.get(here, ()), key=self.place)
            fresh = [child for child in below if child not in seen]
            seen.update(fresh)
            waiting.extend(reversed(fresh))
            if here != self.root:
                yield here

    def place(self, thing: URIRef) -> tuple[float, str]:
        """Return what puts siblings in order: their position, then their IRI."""
        values = self.values(thing, term("comp:position"))
        text = str(values[0]) if values else ""
        return (float(text) if text.isdecimal() else float("inf"), str(thing))

    # ------------------------------------------------------------------ the whole framework

    @cached_property
    def sources(self) -> list[URIRef]:
        """Return the files of CASE that the framework was read from."""
        found = links_of(self.values(self.root, term("comp:source")))
        return [one for one in found if self.has(one, "dcterms:conformsTo", URIRef(CASE))]

    @cached_property
    def ours(self) -> bool:
        """Say whether the framework does not come from CASE."""
        return not self.sources

    @cached_property
    def tag(self) -> str:
        """Return the language of the framework: one that is stated and used, else any."""
        stated = [tag for text in self.languages if (tag := tag_of(text))]
        used = (
            self._tags(self.root) or [tag for thing in self._about for tag in self._tags(thing)][:1]
        )
        return next((tag for tag in stated if tag in used), next(iter(stated or used), "en"))

    @property
    def languages(self) -> list[str]:
        """Return the languages that the framework states."""
        return texts_of(self.values(self.root, term("dcterms:language")))

    @property
    def has_language(self) -> bool:
        """Say whether the title of the framework is in a language."""
        return bool(self._tags(self.root))

    def _tags(self, thing: Node) -> list[str]:
        values = [*self.values(thing, _TEXT), *self.values(thing, _LABEL)]
        return [v.language for v in values if isinstance(v, Literal) and v.language]

    def tag_for(self, thing: Node) -> str:
        """Return the language in which a thing is told."""
        stated = [
            tag
            for node in self.values(thing, case("language"))
            if (tag := tag_of(plain_value(node)))
        ]
        if stated:
            return stated[0]
        tags = self._tags(thing)
        return self.tag if self.tag in tags or not tags else tags[0]

    @cached_property
    def modified(self) -> str | None:
        """Return when the framework changed last, as CASE writes it."""
        value = self._moment(self.root)
        if value is not None or not self.ours:
            return value
        for name in _DATES:
            found = [
                text for node in self.values(self.root, term(name)) if (text := as_moment(node))
            ]
            if found:
                return max(found)
        return self._changed

    def _moment(self, thing: Node) -> str | None:
        name = case("lastChangeDateTime")
        stated = self.values(thing, name)
        if stated:
            value = plain_value(stated[0])
            return value if isinstance(value, str) else None
        times = [node for node in self.values(thing, _MODIFIED)
                 if isinstance(node, Literal) and node.datatype == XSD.dateTime]  # fmt: skip
        usable = [str(node) for node in times if self._is_usable(node)]
        return max(usable, default=None)

    def _is_usable(self, node: Literal) -> bool:
        """Say whether CASE can have a moment as it is written; it wants a zone."""
        return as_moment(node) == str(node) if self.ours else is_moment(str(node))

    # ------------------------------------------------------------------ fields

    def identity(self, thing: URIRef) -> dict[str, Any]:
        """Return identifier and uri of a thing."""
        text = str(thing)
        usual = {"identifier": identifier_of(text, ours=self.ours),
                 "uri": uri_of(text, ours=self.ours)}  # fmt: skip
        return {name: self.stated(thing, name, value) for name, value in usual.items()}

    def stated(self, thing: URIRef, name: str, usual: Any = None) -> Any:
        """Return the value that is kept in the namespace of CASE, else the usual one."""
        values = self.values(thing, case(name))
        if values:
            kept, value = from_json(values)
            return value if kept else plain_value(values[0])
        return None if self.not_stated(thing, case(name)) else usual

    def changed(self, thing: URIRef) -> Any:
        """Return when a thing changed last; most changed with the framework."""
        name = "lastChangeDateTime"
        stated = self.values(thing, case(name))
        if stated:
            return from_json(stated)[1] if is_json(stated[0]) else plain_value(stated[0])
        if self.not_stated(thing, case(name)):
            return None
        return self._moment(thing) or self.modified

    def authored(self, thing: URIRef) -> str | None:
        """Return when an alignment was made, if nothing tells when it changed last."""
        if self._moment(thing) or self.not_stated(thing, case("lastChangeDateTime")):
            return None
        found = [text for node in self.values(thing, _AUTHORED) if (text := as_moment(node))]
        return max(found, default=None)

    def field(self, thing: URIRef, known: Field, tag: str) -> Any:
        """Return the value of one field, or None."""
        own = self.values(thing, case(known.name))
        kept, value = from_json(own)
        if kept:
            return value
        if own and known.property != case(known.name):
            return plain_value(own[0])
        values = self.values(thing, known.property)
        if known.property == case(known.name) and known.sort not in _SEVERAL:
            odd = [v for v in values if isinstance(v, Literal) and v.datatype in _ODD]
            if odd:
                return plain_value(odd[0])
        return self._plain(values, known.sort, tag)

    def _plain(self, values: list[Node], sort: Sort, tag: str) -> Any:
        if sort in (Sort.link, Sort.links):
            links = [self.link(end) for end in links_of(values)]
            if sort is Sort.links:
                return links or None
            text = next((plain_value(v) for v in values if isinstance(v, Literal)), None)
            return links[0] if links else text
        if sort is Sort.number:
            return next((plain_value(value) for value in values), None)
        texts = texts_of(values, tag if sort in (Sort.text, Sort.texts) else None)
        if sort in (Sort.texts, Sort.strings):
            return sorted(dict.fromkeys(texts)) or None
        return texts[0] if texts else None

    def fields(self, thing: URIRef, kind: str, tag: str) -> dict[str, Any]:
        """Return the plain fields of an object of CASE."""
        return {known.name: self.field(thing, known, tag) for known in FIELDS[kind]}

    def unknown(self, thing: URIRef, names: Iterable[str]) -> dict[str, Any]:
        """Return fields that CASE does not know and that were kept as they are."""
        known = set(names)
        found: dict[str, Any] = {}
        for prop, values in self.about(thing).items():
            name = field_name(str(prop))
            if name is None or name in known or len(values) != 1:
                continue
            if isinstance(values[0], Literal):
                found[name] = plain_value(values[0])
        return dict(sorted(found.items()))

    # ------------------------------------------------------------------ links

    def title(self, thing: Node) -> str | None:
        """Return what a thing is called, in the language of the framework if it can be."""
        for prop in (_LABEL, _TEXT):
            texts = texts_of(self.values(thing, prop), self.tag)
            if texts and texts[0].strip():
                return texts[0]
        return None

    def link(self, thing: URIRef) -> dict[str, Any]:
        """Return the link to a thing: title, identifier and uri."""
        title = self.title(thing)
        if title is None:
            title = str(thing) if self.ours else ""
        found = {"title": title, **self.identity(thing)}
        return {name: value for name, value in found.items() if value is not None}


def as_moment(node: Node) -> str | None:
    """Return a date as the moment at which it begins, in UTC where no zone is said; or None.

    >>> as_moment(Literal("2012-09", datatype=XSD.gYearMonth))
    '2012-09-01T00:00:00Z'
    """
    if not isinstance(node, Literal):
        return None
    text = str(node)
    ends = {XSD.gYear: "-01-01T00:00:00Z", XSD.gYearMonth: "-01T00:00:00Z",
            XSD.date: "T00:00:00Z", XSD.dateTime: ""}  # fmt: skip
    if node.datatype not in ends:
        return None
    text += ends[node.datatype]
    if (
        node.datatype == XSD.dateTime
        and is_moment(text)
        and text[-1] != "Z"
        and text[-6] not in "+-"
    ):
        text += "Z"
    return text if is_moment(text) else None
