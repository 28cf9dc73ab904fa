"""Shapes as people write them when things go wrong: broken, endless, huge, or just unusual."""

from __future__ import annotations

import pytest
from rdflib import RDF, SH, BNode, Graph, Literal, URIRef

from competency.errors import ShapesError
from competency.shapes.engine import Data, compile_shapes, find
from tests.shacl.turtle import found_in, graph_of, values_in

# ------------------------------------------------------------------ shapes that are wrong


@pytest.mark.parametrize(
    ("turtle", "reason"),
    [
        ("ex:S a sh:NodeShape ; sh:path ex:p .", "a node shape has no sh:path"),
        ("ex:S a sh:PropertyShape .", "needs a sh:path"),
        ("ex:S sh:targetNode ex:a ; sh:path ex:p , ex:q .", "sh:path is there 2 times"),
        ("ex:S sh:targetNode ex:a ; sh:path [ ex:p ex:q ] .", "is not a property path"),
        ("ex:S sh:targetNode ex:a ; sh:path [ sh:inversePath [ ] ] .", "is not a property path"),
        ("ex:S sh:targetNode ex:a ; sh:path 'p' .", "path"),
        ("ex:S sh:targetClass 'A' .", "sh:targetClass must be an IRI"),
        ("ex:S sh:targetSubjectsOf [ ] .", "sh:targetSubjectsOf must be an IRI"),
        ("ex:S sh:targetObjectsOf [ ] .", "sh:targetObjectsOf must be an IRI"),
        ("ex:S sh:targetNode ex:a ; sh:severity 'bad' .", "sh:severity must be an IRI"),
        ("ex:S sh:targetNode ex:a ; sh:message ex:m .", "sh:message must be a text"),
        ("ex:S sh:targetNode ex:a ; sh:deactivated 'yes' .", "must be true or false"),
        ("ex:S sh:targetNode ex:a ; sh:class 'A' .", "sh:class must be an IRI"),
        ("ex:S sh:targetNode ex:a ; sh:datatype xsd:date , xsd:time .", "2 times"),
        ("ex:S sh:targetNode ex:a ; sh:nodeKind ex:Kind .", "no sh:nodeKind"),
        ("ex:S sh:targetNode ex:a ; sh:minInclusive ex:a .", "sh:minInclusive must be a literal"),
        ("ex:S sh:targetNode ex:a ; sh:minLength -1 .", "whole number from 0"),
        ("ex:S sh:targetNode ex:a ; sh:minLength 'many' .", "whole number from 0"),
        ("ex:S sh:targetNode ex:a ; sh:pattern '(' .", "is no regular expression"),
        ("ex:S sh:targetNode ex:a ; sh:pattern 'a' ; sh:flags 'z' .", "no flags"),
        ("ex:S sh:targetNode ex:a ; sh:languageIn ( ex:en ) .", "sh:languageIn must list texts"),
        ("ex:S sh:targetNode ex:a ; sh:languageIn 'en' .", "the list of sh:languageIn is broken"),
        ("ex:S sh:targetNode ex:a ; sh:in ex:list .", "the list of sh:in is broken"),
        ("ex:S sh:targetNode ex:a ; sh:in ( 1 ) , ( 2 ) .", "sh:in is there 2 times"),
        ("ex:S sh:targetNode ex:a ; sh:or ( ) .", "the list of sh:or is empty"),
        ("ex:S sh:targetNode ex:a ; sh:and ( 'x' ) .", "sh:and must be a shape"),
        ("ex:S sh:targetNode ex:a ; sh:not 'x' .", "sh:not must be a shape"),
        ("ex:S sh:targetNode ex:a ; sh:property ex:none .", "must be a property shape"),
        ("ex:S sh:targetNode ex:a ; sh:node [ sh:path ex:p ] .", "must be a node shape"),
        ("ex:S sh:targetNode ex:a ; sh:minCount 1 .", "sh:minCount is for shapes with a sh:path"),
        ("ex:S sh:targetNode ex:a ; sh:lessThan ex:p .", "for shapes with a sh:path"),
        ("ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:equals 'x' .", "sh:equals must be an IRI"),
        (
            "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:A ] .",
            "needs sh:qualifiedMinCount",
        ),
        ("ex:S sh:targetNode ex:a ; sh:closed 1 .", "must be true or false"),
        ("ex:S sh:targetNode ex:a ; sh:closed true ; sh:ignoredProperties ( 'p' ) .", "an IRI"),
        ("ex:S sh:targetNode ex:a ; compsh:check 'none' .", "there is no check 'none'"),
        ("ex:S sh:targetNode ex:a ; sh:sparql [ ] .", "sh:sparql needs one sh:select"),
        ("ex:S sh:targetNode ex:a ; sh:sparql [ sh:select 7 ] .", "sh:select must be a text"),
        (
            "ex:S sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:o ; sh:select 'SELECT $this { }' ]"
            " . ex:o sh:declare [ sh:prefix 'e' ] .",
            "sh:declare needs one sh:prefix and one sh:namespace",
        ),
    ],
)
def test_a_shape_that_is_wrong_is_an_error_of_one_line(turtle: str, reason: str) -> None:
    with pytest.raises(ShapesError) as error:
        compile_shapes(graph_of(turtle))
    assert reason in str(error.value)
    assert "\n" not in str(error.value) and str(error.value).startswith("shapes, ")


