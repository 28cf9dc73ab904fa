"""Text and IRIs that would run if a page wrote them as they are: they show as text, on every page.

The browser is told to ignore the Content-Security-Policy here, so that escaping alone must do. A
script that runs calls ``alert``.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.published_site import BREAK, HOSTILE, IMAGE, QUOTE, RUNS, TEMPLATE
from tests.browser.test_page_types import UNFOLD

pytestmark = pytest.mark.slow

ALERTS = 'SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), "alert")) }'
ADDRESSES = (
    "/",
    "/page/hostile",
    "/page/hostile?open=all&lang=%22%3E%3Cscript%3Ealert(9)%3C/script%3E",
    "/page/hostile/1",
    "/page/hostile/1/1",
    "/page/hostile/1/2",
    f"/page?iri={quote(RUNS)}",
    f"/entity?iri={quote(RUNS)}",
    "/data/hostile.alt.html",
    f"/search?q={quote(IMAGE)}",
    f"/search?q={quote(BREAK)}&kind={quote(QUOTE)}",
    f"/compare?left={quote(HOSTILE)}&right=baking",
    f"/compare?left={quote(HOSTILE)}",
    "/wander",
    f"/wander?iri={quote(HOSTILE)}",
    f"/wander?iri={quote(HOSTILE)}/1/1",
    f"/history?iri={quote(HOSTILE)}",
    f"/changes?iri={quote(HOSTILE)}/1&from=5&to=6",
    "/editions",
    "/editions/6",
    "/dataset",
    f"/sparql?query={quote(ALERTS)}",
    f"/sparql?query={quote(BREAK)}",
    f"/sparql?question={quote(IMAGE)}",
    f"/page/{quote(IMAGE)}",
    f"/id/{quote(QUOTE)}",
    f"/page/hostile?edition={quote(IMAGE)}",
    f"/page/hostile?_mediatype={quote(IMAGE)}",
)
# What would run or lead to what runs: nothing of ours has a handler or a script in an address.
LIVE = """() => [...document.querySelectorAll("*")].filter((node) =>
  [...node.attributes].some(({ name, value }) => name.startsWith("on")
    || (["href", "src", "action", "formaction", "data", "xlink:href"].includes(name)
      && /^\\s*(javascript|vbscript|data:text.(html|xml))/i.test(value)))
  || node.matches("img:not([src$='icon.svg']), iframe, object, embed, base, meta[http-equiv]")
  || (node.localName === "script" && !node.src && !/json/.test(node.type))
).map((node) => node.outerHTML.slice(0, 200))"""


ALARM = "window.alarms = []; window.alert = (said) => window.alarms.push(said)"


@pytest.fixture(scope="module")
def window(visiting: Visit) -> Page:
    """Return a page that keeps what would have been an alert."""
    page = visiting.blank(site="published", bypass_csp=True)
    page.add_init_script(ALARM)
    return page


@pytest.fixture
def page(visiting: Visit, window: Page) -> Iterator[Page]:
    """Return the same page for each test; afterwards nothing may have run."""
    yield window
    assert window.evaluate(LIVE) == [] and window.evaluate("window.alarms") == []
    visiting.expected.append("the server responded with a status of 4")
    assert visiting.unexpected() == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_runs(address: str, page: Page) -> None:
    page.goto(address)
    page.evaluate(UNFOLD)


def test_it_shows_as_text(page: Page) -> None:
    page.goto("/page/hostile?open=all")
    expect(page.locator("h1")).to_have_text(IMAGE)
    for text in (BREAK, QUOTE, TEMPLATE, RUNS):
        expect(page.get_by_text(text, exact=True).first).to_be_visible()
    assert page.title().startswith(IMAGE)


def test_suggestions_show_it_as_text(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").fill("onerror")
    expect(page.get_by_role("option").first).to_contain_text(IMAGE)


def test_a_hostile_document_becomes_a_harmless_draft(page: Page) -> None:
    page.goto("/import")
    page.locator("#text").fill(f"{IMAGE}\n\n1 {QUOTE}\n  1.1 {BREAK}\n  1.2 {RUNS}\n")
    page.locator("main form").locator("button").click()
    expect(page.locator("h1")).to_contain_text(IMAGE)
    page.evaluate(UNFOLD)


def test_a_hostile_document_is_checked_and_shows_as_text(page: Page) -> None:
    page.goto("/validate")
    page.locator("#text").fill(
        "@prefix comp: <https://w3id.org/competency/ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f"<{RUNS}> a comp:Framework ; comp:extent '''{BREAK}''' ;\n"
        f"  rdfs:label '''{IMAGE}'''@en , '''{QUOTE} ''' , '''\u202e{TEMPLATE}'''@en-x-onerror .\n"
        f"<javascript:alert(2)> a comp:Group ; comp:partOf <{RUNS}> .\n"
    )
    page.locator("form#check button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("does not conform")
    page.evaluate(UNFOLD)


def test_the_name_of_a_file_shows_as_text(page: Page) -> None:
    page.goto("/validate")
    name = IMAGE.replace("/", "") + ".ttl"
    page.locator("#file").set_input_files(
        {"name": name, "mimeType": "text/turtle", "buffer": b"<urn:a> <urn:b> 1 ."}
    )
    page.locator("form#check button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text(name)
    page.locator("#text").fill(BREAK)
    page.locator("form#check button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_script_that_runs_would_be_heard(visit: Visit) -> None:
    visit.expected.append("404")
    page = visit.blank(site="published", bypass_csp=True)
    page.add_init_script(ALARM)
    page.goto("/editions")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=alert(1)>'")
    page.wait_for_function("window.alarms.length > 0")
    assert page.evaluate(LIVE) != []
