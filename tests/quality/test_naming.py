"""Names: what the page of documentation lists, what can be switched off, what pages say."""

from __future__ import annotations

import re

import pytest
from rdflib import DCTERMS, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from competency import KnowledgeGraph
from competency._files import folder
from competency.ontology.terms import SHAPES_IRI
from competency.server import create_app
from competency.shapes import load_shapes, validate
from competency.shapes.quality import CHECK, CHECKS, QUALITY, quality_names, without_quality
from tests.conftest import ROOT

FILE = folder("shapes") / "quality.ttl"
SHAPES = Graph().parse(FILE)
ROWS = re.findall(
    r"^\| ([A-Z]\w+) \| (\w+) \|", (ROOT / "docs" / "quality.md").read_text(encoding="utf-8"), re.M
)


def shape(name: str) -> URIRef:
    return URIRef(f"{SHAPES_IRI}#{name}")


def test_every_shape_of_the_file_is_part_of_the_collection_and_no_other_is() -> None:
    shapes = {node for node in SHAPES.subjects(SH.message) if isinstance(node, URIRef)}
    assert shapes == set(SHAPES.subjects(DCTERMS.isPartOf, QUALITY))
    assert quality_names() == quality_names(SHAPES) == sorted(str(s).split("#")[1] for s in shapes)
    assert len(shapes) > 30


def test_the_page_of_documentation_lists_every_check_with_its_severity() -> None:
    severities = {name: str(SHAPES.value(shape(name), SH.severity)) for name in quality_names()}
    assert dict(ROWS) == {name: iri.split("#")[1].lower() for name, iri in severities.items()}
    assert len(ROWS) == len(severities)


def test_no_check_of_quality_is_a_violation() -> None:
    assert set(SHAPES.objects(None, SH.severity)) == {SH.Warning, SH.Info}


def test_the_collection_and_the_property_of_the_checks_are_described() -> None:
    for term in (QUALITY, CHECK):
        assert (term, RDF.type, None) in SHAPES
        assert len(str(SHAPES.value(term, SKOS.definition))) > 40
        assert SHAPES.value(term, RDFS.label)


def test_every_check_that_a_shape_names_is_there_and_every_one_there_is_named() -> None:
    assert {str(name) for name in SHAPES.objects(None, CHECK)} == set(CHECKS)
    definition = str(SHAPES.value(CHECK, SKOS.definition))
    assert all(f'"{name}"' in definition for name in CHECKS)


def test_the_checks_cannot_be_changed_by_those_who_use_them() -> None:
    with pytest.raises(TypeError):
        CHECKS["language"] = CHECKS["hidden"]  # type: ignore[index]


def test_with_all_checks_off_nothing_of_quality_is_found_and_all_else_is() -> None:
    data = Graph().parse(folder("shapes") / "examples" / "VagueWords.fails.ttl")
    shapes = load_shapes()
    before = set(shapes)
    every, without = validate(data, shapes=shapes), validate(data, shapes=without_quality(shapes))
    assert set(shapes) == before
    names = {f"{SHAPES_IRI}#{name}" for name in quality_names()}
    assert {result.shape for result in every} & names
    assert [r for r in every if r.shape not in names] == list(without)


def test_one_check_is_switched_off_alone() -> None:
    data = Graph().parse(folder("shapes") / "examples" / "OddSpaces.fails.ttl")
    shapes = load_shapes()
    shapes.add((shape("OddSpaces"), SH.deactivated, Literal(True)))
    found = {result.shape for result in validate(data, shapes=shapes)}
    assert str(shape("OddSpaces")) not in found and found


def test_the_page_of_shapes_tells_what_a_check_of_ours_asks() -> None:
    client = create_app(KnowledgeGraph()).test_client()
    text = client.get("/shapes", headers={"Accept": "text/html"}).get_data(as_text=True)
    for words in (
        "in the language of its tag",
        "in the encoding it was written in",
        "without signs that cannot be seen",
        "at most 250 characters",
        "The text reads like ….",
    ):
        assert words in text
    assert "{?" not in re.sub(r"(?s)<pre.*?</pre>", "", text)
    for name in ("TextLanguage", "MarkupInText", "DuplicateTexts"):
        assert client.get(f"/shapes/{name}", headers={"Accept": "text/html"}).status_code < 400
