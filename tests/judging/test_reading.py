"""What shapes can read is told from the shapes alone, and what cannot be told is not guessed."""

from __future__ import annotations

import pytest
from rdflib import Graph, URIRef

from competency._files import folder
from competency.errors import ShapesError
from competency.graph.judging.patterns import Unbounded, read_patterns
from competency.graph.judging.queries import read_query
from competency.graph.judging.reading import Reading, read_shapes
from competency.graph.judging.walks import START, Stage, Walks
from competency.shapes import load_shapes
from competency.shapes.paths import Path, Step, Steps

EX = "https://example.org/"
PREFIXES = {"ex": EX}
HEAD = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)


def iri(name: str) -> URIRef:
    return URIRef(EX + name)


def walks_of(query: str) -> Walks:
    walks = Walks()
    read_query(query, PREFIXES, walks, START, walks.state(), "s")
    return walks


def goes(walks: Walks, way: str) -> bool:
    """Say whether walks go a way such as ``a ^b c``, each a property, ``^`` for backwards."""
    stage: Stage | None = walks.start
    for step in way.split():
        if stage is None:
            return False
        backwards, name = step.startswith("^"), EX + step.removeprefix("^")
        stage = stage.entering(name) if backwards else stage.leaving(name)
    return stage is not None


def shape(text: str) -> Reading:
    return read_shapes(Graph().parse(data=HEAD + text, format="turtle"))


# ------------------------------------------------------------------ paths


@pytest.mark.parametrize(
    ("kind", "ways", "not_ways"),
    [
        (Step.zero_or_more, ["b", "a b", "a a b"], ["a b a"]),
        (Step.one_or_more, ["a b", "a a b"], ["b"]),
        (Step.zero_or_one, ["b", "a b"], ["a a b"]),
        (Step.inverse, ["^a b"], ["a", "b", "^b"]),
    ],
)
def test_a_path_is_walked_as_often_as_it_says(
    kind: Step, ways: list[str], not_ways: list[str]
) -> None:
    walks = Walks()
    walks.follow(START, Steps(Step.sequence, (Steps(kind, (iri("a"),)), iri("b"))))
    assert all(goes(walks, way) for way in ways)
    assert not any(goes(walks, way) for way in not_ways)


def test_an_inverse_turns_a_whole_path_round() -> None:
    walks, steps = Walks(), Steps(Step.sequence, (iri("a"), iri("b")))
    walks.follow(START, Steps(Step.inverse, (steps,)))
    assert goes(walks, "^b ^a") and not goes(walks, "^a")


def test_two_ways_that_begin_alike_do_not_lend_each_other_their_ends() -> None:
    walks = Walks()
    paths: list[Path] = [Steps(Step.alternative, (iri("a"), iri("b"))), iri("a")]
    first, second = (walks.follow(START, path) for path in paths)
    walks.follow(first, iri("c"))
    walks.follow(second, iri("d"))
    assert all(goes(walks, way) for way in ("a c", "b c", "a d")) and not goes(walks, "b d")


def test_walks_in_reverse_lead_back_to_where_they_begin() -> None:
    walks = Walks()
    walks.follow(START, Steps(Step.sequence, (iri("a"), Steps(Step.inverse, (iri("b"),)))))
    last = walks.reversed.at_end_of(EX + "b", inverse=False)
    assert last is not None and not last.begins
    first = last.entering(EX + "a")
    assert first is not None and first.begins


# ------------------------------------------------------------------ queries


@pytest.mark.parametrize(
    ("patterns", "ways"),
    [
        ("$this ex:a ?b . ?b ex:c ?d", ["a c"]),
        ("?b ex:a $this . ?b ex:c ?d", ["^a c"]),
        ("$this ex:a/^ex:b ?c", ["a ^b"]),
        ("$this (ex:a|^ex:b)+ ?c . ?c ex:d 1", ["a d", "^b a d"]),
        ("$this ex:a ?b ; ex:c [ ex:d ?e ] .", ["a", "c d"]),
        ("$this ex:a ?b , ?c . ?c ex:d 'x'@en", ["a d"]),
        ("$this ex:a ?b FILTER NOT EXISTS { ?b ex:c+ ?d }", ["a c c"]),
        ("$this ex:a ?b FILTER (?b = 1 || !EXISTS { ?b ex:c ?d })", ["a c"]),
        ("OPTIONAL { $this ex:a ?b . ?b ex:c ?d }", ["a c"]),
        ("{ $this ex:a ?b } UNION { ?b ex:c $this } ?b ex:d ?e", ["a d", "^c d"]),
        ("$this ex:a ?b BIND (IF(?b = 1, ?b, $this) AS ?c) ?c ex:d ?e", ["a d", "d"]),
        ("OPTIONAL { $this ex:a ?b } BIND (COALESCE(?b, $this) AS ?c) ?c ex:d ?e", ["a d", "d"]),
        ("{ SELECT $this (MIN(?b) AS ?c) { $this ex:a ?b } GROUP BY $this } ?c ex:d ?e", ["a d"]),
        ("$this ex:a ?b . ?other ?p ?b . FILTER EXISTS { $this ex:c ?other }", ["a", "c any"]),
        ("$this ?p ?b", ["whatever"]),
    ],
)
def test_a_query_reads_what_hangs_together_with_this(patterns: str, ways: list[str]) -> None:
    walks = walks_of(f"SELECT $this {{ {patterns} }}")
    assert [way for way in ways if not goes(walks, way)] == []


