"""CTDL-ASN in: what each shape that real files have becomes in our vocabulary."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from competency import ParseError
from competency.exchange.ctdl_asn import recognise
from competency.exchange.imported import File, Kept
from competency.exchange.rdf import graphs_of
from competency.exchange.terms import term
from tests.exchange.ctdl_asn.common import (
    BASE,
    CONTEXT,
    F,
    Json,
    bakery,
    faults,
    graph,
    iri,
    kind,
    order,
    said,
    skill,
    taken_in,
    the_graph,
)

# The samples: competencies in the file, its frameworks, and those at the top in order.
SAMPLES = {
    "Blackboard_Essay_Evaluation.json": (0, 4),
    "ConnectingCredentials.json": (91, 2),
    "ConnectingCredentials.ttl": (91, 2),
    "ConnectingCredentialsLevels.json": (0, 0),
    "SampleCompetencyFramework_with_Envelope.json": (13, 13),
    "onet-abilities.json": (71, 4),
}


def sample(shared: Path, name: str) -> bytes:
    return (shared / "samples" / "ctdl-asn" / name).read_bytes()


def remarks(value: Any, kept: Kept = Kept.odd) -> str:
    """Return what a file was remarked on, as one text."""
    return "\n".join(str(one) for one in taken_in(value).remarks if one.kept == kept)


# ------------------------------------------------------------------ real files


@pytest.mark.parametrize("name", SAMPLES)
def test_a_real_file_comes_in_whole_and_valid(shared: Path, name: str) -> None:
    (found,) = taken_in(sample(shared, name), name).graphs
    skills = {
        subject for subject in found.subjects
        if "comp:partOf" in (about := said(found, subject))
        and not {str(term("comp:Note")), str(term("comp:Descriptor"))} & set(about["rdf:type"])
    }  # fmt: skip
    competencies = {one for one in skills if kind(found, one) not in ("AssessmentCriterion",)}
    rubrics = name.startswith("Blackboard")
    assert len(competencies) - rubrics == SAMPLES[name][0]
    assert not faults(found)


@pytest.mark.parametrize(
    "name", [name for name in SAMPLES if "Envelope" in name or "onet" in name or "tials.j" in name]
)
def test_the_children_of_a_real_file_stand_in_its_order(shared: Path, name: str) -> None:
    value = json.loads(sample(shared, name))
    nodes = {node["@id"]: node for node in value.get("decoded_resource", value)["@graph"]}
    (found,) = taken_in(sample(shared, name), name).graphs
    for one in nodes.values():
        listed = one.get("ceasn:hasTopChild", one.get("ceasn:hasChild"))
        if listed:
            below = [child for child in order(found, one["@id"]) if "/comment/" not in child]
            assert [iri(child) if ":" not in child else child for child in below] == listed


def test_a_real_scheme_of_levels_is_a_scale_in_its_order(shared: Path) -> None:
    name = "ConnectingCredentialsLevels.json"
    (found,) = taken_in(sample(shared, name), name).graphs
    levels = [about for s in found.subjects if "comp:rank" in (about := said(found, s))]
    levels.sort(key=lambda about: int(about["comp:rank"][0]))
    assert [about["rdfs:label"] for about in levels] == [[f"Level {n}"] for n in range(1, 9)]
    assert "comp:inFramework" not in levels[0]


def test_a_real_rubric_has_criteria_levels_and_a_text_where_they_meet(shared: Path) -> None:
    name = "Blackboard_Essay_Evaluation.json"
    (found,) = taken_in(sample(shared, name), name).graphs
    rubric = f"{found.name}/rubric/1"
    assert said(found, rubric)["rdfs:label"] == ["Essay Evaluation"]
    criteria = order(found, rubric)
    titles = [said(found, one)["rdfs:label"][0] for one in criteria]
    assert titles[0] == "State a position" and len(titles) == 4
    best = said(found, order(found, criteria[0])[0])["comp:atLevel"][0]
    assert said(found, best)["rdfs:label"] == ["Excellent"]
    assert said(found, best)["comp:rank"] == ["4"]
    # Two of its sixteen texts carry the name of another: the file itself has only fourteen.
    assert (
        sum(kind(found, s) == "Descriptor" for s in found.subjects if "criterion-level" in s) == 14
    )


def test_a_malformed_real_file_is_told_with_line_and_column(shared: Path) -> None:
    path = shared / "samples" / "malformed" / "ConnectingCredentialsLevels.ttl"
    with pytest.raises(ParseError) as error:
        graphs_of(File(path.name, path.read_bytes(), ""), BASE)
    assert error.value.line and error.value.column


# ------------------------------------------------------------------ the tree


UP: tuple[Any, ...] = (
    iri("plan"), [iri("plan")], {"@id": iri("plan")}, [{"@id": iri("plan")}],
    {"@list": [iri("plan")]}, {"@list": [{"@id": iri("plan")}]}, {"@set": [iri("plan")]},
)  # fmt: skip


@pytest.mark.parametrize("shape", UP, ids=json.dumps)
def test_a_parent_is_a_text_a_list_an_object_or_a_list_of_json_ld(shape: Any) -> None:
    found = the_graph(
        graph(bakery(), skill("plan", isTopChildOf=F), skill("bake", isChildOf=shape))
    )
    assert order(found) == ["plan"]
    assert order(found, "plan") == ["bake"]


@pytest.mark.parametrize("name", ["hasTopChild", "hasChild"])
@pytest.mark.parametrize("listed", [False, True])
def test_children_stand_as_they_are_listed_and_not_as_they_are_described(
    name: str, listed: bool
) -> None:
    children = [iri(child) for child in ("c", "a", "b")]
    below: Any = {"@list": children} if listed else children
    found = the_graph(graph(bakery(**{name: below}), skill("a"), skill("b"), skill("c")))
    assert order(found) == ["c", "a", "b"]


def test_what_no_list_names_stands_by_its_number_and_then_as_in_the_file() -> None:
    found = the_graph(
        graph(
            bakery(hasTopChild=[iri("first")]),
            skill("last"),
            skill("ten", listID="10"),
            skill("nine", listID="9"),
            skill("first"),
        )
    )
    assert order(found) == ["first", "nine", "ten", "last"]
    assert said(found, "ten")["comp:enumeration"] == ["10"]


def test_a_flat_file_is_all_at_the_top_in_its_order_and_says_so() -> None:
    value = graph(bakery(), skill("b"), skill("a"))
    assert order(the_graph(value)) == ["b", "a"]
    assert "stands under nothing" in remarks(value)


def test_a_circle_is_cut_and_told() -> None:
    value = graph(bakery(), skill("a", isChildOf=iri("b")), skill("b", isChildOf=iri("a")))
    assert not faults(the_graph(value))
    assert "leads back to it" in remarks(value)


def test_a_second_parent_and_a_child_that_is_not_there_are_kept() -> None:
    value = graph(
        bakery(hasTopChild=[iri("a"), iri("gone")]), skill("a"), skill("b"),
        skill("c", isChildOf=[iri("a"), iri("b")]),
    )  # fmt: skip
    found = the_graph(value)
    assert said(found, F)["ceasn:hasTopChild"] == [iri("gone")]
    assert said(found, "c")["ceasn:isChildOf"] == [iri("b")]
    assert "second or dangling isChildOf" in remarks(value) and "no child here" in remarks(value)


def test_several_frameworks_each_get_their_own() -> None:
    other = iri("mill")
    value = graph(
        bakery(), bakery() | {"@id": other, "ceasn:name": {"en": "Milling"}},
        skill("bake"), skill("grind", isPartOf=other), skill("sift", isPartOf=None, isChildOf=iri("grind")),
    )  # fmt: skip
    graphs = taken_in(value).graphs
    assert [one.name for one in graphs] == [F, other]
    assert order(graphs[0]) == ["bake"] and order(graphs[1], "grind") == ["sift"]


def test_a_competency_alone_is_in_the_framework_it_names() -> None:
    found = the_graph({"@context": CONTEXT, **skill("bake")})
    assert found.name == F and order(found) == ["bake"]
    assert str(term("rdf:type")) in said(found, F)["comp:inferred"]
    assert not faults(found)


def test_a_file_that_names_nothing_gets_iris_by_code_and_place() -> None:
    nodes: list[Json] = [
        {"@type": "ceasn:Competency", "ceasn:competencyText": {"en": "Bakes."}, "ceasn:codedNotation": "B 1"},
        {"@type": "ceasn:Competency", "ceasn:competencyText": {"en": "Bakes."}},
    ]  # fmt: skip
    found = the_graph({"@context": CONTEXT, "@graph": nodes}, "my skills.json")
    assert found.name.endswith("/my-skills")
    assert order(found, found.name) == [f"{found.name}/B-1", f"{found.name}/competency/2"]
    assert said(found, f"{found.name}/B-1")["comp:section"] == ["/@graph/0"]


# ------------------------------------------------------------------ what a competency says


def test_a_label_is_a_title_and_without_one_the_text_is() -> None:
    found = the_graph(
        graph(bakery(), skill("a", "Text", competencyLabel={"en": "Title"}), skill("b", "Text"))
    )
    assert said(found, "a")["rdfs:label"] == ["Title"]
    assert said(found, "a")["comp:text"] == ["Text"]
    assert said(found, "b")["rdfs:label"] == ["Text"] and "comp:text" not in said(found, "b")


CATEGORIES = {
    "Knowledge": "KnowledgeStatement", "performance criterion": "PerformanceCriterion",
    "Unhelpful behaviour": "NegativeIndicator", "Negative indicator": "NegativeIndicator",
    "Unit of competency": "UnitOfCompetency", "Abilities": "Competency", "Level": "Competency",
    "Domain": "Competency", "Note": "Competency", "group": "Group",
}  # fmt: skip


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_category_is_the_kind_where_it_names_one(category: str) -> None:
    found = the_graph(graph(bakery(), skill("a", competencyCategory={"en": category})))
    assert kind(found, "a") == CATEGORIES[category]
    assert not faults(found)


def test_a_category_that_is_not_just_ours_is_kept_word_for_word() -> None:
    value = graph(
        bakery(), skill("a", competencyCategory={"en": "Knowledge"}),
        skill("b", competencyCategory={"en": "knowledge statement"}),
    )  # fmt: skip
    found = the_graph(value)
    assert said(found, "a")["ceasn:competencyCategory"] == ["Knowledge"]
    assert "ceasn:competencyCategory" not in said(found, "b")


def test_a_domain_with_children_is_a_group() -> None:
    domain = skill("a", competencyCategory={"en": "Domain"}, hasChild=[iri("b")])
    assert kind(the_graph(graph(bakery(), domain, skill("b"))), "a") == "Group"


def test_an_unhelpful_behaviour_is_no_competency_of_ctdl_asn() -> None:
    found = the_graph(graph(bakery(), skill("a", competencyCategory={"en": "Negative indicator"})))
    assert said(found, "a")["rdf:type"] == [str(term("comp:NegativeIndicator"))]


def test_comments_are_notes_behind_the_children() -> None:
    value = graph(
        bakery(), skill("a", comment={"en": ["One.", "Two."], "fr": ["Un."]}, hasChild=[iri("b")]),
        skill("b"),
    )  # fmt: skip
    found = the_graph(value)
    assert order(found, "a") == ["b", "a/comment/1", "a/comment/2"]
    assert said(found, "a/comment/1")["comp:text"] == ["One.", "Un."]


def test_codes_of_others_stand_behind_its_own() -> None:
    found = the_graph(graph(bakery(), skill("a", codedNotation="A", altCodedNotation=["X", "Y"])))
    codes = said(found, "a")["comp:code"]
    assert [said(found, code)["skos:notation"] for code in codes] == [["A"], ["X"], ["Y"]]


def test_alignments_lead_out_of_the_framework_and_never_stand_for_its_tree() -> None:
    value = graph(
        bakery(), skill("a", exactAlignment=["https://other.example/x", iri("b")]), skill("b")
    )  # fmt: skip
    found = the_graph(value)
    assert said(found, "a")["skos:exactMatch"] == ["https://other.example/x"]
    assert said(found, "a")["ceasn:exactAlignment"] == [iri("b")]
    assert "inside one framework" in remarks(value)


def levels(kind: str = "asn:Progression") -> list[Json]:
    model = {"@id": iri("scale"), "@type": f"{kind}Model", "ceasn:name": {"en": "Steps"}}
    return [
        model | {"skos:hasTopConcept": [iri("low"), iri("high")]},
        *({"@id": iri(name), "@type": f"{kind}Level", "skos:prefLabel": {"en": name}}
          for name in ("low", "high")),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["asn__hasProgressionLevel", "complexityLevel"])
def test_a_level_that_the_file_describes_is_a_level(name: str) -> None:
    found = the_graph(graph(bakery(), skill("a", **{name: iri("high")}), *levels()))
    assert said(found, "a")["comp:atLevel"] == [iri("high")]
    assert said(found, "high")["comp:rank"] == ["2"] and not faults(found)


def test_a_level_that_the_file_does_not_describe_is_only_a_link() -> None:
    value = graph(bakery(), skill("a", complexityLevel="https://other.example/level"))
    found = the_graph(value)
    assert "comp:atLevel" not in said(found, "a") and not faults(found)
    assert said(found, "a")["ceasn:complexityLevel"] == ["https://other.example/level"]
    assert "level that the file does not describe" in remarks(value)


def test_the_ctid_and_all_that_we_have_no_term_for_stay_and_each_kind_is_told_once() -> None:
    extra: Json = {"ceterms__ctid": "ce-1", "weight": 0.25, "ceterms__new": {"fr": "neuf"}}
    value = graph(bakery(), skill("a", **extra), skill("b", **extra))
    found = the_graph(value)
    assert said(found, "a")["ceterms:ctid"] == ["ce-1"]
    assert said(found, "a")["ceterms:new"] == ["neuf"]
    told = [one for one in remarks(value, Kept.aside).splitlines() if "ceasn:weight" in one]
    assert told == [
        "kept aside: /@graph/1: ceasn:weight is kept in the words of the file (this and 1 more)"
    ]


def test_a_publisher_goes_with_its_name_and_a_name_alone_is_a_body() -> None:
    both = the_graph(
        graph(bakery(publisher=iri("guild"), publisherName={"en": "Guild"}), skill("a"))
    )
    assert said(both, F)["dcterms:publisher"] == [iri("guild")]
    assert said(both, "guild")["rdfs:label"] == ["Guild"]
    alone = the_graph(graph(bakery(publisherName={"en": ["Guild"]}), skill("a")))
    assert said(alone, said(alone, F)["dcterms:publisher"][0])["rdfs:label"] == ["Guild"]


# ------------------------------------------------------------------ languages and syntaxes


@pytest.mark.parametrize("tag", ["en", "en-us", "en-US", "en_US"])
def test_languages_are_read_however_they_are_written(tag: str) -> None:
    found = the_graph(graph(bakery(name={tag: "Baking"}, inLanguage=None), skill("a")))
    (title,) = found.about(F)[str(term("rdfs:label"))]
    assert str(title.language).lower() == tag.lower().replace("_", "-")  # type: ignore[attr-defined]
    assert not faults(found)


def test_a_text_without_a_language_is_in_that_of_the_framework() -> None:
    value = graph(bakery(inLanguage="fr", name="Pain"), skill("a"))
    (title,) = the_graph(value).about(F)[str(term("rdfs:label"))]
    assert title.language == "fr"  # type: ignore[attr-defined]
    assert "names no language" in remarks(value)


def test_turtle_in_the_older_namespace_and_with_a_capital_reads_the_same() -> None:
    text = """@prefix ceasn: <http://purl.org/ctdlasn/terms/> .
