"""Every type of page: light, accessible in light and dark, and whole on the narrowest phone.

Each is opened once. The console must have nothing to say, the Content-Security-Policy nothing to
forbid, and no request may go to another host.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Site, Visit
from tests.browser.page_types import PAGE_TYPES, PageType

pytestmark = pytest.mark.slow

MOST = 150_000  # bytes of a first load as they were sent, heads and bodies of all files
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# No preloading: axe would fetch the styles again. Only what is wrong is sent back.
OPTIONS = {"runOnly": TAGS, "preload": False, "resultTypes": ["violations"]}
UNFOLD = "for (const details of document.querySelectorAll('details')) details.open = true"
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


class Opened:
    """A page of a type, as somebody sees it who comes for the first time, and what was sent."""

    def __init__(self, visit: Visit, page: Page, page_type: PageType) -> None:
        self.page = page
        self.requests: list[Request] = []
        self.unfolded = False
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1280, "height": 900})
        forget = page.context.new_cdp_session(page)
        forget.send("Network.clearBrowserCache")
        forget.detach()
        page.on("requestfinished", self.hear)
        visit.show(page, page_type)
        if page.locator("#editor-settings").count():
            expect(page.locator(".editor-host")).to_be_visible()
            page.wait_for_load_state("networkidle")
        page.remove_listener("requestfinished", self.hear)

    def hear(self, request: Request) -> None:
        self.requests.append(request)

    def unfold(self) -> Page:
        if not self.unfolded:
            self.page.evaluate(UNFOLD)
        self.unfolded = True
        return self.page

    def weights(self) -> dict[str, int]:
        found = {}
        for request in self.requests:
            sizes = request.sizes()
            found[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
        return found


@pytest.fixture(scope="module")
def window(visiting: Visit) -> Callable[[Site], Page]:
    """Return what gives a page for a site, the same each time."""
    return cache(lambda site: visiting.blank(site=site))


@pytest.fixture(scope="module", params=PAGE_TYPES, ids=str)
def opened(
    request: pytest.FixtureRequest, visiting: Visit, window: Callable[[Site], Page]
) -> Iterator[Opened]:
    """Return a page of each type; all tests of a type share it."""
    yield Opened(visiting, window(request.param.site), request.param)
    assert visiting.unexpected() == []


def violations(page: Page, axe: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def test_a_first_load_is_light(opened: Opened) -> None:
    weights = opened.weights()
    assert opened.page.url.partition("#")[0] in weights
    assert sum(weights.values()) < MOST, weights


def test_axe_finds_nothing_in_light(opened: Opened, axe: str) -> None:
    assert violations(opened.unfold(), axe) == []


def test_axe_finds_nothing_in_dark(opened: Opened, axe: str) -> None:
    page = opened.unfold()
    page.emulate_media(color_scheme="dark")
    assert violations(page, axe) == []


def test_nothing_sticks_out_at_320_pixels(opened: Opened) -> None:
    page = opened.unfold()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_is_wrong_would_be_seen(visit: Visit, axe: str) -> None:
    page = visit("/editions", width=320, rest="load")
    page.evaluate(
        "document.querySelector('main').innerHTML = '<img src=\"/static/icon.svg\" width=400>'"
    )
    assert "image-alt" in violations(page, axe)[0]
    assert page.evaluate(STICKS_OUT) != []


def test_text_may_be_twice_as_large(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours/v1/c1", width=640, rest="load")
    page.evaluate("document.documentElement.style.fontSize = '212.5%'")
    assert page.evaluate(STICKS_OUT) == []


def test_what_the_policy_forbids_and_other_hosts_would_be_heard(visit: Visit) -> None:
    page = visit("/editions", rest="load")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    page.evaluate("location.href = 'http://127.0.0.1:1/'")
    page.wait_for_timeout(300)
    heard = "\n".join(visit.unexpected())
    assert "against the policy: script-src-elem" in heard and "http://127.0.0.1:1/" in heard
