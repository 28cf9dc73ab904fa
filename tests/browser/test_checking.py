"""An author pastes a framework, learns what to mend, mends it and checks again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.page_types import BROKEN, DOCUMENT, FAULTY, SOUND

pytestmark = pytest.mark.slow

WARNING = "FrameworkLanguage"


def check(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("form#check button[type=submit]").click()
    page.wait_for_load_state("load")


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def form(visit: Visit, request: pytest.FixtureRequest) -> Page:
    return visit("/validate", java_script_enabled=request.param, rest="load")


def test_the_worst_is_first_and_leads_to_its_line_and_back(form: Page) -> None:
    check(form, FAULTY)
    expect(form.locator("h1")).to_contain_text("does not conform yet")
    first = form.locator(".finding").first
    expect(first).to_contain_text("violation")
    expect(first).to_contain_text("To mend it")
    first.locator("a.where").first.click()
    line = form.locator(".source li:target")
    expect(line).to_be_in_viewport()
    expect(line.locator("mark")).to_be_visible()
    line.get_by_role("link").first.click()
    expect(form.locator(".result:target")).to_be_in_viewport()


def test_lines_without_a_finding_are_folded_and_can_be_seen(form: Page) -> None:
    check(form, FAULTY)
    fold = form.locator("details.fold").first
    expect(fold.locator("li").first).to_be_hidden()
    fold.locator("summary").click()
    expect(fold.locator("li").first).to_be_visible()


def test_what_is_mended_in_the_form_is_gone_from_the_next_report(form: Page) -> None:
    check(form, FAULTY)
    expect(form.locator("#text")).to_have_value(FAULTY)
    expect(form.get_by_text("The text is empty.").first).to_be_visible()
    check(form, FAULTY.replace('comp:text ""@en', 'comp:text "Sells stale bread."@en'))
    expect(form.locator("h1")).to_contain_text("does not conform yet")
    expect(form.get_by_text("The text is empty.")).to_have_count(0)


def test_what_cannot_be_read_is_shown_at_its_line(visit: Visit) -> None:
    visit.expected.append("status of 400")
    page = visit("/validate", rest="load")
    check(page, BROKEN)
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.locator(".source li:target mark")).to_be_in_viewport()
    check(page, FAULTY)
    expect(page.locator("h1")).to_contain_text("does not conform yet")


def test_a_warning_is_left_out_with_one_press(visit: Visit) -> None:
    page = visit("/validate", rest="load")
    check(page, FAULTY)
    page.locator(f"button[name=without][value={WARNING}]").click()
    expect(page.locator("#without")).to_have_value(WARNING)
    expect(page.locator(f"button[name=without][value={WARNING}]")).to_have_count(0)


def test_enter_in_a_field_checks_and_leaves_nothing_out(visit: Visit) -> None:
    page = visit("/validate", rest="load")
    check(page, FAULTY)
    page.locator("details.more summary").click()
    page.locator("#without").fill("PositionGap")
    page.locator("#without").press("Enter")
    page.wait_for_load_state("load")
    expect(page.locator("#without")).to_have_value("PositionGap")


def test_the_report_is_saved_in_every_format_without_sending_the_file_again(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit("/validate", rest="load")
    check(page, FAULTY)
    saved = {}
    for button in page.locator("button[name=download]").all():
        with page.expect_download() as download:
            button.click()
        place = tmp_path / download.value.suggested_filename
        download.value.save_as(place)
        saved[place.suffix] = place.read_text(encoding="utf-8")
    assert set(saved) == {".txt", ".json", ".ttl", ".jsonld", ".html", ".csv", ".xml", ".sarif"}
    assert json.loads(saved[".json"])["conforms"] is False
    assert "sh:ValidationReport" in saved[".ttl"]
    expect(page.locator("h1")).to_contain_text("does not conform yet")


def test_a_file_is_chosen_and_its_report_is_in_the_page(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "long.ttl"
    file.write_text(FAULTY + "#\n" * 100_000, encoding="utf-8")
    page = visit("/validate", rest="load")
    page.locator("#file").set_input_files(file)
    page.locator("form#check button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("long.ttl")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "long-report.csv"


def test_a_sound_framework_and_a_document_in_words_are_told_so(visit: Visit) -> None:
    page = visit("/validate", rest="load")
    for text in (SOUND, DOCUMENT):
        check(page, text)
        expect(page.locator("h1")).to_contain_text("conforms")
        page.goto("/validate")


def test_an_example_is_one_press_away(visit: Visit) -> None:
    page = visit("/", rest="load")
    page.get_by_role("link", name="Check", exact=True).click()
    page.get_by_role("button", name="a framework in Turtle").click()
    expect(page.locator(".finding").first).to_be_visible()


def test_on_a_phone_a_note_is_below_its_line_and_on_a_desk_beside_it(visit: Visit) -> None:
    page = visit("/validate", width=390, rest="load")
    check(page, FAULTY)
    row = page.locator(".row").first

    def box(what: str) -> dict[str, float]:
        found = row.locator(what).bounding_box()
        assert found is not None
        return dict(found)  # type: ignore[arg-type]

    line, note = box(".words"), box(".margin")
    assert note["y"] >= line["y"] + line["height"] - 1
    page.set_viewport_size({"width": 1280, "height": 900})
    line, note = box(".words"), box(".margin")
    assert note["x"] >= line["x"] + line["width"] and note["y"] < line["y"] + line["height"]
