"""OpenSALT's workbook in: the tree of smart levels, associations of all kinds, and what is odd."""

from __future__ import annotations

from competency.exchange.imported import Kept, Remark
from competency.exchange.terms import term
from tests.exchange.opensalt.common import (
    BAKING,
    DOUGH,
    OVEN,
    faults,
    lines,
    said,
    taken_in,
    the_graph,
    workbook,
)

HEAD = ("identifier", "fullStatement", "humanCodingScheme", "smartLevel", "CFItemType")
LINKS = ("identifier", "originNodeURI", "originNodeIdentifier", "originNodeHumanCodingScheme",
         "associationType", "destinationNodeURI", "destinationNodeIdentifier",
         "destinationNodeHumanCodingScheme")  # fmt: skip
ROOT = f"https://w3id.org/competency/id/{BAKING}"
TWO = (HEAD, (DOUGH, "Makes dough", "B.1", "1", ""), (OVEN, "Heats the oven", "B.2", "2", ""))


def association(origin: str, kind: str, destination: str, identifier: str = "") -> tuple[str, ...]:
    """Return a row; ends are told by ``uri ``, ``id `` or ``code `` and a text."""
    ends = []
    for end in (origin, destination):
        how, _, text = end.partition(" ")
        ends.append([text if how == name else "" for name in ("uri", "id", "code")])
    return (identifier, *ends[0], kind, *ends[1])


# ------------------------------------------------------------------ the tree


def test_smart_levels_make_the_tree() -> None:
    rows = [
        ("Kitchen", "1"),
        ("Dough", "1.1"),
        ("Kneads", "1.1.1"),
        ("Rests", "1.1.2"),
        ("Oven", "1.2"),
        ("Shop", "2"),
    ]
    graph = the_graph(workbook([("fullStatement", "smartLevel"), *rows]))
    assert lines(graph, ROOT) == [
        "Competency: Kitchen",
        "  Competency: Dough",
        "    Competency: Kneads",
        "    Competency: Rests",
        "  Competency: Oven",
        "Competency: Shop",
    ]
    assert not faults(graph)


def test_a_parent_may_stand_below_its_child() -> None:
    graph = the_graph(workbook([("fullStatement", "smartLevel"), ("In", "1.1"), ("Out", "1")]))
    assert lines(graph, ROOT) == ["Competency: Out", "  Competency: In"]


def test_levels_are_counted_as_numbers() -> None:
    rows = [("Ten", "1.10"), ("Nine", "1.9"), ("Top", "1")]
    graph = the_graph(workbook([("fullStatement", "smartLevel"), *rows]))
    assert lines(graph, ROOT) == ["Competency: Top", "  Competency: Nine", "  Competency: Ten"]


def test_a_level_that_stands_twice_keeps_the_order_of_the_rows() -> None:
    rows = [("Top", "1"), ("First", "1.1"), ("Second", "1.1"), ("Below", "1.1.1")]
    imported = taken_in(workbook([("fullStatement", "smartLevel"), *rows]))
    assert lines(imported.graphs[0], ROOT) == [
        "Competency: Top",
        "  Competency: First",
        "  Competency: Second",
        "    Competency: Below",
    ]
    (remark,) = imported.remarks
    assert remark.where == "CF Item!B3" and "1.1 stands more than once" in remark.what


def test_a_level_without_the_one_above_stands_under_the_next() -> None:
    rows = [("Top", "1"), ("Deep", "1.2.1")]
    imported = taken_in(workbook([("fullStatement", "smartLevel"), *rows]))
    assert lines(imported.graphs[0], ROOT) == ["Competency: Top", "  Competency: Deep"]
    assert [remark.where for remark in imported.remarks] == ["CF Item!B3"]


def test_items_without_a_level_stand_where_an_association_puts_them() -> None:
    items = [HEAD[:2], (DOUGH, "Makes dough"), (OVEN, "Heats the oven")]
    links = [LINKS, association(f"id {OVEN}", "Is Child Of", f"id {DOUGH}"),
             association(f"id {DOUGH}", "Is Child Of", f"id {BAKING}")]  # fmt: skip
    graph = the_graph(workbook(items, links))
    assert lines(graph, ROOT) == ["Competency: Makes dough", "  Competency: Heats the oven"]


def test_where_an_item_stands_in_the_file_is_said() -> None:
    graph = the_graph(workbook(TWO))
    assert said(graph, f"{ROOT}/{OVEN}")["comp:section"] == ["CF Item!A3"]


