"""The two tables that people keep of competencies come in as what they mean."""

from __future__ import annotations

from competency.exchange.exchange import Reading
from competency.exchange.imported import Kept
from competency.exchange.spreadsheet import read
from competency.exchange.terms import term
from competency.graph import NamedGraph
from competency.shapes import Severity, validate
from tests.exchange.spreadsheet.test_reading import book, csv, graph, said, told

BESIDE = "Competency,Indicator,Level\nTeamwork,Shares information,1\nTeamwork,Helps others,2\n"
ACROSS = "Competency,Level 1,Level 2\nTeamwork,Shares,Leads sharing\nListening,Hears,\n"


def kinds(found: NamedGraph) -> list[str]:
    return [
        kind
        for thing in found.subjects
        if thing.startswith("https://example.org/bread/")
        for kind in said(found, thing.removeprefix("https://example.org/"), "rdf:type")
    ]


def test_rows_of_one_title_are_one_competency_with_its_behaviours_by_level() -> None:
    found = graph(BESIDE)
    assert kinds(found).count("Competency") == 1
    assert said(found, "bread/1", "rdfs:label") == ["Teamwork"]
    assert said(found, "bread/1", "comp:text") == []
    assert said(found, "bread/1", "comp:qualificationLevel") == []
    assert said(found, "bread/1/2", "rdf:type") == ["CompetencyLevel"]
    assert said(found, "bread/1/2", "rdfs:label") == ["Level 2"]
    assert said(found, "bread/1/2", "comp:atLevel") == ["https://example.org/bread/scale/2"]
    assert said(found, "bread/1/2/1", "rdf:type") == ["PositiveIndicator"]
    assert said(found, "bread/1/2/1", "comp:text") == ["Helps others"]
    assert said(found, "bread/1/2/1", "comp:section") == ["line 3, column B"]


def test_the_columns_of_a_matrix_are_levels_of_one_scale() -> None:
    found = graph(ACROSS)
    assert kinds(found).count("Competency") == 2
    assert kinds(found).count("Level") == 2 and kinds(found).count("Property") == 0
    assert said(found, "bread/1/2", "rdf:type") == ["CompetencyLevel"]
    assert said(found, "bread/1/2", "comp:text") == ["Leads sharing"]
    assert said(found, "bread/2/1", "comp:atLevel") == said(found, "bread/1/1", "comp:atLevel")
    assert said(found, "bread/2/2", "rdf:type") == []  # an empty cell says nothing


def test_levels_may_have_names() -> None:
    found = graph("Skill,Foundation,Expert\nWelding,Tacks,Welds overhead\n")
    assert said(found, "bread/1/2", "rdfs:label") == ["Expert"]
    assert said(found, "bread/1/2", "comp:text") == ["Welds overhead"]


def test_several_rows_of_a_matrix_with_one_title_are_descriptors_at_its_levels() -> None:
    found = graph("Competency,Level 1,Level 2\nTeamwork,Shares,Leads\n,Hears,\n")
    assert kinds(found).count("Competency") == 1
    assert said(found, "bread/1/1", "comp:text") == []
    assert [said(found, f"bread/1/1/{n}", "comp:text") for n in (1, 2)] == [["Shares"], ["Hears"]]


def test_the_header_says_which_behaviours_are_unhelpful() -> None:
    found = graph(
        "Competency,Effective behaviours,Ineffective behaviours\nTeamwork,Shares,Hoards\n"
    )
    assert said(found, "bread/1/1", "rdf:type") == ["PositiveIndicator"]
    assert said(found, "bread/1/2", "rdf:type") == ["NegativeIndicator"]
    assert said(found, "bread/1/1", "comp:inferred") == said(found, "bread/1/2", "comp:inferred")


def test_where_no_sign_is_printed_the_kind_is_said_to_be_inferred() -> None:
    found = graph("Competency,Behaviour\nTeamwork,Shares\n")
    assert said(found, "bread/1/1", "comp:inferred") == [str(term("rdf:type")).rpartition("#")[2]]
    assert said(found, "bread/1", "comp:inferred") == []


def test_what_is_said_once_of_a_competency_is_said_of_it_and_the_rest_of_the_behaviour() -> None:
    text = (
        "Competency,Definition,Code,Behaviour,Note\n"
        "Teamwork,Working with others.,T,Shares,a\nTeamwork,Working with others.,T,Helps,b\n"
    )
    found = graph(text)
    assert said(found, "bread/t", "comp:text") == ["Working with others."]
    assert said(found, "bread/t/1", "skos:note") == ["a"]
    assert said(found, "bread/t/2", "skos:note") == ["b"]


