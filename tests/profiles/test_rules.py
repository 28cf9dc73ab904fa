"""The rules of the profiles: in the style of the house, each with a pair of examples."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from competency._files import folder
from competency.checking.profiles import PROFILES, ValidationProfile, profile_shapes
from competency.ontology import COMP, SHAPES_IRI, Vocabulary
from competency.shapes import Compiled, Result, compile_shapes, load_shapes, validate
from tests.shacl.sameness import only

PLACE = folder("shapes")
FILES = sorted(PLACE.glob("profiles/*.ttl"))
SHAPES = load_shapes(*FILES)
OWN = load_shapes()
VOCABULARY = Vocabulary()
WORDS = {"comp": "Comp", "skos": "Skos", "ctdl-asn": "CtdlAsn", "case": "Case"}
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
NAMES = sorted(str(shape).rpartition("#")[2] for shape in SHAPES.subjects(SH.severity))


@cache
def _compiled() -> Compiled:
    return compile_shapes(SHAPES)


def shape_of(name: str) -> URIRef:
    return URIRef(f"{SHAPES_IRI}#{name}")


def example(name: str, kind: str) -> Graph:
    return Graph().parse(PLACE / "examples" / f"{name}.{kind}.ttl", format="turtle")


def found_in(name: str, kind: str) -> list[Result]:
    report = validate(example(name, kind), shapes=_compiled())
    return [result for result in report if result.shape == str(shape_of(name))]


def targets(shape: Node) -> set[tuple[Node, Node]]:
    kinds = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    return {(kind, target) for kind in kinds for target in SHAPES.objects(shape, kind)}


# ------------------------------------------------------------------ the shapes themselves


@pytest.mark.parametrize("name", NAMES)
def test_a_rule_has_a_target_one_label_one_severity_a_message_and_a_fix(name: str) -> None:
    shape = shape_of(name)
    assert targets(shape)
    for required in (RDFS.label, SH.message, SH.severity, COMP.fix, RDFS.isDefinedBy):
        assert len(list(SHAPES.objects(shape, required))) == 1, required
    assert SHAPES.value(shape, SH.severity) in SEVERITIES
    assert str(SHAPES.value(shape, RDFS.isDefinedBy)) == SHAPES_IRI
    for words in (SH.message, COMP.fix):
        text = str(SHAPES.value(shape, words))
        assert text.endswith(".") and "sh:" not in text, text


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_the_rules_of_a_profile_are_named_after_it(profile: ValidationProfile) -> None:
    name = profile.name
    mine = set(profile_shapes(name).subjects(SH.severity))
    if name == "comp":
        mine -= set(OWN.subjects(SH.severity))
    locals_ = {str(shape).rpartition("#")[2] for shape in mine}
    assert locals_
    assert all(local.startswith(WORDS[name]) for local in locals_)


def test_no_rule_of_a_profile_has_the_name_or_label_of_another_rule() -> None:
    own = {str(shape) for shape in OWN.subjects(SH.severity)}
    assert not own & {str(shape) for shape in SHAPES.subjects(SH.severity)}
    for profile in PROFILES:
        shapes = profile_shapes(profile.name)
        labels = [str(shapes.value(s, RDFS.label)) for s in shapes.subjects(SH.severity)]
        assert len(labels) == len(set(labels))


def test_a_message_with_a_variable_names_one_that_its_query_selects() -> None:
    for query in SHAPES.subjects(RDF.type, SH.SPARQLConstraint):
        select = str(SHAPES.value(query, SH.select)).partition("WHERE")[0]
        for variable in re.findall(r"{\?(\w+)}", str(SHAPES.value(query, SH.message))):
            assert f"?{variable} " in select


def test_the_rules_use_no_unknown_term_of_shacl_or_of_the_ontology() -> None:
    used = {term for triple in SHAPES for term in triple if isinstance(term, URIRef)}
    assert [term for term in used if term.startswith(str(SH)) and term not in SH] == []
    named = {str(term) for term in used if term.startswith(str(COMP))}
    texts = [text for words in (SH.select, COMP.fix, SH.message) for text in SHAPES[None:words]]
    named |= {
        str(COMP[name]) for _, text in texts for name in re.findall(r"\bcomp:(\w+)", str(text))
    }
    assert named <= set(VOCABULARY.terms)


def test_the_rules_are_valid_shacl_themselves() -> None:
    import pyshacl

    of_shapes = Graph().parse(Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.ttl")
    report = validate(SHAPES, shapes=of_shapes)
    assert report.conforms, report.text()
    broken = load_shapes(*FILES)
    broken.add((shape_of(NAMES[0]), SH.severity, Literal("high")))
    assert not validate(broken, shapes=of_shapes).conforms


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_prefix_stands_for_an_iri_that_ends_in_a_hash_or_slash_and_is_used(
    file: Path,
) -> None:
    text = file.read_text(encoding="utf-8")
    head = re.findall(r"(?m)^@prefix ([a-z]+): <[^>]*[#/]> \.$", text)
    assert len(head) == text.count("@prefix ") and head == sorted(head)
    for prefix in head:
        assert len(re.findall(rf"\b{prefix}:\w", text)) > 0, prefix


# ------------------------------------------------------------------ the examples


@pytest.mark.parametrize("name", NAMES)
def test_the_failing_example_breaks_its_rule_once(name: str) -> None:
    results = found_in(name, "fails")
    assert len(results) == 1
    assert results[0].rule and results[0].fix and results[0].message
    assert "{" not in results[0].message, "a variable was not filled in"


@pytest.mark.parametrize("name", NAMES)
def test_the_conforming_example_keeps_its_rule(name: str) -> None:
    assert found_in(name, "conforms") == []


@pytest.mark.parametrize("name", NAMES)
def test_the_conforming_example_is_looked_at_by_its_rule(name: str) -> None:
    data = example(name, "conforms")
    kinds = {str(kind) for kind in data.objects(None, RDF.type)}
    kinds |= {str(above) for above in data.objects(None, RDFS.subClassOf)}
    kinds |= {above for kind in kinds for above in VOCABULARY.superclasses(kind)}
    said = {str(predicate) for predicate in data.predicates()}
    looks = {SH.targetClass: kinds, SH.targetSubjectsOf: said, SH.targetObjectsOf: said}
    assert any(
        kind == SH.targetNode or str(target) in looks[URIRef(str(kind))]
        for kind, target in targets(shape_of(name))
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_find_the_same_in_the_examples(name: str) -> None:
    for kind in ("conforms", "fails"):
        data, shapes = example(name, kind), only(name, SHAPES)
        assert validate(data, shapes=shapes, engine="reference") == validate(data, shapes=shapes)
