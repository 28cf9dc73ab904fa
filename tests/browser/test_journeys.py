"""Ways that people go: from the list of frameworks to a part, across, by search, through versions."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

COUNCIL = "Worcestershire County Council behaviours"
NEED = "Prioritising Customer Need"
FIRST = "Works out correctly what customers need"


def branch(page: Page, title: str) -> bool:
    """Say whether a branch of the tree is open."""
    found = page.locator("details", has=page.locator("> summary", has_text=title)).first
    return found.get_attribute("open") is not None


def test_from_the_list_to_a_part_across_and_to_the_comparison(visit: Visit) -> None:
    page = visit("/", rest="load")
    page.get_by_role("link", name=COUNCIL).click()
    expect(page.locator("h1")).to_have_text(COUNCIL)
    page.get_by_role("link", name=FIRST).click()
    aligned = page.get_by_role("region", name="Who else asks for this")
    expect(aligned.get_by_text("close to", exact=True).first).to_be_visible()
    other = aligned.get_by_role("link", name="Customer Service Competency Framework")
    expect(other.first).to_be_visible()
    aligned.get_by_role("link", name="Officers look at matters").first.click()
    expect(page.get_by_role("region", name="Who else asks for this")).to_contain_text(FIRST)
    page.locator("li", has_text=FIRST).get_by_role("link", name="why").first.click()
    expect(page.get_by_text("Why, and how sure")).to_be_visible()
    page.get_by_role("link", name="Compare the two frameworks").click()
    expect(page.locator("h1")).to_contain_text(COUNCIL)
    expect(page.get_by_role("heading", name="Coverage matrix")).to_be_visible()


def test_a_comparison_leads_from_a_number_to_its_pairs_and_to_a_part(visit: Visit) -> None:
    page = visit("/compare?left=pwgsc-client-service&right=wcc-behaviours", rest="load")
    page.get_by_role("region", name="Coverage matrix").get_by_role("link").first.click()
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    target.get_by_role("link").first.click()
    expect(page.get_by_role("region", name="Who else asks for this")).to_be_visible()


def test_the_address_keeps_the_branch_that_was_opened(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours?open=none", rest="load")
    page.locator("summary", has_text="Customer Focus").first.click()
    page.locator("summary", has_text=NEED).click()
    expect(page).to_have_url(re.compile(r"#.*v1.*c1$"))
    address = page.url
    page.reload()
    assert branch(page, "Customer Focus") and page.url == address
    expect(page.locator("summary", has_text=NEED)).to_be_in_viewport()
    again = visit(address.removeprefix(visit.address("")), rest="load")
    expect(again.locator("summary", has_text=NEED)).to_be_in_viewport()


def test_a_tree_opens_and_closes_as_a_whole(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours", rest="load")
    inner = page.get_by_role("link", name=FIRST)
    page.get_by_role("link", name="Close all").click()
    expect(inner).to_be_hidden()
    assert page.url.endswith("open=none")
    page.get_by_role("link", name="Open all").click()
    expect(inner).to_be_visible()
    page.reload()
    expect(inner).to_be_visible()


def test_one_part_after_the_other_and_up_again(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours/v1/c1/b1", rest="load")
    first = page.locator("h1").inner_text()
    beside = page.get_by_role("navigation", name="Neighbours")
    expect(beside.locator("[rel=prev]")).to_have_count(0)
    beside.locator("[rel=next]").click()
    expect(page.locator("h1")).not_to_have_text(first)
    beside.locator("[rel=prev]").click()
    expect(page.locator("h1")).to_have_text(first)
    page.get_by_role("navigation", name="Where this is").get_by_role("link", name=NEED).click()
    expect(page.locator("h1")).to_have_text(NEED)
    page.get_by_role("link", name="see it in the tree").click()
    expect(page.locator("summary", has_text=NEED)).to_be_in_viewport()


def test_an_iri_is_copied(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.locator("aside").get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "https://w3id.org/competency/id/wcc-behaviours"


def test_the_language_changes_and_the_place_stays(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours/v1/c1?view=tree", rest="load")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert "/page/wcc-behaviours/v1/c1?" in page.url and "view=tree" in page.url
    expect(page.locator("h1")).to_have_text(NEED)
    page.get_by_role("navigation", name="Où vous êtes").get_by_role("link", name=COUNCIL).click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "/page/wcc-behaviours?" in page.url


def test_a_browser_that_speaks_french_gets_french(visit: Visit) -> None:
    page = visit("/", locale="fr-CA", rest="load")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_a_picture_is_made_larger_and_shows_who_is_next_to_whom(visit: Visit) -> None:
    page = visit("/wander", rest="load")
    box = "document.querySelector('[data-wander] svg').viewBox.baseVal.width"
    whole = page.evaluate(box)
    page.get_by_role("button", name="Larger").click()
    assert page.evaluate(box) < whole
    page.get_by_role("button", name="The whole picture").click()
    assert page.evaluate(box) == whole
    page.locator("[data-wander] a[data-node]").first.focus()
    assert page.locator("svg.lit .near").count() > 1
    page.keyboard.press("Enter")
    expect(page.get_by_text("alignments with other frameworks")).to_be_visible()


def test_what_changed_is_found_from_a_framework(visit: Visit) -> None:
    page = visit("/page/baking", site="published", rest="load")
    page.get_by_role("link", name="Its versions").click()
    page.get_by_role("button", name="Show what changed").click()
    expect(page.locator("ins, del").first).to_be_visible()
    page.get_by_role("link", name="Edition 2").click()
    expect(page.get_by_text("This is edition 2")).to_be_visible()
    page.get_by_role("link", name="The same in the current edition").click()
    expect(page.get_by_text("This is edition")).to_have_count(0)


def test_what_is_gone_leads_to_what_replaced_it(visit: Visit) -> None:
    visit.expected.append("status of 410")
    page = visit("/id/baking/1/2", site="published", rest="load")
    page.get_by_role("link", name="Thanks them, and others").click()
    expect(page.locator("h1")).to_have_text("Thanks them, and others")


def test_dark_is_dark_and_light_is_light(visit: Visit) -> None:
    page = visit("/", rest="load")
    colours = "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))"

    def brightness() -> list[float]:
        shown = page.evaluate(colours)
        return [sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3 for colour in shown]

    ink, paper = brightness()
    assert ink < 60 and paper > 240
    page.emulate_media(color_scheme="dark")
    ink, paper = brightness()
    assert ink > 200 and paper < 40


def test_paper_gets_the_whole_tree_and_no_navigation(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours?open=none", rest="load")
    inner = page.get_by_text(FIRST)
    expect(inner).to_be_hidden()
    page.emulate_media(media="print")
    expect(inner).to_be_visible()
    for gone in page.locator(".top, .bottom, .skip, form, .downloads, .actions").all():
        expect(gone).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    height = "document.querySelector('[data-tree]').getBoundingClientRect().height"
    assert page.evaluate(height) > 3000
