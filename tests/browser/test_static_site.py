"""The site as files, from a plain file server: a tree, a way across, and search in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_page_types import STICKS_OUT, violations

pytestmark = pytest.mark.slow


@pytest.fixture
def home(visit: Visit) -> Page:
    return visit("/index.html", site="files", rest="load")


def test_a_framework_and_a_part_are_found_without_a_server(home: Page) -> None:
    home.get_by_role("link", name="Kitchen").click()
    expect(home.locator("h1")).to_have_text("Kitchen")
    home.get_by_role("link", name="Washes hands before cooking.").click()
    home.get_by_role("navigation", name="Neighbours").locator("[rel=next]").click()
    expect(home.locator("h1")).to_have_text("Leaves knives lying about.")


def test_search_looks_through_an_index(home: Page, axe: str) -> None:
    home.get_by_role("searchbox").fill("knives")
    home.get_by_role("button", name="Search").click()
    home.wait_for_url("**/search**q=knives**")
    hit = home.locator(".hit")
    expect(hit).to_have_count(1)
    expect(hit).to_contain_text("unhelpful")
    assert violations(home, axe) == []
    home.set_viewport_size({"width": 320, "height": 640})
    assert home.evaluate(STICKS_OUT) == []
    field = home.get_by_role("searchbox")
    field.fill("hands kitch")
    expect(home.get_by_role("status")).to_contain_text("Nothing was found")
    field.fill("wash")
    expect(hit.first).to_be_visible()
    home.get_by_label("Behaviour").select_option("helpful")
    expect(hit).to_have_count(1)
    hit.get_by_role("link").click()
    expect(home.locator("h1")).to_have_text("Washes hands before cooking.")
