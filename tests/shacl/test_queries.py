"""Queries of shapes: bound before they run, the same one by one and together, and kept in."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef

from competency._files import folder
from competency.errors import ShapesError
from competency.shapes import load_shapes
from competency.shapes.engine import Data, compile_shapes, find
from competency.shapes.engine.constraints.sparql import Select
from competency.shapes.engine.looking import allows_many
from competency.shapes.engine.needing import needed
from competency.shapes.engine.prebinding import Query
from competency.shapes.engine.store import TripleStore
from competency.shapes.engine.tokens import MAX_DEPTH, tokens
from competency.shapes.reference import find_by_reference
from tests.shacl.turtle import found_in, graph_of, values_in

NEAR = "https://example.org/"


def shape(select: str, more: str = "", targets: str = "sh:targetSubjectsOf ex:p") -> str:
    """Return a node shape with a query."""
    query = select.replace("ex:", "e:")
    return (
        "ex:o sh:declare [ sh:prefix 'e' ; sh:namespace 'https://example.org/'^^xsd:anyURI ] . "
        f'ex:S a sh:NodeShape ; {targets} ; sh:sparql [ sh:prefixes ex:o ; {more} sh:select """'
        f'{query}""" ] .'
    )


DATA = """
ex:a ex:p ex:b , 1 , "x"@en ; ex:q ex:a . ex:b ex:p ex:c . ex:c ex:p _:d , ex:a . _:d ex:p ex:b ;
    ex:q _:e . _:e ex:p "x" . ex:f ex:q 7 .
"""
QUERIES = [
    "SELECT $this ?value { $this ex:p ?value }",
    "SELECT $this ?value { ?value ex:p $this }",
    "SELECT $this { FILTER (BOUND($this)) }",
    "SELECT $this ?value { BIND ($this AS ?value) }",
    "SELECT $this ?value { BIND ($this AS ?that) ?that ex:p ?value }",
    "SELECT $this ?value { { $this ex:p ?value } UNION { ?value ex:q ?any } }",
    "SELECT $this { { $this ex:absent ?x } UNION { FILTER (isIRI($this)) } }",
    "SELECT $this ?value { ?value ex:q ?any OPTIONAL { ?value ex:p $this } }",
    "SELECT $this ?value { { ?value ex:p ?x OPTIONAL { ?x ex:p $this BIND (1 AS ?ok) } } }",
    "SELECT $this ?value { ?value ex:p ?x FILTER NOT EXISTS { ?x ex:p $this } }",
    "SELECT $this ?value { ?value ex:p ?x FILTER EXISTS { { ?x ex:p ?y FILTER (?y = $this) } } }",
    "SELECT $this ?value { ?value ex:p+ $this }",
    "SELECT $this ?value { $this ex:p* ?value }",
    "SELECT $this ?value { $this !ex:q ?value }",
    "SELECT DISTINCT $this { $this ex:p ?a , ?b FILTER (STR(?a) < STR(?b)) }",
    "SELECT $this ?value { { SELECT $this ?value { $this ex:p ?value } } }",
    "SELECT $this ?value { { SELECT DISTINCT $this { $this ex:p ?x } } $this ex:p ?value }",
    "SELECT $this (COUNT(?x) AS ?value) { $this ex:p ?x } GROUP BY $this",
    "SELECT $this ?value { $this ex:p ?value } ORDER BY ?value LIMIT 1",
    "SELECT $this { $this ex:p ?x } GROUP BY $this HAVING (COUNT(?x) > 1)",
    "SELECT $this ?value { { SELECT $this (COUNT(*) AS ?value) { $this ex:p ?x } GROUP BY $this } }",
    "SELECT $this ?value { ?value ?any $this # a comment with { and 'a quote\n }",
    'SELECT $this { FILTER (STR($this) > "https://example.org/a # no comment }") }',
]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("select", QUERIES)
def test_a_query_gives_what_it_gives_the_reference(select: str) -> None:
    data, shapes = graph_of(DATA), graph_of(shape(select))
    fast = {(f.focus, f.value) for f in find(Data.of_graph(data), compile_shapes(shapes))}
    reference = {(f.focus, f.value) for f in find_by_reference(data, shapes)}
    assert {(f, str(v)) for f, v in fast} == {(f, str(v)) for f, v in reference}


