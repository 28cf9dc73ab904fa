"""The shapes: each has an example that keeps it and one that breaks it; reports name the part."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from competency._files import folder
from competency.ontology.terms import COMP, PREFIXES, SHAPES_IRI
from competency.ontology.vocabulary import Vocabulary
from competency.shapes import Report, Result, load_shapes, validate

EXAMPLES = folder("shapes") / "examples"
SHAPES = load_shapes()
VOCABULARY = Vocabulary()
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEAD += "@prefix ex: <https://example.org/> .\n"


def graph_of(turtle: str) -> Graph:
    return Graph().parse(data=HEAD + turtle, format="turtle")


def example(name: str, kind: str) -> Graph:
    return Graph().parse(EXAMPLES / f"{name}.{kind}.ttl", format="turtle")


def rules_of(report: Report, name: str) -> list[Result]:
    return [result for result in report if result.shape == f"{SHAPES_IRI}#{name}"]


def targets(graph: Graph) -> set[Node]:
    """Return everything in a shapes graph that has a target, so that it gives results itself."""
    kinds = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    return {shape for kind in kinds for shape in graph.subjects(kind)}


def of_kind(kind: URIRef) -> set[Node]:
    """Return what the shapes graph has of a kind."""
    return set(SHAPES.subjects(RDF.type, kind))


def shapes_of_profiles() -> set[str]:
    """Return the names of the shapes for other formats, which have examples too."""
    files = sorted((folder("shapes") / "profiles").glob("*.ttl"))
    found = targets(load_shapes(*files)) if files else set()
    return {str(shape).rpartition("#")[2] for shape in found} - set(NAMES)


NAMES = sorted(str(shape).rpartition("#")[2] for shape in targets(SHAPES))
# The rules of the profiles (tests/profiles) have their examples in the same folder.
PROFILED = load_shapes(*folder("shapes").glob("profiles/*.ttl"))
PROFILE_NAMES = sorted(str(shape).rpartition("#")[2] for shape in targets(PROFILED))


# ------------------------------------------------------------------ the shapes themselves


def test_every_rule_has_an_iri_of_ours() -> None:
    assert {str(shape) for shape in targets(SHAPES)} == {f"{SHAPES_IRI}#{name}" for name in NAMES}
    named = {node for node in SHAPES.subjects() if str(node).startswith(f"{SHAPES_IRI}#")}
    others = {node for kind in (OWL.AnnotationProperty, SKOS.Collection) for node in of_kind(kind)}
    assert named - others == targets(SHAPES), "a named shape has no target"


@pytest.mark.parametrize("name", NAMES)
def test_every_shape_has_one_label_message_severity_and_fix(name: str) -> None:
    shape = URIRef(f"{SHAPES_IRI}#{name}")
    for required in (RDFS.label, SH.message, SH.severity, COMP.fix, RDFS.isDefinedBy):
        assert len(list(SHAPES.objects(shape, required))) == 1, required
    assert SHAPES.value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info)
    assert str(SHAPES.value(shape, RDFS.isDefinedBy)) == SHAPES_IRI
    for words in (SH.message, COMP.fix):
        text = str(SHAPES.value(shape, words))
        assert text[-1] in "." and "sh:" not in text, text


def test_no_two_shapes_have_the_same_label() -> None:
    labels = [str(SHAPES.value(shape, RDFS.label)) for shape in targets(SHAPES)]
    assert len(labels) == len(set(labels))


def test_a_message_with_a_variable_names_one_that_its_query_selects() -> None:
    for query in SHAPES.subjects(RDF.type, SH.SPARQLConstraint):
        select = str(SHAPES.value(query, SH.select)).partition("WHERE")[0]
        for variable in re.findall(r"{\?(\w+)}", str(SHAPES.value(query, SH.message))):
            assert f"?{variable} " in select


def test_the_shapes_are_valid_shacl_themselves() -> None:
    from pyshacl import validate as run

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the pickle of SHACL's own shapes is pySHACL's affair
        conforms, _, text = run(Graph(), shacl_graph=load_shapes(), meta_shacl=True)
    assert conforms, text


def test_the_shapes_use_no_unknown_term_of_shacl_or_of_the_ontology() -> None:
    used = {term for triple in SHAPES for term in triple if isinstance(term, URIRef)}
    assert [term for term in used if term.startswith(str(SH)) and term not in SH] == []
    assert {str(t) for t in used if t.startswith(str(COMP))} <= set(VOCABULARY.terms)


def test_the_queries_and_fixes_use_no_unknown_term_of_the_ontology() -> None:
    texts = [
        text for words in (SH.select, COMP.fix, SH.message) for text in SHAPES.objects(None, words)
    ]
    names = {name for text in texts for name in re.findall(r"\bcomp:(\w+)", str(text))}
    assert {str(COMP[name]) for name in names} <= set(VOCABULARY.terms)


@pytest.mark.parametrize(
    "file", sorted([*folder("shapes").glob("*.ttl"), *EXAMPLES.glob("*.ttl")]), ids=lambda f: f.name
)
def test_every_prefix_stands_for_an_iri_that_ends_in_a_hash_or_slash(file: Path) -> None:
    for line in re.findall(r"(?m)^@prefix.*", file.read_text(encoding="utf-8")):
        assert re.fullmatch(r"@prefix [a-z]+: <[^>]*[#/]> \.", line), line
    for namespace in Graph().parse(file).objects(None, SH.namespace):
        assert str(namespace).endswith(("#", "/"))


# ------------------------------------------------------------------ the examples


def test_every_shape_has_a_pair_of_examples_and_every_example_a_shape() -> None:
    names = {*NAMES, *shapes_of_profiles()}
    wanted = {f"{name}.{kind}.ttl" for name in names for kind in ("conforms", "fails")}
    assert {file.name for file in EXAMPLES.glob("*.ttl")} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_failing_example_breaks_its_rule_once(name: str) -> None:
    found = rules_of(validate(example(name, "fails")), name)
    assert len(found) == 1
    assert found[0].rule and found[0].fix and found[0].message
    assert "{" not in found[0].message, "a variable was not filled in"


@pytest.mark.parametrize("name", NAMES)
def test_the_conforming_example_keeps_its_rule(name: str) -> None:
    assert rules_of(validate(example(name, "conforms")), name) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_conforming_example_is_looked_at_by_its_rule(name: str) -> None:
    data, shape = example(name, "conforms"), URIRef(f"{SHAPES_IRI}#{name}")
    kinds = {
        below
        for kind in SHAPES.objects(shape, SH.targetClass)
        for below in VOCABULARY.subclasses(str(kind))
    }
    assert (
        kinds & {str(kind) for kind in data.objects(None, RDF.type)}
        or set(SHAPES.objects(shape, SH.targetSubjectsOf)) & set(data.predicates())
        or list(SHAPES.objects(shape, SH.targetNode))
    )
