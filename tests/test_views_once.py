"""What pages read of a whole framework at once is what each look by itself gives."""

from __future__ import annotations

import pytest
from rdflib import RDFS, URIRef
from rdflib.namespace import DCTERMS

from competency import KnowledgeGraph
from competency.graph.comparison import asking_among, asking_in
from competency.graph.store import NamedGraph
from competency.graph.tree import Tree
from competency.ontology import COMP

_PREFIXES = "@prefix comp: <https://w3id.org/competency/ns#> . @prefix : <urn:> . "
_SEVERAL = """
:f a comp:Framework .
:a comp:inFramework :f ; comp:partOf :f ; comp:enumeration "b", "a", 1 ;
   comp:text "zwei"@de, "two"@en-GB, "second"@en-GB, "bare" ; comp:leadIn :b, _:b .
"""


def _graph(text: str) -> NamedGraph:
    graph = KnowledgeGraph()
    (name,) = graph.parse(_PREFIXES + text)
    return graph.named_graph(name)


@pytest.fixture
def several() -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.parse(_PREFIXES + _SEVERAL)
    return graph


def test_the_first_value_as_a_text_is_that_of_the_first_node(several: KnowledgeGraph) -> None:
    framework = several.framework("urn:f")
    (part,) = framework.parts
    for name in ("enumeration", "text", "leadIn", "inFramework"):
        assert part.first(name) == str(part.value(name))
    assert part.first("code") is None


@pytest.mark.parametrize("languages", [("en",), ("en-US", "de"), ("de",), ("fr",), ()])
def test_a_wording_is_the_literal_that_is_chosen(
    several: KnowledgeGraph, languages: tuple[str, ...]
) -> None:
    (part,) = several.framework("urn:f").parts
    chosen = part.literal("text", *languages)
    assert chosen is not None
    assert part.wording("text", *languages) == (str(chosen), chosen.language or "")
    assert part.wording("leadIn", *languages) is None


def test_every_thing_of_the_shipped_frameworks_says_the_same_in_both_ways() -> None:
    graph = KnowledgeGraph.shipped()
    names = [RDFS.label, DCTERMS.title, COMP.text, COMP.enumeration, COMP.atLevel, COMP.partOf]
    for framework in graph.frameworks:
        for item in (framework, *framework.walk()):
            for name in names:
                value, chosen = item.value(name), item.literal(name, "fr", "en")
                assert item.first(name) == (None if value is None else str(value))
                said = (str(chosen), chosen.language or "") if chosen is not None else None
                assert item.wording(name, "fr", "en") == said


def test_a_graph_that_was_read_at_once_says_what_it_says_when_it_is_not() -> None:
    text = _SEVERAL + '_:b comp:text "nobody" . :a comp:text "two"@en-GB .'
    one, other = _graph(text), _graph(text)
    assert other.saying
    for iri in ("urn:f", "urn:a", "urn:nothing"):
        assert {k: list(v) for k, v in one.said(iri).items()} == {
            k: list(v) for k, v in other.said(iri).items()
        }
        assert one.about(iri) == other.about(iri)
    names = (str(COMP.text), str(COMP.inFramework), "urn:nothing")
    assert one.stated(*names) == other.stated(*names)
    assert one.languages == other.languages == ("en-gb", "de")


def test_a_part_is_looked_at_once_however_it_is_reached(several: KnowledgeGraph) -> None:
    framework = several.framework("urn:f")
    assert framework.parts[0] is next(framework.walk())


@pytest.mark.parametrize(
    ("pairs", "sizes"),
    [
        ("a>f b>a c>a d>c", {"f": 4, "a": 3, "b": 0, "c": 1}),
        ("a>f b>f c>a c>b", {"f": 3, "a": 1, "b": 1}),  # two parents
        ("a>f b>a a>b", {"f": 2, "a": 1, "b": 1}),  # a circle
        ("a>f f>a b>a", {"f": 2, "a": 2}),
        ("a>a b>a", {"a": 1}),
    ],
)
def test_a_size_is_the_number_of_things_below_each_once(pairs: str, sizes: dict[str, int]) -> None:
    rows = [pair.split(">") for pair in pairs.split()]
    tree = Tree(_graph(" ".join(f":{part} comp:partOf :{whole} ." for part, whole in rows)))
    for name, size in sizes.items():
        assert tree.size(f"urn:{name}") == size == len([*tree.walk(f"urn:{name}")])


def test_what_asks_something_is_the_same_for_who_has_the_parts_at_hand() -> None:
    for framework in KnowledgeGraph.shipped().frameworks:
        assert asking_among(framework.walk()) == asking_in(framework)


def test_what_points_at_a_thing_is_given_but_for_some_properties() -> None:
    graph = _graph(_SEVERAL)
    everything = graph.pointing_at("urn:f")
    assert (str(COMP.partOf), URIRef("urn:a")) in everything
    left = graph.pointing_at("urn:f", but={str(COMP.inFramework)})
    assert left == [(str(COMP.partOf), URIRef("urn:a"))]
