"""OpenSALT's CSV in: parents by code or identifier, relations in columns, numbers of siblings."""

from __future__ import annotations

from competency.exchange.exchanges import recognised
from tests.exchange.opensalt.common import faults, lines, said, table, taken_in, the_graph

ROOT = "https://w3id.org/competency/id/baking"
HEAD = ("Full Statement", "Human Coding Scheme", "Is Child Of")


def test_a_parent_is_named_by_its_code_and_may_stand_below_its_child() -> None:
    graph = the_graph(
        table(HEAD, ("Kneads", "B.1", "B"), ("Bakes", "B", ""), ("Rests", "B.2", "B")),
        "opensalt-csv",
    )
    assert lines(graph, ROOT) == [
        "Competency: Bakes",
        "  Competency: Kneads",
        "  Competency: Rests",
    ]
    assert not faults(graph)


def test_a_parent_is_named_by_its_identifier_too() -> None:
    head = ("Identifier", "fullStatement", "parent")
    graph = the_graph(table(head, ("b", "Bakes", ""), ("k", "Kneads", "b")), "opensalt-csv")
    assert lines(graph, ROOT) == ["Competency: Bakes", "  Competency: Kneads"]


def test_of_two_rows_with_a_code_the_nearest_above_is_the_parent() -> None:
    rows = [("Bread", "1", ""), ("Kneads", "", "1"), ("Cake", "1", ""), ("Stirs", "", "1")]
    imported = taken_in(table(HEAD, *rows), "opensalt-csv")
    assert lines(imported.graphs[0], ROOT) == [
        "Competency: Bread",
        "  Competency: Kneads",
        "Competency: Cake",
        "  Competency: Stirs",
    ]
    (remark,) = imported.remarks
    assert remark.where == "line 3, column C" and "stands more than once" in remark.what


def test_equal_texts_and_codes_are_parts_of_their_own() -> None:
    rows = [("Bread", "1", ""), ("Bread", "1", "")]
    graph = the_graph(table(HEAD, *rows), "opensalt-csv")
    assert {f"{ROOT}/1", f"{ROOT}/1-2"} <= {str(iri) for iri in graph.subjects}
    assert len(lines(graph, ROOT)) == 2


def test_a_parent_that_is_not_in_the_file_is_kept_as_one_outside() -> None:
    imported = taken_in(table(HEAD, ("Kneads", "B.1", "K")), "opensalt-csv")
    (graph,) = imported.graphs
    assert lines(graph, ROOT) == ["Competency: Kneads"]
    assert said(graph, f"{ROOT}/outside/K")["skos:notation"] == ["K"]
    assert imported.remarks[0].where == "line 2, column C"


def test_rows_that_stand_under_each_other_are_put_under_the_framework() -> None:
    imported = taken_in(table(HEAD, ("A", "1", "2"), ("B", "2", "1")), "opensalt-csv")
    assert lines(imported.graphs[0], ROOT) == ["Competency: A", "  Competency: B"]
    assert "in a circle" in imported.remarks[0].what


def test_numbers_give_the_order_where_each_sibling_has_another() -> None:
    head = (*HEAD, "sequenceNumber")
    rows = [("Second", "b", "", "20"), ("First", "a", "", "10")]
    graph = the_graph(table(head, *rows), "opensalt-csv")
    assert lines(graph, ROOT) == ["Competency: First", "Competency: Second"]
    numbers = [said(graph, iri).get("case:sequenceNumber") for iri in graph.subjects]
    assert sorted(number for number in numbers if number) == [["10"], ["20"]]


def test_numbers_that_stand_twice_leave_the_order_of_the_rows() -> None:
    head = (*HEAD, "sequenceNumber")
    rows = [("A", "", "", "1"), ("B", "", "", "2"), ("C", "", "", "1")]
    imported = taken_in(table(head, *rows), "opensalt-csv")
    assert lines(imported.graphs[0], ROOT) == ["Competency: A", "Competency: B", "Competency: C"]
    assert imported.remarks[0].where == "line 2, column D"


def test_columns_of_relations_lead_to_rows_or_out_of_the_file() -> None:
    head = (*HEAD, "IsRelatedTo", "Exemplar", "ext:needs")
    rows = [("A", "1", "", "2,3", "https://example.org/a", "K 9"), ("B", "2", ""), ("C", "3", "")]
    graph = the_graph(table(head, *rows), "opensalt-csv")
    about = said(graph, f"{ROOT}/1")
    assert sorted(about.get("skos:relatedMatch", [])) == []  # these are for other frameworks
    found = {
        (one["case:associationType"][0], one["case:destinationNodeURI"][0])
        for iri in graph.subjects
        if "case:associationType" in (one := said(graph, iri))
    }
    assert found == {
        ("isRelatedTo", f"{ROOT}/2"),
        ("isRelatedTo", f"{ROOT}/3"),
        ("exemplar", "https://example.org/a"),
        ("ext:needs", f"{ROOT}/outside/K-9"),
    }


def test_a_code_with_a_comma_is_one_thing() -> None:
    head = (*HEAD, "IsRelatedTo")
    graph = the_graph(table(head, ("A", "1", "", "K, 9"), ("B", "2,3", "")), "opensalt-csv")
    assert said(graph, f"{ROOT}/1")["skos:relatedMatch"] == [f"{ROOT}/outside/K-9"]


def test_a_file_with_semicolons_and_a_mark_of_the_bytes_is_read() -> None:
    file = table(HEAD, ("Kneads; rests", "B.1", ""))
    data = b'\xef\xbb\xbfFull Statement;Human Coding Scheme\r\n"Kneads; rests";B.1\r\n'
    graph = the_graph(type(file)(file.name, data, file.media_type), "opensalt-csv")
    assert lines(graph, ROOT) == ["Competency: Kneads; rests"]


def test_only_its_own_tables_are_recognised() -> None:
    names = {
        ("Full Statement", "Human Coding Scheme", "parent"): "opensalt-csv",
        ("Level", "Full Statement", "Human Coding Scheme"): "opencase",
    }
    for head, name in names.items():
        found = recognised(table(head, ("1", "2", "3")))
        assert found is not None and found.format.name == name
    foreign = recognised(table(("Name", "Price"), ("Rye", "3")))
    assert foreign is None or not foreign.format.name.startswith("open")
