"""CASE 1.1: what a package would lack, what would have to be made up, what goes into extensions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rdflib import SH

from competency.shapes import Severity
from tests.profiles.common import EX, found, loaded, name_of, report_of, results
from tests.profiles.test_rules import NAMES, SHAPES, shape_of

WHOLE = """
ex:f a comp:Framework ; rdfs:label "Standard for welders"@en ; dcterms:language "en" ;
    dcterms:description "For welders."@en ; dcterms:publisher ex:guild ;
    dcterms:modified "2024-05-01"^^xsd:date ; dcterms:issued "2024-04-30"^^xsd:date ;
    dcterms:license <https://example.org/licence> ; dcterms:rights "Share it."@en .
ex:guild a org:Organization ; rdfs:label "Guild"@en .
ex:g a comp:Group ; rdfs:label "Theory"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
    comp:position 1 .
ex:c a comp:Competency ; comp:text "Weld."@en ; comp:inFramework ex:f ; comp:partOf ex:g ;
    comp:position 1 ; comp:atLevel ex:l ; comp:code ex:k ; skos:relatedMatch <https://x.org/y> .
<https://x.org/y> rdfs:label "Join"@en .
ex:k a comp:Code ; skos:notation "W1" .
ex:s a comp:LevelScale ; rdfs:label "Steps"@en .
ex:l a comp:Level ; rdfs:label "Master"@en ; comp:inScale ex:s ; comp:rank 1 .
"""


def test_a_framework_with_nothing_but_what_case_has_fields_for_has_no_result() -> None:
    assert found(WHOLE, "case") == set()


# ------------------------------------------------------------------ required by the schema

REQUIRED: dict[str, dict[str, str | None]] = {
    "CFPckgDocumentDType": {
        "identifier": "CaseIri",
        "uri": "CaseIri",
        "creator": "CaseCreator",
        "title": "CaseTitle",
        "lastChangeDateTime": "CaseLastChange",
    },
    "CFPckgItemDType": {
        "identifier": "CaseIri",
        "uri": "CaseIri",
        "fullStatement": "CaseStatement",
        "lastChangeDateTime": "CaseLastChange",
    },
    "CFPckgAssociationDType": {
        "identifier": "CaseIri",
        "uri": "CaseIri",
        "associationType": "CaseMatch",
        "originNodeURI": "CaseMatchTitle",
        "destinationNodeURI": "CaseMatchTitle",
        "lastChangeDateTime": "CaseLastChange",
    },
    "CFItemTypeDType": {
        "identifier": None,  # made of the IRI of the kind
        "uri": None,
        "title": "CaseKind",
        "description": "CaseKind",
        "hierarchyCode": None,  # its place among our classes
        "lastChangeDateTime": "CaseLastChange",
    },
    "CFLicenseDType": {
        "identifier": None,
        "uri": None,
        "title": "CaseLicenceText",
        "licenseText": "CaseLicenceText",
        "lastChangeDateTime": "CaseLastChange",
    },
}


@pytest.mark.parametrize("kind", REQUIRED)
def test_each_key_that_the_schema_requires_has_a_rule_or_is_made_of_the_iri(
    shared: Path, kind: str
) -> None:
    file = shared / "oracles" / "imscasev1p1_openapi3_v1p0.json"
    if not file.is_file():
        pytest.skip("no schema of CASE 1.1 in ../shared/oracles here")
    schemas = json.loads(file.read_text(encoding="utf-8"))["components"]["schemas"]
    assert set(schemas[kind]["required"]) == set(REQUIRED[kind])
    assert {rule for rule in REQUIRED[kind].values() if rule} <= set(NAMES)


BROKEN = {
    "CaseTitle": ('rdfs:label "Standard for welders"@en ;', "", "f"),
    "CaseStatement": ('comp:text "Weld."@en ;', 'comp:text "  "@en ;', "c"),
    "CaseLevelTitle": ('rdfs:label "Master"@en ;', "", "l"),
    "CaseCreator": ("dcterms:publisher ex:guild ;", "", "f"),
    "CaseCreatorNamed": ('; rdfs:label "Guild"@en', "", "f"),
    "CaseLastChange": (
        'dcterms:modified "2024-05-01"^^xsd:date ; dcterms:issued "2024-04-30"^^xsd:date ;',
        "",
        "f",
    ),
    "CaseLanguage": ('dcterms:language "en" ;', "", "f"),
    "CaseLanguageCode": ('dcterms:language "en" ;', 'dcterms:language "English" ;', "f"),
    "CaseLicenceText": (' ; dcterms:rights "Share it."@en', "", "f"),
    "CaseParent": ("comp:partOf ex:g ;", "", "c"),
    "CasePosition": ("comp:partOf ex:g ;\n    comp:position 1 ;", "comp:partOf ex:g ;", "c"),
    "CaseMatchTitle": ('<https://x.org/y> rdfs:label "Join"@en .', "", "c"),
    "CaseStatusDate": ('"2024-04-30"^^xsd:date', '"2024"^^xsd:date', "f"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_one_thing_missing_gives_one_result_about_the_right_part(rule: str) -> None:
    before, after, part = BROKEN[rule]
    assert before in WHOLE
    report = report_of(loaded(WHOLE.replace(before, after)), "case")
    assert [(name_of(result), result.focus) for result in report] == [(rule, EX + part)]
    assert report.results[0].fix


def severity_of(name: str) -> object:
    return SHAPES.value(shape_of(name), SH.severity)


def test_only_what_makes_a_package_invalid_is_a_violation() -> None:
    violations = {
        name for name in NAMES if name.startswith("Case") and severity_of(name) == SH.Violation
    }
    assert violations == {
        "CaseFramework",
        "CaseIri",
        "CaseTitle",
        "CaseStatement",
        "CaseLevelTitle",
    }


def test_what_goes_into_extensions_is_an_info_that_says_so() -> None:
    for name in NAMES:
        if name.startswith("Case") and severity_of(name) == SH.Info:
            message = str(SHAPES.value(shape_of(name), SH.message))
            assert "extensions" in message or "(ext:)" in message, name


# ------------------------------------------------------------------ the ugly cases


def test_a_printed_empty_field_has_its_title_for_words() -> None:
    remark = """ex:r a comp:Note ; rdfs:label "Remark"@en ; comp:isEmpty true ; comp:position 2 ;
        comp:inFramework ex:f ; comp:partOf ex:f ."""
    assert found(WHOLE + remark, "case") == {"CaseEmpty"}


def test_unhelpful_behaviours_are_told_once_for_a_framework_however_many_there_are() -> None:
    many = "".join(
        f"""ex:n{number} a ex:Misdeed ; comp:text "Shouts."@en ; comp:inFramework ex:f ;
        comp:partOf ex:g ; comp:position {number} ."""
        for number in range(2, 9)
    )
    own = 'ex:Misdeed rdfs:subClassOf comp:NegativeIndicator ; rdfs:label "misdeed"@en .'
    [result] = report_of(loaded(WHOLE + many + own), "case")
    assert (name_of(result), result.severity) == ("CaseNegative", Severity.info)
    assert result.focus == EX + "f"


def test_a_second_language_and_a_second_code_are_carried_apart() -> None:
    more = 'ex:c comp:text "Schweißen."@de ; comp:code ex:k2 . ex:k2 comp:issuedBy ex:guild .'
    assert found(WHOLE + more, "case") == {"CaseOneLanguage", "CaseCodes", "CaseCodeIssuer"}


def test_a_kind_of_ones_own_needs_a_name_and_a_kind_of_owl_does_not() -> None:
    assert found(WHOLE + "ex:c a ex:Skill .", "case") == {"CaseKind"}
    owl = "ex:c a <http://www.w3.org/2002/07/owl#NamedIndividual> ."
    assert found(WHOLE + owl, "case") == set()


def test_a_publisher_given_by_name_is_named() -> None:
    assert found(WHOLE.replace("publisher ex:guild", 'publisher "Guild"'), "case") == set()


def test_a_title_that_is_said_as_a_dublin_core_title_counts() -> None:
    title = WHOLE.replace('rdfs:label "Standard', 'dcterms:title "Standard')
    assert found(title, "case") == set()


def test_a_nameless_part_is_named_by_its_words() -> None:
    [result] = results(
        WHOLE
        + """[] a comp:Note ; comp:text "Hot!"@en ; comp:inFramework ex:f ;
        comp:partOf ex:g ; comp:position 2 .""",
        "case",
        "CaseIri",
    )
    assert result.name == 'note "Hot!"'
    assert result.place == ("Standard for welders", "Theory")
