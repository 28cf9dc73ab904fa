"""The shapes as they are published: those of our vocabulary, and those of each other profile.

A profile has a page and a document of its own. Whoever takes our shapes does not get the rules of
SKOS or CASE with them, which would find fault with data that are none of theirs.
"""

from __future__ import annotations

from functools import cached_property

from rdflib import SH, Graph

from competency._files import folder
from competency.checking.profiles import PROFILES, ValidationProfile
from competency.formats import by_name
from competency.graph import NamedGraph
from competency.graph.loading import named_graphs
from competency.ontology import PREFIXES, SHAPES_IRI

OWN = PROFILES[0]
OTHERS = PROFILES[1:]


class Rulebook:
    """The shapes of one profile, as written.

    >>> Rulebook(OWN).names >= {"FrameworkTitle"}
    True
    """

    def __init__(self, profile: ValidationProfile) -> None:
        """Read nothing yet."""
        self.profile = profile

    @property
    def iri(self) -> str:
        """Return the IRI of the document that holds these shapes."""
        return SHAPES_IRI if self.profile is OWN else f"{SHAPES_IRI}/{self.profile.name}"

    @cached_property
    def files(self) -> tuple[tuple[str, bytes], ...]:
        """Return the name of each file and its bytes."""
        found = (p for name in self.profile.files for p in sorted(folder("shapes").glob(name)))
        return tuple((path.stem, path.read_bytes()) for path in found)

    @cached_property
    def graphs(self) -> tuple[tuple[str, Graph], ...]:
        """Return the name of each file and its graph; treat them as read-only."""
        return tuple((name, Graph().parse(data=data, format="turtle")) for name, data in self.files)

    @cached_property
    def data(self) -> NamedGraph:
        """Return the shapes of all files as authored, in one graph."""
        triples = [
            triple
            for name, data in self.files
            for found in named_graphs(data, by_name("turtle"), name, SHAPES_IRI)
            for triple in found.triples
        ]
        return NamedGraph(self.iri, triples)

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the local names of the rules."""
        rules = {str(rule) for _, graph in self.graphs for rule in graph.subjects(SH.severity)}
        return frozenset(rule.removeprefix(PREFIXES["compsh"]) for rule in rules)


class Library:
    """The rulebooks of all profiles.

    >>> Library().of_rule("SkosPrefLabel").profile.name
    'skos'
    """

    def __init__(self) -> None:
        """Take all profiles; nothing is read yet."""
        self.books = {profile.name: Rulebook(profile) for profile in PROFILES}

    @property
    def own(self) -> Rulebook:
        """Return the shapes of our own vocabulary."""
        return self.books[OWN.name]

    @property
    def others(self) -> tuple[Rulebook, ...]:
        """Return the shapes of the other profiles."""
        return tuple(self.books[profile.name] for profile in OTHERS)

    @cached_property
    def everything(self) -> NamedGraph:
        """Return the shapes of all profiles in one graph, to look up single ones in."""
        books = self.books.values()
        return NamedGraph(SHAPES_IRI, (triple for book in books for triple in book.data.triples))

    def of_rule(self, name: str) -> Rulebook:
        """Return the rulebook that a rule is in; our own for a name that is none."""
        return next((book for book in self.others if name in book.names), self.own)
