"""Deciding suggestions at /align: by keyboard, by touch, without script, and into the graph."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from competency.align.review import state_of
from competency.graph.received import File
from competency.graph.sssom import MappingSet, read
from tests.browser.conftest import Visit
from tests.servers import TOKEN, server
from tests.test_server_align import two

pytestmark = pytest.mark.slow

ADDRESS = "/align?left=pub-cscf&right=wcc-behaviours"


PATIENT = 60_000  # milliseconds: what is suggested is worked out in the background


def opened(visit: Visit, address: str = ADDRESS, **options: Any) -> Page:
    """Return a page that waits for what takes its time."""
    page = visit.blank(**options)
    page.set_default_timeout(PATIENT)
    page.goto(address)
    return page


@pytest.fixture
def page(visit: Visit) -> Page:
    found = opened(visit)
    expect(found.locator(".acts")).to_be_visible()
    return found


def here(page: Page) -> str:
    """Return the number of the one suggestion that is shown."""
    shown = page.locator(".pair:visible .head strong")
    expect(shown).to_have_count(1)
    return shown.inner_text().split()[1]


def decided(page: Page) -> int:
    return int(page.locator("[data-show=decided]").inner_text().split()[0])


def download(page: Page) -> MappingSet:
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download as SSSOM").click()
    assert waited.value.suggested_filename.endswith(".sssom.tsv")
    data = Path(waited.value.path()).read_bytes()
    return read(File("a.sssom.tsv", data, "text/tab-separated-values"))


def states(found: MappingSet) -> list[str]:
    return [state for row in found.records if (state := state_of(row)) != "to review"]


def test_the_keyboard_decides_and_the_file_says_so(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert here(page) == "1"
    page.keyboard.press("2")
    page.keyboard.press("a")
    expect(page.locator("[data-show=said]")).to_contain_text("Accepted. 1 of")
    expect(page.locator(".pair:visible")).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.press("s")
    assert here(page) == "4" and decided(page) == 2
    found = download(page)
    assert sorted(states(found)) == ["accepted", "refused"]
    accepted = next(row for row in found.records if state_of(row) == "accepted")
    assert accepted.get("predicate_id").endswith("narrowMatch")  # the left one is broader


def test_a_reload_loses_nothing_and_forgetting_does(page: Page) -> None:
    for key in "arr":
        page.keyboard.press(key)
    page.reload(wait_until="load")
    assert decided(page) == 3 and here(page) == "4"
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Forget what this browser keeps").click()
    assert decided(page) == 0
    page.reload(wait_until="load")
    assert decided(page) == 0


def test_undo_goes_back_to_where_it_was(page: Page) -> None:
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.keyboard.press("u")
    assert here(page) == "2" and decided(page) == 1
    page.keyboard.press("u")
    assert here(page) == "1" and decided(page) == 0
    page.keyboard.press("u")
    expect(page.locator("[data-show=said]")).to_have_text("There is nothing to undo.")


def test_keys_are_letters_where_somebody_types(page: Page) -> None:
    page.keyboard.press("c")
    page.keyboard.type("a jar, surely?")
    assert decided(page) == 0 and here(page) == "1"
    expect(page.locator(".pair:visible .comment input")).to_have_value("a jar, surely?")
    page.keyboard.press("Escape")
    expect(page.locator(".pair:visible")).to_be_focused()
    page.keyboard.press("Control+a")
    assert decided(page) == 0
    page.locator("#reviewer").fill("Rosa")
    page.locator("#reviewer").press("s")
    assert here(page) == "1"


def test_help_shows_the_keys_and_turns_them_off(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("a")
    page.get_by_label("These keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("a")
    assert decided(page) == 0
    page.get_by_role("button", name="Accept").click()
    assert decided(page) == 1


def test_all_can_be_seen_at_once_with_their_buttons(page: Page) -> None:
    page.get_by_label("One at a time").uncheck()
    assert page.locator(".pair:visible").count() == 50
    page.locator(".pair").nth(2).get_by_label("Refuse").check()
    assert decided(page) == 1
    assert states(download(page)) == ["refused"]


def test_past_the_last_of_a_page_comes_the_next_page(page: Page) -> None:
    page.get_by_label("One at a time").uncheck()
    page.locator(".pair").nth(49).get_by_label("Leave").focus()
    page.get_by_label("One at a time").check()
    page.locator(".pair:visible").focus()
    page.keyboard.press("a")
    page.wait_for_url("**page=2**")
    assert here(page) == "51" and decided(page) == 1
    page.keyboard.press("k")
    page.wait_for_url("**page=1**")
    assert here(page) == "50"


def test_on_a_phone_nothing_is_wider_and_thumbs_decide(visit: Visit) -> None:
    page = opened(visit, width=320, height=640, has_touch=True)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    page.get_by_role("button", name="Accept").tap()
    page.get_by_role("button", name="Refuse").tap()
    assert decided(page) == 2
    small = page.locator(".acts button").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 40).length"
    )
    assert small == 0


def test_without_script_a_form_gives_the_file(visit: Visit) -> None:
    page = opened(visit, java_script_enabled=False)
    expect(page.locator(".acts")).to_be_hidden()
    first, second = page.locator(".pair").nth(0), page.locator(".pair").nth(1)
    first.get_by_label("Accept").check()
    first.get_by_label("Comment").fill("Both ask the same")
    second.get_by_label("Refuse").check()
    page.get_by_role("button", name="Keep these, and show what comes next").click()
    expect(page.get_by_text("What was decided before is in this page")).to_be_visible()
    page.locator(".pair").first.get_by_label("Refuse").check()
    found = download(page)
    assert sorted(states(found)) == ["accepted", "refused", "refused"]


def test_a_file_is_gone_on_with(page: Page, tmp_path: Path) -> None:
    page.keyboard.press("r")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Download as SSSOM").click()
    waited.value.save_as(tmp_path / "mine.sssom.tsv")
    before = page.locator("progress").get_attribute("max")
    page.goto("/align")
    page.set_input_files("#file", tmp_path / "mine.sssom.tsv")
    page.get_by_role("button", name="Go on with this file").click()
    expect(page.locator(".acts")).to_be_visible()
    assert int(page.locator("progress").get_attribute("max") or 0) == int(before or 0) - 1
    expect(page.locator("textarea[name=set]").first).to_be_hidden()  # it only carries the file


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[str]:
    """Give the address of a server with a data directory of its own, which takes writes."""
    place, file = tmp_path / "data", tmp_path / "two.ttl"
    for name in ("bread", "oven"):
        text = two()
        start = text.index("ex:oven a ")
        end = text.index("ex:bread a ")
        file.write_text(text[:end] + (text[end:start] if name == "bread" else text[start:]))
        words = [sys.executable, "-m", "competency", "publish", str(file), "--data", str(place)]
        subprocess.run([*words, "--no-gate"], check=True, capture_output=True)
    with server("--data", str(place), "--no-gate") as running:
        yield f"http://127.0.0.1:{running.port}"


def test_with_the_token_decisions_go_to_the_graph(visit: Visit, own_server: str) -> None:
    visit.expected += ["401", own_server]
    ends = "left=https://example.org/bread&right=https://example.org/oven"
    page = opened(visit, f"{own_server}/align?{ends}")
    total = int(page.locator("progress").get_attribute("max") or 0)
    page.keyboard.press("a")
    page.keyboard.press("r")
    said = page.locator("[data-show=published]")
    page.get_by_label("Token for writing").fill("wrong")
    page.get_by_role("button", name="Publish").click()
    expect(said).to_contain_text("This is not the token of this server.")
    page.get_by_label("Token for writing").fill(TOKEN)
    page.get_by_role("button", name="Publish").click()
    expect(said).to_contain_text("1 accepted, 1 refused", timeout=PATIENT)
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])").count(TOKEN) == 0
    page.get_by_role("link", name="Go on with what is left").click()
    page.wait_for_load_state("load")
    assert decided(page) == 0
    assert int(page.locator("progress").get_attribute("max") or 0) <= total - 2 + 1
