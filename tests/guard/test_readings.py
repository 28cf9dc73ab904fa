"""One text, one reading: whatever the guard lets through, the engine reads as the guard did."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.errors import QueryError, QueryRefused
from competency.ontology import PREFIXES
from competency.sparql.guard import prepare, tokens, undeclared_prefix

ENDPOINT = "<http://127.0.0.1:9/>"  # the engine refuses port 9 before it connects
HIDDEN = {
    "behind a text of three quotes that is none": f"ASK {{ VALUES ?x {{ '''a' }} SERVICE {ENDPOINT} {{}} }}",
    "behind a long text with a wrong escape": f"ASK {{ VALUES ?x {{ '''a' }} SERVICE {ENDPOINT} {{}} #\\q'''\n }}",
    "behind a long text with half a character": f"ASK {{ VALUES ?x {{ '''a' }} SERVICE {ENDPOINT} {{}} #\\uD800'''\n }}",
    "in a prefix nobody declared": "PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:x {} }",
    "in front of a declared prefix": "PREFIX a: <http://127.0.0.1:9/> ASK { SERVICEa:x {} }",
    "in front of SILENT": "PREFIX a: <http://127.0.0.1:9/> ASK { SERVICESILENTa:x {} }",
    "behind true and a dot": "PREFIX : <http://127.0.0.1:9/> ASK { ?s ?p true.SERVICE:x {} }",
    "in a name that makes no IRI": "PREFIX e: <http://h:> PREFIX x: <urn:> ASK { ?s ?p e:SERVICEx:y {} }",
    "in an IRI with an odd escape": f"ASK {{ FILTER(1<2&&<http://a/\\u+041'> != 1) SERVICE {ENDPOINT} {{}} FILTER('x'='x') }}",
    "in a sub-select": f"SELECT * {{ {{ SELECT * {{ SERVICE {ENDPOINT} {{}} }} }} }}",
    "in EXISTS": f"ASK {{ FILTER EXISTS {{ SERVICE SILENT {ENDPOINT} {{}} }} }}",
    "in NOT EXISTS of a projection": f"SELECT (EXISTS {{ SERVICE {ENDPOINT} {{}} }} AS ?x) {{}}",
    "in LATERAL": "ASK { ?s ?p ?o LATERAL { SERVICE ?o {} } }",
    "glued to a number": f"ASK {{ ?s ?p 1e5SERVICE{ENDPOINT}{{}} }}",
    "behind a carriage return": f"ASK {{ # '''\rSERVICE {ENDPOINT} {{}} # '''\n }}",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN.keys())
def test_service_cannot_hide(text: str) -> None:
    with pytest.raises(QueryError):
        prepare(text)


def test_a_name_with_many_dots_is_one_name_for_the_engine_too() -> None:
    text = f"PREFIX e: <urn:e> ASK {{ ?s ?p e:a.b.SERVICE {ENDPOINT} {{}} }}"
    with pytest.raises(SyntaxError):
        ox.Store().query(prepare(text).text)
    assert prepare("PREFIX e: <urn:e:> ASK { e:v1.2.3 a e:X }").text.count(r"\.") == 2


@pytest.mark.parametrize(
    "text",
    [
        "ASK { \\u0053ERVICE <http://127.0.0.1:9/> {} }",
        "\\u0041SK {}",
        "ASK { ?s ?p ?\\u0061 }",
        "ASK { e\\u003Aa ?p ?o }",
    ],
)
def test_escapes_outside_texts_and_iris_are_no_signs_as_for_the_engine(text: str) -> None:
    with pytest.raises(QueryError):
        prepare(text)
    with pytest.raises(SyntaxError):
        ox.Store().query(text)


def test_escapes_in_texts_and_iris_stay_as_they_are() -> None:
    text = r"ASK { <http://\u0061/> ?p '\u0027} SERVICE \U0001F600' }"
    assert prepare(text).text == text


@pytest.mark.parametrize(
    "filter_",
    [
        "?o<3&&?o>0",
        "?o<?o+1&&?o>0",
        "IF(?o<2,2>1,false)",
        "?o IN (1,2<3,<a,b>)",
        "?o<=3&&?o>=1",
        "?o<2&&'>'!='x'",
        "COALESCE(?o<2,<x>)",
        "(?o<2)",
    ],
)
def test_a_comparison_without_spaces_is_one(filter_: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(1)))
    prepared = prepare(f"ASK {{ ?s ?p ?o FILTER({filter_}) }}", base="http://b/")
    assert bool(store.query(prepared.text, base_iri="http://b/")) is True


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p (1 <a,b> <c#d> 2)",
        "?s (<a&b>|^<c(d)>)/<e;f> <#g>",
        "VALUES (?x ?y) { ('a' <b#c>) (1 <d,e>) }",
        "{ SELECT ?s { ?s ?p (1 <a,b>) } ORDER BY ?s (?s<1&&?s>2) LIMIT 1 } ?s ?p (1 <a,b>)",
        "<<?s ?p ?o>> ?a <<( <x#y> ?q 'z' )>>",
    ],
)
def test_iris_in_round_brackets_are_iris(pattern: str) -> None:
    prepared = prepare(f"ASK {{ {pattern} }}", base="http://b/")
    ox.Store().query(prepared.text, base_iri="http://b/")


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service ?p 'SERVICE <x>', \"LOAD\" ; a comp:SERVICE }",
        "# SERVICE <x>\nASK { <http://x/SERVICE#SERVICE> ?LOAD $SERVICE }",
        "PREFIX e: <urn:> ASK { _:SERVICE e:from.service e:NAMED }",
        "ASK { ?s ?p '''it's ''service''''' , \"\"\"a \"SERVICE\" b\"\"\" }".replace(
            "'''''", "''' "
        ),
    ],
)
def test_words_elsewhere_are_no_keywords_and_the_text_stays(text: str) -> None:
    prepared = prepare(text)
    assert prepared.text == text
    ox.Store().query(text, prefixes=PREFIXES)


def test_a_prefix_that_begins_with_a_keyword_is_written_in_full() -> None:
    prepared = prepare("PREFIX service: <http://x/> ASK { service:a ?p service:b }")
    assert "service:a" not in prepared.text and prepared.text.count("x/") == 3
    ox.Store().query(prepared.text)


def test_true_in_capitals_is_true() -> None:
    assert prepare("ASK { FILTER(TRUE && !False) }").text == "ASK { FILTER(true && !false) }"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECTDISTINCT ?x {}", "starts with SELECTDISTINCT"),
        ("ASK { FILTERNOT EXISTS {} }", "FILTERNOT is no word of SPARQL"),
        ("ASK {\n ?s ?p 'a }", "line 2, column 8: the text that ' begins does not end"),
        ("ASK { ?s ?p 'a\\q' }", "wrong escape"),
        ("ASK { ?s ?p `x` }", "cannot go on at '`x` }'"),
        ("ASK { ?s ?p '\ud800' }", "line 1, column 14: half a character"),
        ("PREFIX x <urn:x> ASK {}", "cannot go on at 'x <urn:x>"),
        ("PREFIX e:f <urn:x> ASK {}", "cannot go on at 'e:f <urn:x>"),
        ("BASE", "the text ends too early"),
        ("ASK FROM", "the text ends too early"),
        ("PREFIX x: <urn:{> ASK {}", "cannot go on at '<urn:{>"),
        ("ASK FROM nobody:g {}", "the prefix nobody: is not declared"),
        ("ASK FROM <http://[> {}", "is not an IRI"),
    ],
)
def test_an_error_says_where_and_what(text: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        prepare(text)
    assert says in str(caught.value) and "\n" not in str(caught.value)
    assert not isinstance(caught.value, QueryRefused)


def test_tokens_are_the_whole_text_in_order() -> None:
    text = "ASK { ?s ex:p 'x'@en, 1.5e3 ; <u> ?o FILTER(?a<3) # all\n}"
    found = [*tokens(text)]
    assert "".join(token for _, token, _ in found) == text
    assert ("iri", "<u>") in [(kind, token) for kind, token, _ in found]
    assert [start for _, _, start in found] == sorted(start for _, _, start in found)


def test_the_first_undeclared_prefix_is_found() -> None:
    assert undeclared_prefix("PREFIX a: <u> ASK { a:b rdfs:c 'x:y' , _:b , ?z:w }") == ("", 47)
    assert undeclared_prefix("PREFIX a: <u> ASK { a:b rdfs:c 1 }") is None


PIECES = [
    *"'\"#<>{}()[],;.:\\_-&|^@=!?$%~+/* \n\r\t",
    *("'''", '"""', "<<", ">>", "<<(", ")>>", "{|", "|}", "&&", "||", "^^", "\\u0027", "\\'"),
    *(
        "a",
        "a:",
        "e:x",
        "?o",
        "1",
        "1e5",
        "true",
        "'x'",
        "<urn:p>",
        "<a#b>",
        "<a,b>",
        "é",
        "\ud800",
    ),
    *(
        "FILTER",
        "SELECT",
        "VALUES",
        "FROM",
        "NAMED",
        "EXISTS",
        "BIND",
        "OPTIONAL",
        "UNION",
        "GRAPH",
    ),
    *(
        "SERVICE",
        "SERVICE:x",
        "SERVICE <http://127.0.0.1:9/> {}",
        "true.SERVICE",
        "e:SERVICE",
        "e:a.b.",
    ),
    *(
        "FILTER(?o<3)",
        "FILTER(?o<3&&?o>0)",
        "?s ?p ?o .",
        "VALUES ?x { 'a' }",
        "# '''\n",
        "PREFIX e: <u>",
    ),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", " "]))
