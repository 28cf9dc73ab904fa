"""What can be found in a graph: its framework and every part, with its words in each language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from competency.graph.saying import Row, Sayings, sayings_of
from competency.graph.store import NamedGraph
from competency.ontology import COMP, PREFIXES, Vocabulary

_TYPE = PREFIXES["rdf"] + "type"
_FRAMEWORK, _PART, _PART_OF, _IN_FRAMEWORK, _POSITION, _CODE, _ENUMERATION, _OCCURRENCE = (
    str(COMP[name])
    for name in (
        "Framework", "Part", "partOf", "inFramework", "position", "code", "enumeration",
        "occurrence",
    )
)  # fmt: skip
_LABELS = tuple(
    PREFIXES[prefix] + name
    for prefix, name in (("rdfs", "label"), ("skos", "prefLabel"), ("dcterms", "title"))
)
_TEXTS = (
    str(COMP.text),
    *(
        PREFIXES[prefix] + name
        for prefix, name in (
            ("dcterms", "description"),
            ("skos", "definition"),
            ("skos", "altLabel"),
            ("comp", "documentType"),
            ("comp", "sector"),
            ("comp", "audience"),
        )
    ),
)
_NOTATION = PREFIXES["skos"] + "notation"
_LANGUAGE = PREFIXES["dcterms"] + "language"
_LEVELS = (str(COMP.atLevel), str(COMP.qualificationLevel))
POLARITIES = {"positive": COMP.PositiveIndicator, "negative": COMP.NegativeIndicator}


@dataclass(frozen=True)
class Wording:
    """The words of a thing in one language: its titles and its texts, a line each."""

    language: str
    label: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A framework or a part as it can be found.

    ``level`` is its own or that of what stands above it, ``parent`` the IRI directly above,
    ``codes`` its official codes and printed number. ``polarity`` is ``negative`` where a thing is
    of both signs by mistake: what is unhelpful must not be offered as helpful.
    """

    iri: str
    framework: str
    kind: str
    level: str | None
    polarity: str | None
    parent: str | None
    codes: tuple[str, ...]
    wordings: tuple[Wording, ...]


