"""The report as a page: complete in itself, escaped, with the same words as the text."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import html

from competency.shapes import Report
from competency.shapes.baseline import Baseline, Known, new_since
from competency.shapes.reports import write_report
from competency.shapes.reports.style import STYLE
from tests.reports.common import report, result, warning

HOSTILE = "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def page(*results: object) -> html.HtmlElement:
    return html.document_fromstring(write_report(report(*results), "html"))  # type: ignore[arg-type]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_page_says_the_answer_the_counts_and_what_to_mend_first() -> None:
    found = page(result(1), warning(2))
    assert [words(head) for head in found.iter("h1")] == ["Does not conform"]
    assert [words(item) for item in found.xpath("//*[@class='counts']/li")] == [
        "1 violation",
        "1 warning",
    ]
    first = words(found.xpath("//section[starts-with(@class, 'first')]")[0])
    assert first.startswith("First to mend welding.ttl:12:5 performance criterion 1")
    assert first.endswith("Fix: Count the parts from 1: comp:position 3.")


def test_a_part_has_a_heading_its_place_and_its_results() -> None:
    [part] = page(result(1, value="x")).xpath("//article")
    assert [words(head) for head in part.iter("h3")] == ['performance criterion 1 "Check the seam"']
    told = words(part)
    for said in ("in Standard for welders › Prepare", "welding.ttl:12:5", 'comp:position "x"'):
        assert said in told


def test_each_rule_links_to_its_documentation() -> None:
    links = [link.get("href") for link in page(result(1)).iter("a")]
    assert links == ["https://w3id.org/competency/shapes#PartPosition"]


def test_a_shape_of_somebody_else_is_never_a_link() -> None:
    assert not list(page(result(1, shape="javascript:alert(1)")).iter("a"))


def test_a_repeated_warning_is_told_once_with_its_parts() -> None:
    found = page(result(1), *(warning(number) for number in range(1, 7)))
    [rule] = found.xpath("//*[@id='rule-1']")
    assert words(rule).count("It is not said where") == 1
    assert len(rule.xpath(".//*[@class='parts']/li")) == 6


def test_nothing_from_data_becomes_markup() -> None:
    odd = dict.fromkeys(("label", "message", "value", "fix", "rule", "focus", "kind"), HOSTILE)
    for found in (page(result(1, **odd)), page(*(warning(n, **odd) for n in range(5)))):
        assert not list(found.iter("script", "img"))
        assert len(list(found.iter("style"))) == len(list(found.iter("title"))) == 1


def test_the_page_needs_nothing_else_and_lets_nothing_else_in() -> None:
    text = write_report(report(result(1)), "html")
    found = html.document_fromstring(text)
    assert not list(found.iter("script", "link", "img", "iframe", "form"))
    assert "url(" not in STYLE and "@import" not in STYLE
    [policy] = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy


def test_the_page_is_for_light_and_dark_screens_and_for_paper() -> None:
    assert "prefers-color-scheme: dark" in STYLE and "@media print" in STYLE


def test_the_page_has_language_title_landmarks_and_headings_in_order() -> None:
    found = page(result(1), *(warning(number) for number in range(1, 7)))
    assert found.get("lang") == "en"
    assert words(next(found.iter("title"))).startswith("Does not conform: 1 violation, 6 warnings.")
    assert len(list(found.iter("main"))) == len(list(found.iter("h1"))) == 1
    levels = [int(head.tag[1]) for head in found.xpath("//h1|//h2|//h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_label_is_there() -> None:
    found = page(*(result(n) for n in range(1, 4)), *(warning(n) for n in range(1, 7)))
    ids = found.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert set(found.xpath("//@aria-labelledby")) <= set(ids)


def test_severity_is_told_in_words_and_not_by_colour_alone() -> None:
    tags = [words(tag) for tag in page(result(1), warning(1)).xpath("//*[@class='tag']")]
    assert tags == ["violation", "warning"]


def test_the_colours_of_words_can_be_read_on_both_grounds() -> None:
    for block in re.findall(r":root \{[^}]*--ground[^}]*\}", STYLE):
        colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", block))
        for name in ("ink", "soft", "link", "violation", "warning", "info", "good"):
            for ground in ("ground", "card"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours; WCAG 2.2, relative luminance."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_report_without_results_is_a_short_happy_page() -> None:
    found = html.document_fromstring(write_report(Report(()), "html"))
    assert words(next(found.iter("header"))) == "Conforms. Nothing to mend."


def test_the_page_says_what_a_baseline_left_out() -> None:
    new = new_since(report(), Baseline((Known("0", ""),)))
    told = words(next(html.document_fromstring(write_report(new, "html")).iter("header")))
    assert told == "Nothing new to mend. 0 known results left out; 1 of the baseline mended since."


def test_a_notebook_shows_a_table_with_place_fix_and_documentation() -> None:
    table = html.fromstring(f"<div>{report(result(1, label=HOSTILE))._repr_html_()}</div>")
    cells = [words(cell) for cell in table.iter("td")]
    assert (
        cells[0] == "violation" and cells[2] == "welding.ttl:12:5 / Standard for welders / Prepare"
    )
    assert cells[4] == "Count the parts from 1: comp:position 3."
    assert [a.get("href") for a in table.iter("a")] == [result(1).documentation]
    assert not list(table.iter("script", "img"))