def test_an_identifier_is_kept_and_one_that_is_missing_is_made_of_the_code() -> None:
    rows = [HEAD, (DOUGH, "Makes dough", "B.1", "1", ""), ("", "Heats", "B.2", "2", ""),
            ("", "Sells", "B.2", "3", ""), ("", "Cleans", "", "4", "")]  # fmt: skip
    file = workbook(rows)
    graph = the_graph(file)
    steps = [DOUGH, "B.2", "B.2-2", "item-4"]
    assert all(graph.about(f"{ROOT}/{step}") for step in steps)
    assert said(graph, f"{ROOT}/{DOUGH}")["case:identifier"] == [DOUGH]
    assert the_graph(file).triples == graph.triples


# ------------------------------------------------------------------ fields


def test_a_type_of_unhelpful_behaviour_is_a_negative_indicator() -> None:
    rows = [HEAD, (DOUGH, "Lets the dough burn", "", "1", "Negative Indicator")]
    assert lines(the_graph(workbook(rows)), ROOT) == ["NegativeIndicator: Lets the dough burn"]


def test_a_type_that_is_not_known_is_kept_beside_a_competency() -> None:
    graph = the_graph(workbook([HEAD, (DOUGH, "Makes dough", "", "1", "Major Strand")]))
    assert lines(graph, ROOT) == ["Competency: Makes dough"]
    assert said(graph, f"{ROOT}/{DOUGH}")["case:CFItemType"] == ["Major Strand"]


def test_lists_are_taken_apart() -> None:
    head = ("identifier", "fullStatement", "smartLevel", "educationLevel", "conceptKeywords")
    rows = [head, (DOUGH, "Makes dough", "1", "04,05", "salt, sugar|flour")]
    about = said(the_graph(workbook(rows)), f"{ROOT}/{DOUGH}")
    assert about["case:educationLevel"] == ["04", "05"]
    assert {"flour", "salt, sugar"} <= {*about["case:conceptKeywords"]}


def test_a_day_is_read_without_its_time() -> None:
    doc = (("identifier", "title", "statusStartDate", "lastChangeDate"),
           (BAKING, "Baking", "2026-03-01 00:00:00", "2026-03-02 10:20:30"))  # fmt: skip
    about = said(the_graph(workbook(TWO, doc=doc)), ROOT)
    assert about["case:statusStartDate"] == ["2026-03-01"]
    assert about["dcterms:modified"] == ["2026-03-02T10:20:30"]


def test_a_day_that_is_none_is_kept_as_it_stands() -> None:
    doc = (("identifier", "title", "statusStartDate"), (BAKING, "Baking", "in spring"))
    imported = taken_in(workbook(TWO, doc=doc))
    assert said(imported.graphs[0], ROOT)["case:statusStartDate"] == ["in spring"]
    assert [remark.where for remark in imported.remarks] == ["CF Doc!C2"]


def test_a_column_of_its_own_is_kept_under_its_header() -> None:
    rows = [(*HEAD, "Time needed"), (DOUGH, "Makes dough", "", "1", "", "3 h"),
            (OVEN, "Heats the oven", "", "2", "", "1 h")]  # fmt: skip
    imported = taken_in(workbook(rows))
    prop = f"{ROOT}/column/time-needed"
    (graph,) = imported.graphs
    assert said(graph, prop)["rdfs:label"] == ["Time needed"]
    assert said(graph, f"{ROOT}/{OVEN}")[prop] == ["1 h"]
    what = "the column 'Time needed' is no field of CASE; it is kept as its own property"
    assert imported.remarks == (Remark(Kept.aside, "CF Item!F1", what),)


def test_a_licence_is_a_licence_of_the_framework_and_of_items() -> None:
    doc = (("identifier", "title", "licenseTitle", "licenseText"),
           (BAKING, "Baking", "Open", "Do as you like."))  # fmt: skip
    rows = [("identifier", "fullStatement", "smartLevel", "license"),
            (DOUGH, "Makes dough", "1", "Open")]  # fmt: skip
    graph = the_graph(workbook(rows, doc=doc))
    (licence,) = said(graph, ROOT)["dcterms:license"]
    assert said(graph, licence)["rdfs:label"] == ["Open"]
    assert said(graph, licence)["case:licenseText"] == ["Do as you like."]
    assert said(graph, f"{ROOT}/{DOUGH}")["dcterms:license"] == [licence]
    assert not faults(graph)


