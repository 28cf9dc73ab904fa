"""A framework goes out as a workbook, people change cells, and what they see is what is read."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from rdflib import Graph, Literal

from competency import KnowledgeGraph
from competency.errors import NotFound, ParseError
from competency.exchange.exchange import Reading
from competency.exchange.exchanges import exchange_named, recognised
from competency.exchange.imported import File, Imported, Kept
from competency.exchange.sheets import original, read_grids
from competency.exchange.spreadsheet import read, write_csv, write_workbook
from competency.exchange.terms import term
from competency.graph import NamedGraph
from tests.conftest import PREFIXES

EX = "https://example.org/bread"
BREAD = (
    PREFIXES
    + """
@base <https://example.org/> .
<bread> a comp:Framework ; rdfs:label "Bread"@en ; dcterms:language "en" ; comp:sector "Food"@en ;
    comp:notStated dcterms:publisher , dcterms:issued ; comp:inferred comp:sector .
<bread/1> a comp:Competency ; comp:inFramework <bread> ; comp:partOf <bread> ; comp:position 1 ;
    rdfs:label "Bake"@en , "Cuire"@fr ; comp:code <bread/1/code/x> .
<bread/1/code/x> a comp:Code ; skos:notation "B1" ; comp:issuedBy <bread/org/guild> .
<bread/org/guild> a org:Organization ; rdfs:label "Guild"@en .
<bread/1/a> a comp:Note ; comp:inFramework <bread> ; comp:partOf <bread/1> ; comp:position 1 ;
    comp:text " Padded. "@en ; comp:wording comp:Reworded ; comp:doubt "One?"@en , "Two?"@en .
