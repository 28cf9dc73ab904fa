"""CTDL-ASN: real files, and the same verdict as the schemas of the Credential Registry."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft4Validator

from competency import KnowledgeGraph
from competency.exchange import profile_named, registry_document, view
from competency.shapes import Report
from tests.exchange.common import frameworks
from tests.profiles.common import EX, found, loaded, name_of, report_of, results
from tests.profiles.registry import read

SCHEMAS = {
    "ceasn:CompetencyFramework": "ce_registry-competency_framework.schema.json",
    "ceasn:Competency": "ce_registry-competency.schema.json",
}
# Here the schema is older than the terms (as tests/exchange/test_ctdl_asn.py says too).
OUTDATED = ("ceasn:competencyCategory", "ceasn:conceptKeyword", "ceasn:rights")
OTHER = "ce-00000000-0000-4000-8000-000000000000"
Node = dict[str, Any]
Change = Callable[[Node], object]

# ------------------------------------------------------------------ documents with one fault each


def without(name: str) -> Change:
    return lambda node: node.pop(name)


def saying(name: str, value: object) -> Change:
    return lambda node: node.update({name: value})


def both(name: str, *more: object) -> Change:
    """Give a property that may have one value another one beside it."""
    return lambda node: node.update({name: [node.get(name, "2018-01-01"), *more]})


# The registry refuses these, by its schemas and by our rules alike.
FRAMEWORKS: dict[str, Change] = {
    "no name": without("ceasn:name"),
    "no description": without("ceasn:description"),
    "no language": without("ceasn:inLanguage"),
    "no CTID": without("ceterms:ctid"),
    "no IRI": without("@id"),
    "an unknown type": saying("@type", "ceasn:competencyFramework"),
    "a name without a language": saying("ceasn:name", "Service"),
    "a description without a language": saying("ceasn:description", "About service."),
    "a table of contents without a language": saying("ceasn:tableOfContents", "1, 2"),
    "two licences": saying("ceasn:license", ["https://example.org/a", "https://example.org/b"]),
    "two dates of creation": both("ceasn:dateCreated", "2019-01-01"),
    "two dates of copyright": both("ceasn:dateCopyrighted", "2019-01-01"),
    "two beginnings": both("ceasn:dateValidFrom", "2019-01-01"),
    "two ends": both("ceasn:dateValidUntil", "2019-01-01"),
    "two repository dates": both("ceasn:repositoryDate", "2019-01-01"),
    "a CTID that is a number": saying("ceterms:ctid", 12),
}
COMPETENCIES: dict[str, Change] = {
    "no text": without("ceasn:competencyText"),
    "no language": without("ceasn:inLanguage"),
    "no framework": without("ceasn:isPartOf"),
    "no CTID": without("ceterms:ctid"),
    "no IRI": without("@id"),
    "an unknown type": saying("@type", "ceasn:competency"),
    "a text without a language": saying("ceasn:competencyText", "Serve guests."),
    "a comment without a language": saying("ceasn:comment", "Serve guests."),
    "a local subject without a language": saying("ceasn:localSubject", "Service"),
    "two codes": both("ceasn:codedNotation", "7.1"),
    "a code that is a number": saying("ceasn:codedNotation", 7),
    "a code by language": saying("ceasn:codedNotation", {"en": "W1"}),
    "another code by language": saying("ceasn:altCodedNotation", [{"en": "W1"}]),
    "two numbers in the list": both("ceasn:listID", "7"),
    "a number in the list that is no text": saying("ceasn:listID", 7),
    "a weight in words": saying("ceasn:weight", "a quarter"),
    "two weights": saying("ceasn:weight", [0.25, 0.5]),
    "two dates of creation": both("ceasn:dateCreated", "2019-01-01"),
    "a version of two": saying("ceasn:isVersionOf", ["https://example.org/a", "urn:b"]),
}
# The schemas refuse these for their form in JSON, which is gone once they are RDF.
ONLY_SCHEMA: dict[str, Change] = {
    "the language not in an array": saying("ceasn:inLanguage", "en"),
    "the framework not in an array": saying("ceasn:isPartOf", "https://example.org/f"),
    "a child not in an array": saying("ceasn:hasChild", "https://example.org/c"),
    "a link as an object": saying("ceasn:hasChild", [{"@id": "https://example.org/c"}]),
    "a second code not in an array": saying("ceasn:altCodedNotation", "7.1"),
}
# The schemas take these, as they look at one thing at a time and at few values of it; the registry
# would keep them wrong, or has room for one.
ONLY_RULES: dict[str, tuple[str, Change]] = {
    "a CTID that is none": ("CtdlAsnCtidForm", saying("ceterms:ctid", "1234")),
    "two frameworks": ("CtdlAsnPartOf", saying("ceasn:isPartOf", [EX + "f", EX + "g"])),
    "no framework in the array": ("CtdlAsnPartOf", saying("ceasn:isPartOf", [])),
    "an empty text": ("CtdlAsnTextNotBlank", saying("ceasn:competencyText", {"en": " "})),
    "a child of itself": ("CtdlAsnCycle", lambda n: n.update({"ceasn:isChildOf": [n["@id"]]})),
    "a label without a language": ("CtdlAsnText", saying("ceasn:competencyLabel", "Serve")),
    "two states": (
        "CtdlAsnOnce",
        saying("ceasn:publicationStatusType", [EX + "Draft", EX + "Published"]),
    ),
}


@pytest.fixture(scope="module")
def document(shipped: KnowledgeGraph) -> dict[str, Any]:
    """Return a framework of ours as the registry would get it."""
    return registry_document(view(shipped, "pub-cscf", profile_named("ctdl-asn")))


@pytest.fixture(scope="module")
def schemas(shared: Path) -> dict[str, Draft4Validator]:
    files = {kind: shared / "oracles" / name for kind, name in SCHEMAS.items()}
    if not all(file.is_file() for file in files.values()):
        pytest.skip("no schemas of the registry in ../shared/oracles here")
    return {
        kind: Draft4Validator(json.loads(file.read_text(encoding="utf-8")))
        for kind, file in files.items()
    }


def changed(document: dict[str, Any], kind: str, change: Change) -> tuple[dict[str, Any], Node]:
    """Return the document with one thing of a kind changed, and that thing."""
    other = copy.deepcopy(document)
    node = next(member for member in other["@graph"] if member["@type"] == kind)
    change(node)
    return other, node


def taken(validator: Draft4Validator, node: Node) -> bool:
    """Say whether the schema takes a thing."""
    return bool(validator.is_valid({k: v for k, v in node.items() if k not in OUTDATED}))


def test_the_document_as_it_is_is_taken_by_schemas_and_rules(
    document: dict[str, Any], schemas: dict[str, Draft4Validator]
) -> None:
    assert report_of(read(document), "ctdl-asn").conforms
    for kind, validator in schemas.items():
        assert taken(validator, changed(document, kind, dict)[1])


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("ceasn:CompetencyFramework", name) for name in FRAMEWORKS),
        *(("ceasn:Competency", name) for name in COMPETENCIES),
    ],
)
def test_schema_and_rules_refuse_the_same_documents(
    document: dict[str, Any], schemas: dict[str, Draft4Validator], kind: str, name: str
) -> None:
    change = (FRAMEWORKS if kind.endswith("Framework") else COMPETENCIES)[name]
    other, node = changed(document, kind, change)
    assert not taken(schemas[kind], node)
    report = report_of(read(other), "ctdl-asn")
    assert not report.conforms
    if "@id" in node and not name.startswith("an unknown type"):
        assert {result.focus for result in report.at_least("violation")} == {node["@id"]}


@pytest.mark.parametrize("name", ONLY_SCHEMA)
def test_what_is_a_matter_of_json_alone_is_not_seen_in_rdf(
    document: dict[str, Any], schemas: dict[str, Draft4Validator], name: str
) -> None:
    other, node = changed(document, "ceasn:Competency", ONLY_SCHEMA[name])
    assert not taken(schemas["ceasn:Competency"], node)
    assert report_of(read(other), "ctdl-asn").conforms


@pytest.mark.parametrize("name", ONLY_RULES)
def test_what_the_schemas_do_not_look_at_is_refused_by_a_rule(
    document: dict[str, Any], schemas: dict[str, Draft4Validator], name: str
) -> None:
    rule, change = ONLY_RULES[name]
    other, node = changed(document, "ceasn:Competency", change)
    assert taken(schemas["ceasn:Competency"], node)
    report = report_of(read(other), "ctdl-asn").at_least("violation")
    assert {name_of(result) for result in report} == {rule}


def test_two_things_with_one_ctid_are_refused_although_each_is_taken_alone(
    document: dict[str, Any], schemas: dict[str, Draft4Validator]
) -> None:
    other = copy.deepcopy(document)
    one, two = [node for node in other["@graph"] if node["@type"] == "ceasn:Competency"][:2]
    one["ceterms:ctid"] = two["ceterms:ctid"] = OTHER
    assert taken(schemas["ceasn:Competency"], one) and taken(schemas["ceasn:Competency"], two)
    report = report_of(read(other), "ctdl-asn").at_least("violation")
    assert [name_of(result) for result in report] == ["CtdlAsnCtidTwice"]


# ------------------------------------------------------------------ real files


def counts(report: Report) -> Counter[str]:
    return Counter(f"{result.severity} {name_of(result)}" for result in report)


def real(shared: Path, name: str) -> KnowledgeGraph:
    file = shared / "samples" / "ctdl-asn" / name
    if not file.is_file():
        pytest.skip(f"no {name} in ../shared/samples/ctdl-asn here")
    return read(json.loads(file.read_text(encoding="utf-8")))


def test_competencies_of_onet_lack_their_language_and_nothing_else(shared: Path) -> None:
    report = report_of(real(shared, "onet-abilities.json"), "ctdl-asn")
    assert counts(report) == {"violation CtdlAsnCompetencyLanguage": 71}
    first = report.results[0]
    assert first.kind == "competency" and first.label and first.place


def test_a_framework_in_an_envelope_lacks_the_same(shared: Path) -> None:
    report = report_of(real(shared, "SampleCompetencyFramework_with_Envelope.json"), "ctdl-asn")
    assert counts(report) == {"violation CtdlAsnCompetencyLanguage": 13}


def test_a_rubric_alone_is_no_framework(shared: Path) -> None:
    report = report_of(real(shared, "Blackboard_Essay_Evaluation.json"), "ctdl-asn")
    assert "violation CtdlAsnFramework" in counts(report)


def test_a_turtle_file_in_the_wrong_namespace_is_told_so_and_nothing_else(shared: Path) -> None:
    file = shared / "samples" / "ctdl-asn" / "ConnectingCredentials.ttl"
    if not file.is_file():
        pytest.skip("no ConnectingCredentials.ttl in ../shared/samples/ctdl-asn here")
    [first] = report_of(KnowledgeGraph(file), "ctdl-asn")
    assert (name_of(first), first.name) == ("CtdlAsnNamespace", "document")
    assert first.fix is not None and "https://purl.org/ctdlasn/terms/" in first.fix


def test_once_in_the_right_namespace_its_misspelt_property_and_languages_are_found(
    shared: Path,
) -> None:
    file = shared / "samples" / "ctdl-asn" / "ConnectingCredentials.ttl"
    if not file.is_file():
        pytest.skip("no ConnectingCredentials.ttl in ../shared/samples/ctdl-asn here")
    graph = KnowledgeGraph()
    graph.parse(
        file.read_text(encoding="utf-8").replace("http://purl.org/ctdl", "https://purl.org/ctdl")
    )
    found_ = counts(report_of(graph, "ctdl-asn"))
    assert found_["violation CtdlAsnCtid"] == 92
    assert found_["warning CtdlAsnUnknownProperty"] == 91
    assert found_["warning CtdlAsnLanguageCode"] == 92


# ------------------------------------------------------------------ single rules, the ugly cases

WHOLE = """
ex:f a ceasn:CompetencyFramework ; ceterms:ctid "ce-07c257d6-9119-11e8-b852-782bcb5df6ac" ;
    ceasn:name "Welding"@en ; ceasn:description "For welders."@en ; ceasn:inLanguage "en" ;
    ceasn:publisher ex:guild ; ceasn:hasTopChild ex:a .
