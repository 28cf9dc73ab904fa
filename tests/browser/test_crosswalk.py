"""A crosswalk in a browser: what stays in view while it scrolls, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.slow

ADDRESS = (
    "/crosswalk?framework=pub-cscf&framework=wcc-behaviours&framework=pwgsc-client-service"
    "&framework=hkqf-111334L3&framework=nos-pss-spo109"
)
PLACE = "node => { const box = node.getBoundingClientRect(); return [box.left, box.top] }"


@pytest.mark.parametrize("width", [1280, 360], ids=["desk", "phone"])
def test_the_head_and_the_first_column_stay_in_view(visit: Visit, width: int) -> None:
    page = visit(ADDRESS, width=width, rest="load")
    box = page.locator(".across")
    head = page.locator(".crosswalk thead th").first
    first = page.locator(".crosswalk tbody tr > th[scope=row]").nth(2)
    before = head.evaluate(PLACE)
    column = first.evaluate(PLACE)[0]
    box.evaluate("node => { node.scrollTop = 200; node.scrollLeft = 120 }")
    assert box.evaluate("node => [node.scrollTop, node.scrollLeft]") == [200, 120]
    assert head.evaluate(PLACE) == before
    assert first.evaluate(PLACE)[0] == pytest.approx(column, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_table_can_be_scrolled_with_the_keyboard(visit: Visit) -> None:
    page = visit(ADDRESS, width=360, rest="load")
    page.locator(".across").focus()
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('.across').scrollTop > 0")


def test_frameworks_are_chosen_without_script(visit: Visit) -> None:
    page = visit("/crosswalk", rest="load", java_script_enabled=False)
    page.get_by_label("Client Service Competency", exact=True).check()
    page.get_by_label("Customer Service Competency Framework", exact=True).check()
    page.get_by_label("First column").select_option(label="Customer Service Competency Framework")
    page.get_by_role("button", name="Show the table").click()
    heads = page.locator(".crosswalk thead th")
    expect(heads).to_have_count(2)
    expect(heads.first).to_contain_text("Customer Service Competency Framework")


def test_a_part_shows_the_way_of_a_chain_when_it_is_opened(visit: Visit) -> None:
    page = visit("/page/wcc-behaviours/v1/c1/b2", width=390, dark=True, rest="load")
    page.get_by_text("Reached through others").click()
    expect(page.locator(".path").first).to_be_visible()
    expect(page.locator(".path").first).to_contain_text("this is")