class Content:
    """What can be found in one graph, and the titles of its levels.

    [entry.iri for entry in Content(graph, own_vocabulary()).entries()]
    """

    def __init__(
        self, graph: NamedGraph, vocabulary: Vocabulary, said: Sayings | None = None
    ) -> None:
        """Read the triples once, or ``said``, which is what they say."""
        self._rows: dict[str, Row] = (said or sayings_of(graph.triples)).rows
        self._name, self._vocabulary = graph.name, vocabulary
        self._parts = vocabulary.subclasses(_PART)
        self._signs = {
            iri: sign for sign, top in POLARITIES.items() for iri in vocabulary.subclasses(str(top))
        }
        self._levels: dict[str, str | None] = {}

    def entries(self) -> Iterator[Entry]:
        """Yield every framework and part, each after what stands above it, in their order."""
        for iri in self._in_order():
            row = self._rows[iri]
            types = set(_iris(row, _TYPE))
            framework = _first(row, _IN_FRAMEWORK)
            yield Entry(
                iri=iri,
                framework=iri if _FRAMEWORK in types else framework or self._name,
                kind=self._vocabulary.kind_of(types) or _PART,
                level=self._level(iri),
                polarity=self._polarity(types),
                parent=_first(row, _PART_OF),
                codes=tuple(dict.fromkeys(self._codes(row))),
                wordings=tuple(self._wordings(row, framework or iri)),
            )

    def labels(self) -> Iterator[tuple[str, str, str]]:
        """Yield IRI, language and title of the levels that entries are at."""
        for level in sorted({level for level in self._levels.values() if level}):
            for text in _texts(self._rows[level], _LABELS) if level in self._rows else ():
                yield level, text.language or "", text.value

    def _polarity(self, types: set[str]) -> str | None:
        """Return the sign of a thing: negative wherever one is, which a fault never makes good."""
        signs = {self._signs[item] for item in types if item in self._signs}
        return next((sign for sign in ("negative", "positive") if sign in signs), None)

    def _in_order(self) -> Iterator[str]:
        """Yield what can be found as it stands in the tree; circles and strays come last."""
        found = [iri for iri, row in self._rows.items() if self._can_be_found(row)]
        below: dict[str | None, list[str]] = defaultdict(list)
        known = set(found)
        for iri in sorted(found, key=lambda iri: (self._position(iri), iri)):
            parent = _first(self._rows[iri], _PART_OF)
            below[parent if parent in known else None].append(iri)
        seen: set[str] = set()
        waiting = [*sorted(found, reverse=True), *reversed(below[None])]
        while waiting:
            iri = waiting.pop()
            if iri not in seen:
                seen.add(iri)
                yield iri
                waiting += reversed(below[iri])

    def _can_be_found(self, row: Row) -> bool:
        types = set(_iris(row, _TYPE))
        return _FRAMEWORK in types or bool(types & self._parts)

    def _position(self, iri: str) -> float:
        found = _texts(self._rows[iri], (_POSITION,))
        try:
            return float(found[0].value) if found else float("inf")
        except ValueError:
            return float("inf")

    def _level(self, iri: str) -> str | None:
        """Return the level that a part is at, or the nearest part above it that has one."""
        way: list[str] = []
        above: str | None = iri
        while above in self._rows and above not in self._levels and above not in way:
            way.append(above)
            found = [level for name in _LEVELS for level in _iris(self._rows[above], name)]
            if found:
                self._levels[above] = found[0]
                break
            above = _first(self._rows[above], _PART_OF)
        level = self._levels.get(above) if above else None
        self._levels.update(dict.fromkeys(way, level))
        return level

    def _codes(self, row: Row) -> Iterator[str]:
        for node in row.get(_CODE, ()):
            name = getattr(node, "value", "")
            if not isinstance(node, ox.Literal) and name in self._rows:
                yield from (text.value for text in _texts(self._rows[name], (_NOTATION,)))
        for text in _texts(row, (_NOTATION, _ENUMERATION)):
            yield text.value

    def _wordings(self, row: Row, framework: str) -> Iterator[Wording]:
        """Yield the words by language; those without one go with the first that has one."""
        labels, texts = _worded(row, _LABELS), _worded(row, _TEXTS)
        for node in row.get(_OCCURRENCE, ()):
            if (name := getattr(node, "value", "")) in self._rows:
                texts += _worded(self._rows[name], (*_LABELS, *_TEXTS))
        languages = sorted({tag for _, tag in (*labels, *texts) if tag})
        own = self._language(framework)
        untagged = next((tag for tag in languages if tag == own), (languages or [own])[0])
        for language in languages or [untagged]:
            tags = (language, None) if language == untagged else (language,)
            yield Wording(
                language,
                "\n".join(dict.fromkeys([text for text, tag in labels if tag in tags])),
                "\n".join(dict.fromkeys([text for text, tag in texts if tag in tags])),
            )

    def _language(self, framework: str) -> str:
        """Return the one language that a framework says it is in, or an empty text."""
        found = _texts(self._rows[framework], (_LANGUAGE,)) if framework in self._rows else []
        return found[0].value if len(found) == 1 else ""


def _iris(row: Row, predicate: str) -> list[str]:
    found = row.get(predicate)
    return [term.value for term in found if isinstance(term, ox.NamedNode)] if found else []


def _first(row: Row, predicate: str) -> str | None:
    for term in row.get(predicate, ()):
        if isinstance(term, ox.NamedNode):
            return term.value
    return None


def _texts(row: Row, predicates: tuple[str, ...]) -> list[ox.Literal]:
    return [
        term
        for predicate in predicates
        if predicate in row
        for term in row[predicate]
        if isinstance(term, ox.Literal)
    ]


def _worded(row: Row, predicates: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """Return texts with their languages, which a term gives anew whenever it is asked."""
    return [(text.value, text.language) for text in _texts(row, predicates)]