"""
)


def knowledge(text: str = BREAD) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    graph.add(NamedGraph.of(EX, Graph().parse(data=text, format="turtle")))
    return graph


def changed(change: Callable[[Any], None]) -> Imported:
    """Return what is read after people have changed a workbook."""
    book = load_workbook(BytesIO(write_workbook(knowledge(), EX).data))
    change(book)
    held = BytesIO()
    book.save(held)
    return read(File("bread.xlsx", held.getvalue(), ""), Reading())


def cell(sheet: Any, row: int, header: str) -> Any:
    column = next(c.column for c in sheet[1] if c.value == header)
    return sheet.cell(row, column)


def put(sheet: str, row: int, header: str, text: str | None) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell(book[sheet], row, header).value = text

    return change


def fact(name: str, text: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        row = next(r[0].row for r in book["Framework"] if r[0].value == name)
        cell(book["Framework"], row, "value").value = text

    return change


def values(imported: Imported, iri: str, prop: str) -> set[Any]:
    return set(imported.graphs[0].about(iri).get(str(term(prop)), ()))


def test_nothing_changed_is_nothing_changed() -> None:
    found = changed(lambda book: None)
    assert set(found.graphs[0].triples) == set(knowledge().named_graph(EX).triples)
    assert not found.remarks


def test_a_new_title_takes_the_place_of_the_old_one() -> None:
    found = changed(put("Parts", 2, "title", "Bake bread"))
    assert values(found, f"{EX}/1", "rdfs:label") == {
        Literal("Bake bread", lang="en"),
        Literal("Cuire", lang="fr"),
    }


def test_an_edited_cell_wins_over_the_other_statement_that_kept_its_exact_form() -> None:
    found = changed(put("Parts", 3, "statement", "Plain."))
    assert values(found, f"{EX}/1/a", "comp:text") == {Literal("Plain.", lang="en")}
    assert [remark.kept for remark in found.remarks] == [Kept.dropped]


def test_a_second_value_without_a_cell_stays_when_the_first_is_edited() -> None:
    found = changed(put("Parts", 3, "doubt", "Three?"))
    assert {str(v) for v in values(found, f"{EX}/1/a", "comp:doubt")} == {"Three?", "Two?"}


def test_an_emptied_cell_says_nothing_more() -> None:
    found = changed(put("Parts", 3, "statement", None))
    assert not values(found, f"{EX}/1/a", "comp:text")


def test_what_was_not_stated_is_stated_once_somebody_fills_it_in() -> None:
    found = changed(fact("publisher", "Guild"))
    assert values(found, EX, "dcterms:publisher")
    assert {str(v) for v in values(found, EX, "comp:notStated")} == {
        "http://purl.org/dc/terms/issued"
    }


def test_a_value_that_was_inferred_is_not_any_more_once_it_is_edited() -> None:
    assert not values(changed(fact("sector", "Bakeries")), EX, "comp:inferred")


def test_a_new_code_keeps_the_name_of_the_old_one() -> None:
    found = changed(put("Parts", 2, "code", "B2"))
    assert values(found, f"{EX}/1/code/x", "skos:notation") == {Literal("B2")}


def test_an_added_row_is_a_new_part_and_says_where_it_comes_from() -> None:
    def add(book: Any) -> None:
        book["Parts"].append([None] * 20)
        row = book["Parts"].max_row + 1
        cell(book["Parts"], row, "parent id").value = "1"
        cell(book["Parts"], row, "kind").value = "note"
        cell(book["Parts"], row, "statement").value = "New."

    found = changed(add)
    (place,) = values(found, f"{EX}/1/2", "comp:section")
    assert str(place).startswith("Parts!")
    assert values(found, f"{EX}/1/2", "comp:position") == {Literal(2)}


def test_the_sheet_of_other_statements_counts_even_when_it_is_hidden() -> None:
    def hide(book: Any) -> None:
        book["Other statements"].sheet_state = "hidden"

    found = changed(hide)
    assert set(found.graphs[0].triples) == set(knowledge().named_graph(EX).triples)


def test_without_the_sheet_of_other_statements_the_columns_are_read() -> None:
    def remove(book: Any) -> None:
        del book["Other statements"]

    assert values(changed(remove), f"{EX}/1/a", "comp:text") == {Literal("Padded.", lang="en")}


def test_a_column_may_be_taken_out() -> None:
    def remove(book: Any) -> None:
        book["Parts"].delete_cols(cell(book["Parts"], 1, "code").column)
        book["Parts"].delete_cols(cell(book["Parts"], 1, "code issued by").column)
        book["Parts"].delete_cols(cell(book["Parts"], 1, "code id").column)

    assert not values(changed(remove), f"{EX}/1", "comp:code")


@pytest.mark.parametrize(
    ("header", "text", "expected"),
    [
        ("property", "nonsense", "'nonsense' is no property"),
        ("type", "number", "'number' is no type"),
        ("mark", "maybe", "'maybe' is no mark"),
        ("subject", "a|b {", None),
        ("subject", "_:a b", "'_:a b' is neither an id nor a web address"),
    ],
)
def test_a_broken_row_of_other_statements_is_told_by_its_cell(
    header: str, text: str, expected: str | None
) -> None:
    change = put("Other statements", 2, header, text)
    if expected is None:
        assert changed(change).graphs
        return
    with pytest.raises(ParseError, match=rf"Other statements!\w2: {expected}"):
        changed(change)


# ------------------------------------------------------------------ what comes out


def test_a_workbook_tells_what_is_aside_and_loses_nothing() -> None:
    exported = write_workbook(knowledge(), EX)
    assert not exported.losses
    assert {(loss.part, loss.property) for loss in exported.aside} == {
        (EX, "comp:notStated"),
        (EX, "comp:inferred"),
        (f"{EX}/1/a", "comp:text"),
        (f"{EX}/1/a", "comp:doubt"),
    }


def test_csv_tells_what_it_loses() -> None:
    exported = write_csv(knowledge(), EX)
    found = {(loss.part.removeprefix(EX), loss.property): loss.why for loss in exported.losses}
    assert found == {
        ("", "comp:notStated"): "CSV has no column for it",
        ("", "comp:inferred"): "CSV has no column for it",
        ("/1/a", "comp:text"): "the cell holds one value of the usual form; there are more, or it"
        " is of another form",
        ("/1/a", "comp:doubt"): "the cell holds one value of the usual form; there are more, or it"
        " is of another form",
    }


def test_a_level_in_csv_is_its_title_alone_and_that_is_told() -> None:
    more = """