@pytest.mark.parametrize(
    "patterns",
    [
        "?a ex:b ?c",
        "$this ex:a ?b . ?c ex:d ?e",
        "$this ex:a ?b . ?c ?p ?b",
        "ex:one ex:a ?b",
        "$this ex:a ?b FILTER NOT EXISTS { ?c a ex:D }",
        "{ $this ex:a ?b } UNION { $this ex:c ?d } ?b ex:e ?f",
        "OPTIONAL { $this ex:a ?b } ?b ex:c ?d",
        "$this ex:a ?b BIND (IRI(STR(?b)) AS ?c) ?c ex:d ?e",
        "{ SELECT ?b { ?a ex:b ?b } } $this ex:c ?b",
        "$this !ex:a ?b",
        "GRAPH ?g { $this ex:a ?b }",
        "$this ex:a (1 2)",
        "$this other:a ?b",
    ],
)
def test_a_query_that_may_look_anywhere_says_so(patterns: str) -> None:
    with pytest.raises(Unbounded):
        walks_of(f"SELECT $this {{ {patterns} }}")


def test_what_can_be_read_forwards_is_not_read_backwards() -> None:
    walks = walks_of("""SELECT $this ?value { ?value ex:in $this ; ex:code/ex:text ?text .
        ?other ex:code/ex:text ?text . FILTER EXISTS { ?other ex:in $this } }""")
    assert walks.entries == {EX + "in"}


def test_a_text_that_is_no_query_is_named() -> None:
    with pytest.raises(ShapesError, match="ex:shape"):
        read_patterns("SELECT $this { $this }}", {}, "ex:shape")


# ------------------------------------------------------------------ shapes


@pytest.mark.parametrize(
    ("constraint", "ways"),
    [
        ("sh:path ex:a ; sh:minCount 1", ["a"]),
        ("sh:path [ sh:inversePath ex:a ] ; sh:nodeKind sh:IRI", ["^a"]),
        ("sh:path ex:a ; sh:node [ sh:property [ sh:path ex:b ; sh:minCount 1 ] ]", ["a b"]),
        (
            "sh:path ex:a ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:path ex:b ]",
            ["a b"],
        ),
        ("sh:or ( [ sh:path ex:a ] [ sh:not [ sh:path ex:b ] ] )", ["a", "b"]),
        ("sh:path ex:a ; sh:lessThan ex:b", ["a", "b"]),
        ("sh:closed true", ["whatever"]),
    ],
)
def test_a_constraint_reads_along_its_path(constraint: str, ways: list[str]) -> None:
    reading = shape(f"ex:s a sh:PropertyShape ; sh:targetClass ex:C ; {constraint} .")
    assert not reading.whole
    assert [way for way in ways if not goes(reading.walks, way)] == []


def test_a_shape_that_leads_back_to_itself_is_read_to_its_end() -> None:
    reading = shape("ex:s a sh:NodeShape ; sh:targetClass ex:C ;"
                    " sh:property [ sh:path ex:a ; sh:node ex:s ] .")  # fmt: skip
    assert goes(reading.walks, "a a a a")


def test_targets_of_every_sort_are_known() -> None:
    reading = shape(
        "ex:s a sh:NodeShape ; sh:targetSubjectsOf ex:a ; sh:targetObjectsOf ex:b ;"
        " sh:targetNode ex:n ; sh:nodeKind sh:IRI ."
    )
    assert (reading.subjects_of, reading.objects_of) == ({EX + "a"}, {EX + "b"})
    assert reading.nodes == {iri("n")}


@pytest.mark.parametrize(
    "text",
    [
        'ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "SELECT $this {?a ?b ?c}" ] .',
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:js ex:function .",
        "ex:s a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ] .",
        "ex:k a sh:ConstraintComponent . ex:s a sh:NodeShape ; sh:targetClass ex:C ; ex:own 1 .",
    ],
)
def test_a_shape_that_may_look_anywhere_is_run_over_all_data(text: str) -> None:
    assert shape(text).whole == {iri("s")}


def test_a_shape_that_is_switched_off_reads_nothing() -> None:
    text = "ex:s a sh:NodeShape ; sh:deactivated true ; sh:targetClass ex:C ; sh:js ex:f ."
    assert shape(text).whole == set()


def test_a_path_in_a_query_stands_for_that_of_its_shape() -> None:
    reading = shape(
        "ex:s a sh:PropertyShape ; sh:targetClass ex:C ; sh:path [ sh:inversePath ex:a ] ;"
        ' sh:sparql [ sh:select "SELECT $this { $this $PATH ?b . ?b <https://example.org/c> ?d }" ] .'
    )
    assert goes(reading.walks, "^a c") and not reading.whole


def test_no_shape_of_ours_has_to_look_at_all_data_at_once() -> None:
    assert read_shapes(load_shapes()).whole == set()


@pytest.mark.parametrize("file", sorted((folder("shapes") / "profiles").glob("*.ttl")), ids=str)
def test_the_shapes_of_every_profile_can_be_read(file: str) -> None:
    assert read_shapes(load_shapes(file)).walks.start.goes_on
