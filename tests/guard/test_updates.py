"""Updates: what is refused, what they could write to, and the graphs that a request names."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.errors import QueryError, QueryRefused
from competency.ontology import PREFIXES
from competency.sparql.guard import MAX_UPDATE_LENGTH, PreparedUpdate, prepare_update

A, B, C = "http://x/a", "http://x/b", "http://x/c"


def run(update: PreparedUpdate | str, *quads: str) -> list[str]:
    """Run an update on a store of some quads, and return what is in it then."""
    store = ox.Store()
    store.load("\n".join(quads).encode(), format=ox.RdfFormat.N_QUADS)
    text = update if isinstance(update, str) else update.text
    store.update(text, prefixes=PREFIXES, base_iri="http://base/")
    return sorted(str(quad) for quad in store)


def triples(document: str) -> list[str]:
    """Return the quads of a document of TriG as they are written."""
    return sorted(str(quad) for quad in ox.parse(document, format=ox.RdfFormat.TRIG))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("LOAD <http://x/>", "LOAD would ask another server"),
        ("load silent <http://x/> into graph <http://y/>", "LOAD would ask"),
        ("CLEAR ALL ; # LOAD\n LOAD <file:///etc/passwd>", "line 2, column 2: LOAD"),
        ("INSERT {} WHERE { SERVICE <http://x/> {} }", "SERVICE would ask another server"),
        ("DELETE {} INSERT {} WHERE { { SELECT * { SERVICE SILENT ?x {} } } }", "SERVICE would"),
        ("DELETE {} WHERE { FILTER(?a<1#>\n) SERVICE <http://127.0.0.1:9/> {} }", "SERVICE would"),
        (
            "DELETE {} WHERE { FILTER(?a<1&&'>'=?b) SERVICE <x> {} FILTER('x'='x') }",
            "SERVICE would",
        ),
        ("DELETE {} WHERE { FILTER NOT EXISTS { SERVICE <x> {} } }", "SERVICE would"),
        ("# " + "x" * MAX_UPDATE_LENGTH, "the limit is 20,000,000"),
        (" ; ".join(["DELETE WHERE { " + "?s ?p ?o ." * 80 + "}"] * 9), "send them in several"),
    ],
)
def test_what_could_do_harm_is_refused(text: str, says: str) -> None:
    with pytest.raises(QueryRefused, match=says):
        prepare_update(text)


def test_very_many_operations_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("competency.sparql.guard.update.MAX_OPERATIONS", 1000)
    prepare_update("CLEAR ALL;" * 1000)
    with pytest.raises(QueryRefused, match="more than 1,000 operations"):
        prepare_update("CLEAR ALL;" * 1001)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT is a query; send it to /sparql"),
        ("PREFIX x: <http://x/>\nask {}", "line 2, column 1: ASK is a query"),
        ("CLEAR ALL ; DESCRIBE <x>", "DESCRIBE is a query"),
        ("hello", "starts with hello; an update starts with INSERT, DELETE"),
        ("INSERTDATA { <s> <p> 1 }", "starts with INSERTDATA"),
        ("CLEAR", "the text ends too early"),
        ("CLEAR GRAPH", "the text ends too early"),
        ("CLEAR GRAPH ?g", r"cannot go on at '\?g'"),
        ("CLEAR <g>", "cannot go on at '<g>'"),
        ("ADD <a> <b>", "cannot go on at '<b>'"),
        ("COPY DEFAULT TO ALL", "cannot go on at 'ALL'"),
        ("INSERT DATA { <s> <p> 1", "the text ends too early"),
        ("INSERT DATA { { <s> <p> 1 } }", "cannot go on at '{"),
        ("INSERT DATA { GRAPH <g> { GRAPH <h> {} } }", "cannot go on at 'GRAPH <h>"),
        ("INSERT DATA { <s> <p> 1 FILTER(1<2) }", "cannot go on at 'FILTER"),
        ("INSERT DATA { <s> <p> 'a }", "the text that ' begins does not end"),
        ("INSERT DATA { <s> <p> nobody: ; } CLEAR ALL", "cannot go on at 'CLEAR ALL'"),
        ("INSERT { <s> <p> 1 } USING <g> { }", "cannot go on at '{ }'"),
        ("WITH <g> INSERT DATA { <s> <p> 1 }", "cannot go on at 'INSERT DATA"),
        ("WITH <g> DELETE WHERE { <s> <p> 1 }", "cannot go on at 'DELETE WHERE"),
        ("CLEAR ALL ; ; CLEAR ALL", "starts with ;"),
        ("INSERT DATA {} SELECT", "cannot go on at 'SELECT'"),
    ],
)
def test_an_error_says_where_and_what(text: str, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        prepare_update(text)
    assert not isinstance(caught.value, QueryRefused)


@pytest.mark.parametrize("text", ["", " # nothing\n", "PREFIX x: <http://x/> BASE <http://y/>"])
def test_an_empty_update_is_an_update(text: str) -> None:
    assert prepare_update(text) == PreparedUpdate(text, frozenset({""}))
    assert run(text) == []


@pytest.mark.parametrize(
    ("text", "graphs"),
    [
        ("INSERT DATA { <s> <p> 1 }", set()),
        ("INSERT DATA { <s> <p> 1 . GRAPH e:a { <s> <p> 1 } GRAPH <http://x/b> {} }", {A, B}),
        ("DELETE DATA { GRAPH<http://x/a>{<s> <p> 'GRAPH <http://x/b> {' }}", {A}),
        ("DELETE DATA { <s> <p> '''}''' # }\n . GRAPH # {\n e:a { <#a> <p> 1 } }", {A}),
        (
            "INSERT { GRAPH <http://x/a> { ?s ?p 1 } } WHERE { GRAPH <http://x/b> { ?s ?p ?o } }",
            {A},
        ),
        ("WITH e:a DELETE { ?s ?p ?o } INSERT { GRAPH e:b {} } USING e:c WHERE {}", {A, B}),
        ("DELETE WHERE { ?s ?p ?o . GRAPH e:a { ?s ?p ?o } }", {A}),
        ("CLEAR SILENT GRAPH e:a ; DROP SILENT GRAPH e:b ; CREATE GRAPH e:c", {A, B, C}),
        ("clear default", set()),
        ("ADD e:a TO e:b ; MOVE SILENT GRAPH e:c TO DEFAULT", {A, B, C}),
        ("COPY DEFAULT TO GRAPH e:a", {A}),
        (
            "PREFIX e: <http://x/> PREFIX f: <http://x/> CLEAR SILENT GRAPH f:a; BASE <http://x/y/> CLEAR SILENT GRAPH <../b>",
            {A, B},
        ),
        ("INSERT DATA { <s> <p> true.GRAPH e:a { <s> a true } }", {A}),
        ("INSERT { GRAPH ?g { <s> <p> 1 } } WHERE {}", None),
        ("DELETE { ?s ?p ?o } INSERT { <s> <p> 1 . GRAPH $g {} } WHERE {}", None),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", None),
        ("CLEAR ALL", None),
        ("DROP SILENT NAMED", None),
        ("CLEAR SILENT GRAPH <relative>", None),
    ],
)
def test_the_graphs_that_could_be_written_to_are_found(text: str, graphs: set[str] | None) -> None:
    prepared = prepare_update("PREFIX e: <http://x/> " + text)
    assert prepared.graphs == (None if graphs is None else {"", *graphs})
    run(prepared)


def test_relative_graphs_are_known_with_a_base() -> None:
    assert prepare_update("CLEAR GRAPH <a>", base="http://x/").graphs == frozenset({"", A})


def test_graphs_of_the_request_are_written_as_using() -> None:
    update = "DELETE { ?s ?p ?o } INSERT { ?s ?p 2 } # WHERE\nWHERE { ?s ?p ?o } ; DELETE WHERE { ?s ?p '{WHERE}' }"
    prepared = prepare_update(update, using=[A], using_named=[B, C])
    clauses = f"USING <{A}> USING NAMED <{B}> USING NAMED <{C}> WHERE"
    assert prepared.text == (
        f"DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 2 }} # WHERE\n{clauses} {{ ?s ?p ?o }} ; "
        f"DELETE {{ ?s ?p '{{WHERE}}' }} {clauses} {{ ?s ?p '{{WHERE}}' }}"
    )


def test_the_graphs_of_the_request_are_what_where_sees() -> None:
    quads = [
        "<u:s> <u:p> <u:default> .",
        f"<u:s> <u:p> <u:a> <{A}> .",
        f"<u:s> <u:p> <u:b> <{B}> .",
    ]
    insert = "INSERT { ?s <u:found> ?o } WHERE { %s }"
    for pattern, using, named, found in (
        ("?s ?p ?o", [A], [], ["<u:a>"]),
        ("?s ?p ?o", [A, B], [], ["<u:a>", "<u:b>"]),
        ("?s ?p ?o", [], [A], []),
        ("GRAPH ?g { ?s ?p ?o }", [], [A], ["<u:a>"]),
        ("GRAPH ?g { ?s ?p ?o }", [A], [], []),
        ("?s ?p ?o", [], [], ["<u:default>"]),
    ):
        after = run(prepare_update(insert % pattern, using=using, using_named=named), *quads)
        assert [line.split()[2] for line in after if "<u:found>" in line] == found


def test_delete_where_deletes_from_the_default_graph_what_the_graphs_of_the_request_hold() -> None:
    quads = ["<u:s> <u:p> 1 .".replace("1", '"1"'), f'<u:s> <u:p> "1" <{A}> .', '<u:s> <u:p> "2" .']
    after = run(prepare_update("DELETE WHERE { ?s ?p ?o }", using=[A]), *quads)
    assert after == ['<u:s> <u:p> "1" <http://x/a>', '<u:s> <u:p> "2"']


@pytest.mark.parametrize(
    "text",
    [
        "WITH <http://x/a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p 1 } USING <http://x/a> WHERE { ?s ?p ?o }",
        "CLEAR ALL ; INSERT { ?s ?p 1 } USING NAMED <http://x/a> WHERE { ?s ?p ?o }",
    ],
)
def test_request_and_text_do_not_both_name_graphs(text: str) -> None:
    prepare_update(text)
    for using, named in (([B], []), ([], [B])):
        with pytest.raises(QueryError, match="the request names graphs for WHERE"):
            prepare_update(text, using=using, using_named=named)


@pytest.mark.parametrize(
    "name", ["", "a", "http://x/ y", "http://x/> WHERE {} ; CLEAR ALL #", "<http://x/>"]
)
def test_graphs_of_a_request_are_absolute_iris(name: str) -> None:
    for using, named in (([name], []), ([], [name])):
        with pytest.raises(QueryError, match="is not an absolute IRI"):
            prepare_update("INSERT {} WHERE {}", using=using, using_named=named)


def test_each_operation_may_have_its_own_prologue() -> None:
    prepared = prepare_update(
        "PREFIX e: <u:1> INSERT DATA { e:a e:b 1 } ;\n"
        "PREFIX e: <u:2> PREFIX f: <u:3> INSERT DATA { e:a f:b (e:c 'e:d') . GRAPH e:g { e:a a f:c } } ;\n"
        "BASE <http://x/> DELETE { <c> ?p e:a } WHERE { FILTER(?a<1&&e:f>0) ?s ?p <c> }"
    )
    assert prepared.graphs == frozenset({"", "u:2g"})
    found = run(prepared)
    assert any("<u:1a> <u:1b>" in line for line in found)
    assert any("<u:2a> <u:3b>" in line for line in found)
    assert any(line.endswith("<u:3c> <u:2g>") for line in found)
    assert prepared.text.count("\n") == 2
    assert sum(len(triples(document)) for document in prepared.data) == len(found)


def test_a_relative_prefix_of_a_later_prologue_needs_a_base() -> None:
    with pytest.raises(QueryError, match="line 2, column 1: a relative IRI is declared"):
        prepare_update("CREATE GRAPH <g>;\nPREFIX e: <e#> CLEAR ALL")
    prepare_update("CREATE GRAPH <g>; PREFIX e: <http://e/> CLEAR ALL")


PARTS = ["<u:s> <u:p> 1", "<u:s> a e:x.y.z ;", "GRAPH %s { <u:s> <u:p> 1 }", "?s <u:p> 1"]
PARTS += [
    "<u:s> <u:p> '}' # }\n",
    "%s <u:p> 1",
    "%s { <u:s> <u:p> 1 }",
    "<u:s> <u:p> true.GRAPH %s {}",
]
NAMES = ["<u:a>", "e:b", "GRAPH:c", "GRAPHe:d", "DEFAULT:e", "SILENTe:f", "h:GRAPHe:g", "?g", "<h>"]
DECLARED = "".join(
    f"PREFIX {name}: <u:{name}> " for name in ("e", "GRAPH", "GRAPHe", "DEFAULT", "SILENTe")
)
FORMS = [
    "INSERT DATA {%s}",
    "DELETE WHERE {%s}",
    "DELETE {%s} WHERE {?s ?p ?o}",
    "CLEAR SILENT GRAPH %s",
]
FORMS += ["INSERT {%s} WHERE {GRAPH ?g {?s ?p ?o}}", "COPY SILENT %s TO <u:t>", "MOVE <u:a> TO %s"]


@st.composite
def updates(draw: st.DrawFn) -> str:
    """Write an update whose graphs are hard to see, some of it glued or broken."""
    name, form = st.sampled_from(NAMES), draw(st.sampled_from(FORMS))
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3))
    inside = " . ".join(part.replace("%s", draw(name)) for part in parts)
    text = form % (draw(name) if form.endswith("%s") else inside)
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.sampled_from(["", " ", "'", "#", "}", "{", "GRAPH"]))
            + text[at + 1 :]
        )
    return DECLARED + "PREFIX h: <http://h:> " + text


@settings(max_examples=250, deadline=None)
@given(updates())
def test_no_update_that_passes_writes_to_another_graph(text: str) -> None:
    try:
        prepared = prepare_update(text, base="http://base/")
    except QueryError:
        return
    quads = [
        "<u:s> <u:p> <u:o> .",
        *(f"<u:s> <u:p> <u:o> <u:{name}> ." for name in ("a", "eb", "d")),
    ]
    before = set(run("", *quads))
    try:
        changed = set(run(prepared, *quads)) ^ before
    except (SyntaxError, RuntimeError):
        return
    written = {
        line.rpartition("> <")[2].strip("<>") if line.count(" ") > 2 else "" for line in changed
    }
    assert prepared.graphs is None or written - prepared.graphs <= {"u:p"} | prepared.graphs


def test_ten_megabytes_of_data_are_read_in_seconds() -> None:
    row = (
        '<https://example.org/item-%> rdfs:label "Item %"@en ; comp:rank 1.50 ; a skos:Concept .\n'
    )
    rows = "".join(row.replace("%", str(number)) for number in range(110_000))
    started = time.process_time()
    prepared = prepare_update(f"INSERT DATA {{ GRAPH <http://x/a> {{ {rows} }} }}")
    assert len(rows) > 10_000_000 and prepared.graphs == frozenset({"", A})
    assert time.process_time() - started < 5
