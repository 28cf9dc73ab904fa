"""Without script every page says all it has to say, and every form works."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Visit
from tests.browser.page_types import PAGE_TYPES, PageType

pytestmark = pytest.mark.slow

# Only a script can show these, so they wait for one.
DEAD = "button[type=button]:not([hidden]), [onclick], a[href='#'], a:not([href])"


@pytest.fixture(scope="module")
def plain(visiting: Visit) -> Callable[[Site], Page]:
    """Return what gives a page without script for a site, the same each time."""
    return cache(lambda site: visiting.blank(site=site, java_script_enabled=False))


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=str)
def test_a_page_is_whole(
    page_type: PageType, visiting: Visit, plain: Callable[[Site], Page]
) -> None:
    page = plain(page_type.site)
    visiting.show(page, page_type)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).to_be_visible()
    assert page.title() and page.locator("main").inner_text().strip()
    shown = [item for item in page.locator(DEAD).all() if item.is_visible()]
    assert [item.evaluate("it => it.outerHTML") for item in shown] == []
    assert visiting.unexpected() == []


@pytest.fixture
def home(visit: Visit) -> Page:
    return visit("/", java_script_enabled=False, rest="load")


def test_search_is_a_form(home: Page) -> None:
    home.get_by_role("searchbox").fill("complaints")
    home.get_by_role("button", name="Search").click()
    expect(home.get_by_role("link", name="Analysing complaints")).to_be_visible()
    home.get_by_label("Worcestershire County Council behaviours").check()
    home.locator("main form button").last.click()
    assert "framework=" in home.url
    expect(home.get_by_role("link", name="Analysing complaints")).to_be_visible()


def test_a_tree_unfolds(home: Page) -> None:
    home.get_by_role("link", name="Worcestershire County Council behaviours").click()
    inner = home.get_by_text("Works out correctly what customers need")
    home.get_by_role("link", name="Close all").click()
    expect(inner).to_be_hidden()
    home.locator("summary", has_text="Customer Focus").first.click()
    home.locator("summary", has_text="Prioritising Customer Need").click()
    expect(inner).to_be_visible()
    home.get_by_role("link", name="Open all").click()
    expect(inner).to_be_visible()


def test_two_frameworks_are_compared(home: Page) -> None:
    home.get_by_role("link", name="Compare", exact=True).click()
    home.get_by_label("One framework").select_option(label="Client Service Competency")
    home.get_by_label("The other").select_option(label="Worcestershire County Council behaviours")
    home.get_by_role("button", name="Compare").click()
    expect(home.get_by_role("heading", name="Coverage matrix")).to_be_visible()
    expect(home.get_by_text("22 matches, by groups")).to_be_visible()


def test_a_question_is_asked(home: Page) -> None:
    home.get_by_role("link", name="Query", exact=True).click()
    home.get_by_role("link", name="Which behaviours are unhelpful?").click()
    home.get_by_role("button", name="Ask", exact=True).click()
    expect(home.get_by_text("37 rows").first).to_be_visible()


def test_versions_are_compared(visit: Visit) -> None:
    page = visit("/history/baking", site="published", java_script_enabled=False, rest="load")
    page.get_by_role("button", name="Show what changed").click()
    expect(page.get_by_role("heading", name="Baking", level=1)).to_be_visible()
    assert "/changes?" in page.url


def test_a_document_becomes_a_draft(home: Page) -> None:
    home.get_by_role("link", name="Import", exact=True).click()
    home.get_by_label("or its text").fill("1 Listening\n  1.1 Hears people out\n")
    home.get_by_role("button", name="Import", exact=True).click()
    expect(home.get_by_role("heading", name="Source, line by line")).to_be_visible()


def test_a_framework_is_taken_along_and_brought_back(home: Page, tmp_path: Path) -> None:
    home.goto("/page/pub-cscf")
    home.get_by_role("link", name="All formats").click()
    row = home.locator("#case-1\\.0")
    row.get_by_role("link", name="What is lost?").click()
    expect(home.get_by_role("heading", name="What CASE 1.0 package cannot carry")).to_be_visible()
    home.locator(".lost summary").first.click()
    expect(home.locator(".of-parts").first).to_be_visible()
    with home.expect_download() as waited:
        home.locator("#case").get_by_role("link", name="Download").click()
    assert waited.value.suggested_filename == "pub-cscf.case.json"
    waited.value.save_as(tmp_path / "mine.json")
    home.goto("/import")
    home.set_input_files("#file", tmp_path / "mine.json")
    home.get_by_role("button", name="Import").click()
    expect(home.get_by_text("mine.json, read as: CASE 1.1 package")).to_be_visible()
    home.get_by_label("Take it along as").select_option("skos")
    with home.expect_download() as waited:
        home.get_by_role("button", name="Download").click()
    assert waited.value.suggested_filename == "pub-cscf.skos.ttl"
