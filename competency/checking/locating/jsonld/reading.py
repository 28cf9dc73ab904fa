"""Walk over JSON-LD, and note where each statement is written; JSON-LD 1.1 API, section 5.1.

A statement's object is at the value that says it, its property at the key, and its subject at the
``@id`` of the node, or at the brace of one without. In a ``@reverse`` the value is the subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from competency.checking.locating.jsonld.contexts import Context, Term
from competency.checking.locating.jsonld.values import coerced, json_literal, scalar
from competency.checking.locating.statements import (
    FIRST,
    NIL,
    REST,
    TYPE,
    Key,
    Written,
    literal,
)
from competency.graph.texts.json_places import Json, Member, Members, Number, scan

_PLAIN = Term(None)
_NEVER_IN_IRIS = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_At = tuple[Key, int]  # a term and its place


def read_jsonld(text: str, base: str) -> Written:
    """Return the statements of a document, graph names passed over.

    What no context explains is a mention of the node around it. Contexts that are addresses are
    not read: all that they would explain is mentions.

    >>> read_jsonld('{"@id": "urn:a", "urn:p": 1}', "").statements[0][:2]
    ('urn:a', 'urn:p')
    """
    reader = _Reader()
    reader.top(scan(text), Context.of(base))
    return reader.written


class _Reader:
    """What was read, and the numbers of blank nodes."""

    def __init__(self) -> None:
        self.written = Written()
        self._labels: dict[str, int] = {}
        self._count = 0

    def top(self, value: Json, context: Context) -> None:
        """Read the nodes of a document or of a graph."""
        for item in _items(value):
            if isinstance(item.value, Members):
                for _ in self._object(item, item.value, _PLAIN, context):
                    pass

    # -- nodes

    def _node(self, node: Json, members: Members, context: Context, given: _At | None) -> _At:
        """Read a node that its contexts were read of; ``given`` is its name, if its key has it."""
        subject = given or self._identity(node, members, context)
        for member in members:
            self._member(subject, member, context)
        return subject

    def _identity(self, node: Json, members: Members, context: Context) -> _At:
        for key, _, value in members:
            if isinstance(value.value, str) and context.meaning(key) == "@id":
                found = self._named(context.reference(value.value))
                return (value.value if found is None else found), value.at
        return self._new(), node.at

    def _member(self, subject: _At, member: Member, context: Context) -> None:
        key, at, value = member
        name = context.meaning(key)
        if name is None or (name[0] != "@" and ":" not in name):
            self.written.mentions.append(subject)
            if context.lost:
                for _ in self._values(value, _PLAIN, context):
                    pass
        elif name[0] != "@":
            self._property(subject, name, member, context)
        elif name == "@type":
            for kind in self._types(value, context):
                self._state(subject, TYPE, at, kind)
        elif name in ("@graph", "@included"):
            self.top(value, context)
        elif name == "@reverse" and isinstance(value.value, Members):
            self._reversed(subject, value.value, context)
        elif name == "@nest":
            for item in _items(value):
                for inner in item.value if isinstance(item.value, Members) else ():
                    self._member(subject, inner, context)

    def _property(self, subject: _At, name: str, member: Member, context: Context) -> None:
        term = context.terms.get(member.key, _PLAIN)
        predicate = self._named(name)
        if predicate is None:
            self.written.mentions.append(subject)
            return
        for found in self._values(member.value, term, context):
            ends = (found, subject) if term.reverse else (subject, found)
            self._state(ends[0], predicate, member.at, ends[1], found[1])

    def _reversed(self, subject: _At, members: Members, context: Context) -> None:
        for key, at, value in members:
            name, term = context.meaning(key), context.terms.get(key, _PLAIN)
            for found in self._values(value, term, context):
                if name is not None:
                    ends = (subject, found) if term.reverse else (found, subject)
                    self._state(ends[0], name, at, ends[1], found[1])

    def _state(
        self, subject: _At, predicate: Key, at: int, other: _At, place: int | None = None
    ) -> None:
        where = other[1] if place is None else place
        self.written.statements.append((subject[0], predicate, other[0], subject[1], at, where))

    def _types(self, value: Json, context: Context) -> Iterator[_At]:
        for item in _items(value):
            if isinstance(item.value, str):
                found = self._named(context.reference(item.value, vocab=True))
                if found is not None:
                    yield found, item.at

    # -- values

    def _values(self, value: Json, term: Term, context: Context) -> Iterator[_At]:
        """Read the values of a property, and yield the term and the place of each."""
        if term.kind == "@json":
            yield json_literal(value), value.at
        elif isinstance(value.value, Members) and term.container & _MAPS:
            yield from self._mapped(value.value, term, context)
        elif "@list" in term.container and not _is_list_object(value, context):
            yield self._list(value, term, context)
        else:
            for item in _items(value):
                yield from self._item(item, term, context)

    def _item(self, item: Json, term: Term, context: Context) -> Iterator[_At]:
        value = item.value
        if isinstance(value, Members):
            found = list(self._object(item, value, term, context))
            yield from [(self._new(), item.at)] if "@graph" in term.container else found
        elif isinstance(value, list):
            yield self._list(item, term, context)
        elif value is not None:
            key = self._scalar(value, term, context)
            if key is not None:
                yield key, item.at

    def _scalar(self, value: str | bool, term: Term, context: Context) -> Key | None:
        """Return the node that a text names under a term for nodes, or else the literal."""
        if term.context is not None:
            context = context.entering(term.context)
        is_text = isinstance(value, str) and not isinstance(value, Number)
        if isinstance(value, str) and is_text and term.kind in ("@id", "@vocab"):
            return self._named(context.reference(value, vocab=term.kind == "@vocab"))
        return coerced(value, term, context)

    def _object(
        self, item: Json, members: Members, term: Term, around: Context, given: _At | None = None
    ) -> Iterator[_At]:
        """Read an object: a value, a list, a set or a node."""
        context = self._entered(members, term, around)
        known = {context.meaning(member.key): member.value for member in members}
        if "@value" in known:
            yield from _value_object(known, context)
        elif "@list" in known:
            yield self._list(known["@list"], term, context, deep=True)
        elif "@set" in known:
            for inner in _items(known["@set"]):
                yield from self._item(inner, term, context)
        else:
            yield self._node(item, members, context, given)

    def _entered(self, members: Members, term: Term, context: Context) -> Context:
        """Return the context inside an object: of its property, its own, and of its types."""
        names = [context.meaning(member.key) for member in members]
        if context.outer is not None and "@value" not in names and names != ["@id"]:
            context = context.outer
        if term.context is not None:
            context = context.entering(term.context)
        for key, _, value in members:
            if key == "@context":
                context = context.entering(value)
        of_types = context
        for name in sorted(_type_names(members, context)):
            found = of_types.terms.get(name)
            if found is not None and found.context is not None:
                context = context.entering(found.context, one_node=True)
        return context

    def _list(self, value: Json, term: Term, context: Context, *, deep: bool = False) -> _At:
        """State a list cell by cell, and return its head; ``deep`` makes one list of arrays."""
        last: _At | None = None
        head: _At = (NIL, value.at)
        for item in _items(value, deep=deep):
            for found in self._item(item, term, context):
                cell = (self._new(), value.at if last is None else found[1])
                if last is None:
                    head = cell
                else:
                    self._state(last, REST, found[1], cell)
                self._state(cell, FIRST, found[1], found)
                last = cell
        if last is not None:
            self._state(last, REST, last[1], (NIL, value.at))
        return head

    # -- maps

    def _mapped(self, members: Members, term: Term, context: Context) -> Iterator[_At]:
        """Read a map by language, index, name or type; section 5.1.2, steps 13.7 and 13.8."""
        for key, at, value in members:
            meaning = context.meaning(key) if key[:1] == "@" or key in context.terms else None
            for item in _items(value):
                if "@language" in term.container:
                    if isinstance(item.value, str):
                        tag = "" if meaning == "@none" else key
                        yield literal(item.value, language=tag), item.at
                elif "@graph" in term.container:
                    self.top(item, context)
                    named = "@id" in term.container and meaning != "@none"
                    name = self._named(context.reference(key)) if named else None
                    yield self._new() if name is None else name, at if named else item.at
                else:
                    yield from self._entry(key, at, item, term, context, meaning == "@none")

    def _entry(
        self, key: str, at: int, item: Json, term: Term, context: Context, nameless: bool
    ) -> Iterator[_At]:
        """Read one node or value of a map by index, name or type."""
        given: _At | None = None
        if "@id" in term.container and not nameless:
            name = self._named(context.reference(key))
            given = None if name is None else (name, at)
        if isinstance(item.value, Members):
            found: Iterable[_At] = self._object(item, item.value, term, context, given)
        else:
            found = self._item(item, term, context)
        for end in found:
            if "@type" in term.container and not nameless:
                kind = self._named(context.reference(key, vocab=True))
                if kind is not None:
                    self._state(end, TYPE, at, (kind, at))
            elif "@index" in term.container and term.index != "@index" and not nameless:
                name = context.meaning(term.index)
                if name is not None:
                    self._state(end, name, at, (literal(key), at))
            yield end

    # -- names

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _named(self, iri: str | None) -> Key | None:
        """Return the key of a node: the number of a blank node, or an absolute IRI."""
        if iri is None or iri[:1] == "@" or _NEVER_IN_IRIS.search(iri):
            return None
        if not iri.startswith("_:"):
            return iri if ":" in iri else None
        if iri not in self._labels:
            self._labels[iri] = self._new()
        return self._labels[iri]


_MAPS = frozenset(("@language", "@index", "@id", "@type"))


def _items(value: Json, *, deep: bool = True) -> Iterator[Json]:
    """Yield the items of an array, those of arrays inside it too, or a value that is none."""
    if isinstance(value.value, list):
        for item in value.value:
            if deep:
                yield from _items(item)
            else:
                yield item
    else:
        yield value


def _is_list_object(value: Json, context: Context) -> bool:
    return isinstance(value.value, Members) and any(
        context.meaning(member.key) == "@list" for member in value.value
    )


def _type_names(members: Members, context: Context) -> Iterator[str]:
    for key, _, value in members:
        if context.meaning(key) == "@type":
            yield from (item.value for item in _items(value) if isinstance(item.value, str))


def _value_object(known: dict[str | None, Json], context: Context) -> Iterator[_At]:
    """Yield the literal that a value object stands for; section 4.2.1 of JSON-LD 1.1."""
    value, kind = known["@value"], known.get("@type")
    named = kind.value if kind is not None and isinstance(kind.value, str) else ""
    datatype = context.reference(named, vocab=True) or "" if named else ""
    language = known.get("@language")
    if datatype == "@json":
        yield json_literal(value), value.at
    elif isinstance(value.value, str | bool):
        tag = language.value if language is not None and isinstance(language.value, str) else ""
        yield scalar(value.value, datatype, tag), value.at
