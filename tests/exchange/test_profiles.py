"""Profiles by name, views that are repeatable, and nothing that is lost in silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from rdflib import Literal, URIRef

from competency import KnowledgeGraph
from competency.errors import FormatError, NotFound
from competency.exchange import (
    PROFILES,
    Profile,
    loss,
    profile_named,
    profiles_of,
    table_of,
    view,
)
from competency.exchange.outline import Outline
from competency.exchange.terms import short, term
from competency.formats import by_name
from competency.graph import serialize
from competency.ontology import COMP
from tests.exchange.common import EX, SMALL, frameworks, seen, small

FRAMEWORKS = [
    "hkqf-111334L3",
    "nos-pss-spo109",
    "pub-cscf",
    "pwgsc-client-service",
    "wcc-behaviours",
]
DERIVED = PROFILES[1:]
NT = by_name("ntriples")
# Said with the terms of a profile, or by what the code or occurrence itself says.
STRUCTURE = ("comp:partOf", "comp:inFramework", "comp:code", "comp:occurrence")


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.token)
def test_a_profile_is_found_by_token_and_by_iri_however_the_iri_ends(profile: Profile) -> None:
    assert profile_named(profile.token) is profile
    assert profile_named(profile.iri) is profile
    assert profile_named(profile.iri.rstrip("/#") + "#") is profile
    assert profile_named(profile.iri.replace("https:", "http:")) is profile


@pytest.mark.parametrize("name", ["", "SKOS ", "https://example.org/", "://", "alt"])
def test_an_unknown_profile_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(FormatError, match="comp, skos, schema, ctdl-asn"):
        profile_named(name)


def test_the_first_profile_is_what_was_authored() -> None:
    graph = small()
    assert view(graph, EX + "unit", PROFILES[0]).triples == graph.describe(EX + "unit").triples
    assert loss(graph, EX + "f", PROFILES[0]) == ()


def test_levels_and_scales_have_views_and_other_things_have_none() -> None:
    graph = small()
    assert profiles_of(graph, EX + "master") == profiles_of(graph, EX + "scale") == PROFILES
    assert profiles_of(graph, EX + "guild") == PROFILES[:1]
    for profile in DERIVED:
        assert len(view(graph, EX + "scale", profile).triples) > 5
        with pytest.raises(FormatError, match="comp"):
            view(graph, EX + "guild", profile)
        with pytest.raises(NotFound):
            view(graph, EX + "nothing", profile)


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_every_part_is_in_the_view_or_in_the_list_of_losses(
    shipped: KnowledgeGraph, name: str, profile: Profile
) -> None:
    said = {str(s) for s in view(shipped, name, profile).graph.subjects()}
    lost = {item.part for item in loss(shipped, name, profile) if item.property == "rdf:type"}
    parts = {part.iri for part in shipped.framework(name).walk()}
    assert parts <= said | lost
    assert not (said & lost & parts)


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_every_text_is_in_every_view_in_some_place(
    shipped: KnowledgeGraph, name: str, profile: Profile
) -> None:
    everything = "\n".join(str(o) for o in view(shipped, name, profile).graph.objects())
    for part in shipped.framework(name).walk():
        for text in part.values("text"):
            assert str(text) in everything, part.iri


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_each_part_has_a_view_of_its_own(
    shipped: KnowledgeGraph, name: str, profile: Profile
) -> None:
    for part in shipped.framework(name).walk():
        if part.value("text"):
            text = str(part.value("text"))
            found = view(shipped, part.iri, profile).graph.objects()
            assert any(text in str(value) for value in found), part.iri


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
def test_a_view_does_not_depend_on_the_order_of_the_file(profile: Profile) -> None:
    lines = serialize(small().describe(EX + "f"), NT).decode().splitlines()
    turned = KnowledgeGraph()
    turned.parse("\n".join(lines[::-1]), syntax="ntriples")
    first, second = view(small(), EX + "f", profile), view(turned, EX + "f", profile)
    assert first.triples == second.triples
    assert loss(small(), EX + "f", profile) == loss(turned, EX + "f", profile)


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
def test_a_loss_names_the_part_the_property_and_the_reason(profile: Profile) -> None:
    losses = loss(small(), EX + "f", profile)
    assert len(set(losses)) == len(losses)
    assert all(item.part and item.property and item.why for item in losses)
    assert {item.property for item in losses if item.part == EX + "credit"} == {
        "comp:creditValue",
        "comp:creditQualifier",
    }


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
def test_a_property_that_nobody_knows_is_a_loss(profile: Profile) -> None:
    graph = small(SMALL + "ex:knead ex:smell 'sour' .")
    lost = [(item.part, item.property) for item in loss(graph, EX + "f", profile)]
    assert (EX + "knead", EX + "smell") in lost


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
def test_circles_strays_and_parts_without_anything_do_no_harm(profile: Profile) -> None:
    graph = small(
        SMALL
        + """
