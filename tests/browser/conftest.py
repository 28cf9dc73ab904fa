"""A real browser for tests: Debian's Chromium, driven by Playwright; skipped where there is none.

    def test_the_home_page_has_a_heading(visit: Visit) -> None:
        page = visit("/")
        assert page.locator("h1").inner_text()

What the browser's console complains about fails the test, but for what ``visit.expected`` lists;
so does whatever the Content-Security-Policy forbids, and a request to any other host. Where
COMPETENCY_REQUIRE_BROWSER is set, a missing browser, editor or axe-core fails instead of skipping.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    expect,
    sync_playwright,
)

from competency.server.pages.editor import editor_scripts
from competency.server.static_site import SiteOptions, write_site
from tests.baking import graph_of
from tests.browser.page_types import PageType
from tests.browser.published_site import KITCHEN, publish_site
from tests.conftest import ROOT
from tests.servers import server
from tests.test_site import plain_server

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_AXE = ROOT / "server/node_modules/axe-core/axe.min.js"
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
_TELL = """addEventListener("securitypolicyviolation", (event) => console.error(
  "against the policy:", event.effectiveDirective, event.blockedURI, event.sourceFile))"""
_NEVER_OVER_THE_NET = ("about:", "data:", "blob:")
_PATIENCE = 60_000  # milliseconds: on a busy machine anything may take its time


def lacking(reason: str) -> None:
    """Skip, or fail where everything must be there."""
    if os.environ.get("COMPETENCY_REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; COMPETENCY_BROWSER names another one."""
    path = os.environ.get("COMPETENCY_BROWSER") or next(filter(None, map(shutil.which, _NAMES)), "")
    if not path:
        lacking("no Chromium on this machine")
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield started
        started.close()


Site = Literal["shipped", "published", "files"]


@pytest.fixture(scope="session")
def address_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Site], str]]:
    """Return what gives the address of a site, and starts its server when it is asked first."""
    with ExitStack() as servers:

        @cache
        def address(site: Site) -> str:
            place = tmp_path_factory.mktemp("browsed")
            if site == "files":
                write_site(graph_of(KITCHEN), place, SiteOptions(languages=("en",)))
                return f"http://127.0.0.1:{servers.enter_context(plain_server(place))}"
            data = ("--data", publish_site(place / "data")) if site == "published" else ()
            return f"http://127.0.0.1:{servers.enter_context(server(*data)).port}"

        yield address


@dataclass
class Visit:
    """Opens pages, each call in a context of its own, and listens to the browser."""

    browser: Browser
    address_of: Callable[[Site], str]
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self, path: str, *, rest: Literal["load", "networkidle"] = "networkidle", **options: Any
    ) -> Page:
        """Return a page that has come to rest; ``options`` are those of ``blank``.

        visit("/sparql", width=390, dark=True, locale="fr", java_script_enabled=False)
        """
        page = self.blank(**options)
        page.goto(path)
        page.wait_for_load_state(rest)
        return page

    def blank(
        self,
        *,
        site: Site = "shipped",
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        **options: Any,
    ) -> Page:
        """Return a page that shows nothing yet; ``options`` go to the browser's context."""
        context = self.browser.new_context(
            base_url=self.address("", site),
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **options,
        )
        self.contexts.append(context)
        context.set_default_timeout(_PATIENCE)
        context.add_init_script(_TELL)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type != "log" else None,
        )
        page.on("request", lambda request: self._know(request, self.address("/", site)))
        return page

    def show(self, page: Page, page_type: PageType) -> None:
        """Let a page show a type of page, as a first visitor sees it."""
        if page_type.status != 200:
            self.expected.append(f"status of {page_type.status}")
        page.goto(self.address(page_type.path, page_type.site))
        if page_type.document:
            page.locator("#text").fill(page_type.document)
            page.locator("main form").locator("button[type=submit]").click()
            page.wait_for_load_state("load")

    def address(self, path: str, site: Site = "shipped") -> str:
        """Return the address of a path."""
        return self.address_of(site) + path

    def unexpected(self) -> list[str]:
        """Return, and forget, what the browser complained about and nobody foresaw."""
        told = [text for text in self.complaints if not any(part in text for part in self.expected)]
        self.complaints.clear()
        self.expected.clear()
        return told

    def close(self) -> None:
        """Close what was opened."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _know(self, request: Request, home: str) -> None:
        if not request.url.startswith((home, *_NEVER_OVER_THE_NET)):
            self.complaints.append(f"a request to {request.url}")


@pytest.fixture
def visit(browser: Browser, address_of: Callable[[Site], str]) -> Iterator[Visit]:
    """Return what opens pages; afterwards nothing may have gone wrong in any of them."""
    visiting = Visit(browser, address_of)
    yield visiting
    visiting.close()
    assert visiting.unexpected() == []


@pytest.fixture(scope="module")
def visiting(browser: Browser, address_of: Callable[[Site], str]) -> Iterator[Visit]:
    """Return what opens pages for several tests, which ask it what was unexpected.

    A page costs the browser a process, so tests of many pages share one.
    """
    visiting = Visit(browser, address_of)
    yield visiting
    visiting.close()


@pytest.fixture(scope="session")
def editor() -> None:
    """Skip where the front end was not built."""
    if not editor_scripts():
        lacking("the editor is not built here: make front")


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the source of axe-core, which the driver runs: no page has to allow it."""
    if not _AXE.exists():
        lacking("axe-core is not installed here: make test-front")
    return _AXE.read_text(encoding="utf-8")
