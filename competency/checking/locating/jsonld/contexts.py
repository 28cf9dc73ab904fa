"""Contexts of JSON-LD: what keys, types and values mean; JSON-LD 1.1 API, sections 4 and 5.2.

Only what is in the document is read: nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from competency.checking.locating.iris import is_absolute, resolve
from competency.graph.texts.json_places import Json, Members

KEYWORDS = frozenset(
    f"@{word}"
    for word in (
        *("base", "container", "context", "direction", "graph", "id", "import", "included"),
        *("index", "json", "language", "list", "nest", "none", "prefix", "propagate"),
        *("protected", "reverse", "set", "type", "value", "version", "vocab"),
    )
)
_LIKE_KEYWORD = re.compile(r"@[A-Za-z]+")
_DEEPEST = 40  # terms defined by terms, and contexts inside contexts; guarding allows fewer


@dataclass(frozen=True)
class Term:
    """What a context says of a term. ``kind`` is what its values are coerced to."""

    iri: str | None
    reverse: bool = False
    kind: str = ""
    container: frozenset[str] = frozenset()
    language: str | None = None  # "" says that values have none
    index: str = "@index"
    context: Json | None = None
    prefix: bool = False


@dataclass(frozen=True)
class Context:
    """What is in force at a place of a document. It never changes: a new one is made of it.

    ``lost`` says that a context was an address and is not known, ``outer`` is the context to
    return to in the next node, where this one holds for one node only.
    """

    base: str
    document: str
    terms: dict[str, Term] = field(default_factory=dict)
    vocab: str | None = None
    language: str = ""
    lost: bool = False
    outer: Context | None = None
    _known: dict[str, str | None] = field(default_factory=dict, compare=False)
    _read: dict[int, Context] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, base: str) -> Context:
        """Return the context that a document begins with: ``Context.of(base)``."""
        return cls(base, base)

    def meaning(self, key: str) -> str | None:
        """Return the keyword or IRI that a key or type means, None where it means nothing.

        >>> Context("", "", {"id": Term("@id")}, "urn:v:").meaning("id")
        '@id'
        """
        if key not in self._known:
            found = self._expand(key, vocab=True)
            self._known[key] = found
        return self._known[key]

    def reference(self, value: str, *, vocab: bool = False) -> str | None:
        """Return the IRI of a node that a value names, relative to the base.

        >>> Context("https://example.org/", "").reference("a")
        'https://example.org/a'
        """
        return self._expand(value, vocab=vocab, relative=True)

    def _expand(self, value: str, *, vocab: bool, relative: bool = False) -> str | None:
        """Expand an IRI; section 5.2."""
        if value in KEYWORDS:
            return value
        if _LIKE_KEYWORD.fullmatch(value):
            return None
        term = self.terms.get(value)
        if term is not None and (vocab or (term.iri or "") in KEYWORDS):
            return term.iri
        prefix, colon, name = value.partition(":")
        if colon and prefix:
            if prefix == "_" or name.startswith("//"):
                return value
            start = self.terms.get(prefix)
            if start is not None and start.prefix and start.iri:
                return start.iri + name
            if is_absolute(value):
                return value
        if vocab and self.vocab is not None:
            return self.vocab + value
        return resolve(self.base, value) if relative and self.base else None

    def entering(self, local: Json, *, one_node: bool = False) -> Context:
        """Return the context in force after a ``@context``; section 4.1.

        ``one_node`` says that it holds for this node only, as that of a type does:
        ``context.entering(term.context, one_node=True)``.
        """
        if local.at not in self._read:
            self._read[local.at] = self._entered(local, 0)
        found = self._read[local.at]
        parts = local.value if isinstance(local.value, list) else [local]
        for part in parts:
            if isinstance(part.value, Members):
                for key, _, value in part.value:
                    if key == "@propagate":
                        one_node = value.value is False
        if one_node:
            return replace(found, outer=self.outer or self)
        return found

    def _entered(self, local: Json, depth: int) -> Context:
        value = local.value
        if value is None:
            return Context(self.document, self.document, outer=self.outer)
        if isinstance(value, Members):
            return _Making(self, value).made()
        if isinstance(value, list) and depth < _DEEPEST:
            found = self
            for part in value:
                found = found._entered(part, depth + 1)
            return found
        return replace(self, lost=True, _known={}, _read={})


class _Making:
    """A context while its terms are defined, each when it is first needed; section 4.2."""

    def __init__(self, active: Context, local: Members) -> None:
        self._local = {key: value for key, _, value in local}
        self._context = replace(active, terms=dict(active.terms), _known={}, _read={})
        self._begun: set[str] = set()

    def made(self) -> Context:
        """Define everything, and return the context."""
        base, vocab = self._local.get("@base"), self._local.get("@vocab")
        language = self._local.get("@language")
        if base is not None:
            found = base.value if isinstance(base.value, str) else None
            iri = "" if found is None else resolve(self._context.base, found)
            self._context = replace(self._context, base=iri)
        if vocab is not None:
            self._context = replace(self._context, vocab=self._vocabulary(vocab))
        if language is not None:
            text = language.value if isinstance(language.value, str) else ""
            self._context = replace(self._context, language=text)
        for term in self._local:
            self._define(term)
        return self._context

    def _vocabulary(self, value: Json) -> str | None:
        if not isinstance(value.value, str):
            return None
        if value.value == "":
            return self._context.vocab or self._context.base
        return self._iri(value.value, relative=True)

    def _iri(self, value: str, depth: int = 0, *, relative: bool = False) -> str | None:
        """Expand an IRI inside a context, defining first what it needs."""
        for name in (value, value.partition(":")[0]):
            self._define(name, depth)
        return self._context._expand(value, vocab=True, relative=relative)

    def _define(self, term: str, depth: int = 0) -> None:
        if term in self._local and term not in self._begun and depth < _DEEPEST:
            self._begun.add(term)
            self._context.terms.pop(term, None)
            if term not in KEYWORDS or term == "@type":
                self._context.terms[term] = self._term(term, self._local[term], depth + 1)

    def _term(self, term: str, definition: Json, depth: int) -> Term:
        value = definition.value
        if isinstance(value, str):
            return self._simple(term, value, depth)
        if not isinstance(value, Members):
            return Term(None)
        parts = {key: part for key, _, part in value}
        reverse = _string(parts.get("@reverse"))
        named = parts.get("@id")
        if reverse is not None:
            iri = self._iri(reverse, depth)
        elif named is None or _string(named) == term:
            self._define(term.partition(":")[0], depth)
            iri = self._context._expand(term, vocab=True)
        else:
            text = _string(named)
            iri = None if text is None else self._iri(text, depth)
        kind, language = _string(parts.get("@type")), parts.get("@language")
        return Term(
            iri,
            reverse=reverse is not None,
            kind="" if kind is None else self._iri(kind, depth) or kind,
            container=frozenset(_strings(parts.get("@container"))),
            language=None if language is None else _string(language) or "",
            index=_string(parts.get("@index")) or "@index",
            context=parts.get("@context"),
            prefix=parts["@prefix"].value is True if "@prefix" in parts else _ends_openly(iri),
        )

    def _simple(self, term: str, value: str, depth: int) -> Term:
        """Return a term that is defined by an IRI alone."""
        if value == term:
            return Term(self._context._expand(term, vocab=True))
        iri = self._iri(value, depth)
        return Term(iri, prefix=_ends_openly(iri))


def _ends_openly(iri: str | None) -> bool:
    """Say whether an IRI can be a prefix: it ends with a sign that parts IRIs."""
    return iri is not None and iri[-1:] in tuple(":/?#[]@")


def _string(value: Json | None) -> str | None:
    return value.value if value is not None and isinstance(value.value, str) else None


def _strings(value: Json | None) -> Iterator[str]:
    if value is not None:
        for item in value.value if isinstance(value.value, list) else [value]:
            if isinstance(item.value, str):
                yield item.value