def test_what_the_export_of_a_spreadsheet_made_harmless_is_put_back() -> None:
    rows = [("fullStatement", "smartLevel"), ("- kneads", "1"), ("=SUM(A1)", "2")]
    assert lines(the_graph(workbook(rows)), ROOT) == [
        "Competency: - kneads",
        "Competency: =SUM(A1)",
    ]


def test_headers_are_read_in_any_spelling() -> None:
    rows = [("Full Statement", "smart_level"), ("Makes dough", "1")]
    assert lines(the_graph(workbook(rows)), ROOT) == ["Competency: Makes dough"]


# ------------------------------------------------------------------ associations


def test_an_end_is_found_by_identifier_by_code_and_by_address() -> None:
    links = [LINKS, association(f"id {DOUGH}", "Precedes", f"id {OVEN}"),
             association("code B.1", "Is Related To", "code B.2"),
             association("code B.2", "Exemplar", "uri https://example.org/film")]  # fmt: skip
    graph = the_graph(workbook(TWO, links))
    ends = {
        (about["case:originNodeURI"][0].rpartition("/")[2], about["case:associationType"][0],
         about["case:destinationNodeURI"][0].rpartition("/")[2])
        for iri in graph.subjects
        if "case:associationType" in (about := said(graph, iri))
    }  # fmt: skip
    assert ends == {
        (DOUGH, "precedes", OVEN),
        (DOUGH, "isRelatedTo", OVEN),
        (OVEN, "exemplar", "film"),
    }
    assert not faults(graph)


def test_something_outside_is_told_by_its_uuid_or_by_its_code() -> None:
    other = "11111111-2222-4333-8444-555555555555"
    links = [LINKS, association(f"id {DOUGH}", "Exact Match Of", f"id {other}"),
             association(f"id {OVEN}", "Is Related To", "code K 7")]  # fmt: skip
    graph = the_graph(workbook(TWO, links))
    assert said(graph, f"{ROOT}/{DOUGH}")["skos:exactMatch"] == [f"urn:uuid:{other}"]
    (end,) = said(graph, f"{ROOT}/{OVEN}")["skos:relatedMatch"]
    assert end == f"{ROOT}/outside/K-7"
    assert said(graph, end) == {"skos:notation": ["K 7"]}


def test_an_association_that_tells_the_tree_again_gives_its_identifier() -> None:
    own = "8f6b1d52-1c1e-4c53-9f0e-2a54c9d3aaaa"
    links = [LINKS, association(f"id {OVEN}", "Is Child Of", f"id {BAKING}", own)]
    imported = taken_in(workbook(TWO, links))
    about = said(imported.graphs[0], f"{ROOT}/{own}")
    assert about["case:originNodeURI"] == [f"{ROOT}/{OVEN}"]
    assert lines(imported.graphs[0], ROOT) == [
        "Competency: Makes dough",
        "Competency: Heats the oven",
    ]
    assert not imported.remarks


def test_the_smart_level_outweighs_another_parent_which_is_kept() -> None:
    links = [LINKS, association(f"id {OVEN}", "Is Child Of", f"id {DOUGH}")]
    imported = taken_in(workbook(TWO, links))
    assert lines(imported.graphs[0], ROOT)[1] == "Competency: Heats the oven"
    assert "several parents" in imported.remarks[0].what
    assert imported.remarks[0].where == "CF Item!A3"


def test_a_group_of_associations_is_kept() -> None:
    head = (*LINKS, "associationGroupIdentifier", "associationGroupName")
    group = ("8f6b1d52-1c1e-4c53-9f0e-2a54c9d3abcd", "By the guild")
    links = [head, (*association("code B.1", "Is Peer Of", "code B.2"), *group)]
    graph = the_graph(workbook(TWO, links))
    assert said(graph, f"{ROOT}/{group[0]}")["rdfs:label"] == ["By the guild"]


# ------------------------------------------------------------------ what is missing


def test_a_workbook_without_a_row_for_the_document_is_named_after_the_file() -> None:
    imported = taken_in(workbook(TWO, doc=[("identifier", "title")]))
    (graph,) = imported.graphs
    assert graph.name == "https://w3id.org/competency/id/baking"
    assert said(graph, graph.name)["rdfs:label"] == ["baking.xlsx"]
    assert str(term("rdfs:label")) in said(graph, graph.name)["comp:inferred"]
    assert len(lines(graph, graph.name)) == 2


def test_a_sheet_that_opensalt_does_not_have_is_told_as_not_read() -> None:
    imported = taken_in(workbook(TWO, **{"Recipes": [("Bread",), ("Rye",)]}))
    assert [(str(one.kept), one.where) for one in imported.remarks] == [("dropped", "Recipes")]