<urn:f> a ceasn:CompetencyFramework ; ceasn:name "Baking"@en ; ceasn:hasChild <urn:b> , <urn:a> .
<urn:a> a ceasn:Competency ; ceasn:CompetencyCategory "Knowledge"@en ;
    ceasn:competencyText "Knows flour."@en ; ceasn:isPartOf <urn:f> .
<urn:b> a ceasn:Competency ; ceasn:competencyText "Bakes."@en ; ceasn:isPartOf <urn:f> ."""
    found = the_graph(text.encode(), "bakery.ttl")
    assert order(found, "urn:f") == ["urn:b", "urn:a"]
    assert kind(found, "urn:a") == "KnowledgeStatement"
    assert said(found, "urn:a")["comp:section"] == ["line 3"]


def test_the_context_stands_in_a_list_beside_others_too() -> None:
    value = graph(bakery(), skill("a", **{"ex__oven": "hot"}))
    value["@context"] = [CONTEXT, {"ex": "https://example.org/"}]
    assert said(the_graph(value), "a")["https://example.org/oven"] == ["hot"]


ENVELOPES: dict[str, Callable[[Json], Any]] = {
    "decoded_resource": lambda inner: {"envelope_id": "1", "decoded_resource": inner},
    "resource as an object": lambda inner: {"resource": inner},
    "resource as a text": lambda inner: {"resource": json.dumps(inner)},
    "resource that is signed": lambda inner: {
        "resource": f"e30.{base64.urlsafe_b64encode(json.dumps(inner).encode()).decode().rstrip('=')}.x"
    },
    "graph as a list": lambda inner: {"graph": inner["@graph"]},
    "a list of envelopes": lambda inner: [{"decoded_resource": inner}],
    "a page of results": lambda inner: {"data": [{"decoded_resource": inner}]},
}


@pytest.mark.parametrize("name", ENVELOPES)
def test_an_envelope_is_opened(name: str) -> None:
    value = ENVELOPES[name](graph(bakery(hasTopChild=[iri("a")]), skill("a")))
    assert order(the_graph(value)) == ["a"]


def test_what_an_envelope_says_of_itself_is_told_to_be_dropped() -> None:
    value = {"envelope_id": "1", "decoded_resource": graph(bakery(), skill("a"))}
    assert "envelope_id" in remarks(value, Kept.dropped)


def test_the_same_file_gives_the_same_triples() -> None:
    value = graph(bakery(), skill("a", comment={"en": "Hot."}))
    assert the_graph(value).triples == the_graph(value).triples


def test_a_file_is_recognised_by_its_terms_unless_it_speaks_our_own() -> None:
    value = json.dumps(graph(bakery())).encode()
    assert recognise(File("a.json", value, ""))
    assert not recognise(File("a.json", value + b"https://w3id.org/competency/ns#", ""))
    assert not recognise(File("a.json", b'{"CFDocument": {}}', ""))
    assert not recognise(File("a.csv", b"@id,@type,ceasn:name", "text/csv"))
