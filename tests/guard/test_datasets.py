"""What a query says of itself: its form, its graphs, and whether its answer may be kept."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.errors import QueryError
from competency.ontology import DEFAULT_BASE, PREFIXES
from competency.sparql.guard import prepare


@pytest.mark.parametrize(
    ("clauses", "default", "named"),
    [
        ("", (), ()),
        ("FROM <http://x/a>", ("http://x/a",), ()),
        ("FROM NAMED <http://x/a>", (), ("http://x/a",)),
        (
            "from<http://x/a>From named<http://x/b>FROM<http://x/c>",
            ("http://x/a", "http://x/c"),
            ("http://x/b",),
        ),
        ("FROM comp:a FROM NAMED e:b.c", (PREFIXES["comp"] + "a",), ("http://e/b.c",)),
        ("FROM NAMED e: FROM :x", ("http://empty/x",), ("http://e/",)),
        ("FROM <a/../b> FROM <#c>", ("http://base/b", "http://base/d#c"), ()),
        (r"FROM <http://x/\u0061> FROM e:a\,b", ("http://x/a", "http://e/a,b"), ()),
        ("# FROM <http://x/a>\nFROM # ?\n<http://x/b>", ("http://x/b",), ()),
        ("FROM FROM:a FROM NAMED NAMED:b", ("http://from/a",), ("http://named/b",)),
    ],
)
def test_the_graphs_of_a_query_are_resolved(
    clauses: str, default: tuple[str, ...], named: tuple[str, ...]
) -> None:
    prologue = "BASE <http://base/d> PREFIX e: <http://e/> PREFIX : <http://empty/> "
    prologue += "PREFIX FROM: <http://from/> PREFIX NAMED: <http://named/> "
    for query in (f"SELECT * {clauses} {{}}", f"CONSTRUCT {{}} {clauses} WHERE {{}}"):
        prepared = prepare(prologue + query)
        assert (prepared.default_graphs, prepared.named_graphs) == (default, named)
        assert prepared.has_dataset is bool(default or named)
        ox.Store().query(prepared.text, prefixes=PREFIXES)


def test_relative_graphs_are_read_against_the_base_that_is_given() -> None:
    assert prepare("ASK FROM <g> {}", base="http://x/y").default_graphs == ("http://x/g",)
    assert prepare("ASK FROM <g> {}").default_graphs == (DEFAULT_BASE + "g",)
    assert prepare("BASE <http://b/> ASK FROM <g> {}", base="http://x/").default_graphs == (
        "http://b/g",
    )


def test_a_base_may_be_relative_to_the_one_before() -> None:
    text = "BASE <http://b/c/> BASE <d/> PREFIX e: <f/> ASK FROM e:g {}"
    assert prepare(text).default_graphs == ("http://b/c/d/f/g",)


def test_words_that_look_like_from_are_no_graphs() -> None:
    text = "ASK { ?from <FROM> 'FROM <x>' ; comp:FROM $FROM } # FROM <y>"
    assert not prepare(text).has_dataset


@pytest.mark.parametrize(
    "clause", ["FROM ?x", "FROM 'x'", "FROM", "FROM NAMED", "FROM _:b", "FROM {}"]
)
def test_a_graph_must_have_a_name(clause: str) -> None:
    with pytest.raises(QueryError):
        prepare(f"ASK {clause} {{}}")


@pytest.mark.parametrize(
    "call", ["NOW()", "rand ()", "UUID()", "StrUUID()", "BNODE()", "BNODE('x')"]
)
def test_a_query_that_may_answer_otherwise_each_time_is_volatile(call: str) -> None:
    assert prepare(f"SELECT ({call} AS ?x) {{}}").volatile
    assert prepare(f"ASK {{ FILTER EXISTS {{ BIND({call}AS ?x) }} }}").volatile


@pytest.mark.parametrize(
    "text", ["?now ?p 'NOW()'", "<NOW> ?rand _:uuid", "comp:now ?p comp:RAND # NOW()"]
)
def test_names_and_texts_do_not_make_a_query_volatile(text: str) -> None:
    assert not prepare(f"ASK {{ {text} }}").volatile


@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT {}", "describe <x>"])
def test_the_form_is_the_first_word_behind_the_prologue(form: str) -> None:
    prologue = "# SELECT\nPREFIX ask: <http://ask/> VERSION '1.2' BASE <http://construct/>\n"
    assert prepare(f"{prologue}{form} WHERE {{}}").form == form.split()[0].upper()


GRAPHS = st.sampled_from(["http://x/a", "http://x/b#c", "http://x/d?e=(1,2)&f='g'", "urn:x:y;z"])


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """Write a query with FROM and FROM NAMED, and say which graphs they name."""
    default, named, clauses = list[str](), list[str](), []
    for _ in range(draw(st.integers(0, 4))):
        graph, is_named = draw(GRAPHS), draw(st.booleans())
        (named if is_named else default).append(graph)
        clauses.append(
            f"FROM {'NAMED' if is_named else ''}{draw(st.sampled_from(['', ' ']))}<{graph}>"
        )
    space = draw(st.sampled_from([" ", "\n", " # FROM <http://no/>\n"]))
    head = draw(
        st.sampled_from(["ASK", "SELECT *", "SELECT (1<2 AS ?x)", "CONSTRUCT { ?s a 'FROM' }"])
    )
    where = draw(
        st.sampled_from(["{ ?s ?p ?o FILTER(?o<1&&?o>0) }", "{ ?s ?p 'FROM <http://no/>' }", "{}"])
    )
    text = space.join([head, *clauses, "WHERE " + where])
    return text, default, named


@settings(max_examples=150, deadline=None)
@given(queries())
def test_the_graphs_found_are_those_that_were_written(
    query: tuple[str, list[str], list[str]],
) -> None:
    text, default, named = query
    prepared = prepare(text)
    assert (list(prepared.default_graphs), list(prepared.named_graphs)) == (default, named)
    ox.Store().query(prepared.text)
