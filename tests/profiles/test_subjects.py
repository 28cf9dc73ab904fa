"""What a profile looks at: the view of our frameworks, foreign data as they are, never nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS

from competency import KnowledgeGraph
from competency.checking.profiles import (
    PROFILES,
    ValidationProfile,
    compiled_profile,
    profile_named,
    profile_shapes,
    shapes_for,
    subject_data,
    subject_graph,
)
from competency.errors import FormatError, SourceError
from competency.exchange import loss, view
from competency.exchange import profile_named as view_named
from competency.shapes import load_shapes
from tests.profiles.common import EX, found, loaded, name_of, report_of

OURS = """
ex:f a comp:Framework ; rdfs:label "Welding"@en ; comp:extent comp:Whole .
ex:p a comp:Competency ; rdfs:label "Weld"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
    comp:position 1 ; comp:code ex:c . ex:c a comp:Code ; skos:notation "W1" .
"""
SCHEME = """
ex:s a skos:ConceptScheme ; dcterms:title "Metals"@en ; skos:hasTopConcept ex:t .
ex:t a skos:Concept ; skos:prefLabel "Steel"@en ; skos:topConceptOf ex:s .
"""


# ------------------------------------------------------------------ the table


def test_a_profile_is_found_by_name_and_by_iri() -> None:
    for profile in PROFILES:
        assert profile_named(profile.name) is profile_named(profile.iri) is profile
        assert profile_named(profile.iri.rstrip("/") + "/") is profile


def test_an_unknown_profile_is_an_error_that_lists_those_there_are() -> None:
    for ask in (profile_named, profile_shapes, compiled_profile, shapes_for):
        with pytest.raises(FormatError, match="comp, skos, ctdl-asn, case"):
            ask("skoss")
    with pytest.raises(FormatError, match="schema"):
        subject_graph(KnowledgeGraph(), "schema")


def test_a_view_has_the_iri_of_the_profile_of_the_same_name() -> None:
    for profile in PROFILES:
        if profile.view:
            assert view_named(profile.view).iri == profile.iri


def test_the_shapes_of_a_profile_are_a_copy_of_ones_own() -> None:
    mine = profile_shapes("skos")
    size = len(mine)
    mine.remove((None, None, None))
    assert len(profile_shapes("skos")) == size


def test_the_own_profile_has_all_our_shapes_and_one_more() -> None:
    rules = set(profile_shapes("comp").subjects(URIRef("http://www.w3.org/ns/shacl#severity")))
    ours = set(load_shapes().subjects(URIRef("http://www.w3.org/ns/shacl#severity")))
    assert {str(rule).rpartition("#")[2] for rule in rules - ours} == {"CompAnything"}
    assert ours < rules


def test_shapes_of_ones_own_are_alone_unless_a_profile_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text("<urn:shape> a <http://www.w3.org/ns/shacl#NodeShape> .", encoding="utf-8")
    assert len(shapes_for(None, [file])) == 1
    assert len(shapes_for("skos", [file])) == len(profile_shapes("skos")) + 1
    assert len(shapes_for(None, [Graph(), file])) == 1
    with pytest.raises(SourceError):
        shapes_for("skos", [tmp_path / "none.ttl"])


# ------------------------------------------------------------------ our own frameworks


@pytest.mark.parametrize("name", ["skos", "ctdl-asn"])
def test_results_are_about_the_iris_of_the_author(shipped: KnowledgeGraph, name: str) -> None:
    data = subject_graph(shipped, name)
    said = {str(node) for node in data.subjects() if isinstance(node, URIRef)}
    for framework in shipped.frameworks:
        gone = {lost.part for lost in loss(shipped, framework.iri, view_named(name))}
        assert framework.iri in said
        assert {part.iri for part in framework.walk()} <= said | gone
    known = {iri for graph in shipped.graphs() for iri in graph.subjects}
    assert said <= known


@pytest.mark.parametrize("name", ["skos", "ctdl-asn"])
def test_views_are_put_together_whole_and_their_nameless_things_stay_apart(
    shipped: KnowledgeGraph, name: str
) -> None:
    views = [view(shipped, item.iri, view_named(name)).graph for item in shipped.frameworks]
    together = subject_graph(shipped, name)
    for single in views:
        for kind in set(single.objects(None, RDF.type)):
            assert kind in set(together.objects(None, RDF.type))
    lists = (None, SKOS.memberList, None)
    assert len(list(together.triples(lists))) == sum(len(list(g.triples(lists))) for g in views)


def test_a_scale_that_stands_alone_is_looked_at() -> None:
    scale = "ex:scale a comp:LevelScale . ex:l a comp:Level ; comp:inScale ex:scale ; comp:rank 1 ."
    assert "SkosSchemeTitle" in found(scale, "skos")


def test_the_graph_is_not_changed() -> None:
    graph = loaded(OURS + SCHEME)
    before = [(named.name, named.triples) for named in graph.graphs()]
    for profile in PROFILES:
        subject_graph(graph, profile).remove((None, None, None))
    assert [(named.name, named.triples) for named in graph.graphs()] == before


# ------------------------------------------------------------------ data of others


def test_data_of_others_are_looked_at_as_they_are() -> None:
    graph = loaded(SCHEME)
    assert set(subject_graph(graph, "skos")) == set(graph.merged())
    assert report_of(graph, "skos").conforms


def test_what_stands_beside_a_framework_of_ours_is_looked_at_too() -> None:
    broken = SCHEME.replace('skos:prefLabel "Steel"@en ;', "")
    report = report_of(loaded(OURS + broken), "skos")
    assert [(name_of(r), r.focus) for r in report.at_least("violation")] == [
        ("SkosPrefLabel", EX + "t")
    ]


def test_our_own_codes_and_matches_are_not_taken_for_skos_of_somebody_else() -> None:
    graph = loaded(OURS + "ex:p skos:closeMatch <https://example.com/x> .")
    mine = subject_graph(graph, "skos")
    assert set(mine.objects(URIRef(EX + "p"), RDF.type)) == {SKOS.Concept}
    assert set(subject_graph(loaded("ex:p skos:closeMatch ex:q ."), "skos")) == set()


def test_a_list_of_children_means_its_members() -> None:
    listed = """
    ex:f a ceasn:CompetencyFramework ; ceasn:hasTopChild ( ex:a ex:b ) .
    ex:a a ceasn:Competency ; ceasn:isTopChildOf ex:f ; ceasn:isPartOf ex:f .
    ex:b a ceasn:Competency ; ceasn:isTopChildOf ex:f ; ceasn:isPartOf ex:f .
    """
    assert not {"CtdlAsnLink", "CtdlAsnTopChildBothWays"} & found(listed, "ctdl-asn")


def test_a_list_that_leads_back_to_itself_ends() -> None:
    circle = """
    ex:f a ceasn:CompetencyFramework ; ceasn:hasTopChild _:x .
    _:x <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> ex:a ;
        <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:x .
    """
    assert len(subject_graph(loaded(circle), "ctdl-asn")) == 2


def test_the_members_of_a_collection_stay_a_list_in_skos() -> None:
    ordered = "ex:c a skos:OrderedCollection ; skos:memberList ( ex:a ex:b ) ."
    assert len(subject_graph(loaded(ordered), "skos")) == 6


# ------------------------------------------------------------------ nothing to look at

NOTHING = {
    "comp": "CompAnything",
    "skos": "SkosScheme",
    "ctdl-asn": "CtdlAsnFramework",
    "case": "CaseFramework",
}


@pytest.mark.parametrize("name", NOTHING)
@pytest.mark.parametrize("data", ["", 'ex:a rdfs:label "Something else"@en .'])
def test_data_that_a_profile_has_nothing_to_say_about_never_conform(name: str, data: str) -> None:
    report = report_of(loaded(data), name)
    assert not report.conforms
    assert [name_of(result) for result in report] == [NOTHING[name]]
    assert "Nothing here is" in report.results[0].message
    assert report.results[0].fix


@pytest.mark.parametrize("name", ["comp", "case"])
def test_a_skos_file_is_no_framework_of_ours(name: str) -> None:
    assert found(SCHEME, name) == {NOTHING[name]}


def test_alignments_alone_are_data_of_ours() -> None:
    assert "CompAnything" not in found("ex:m a comp:Alignment .", "comp")
    assert "CompAnything" not in found("ex:a comp:contrasts ex:b .", "comp")


# ------------------------------------------------------------------ the five that are shipped

# What is left to say of the five, and why it stays so.
EXPLAINED = {
    "comp": {},
    "skos": {
        "SkosSchemeDescription": "the level scales: no document describes its scale",
        "SkosSchemeRights": "the level scales: what is said of rights is said of the framework",
        "SkosDefinitionOnce": "PWGSC has a text and a descriptor, and SKOS keeps both",
    },
    "ctdl-asn": {"CtdlAsnPublisher": "no document names its publisher"},
    "case": {
        "CaseCreator": "no document names its publisher",
        "CaseLastChange": "one document gives a month, the others no date",
        "CaseStatusDate": "PWGSC gives a month",
        "CaseCodes": "the port standard has a code of PSS and one of SQA",
        "CaseCodeIssuer": "the same two bodies",
        "CaseFrameworkCode": "the suite of the port standard has a code",
        "CaseCredit": "the retail unit has a credit",
        "CaseQualificationLevel": "the retail unit has a level",
        "CaseEmpty": "the remark of the retail unit is printed empty",
        "CaseNegative": "Worcestershire prints unhelpful behaviours",
        **dict.fromkeys(
            ("CaseFacts", "CaseLocator", "CaseSayings", "CaseWording", "CaseLeadIn", "CaseLinks",
             "CaseMatch", "CaseMatchReason", "CaseLegalReference"),
            "CASE has no field for it",
        ),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_shipped_frameworks_violate_no_profile_and_every_other_result_is_explained(
    shipped: KnowledgeGraph, name: str
) -> None:
    report = report_of(shipped, name)
    assert report.conforms, report.text()
    assert {name_of(result) for result in report} == set(EXPLAINED[name])


def test_numbers_are_looked_at_as_they_are_written() -> None:
    data = subject_data(loaded(OURS.replace("position 1", "position 01")), "case")
    assert '"01"^^<http://www.w3.org/2001/XMLSchema#integer>' in {row[2] for row in data.rows}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_the_triples_come_ready_to_be_checked_and_as_a_graph(
    shipped: KnowledgeGraph, profile: ValidationProfile
) -> None:
    data, graph = subject_data(shipped, profile), subject_graph(shipped, profile)
    assert len(data.rows) == len(set(data.rows)) == len(graph)


@pytest.mark.parametrize("name", NOTHING)
def test_that_there_is_nothing_is_said_of_the_document(name: str) -> None:
    [result] = report_of(loaded(""), name)
    assert result.name == "document"
