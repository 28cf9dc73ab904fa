"""Choosing among many frameworks in a browser: as one types, by keyboard, and without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PREFIXES
from tests.servers import server
from tests.test_server_compare import framework

pytestmark = pytest.mark.slow

TIED = "ex:f7a1 skos:closeMatch ex:f9a1 ."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve 60 frameworks, of which the seventh is aligned with the ninth."""
    place: Path = tmp_path_factory.mktemp("many")
    for number in range(1, 61):
        trade = ("Baking", "Dyeing", "Gilding")[number % 3]
        text = framework(f"f{number}a", f"Weld {number}.", title=f"{trade} {number}")
        (place / f"f{number}.ttl").write_text(PREFIXES + text)
    (place / "tied.ttl").write_text(PREFIXES + TIED)
    with server(*sorted(place.iterdir())) as running:
        yield f"http://127.0.0.1:{running.port}"


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Any]:
    contexts = []

    def visit(path: str, **options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield visit
    for context in contexts:
        context.close()


def test_the_list_follows_what_is_typed_and_the_address_keeps_it(open_page: Any) -> None:
    page = open_page("/crosswalk")
    field = page.get_by_label("Find frameworks by words of their titles")
    expect(page.get_by_role("button", name="Find")).to_be_hidden()
    field.fill("GILD 2")
    boxes = page.locator(".bounded input[type=checkbox]")
    expect(boxes).to_have_count(6)
    expect(page.locator("[data-said]")).to_have_text("6 frameworks have these words")
    page.get_by_label("Gilding 2", exact=True).check()
    expect(page.get_by_role("group", name="Chosen").get_by_role("checkbox")).to_have_count(1)
    assert "find=GILD" in page.url and "framework=" in page.url
    page.reload()
    expect(page.get_by_label("Gilding 2", exact=True)).to_be_checked()
    expect(field).to_have_value("GILD 2")


def test_what_is_aligned_comes_up_once_one_is_chosen_by_keyboard(open_page: Any) -> None:
    page = open_page("/crosswalk")
    box = page.get_by_label("Dyeing 7", exact=True)
    box.focus()
    page.keyboard.press("Space")
    near = page.get_by_role("group", name="Aligned with what is chosen")
    expect(near.get_by_role("checkbox")).to_have_count(1)
    expect(box).to_be_focused()
    near.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("group", name="Chosen").get_by_role("checkbox")).to_have_count(2)
    page.get_by_role("button", name="Show the table").click()
    expect(page.locator(".crosswalk thead th")).to_have_count(2)


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_a_button_finds_and_keeps_what_is_chosen(width: int, open_page: Any) -> None:
    size = {"width": width, "height": 900}
    page = open_page("/crosswalk", java_script_enabled=False, viewport=size)
    page.get_by_label("Dyeing 7", exact=True).check()
    page.get_by_label("Find frameworks by words of their titles").fill("baking 12")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Baking 12", exact=True).check()
    page.get_by_role("button", name="Show the table").click()
    expect(page.locator(".crosswalk thead th")).to_have_count(2)
    page.goto(page.url.partition("?")[0])
    list_box = page.locator(".bounded").bounding_box()
    assert list_box and list_box["height"] < 500
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_frameworks_are_found_and_compared(open_page: Any) -> None:
    page = open_page("/compare")
    page.get_by_label("Find frameworks by words of their titles").fill("dyeing 7")
    page.get_by_label("One framework").select_option(label="Dyeing 7")
    page.get_by_label("Find frameworks by words of their titles").fill("9")
    expect(page.locator("#right option", has_text="Baking 9")).to_have_count(1)
    expect(page.get_by_label("One framework")).to_have_value("https://example.org/f7a")
    page.get_by_label("The other").select_option(label="Baking 9 (1 match)")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="Coverage matrix")).to_be_visible()
