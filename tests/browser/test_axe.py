"""axe-core finds no violation of WCAG 2.2 AA on any type of page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit, lacking
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

SOURCE = ROOT / "server/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# No preloading: axe would fetch the styles again. Only what is wrong is sent back.
OPTIONS = {"runOnly": TAGS, "preload": False, "resultTypes": ["violations"]}
UNFOLD = "for (const details of document.querySelectorAll('details')) details.open = true"


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the source of axe-core, which the driver runs: no page has to allow it."""
    if not Path(SOURCE).exists():
        lacking("axe-core is not installed here: make test-front")
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [
        f"{rule['id']}: {node['html']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=str)
def test_axe_finds_nothing_with_all_unfolded(page_type: PageType, visit: Visit, axe: str) -> None:
    page = visit.open(page_type)
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    assert violations(page) == [], "in light"
    page.emulate_media(color_scheme="dark")
    assert violations(page) == [], "in dark"


def test_axe_would_find_something(visit: Visit, axe: str) -> None:
    page = visit("/editions", rest="load")
    page.evaluate("document.querySelector('main').innerHTML = '<img src=\"/static/icon.svg\">'")
    page.evaluate(axe)
    assert "image-alt" in violations(page)[0]
