"""What people write in a spreadsheet becomes a framework; what cannot, is told by its cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook
from rdflib import Literal, URIRef

from competency.errors import ParseError
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Kept
from competency.exchange.sheets import Written, workbook_bytes
from competency.exchange.spreadsheet import read
from competency.exchange.terms import term
from competency.graph import NamedGraph
from competency.shapes import Severity, validate

BREAD = """#title,Bread
#language,en
#publisher,Guild of Bakers
#issued,2024-05
outline,kind,code,code issued by,title,statement,level
1,unit of competency,BK-1,Guild of Bakers,Bake bread,,Level 1
1.1,performance criterion,,,,Weigh the flour.,
1.2,Unhelpful behaviour,,,,- Guesses.,
"""


def csv(text: str, *, name: str = "bread.csv", options: Reading | None = None) -> Imported:
    return read(File(name, text.encode(), "text/csv"), options or Reading("https://example.org/"))


def graph(text: str) -> NamedGraph:
    return csv(text).graphs[0]


def book(**sheets: list[list[str]]) -> File:
    written = [Written(name.replace("_", " "), rows[0], rows[1:]) for name, rows in sheets.items()]
    return File("bread.xlsx", workbook_bytes(written), "")


def said(found: NamedGraph, thing: str, prop: str) -> list[str]:
    values = found.about(f"https://example.org/{thing}").get(str(term(prop)), ())
    return [str(value).rpartition("#")[2] for value in values]


def told(text: str) -> list[str]:
    with pytest.raises(ParseError) as caught:
        csv(text)
    return [str(caught.value), *caught.value.more]


# ------------------------------------------------------------------ a good file


def test_a_filled_template_is_a_valid_framework() -> None:
    results = validate(graph(BREAD).graph).at_least(Severity.violation)
    assert not [result.message for result in results]


@pytest.mark.parametrize(
    "line", ["#title,Bread", "#title;Bread", "#title\tBread", '"#title";Bread']
)
def test_a_fact_above_the_table_may_be_divided_otherwise_than_the_table(line: str) -> None:
    found = graph(f"{line}\noutline;title;statement\n1;Bake;\n")
    assert found.name == "https://example.org/Bread"
    assert said(found, "Bread", "rdfs:label") == ["Bread"]


def test_the_same_file_gives_the_same_triples() -> None:
    assert graph(BREAD).triples == graph(BREAD).triples


def test_a_part_without_an_id_is_named_by_its_code_or_its_place() -> None:
    found = graph(BREAD)
    assert said(found, "Bread/bk-1", "rdfs:label") == ["Bake bread"]
    assert said(found, "Bread/bk-1/1", "comp:text") == ["Weigh the flour."]


def test_an_outline_puts_rows_under_one_another_in_their_order() -> None:
    found = graph("outline,title\n2,B\n2.1,C\n1,A\n2.2,D\n")
    assert said(found, "bread/1", "rdfs:label") == ["B"]
    assert said(found, "bread/1/2", "rdfs:label") == ["D"]
    assert said(found, "bread/2", "comp:partOf") == ["https://example.org/bread"]


def test_a_parent_is_called_by_its_id_or_by_its_code_and_may_stand_below() -> None:
    found = graph("id,parent,code,title\nx,K1,,Knead\ny,,K1,Bake\n")
    assert said(found, "bread/x", "comp:partOf") == ["https://example.org/bread/y"]


def test_an_unhelpful_behaviour_is_a_negative_indicator() -> None:
    assert said(graph(BREAD), "Bread/bk-1/2", "rdf:type") == ["NegativeIndicator"]


def test_what_the_file_does_not_say_is_said_not_to_be_stated() -> None:
    assert "https://example.org/Bread" in graph(BREAD).subjects
    assert "http://purl.org/dc/terms/license" in said(graph(BREAD), "Bread", "comp:notStated")


def test_a_place_in_the_file_is_given_where_the_row_names_none() -> None:
    assert said(graph(BREAD), "Bread/bk-1/1", "comp:section") == ["line 7, column F"]
    assert said(graph("title,page\nBake,iv\n"), "bread/1", "comp:section") == []


def test_two_equal_statements_are_two_parts() -> None:
    found = graph("statement\nBake.\nBake.\n")
    assert said(found, "bread/1", "comp:text") == said(found, "bread/2", "comp:text")


def test_ids_and_addresses_are_kept_as_they_are() -> None:
    found = graph("id,title\nhttps://w3.example/K,Knead\nurn:uuid:1,Bake\nA b,Cool\n")
    assert "https://w3.example/K" in found.subjects
    assert "urn:uuid:1" in found.subjects
    assert "https://example.org/bread/A%20b" in found.subjects


@pytest.mark.parametrize(
    "header", ["Full Statement", "DESCRIPTION", "indicator", "statement", "full_statement*"]
)
def test_a_statement_is_found_under_its_usual_names(header: str) -> None:
    assert said(graph(f"Title,{header}\nBake,Bakes.\n"), "bread/1", "comp:text") == ["Bakes."]


def test_a_second_column_for_the_same_is_kept_aside() -> None:
    imported = csv("Title,Statement,Description\nBake,Bakes.,Long.\n")
    assert said(imported.graphs[0], "bread/1", "comp:text") == ["Bakes."]
    assert [r.what for r in imported.remarks if "'Description'" in r.what]


def test_a_column_that_nobody_knows_is_kept_with_one_remark() -> None:
    imported = csv("Title,Owner of it\nBake,Ann\nCool,Bob\n")
    kept = [remark for remark in imported.remarks if remark.kept is Kept.aside]
    assert [remark.where for remark in kept] == ["line 1, column B"] or len(kept) == 1
    values = imported.graphs[0].about("https://example.org/bread/2")
    assert values["https://example.org/bread/column/owner-of-it"] == (Literal("Bob"),)


def test_texts_in_other_languages_have_columns_of_their_own() -> None:
    found = graph("#language,en\ntitle,title (FR),Titel (core)\nBake,Cuire,x\n")
    values = found.about("https://example.org/bread/1")[str(term("rdfs:label"))]
    assert set(values) == {Literal("Bake", lang="en"), Literal("Cuire", lang="fr")}


def test_a_row_may_be_in_a_language_of_its_own() -> None:
    found = graph("title,language\nCuire,FR\n")
    assert found.about("https://example.org/bread/1")[str(term("rdfs:label"))] == (
        Literal("Cuire", lang="fr"),
    )


def test_a_kind_that_is_not_given_follows_from_the_place_and_says_so() -> None:
    imported = csv("outline,title,statement\n1,Bake,\n1.1,,Weighs.\n")
    assert said(imported.graphs[0], "bread/1", "rdf:type") == ["Competency"]
    assert said(imported.graphs[0], "bread/1", "comp:inferred") == ["type"]
    assert len([remark for remark in imported.remarks if remark.kept is Kept.odd]) == 1


def test_rows_that_begin_with_a_hash_are_not_read_and_this_is_remarked() -> None:
    imported = csv("id,title\n# like this,\n1,Bake\n")
    assert len([s for s in imported.graphs[0].subjects if str(s).startswith("https")]) == 3
    assert [remark.kept for remark in imported.remarks if "begins with #" in remark.what] == [
        Kept.dropped
    ]


def test_a_cell_that_was_made_harmless_is_as_it_was() -> None:
    assert said(graph("title\n'=1+1\n"), "bread/1", "rdfs:label") == ["=1+1"]


def test_a_second_code_and_its_issuer_are_read() -> None:
    found = graph("title,code,code 2,code 2 issued by\nBake,A1,B2,Guild\n")
    assert said(found, "bread/a1/code/2", "skos:notation") == ["B2"]
    assert said(found, "bread/a1/code/2", "comp:issuedBy") == [
        "https://example.org/bread/org/guild"
    ]
    assert said(found, "bread/a1/code/1", "comp:notStated") == ["issuedBy"]


def test_the_same_organisation_is_one_whatever_names_it() -> None:
    assert said(graph(BREAD), "Bread/bk-1/code/1", "comp:issuedBy") == said(
        graph(BREAD), "Bread", "dcterms:publisher"
    )


def test_a_level_is_found_by_title_rank_or_id() -> None:
    levels = [["id", "title", "rank"], ["low", "Novice", "1"], ["high", "Master", "2"]]
    parts = [["title", "kind", "level"]]
    parts += [["Bake", "unit of competency", name] for name in ("novice", "2", "high")]
    found = read(book(Parts=parts, Levels=levels), Reading("https://example.org/")).graphs[0]
    levels_of = [said(found, f"bread/{n}", "comp:qualificationLevel") for n in (1, 2, 3)]
    assert [level[0].rpartition("/")[2] for level in levels_of] == ["low", "high", "high"]


def test_links_go_to_parts_by_id_or_to_addresses() -> None:
    links = [["from", "relation", "to"], ["1", "Exact match", "https://w3.example/x"]]
    parts = [["id", "title"], ["1", "Bake"]]
    found = read(book(Parts=parts, Links=links), Reading("https://example.org/")).graphs[0]
    assert said(found, "bread/1", "skos:exactMatch") == ["https://w3.example/x"]


def test_a_sheet_that_is_none_of_ours_is_remarked() -> None:
    found = read(book(Parts=[["title"], ["Bake"]], Ideas=[["x"], ["y"]]), Reading())
    assert [(r.kept, r.where) for r in found.remarks if r.where == "Ideas"] == [
        (Kept.dropped, "Ideas")
    ]


def test_a_table_in_a_sheet_of_another_name_is_found_below_its_heading() -> None:
    rows = [["Our skills", ""], ["as of today", ""], ["Skill", "Description"], ["Bake", "Bakes."]]
    found = read(book(Tabelle1=rows), Reading("https://example.org/")).graphs[0]
    assert said(found, "bread/1", "comp:text") == ["Bakes."]
    assert said(found, "bread/1", "comp:section") == ["Tabelle1!A4"]


def test_what_stands_above_the_headers_is_told() -> None:
    rows = [["Our skills", ""], ["as of today", ""], ["Skill", "Description"], ["Bake", "Bakes."]]
    found = read(book(Tabelle1=rows), Reading())
    assert [f"{r.kept}: {r.where}: {r.what}" for r in found.remarks if "above" in r.what] == [
        "dropped: Tabelle1!A1: 2 rows above the headers are not read; the first is 'Our skills'"
    ]
    found = csv("#title,Bread\n#colour,green\ntitle\nBake\n")
    assert [r.where for r in found.remarks if "'#colour'" in r.what] == ["line 2, column A"]


def test_a_row_of_data_is_not_taken_for_the_headers_where_those_are_not_understood() -> None:
    rows = [["Nr", "Art", "Titel"], ["1", "indicator", "x"], ["2", "performance criterion", "y"]]
    expected = r"Parts!A1: no row here .* \(the first row has: 'Nr', 'Art', 'Titel'\)"
    with pytest.raises(ParseError, match=expected):
        read(book(Parts=rows), Reading())
    with pytest.raises(ParseError, match=r"line 1, column A: no row here .* 'Nr', 'Art', 'Titel'"):
        csv("Nr;Art;Titel\n1;indicator;x\n2;performance criterion;y\n")


def test_the_sheets_around_the_parts_are_never_taken_for_the_parts() -> None:
    sheets = {
        "Framework": [["property", "value"], ["title", "Bread"]],
        "Levels": [["id", "title", "rank", "description"], ["1", "Novice", "1", "Helps."]],
        "Kompetenzen": [["Titel", "Beschreibung"], ["Backen", "Brot"]],
    }
    with pytest.raises(ParseError, match=r"Kompetenzen!A1: .* 'Titel', 'Beschreibung'"):
        read(book(**sheets), Reading())


@pytest.mark.parametrize("made", [datetime(2026, 2, 1), date(2026, 2, 1)], ids=["moment", "date"])
def test_a_number_that_a_spreadsheet_made_a_date_of_is_told(made: date) -> None:
    parts: list[list[object]] = [["outline", "title"], ["1", "Bake"], [made, "Weigh"]]
    with pytest.raises(ParseError, match=r"Parts!A3: .* made a date of this, 2026-02-01; make the"):
        read(typed(parts), Reading())
    parts = [["id", "title", "page"], ["1", "Bake", made], ["2", "Cool", made]]
    (remark,) = (r for r in read(typed(parts), Reading()).remarks if "date" in r.what)
    assert (remark.kept, remark.where) == (Kept.odd, "Parts!C2")
    assert remark.what.startswith("2 rows have a date under 'page', 2026-02-01; if a number")


def typed(rows: Sequence[Sequence[object]]) -> File:
    opened = Workbook()
    sheet = opened.create_sheet("Parts", 0)
    for row in rows:
        sheet.append(row)
    held = BytesIO()
    opened.save(held)
    return File("bread.xlsx", held.getvalue(), "")


def test_facts_are_found_under_their_usual_names_and_without_headers() -> None:
    facts = [["Framework name", "Bread"], ["Framework type", "Standard"], ["Owner", "Ann"]]
    found = read(book(Framework=facts, Parts=[["title"], ["Bake"]]), Reading("urn:b:", "f"))
    values = found.graphs[0].about("urn:b:f")
    assert values[str(term("rdfs:label"))] == (Literal("Bread", lang="en"),)
    assert values[str(term("comp:documentType"))] == (Literal("Standard", lang="en"),)
    assert values["urn:b:f/column/owner"] == (Literal("Ann"),)


def test_a_title_in_another_language_alone_is_the_title() -> None:
    found = graph("#title (fr),Le pain\ntitle\nBake\n")
    values = found.about("https://example.org/bread")
    assert values[str(term("rdfs:label"))] == (Literal("Le pain", lang="fr"),)
    assert str(term("comp:inferred")) not in values


def test_columns_of_levels_that_nobody_knows_are_kept_too() -> None:
    levels = [["title", "rank", "Colour"], ["Novice", "1", "green"]]
    found = read(book(Parts=[["title"], ["Bake"]], Levels=levels), Reading("urn:b:", "f"))
    values = found.graphs[0].about("urn:b:f/scale/1")
    assert values["urn:b:f/column/colour"] == (Literal("green"),)


def test_a_column_of_links_that_is_not_read_is_remarked() -> None:
    links = [["from", "relation", "to", "why"], ["1", "see also", "urn:x", "y"]]
    found = read(book(Parts=[["id", "title"], ["1", "Bake"]], Links=links), Reading())
    assert [r.kept for r in found.remarks if "'why'" in r.what] == [Kept.dropped]


def test_a_framework_names_its_own_address() -> None:
    assert graph("#iri,urn:x:bread\ntitle\nBake\n").name == "urn:x:bread"
    assert csv(BREAD, options=Reading("urn:b:", "mine")).graphs[0].name == "urn:b:mine"


# ------------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title,kind\nBake,compentency\n", "2:2: column B: there is no kind 'compentency'; did you mean 'competency'"),
        ("id,title,parent\na,Bake,b1\nb,Cool,\n", "2:3: column C: there is no row with the id or code 'b1'; did you mean 'b'?"),
        ("id,title\na,Bake\na,Cool\n", "3:1: column A: the id 'a' is also in row 2"),
        ("outline,title\n1,Bake\n1,Cool\n", "3:1: column A: 1 is also in row 2"),
        ("outline,title\n1,Bake\n1.1.1,Cool\n", "3:1: column A: 1.1.1 stands under 1.1, and there is no row 1.1"),
        ("id,parent,title\na,b,A\nb,a,B\n", "2:2: column B: the rows stand under one another in a circle: row 2 under row 3 under row 2"),
        ("id,parent,title\na,a,A\n", "2:2: column B: the rows stand under one another in a circle: row 2 under row 2"),
        ("title,kind\n,note\n", "2:1: column A: the row has neither a title nor a statement"),
        ("#issued,31.5.2024\ntitle\nBake\n", "1:2: column B: '31.5.2024' is no date; write it as 2024-05-31"),
        ("#issued,2024-02-30\ntitle\nBake\n", "1:2: column B: '2024-02-30' is no date"),
        ("#language,English\ntitle\nBake\n", "1:2: column B: 'english' is no language code"),
        ("#licence,free\ntitle\nBake\n", "1:2: column B: 'free' is no web address"),
        ("#extent,half\ntitle\nBake\n", "1:2: column B: 'half' is not in the list; write whole or excerpt"),
        ("title,lead-in\nBake,zz\n", "2:2: column B: there is no row with the id 'zz'"),
        ("title,credit\nBake,many\n", "2:2: column B: 'many' is no number of credits"),
        ("title,position\nBake,first\n", "2:2: column B: 'first' is no place among siblings"),
        ("title,wording\nBake,mine\n", "2:2: column B: 'mine' is not in the list; write verbatim or reworded"),
        ("title,code issued by\nBake,Guild\n", "2:2: column B: there is no code beside it"),
        ("title,links\nBake,equals x\n", "2:2: column B: there is no relation 'equals'"),
        ("title,links\nBake,is like urn:x\n", "no relation 'is like'; write: exact match https"),
        ("id,parent,outline,title\na,,1,A\nb,,2,B\nc,a,2.1,C\n", "4:2: column B: the parent id says 'a', but the outline puts this row under row 3"),
        ("id,title\n#,x\n", "2:1: column A: no row of parts is filled in"),
        ("name of it,x\na,b\n", "no row here has the headers of a table of parts"),
        ("", "no row here has the headers of a table of parts"),
    ],
    ids=lambda value: value[-28:].strip(),
)  # fmt: skip
def test_a_fault_is_told_by_its_cell_with_how_to_mend_it(text: str, expected: str) -> None:
    assert expected in told(text)[0]


def test_relations_that_there_are_are_told_where_none_is_like_the_one_written() -> None:
    links = [["from", "relation", "to"], ["1", "zzz", "urn:x"]]
    with pytest.raises(ParseError, match=r"'zzz'; write assesses, repeats, .* or see also"):
        read(book(Parts=[["id", "title"], ["1", "Bake"]], Links=links), Reading())


def test_all_faults_are_told_in_one_go_in_the_order_of_the_rows() -> None:
    lines = told("id,title,kind\na,A,nonsense\na,B,note\nc,,note\n")
    assert [line.split(":")[1] for line in lines] == ["2", "3", "4"]


def test_very_many_faults_are_cut_short() -> None:
    lines = told("title,kind\n" + "Bake,nonsense\n" * 1000)
    assert len(lines) == 102
    assert lines[-1] == "and 899 more like these"


def test_a_fault_in_a_workbook_is_told_by_sheet_and_cell() -> None:
    with pytest.raises(ParseError, match=r"^bread\.xlsx: Parts!B3: there is no kind 'x'"):
        read(book(Parts=[["title", "kind"], ["Bake", ""], ["Cool", "x"]]), Reading())


def test_an_unknown_level_is_a_fault_only_where_levels_are_listed() -> None:
    levels = [["title", "rank"], ["Novice", "1"]]
    parts = [["title", "level"], ["Bake", "Novize"]]
    with pytest.raises(
        ParseError, match="no level 'Novize' in the sheet Levels; did you mean 'Nov"
    ):
        read(book(Parts=parts, Levels=levels), Reading())
    assert read(book(Parts=parts), Reading()).graphs


def test_more_rows_than_anybody_writes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("competency.exchange.spreadsheet.tables.MAX_ROWS", 3)
    assert "more than 3 rows; divide the file" in told("title\na\nb\nc\n")[0]


def test_a_circle_of_very_many_rows_is_told_in_time() -> None:
    rows = "".join(f"{n},{(n + 1) % 5000},x\n" for n in range(5000))
    assert len(told(f"id,parent,title\n{rows}")[0]) < 250


def test_a_chain_of_very_many_rows_is_read() -> None:
    rows = "".join(f"a{n},{f'a{n - 1}' if n else ''},x\n" for n in range(1500))
    assert URIRef("https://example.org/bread/a1499") in set(
        graph(f"id,parent,title\n{rows}").graph.subjects()
    )
