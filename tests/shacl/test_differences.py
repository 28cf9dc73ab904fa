"""Where the fast engine and the reference differ, each with the reason: there are no others."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph
import pytest
from rdflib import Graph

from competency.errors import CompetencyError, ParseError, ShapesError
from competency.shapes.engine import Data, compile_shapes, find
from competency.shapes.reference import find_by_reference
from tests.shacl.turtle import PREFIXES, graph_of

Outcome = int | type[Exception]


@dataclass(frozen=True)
class Difference:
    """One difference: why it is there, and what each engine finds in an example.

    ``as_written`` data come as triples of pyoxigraph, which keep the lexical forms.
    """

    why: str
    data: str
    shapes: str
    fast: Outcome
    reference: Outcome
    as_written: bool = False


def about(node: str, constraint: str) -> str:
    """Return a property shape about one node."""
    return f"ex:S a sh:PropertyShape ; sh:targetNode {node} ; {constraint} ."


DIFFERENCES = {
    "lexical forms": Difference(
        'rdflib writes numbers anew when it reads them, so "01" is 1 for the reference',
        'ex:a ex:p "01"^^xsd:integer .',
        about("ex:a", 'sh:path ex:p ; sh:pattern "^0"'),
        fast=0,
        reference=1,
        as_written=True,
    ),
    "two forms of one number": Difference(
        "two terms for the fast engine, as RDF says, one for the reference",
        'ex:a ex:p 1 , "01"^^xsd:integer .',
        about("ex:a", "sh:path ex:p ; sh:maxCount 1"),
        fast=1,
        reference=0,
        as_written=True,
    ),
    "lexical forms of XML Schema": Difference(
        "Python's int takes more than XML Schema does: 1_000, for one",
        'ex:a ex:p "1_000"^^xsd:integer .',
        about("ex:a", "sh:path ex:p ; sh:datatype xsd:integer"),
        fast=1,
        reference=0,
        as_written=True,
    ),
    "a date as a time": Difference(
        "Python takes a date for a xsd:dateTime, and rdflib mends it when it reads it",
        'ex:a ex:p "2012-09-30"^^xsd:dateTime .',
        about("ex:a", "sh:path ex:p ; sh:datatype xsd:dateTime"),
        fast=1,
        reference=0,
        as_written=True,
    ),
    "years that Python has no date for": Difference(
        "XML Schema 1.1 has years before 1 and after 9999, and 24:00:00; Python has not",
        'ex:a ex:p "-0044-03-15"^^xsd:date , "2000-01-01T24:00:00"^^xsd:dateTime .',
        "ex:S a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ;"
        "sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:dateTime ] ) .",
        fast=0,
        reference=2,
        as_written=True,
    ),
    "xsd:string written out": Difference(
        "one term in RDF 1.1, two in rdflib",
        'ex:a ex:p "x"^^xsd:string .',
        about("ex:a", 'sh:path ex:p ; sh:in ( "x" )'),
        fast=0,
        reference=1,
    ),
    "the end of a text": Difference(
        "$ is the very end in XPath; in Python it also stands before a last line break",
        'ex:a ex:p "12\\n" .',
        about("ex:a", 'sh:path ex:p ; sh:pattern "^[0-9]+$"'),
        fast=1,
        reference=0,
    ),
    "expressions that Python has not": Difference(
        "those of XPath that Python does not know are asked of SPARQL",
        'ex:a ex:p "é" .',
        about("ex:a", 'sh:path ex:p ; sh:pattern "^\\\\p{L}$"'),
        fast=0,
        reference=ParseError,
    ),
    "flags of expressions": Difference(
        "the reference knows i and m of the flags i, m, s, x and q",
        'ex:a ex:p "a.b" .',
        about("ex:a", 'sh:path ex:p ; sh:pattern "a.b.*" ; sh:flags "q"'),
        fast=1,
        reference=0,
    ),
    "order between kinds": Difference(
        "SPARQL compares no number with a date; rdflib has one order for all literals",
        'ex:a ex:p "2012-02-28"^^xsd:date .',
        about("ex:a", "sh:path ex:p ; sh:maxInclusive 7"),
        fast=1,
        reference=0,
    ),
    "order of IRIs": Difference(
        "SPARQL does not compare IRIs with <, the reference compares their texts",
        "ex:a ex:p ex:x ; ex:q ex:y .",
        about("ex:a", "sh:path ex:p ; sh:lessThan ex:q"),
        fast=1,
        reference=0,
    ),
    "blank nodes that should be less": Difference(
        "what cannot be compared is a result (4.5.3); the reference gives up",
        "ex:a ex:p _:x ; ex:q 1 .",
        about("ex:a", "sh:path ex:p ; sh:lessThan ex:q"),
        fast=1,
        reference=ShapesError,
    ),
    "language ranges": Difference(
        "a range of two subtags allows longer tags too (langMatches); not with the reference",
        'ex:a ex:p "x"@en-gb-oed .',
        about("ex:a", 'sh:path ex:p ; sh:languageIn ( "en-GB" )'),
        fast=0,
        reference=1,
    ),
    "blank nodes have no length": Difference(
        "not even length 0 (4.4.1); the reference lets them pass where the least is 0",
        "ex:a ex:p _:x .",
        about("ex:a", "sh:path ex:p ; sh:minLength 0"),
        fast=1,
        reference=0,
    ),
    "the inverse of a sequence": Difference(
        "is walked from its end to its beginning; the reference does not turn it round",
        "ex:c ex:p ex:b . ex:b ex:q ex:a .",
        about("ex:a", "sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:minCount 1"),
        fast=0,
        reference=1,
    ),
    "MIN and MAX of IRIs": Difference(
        "rdflib makes literals of them, which then are equal to no IRI",
        "ex:a ex:p ex:x , ex:y . ex:x ex:q 1 .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select '''"
        "SELECT $this { { SELECT $this (MIN(?one) AS ?first) { $this <https://example.org/p> ?one }"
        " GROUP BY $this } ?first <https://example.org/q> 1 }''' ] .",
        fast=1,
        reference=0,
    ),
    "literals that are false": Difference(
        "rdflib takes 0, false and the empty text for unbound inside a path",
        "ex:a ex:p 0 .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select '''"
        "SELECT $this { FILTER EXISTS { $this <https://example.org/p>/<https://example.org/q>* 7 }"
        "}''' ] .",
        fast=0,
        reference=1,
    ),
    "IRIs with backslashes": Difference(
        "the reference puts what it found into its messages as regular expressions",
        "ex:a ex:p <https://example.org/\\u005C1> .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:message '{?value}' ; sh:select "
        "'SELECT $this ?value { $this <https://example.org/p> ?value }' ] .",
        fast=1,
        reference=ParseError,
    ),
    "imported prefixes": Difference(
        "sh:prefixes follows owl:imports (5.2.1); the reference does not",
        "ex:a ex:p 1 .",
        "ex:o <http://www.w3.org/2002/07/owl#imports> ex:i . ex:i sh:declare [ sh:prefix 'e' ;"
        "sh:namespace 'https://example.org/'^^xsd:anyURI ] ."
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:prefixes ex:o ; sh:select "
        "'SELECT $this { $this e:p 1 }' ] .",
        fast=1,
        reference=Exception,
    ),
    "looking into the shapes": Difference(
        "$shapesGraph is optional, and the reference does not have it",
        "ex:a ex:p 1 .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "
        "'SELECT $this { GRAPH $shapesGraph { $currentShape ?p $this } }' ] .",
        fast=1,
        reference=NotImplementedError,
    ),
    "queries that select nothing asked for": Difference(
        "a solution is a result; the reference passes over those without this, path and value",
        "ex:a ex:p 1 .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "
        "'SELECT ?other { $this <https://example.org/p> ?other }' ] .",
        fast=1,
        reference=0,
    ),
    "queries that say they failed": Difference(
        "?failure says that the check itself failed (5.3.2); the reference takes it for a result",
        "ex:a ex:p true .",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "
        "'SELECT $this ?failure { $this <https://example.org/p> ?failure }' ] .",
        fast=ShapesError,
        reference=1,
    ),
    "ill-formed constraints that nothing meets": Difference(
        "the fast engine reads all shapes first, the reference those that have focus nodes",
        "ex:a ex:p 1 .",
        about("ex:a", "sh:path ex:p") + "ex:T sh:targetClass ex:None ; sh:minCount 1 .",
        fast=ShapesError,
        reference=0,
    ),
    "counts on node shapes": Difference(
        "sh:qualifiedValueShape is for shapes with a path (4.7.3); the reference passes over it",
        "ex:a ex:p 1 .",
        "ex:S sh:targetNode ex:a ; sh:qualifiedMinCount 2 ; sh:qualifiedValueShape [ sh:class ex:A ].",
        fast=ShapesError,
        reference=0,
    ),
    "checks of ours": Difference(
        "compsh:check is our own; other engines do not know it",
        'ex:a ex:p "x" .',
        about("ex:a", 'sh:path ex:p ; compsh:check "never"'),
        fast=1,
        reference=0,
    ),
    "shapes far inside each other": Difference(
        "the reference goes 15 shapes deep, the fast engine 50",
        "ex:a ex:p 1 .",
        "ex:S sh:targetNode ex:a ; "
        + "sh:not [ sh:not [ " * 9
        + "sh:class ex:A"
        + " ] ]" * 9
        + ".",
        fast=1,
        reference=ShapesError,
    ),
}


def outcome(difference: Difference, *, fast: bool) -> Outcome:
    """Return how much an engine finds, or how it fails."""
    shapes = graph_of(difference.shapes)
    text = PREFIXES + difference.data
    if difference.as_written:
        data = Data.of_triples(
            quad.triple for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)
        )
    else:
        data = Data.of_graph(graph_of(difference.data))
    try:
        if fast:
            compiled = compile_shapes(shapes, {"never": lambda text, language: text})
            return len(find(data, compiled))
        return len(find_by_reference(data.triples(), shapes))
    except (CompetencyError, NotImplementedError) as error:
        return type(error)
    except Exception as error:  # noqa: BLE001 - what rdflib raises for an unknown prefix
        assert "prefix" in str(error)
        return Exception


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", DIFFERENCES)
def test_the_engines_differ_as_is_said(name: str) -> None:
    difference = DIFFERENCES[name]
    assert outcome(difference, fast=True) == difference.fast, difference.why
    assert outcome(difference, fast=False) == difference.reference, difference.why
    assert difference.fast != difference.reference


# ------------------------------------------------------------------ differences in what is told


def test_numbers_in_results_of_queries_are_as_the_store_writes_them() -> None:
    text = PREFIXES + 'ex:a ex:p "01"^^xsd:integer .'
    quads = pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)
    shapes = graph_of(
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:hasValue 1 ; sh:sparql [ sh:select "
        "'SELECT $this ?value { $this <https://example.org/p> ?value }' ] . "
        "ex:T a sh:PropertyShape ; sh:targetNode ex:a ; sh:path ex:p ; sh:nodeKind sh:IRI ."
    )
    found = find(Data.of_triples(quad.triple for quad in quads), compile_shapes(shapes))
    by_shape = {str(item.shape)[-1]: str(item.value) for item in found if item.value is not None}
    assert by_shape == {"S": "1", "T": "01"}


def test_messages_of_queries_keep_their_language_which_the_reference_drops() -> None:
    shapes = graph_of(
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:message 'Found {?value}.'@en ;"
        "sh:select 'SELECT $this ?value { $this <https://example.org/p> ?value }' ] ."
    )
    data = graph_of("ex:a ex:p 7 .")
    [fast] = find(Data.of_graph(data), compile_shapes(shapes))
    [reference] = find_by_reference(data, shapes)
    assert [message.n3() for message in fast.messages] == ['"Found 7."@en']
    assert [message.n3() for message in reference.messages] == ['"Found 7."']


def test_a_query_can_give_its_own_message() -> None:
    shapes = graph_of(
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:message 'General.' ;"
        "sh:select 'SELECT $this ?message { $this <https://example.org/p> ?message }' ] ."
    )
    [found] = find(Data.of_graph(graph_of("ex:a ex:p 'Its own.' .")), compile_shapes(shapes))
    assert [str(message) for message in found.messages] == ["Its own."]


def test_shapes_without_messages_get_words_of_ours() -> None:
    shapes = graph_of(about("ex:a", "sh:path ex:p ; sh:minCount 1"))
    [found] = find(Data.of_graph(Graph()), compile_shapes(shapes))
    assert [str(message) for message in found.messages] == ["There are fewer than 1 values."]
