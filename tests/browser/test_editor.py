"""The editor at /sparql in a real browser: write, run, see, share, cancel; keys and no script."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("editor")]

KINDS = """SELECT ?kind (COUNT(?part) AS ?n)
WHERE { ?part comp:inFramework ?framework ; a ?kind }
GROUP BY ?kind ORDER BY DESC(?n)"""
FIVE = "SELECT ?f WHERE { ?f a comp:Framework }"
EVERYTHING = "SELECT * WHERE { ?s ?p ?o }"
HEAVY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def address(query: str, **more: str) -> str:
    return "/sparql?query=" + quote(query) + "".join(f"&{k}={v}" for k, v in more.items())


def write(page: Page, query: str) -> None:
    """Put a query into the editor as somebody who pastes it."""
    page.get_by_role("textbox", name="SPARQL query").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)


def run(page: Page, query: str) -> None:
    write(page, query)
    page.keyboard.press("Control+Enter")


def test_a_query_is_written_with_completion_and_run_with_the_keyboard(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, "")
    page.keyboard.type("SELECT ?x {\n?x a comp:NegativeIndic")
    expect(page.get_by_role("option", name="comp:NegativeIndicator")).to_be_visible()
    expect(page.get_by_text("negative indicator", exact=True)).to_be_visible()
    page.wait_for_timeout(300)  # a list that has just opened takes no key yet
    page.keyboard.press("Enter")
    expect(page.locator(".cm-activeLine")).to_contain_text("comp:NegativeIndicator")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("37 rows")
    query = parse_qs(urlsplit(page.url).query)["query"][0]
    assert query == "SELECT ?x {\n  ?x a comp:NegativeIndicator\n}"
    assert page.locator("#query").input_value() == query


def test_rows_are_a_table_that_sorts(visit: Visit) -> None:
    page = visit("/sparql")
    run(page, KINDS)
    first = page.locator("tbody tr").first
    expect(first).to_contain_text("comp:PositiveIndicator")
    heads = page.locator("thead th")
    assert "xsd:integer" in heads.nth(1).inner_text()
    page.get_by_role("button", name="n", exact=True).click()
    assert heads.nth(1).get_attribute("aria-sort") == "ascending"
    numbers = [int(text) for text in page.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert numbers == sorted(numbers) and len(numbers) > 9
    assert first.locator("a").count() == 1
    link = page.get_by_role("link", name="comp:Value")
    assert link.get_attribute("href") == "/ns#Value"


def test_many_rows_come_in_pages(visit: Visit) -> None:
    page = visit("/sparql")
    run(page, EVERYTHING)
    pager = page.get_by_role("navigation", name="Pages of the table")
    expect(pager).to_contain_text("1 to 100 of")
    before = page.locator("tbody").inner_text()
    pager.get_by_role("button", name="Next").click()
    expect(pager).to_contain_text("101 to 200 of")
    assert page.locator("tbody").inner_text() != before
    expect(pager.get_by_role("button", name="Next")).to_be_focused()


def test_counts_are_a_chart_and_what_cannot_be_drawn_says_why(visit: Visit) -> None:
    page = visit(address(KINDS))
    page.get_by_role("tab", name="Table").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("img", name="n by kind")).to_be_visible()
    assert page.locator(".chart-bar").count() == page.locator(".chart title").count() > 9
    page.get_by_label("Kind", exact=True).select_option("line")
    expect(page.locator(".chart-line")).to_be_visible()
    assert "view=chart" in page.url
    run(page, FIVE)
    expect(page.locator("#view")).to_contain_text("no column holds only numbers")


def test_an_answer_is_there_in_every_format(visit: Visit) -> None:
    page = visit(address(FIVE, view="raw"))
    expect(page.locator("#view pre")).to_contain_text('"bindings"')
    page.get_by_label("Format", exact=True).select_option("csv")
    expect(page.locator("#view pre")).to_contain_text("https://w3id.org/competency/id/pub-cscf")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="TSV").click()
    assert waiting.value.suggested_filename == "answer.tsv"
    assert waiting.value.path().read_text(encoding="utf-8").startswith("?f\n<https")


def test_triples_are_turtle_and_a_table_and_ask_is_yes_or_no(visit: Visit) -> None:
    page = visit("/sparql")
    run(page, "CONSTRUCT WHERE { ?f a comp:Framework }")
    expect(page.locator("#answer")).to_contain_text("5 triples")
    expect(page.locator("#view pre")).to_contain_text("a comp:Framework .")
    page.get_by_role("tab", name="Table").click()
    expect(page.locator("tbody tr")).to_have_count(5)
    run(page, "ASK { ?x a comp:Framework }")
    expect(page.locator("#answer")).to_contain_text("Yes")
    run(page, "ASK { ?x a comp:Nothing }")
    expect(page.locator("#answer")).to_contain_text("No")


def test_an_error_says_why_and_marks_its_line(visit: Visit) -> None:
    visit.expected.append("400 (BAD REQUEST)")
    page = visit("/sparql")
    run(page, "SELECT *\nWHERE {\n  ?s foo:bar\n}")
    place = page.locator("#fault").get_by_role("button")
    expect(place).to_contain_text("Line 3")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()
    place.click()
    expect(page.locator(".cm-activeLine")).to_contain_text("foo:bar")
    page.keyboard.type("x")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)


def test_an_error_that_came_with_the_page_is_marked_as_well(visit: Visit) -> None:
    visit.expected.append("400 (BAD REQUEST)")
    page = visit(address("SELECT *\nWHERE {\n  ?s ?p }"))
    expect(page.locator("#fault")).to_contain_text("Line 3")
    expect(page.locator(".cm-lint-marker-error")).to_be_visible()


def test_a_query_can_be_cancelled_and_the_server_stops_working(visit: Visit) -> None:
    page = visit("/sparql")
    run(page, HEAVY)
    expect(page.locator("#status")).to_contain_text("The query runs")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#status")).to_contain_text("Cancelled")
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    health = page.context.new_page()
    for _ in range(100):
        health.goto("/metrics")
        if "competency_queries_running 0.0" in health.inner_text("body"):
            break
        health.wait_for_timeout(100)
    else:
        pytest.fail("the server still works on it")
    visit.expected.append("404")  # the browser asks for an icon of what is no page


def test_a_link_brings_the_query_the_view_and_the_answer(visit: Visit) -> None:
    page = visit("/sparql", permissions=["clipboard-read", "clipboard-write"])
    run(page, KINDS)
    page.get_by_role("tab", name="Chart").click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#status")).to_contain_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    again = visit(link.removeprefix(visit.address("")))
    expect(again.get_by_role("tab", name="Chart")).to_have_attribute("aria-selected", "true")
    expect(again.locator(".chart-bar").first).to_be_visible()
    again.go_back()


def test_a_query_too_long_for_an_address_is_posted_and_has_no_link(visit: Visit) -> None:
    page = visit("/sparql")
    sent: list[str] = []
    page.on("request", lambda it: sent.append(it.method))
    run(page, FIVE + "\n# " + "é" * 3000)
    expect(page.locator("#status")).to_contain_text("5 rows")
    assert "POST" in sent and "query=" not in page.url
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#status")).to_contain_text("too long for a link")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    assert waiting.value.path().read_bytes().count(b"\r\n") == 6


def test_a_question_is_chosen_filled_in_run_and_changed(visit: Visit) -> None:
    page = visit("/sparql")
    page.get_by_role("link", name="Which behaviours are unhelpful?").click()
    page.get_by_label("framework", exact=True).fill("https://w3id.org/competency/id/wcc-behaviours")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator("#status")).to_contain_text("37 rows")
    assert "wcc-behaviours>" in page.locator("#query").input_value()
    page.get_by_role("textbox", name="SPARQL query").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nLIMIT 2")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#status")).to_contain_text("2 rows")
    assert "question=" not in page.url
    page.go_back()
    expect(page.locator("#status")).to_contain_text("37 rows")


def test_tab_indents_and_escape_leaves_the_editor(visit: Visit) -> None:
    page = visit("/sparql")
    write(page, "ASK {")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    assert page.locator("#query").input_value() == "  ASK {"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run the query")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.className") != "editor-host"


def test_hostile_values_show_as_text(visit: Visit) -> None:
    page = visit(
        address(
            'SELECT (IRI("javascript:alert(1)") AS ?i) ("<img src=x onerror=alert(2)>" AS ?t) {}'
        )
    )
    expect(page.locator("tbody")).to_contain_text("javascript:alert(1)")
    assert page.locator("tbody a").count() == 0 == page.locator("tbody img").count()


def test_it_fits_a_phone_and_speaks_french(visit: Visit) -> None:
    page = visit(address(KINDS), width=320, height=700, dark=True, locale="fr")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    expect(page.get_by_role("tab").nth(1)).to_be_visible()
    page.get_by_role("tab").nth(1).click()
    expect(page.locator(".chart-bar").first).to_be_visible()
    assert page.evaluate(wide) <= 0
    assert "Copy link" not in page.locator("main").inner_text()


def test_without_script_it_is_a_form_that_works(visit: Visit) -> None:
    page = visit("/sparql", java_script_enabled=False)
    page.get_by_label("SPARQL query").fill(KINDS)
    page.get_by_role("button", name="Run the query").click()
    expect(page.locator("#answer")).to_contain_text("rows")
    expect(page.locator("tbody tr").first).to_contain_text("112")
    assert page.get_by_role("button", name="Copy link").count() == 0
