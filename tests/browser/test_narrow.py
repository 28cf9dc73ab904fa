"""Every type of page on the narrowest phone, 320 px wide (WCAG 2.2, 1.4.10), and in print."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.page_types import PAGE_TYPES, PageType

pytestmark = pytest.mark.slow

# What reaches beyond the window and is in nothing that scrolls by itself or is hidden on purpose.
STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const held = (node) => {
    for (let up = node.parentElement; up; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((node) => {
      const box = node.getBoundingClientRect();
      return box.width > 0 && (box.right > wide + 1 || box.left < -1) && !held(node);
    })
    .filter((node) => !node.matches(".skip, .hidden"))
    .map((node) => node.outerHTML.slice(0, 120));
}"""
UNFOLD = "for (const details of document.querySelectorAll('details')) details.open = true"


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=str)
def test_nothing_sticks_out_at_320_pixels_with_all_unfolded(
    page_type: PageType, visit: Visit
) -> None:
    page = visit.open(page_type, width=320, height=640)
    page.evaluate(UNFOLD)
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_sticks_out_would_be_seen(visit: Visit) -> None:
    page = visit("/editions", width=320, rest="load")
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert page.evaluate(STICKS_OUT) != []


def test_text_may_be_twice_as_large(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours/v1/c1", width=640, rest="load")
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    assert page.evaluate(STICKS_OUT) == []


def test_paper_gets_the_whole_tree_and_no_navigation(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours?open=none", rest="load")
    inner = page.get_by_text("Works out correctly what customers need")
    expect(inner).to_be_hidden()
    page.emulate_media(media="print")
    expect(inner).to_be_visible()
    for gone in (".top", ".bottom", ".skip", "form", ".downloads"):
        for found in page.locator(gone).all():
            expect(found).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    height = "document.querySelector('[data-tree]').getBoundingClientRect().height"
    assert page.evaluate(height) > 3000