@pytest.mark.parametrize("select", QUERIES)
def test_a_query_gives_the_same_for_many_nodes_together_and_one_by_one(select: str) -> None:
    data = Data.of_graph(graph_of(DATA))
    query = Query(select.replace("ex:", "e:"), {"e": NEAR}, "test")
    nodes = [f"<{NEAR}{name}>" for name in "abcdef"] + ['"x"@en', "_:none"]
    one_by_one = {
        (node, tuple(sorted(row.items())))
        for node in nodes
        for node, row in query.rows(data, [node], {})
    }
    together = {(node, tuple(sorted(row.items()))) for node, row in query.rows(data, nodes, {})}
    assert together == one_by_one


def test_our_queries_are_asked_together_where_they_do_not_count() -> None:
    assert allows_many(tokens("SELECT $this { $this a ?kind }", "s"))
    for alone in (
        "SELECT ?kind { $this a ?kind }",
        "SELECT $this (COUNT(?kind) AS ?n) { $this a ?kind } GROUP BY $this",
        "SELECT $this { $this a ?kind } LIMIT 1",
    ):
        assert not allows_many(tokens(alone, "s"))


# ------------------------------------------------------------------ what a query cannot do without


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        ("SELECT $this { $this e:p/e:q ?x ; e:r* ?y . ?x ^e:s+ 'a'@en , 1 }", "p q s"),
        ("SELECT $this { $this e:p|e:q ?x }", "p|q"),
        ("SELECT $this { $this (e:p/e:q)|e:r ?x }", "p|r q|r"),
        ("SELECT $this { $this (e:p)? ?x ; !e:q ?y ; ?path ?z }", ""),
        ("SELECT $this { OPTIONAL { $this e:p ?x } { $this e:q ?y } UNION { } }", ""),
        ("SELECT $this { FILTER NOT EXISTS { $this e:p ?x } BIND (1 AS ?y) ?x e:q ?y }", "q"),
        ("SELECT $this (COUNT(?x) AS ?n) { $this e:p ?x }", ""),
        ("SELECT $this { $this e:p [ e:q 1 ] }", "p"),
        ("ASK { $this e:p ?x }", ""),
    ],
)
def test_the_properties_that_a_query_needs(select: str, expected: str) -> None:
    found = needed(tokens(select, "s"), {"e": ""})
    told = sorted("|".join(sorted(term[1:-1] for term in any_of)) for any_of in found)
    assert " ".join(told) == expected


def test_what_our_queries_need_never_hides_a_result() -> None:
    compiled = compile_shapes(load_shapes())
    queries = [c for s in compiled.shapes for c in s.constraints if isinstance(c, Select)]
    assert len(queries) > 20
    for name in ("DatesInOrder", "LinkElsewhere", "MatchKind", "RankTwice"):
        graph = Graph().parse(folder("shapes") / "examples" / f"{name}.fails.ttl")
        found = find(Data.of_graph(graph), compiled)
        assert name in {str(item.shape).rpartition("#")[2] for item in found}