ex:c1 a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:c2 .
ex:c2 a comp:Group ; comp:inFramework ex:f ; comp:partOf ex:c1 .
ex:n1 a comp:Note ; comp:inFramework ex:f ; comp:partOf ex:n1 .
ex:stray a comp:Part ; comp:inFramework ex:f ; comp:partOf ex:nowhere .
ex:void a comp:Competency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:code [ skos:notation "?" ] ;
    comp:leadIn ex:void ; comp:assesses ex:void ; comp:occurrence [] ; comp:atLevel "high" .
"""
    )
    for name in ("f", "c1", "n1", "stray", "void"):
        assert view(graph, EX + name, profile).name == EX + name
        assert isinstance(loss(graph, EX + name, profile), tuple)


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
@pytest.mark.parametrize("name", [*FRAMEWORKS, EX + "f"])
def test_what_is_not_listed_as_lost_is_there(
    shipped: KnowledgeGraph, name: str, profile: Profile
) -> None:
    graph = small() if name == EX + "f" else shipped
    outline, found = Outline(graph, name), view(graph, name, profile).graph
    table = table_of(profile)
    assert table
    lost = {(item.part, item.property) for item in loss(graph, name, profile)}
    out = {entry.iri for entry in outline.entries if table.fates[entry.role].about == "out"}
    nodes = {str(node) for node in found.all_nodes()}
    words = "\n".join(str(node) for node in found.all_nodes())
    for thing in (*outline.entries, *outline.around):
        for iri, values in thing.about.items():
            if (
                thing.iri in out
                or short(iri) in ("rdf:type", "comp:position")
                or short(iri) in STRUCTURE
            ):
                continue
            for value in values:
                kept = str(value) in (words if isinstance(value, Literal) else nodes)
                assert kept or (thing.iri, short(iri)) in lost, (thing.iri, short(iri), value)


@settings(max_examples=30, deadline=None)
@given(frameworks())
def test_nothing_of_any_framework_is_lost_in_silence(text: str) -> None:
    graph = small(text)
    parts = list(graph.framework(EX + "f").walk())
    for profile in DERIVED:
        whole = view(graph, EX + "f", profile).graph
        said = {str(subject) for subject in whole.subjects()}
        lost = {item.part for item in loss(graph, EX + "f", profile)}
        everything = " ".join(str(value) for value in whole.objects())
        for part in parts:
            assert part.iri in said | lost
            assert f"text {part.iri.rpartition('p')[2]}." in everything
            assert view(graph, part.iri, profile).name == part.iri


@settings(max_examples=30, deadline=None)
@given(frameworks())
def test_nothing_unhelpful_is_asked_for_in_any_framework(text: str) -> None:
    graph = small(text)
    bad = {part.iri for part in graph.framework(EX + "f").walk() if part.is_negative}
    for profile, asked in (("schema", "schema:inDefinedTermSet"), ("ctdl-asn", "rdf:type")):
        found = seen(profile, graph=graph)
        framework = "ceasn:Competency" if asked == "rdf:type" else ""
        wanted = term(framework) if framework else URIRef(EX + "f")
        assert not bad & {str(item) for item in found.subjects(term(asked), wanted)}
    for link in ("skos:broader", "skos:narrower", "skos:topConceptOf"):
        found = seen("skos", graph=graph)
        assert not bad & {str(item) for item in found.subjects(term(link))}


@pytest.mark.parametrize("profile", DERIVED, ids=lambda p: p.token)
def test_languages_stay_with_their_texts(profile: Profile) -> None:
    graph = view(small(), EX + "f", profile).graph
    tags = {
        value.language for value in graph.objects(URIRef(EX + "unit")) if hasattr(value, "language")
    }
    assert {"en", "fr"} <= tags


def test_no_view_speaks_of_alignment_for_the_tree(shipped: KnowledgeGraph) -> None:
    for profile in DERIVED:
        for name in FRAMEWORKS:
            for predicate in view(shipped, name, profile).graph.predicates():
                assert not str(predicate).endswith(("Alignment", "Match", "alignTo", "alignFrom"))


def test_our_own_terms_are_only_named_as_kinds(shipped: KnowledgeGraph) -> None:
    for profile in DERIVED:
        for _, predicate, value in view(shipped, "wcc-behaviours", profile).graph:
            assert not str(predicate).startswith(str(COMP))
            if str(value).startswith(str(COMP)):
                assert str(predicate).endswith(("type", "additionalType"))
