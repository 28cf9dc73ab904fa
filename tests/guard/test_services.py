"""SERVICE asks the endpoints of the list, none without one, and no other is mistaken for them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from competency.errors import ParameterError, QueryError, QueryRefused
from competency.sparql.guard import prepare, rewrite_services

GOOD = "http://good.example/sparql"


def asking(endpoint: str) -> str:
    """Return a query that asks one endpoint."""
    return f"PREFIX good: <http://good.example/> ASK {{ SERVICE {endpoint} {{ ?s ?p ?o }} }}"


@pytest.mark.parametrize(
    ("allowed", "endpoint"),
    [
        ("http://good.example", "http://good.example"),
        ("http://good.example", "http://good.example/"),
        ("http://good.example", "http://good.example/any/path?query=1"),
        ("http://good.example", "HTTP://GOOD.example:80/sparql"),
        ("http://good.example:80/", "http://good.example/sparql"),
        ("https://good.example:443", "https://good.example/"),
        ("http://good.example:8080/a", "http://good.example:8080/a/b"),
        (GOOD, GOOD),
        (GOOD, GOOD + "/"),
        (GOOD, GOOD + "/more"),
        (GOOD, GOOD + "?default-graph-uri=http://x/"),
        (GOOD + "/", GOOD + "/more"),
        ("http://[::1]:3030/", "http://[::1]:3030/ds"),
        ("http://127.0.0.1:7878", "http://127.0.0.1:7878/query"),
    ],
)
def test_an_endpoint_below_an_allowed_prefix_passes(allowed: str, endpoint: str) -> None:
    for text in (asking(f"<{endpoint}>"), asking(f"SILENT <{endpoint}>")):
        prepared = prepare(text, services=["http://other.example", allowed])
        assert prepared.services == (endpoint,) and prepared.text == text


@pytest.mark.parametrize(
    ("allowed", "endpoint"),
    [
        ("http://good.example", "http://good.example.evil.example/"),
        ("http://good.example", "http://good.example@evil.example/"),
        ("http://good.example", "http://good.example:80@evil.example/"),
        ("http://good.example", "http://user:password@good.example/"),
        ("http://good.example", "http://good.example%2eevil.example/"),
        ("http://good.example", "http://good.example:8080/"),
        ("http://good.example", "https://good.example/"),
        ("http://good.example", "http://evil.example/http://good.example"),
        ("http://good.example", "http://evil.example?http://good.example"),
        ("http://good.example", "http://evil.example#http://good.example"),
        ("http://good.example", "http://gооd.example/"),  # two letters are Cyrillic
        ("http://good.example", "ftp://good.example/"),
        ("http://good.example", "file:///etc/passwd"),
        ("http://good.example", "http:good.example"),
        ("http://good.example", "http:///good.example"),
        ("http://good.example", "urn:good.example"),
        ("http://good.example", "http://good.example:99999/"),
        (GOOD, "http://good.example/sparqlx"),
        (GOOD, "http://good.example/sparql-update"),
        (GOOD, "http://good.example/"),
        (GOOD, "http://good.example/sparql/../admin"),
        (GOOD, "http://good.example/sparql/%2e%2E/admin"),
        (GOOD, "http://good.example/sparql/.%2e"),
        (GOOD, r"http://good.example/sparql/\u002e\u002e/admin"),
        (GOOD + "/", GOOD),
    ],
)
def test_an_endpoint_that_looks_like_an_allowed_one_is_refused(allowed: str, endpoint: str) -> None:
    with pytest.raises(QueryError) as caught:
        prepare(asking(f"<{endpoint}>"), services=[allowed])
    assert allowed in str(caught.value) or "is not an IRI" in str(caught.value)


@pytest.mark.parametrize(
    "endpoint",
    [
        "?x",
        "$x",
        "good:sparql",
        "good:",
        "<sparql>",
        "</sparql>",
        "<//good.example/>",
        "_:b",
        "'x'",
        "{",
    ],
)
def test_what_is_no_iri_in_full_is_refused_and_the_message_names_what_is_allowed(
    endpoint: str,
) -> None:
    for text in (asking(endpoint), asking("SILENT " + endpoint)):
        with pytest.raises(QueryRefused, match=r"written in full and begins with http://good\.ex"):
            prepare("BASE <http://good.example/> " + text, services=["http://good.example"])


def test_every_endpoint_of_a_query_must_be_allowed() -> None:
    text = f"ASK {{ SERVICE <{GOOD}> {{ ?s ?p ?o SERVICE <http://evil.example/> {{}} }} }}"
    with pytest.raises(QueryRefused, match="SERVICE may only ask"):
        prepare(text, services=[GOOD])


def test_without_a_list_no_endpoint_is_asked() -> None:
    with pytest.raises(QueryRefused, match="SERVICE would ask another server"):
        prepare(asking(f"<{GOOD}>"))
    with pytest.raises(QueryRefused, match="line 2, column 1"):
        prepare("ASK {\nSERVICE", services=())


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ FILTER(?a<1#>\n) SERVICE <{GOOD}> {{}} #>\n }}",
        f"ASK {{ FILTER(?a<1&&'>'=?b) SERVICE <{GOOD}> {{}} FILTER('x'='x') }}",
        f"ASK {{ VALUES ?x {{ '''a' }} SERVICE <http://evil.example/> {{}} SERVICE <{GOOD}> {{}} #\\q'''\n }}",
    ],
)
def test_endpoints_are_found_where_a_sign_has_two_readings(text: str) -> None:
    with pytest.raises(QueryError):
        prepare(text, services=["http://other.example"])


@pytest.mark.parametrize(
    "prefix",
    [
        "good.example",
        "",
        "http://",
        "ftp://x/",
        "http://x@y/",
        "http://x/?q=1",
        "http://x/#a",
        "http://x:y/",
        "http://x/../",
        "http://é.example/",
        "*",
    ],
)
def test_a_prefix_that_is_no_plain_iri_is_an_error_of_the_operator(prefix: str) -> None:
    with pytest.raises(ParameterError, match=r"parameter services: .* is not the beginning of"):
        prepare("ASK {}", services=[prefix])


def test_endpoints_are_listed_once_each_in_their_order() -> None:
    two = f"SERVICE <{GOOD}/b> {{}} SERVICE SILENT <{GOOD}/a> {{}} SERVICE <{GOOD}/b> {{}}"
    assert prepare(f"ASK {{ {two} }}", services=[GOOD]).services == (GOOD + "/b", GOOD + "/a")


def test_endpoints_are_rewritten_to_a_relay() -> None:
    text = f"ASK {{ service silent <{GOOD}> {{ ?s <{GOOD}> 'SERVICE <{GOOD}>' }} # SERVICE <x>\n SERVICE<{GOOD}/b>{{}} }}"
    routes = {GOOD: "http://127.0.0.1:1234/1", GOOD + "/b": "http://127.0.0.1:1234/2"}
    prepared = prepare(text, services=[GOOD])
    rewritten = rewrite_services(prepared, routes.__getitem__)
    assert rewritten.text == (
        f"ASK {{ service silent <http://127.0.0.1:1234/1> {{ ?s <{GOOD}> 'SERVICE <{GOOD}>' }}"
        " # SERVICE <x>\n SERVICE<http://127.0.0.1:1234/2>{} }"
    )
    assert rewritten.services == prepared.services == tuple(routes)
    assert rewrite_services(prepare("ASK {}"), routes.__getitem__) == prepare("ASK {}")


def test_the_engine_asks_the_relay_and_nobody_else() -> None:
    prepared = prepare(asking(f"<{GOOD}>"), services=[GOOD])
    rewritten = rewrite_services(prepared, lambda _: "http://127.0.0.1:9/")
    with pytest.raises(OSError, match="port 9"):
        ox.Store().query(rewritten.text)


@pytest.mark.parametrize("address", ["", "relay", "http://x/> {} } #", "http://x y/"])
def test_a_relay_must_have_an_absolute_iri(address: str) -> None:
    prepared = prepare(asking(f"<{GOOD}>"), services=[GOOD])
    with pytest.raises(ParameterError, match="is not an absolute IRI"):
        rewrite_services(prepared, lambda _: address)