def test_a_list_that_leads_back_to_itself_is_an_error() -> None:
    shapes = graph_of("ex:S sh:targetNode ex:a ; sh:in ex:l .")
    node = URIRef("https://example.org/l")
    shapes.add((node, RDF.first, Literal(1)))
    shapes.add((node, RDF.rest, node))
    with pytest.raises(ShapesError, match="is broken"):
        compile_shapes(shapes)


def test_a_path_that_leads_back_to_itself_is_an_error() -> None:
    shapes = graph_of("ex:S sh:targetNode ex:a ; sh:path _:p . _:p sh:inversePath _:p .")
    with pytest.raises(ShapesError, match="leads back to itself"):
        compile_shapes(shapes)


def test_a_deactivated_shape_may_be_as_wrong_as_it_likes() -> None:
    shapes = "ex:S sh:targetNode ex:a ; sh:deactivated true ; sh:class 'A' ; sh:minCount 'x' ."
    assert found_in("", shapes) == ()


def test_a_deactivated_shape_is_one_that_everything_conforms_to() -> None:
    inner = "ex:T sh:deactivated true ; sh:class ex:A ."
    assert found_in("", f"ex:S sh:targetNode ex:a ; sh:node ex:T . {inner}") == ()
    assert len(found_in("", f"ex:S sh:targetNode ex:a ; sh:not ex:T . {inner}")) == 1


# ------------------------------------------------------------------ shapes inside shapes


PEOPLE = "ex:a ex:knows ex:b . ex:b ex:knows ex:c . ex:c ex:knows ex:a ."
PERSON = "ex:Person a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:knows ; "


def test_a_shape_that_leads_back_to_itself_ends_where_the_data_does() -> None:
    shapes = PERSON + "sh:node ex:Person ] ."
    assert found_in(PEOPLE, shapes) == ()
    assert values_in(PEOPLE + "ex:c ex:knows 'nobody' .", shapes + "ex:Person sh:nodeKind sh:IRI .")


def test_what_fails_far_along_a_circle_fails_all_the_way_back() -> None:
    chain = "".join(f"ex:n{n} ex:knows ex:n{n + 1} ." for n in range(1000))
    shapes = (
        "ex:P a sh:NodeShape ; sh:targetNode ex:n0 ; sh:property [ sh:path ex:knows ; "
        "sh:node ex:P ] ; sh:hasValue ex:n0 ."
    )
    [found] = found_in(chain, shapes.replace("sh:hasValue ex:n0", "sh:nodeKind sh:IRI ")) or [None]
    assert found is None
    [found] = found_in(chain, shapes)
    assert str(found.value) == "https://example.org/n1"


def test_property_shapes_that_lead_to_each_other_tell_of_each_node_once() -> None:
    shapes = "ex:P sh:targetNode ex:a ; sh:path ex:knows ; sh:property ex:P ; sh:class ex:Person ."
    assert values_in(PEOPLE, shapes) == [f"https://example.org/{name}" for name in "abc"]