# ------------------------------------------------------------------ what a query may not do


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("SELECT $this { $this ?p ?o MINUS { $this a ?o } }", "MINUS is not allowed"),
        ("SELECT $this { VALUES ?x { 1 } }", "VALUES is not allowed"),
        ("SELECT $this { SERVICE <http://localhost/> { } }", "SERVICE is not allowed"),
        ("SELECT $this { service silent <http://localhost/> { } }", "SERVICE is not allowed"),
        ("SELECT $this FROM <file:///etc/passwd> { }", "FROM is not allowed"),
        ("CONSTRUCT { $this a $this } WHERE { }", "neither SELECT nor ASK"),
        ("DELETE WHERE { $this ?p ?o }", "neither SELECT nor ASK"),
        ("", "neither SELECT nor ASK"),
        ("ASK { $this ?p ?o }", "no SELECT query"),
        ("SELECT $this { BIND (1 AS $this) }", "AS cannot set it"),
        ("SELECT $this { { SELECT ?x { $this ?x ?y } } }", "must select $this by its name"),
        ("SELECT $this { { SELECT * { $this ?x ?y } } }", "must select $this by its name"),
        ("SELECT $this { $this $PATH ?x }", "this shape has no path"),
        ("SELECT $this {", "never closed"),
        ("SELECT $this { ) }", "closes nothing"),
        ("SELECT $this { $this unknown:p 1 }", "SPARQL"),
        ("SELECT $this { ¬ }", "cannot read '¬'"),
        ("SELECT $this { $this ?p 'a }", "cannot read"),
        ("SELECT $this {" + "{" * 30 + "}" * 30 + "}", "nested too deeply"),
        ("SELECT $this { FILTER (" + "!" * 900 + "true) }", "nested too deeply"),
        ("SELECT $this { FILTER (" + "REGEX(" * 20 + "1" + ",1)" * 20 + ") }", "too deeply"),
        ("SELECT $this { $this " + "/".join(["<urn:p>"] * 900) + " ?x }", "patterns and steps"),
        ("SELECT $this { FILTER (" + "||".join(["true"] * 3000) + ") }", "more than 4,000 signs"),
        ("SELECT $this { " + " " * 20_000 + " }", "longer than 20,000 characters"),
    ],
)
def test_a_query_that_is_not_allowed_is_an_error_of_one_line(select: str, reason: str) -> None:
    shapes = graph_of("ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql ex:q .")
    shapes.add((URIRef(f"{NEAR}q"), URIRef("http://www.w3.org/ns/shacl#select"), Literal(select)))
    with pytest.raises(ShapesError) as error:
        compile_shapes(shapes)
    assert reason in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("word", ["SERVICE <http://localhost/> { }", "FROM <http://localhost/>"])
def test_the_reference_opens_no_connection_either(word: str) -> None:
    before, inside = (word, "") if word.startswith("FROM") else ("", word)
    shapes = graph_of(shape(f"SELECT $this {before} WHERE {{ $this ex:p ?x {inside} }}"))
    with pytest.raises(ShapesError, match=r"FROM|SERVICE"):
        find_by_reference(graph_of(DATA), shapes)


def test_words_in_texts_names_and_comments_are_no_keywords() -> None:
    select = """SELECT $this { $this ex:p ?service . # SERVICE VALUES MINUS
        FILTER ("MINUS" != 'FROM' && ex:values != <https://example.org/minus>) }"""
    assert len(found_in("ex:a ex:p 1 .", shape(select))) == 1


def test_the_deepest_query_that_is_allowed_runs() -> None:
    depth = MAX_DEPTH - 2
    text = "SELECT $this { FILTER (" + "(" * depth + "true" + ")" * depth + ") }"
    Query(text, {}, "test").try_out(TripleStore([]), {"this": "<urn:a>"}, ask=False)


# ------------------------------------------------------------------ what comes out


def test_variables_fill_the_message_once_and_what_has_no_value_stays() -> None:
    select = "SELECT $this ?value ?other { $this ex:p ?value ; ex:q ?other }"
    more = "sh:message 'At {$this}: {?value}, {?other}, {?none}.' ;"
    data = "ex:a ex:p '{?other} \\\\1 {$this}' ; ex:q 7 ."
    [found] = found_in(data, shape(select, more))
    assert [str(message) for message in found.messages] == [
        "At https://example.org/a: {?other} \\1 {$this}, 7, {?none}."
    ]


