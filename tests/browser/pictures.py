"""Takes the pictures of docs/tour.md anew: ``make pictures``, on a machine that has Chromium.

Each of PICTURES is taken on a desktop and on a phone; two of them dark. Names after
``python -m tests.browser.pictures`` take only those.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.published_site import publish_site
from tests.servers import Server, server

PLACE = Path(__file__).parents[2] / "docs" / "pictures"
BASE = "https://w3id.org/competency/id/"
# The name of each picture, the address, whether it is dark, and what has to be there first;
# what begins with > stands at the top of the picture.
PICTURES = (
    ("home", "/", False, ".cards"),
    ("framework", "/page/wcc-behaviours", False, ".tree"),
    ("levels", "/page/pub-cscf?view=levels", False, ".matrix"),
    ("competency", "/page/pwgsc-client-service/competency", False, ".matrix"),
    ("part", "/page/pub-cscf/c06", True, ".asker"),
    ("search", "/search?q=client+need", False, "mark"),
    (
        "compare",
        f"/compare?left={BASE}nos-pss-spo109&right={BASE}wcc-behaviours",
        False,
        ">h2 + figure, h2:has(+ * svg)",
    ),
    ("align", f"/align?left={BASE}nos-pss-spo109&right={BASE}wcc-behaviours", False, ">.onward"),
    (
        "crosswalk",
        "/crosswalk?framework=pub-cscf&framework=wcc-behaviours&framework=pwgsc-client-service",
        False,
        ".across",
    ),
    ("wander", f"/wander?iri={BASE}pub-cscf", False, "svg"),
    ("sparql", "/sparql?question=kinds&run=1&view=chart", True, ">.answer"),
    ("vocabulary", "/ns", False, "svg"),
    ("export", f"/export?iri={BASE}wcc-behaviours", False, "h2"),
)
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
CHANGES, CHECK = "changes", "check"
EXAMPLE = Path(__file__).parents[2] / "server" / "static" / "example-bakery.ttl"
IMPORT = "import"
TABLE = """#title,Bakery
Outline;Kind;Code;Title;Statement;Shelf
1;Competency;B1;Bake bread;;
1.1;Positive indicator;B1.1;;Weighs what goes into the dough;Scales
1.2;Positive indicator;B1.2;;Knows by the sound when a loaf is done;
1.3;Negative indicator;B1.3;;Opens the oven every few minutes;
2;Competency;B2;Keep the bakery clean;;
2.1;Positive indicator;B2.1;;Wipes the table between two doughs;Cloths
"""
QUALITY = 72  # of WebP, out of 100


def main(names: Sequence[str] = ()) -> None:
    """Take every picture, or those named; the server and the browser are ended afterwards."""
    path = os.environ.get("COMPETENCY_BROWSER") or shutil.which("chromium") or ""
    PLACE.mkdir(exist_ok=True)
    with sync_playwright() as playwright, server(token=False) as shipped:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, address, dark, wanted in PICTURES:
            if not names or name in names:
                _take(browser, shipped, name, address, dark=dark, wanted=wanted)
        for name, address, text in (
            (CHECK, "/validate", EXAMPLE.read_text(encoding="utf-8")),
            (IMPORT, "/import", TABLE),
        ):
            if not names or name in names:
                _take(browser, shipped, name, address, dark=False, wanted="h1", submitted=text)
        if names and CHANGES not in names:
            browser.close()
            return
        with tempfile.TemporaryDirectory() as place:
            data = publish_site(Path(place) / "data")
            with server("--data", data, token=False) as published:
                address = "/changes?iri=https://w3id.org/competency/id/baking&from=1&to=2"
                _take(browser, published, CHANGES, address, dark=False, wanted="ins")
        browser.close()


def _take(
    browser: Browser,
    running: Server,
    name: str,
    address: str,
    *,
    dark: bool,
    wanted: str,
    submitted: str | None = None,
) -> None:
    """Write the beginning of a page, on each of SIZES, as WebP.

    Where a file is to be submitted, it is the page that answers its text.
    """
    for size, (width, height) in SIZES.items():
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{running.port}",
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
        )
        page = context.new_page()
        page.goto(address)
        if submitted is not None:
            page.fill("textarea[name=text]", submitted)
            with page.expect_navigation():
                page.locator("textarea[name=text]").evaluate("area => area.form.requestSubmit()")
        found = page.locator(wanted.lstrip(">")).first
        found.wait_for()
        page.wait_for_load_state("networkidle")
        if wanted.startswith(">"):
            found.evaluate("node => node.scrollIntoView({ block: 'start' })")
        shot = context.new_cdp_session(page).send(
            "Page.captureScreenshot", {"format": "webp", "quality": QUALITY}
        )
        (PLACE / f"{name}-{size}.webp").write_bytes(base64.b64decode(shot["data"]))
        context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
