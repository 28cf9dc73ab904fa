"""The template of OpenCASE in and out: depth in a column, lists with semicolons, instructions."""

from __future__ import annotations

import pytest

from competency import KnowledgeGraph
from competency.errors import ParseError
from competency.exchange.exchanges import recognised
from competency.exchange.imported import File
from competency.exchange.opencase.template import COLUMNS
from competency.exchange.sheets import Written, workbook_bytes
from tests.exchange.opensalt.common import (
    back,
    cells,
    faults,
    given_out,
    lines,
    said,
    silent,
    table,
    taken_in,
    the_graph,
    writer,
)

ROOT = "https://w3id.org/competency/id/baking"
HEAD = ("Level", "Human Coding Scheme", "Full Statement", "Item Type")
ROWS = (
    HEAD,
    ("1", "B", "Bakes bread", "Domain"),
    ("2", "B.1", "Makes dough", "Skill"),
    ("3", "B.1.1", "Kneads", "Performance Criteria"),
    ("3", "B.1.2", "Lets it burn", "Negative Indicator"),
    ("2", "B.2", "Heats the oven", ""),
    ("1", "S", "Sells bread", ""),
)
TREE = [
    "Group: Bakes bread",
    "  Competency: Makes dough",
    "    PerformanceCriterion: Kneads",
    "    NegativeIndicator: Lets it burn",
    "  Competency: Heats the oven",
    "Competency: Sells bread",
]


def workbook(*rows: tuple[str, ...], **others: tuple[tuple[str, ...], ...]) -> File:
    """Return a workbook; ``others`` are sheets before the one with the items."""
    sheets = [Written(name, found[0], found[1:]) for name, found in others.items()]
    data = workbook_bytes([*sheets, Written("Framework", rows[0], rows[1:])])
    return File("baking.xlsx", data, writer("opencase-xlsx").format.media_type)


def test_levels_make_the_tree_of_the_rows() -> None:
    for file, name in ((table(*ROWS), "opencase"), (workbook(*ROWS), "opencase-xlsx")):
        graph = the_graph(file, name)
        assert lines(graph, ROOT) == TREE
        assert not faults(graph)


def test_where_an_item_stands_in_the_file_is_said() -> None:
    of_table, of_book = the_graph(table(*ROWS), "opencase"), the_graph(workbook(*ROWS), "opencase")
    assert said(of_table, f"{ROOT}/B.1")["comp:section"] == ["line 3"]
    assert said(of_book, f"{ROOT}/B.1")["comp:section"] == ["Framework!A3"]


def test_rows_of_instructions_are_told_as_not_read() -> None:
    rows = (("# How to fill this in",), *ROWS[:2], ("# more hints", "", "about it"), *ROWS[2:])
    imported = taken_in(table(*rows), "opencase")
    assert lines(imported.graphs[0], ROOT) == TREE
    (remark,) = imported.remarks
    assert str(remark.kept) == "dropped" and remark.where == "line 1, column A"


def test_the_sheet_with_the_items_is_found_behind_others() -> None:
    file = workbook(*ROWS, Instructions=(("Fill in the next sheet",), ("Please",)))
    imported = taken_in(file, "opencase-xlsx")
    assert lines(imported.graphs[0], ROOT) == TREE
    assert [remark.where for remark in imported.remarks] == ["Instructions"]


def test_lists_have_semicolons_between_them() -> None:
    head = (*HEAD, "Education Level", "Subject")
    graph = the_graph(
        table(head, ("1", "B", "Bakes", "", "04; 05", "Craft;Food, drink")), "opencase"
    )
    about = said(graph, f"{ROOT}/B")
    assert about["case:educationLevel"] == ["04", "05"]
    assert sorted(about["dcterms:subject"]) == ["Craft", "Food, drink"]


def test_levels_that_are_left_out_are_told() -> None:
    imported = taken_in(table(HEAD, ("2", "", "A", ""), ("1", "", "B", ""), ("3", "", "C", "")),
                        "opencase")  # fmt: skip
    assert lines(imported.graphs[0], ROOT) == ["Competency: A", "Competency: B", "  Competency: C"]
    assert [remark.where for remark in imported.remarks] == ["line 2, column A", "line 4, column A"]


def test_every_level_that_is_none_is_told_at_once() -> None:
    rows = (HEAD, ("one", "", "A", ""), ("", "", "B", ""), ("0", "", "C", ""), ("1", "", "D", ""))
    with pytest.raises(ParseError) as caught:
        taken_in(workbook(*rows), "opencase-xlsx")
    told = [str(caught.value), *caught.value.more]
    assert [line.split(": ")[1] for line in told] == [
        "Framework!A2",
        "Framework!A3",
        "Framework!A4",
    ]
    assert "write how deep the item stands: 1, 2, 3" in told[0]


def test_the_template_is_recognised_by_its_columns() -> None:
    for file, name in ((table(*ROWS), "opencase"), (workbook(*ROWS), "opencase-xlsx")):
        found = recognised(file)
        assert found is not None and found.format.name == name


@pytest.mark.parametrize("name", ["opencase", "opencase-xlsx"])
def test_a_filled_template_goes_out_with_every_cell_it_had(name: str) -> None:
    head = (*COLUMNS, "Minutes")
    rows = (head, ("1", "B", "Bakes bread", "Standard", "Bread", "4;5", "Craft;Food", "Hot!", "90"),
            ("2", "B.1", "- kneads", "", "", "", "", "", ""),
            ("2", "", "rests", "", "", "", "", "", "30"))  # fmt: skip
    file = table(*rows) if name == "opencase" else workbook(*rows)
    graph = the_graph(file, name)
    exported = given_out(graph, graph.name, name)
    assert not exported.losses
    assert not silent(graph, back(exported, name), ())
    found = writer(name).format
    after = cells(File("x" + found.suffixes[0], exported.data, found.media_type))
    assert [*cells(file).values()] == [*after.values()]


def test_what_the_template_has_no_column_for_is_told(shipped: KnowledgeGraph) -> None:
    losses = given_out(shipped, "pub-cscf", "opencase").losses
    told = {loss.property: loss.why for loss in reversed(losses)}
    assert told["rdf:type"].startswith("nothing is said of the framework")
    assert told["case:identifier"].startswith("the template has no column for identifiers")
    assert told["comp:atLevel"] == "the template has no column for it"
    assert {"dcterms:description", "comp:enumeration", "comp:lines"} <= told.keys()