<bread/s> a comp:LevelScale ; rdfs:label "Steps"@en .
<bread/s/1> a comp:Level ; comp:inScale <bread/s> ; rdfs:label "Novice"@en ; comp:rank 1 .
<bread/1> comp:qualificationLevel <bread/s/1> .
"""
    exported = write_csv(knowledge(BREAD + more), EX)
    assert b",Novice," in exported.data
    why = {loss.why for loss in exported.losses if loss.property == "comp:qualificationLevel"}
    assert why == {"CSV has the title of the level only"}


@pytest.mark.parametrize("write", [write_csv, write_workbook])
def test_a_file_of_others_goes_out_again_with_every_text_it_had(write: Any) -> None:
    text = (
        "#title,Bread\n#rights,Ours\nNo,Skill,Description,Type,Remark,Owner,Colour (core),code 2\n"
        "b),Bake,Bakes it.,Unit of competency,- so,Ann,red,X2\n,,'=Cool,Indicator,,Bob,,\n"
    )
    found = read(File("bread.csv", text.encode(), ""), Reading("urn:b:")).graphs[0]
    graph = KnowledgeGraph()
    graph.add(found)
    out = write(graph, found.name).data
    grids = read_grids(File("b", out, ""))
    texts = {original(cell) for grid in grids for row in grid.rows for cell in row}
    wanted = {
        "Bread",
        "Ours",
        "Bake",
        "Bakes it.",
        "- so",
        "Ann",
        "Bob",
        "red",
        "X2",
        "=Cool",
        "b)",
    }
    assert wanted <= texts
    assert {"Owner", "Colour (core)", "unit of competency"} <= texts
    again = read(File("b", out, ""), Reading())
    if write is write_workbook:
        assert set(again.graphs[0].triples) == set(found.triples)


def test_no_cell_is_run_as_a_formula() -> None:
    graph = knowledge(BREAD.replace('"Bake"@en', '"=1+1"@en'))
    book = load_workbook(BytesIO(write_workbook(graph, EX).data))
    cells = [c for sheet in book for row in sheet for c in row if c.value is not None]
    assert not [c for c in cells if c.data_type == "f" or str(c.value).startswith("=")]
    assert b",'=1+1," in write_csv(graph, EX).data


def test_every_cell_is_a_text_so_that_nothing_is_taken_for_a_number() -> None:
    book = load_workbook(BytesIO(write_workbook(knowledge(), EX).data))
    cells = [c for row in book["Parts"] for c in row if c.value is not None]
    assert {(c.data_type, c.number_format) for c in cells} == {("s", "@")}


def test_both_formats_are_found_by_name_and_recognised() -> None:
    for name, write in (("xlsx", write_workbook), ("csv", write_csv)):
        assert exchange_named(name, writes=True).write is write
        found = recognised(File(f"bread.{name}", write(knowledge(), EX).data, ""))
        assert found is not None
        assert found.format.name == name


def test_prose_and_other_syntaxes_are_no_tables() -> None:
    for text in ("Name, rank and number.", '{"title": "x", "kind": "y"}', "<p>title,kind</p>", ""):
        found = recognised(File("a.txt", text.encode(), ""))
        assert found is None or found.format.name != "csv"
    for text in ("Kind;Title\n", "id,title (fr)\n"):
        found = recognised(File("a.txt", text.encode(), ""))
        assert found is not None
        assert found.format.name == "csv"


def test_a_framework_that_is_not_there_is_not_found() -> None:
    for write in (write_workbook, write_csv):
        with pytest.raises(NotFound):
            write(knowledge(), "urn:x")
