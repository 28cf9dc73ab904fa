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
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from competency.server.pages.editor import editor_scripts
from tests.browser.page_types import PageType
from tests.browser.published_site import publish_site
from tests.servers import server

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
_TELL = """addEventListener("securitypolicyviolation", (event) => console.error(
  "against the policy:", event.effectiveDirective, event.blockedURI, event.sourceFile))"""
_NEVER_OVER_THE_NET = ("about:", "data:", "blob:")


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
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield started
        started.close()


Site = Literal["shipped", "published"]


@pytest.fixture(scope="session")
def address_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Site], str]]:
    """Return what gives the address of a site, and starts its server when it is asked first."""
    with ExitStack() as servers:

        @cache
        def address(site: Site) -> str:
            words: list[str | Path] = []
            if site == "published":
                words = ["--data", publish_site(tmp_path_factory.mktemp("browsed") / "data")]
            running = servers.enter_context(server(*words))
            return f"http://127.0.0.1:{running.port}"

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
        self,
        path: str,
        *,
        site: Site = "shipped",
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        rest: Literal["load", "networkidle"] = "networkidle",
        listen: list[Request] | None = None,
        **options: Any,
    ) -> Page:
        """Return a page that has come to rest; ``options`` go to the browser's context.

        ``listen`` takes what was asked for.

        visit("/sparql", width=390, dark=True, locale="fr", java_script_enabled=False)
        """
        context = self.browser.new_context(
            base_url=self.address("", site),
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **options,
        )
        self.contexts.append(context)
        context.set_default_timeout(10_000)
        context.add_init_script(_TELL)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type != "log" else None,
        )
        page.on("request", lambda request: self._know(request, self.address("/", site)))
        if listen is not None:
            page.on("requestfinished", lambda request: listen.append(request))
        page.goto(path)
        page.wait_for_load_state(rest)
        return page

    def open(self, page_type: PageType, **options: Any) -> Page:
        """Return a page of a type; the options are those of a visit."""
        if page_type.status != 200:
            self.expected.append(f"status of {page_type.status}")
        options.setdefault("rest", "load")
        page = self(page_type.path, site=page_type.site, **options)
        if page_type.document:
            page.locator("#text").fill(page_type.document)
            page.locator("main form").locator("button").click()
            page.wait_for_load_state(options["rest"])
        return page

    def address(self, path: str, site: Site = "shipped") -> str:
        """Return the address of a path."""
        return self.address_of(site) + path

    def unexpected(self) -> list[str]:
        """Return what the browser complained about and nobody foresaw."""
        return [text for text in self.complaints if not any(part in text for part in self.expected)]

    def end(self) -> None:
        """Close what was opened; nothing may have gone wrong."""
        for context in self.contexts:
            context.close()
        found = self.unexpected()
        self.contexts, self.complaints, self.expected = [], [], []
        assert found == []

    def _know(self, request: Request, home: str) -> None:
        if not request.url.startswith((home, *_NEVER_OVER_THE_NET)):
            self.complaints.append(f"a request to {request.url}")


@pytest.fixture
def visit(browser: Browser, address_of: Callable[[Site], str]) -> Iterator[Visit]:
    """Return what opens pages; afterwards nothing may have gone wrong in any of them."""
    visiting = Visit(browser, address_of)
    yield visiting
    visiting.end()


@pytest.fixture(scope="module")
def visiting(browser: Browser, address_of: Callable[[Site], str]) -> Visit:
    """Return what opens pages for several tests; who uses it calls ``end``."""
    return Visit(browser, address_of)


@pytest.fixture(scope="session")
def editor() -> None:
    """Skip where the front end was not built."""
    if not editor_scripts():
        lacking("the editor is not built here: make front")
