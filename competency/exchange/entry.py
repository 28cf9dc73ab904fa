"""One thing of a named graph, and one part with its place in the tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.terms import iris, literals, term
from competency.ontology import COMP, PREFIXES, Vocabulary

if TYPE_CHECKING:
    from competency.exchange.outline import Outline

_TYPE = PREFIXES["rdf"] + "type"
_COMP = str(COMP)
# What a part is for, by the nearest of these classes.
_ROLES = {
    _COMP + name: role
    for name, role in {
        "Group": "group",
        "Competency": "competency",
        "CompetencyLevel": "level",
        "AssessmentCriterion": "assessment",
        "NegativeIndicator": "negative",
        "PositiveIndicator": "requirement",
        "PerformanceCriterion": "requirement",
        "KnowledgeStatement": "requirement",
        "Indicator": "text",  # nobody said whether it is helpful
        "Descriptor": "text",
        "Scope": "text",
        "Note": "text",
        "Statement": "requirement",
        "Part": "requirement",
    }.items()
}

_GROUPS = {"negative": "negatives", "assessment": "assessments", "text": "texts"}


class Thing:
    """What a named graph says of one thing: values by property, ``comp:text`` for example."""

    def __init__(self, node: Node, about: Mapping[str, tuple[Node, ...]]) -> None:
        """Keep the term of the thing and its values by the IRI of the property."""
        self.node, self.about = node, about

    @cached_property
    def iri(self) -> str:
        """Return the IRI, or the name of a blank node."""
        return str(self.node)

    def values(self, name: str) -> tuple[Node, ...]:
        """Return the values of a property, in a stable order."""
        return self.about.get(str(term(name)), ())

    def texts(self, *names: str) -> list[Literal]:
        """Return the texts and numbers of the first of these properties that has any."""
        return next((found for name in names if (found := literals(self.values(name)))), [])

    def links(self, *names: str) -> list[URIRef]:
        """Return the IRIs that these properties lead to."""
        return [link for name in names for link in iris(self.values(name))]

    def first(self, name: str) -> str | None:
        """Return the first value of a property as a string, or None."""
        return next((str(value) for value in self.values(name)), None)

    @property
    def types(self) -> set[str]:
        """Return the IRIs of the classes that are stated."""
        return {str(value) for value in self.about.get(_TYPE, ())}


class Entry(Thing):
    """A framework or a part, with its place in the tree."""

    def __init__(self, outline: Outline, thing: Thing) -> None:
        """Read a thing as a member of ``outline``."""
        super().__init__(thing.node, thing.about)
        self.outline = outline

    @cached_property
    def kind(self) -> str:
        """Return the IRI of the most specific of our classes."""
        return self.outline.graph.vocabulary.kind_of(self.types) or _COMP + "Part"

    @cached_property
    def role(self) -> str:
        """Return what the part is for.

        One of framework, group, competency, level, requirement, assessment, negative and text.
        A group of nothing but unhelpful behaviours is ``negatives``, one of nothing but
        assessment criteria ``assessments``, one of nothing but texts ``texts``. A level or a
        scale, which is no part, is ``other``.
        """
        return self._role_of_group() if self.by_class == "group" else self.by_class

    @cached_property
    def by_class(self) -> str:
        """Return the role by class alone; to be unhelpful outweighs everything else."""
        return role_of(self.types, self.outline.graph.vocabulary)

    def _role_of_group(self) -> str:
        held = self.outline.held(self.iri) - {"group"}
        return _GROUPS.get(" ".join(held - {"text"} or held), "group")

    @cached_property
    def parent(self) -> Entry | None:
        """Return the part or framework above, where it is held."""
        above = next(iter(self.links("comp:partOf")), None)
        return self.outline.entry(str(above)) if above else None

    @property
    def above(self) -> list[Entry]:
        """Return what stands above, the nearest first; a circle ends it."""
        return list(self.upwards())

    def upwards(self) -> Iterator[Entry]:
        """Yield what stands above, the nearest first, no further than is asked for."""
        seen: set[str] = set()
        here = self.parent
        while here is not None and here is not self and here.iri not in seen:
            yield here
            seen.add(here.iri)
            here = here.parent

    @cached_property
    def parts(self) -> list[Entry]:
        """Return the parts directly below, in order."""
        return list(self.outline.parts(self.iri))

    @cached_property
    def leads(self) -> list[Entry]:
        """Return the parts whose words are said to open this one, or what it holds."""
        found = (self.outline.entry(str(iri)) for iri in self.links("comp:leadIn"))
        return [lead for lead in found if lead is not None]

    @cached_property
    def numbered(self) -> bool:
        """Say whether a number is printed before any of the parts directly below."""
        return any(part.values("comp:enumeration") for part in self.parts)

    @cached_property
    def notes(self) -> list[Entry]:
        """Return the texts that speak of this part: those below it, and below texts below it."""
        found: list[Entry] = []
        seen, waiting = {self.iri}, self.parts[::-1]
        while waiting:
            part = waiting.pop()
            if part.iri not in seen and part.role in ("text", "texts"):
                seen.add(part.iri)
                found += [part] if part.role == "text" or part.texts("comp:text") else []
                waiting += part.parts[::-1]
        return found

    @property
    def holder(self) -> Entry | None:
        """Return what a text speaks of: the nearest part above that is no text itself."""
        return next((item for item in self.upwards() if item.role not in ("text", "texts")), None)


def role_of(types: set[str], vocabulary: Vocabulary) -> str:
    """Return the role of what is of these classes, see :attr:`Entry.by_class`.

    >>> from competency.ontology import own_vocabulary
    >>> role_of({_COMP + "Group"}, own_vocabulary()), role_of(set(), own_vocabulary())
    ('group', 'requirement')
    """
    if _COMP + "Framework" in types:
        return "framework"
    if _COMP + "NegativeIndicator" in types:
        return "negative"
    kind = vocabulary.kind_of(types) or _COMP + "Part"
    line = (kind, *vocabulary.superclasses(kind))
    return next((_ROLES[name] for name in line if name in _ROLES), "other")