def test_two_shapes_that_ask_each_other_agree() -> None:
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:knows ; sh:node ex:T ]"
        " . ex:T a sh:NodeShape ; sh:property [ sh:path ex:knows ; sh:node ex:S ] ; "
        "sh:property [ sh:path ex:knows ; sh:maxCount 1 ] ."
    )
    assert found_in(PEOPLE, shapes) == ()
    assert len(found_in(PEOPLE + "ex:b ex:knows ex:d .", shapes)) == 1


@pytest.mark.parametrize(
    "turtle",
    [
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:not ex:S .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:xone ( ex:S [ sh:class ex:A ] ) .",
        "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape ex:S ; "
        "sh:qualifiedMaxCount 1 .",
    ],
    ids=["not", "xone", "at most"],
)
def test_a_shape_that_leads_back_to_itself_through_a_negation_is_an_error(turtle: str) -> None:
    with pytest.raises(ShapesError, match="leads back to itself through"):
        compile_shapes(graph_of(turtle))


def test_a_shape_may_ask_that_some_value_is_like_itself() -> None:
    shapes = (
        "ex:S sh:targetNode ex:a ; sh:path ex:knows ; sh:qualifiedValueShape ex:S ; "
        "sh:qualifiedMinCount 1 ."
    )
    assert found_in(PEOPLE, shapes) == ()
    assert len(found_in("ex:a ex:knows ex:b .", shapes)) == 1


def nested(depth: int) -> Graph:
    """Return a shape with many inside each other, which no parser has to read."""
    shapes = Graph(bind_namespaces="none")
    outer: URIRef | BNode = URIRef("https://example.org/S")
    shapes.add((outer, SH.targetNode, URIRef("https://example.org/a")))
    for _ in range(depth):
        inner = BNode()
        shapes.add((outer, SH["not"], inner))
        outer = inner
    return shapes


def test_shapes_may_be_inside_each_other_forty_deep() -> None:
    assert find(Data.of_graph(Graph()), compile_shapes(nested(40))) == ()
    assert len(find(Data.of_graph(Graph()), compile_shapes(nested(41)))) == 1


def test_shapes_inside_each_other_thousands_deep_are_an_error_and_not_a_crash() -> None:
    with pytest.raises(ShapesError, match="more than 50 shapes are inside each other"):
        compile_shapes(nested(2000))


def test_property_shapes_on_a_grid_do_not_multiply_without_end() -> None:
    data = "".join(
        f"ex:n{n}{one} ex:p ex:n{n + 1}{two} ." for n in range(30) for one in "ab" for two in "ab"
    )
    shapes = "ex:S sh:targetNode ex:n0a ; sh:property _:p0 ."
    shapes += "".join(f"_:p{n} sh:path ex:p ; sh:property _:p{n + 1} ." for n in range(25))
    found = found_in(data, shapes + "_:p25 sh:path ex:p ; sh:maxCount 1 .")
    assert len(set(found)) == 2 and len(found) <= 200


# ------------------------------------------------------------------ constraints, one by one


def test_a_list_of_ten_thousand_members_is_looked_up_at_once() -> None:
    shapes = graph_of("ex:S sh:targetSubjectsOf ex:p ; sh:path ex:p .")
    head: URIRef | BNode = RDF.nil
    for number in range(10_000):
        rest, head = head, BNode()
        shapes.add((head, RDF.first, URIRef(f"https://example.org/v{number}")))
        shapes.add((head, RDF.rest, rest))
    shapes.add((URIRef("https://example.org/S"), SH["in"], head))
    data = graph_of("".join(f"ex:s{n} ex:p ex:v{n * 9} ." for n in range(2000)))
    assert len(find(Data.of_graph(data), compile_shapes(shapes))) == 2000 - 1112


def test_a_closed_shape_knows_the_paths_of_its_property_shapes_and_what_it_ignores() -> None:
    shapes = """ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:closed true ;
        sh:ignoredProperties ( rdf:type ex:q ) ; sh:property [ sh:path ex:p ] ,
        [ sh:path [ sh:inversePath ex:r ] ] ."""
    data = "ex:a a ex:A ; ex:p 1 ; ex:q 2 ; ex:r 3 ; ex:s 4 ."
    found = found_in(data, shapes)
    assert sorted((str(item.path), str(item.value)) for item in found) == [
        ("https://example.org/r", "3"),
        ("https://example.org/s", "4"),
    ]


