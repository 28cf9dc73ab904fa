"""A crawl of the running site from / finds no broken link and no page without its data."""

from __future__ import annotations

import pytest
from flask import Flask

from competency import KnowledgeGraph
from competency.server import create_app
from tests.crawl import Crawl, Page, fetch_from_app
from tests.test_site import baking

PAGE = (
    '<html lang="en"><head><link rel="alternate" type="text/turtle" href="/a.ttl"></head>'
    '<body id="top">{body}</body></html>'
)


def crawl_of(body: str, page: str = PAGE) -> list[str]:
    """Return the faults of a site of one page."""
    app = Flask("crawled")
    app.add_url_rule("/", "home", lambda: page.format(body=body))
    app.add_url_rule("/a.ttl", "data", lambda: ("", {"Content-Type": "text/turtle"}))
    app.add_url_rule("/b", "away", lambda: ("", 303, {"Location": "/"}))
    app.add_url_rule("/round", "round", lambda: ("", 303, {"Location": "/round"}))
    return [
        fault.replace("http://localhost", "") for fault in Crawl(fetch_from_app(app)).run().faults
    ]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="/none">x</a>', "/: /none answers 404"),
        ('<a href="b">x</a>', ""),
        ('<a href="round">x</a>', "/: /round redirects without end"),
        ('<a href="#nothing">x</a>', "/: / has no #nothing"),
        ('<a href="b#top">x</a>', ""),
        ('<p id="a"></p><p id="a"></p>', "/: the id a is there 2 times"),
        ('<a href="javascript:alert(1)">x</a>', "/: a link to javascript:alert(1)"),
        ('<a href="https://elsewhere.example/">x</a>', ""),
        ('<form action="/lost"></form>', "/: /lost answers 404"),
        ('<form method="post" action="/lost"></form>', ""),
        ('<script src="gone.js"></script>', "/: /gone.js answers 404"),
    ],
)
def test_the_crawler_sees_a_fault_and_none_where_there_is_none(body: str, fault: str) -> None:
    faults = crawl_of(body)
    assert (faults[0] if faults else "") == fault


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("alternate", "other", "/: no data beside it"),
        ("text/turtle", "text/csv", "/: /a.ttl is text/turtle, not text/csv"),
        (' lang="en"', "", "/: no language"),
    ],
)
def test_the_crawler_sees_what_a_page_lacks(old: str, new: str, fault: str) -> None:
    assert fault in crawl_of("", PAGE.replace(old, new))


def test_of_a_page_with_endless_states_only_the_first_are_read() -> None:
    app = Flask("endless")
    links = "".join(f'<a href="/?page={number}&amp;lang=fr">x</a>' for number in range(9))
    app.add_url_rule("/", "home", lambda: PAGE.format(body=links))
    crawl = Crawl(fetch_from_app(app), states=4).run()
    assert crawl.left_out == {"/?page": 5}


def test_a_page_is_read_with_all_that_it_leads_to() -> None:
    page = Page(
        '<html lang="fr"><img src="a.png"><use href="#b"></use><link rel="canonical" href="c"></html>'
    )
    assert page.links == ["a.png", "#b", "c"]
    assert page.language == "fr"


def test_a_small_site_with_odd_iris_has_no_fault() -> None:
    crawl = Crawl(fetch_from_app(create_app(baking())), states=6, most=600).run()
    assert crawl.faults == []


@pytest.mark.slow
def test_the_shipped_site_has_no_fault(shipped: KnowledgeGraph) -> None:
    crawl = Crawl(fetch_from_app(create_app(shipped))).run()
    assert crawl.faults == []
    assert len(crawl.pages) > 1_000
