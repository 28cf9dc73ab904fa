"""Realistic frameworks of any number, made from a seed: the same seed, the same triples.

Each has about 2,000 triples and is built in the style of one of the five shipped frameworks; one
in three is in French as well, but for every other title and text. Organisations and a scale of
qualification levels are described once in a graph that all share, and frameworks side by side
are aligned in graphs of their own. The shapes find nothing in them
but the faults that were put there, of which it is known which shape finds them where.

    made = Frameworks(100_000, faults=190)
    for graph in made.graphs(): ...
    made.expected()       # {(focus, name of the shape), ...}
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from competency.graph import NamedGraph
from competency.ontology import PREFIXES
from tests.bench.wording import heading, phrase, sentence, title

BASE = "https://example.org/made/"
SHARED = BASE + "shared"
ISSUERS = [f"{SHARED}/org/{n}" for n in range(1, 6)]
LEVELS = [f"{SHARED}/levels/{n}" for n in range(1, 5)]
SIZE = 2_000  # triples of a framework, about
ALIGNMENTS = 12  # between two frameworks
BILINGUAL = 3  # one in so many frameworks is in French as well
UNTRANSLATED = 4  # so many titles, and as many texts, come before the first that is in French
DEEP = 6  # so many clusters stand one in the other
CHAIN = 16  # so many frameworks are aligned end to end, part by part
_STEPS = ("Beginner", "Skilled", "Expert", "Master")

Term = ox.NamedNode | ox.Literal
Things = dict[str, dict[str, list[Term]]]
Pair = tuple[str, str]  # focus or offender, and the local name of the shape


@cache
def iri(name: str) -> ox.NamedNode:
    """Return a term from a prefixed name or a whole IRI."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else name)


def words(text: str) -> ox.Literal:
    """Return a text in English."""
    return ox.Literal(text, language="en")


def french(text: str) -> ox.Literal:
    """Return a text in French."""
    return ox.Literal(text, language="fr")


def number(value: int) -> ox.Literal:
    """Return a whole number."""
    return ox.Literal(str(value), datatype=iri("xsd:integer"))


@dataclass
class Draft:
    """A framework in the making: what is said of each thing, and the parts of each kind."""

    name: str
    chance: random.Random
    number: int
    things: Things = field(default_factory=lambda: defaultdict(dict))
    parts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    children: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    size: int = 0
    said: Counter[str] = field(default_factory=Counter)
    touched: set[str] = field(default_factory=set)  # by faults or alignments

    def say(self, subject: str, **values: Term | str | list[Term]) -> None:
        """Say things of a subject; ``comp_text=...`` stands for comp:text."""
        for key, value in values.items():
            found = value if isinstance(value, list) else [value]
            terms = [iri(item) if isinstance(item, str) else item for item in found]
            self.things[subject].setdefault(key.replace("_", ":", 1), []).extend(terms)
            self.size += len(terms)

    def part(self, kind: str, parent: str, **values: Term | str | list[Term]) -> str:
        """Add a part under a parent, in the next position, and return its IRI."""
        position = len(self.children[parent]) + 1
        part = f"{parent}/{position}"
        self.children[parent].append(part)
        self.parts[kind].append(part)
        line = ox.Literal(str(sum(map(len, self.children.values())) + 4))
        self.say(
            part,
            rdf_type="comp:" + kind,
            comp_inFramework=self.name,
            comp_partOf=parent,
            comp_position=number(position),
            comp_lines=line,
            **values,
        )
        return part

    def titled(self, kind: str, parent: str, **values: Term | str) -> str:
        """Add a part that has a title."""
        self.said["title"] += 1
        place = self.said["title"]
        found = [words(title(self.number, place))]
        if self.translated(place):
            found.append(french(heading(place)))
        return self.part(kind, parent, rdfs_label=[*found], **values)

    def statement(self, kind: str, parent: str, **values: Term | str) -> str:
        """Add a part that has a text."""
        self.said["text"] += 1
        place, negative = self.said["text"], kind == "NegativeIndicator"
        found = [words(sentence(self.number, place, negative=negative))]
        if self.translated(place):
            found.append(french(phrase(self.number, place, negative=negative)))
        return self.part(kind, parent, comp_text=[*found], comp_wording="comp:Reworded", **values)

    def translated(self, place: int) -> bool:
        """Return whether what is said at a place is said in French as well.

        Never is most of a framework, whatever a fault takes out: else the rest is a fault, too.
        """
        return self.number % BILINGUAL == 1 and place % 2 == 0 and place > UNTRANSLATED

    def coded(self, part: str, code: str) -> None:
        """Give a part a code, issued by an organisation that is described elsewhere."""
        node = part + "/code"
        self.say(part, comp_code=node)
        issuer = ISSUERS[self.number % len(ISSUERS)]
        notation = ox.Literal(code)
        self.say(node, rdf_type="comp:Code", skos_notation=notation, comp_issuedBy=issuer)
        self.parts["Code"].append(node)

    def graph(self) -> NamedGraph:
        """Return the framework as a named graph."""
        return named_graph(self.name, self.things)


