"""The page of a check: what to mend first, and the text with its problems beside the lines."""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.checking.excerpts import LONGEST, excerpts
from competency.server import create_app
from competency.server.pages.findings import by_line, findings_view, visible
from competency.server.pages.listing import Block, Row, blocks
from competency.server.submission import KEPT
from competency.shapes import Location, Report, Result, Severity
from competency.shapes.report import make_report
from tests.conftest import PREFIXES
from tests.crawl import Page
from tests.test_server_validate import BAD, GOOD, OWN, WORDS

PAGE = {"Accept": "text/html"}
SHAPE = "https://w3id.org/competency/shapes#"
KNOWN = frozenset(("Lines", "TextNotBlank", "DuplicateTexts"))
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(KnowledgeGraph())


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def check(client: FlaskClient, text: str, **fields: object) -> TestResponse:
    """Send the form as a browser does; the text is Turtle unless the fields say otherwise."""
    sent = {"text": text, "syntax": "turtle", **fields}
    return client.post("/validate", data=sent, headers=PAGE)


class Words(HTMLParser):
    """The words of a page in order, with where they stand."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipped += tag in ("textarea", "select", "head")

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in ("textarea", "select", "head")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.text += data


def words(html: str) -> str:
    return " ".join(Words(html).text.split())


def result(line: int | None = None, column: int | None = None, **more: object) -> Result:
    told: dict[str, object] = {
        "severity": Severity.violation,
        "focus": "urn:part",
        "message": "It has no lines.",
        "shape": f"{SHAPE}Lines",
        "rule": "Lines",
        "label": "Weld",
        "fix": "Add comp:lines.",
        "location": Location("a.ttl", line, column) if line else None,
    }
    return Result(**(told | more))  # type: ignore[arg-type]


# ------------------------------------------------------------------ the form


def test_the_form_works_without_script_and_says_what_it_takes(client: FlaskClient) -> None:
    html = client.get("/validate", headers=PAGE).text
    for name in ("text", "file", "profile", "without", "shapes", "rules", "syntax", "example"):
        assert f'name="{name}"' in html
    assert 'enctype="multipart/form-data"' in html and 'method="post"' in html


@pytest.mark.parametrize("path", ["/", "/shapes", "/ns", "/import"])
def test_other_pages_lead_to_it(client: FlaskClient, path: str) -> None:
    assert "/validate" in Page(client.get(path, headers=PAGE).text).links


def test_it_is_in_french_as_well(client: FlaskClient) -> None:
    assert "Vérifier" in client.get("/validate?lang=fr", headers=PAGE).text
    sent = {"text": BAD, "syntax": "turtle"}
    html = client.post("/validate?lang=fr", data=sent, headers=PAGE).text
    assert "n’est pas encore conforme" in html and "Pour corriger" in html
    assert '<span class="kind">compétence</span>' in html
    assert 'action="/validate?lang=fr"' in html


@pytest.mark.parametrize(("name", "word"), [("turtle", "violation"), ("words", "Bakery")])
def test_an_example_can_be_tried(client: FlaskClient, name: str, word: str) -> None:
    response = client.post("/validate", data={"example": name}, headers=PAGE)
    assert response.status_code == 200
    assert word in words(response.text)
    assert "Bakery counter skills" in unescape(response.text)


# ------------------------------------------------------------------ what was found


def test_the_answer_the_counts_and_the_fix_come_first(client: FlaskClient) -> None:
    said = words(check(client, BAD).text)
    order = ["does not conform yet", "1 violation", "Knead dough", "language", "To mend it", "Rule"]
    places = [said.index(word) for word in order]
    assert places == sorted(places)


def test_what_conforms_is_told_so(client: FlaskClient) -> None:
    said = words(check(client, GOOD).text)
    assert "conforms" in said and "There is nothing to mend." in said


def test_each_rule_leads_to_its_page_here(client: FlaskClient) -> None:
    assert '<a href="/shapes/PartTitleTagged"' in check(client, BAD).text
    assert client.get("/shapes/PartTitleTagged", headers=PAGE).status_code == 200


def test_a_rule_of_ones_own_has_no_link(client: FlaskClient) -> None:
    html = check(client, GOOD, rules=OWN).text
    assert "The title is too long." in html and "/shapes/Short" not in html


def test_a_rule_without_a_name_is_told_by_what_it_asks(client: FlaskClient) -> None:
    nameless = OWN.replace('ex:Short a sh:NodeShape ; rdfs:label "Titles are short"@en ;', "[]")
    said = words(check(client, GOOD, rules=nameless).text)
    assert "sh:MaxLength of rdfs:label" in said


def test_a_text_without_a_name_is_yours(client: FlaskClient) -> None:
    assert "Your text conforms" in words(check(client, GOOD).text)
    assert "Your text conforms" in words(check(client, WORDS, syntax="words").text)
    assert "my.ttl conforms" in words(check(client, GOOD, name="my.ttl").text)


def test_a_text_in_words_leads_to_the_draft_that_it_becomes(client: FlaskClient) -> None:
    assert 'formaction="/import"' in check(client, WORDS, syntax="words").text
    assert 'formaction="/import"' not in check(client, GOOD).text


def test_the_text_stays_in_the_form_with_all_that_was_chosen(client: FlaskClient) -> None:
    asked = {"without": "FrameworkLanguage", "rules": OWN, "name": "my.ttl", "profile": "comp"}
    html = check(client, BAD, **asked).text
    areas = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.S)
    assert [unescape(area) for area in areas] == [BAD, OWN]
    assert 'value="FrameworkLanguage"' in html and 'value="my.ttl"' in html
    assert '<option value="turtle" selected' in html and '<option value="comp" selected' in html


def test_a_file_that_is_a_text_can_be_mended_in_the_form(client: FlaskClient) -> None:
    sent = {"file": (io.BytesIO(BAD.encode()), "my.ttl")}
    html = client.post("/validate", data=sent, headers=PAGE).text
    assert unescape(html.partition("<textarea")[2]).count("Knead dough") == 1
    assert 'name="download"' in html


def test_a_text_too_long_for_the_form_has_its_reports_in_links(client: FlaskClient) -> None:
    sent = {"file": (io.BytesIO(BAD.encode() + b"#" * KEPT), "my.ttl")}
    html = client.post("/validate", data=sent, headers=PAGE).text
    assert html.count("#") < LONGEST + 200
    assert 'href="data:application/octet-stream;base64,' in html
    assert 'download="my-report.sarif"' in html and 'name="download"' not in html


def test_a_warning_can_be_left_out_with_one_press(client: FlaskClient) -> None:
    text = BAD.replace('dcterms:language "en" ; ', "")
    html = check(client, text).text
    assert 'name="without" value="FrameworkLanguage"' in html
    assert 'name="without" value="PartTitleTagged"' not in html
    again = check(client, text, without=["", "FrameworkLanguage"]).text
    assert "It is not said which language" not in words(again)


def test_a_text_with_nothing_of_ours_is_not_praised_in_silence(client: FlaskClient) -> None:
    assert "had nothing to look at" in words(check(client, "<urn:a> a <urn:b> .").text)
    assert "had nothing to look at" not in words(check(client, GOOD).text)


def test_what_a_message_points_at_has_its_name(client: FlaskClient) -> None:
    twice = GOOD + (
        "ex:q a comp:Competency ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ;"
        ' rdfs:label "Bake rolls"@en ; comp:section "1" .'
    )
    assert "Position 1 is taken already, by “Knead dough”" in words(check(client, twice).text)


def test_results_about_a_document_in_words_are_beside_its_lines(client: FlaskClient) -> None:
    html = check(
        client,
        WORDS,
        syntax="words",
        rules=OWN.replace(
            "Competency ;", "PositiveIndicator, comp:Group, comp:Competency, comp:Statement ;"
        ),
    ).text
    assert "does not conform yet" in words(html)
    assert re.search(r'<li id="line-\d+" class="violation">', html)


def test_every_id_is_there_once_and_every_link_inside_the_page_leads_somewhere(
    client: FlaskClient,
) -> None:
    page = Page(client.post("/validate", data={"example": "turtle"}, headers=PAGE).text)
    assert {name: n for name, n in page.ids.items() if n > 1} == {}
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


# ------------------------------------------------------------------ results as a view


def view_of(app: Flask, *results: Result) -> list[tuple[str, int | None]]:
    with app.test_request_context("/validate"):
        found = findings_view(make_report(results), KNOWN)
    return [(item.severity, item.line) for item in found.results]


def test_the_part_with_the_worst_result_comes_first(app: Flask) -> None:
    found = view_of(
        app,
        result(3, severity=Severity.info, focus="urn:a"),
        result(5, severity=Severity.violation, focus="urn:b"),
        result(4, severity=Severity.warning, focus="urn:c"),
    )
    assert found == [("violation", 5), ("warning", 4), ("info", 3)]


def test_a_rule_that_many_parts_break_is_told_once(app: Flask) -> None:
    many = [
        result(n, severity=Severity.warning, focus=f"urn:{n}", label=f"Part {n}")
        for n in range(1, 9)
    ]
    with app.test_request_context("/validate"):
        found = findings_view(make_report(many), KNOWN)
    assert (len(found.parts), len(found.repeats)) == (0, 1)
    assert [item.line for _part, item in found.repeats[0].parts] == list(range(1, 9))


def test_a_value_is_told_in_short(app: Flask) -> None:
    values = {"": "an empty text", " \n": "an empty text", "two\n  words": "“two words”"}
    values["https://w3id.org/competency/ns#Whole"] = "comp:Whole"
    with app.test_request_context("/validate"):
        for value, told in values.items():
            found = findings_view(Report((result(value=value),)), KNOWN)
            assert found.results[0].value == told
        long = findings_view(Report((result(value="word " * 500),)), KNOWN).results[0].value
    assert len(long) < 310 and long.endswith("…”")


def test_a_cell_of_a_table_is_named(app: Flask) -> None:
    with app.test_request_context("/validate"):
        place = Location("a.xlsx", cell="Parts!B3")
        assert findings_view(Report((result(location=place),)), KNOWN).results[0].where == (
            "cell Parts!B3"
        )


@pytest.mark.parametrize(
    "sign",
    ["\u202e", "\u2066", "\u200f", "\u061c", "\x1b", "\x07", "\ufeff", "\u200b", "\U000e0041"],
)
def test_signs_that_nobody_sees_show_as_their_codes(sign: str) -> None:
    assert visible(f"a{sign}b") == f"a[U+{ord(sign):04X}]b"
    assert visible("é ŵ 日本 עברית\tx\n") == "é ŵ 日本 עברית\tx\n"


# ------------------------------------------------------------------ the text line by line


def listing(app: Flask, lines: int, *results: Result, whole: int = 10**6) -> list[Block]:
    text = [f"line {n}" for n in range(1, lines + 1)]
    with app.test_request_context("/validate"):
        found = by_line(findings_view(make_report(results), KNOWN).results)
    places = dict.fromkeys(found)
    runs = [
        [Row(line.number, line.text, line.shift, line.cut) for line in run]
        for run in excerpts(text, places, whole=whole)
    ]
    return blocks(runs, found, {}, lines)


def spans(found: list[Block]) -> list[tuple[int, int, bool]]:
    return [(block.first, block.last, block.folded) for block in found]


def test_a_short_text_is_shown_whole(app: Flask) -> None:
    assert spans(listing(app, 40, result(20))) == [(1, 40, False)]


def test_lines_far_from_any_problem_are_folded_in_a_long_text(app: Flask) -> None:
    found = listing(app, 200, result(100), result(105, focus="urn:b"))
    assert spans(found) == [(1, 96, True), (97, 108, False), (109, 200, True)]
    assert [len(block.lines) for block in found] == [96, 12, 92]


def test_a_fold_of_a_few_lines_stays_open(app: Flask) -> None:
    found = listing(app, 200, result(5), result(17, focus="urn:b"))
    assert spans(found) == [(1, 20, False), (21, 200, True)]


def test_lines_that_were_not_sent_are_counted(app: Flask) -> None:
    found = listing(app, 9_000, result(1), result(4_000, focus="urn:b"), whole=0)
    assert spans(found) == [
        (1, 4, False), (5, 3_996, True), (3_997, 4_003, False), (4_004, 9_000, True)
    ]  # fmt: skip
    assert [len(block.lines) for block in found] == [4, 0, 7, 0]


def test_every_line_is_there_once_and_in_order(app: Flask) -> None:
    results = [result(n, focus=f"urn:{n}") for n in (1, 2, 40, 41, 90, 149, 150)]
    found = listing(app, 150, *results)
    numbers = [line.number for block in found for line in block.lines]
    assert numbers == list(range(1, 151))


def test_the_worst_result_on_a_line_marks_it(app: Flask) -> None:
    found = listing(
        app,
        9,
        result(3, severity=Severity.info),
        result(3, severity=Severity.warning, focus="urn:b"),
    )
    line = found[0].lines[2]
    assert (line.severity, len(line.results)) == ("warning", 2)


@pytest.mark.parametrize(
    ("text", "column", "marked"),
    [
        ('rdfs:label "Plan a weld"@en ;', 12, '"Plan a weld"@en'),
        ("<a/1> a comp:Group ;", 1, "<a/1>"),
        ("comp:position 3 ;", 15, "3"),
        ('comp:rank "x"^^xsd:integer .', 11, '"x"^^xsd:integer'),
        ("comp:partOf ex:p ;", 99, ""),
        ("", 1, ""),
    ],
)
def test_the_place_in_the_line_is_marked(text: str, column: int, marked: str) -> None:
    line = blocks([[Row(1, text)]], {}, {1: column}, 1)[0].lines[0]
    assert line.marked == marked
    assert line.before + line.marked + line.after == text


def test_of_a_very_long_line_the_part_around_the_result_is_shown() -> None:
    text = "x" * 50_000 + ' "here" ' + "y" * 50_000
    row = excerpts([text], {1: 50_002})[0][0]
    line = blocks([[Row(row.number, row.text, row.shift, row.cut)]], {}, {1: 50_002}, 1)[0].lines[0]
    assert len(row.text) == LONGEST and line.cut
    assert line.marked == '"here"'


# ------------------------------------------------------------------ what is hostile


def test_nothing_in_a_document_becomes_markup(client: FlaskClient) -> None:
    text = PREFIXES + (
        f"<https://example.org/%3Cscript%3E'> a comp:Framework ; rdfs:label '{HOSTILE}'@en-x-a ;"
        f" comp:extent '{HOSTILE}' ; dcterms:language '{HOSTILE}' .\n"
        f"ex:p a comp:Group ; comp:inFramework ex:f ; rdfs:label '''{HOSTILE}\u202e''' ."
    )
    html = check(client, text, name=HOSTILE + ".ttl", without="", rules="").text
    assert "<script>" not in html and "alert(1)" in html
    outside = re.sub(r"<textarea.*?</textarea>", "", html, flags=re.S)
    assert "\u202e" not in outside and "[U+202E]" in outside


@pytest.mark.parametrize("field", ["without", "profile", "syntax", "name", "rules"])
def test_nothing_in_a_field_becomes_markup(client: FlaskClient, field: str) -> None:
    html = check(client, BAD, **{field: HOSTILE}).text
    assert "<script>" not in html


def test_what_cannot_be_read_is_shown_at_its_line_and_can_be_mended(client: FlaskClient) -> None:
    response = check(client, PREFIXES + f"ex:f a\n comp:Framework ;;; '{HOSTILE}' ] .\n")
    html = response.text
    assert response.status_code == 400 and "<script>" not in html
    line = PREFIXES.count("\n") + 2
    assert f'<a href="#line-{line}">Line {line}, column' in html
    assert f'<li id="line-{line}" class="violation">' in html
    assert "comp:Framework ;;;" in html.partition("<textarea")[2]


CSV = """code,title,parent,kind,statement
1,Kneading,,Competency,
2,"Baking, slow",9,Competency,
3,Resting,,"Competncy",
"""


@pytest.mark.parametrize("address", ["/validate", "/import"])
def test_all_faults_of_a_table_are_told_and_marked_in_their_own_cells(
    client: FlaskClient, address: str
) -> None:
    html = client.post(address, data={"text": CSV, "name": "f.csv"}, headers=PAGE).text
    assert "2,&#34;Baking, slow&#34;,<mark>9</mark>,Competency," in html
    assert "3,Resting,,&#34;<mark>Competncy</mark>&#34;," in html
    assert '<li id="line-3" class="violation">' in html
    assert '<li id="line-4" class="violation">' in html
    told = html.partition('id="fault"')[2].partition("</div>")[0]
    assert "row with the id or code" in told and "did you mean" in told


def test_the_form_takes_spreadsheets(client: FlaskClient) -> None:
    html = client.get("/validate", headers=PAGE).text
    (accepted,) = re.findall(r'name="file" type="file" accept="([^"]*)"', html)
    assert {".csv", ".xlsx", ".ttl", ".json", ".docx", ".pdf", ".txt"} <= {*accepted.split(",")}
    assert "a spreadsheet" in html


def test_a_form_without_a_document_is_shown_again_with_the_reason(client: FlaskClient) -> None:
    response = client.post("/validate", data={"text": " "}, headers=PAGE)
    assert response.status_code == 400
    assert "there is no document" in response.text and 'name="file"' in response.text


def test_more_results_than_a_page_holds_are_counted_and_given_as_a_file(
    client: FlaskClient,
) -> None:
    parts = "".join(
        f"ex:p{n} a comp:Competency ; comp:inFramework ex:f ; comp:partOf ex:f ;"
        f' comp:position {n} ; rdfs:label "Part {n}" ; comp:section "1" .\n'
        for n in range(2, 252)
    )
    html = check(client, GOOD + parts).text
    assert "The first 200 of 250 results are shown" in words(html)
    assert html.count('class="what"') <= 200
    assert "250 violations" in words(html)


# ------------------------------------------------------------------ the draft page of an import


def test_the_draft_of_an_import_shows_its_results_in_the_same_way(client: FlaskClient) -> None:
    text = "Baking\n\nPerformance criteria\n\n1. Knead the dough, and\n2. TODO\n"
    html = client.post("/import", data={"text": text}, headers=PAGE).text
    assert 'class="scores"' in html and 'class="findings"' in html
    page = Page(html)
    assert "#line-6" in page.links and "/validate" in page.links
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
