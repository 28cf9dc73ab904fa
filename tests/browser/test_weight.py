"""Every type of page comes in under 150 KB on a first load, all files together, from one host."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, expect

from tests.browser.conftest import Visit
from tests.browser.page_types import PAGE_TYPES, PageType

pytestmark = pytest.mark.slow

MOST = 150_000  # bytes as they were sent, heads and bodies


@pytest.mark.parametrize(
    "page_type", [row for row in PAGE_TYPES if not row.document], ids=str
)
def test_a_first_load_is_light(page_type: PageType, visit: Visit) -> None:
    page = visit("about:blank", site=page_type.site, rest="load")
    if page_type.status != 200:
        visit.expected.append(f"status of {page_type.status}")
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto(visit.address(page_type.path, page_type.site))
    if page.locator("#editor-settings").count():
        expect(page.locator(".editor-host")).to_be_visible()
        page.wait_for_load_state("networkidle")
    weights = {}
    for request in asked:
        sizes = request.sizes()
        weights[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]
    assert page.url in weights
    assert sum(weights.values()) < MOST, weights