def named_graph(name: str, things: Things) -> NamedGraph:
    """Return what is said of things as a named graph."""
    return NamedGraph(
        name,
        (
            ox.Triple(subject, predicate, value)
            for thing, values in things.items()
            for subject in [ox.NamedNode(thing)]
            for key, terms in values.items()
            for predicate in [iri(key)]
            for value in terms
        ),
    )


def framework(number: int, seed: int = 1, size: int = SIZE) -> Draft:
    """Return a framework without a fault."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311
    draft = Draft(f"{BASE}f{number}", chance, number)
    source = draft.name + "/source"
    draft.say(
        draft.name,
        rdf_type="comp:Framework",
        rdfs_label=words(f"Standard {number} for the {title(number, 0).lower()} trade"),
        dcterms_description=words("Made for measuring; nobody works by it."),
        dcterms_language=[ox.Literal("en"), *_other_language(number)],
        comp_extent="comp:Whole",
        comp_source=source,
        dcterms_publisher=ISSUERS[number % len(ISSUERS)],
        dcterms_issued=ox.Literal("2024", datatype=iri("xsd:gYear")),
        dcterms_license="https://www.apache.org/licenses/LICENSE-2.0",
        comp_lines=ox.Literal("1-3"),
    )
    draft.say(
        source,
        rdf_type="comp:Source",
        rdfs_label=words(f"Text of standard {number}"),
        comp_lineCount=ox.Literal("5000", datatype=iri("xsd:integer")),
        comp_sha256=ox.Literal(f"{number:064x}"),
    )
    style = STYLES[number % len(STYLES)]
    block = 0
    while draft.size < size:
        block += 1
        style(draft, block)
    draft.touched.update(_ends(draft, 0), _ends(draft, 3))
    return draft


def _other_language(number: int) -> list[Term]:
    return [ox.Literal("fr")] if number % BILINGUAL == 1 else []


# ------------------------------------------------------------------ the five styles


def _units(draft: Draft, block: int) -> None:
    """Add a unit with performance criteria, knowledge and a lead-in."""
    unit = draft.titled("UnitOfCompetency", draft.name, comp_qualificationLevel=LEVELS[block % 4])
    draft.coded(unit, f"RET {draft.number}.{block}")
    credit = unit + "/credit"
    draft.say(unit, comp_credit=credit)
    draft.say(credit, rdf_type="comp:Credit", comp_creditValue=number(3 + block % 4))
    draft.say(credit, comp_notStated="comp:creditScheme")
    draft.parts["Credit"].append(credit)
    for kind, many in (("PerformanceCriterion", 9), ("KnowledgeStatement", 11)):
        group = draft.titled("Group", unit)
        lead_in = draft.statement("Note", group)
        draft.say(group, comp_leadIn=lead_in)
        for place in range(many):
            draft.statement(kind, group, comp_enumeration=ox.Literal(str(place + 1)))


def _levels(draft: Draft, block: int) -> None:
    """Add a competency at four levels, each with a descriptor and indicators."""
    scale = draft.name + "/scale"
    if block == 1:
        draft.say(scale, rdf_type="comp:LevelScale", rdfs_label=words("Levels of the trade"))
        draft.say(scale, comp_cumulative=ox.Literal("true", datatype=iri("xsd:boolean")))
        for rank in range(1, 5):
            level = f"{scale}/{rank}"
            draft.say(level, rdf_type="comp:Level", comp_inScale=scale, comp_rank=number(rank))
            draft.say(level, rdfs_label=words(_STEPS[rank - 1]))
            draft.parts["Level"].append(level)
    competency = draft.titled("Competency", draft.name)
    for rank in range(1, 5):
        at = draft.titled("CompetencyLevel", competency, comp_atLevel=f"{scale}/{rank}")
        draft.statement("Descriptor", at)
        for _ in range(5):
            draft.statement("PositiveIndicator", at)


def _clusters(draft: Draft, block: int) -> None:
    """Add a cluster of competencies with helpful and unhelpful behaviours, some deep in others."""
    outer = draft.parts["Group"][-1] if block % DEEP != 1 else draft.name
    cluster = draft.titled("Group", outer)
    for _ in range(4):
        competency = draft.titled("Competency", cluster)
        helpful = [draft.statement("PositiveIndicator", competency) for _ in range(5)]
        for place in range(3):
            draft.statement("NegativeIndicator", competency, comp_contrasts=helpful[place])


def _flat(draft: Draft, block: int) -> None:
    """Add competencies in one long list, each with a text and a code."""
    for place in range(6):
        text = words(sentence(draft.number, 100_000 + block * 10 + place))
        competency = draft.titled("Competency", draft.name, comp_text=text)
        draft.say(competency, comp_wording="comp:Reworded")
        draft.coded(competency, f"K{draft.number}-{block:02}{place}")
        for _ in range(3):
            draft.statement("PositiveIndicator", competency)


def _assessed(draft: Draft, block: int) -> None:
    """Add a unit whose requirements are assessed by criteria."""
    unit = draft.titled("UnitOfCompetency", draft.name, comp_notStated="comp:code")
    required = []
    for _ in range(3):
        element = draft.titled("ElementOfCompetency", unit)
        required += [draft.statement("PerformanceCriterion", element) for _ in range(4)]
    group = draft.titled("Group", unit)
    for requirement in required:
        draft.statement("AssessmentCriterion", group, comp_rewords=requirement)


STYLES: tuple[Callable[[Draft, int], None], ...] = (_units, _levels, _clusters, _flat, _assessed)


# ------------------------------------------------------------------ what they share


def shared_graph() -> NamedGraph:
    """Return the organisations and the scale that frameworks point at."""
    things: Things = defaultdict(dict)
    for place, issuer in enumerate(ISSUERS, 1):
        things[issuer] = {"rdf:type": [iri("org:Organization")],
                          "rdfs:label": [words(f"Issuing body {place}")]}  # fmt: skip
    scale = SHARED + "/levels"
    things[scale] = {"rdf:type": [iri("comp:LevelScale")],
                     "rdfs:label": [words("Qualification levels")],
                     "comp:notStated": [iri("comp:cumulative")]}  # fmt: skip
    for rank, level in enumerate(LEVELS, 1):
        things[level] = {"rdf:type": [iri("comp:Level")], "comp:inScale": [iri(scale)],
                         "rdfs:label": [words(f"Level {rank}")],
                         "comp:rank": [number(rank)]}  # fmt: skip
    return named_graph(SHARED, things)


def matchable(draft: Draft) -> list[str]:
    """Return the parts that alignments are made with."""
    kinds = ("PerformanceCriterion", "PositiveIndicator")
    return [part for kind in kinds for part in draft.parts[kind]]


def _ends(draft: Draft, first: int) -> list[str]:
    """Return the parts that alignments lead to; no fault touches these."""
    return matchable(draft)[first::7][:ALIGNMENTS]


def alignments(left: Draft, right: Draft) -> tuple[str, Things]:
    """Return the name of the graph that aligns two frameworks, and what it says."""
    name = f"{BASE}alignments/{left.number}-{right.number}"
    things: Things = defaultdict(dict)
    things[name] = {"rdf:type": [iri("sssom:MappingSet")],
                    "dcterms:title": [words("Alignments of two standards")]}  # fmt: skip
    pairs = zip(_ends(left, 0), _ends(right, 0 if right.number % CHAIN else 3), strict=False)
    for place, (one, other) in enumerate(pairs, 1):
        align(things, f"{name}/{place}", one, other)
    return name, things


def align(things: Things, node: str, one: str, other: str, relation: str = "closeMatch") -> None:
    """Add an alignment, stated and described."""
    things[one].setdefault(f"skos:{relation}", []).append(iri(other))
    things[node] = {
        "rdf:type": [iri("comp:Alignment"), iri("owl:Axiom")],
        "owl:annotatedSource": [iri(one)],
        "owl:annotatedProperty": [iri(f"skos:{relation}")],
        "owl:annotatedTarget": [iri(other)],
        "sssom:mapping_justification": [iri("semapv:ManualMappingCuration")],
        "sssom:confidence": [ox.Literal("0.7", datatype=iri("xsd:double"))],
    }


class Frameworks:
    """Frameworks of about so many triples in all, with so many faults in them.

    >>> made = Frameworks(6_000, faults=5)
    >>> len(made.expected()) >= 5
    True
    """

    def __init__(self, triples: int, *, faults: int = 0, seed: int = 1) -> None:
        """Plan them; nothing is made before it is asked for."""
        self.count = max(1, round(triples / (SIZE + 140)))
        self.faults, self.seed = faults, seed

    def graphs(self) -> Iterator[NamedGraph]:
        """Make the graphs one after the other: what all share, then each framework."""
        for _, graphs in self._made():
            yield from graphs

    def expected(self) -> set[Pair]:
        """Return what the shapes must find: who is at fault, and which shape says so."""
        return {pair for pairs, _ in self._made() for pair in pairs}

    def _made(self) -> Iterator[tuple[list[Pair], list[NamedGraph]]]:
        from tests.bench.seeded_faults import plan, seed_faults

        yield [], [shared_graph()]
        before: Draft | None = None
        draft = framework(0, self.seed)
        for place, kinds in enumerate(plan(self.count, self.faults), 1):
            others: dict[str, Things] = {}
            following = framework(place, self.seed)
            if place < self.count:
                name, things = alignments(draft, following)
                others[name] = things
            pairs = seed_faults(kinds, draft, before, others)
            graphs = [draft.graph(), *(named_graph(*other) for other in others.items())]
            yield pairs, [graph for graph in graphs if graph.triples]
            before, draft = draft, following