ex:a a ceasn:Competency ; ceterms:ctid "ce-07c258c1-9119-11e8-b852-782bcb5df6ac" ;
    ceasn:competencyText "Weld."@en ; ceasn:inLanguage "en" ; ceasn:isPartOf ex:f ;
    ceasn:isTopChildOf ex:f .
"""


def test_a_whole_framework_has_no_result() -> None:
    assert found(WHOLE, "ctdl-asn") == set()


def test_a_ctid_in_capital_letters_is_one() -> None:
    assert found(WHOLE.replace("ce-07c257d6", "ce-07C257D6"), "ctdl-asn") == set()


def test_a_property_without_a_value_of_the_right_kind_is_named_with_its_competency() -> None:
    [result] = results(WHOLE.replace('"Weld."@en', '"Weld."'), "ctdl-asn", "CtdlAsnText")
    assert result.focus == EX + "a"
    assert result.message == "A value of ceasn:competencyText is no text with a language."
    assert result.path == "https://purl.org/ctdlasn/terms/competencyText"


@pytest.mark.parametrize(
    "date", ['"2018-10-29"', '"2018-10-29T01:15:28Z"', '"2018-10-29"^^xsd:date']
)
def test_a_whole_date_is_one_however_it_is_typed(date: str) -> None:
    assert found(WHOLE + f"ex:a ceasn:dateCreated {date} .", "ctdl-asn") == set()


@pytest.mark.parametrize(
    "date", ['"2018"', '"2018"^^xsd:date', '"29.10.2018"', '"2018-13-01"', "7"]
)
def test_anything_else_is_no_date(date: str) -> None:
    assert found(WHOLE + f"ex:a ceasn:dateCreated {date} .", "ctdl-asn") == {"CtdlAsnDate"}


def test_a_framework_without_a_tree_is_told_so_once_and_not_for_each_competency() -> None:
    flat = WHOLE.replace("; ceasn:hasTopChild ex:a", "").replace(
        ";\n    ceasn:isTopChildOf ex:f", ""
    )
    assert [name_of(r) for r in report_of(loaded(flat), "ctdl-asn")] == ["CtdlAsnTree"]


def test_a_tree_made_of_alignments_is_no_tree() -> None:
    more = """ex:a ceasn:narrowAlignment ex:b . ex:b a ceasn:Competency ; ceasn:inLanguage "en" ;
    ceterms:ctid "ce-07c258c1-9119-11e8-b852-782bcb5df6aa" ; ceasn:competencyText "Cut."@en ;
    ceasn:isPartOf ex:f ."""
    assert found(WHOLE + more, "ctdl-asn") == {"CtdlAsnAlignmentInside", "CtdlAsnPlace"}


def test_a_top_competency_may_call_the_framework_its_parent() -> None:
    old = WHOLE.replace("hasTopChild", "hasChild").replace("isTopChildOf", "isChildOf")
    assert found(old, "ctdl-asn") == set()


def test_the_match_that_does_not_exist_is_named_in_the_fix() -> None:
    [result] = results(WHOLE + "ex:a ceasn:exactMatch ex:z .", "ctdl-asn", "CtdlAsnUnknownProperty")
    assert "ceasn:exactMatch" in result.message and "ceasn:exactAlignment" in str(result.fix)


def test_two_texts_in_one_language_are_too_many_whatever_the_case_of_its_tag() -> None:
    twice = WHOLE.replace('"Weld."@en', '"Weld."@en , "Join."@EN')
    assert found(twice, "ctdl-asn") == {"CtdlAsnTextOnce"}
    other = WHOLE.replace('"Weld."@en', '"Weld."@en , "Schweißen."@de')
    assert found(other, "ctdl-asn") == set()


# The view is not to blame for these: a generated framework says no more of itself.
OF_THE_DATA = {
    "CtdlAsnName", "CtdlAsnDescription", "CtdlAsnLanguage", "CtdlAsnPublisher", "CtdlAsnText",
    "CtdlAsnTextNotBlank", "CtdlAsnAlignmentInside",
}  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(frameworks())
def test_the_view_of_any_framework_is_taken_as_far_as_the_data_allow(text: str) -> None:
    graph = KnowledgeGraph()
    graph.parse(text)
    assert {name_of(result) for result in report_of(graph, "ctdl-asn")} <= OF_THE_DATA
