"""What of a framework is aligned: what asks something of people, with its words and its place.

Headings, notes, scope and the opening words of lists ask nothing of anybody and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDFS, Literal, URIRef

from competency.graph import Framework, Item, KnowledgeGraph, Part
from competency.ontology import COMP

_KINDS = ("Statement", "Competency", "CompetencyLevel")
_NOT = ("Scope", "Note")
_DEEPEST = 20  # titles of a place


@dataclass(frozen=True)
class Statement:
    """A part that can be aligned, in one language.

    ``place`` has the titles of what stands above it, the framework's first; ``code`` and
    ``section`` (lines, page or section) say where it is in the document.
    """

    iri: str
    framework: str
    kind: str
    text: str
    language: str
    place: tuple[str, ...] = ()
    code: str | None = None
    section: str | None = None
    is_unhelpful: bool = False
    is_knowledge: bool = False


class Gatherer:
    """Finds what can be aligned; for one graph.

    >>> graph = KnowledgeGraph.shipped()
    >>> found = Gatherer(graph).statements(graph.framework("pub-cscf"))
    >>> next(item.text for item in found if item.code == "06")
    'Partner Customers for Longer Term Interest'
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        """Work out which kinds are aligned, subclasses and all."""
        below = graph.vocabulary.subclasses
        left_out = {kind for name in _NOT for kind in below(str(COMP[name]))}
        self._kinds = {kind for name in _KINDS for kind in below(str(COMP[name]))} - left_out
        self._unhelpful = below(str(COMP.NegativeIndicator))
        self._knowledge = below(str(COMP.KnowledgeStatement))
        self._left_out = left_out

    def statements(self, framework: Framework) -> Iterator[Statement]:
        """Yield what can be aligned of a framework in order, once for each language it is in."""
        parts = list(framework.walk())
        opening = {str(iri) for part in (framework, *parts) for iri in part.values("leadIn")}
        titles: dict[str, tuple[str, ...]] = {framework.iri: (framework.title,)}
        languages = framework.languages
        for part in parts:
            above = titles.get(str(part.value("partOf")), titles[framework.iri])
            titles[part.iri] = (*above, part.title)[:_DEEPEST]
            if part.iri in opening or not self._is_aligned(part):
                continue
            for language, text in _texts(part, languages[0] if languages else "").items():
                yield self._statement(part, framework.iri, above, language, text)

    def _is_aligned(self, part: Part) -> bool:
        return bool(part.types & self._kinds) and not part.types & self._left_out

    def _statement(
        self, part: Part, framework: str, place: tuple[str, ...], language: str, text: str
    ) -> Statement:
        return Statement(
            iri=part.iri,
            framework=framework,
            kind=part.kind or "",
            text=text,
            language=language,
            place=place,
            code=part.code,
            section=_section(part),
            is_unhelpful=bool(part.types & self._unhelpful),
            is_knowledge=bool(part.types & self._knowledge)
            or URIRef(COMP.Knowing) in part.values("aspect"),
        )


def _texts(part: Item, untagged: str) -> dict[str, str]:
    """Return what a part says by language: its title and its text, as one."""
    found: dict[str, list[str]] = {}
    for name in (RDFS.label, COMP.text):
        for value in part.values(name):
            if isinstance(value, Literal) and str(value).strip():
                language = (value.language or untagged).partition("-")[0].lower()
                found.setdefault(language, []).append(str(value).strip())
    return {language: ": ".join(dict.fromkeys(texts)) for language, texts in found.items()}


def _section(part: Item) -> str | None:
    for name, said in (("lines", "lines"), ("page", "page"), ("section", "")):
        if (value := part.value(name)) is not None:
            return f"{said} {value}".strip()
    return None