def test_soup_of_tokens_is_prepared_or_a_query_error(pieces: list[str], between: str) -> None:
    for text in (between.join(pieces), f"ASK {{ {between.join(pieces)} }}"):
        try:
            prepared = prepare(text)
        except QueryError as error:
            assert "\n" not in str(error)
        else:
            assert prepare(prepared.text).text == prepared.text


STEPS = [
    "?s ?p ?o .",
    "FILTER(?o<3)",
    "FILTER(?o<3&&'>'!='x')",
    "VALUES ?x { 'a' }",
    "?s e:a.b ?o .",
]
STEPS += [
    "VALUES (?x ?y) { ('a' <b#c>) }",
    "FILTER(1<2)",
    "FILTER(IF(1<2,2>1,true))",
    "# '''\n#>\n",
]
STEPS += ["?s ?p 'x'@en .", "?s ?p true .", "?s ?p (1 <a&b> 2) .", "FILTER EXISTS { ?s ?p ?o }"]
CALLS = [
    f"SERVICE {ENDPOINT} {{}}",
    "SERVICE :x {}",
    "SERVICE:x {}",
    f"service silent{ENDPOINT}{{}}",
]
MARKS = [*"'\"#<>(){},;.:\\&e1? \n", "'''", "''"]


@st.composite
def attacks(draw: st.DrawFn) -> str:
    """Write a query that asks an endpoint, and then add signs to hide it."""
    parts = draw(st.lists(st.sampled_from(STEPS), max_size=4))
    parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(CALLS)))
    body = draw(st.sampled_from(["", " "])).join(parts)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.sampled_from(MARKS)) + body[at + draw(st.integers(0, 1)) :]
    return f"PREFIX : <http://127.0.0.1:9/> PREFIX e: <urn:e> ASK {{ {body} }}"


@settings(max_examples=250, deadline=None)
@given(attacks())
def test_no_query_that_passes_makes_the_engine_ask_an_endpoint(text: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(1)))
    try:
        store.query(prepare(text, base="http://b/").text, base_iri="http://b/")
    except (QueryError, SyntaxError, RuntimeError):
        return  # an OSError would be a call