def test_a_path_in_the_solution_is_the_path_of_the_result() -> None:
    select = "SELECT $this ?path ?value { $this ?path ?value }"
    found = found_in("ex:a ex:p 1 .", shape(select))
    assert [str(item.path) for item in found] == ["https://example.org/p"]


def test_a_query_of_a_property_shape_has_its_path() -> None:
    shapes = (
        "ex:S sh:targetNode ex:a ; sh:path ( [ sh:inversePath ex:p ] [ sh:oneOrMorePath ex:q ] ) ;"
        "sh:sparql [ sh:select 'SELECT $this ?value { $this $PATH ?value }' ] ."
    )
    assert values_in("ex:b ex:p ex:a ; ex:q ex:c . ex:c ex:q ex:d .", shapes) == [
        f"{NEAR}c",
        f"{NEAR}d",
    ]


def test_blank_nodes_can_be_what_a_query_is_about() -> None:
    data = graph_of("_:x ex:p 1 . _:x ex:q _:y . _:y ex:p 2 .")
    shapes = graph_of(shape("SELECT $this ?value { $this ex:q ?value }"))
    [found] = find(Data.of_graph(data), compile_shapes(shapes))
    assert (found.focus, URIRef(f"{NEAR}q"), found.value) in data


def test_what_a_deactivated_constraint_would_find_is_not_found() -> None:
    select = "SELECT $this { $this ex:p ?x }"
    assert found_in("ex:a ex:p 1 .", shape(select, "sh:deactivated true ;")) == ()


# ------------------------------------------------------------------ components that shapes declare


COMPONENT = """
ex:Prefixed a sh:ConstraintComponent ; sh:parameter [ sh:path ex:prefix ] ,
        [ sh:path ex:least ; sh:optional true ] ;
    sh:validator [ sh:message "Does not begin with {$prefix}."@en ; sh:ask
        "ASK { FILTER (STRSTARTS(STR($value), $prefix) && STRLEN(STR($value)) > COALESCE($least, 0)) }"
    ] .
"""


def test_a_component_is_asked_of_each_value_of_the_shapes_with_its_parameters() -> None:
    shapes = COMPONENT + (
        "ex:S sh:targetNode ex:a ; sh:path ex:p ; ex:prefix 'W' ; ex:least 4 . "
        "ex:T sh:targetNode ex:a ; sh:path ex:p ; ex:least 100 ."
    )
    found = found_in("ex:a ex:p 'Weld' , 'Welds' , 'Cut it' .", shapes)
    assert sorted(str(item.value) for item in found) == ["Cut it", "Weld"]
    assert {str(message) for item in found for message in item.messages} == {
        "Does not begin with W."
    }
    assert {str(item.component) for item in found} == {f"{NEAR}Prefixed"}


@pytest.mark.parametrize(
    ("turtle", "reason"),
    [
        ("ex:C a sh:ConstraintComponent .", "a parameter that is not optional"),
        ("ex:C a sh:ConstraintComponent ; sh:parameter [ ] .", "needs one sh:path"),
        (
            "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:this ] .",
            "cannot be called 'this'",
        ),
        (
            "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:x ] . "
            "ex:S sh:targetNode ex:a ; ex:x 1 .",
            "no validator",
        ),
        (
            "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:x ] ; sh:validator [ ] . "
            "ex:S sh:targetNode ex:a ; ex:x 1 .",
            "needs one sh:ask",
        ),
        (
            COMPONENT + "ex:S sh:targetNode ex:a ; ex:prefix 'a' , 'b' .",
            "ex:prefix is there 2 times".replace("ex:", NEAR),
        ),
    ],
)
def test_a_component_that_is_wrong_is_an_error_of_one_line(turtle: str, reason: str) -> None:
    with pytest.raises(ShapesError) as error:
        compile_shapes(graph_of(turtle))
    assert reason in str(error.value) and "\n" not in str(error.value)