def test_a_value_counts_for_one_of_disjoint_qualified_shapes_only() -> None:
    shapes = """ex:Hand a sh:NodeShape ; sh:targetNode ex:h ;
        sh:property [ sh:path ex:digit ; sh:qualifiedValueShape [ sh:class ex:Thumb ] ;
            sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ] ,
        [ sh:path ex:digit ; sh:qualifiedValueShape [ sh:class ex:Finger ] ;
            sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 1 ] ."""
    both = "ex:h ex:digit ex:a , ex:b . ex:a a ex:Thumb , ex:Finger . ex:b a ex:Finger ."
    [found] = found_in(both, shapes)
    assert found.component == SH.QualifiedMinCountConstraintComponent
    assert found_in(both.replace("ex:Thumb , ex:Finger", "ex:Thumb"), shapes) == ()


def test_languages_are_allowed_with_all_their_regions() -> None:
    data = 'ex:a ex:p "a"@EN , "b"@en-GB , "c"@english , "d" , "e"@fr , 1 , ex:iri , _:blank .'
    shapes = 'ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:languageIn ( "en" ) .'
    assert [text for text in values_in(data, shapes) if len(text) == 1] == ["1", "c", "d", "e"]
    anything = shapes.replace('"en"', '"*"')
    assert [text for text in values_in(data, anything) if len(text) == 1] == ["1", "d"]


def test_two_values_in_one_language_are_one_result_for_that_language() -> None:
    data = 'ex:a ex:p "a"@en , "b"@EN , "c"@en , "d"@fr , "e"@fr , "f" , "g" .'
    found = found_in(data, "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:uniqueLang true .")
    assert [item.value for item in found] == [None, None]


def test_values_that_cannot_be_compared_are_not_less() -> None:
    data = """ex:a ex:p 1 , "x" , "2012-01-01"^^xsd:date , ex:iri , _:blank , "y"@en ;
        ex:q 2 , "z" ."""
    shapes = "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:lessThan ex:q ."
    assert len(found_in(data, shapes)) == 12 - 2
    assert len(found_in(data, shapes.replace("lessThan", "lessThanOrEquals"))) == 12 - 2


@pytest.mark.parametrize(
    ("less", "more"),
    [
        ("1", "1.5"),
        ("1.5", "2e0"),
        ('"9"^^xsd:byte', '"10"^^xsd:long'),
        ('"-INF"^^xsd:double', "0"),
        (str(-(10**400)), str(10**400)),
        ("1e300", str(10**400)),
        ('"a"', '"b"'),
        ("false", "true"),
        ('"2012-01-01"^^xsd:date', '"2012-01-02"^^xsd:date'),
        ('"2012-01-01T09:00:00Z"^^xsd:dateTime', '"2012-01-01T09:00:00-01:00"^^xsd:dateTime'),
        ('"2012"^^xsd:gYear', '"2013"^^xsd:gYear'),
        ('"P1D"^^xsd:dayTimeDuration', '"PT25H"^^xsd:dayTimeDuration'),
    ],
)
def test_what_is_less_is_less_and_not_more(less: str, more: str) -> None:
    shapes = "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:lessThan ex:q ."
    assert found_in(f"ex:a ex:p {less} ; ex:q {more} .", shapes) == ()
    assert len(found_in(f"ex:a ex:p {more} ; ex:q {less} .", shapes)) == 1


def test_ill_typed_numbers_are_in_no_range_and_of_no_datatype() -> None:
    data = r'ex:a ex:p "x"^^xsd:integer , "\\1"^^xsd:integer , "300"^^xsd:byte , 5 .'
    shapes = "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxInclusive 400 ."
    assert values_in(data, shapes) == ["300", "\\1", "x"]
    shapes = "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:datatype xsd:integer ."
    assert values_in(data, shapes) == ["300", "\\1", "x"]


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
def test_what_rdflib_mended_while_reading_is_ill_typed_still() -> None:
    data = 'ex:a ex:p "yes"^^xsd:boolean , "TRUE"^^xsd:boolean .'
    shapes = "ex:S sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:datatype xsd:boolean ."
    assert values_in(data, shapes) == ["false", "true"]
    assert values_in(data + "ex:b ex:p true .", shapes) == ["false"]