def test_what_a_row_without_behaviours_says_is_not_lost() -> None:
    found = graph("Competency,Behaviour,Note\nTeamwork,Shares,a\nTeamwork,,b\nTeamwork,Helps,c\n")
    assert said(found, "bread/1", "skos:note") == ["b"]


def test_a_blank_title_goes_on_with_the_one_above_and_sorting_by_level_changes_no_competency() -> (
    None
):
    text = "Level,Competency,Indicator\n1,Teamwork,Shares\n,,Greets\n1,Baking,Kneads\n2,Teamwork,Helps\n"
    found = graph(text)
    assert kinds(found).count("Competency") == 2
    assert said(found, "bread/1/2", "comp:text") == ["Greets"]  # at no level
    assert said(found, "bread/1/3/1", "comp:text") == ["Helps"]


def test_a_behaviour_in_two_languages_is_one() -> None:
    found = graph("Competency,Competency (fr),Indicator,Indicator (fr)\nWork,Travail,Does,Fait\n")
    assert sorted(said(found, "bread/1", "rdfs:label")) == ["Travail", "Work"]
    assert sorted(said(found, "bread/1/1", "comp:text")) == ["Does", "Fait"]
    assert said(found, "bread/1/2", "rdf:type") == []


def test_a_row_in_another_language_is_in_it_all_through() -> None:
    found = graph("Competency,Indicator,Level,Language\nTravail,Fait,1,fr\n")
    for thing, prop in (("1", "rdfs:label"), ("1/1", "rdfs:label"), ("1/1/1", "comp:text")):
        values = found.about(f"https://example.org/bread/{thing}")[str(term(prop))]
        assert [getattr(value, "language", None) for value in values] == ["fr"]


def test_the_reading_is_told_with_what_else_could_be_done() -> None:
    for text in (BESIDE, ACROSS):
        (remark,) = csv(text).remarks
        assert remark.kept is Kept.odd and remark.where == "line 2, column A"
        assert "competency export --template" in remark.what


def test_columns_without_a_header_and_instructions_are_still_told() -> None:
    text = "Competency,Indicator,\n# like this,,\nTeamwork,Shares,lost\n"
    what = " ".join(remark.what for remark in csv(text).remarks)
    assert "column C has no header" in what and "begins with # and is not read" in what


def test_what_comes_in_is_valid_and_the_same_each_time() -> None:
    for text in (BESIDE, ACROSS):
        report = validate(graph(text).graph)
        assert [r.message for r in report if r.severity is not Severity.info] == []
        assert set(graph(text).graph) == set(graph(text).graph)


def test_faults_are_told_by_their_own_cells() -> None:
    (line,) = told("Competency,Page,Indicator,Credit\nTeamwork,2,Shares,many\n")
    assert line.startswith("bread.csv:2:4: column D: 'many' is no number of credits")


def test_a_behaviour_before_any_title_is_a_fault_not_a_loss() -> None:
    (line,) = told("Competency,Indicator\n,Shares\nTeamwork,Helps\n")
    assert "neither a title nor a statement" in line


def test_a_workbook_says_cells_by_its_own_letters_and_keeps_its_levels() -> None:
    file = book(
        Skills=[["Level", "Competency", "Indicator"], ["2", "Teamwork", "Shares"]],
        Levels=[["title", "rank"], ["Working", "1"], ["Expert", "2"]],
    )
    found = read(file, Reading("https://example.org/")).graphs[0]
    assert said(found, "bread/1/1", "comp:atLevel") == ["https://example.org/bread/scale/2"]
    assert said(found, "bread/1/1/1", "comp:section") == ["Skills!C2"]


def test_a_table_that_says_kinds_or_places_is_read_as_it_says() -> None:
    for text in (
        "id,Competency,Indicator\nt,Teamwork,Shares\nu,Teamwork,Helps\n",
        "kind,Competency,Indicator\ncompetency,Teamwork,Shares\ncompetency,Teamwork,Helps\n",
        "title,statement\nTeamwork,Shares\nTeamwork,Helps\n",
    ):
        assert kinds(graph(text)).count("Competency") == 2
