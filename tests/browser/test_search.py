"""Search as one types: the list under the field, its keys, and results that narrow down."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow


@pytest.fixture
def home(visit: Visit) -> Page:
    return visit("/", rest="load")


def test_hits_are_listed_and_chosen_with_arrows_and_enter(home: Page) -> None:
    field = home.get_by_role("combobox", name="Search all frameworks")
    field.focus()
    home.keyboard.type("complaint")
    options = home.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert options.first.locator("mark").count() >= 1
    home.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    home.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    home.keyboard.press("ArrowUp")
    title = options.first.locator("span").first.inner_text()
    home.keyboard.press("Enter")
    home.wait_for_url("**/page/**")
    expect(home.locator("h1")).to_have_text(title)


def test_escape_closes_the_list_and_keeps_what_was_typed(home: Page) -> None:
    field = home.get_by_role("combobox")
    field.press_sequentially("customer")
    expect(home.get_by_role("listbox")).to_be_visible()
    home.keyboard.press("Escape")
    expect(home.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("customer")
    home.keyboard.press("Enter")
    home.wait_for_url("**/search?**q=customer**")
    expect(home.get_by_role("heading", level=1)).to_have_text("Search all frameworks")


def test_a_hit_is_clicked(home: Page) -> None:
    home.get_by_role("combobox").fill("prioritising")
    home.get_by_role("option", name="Prioritising Customer Need").click()
    home.wait_for_url("**/page/**")
    expect(home.locator("h1")).to_have_text("Prioritising Customer Need")


def test_every_page_has_the_field(visit: Visit) -> None:
    page = visit("/shapes", rest="load")
    page.get_by_role("combobox").fill("prioritising")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()


def test_results_narrow_down_as_one_types_and_ticks(visit: Visit) -> None:
    page = visit("/search?q=customer", rest="load")
    said = page.locator("[data-said]")
    before = said.inner_text()
    field = page.get_by_role("searchbox")
    field.press("End")
    field.press_sequentially(" need")
    expect(said).not_to_have_text(before)
    page.wait_for_url("**/search?q=customer+need*")
    expect(page.get_by_role("link", name="Prioritising Customer Need")).to_be_visible()
    expect(field).to_be_focused()
    before = said.inner_text()
    choice = page.get_by_role("checkbox", name="Worcestershire County Council behaviours")
    choice.check()
    page.wait_for_url("**framework=*")
    expect(said).not_to_have_text(before)
    expect(choice).to_be_checked()
    expect(choice).to_be_focused()
    page.reload()
    expect(choice).to_be_checked()
