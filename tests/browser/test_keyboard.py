"""By keyboard alone: every stop of the Tab key is seen, in its order, and none is a trap."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.page_types import BASE

pytestmark = pytest.mark.slow

MOST = 400  # presses of Tab on the longest of these pages
# Where the focus is; how it is marked, and whether it can be seen and is not covered by anything.
FOCUS = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const style = getComputedStyle(node);
  const drawn = node.querySelector(".d-box, .d-ribbon, .d-chord"); // in a picture
  const box = node.getBoundingClientRect();
  const marked = style.outlineStyle !== "none" || style.boxShadow !== "none"
    || (drawn && (getComputedStyle(drawn).strokeWidth === "3px" || drawn.matches(".d-ribbon, .d-chord")));
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth;
  return { marked: Boolean(marked), seen, what: node.outerHTML.slice(0, 150) };
}"""
ADDRESSES = (
    "/",
    "/page/wcc-behaviours?open=none",
    "/page/pub-cscf?view=levels",
    "/page/pwgsc-client-service/competency",
    "/page/wcc-behaviours/v1/c1/b1",
    "/search?q=complaint",
    "/compare",
    "/align?left=pub-cscf&right=wcc-behaviours",
    f"/wander?iri={BASE}pub-cscf",
    f"/export?iri={BASE}wcc-behaviours",
    "/import",
    "/validate",
    "/dataset",
)


def stop(page: Page) -> dict[str, Any] | None:
    """Press Tab and return where the focus is now; None past the last stop."""
    page.keyboard.press("Tab")
    found: dict[str, Any] | None = page.evaluate(FOCUS)
    return found


def to(page: Page, what: str) -> None:
    """Press Tab until the focus is on what a selector matches."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({what!r})"):
            return
    pytest.fail(f"Tab does not reach {what}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_stop_is_seen_and_the_last_is_in_the_foot(address: str, visit: Visit) -> None:
    page = visit(address, rest="load")
    stops: list[dict[str, Any]] = []
    while (found := stop(page)) and len(stops) < MOST:
        stops.append(found)
    assert "skip" in stops[0]["what"]
    assert "lang=fr" in stops[-1]["what"] and len(stops) < MOST
    assert [found for found in stops if not (found["marked"] and found["seen"])] == []


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours", rest="load")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_tree_is_opened_and_a_part_reached(visit: Visit) -> None:
    page = visit("/", rest="load")
    to(page, "a[href='/page/wcc-behaviours']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/wcc-behaviours")
    to(page, "[data-open=none]")
    page.keyboard.press("Enter")
    inner = page.get_by_role("link", name="Works out correctly")
    expect(inner).to_be_hidden()
    to(page, "summary")
    page.keyboard.press("Enter")
    to(page, "details details > summary")
    page.keyboard.press("Space")
    expect(inner).to_be_visible()
    to(page, "a[href$='/v1/c1/b1']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Works out correctly")
    to(page, ".alignments a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Officers look at matters")


def test_two_frameworks_are_chosen_and_compared(visit: Visit) -> None:
    page = visit("/compare", rest="load")
    to(page, "#left")
    page.keyboard.type("Client")
    to(page, "#right")
    page.keyboard.type("Worcester")
    to(page, "form.choose button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Coverage matrix")).to_be_visible()


def test_a_wide_table_is_scrolled(visit: Visit) -> None:
    page = visit("/page/pub-cscf?view=levels", width=320, rest="load")
    to(page, ".matrix")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)  # it scrolls smoothly
    assert page.evaluate("document.querySelector('.matrix').scrollLeft") > 0