def test_half_of_a_sign_is_no_crash() -> None:
    data = Graph()
    focus = URIRef("https://example.org/a")
    data.add((focus, URIRef("https://example.org/p"), Literal("half \ud83d of it", lang="en")))
    shapes = graph_of(
        "ex:S sh:targetObjectsOf ex:p ; sh:pattern '^\\\\p{Lu}' ; sh:lessThanOrEquals ex:p ;"
        "sh:path ex:p ; sh:sparql [ sh:select 'SELECT $this { FILTER (isLiteral($this)) }' ] ."
    )
    shapes.remove((None, SH.lessThanOrEquals, None))
    assert len(find(Data.of_graph(data), compile_shapes(shapes))) == 1


def test_a_shape_that_is_a_class_is_about_its_instances() -> None:
    shapes = (
        "ex:A a rdfs:Class , sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] . "
        "ex:B a ex:MyClass , sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] . "
        "ex:MyClass rdfs:subClassOf <http://www.w3.org/2002/07/owl#Class> ."
    )
    data = "ex:a a ex:A . ex:b a ex:B . ex:c a ex:C . ex:C rdfs:subClassOf ex:A ."
    assert sorted(str(item.focus)[-1] for item in found_in(data, shapes)) == ["a", "b", "c"]


def test_classes_that_are_under_each_other_end() -> None:
    data = "ex:A rdfs:subClassOf ex:B . ex:B rdfs:subClassOf ex:A . ex:a a ex:A ."
    assert found_in(data, "ex:S sh:targetNode ex:a ; sh:class ex:B .") == ()


def test_shapes_with_two_values_of_a_parameter_ask_for_both() -> None:
    shapes = "ex:S sh:targetNode ex:a ; sh:class ex:A , ex:B ; sh:pattern 'z' , 'a$' ."
    assert len(found_in("ex:a a ex:A .", shapes)) == 2


def test_a_literal_can_be_what_a_shape_is_about() -> None:
    [found] = found_in("", "ex:S a sh:NodeShape ; sh:targetNode 'x'@en ; sh:nodeKind sh:IRI .")
    assert found.focus == Literal("x", lang="en")


def test_zero_or_more_steps_reach_everything_once_even_in_circles() -> None:
    shapes = "ex:S sh:targetNode ex:a ; sh:path [ sh:zeroOrMorePath ex:knows ] ; sh:class ex:X ."
    assert values_in(PEOPLE, shapes) == [f"https://example.org/{name}" for name in "abc"]
    one = shapes.replace("zeroOrMore", "oneOrMore")
    assert values_in("ex:a ex:knows ex:b . ex:b ex:knows ex:c .", one) == [
        "https://example.org/b",
        "https://example.org/c",
    ]


def test_a_check_tells_what_it_found_in_each_text() -> None:
    shapes = graph_of(
        "ex:S sh:targetNode ex:a ; sh:path ex:p ; compsh:check 'long' ; "
        "sh:message 'Too long: {?found}.'@en ."
    )
    checks = {"long": lambda text, language: f"{text} in {language}" if len(text) > 3 else None}
    data = Data.of_graph(graph_of("ex:a ex:p 'weld'@en , 'cut'@en , ex:weld , 12345 ."))
    found = find(data, compile_shapes(shapes, checks))
    assert sorted(str(item.messages[0]) for item in found) == [
        "Too long: 12345 in None.",
        "Too long: weld in en.",
    ]
    assert {str(item.component).rpartition("#")[2] for item in found} == {
        "CheckConstraintComponent"
    }


def test_a_check_can_be_asked_inside_another_shape() -> None:
    shapes = graph_of(
        "ex:S sh:targetNode ex:a , ex:b ; sh:not [ sh:path ex:p ; compsh:check 'long' ] ."
    )
    checks = {"long": lambda text, language: text if len(text) > 3 else None}
    data = Data.of_graph(graph_of("ex:a ex:p 'weld' . ex:b ex:p 'cut' ."))
    [found] = find(data, compile_shapes(shapes, checks))
    assert str(found.focus) == "https://example.org/b"
