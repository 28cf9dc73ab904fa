"""The command line: results to standard output, the rest to standard error, three exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from competency.cli import main
from tests.conftest import PREFIXES

Run = Callable[..., Result]
GOOD = (
    PREFIXES
    + """
ex:f a comp:Framework ; rdfs:label "Welding"@en ; dcterms:description "How to weld."@en ;
    dcterms:language "en" ; comp:extent comp:Whole ; comp:source ex:s ; comp:notStated dcterms:publisher ;
    dcterms:rights "Ours."@en .
ex:s a comp:Source ; rdfs:label "Book"@en ; comp:lineCount 10 .
ex:g a comp:Group ; rdfs:label "Safety"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
    comp:position 1 ; comp:lines "1" .
"""
)
BAD = (
    PREFIXES
    + """
ex:f a comp:Framework ; comp:extent comp:Whole ; comp:source ex:s .
ex:s a comp:Source ; rdfs:label "Book"@en ; comp:lineCount 10 .
ex:a a comp:Group ; rdfs:label "Safety"@en ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 1 ; comp:lines "1" .
ex:b a comp:UnitOfCompetency ; rdfs:label "Gas welding"@en ; comp:inFramework ex:f ; comp:partOf ex:f ;
    comp:position 1 ; comp:lines "2" ; comp:code ex:k .
ex:k a comp:Code ; skos:notation "W-17" ; comp:notStated comp:issuedBy .
ex:c a comp:Group ; rdfs:label "Round"@en ; comp:inFramework ex:f ; comp:partOf ex:d ; comp:position 1 ; comp:lines "3" .
ex:d a comp:Group ; rdfs:label "About"@en ; comp:inFramework ex:f ; comp:partOf ex:c ; comp:position 1 ; comp:lines "4" .
ex:scale a comp:LevelScale ; rdfs:label "Steps"@en .
ex:l a comp:Level ; rdfs:label "Expert"@en ; comp:inScale ex:scale .
"""
)


def test_the_shipped_frameworks_validate_with_exit_0(run: Run) -> None:
    result = run("validate")
    assert result.exit_code == 0, result.output
    assert "warning:" not in result.output


def test_a_sound_file_validates_with_exit_0(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(GOOD)
    result = run("validate", tmp_path / "good.ttl")
    assert result.exit_code == 0, result.output


def test_a_faulty_file_is_refused_with_part_rule_and_fix(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(BAD)
    result = run("validate", tmp_path / "bad.ttl")
    assert result.exit_code == 1
    for said in ("W-17", "Gas welding", "Expert", "Round", "position", "rank", "title", "fix:"):
        assert said in result.stdout, said


def test_the_report_comes_as_json_and_as_turtle(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(BAD)
    report = json.loads(run("validate", tmp_path / "bad.ttl", "--format", "json").stdout)
    assert report["conforms"] is False and report["results"]
    assert (
        "sh:ValidationReport" in run("validate", tmp_path / "bad.ttl", "--format", "turtle").stdout
    )


@pytest.mark.parametrize("command", ["validate", "query", "serve"])
def test_a_file_that_is_not_rdf_is_one_line_and_exit_2(
    run: Run, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "letter.ttl"
    file.write_text("@prefix a: <http://a/> .\na:b a:c .\n")
    words = {"query": ["query", "ASK {}", file], "serve": ["serve", file, "--get", "/"]}
    result = run(*words.get(command, [command, file]))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"competency: error: {file}:2:9: not Turtle: . is not a valid RDF object;"
        " a value is missing before the .\n"
    )


def test_a_missing_file_is_one_line_and_exit_2(run: Run, tmp_path: Path) -> None:
    result = run("validate", tmp_path / "none.ttl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_a_query_needs_no_prefixes_and_prints_37(run: Run) -> None:
    result = run("query", "SELECT (COUNT(*) AS ?n) WHERE { ?s a comp:NegativeIndicator }")
    assert result.exit_code == 0
    assert result.stdout.split()[-1] == "37"


def test_answers_come_in_every_format(run: Run) -> None:
    ask = "SELECT ?f { ?f a comp:Framework } ORDER BY ?f"
    assert run("query", ask, "--format", "csv").stdout.splitlines()[0] == "f"
    assert len(json.loads(run("query", ask, "--format", "json").stdout)["results"]["bindings"]) == 5
    construct = "CONSTRUCT WHERE { ?f a comp:Framework }"
    assert "a comp:Framework" in run("query", construct).stdout
    assert "{" not in run("query", construct, "--format", "trig").stdout  # in no graph of a name
    assert run("query", construct, "--format", "csv").exit_code == 2


def test_an_ask_answered_no_is_exit_1(run: Run) -> None:
    yes, no = run("query", "ASK { ?f a comp:Framework }"), run("query", "ASK { ?f a comp:Nothing }")
    assert (yes.stdout.strip(), yes.exit_code) == ("yes", 0)
    assert (no.stdout.strip(), no.exit_code) == ("no", 1)


def test_a_question_file_is_run_over_a_users_own_framework(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(GOOD)
    (tmp_path / "mine.rq").write_text(
        "# title: Titles\n# parameter: word (text): what to look for\n"
        'SELECT ?label { VALUES ?word { "safety" } ?s rdfs:label ?label'
        " FILTER(CONTAINS(LCASE(?label), ?word)) ?s a comp:Group }"
    )
    result = run("query", tmp_path / "mine.rq", tmp_path / "good.ttl", "--format", "csv")
    assert result.stdout.splitlines() == ["label", "Safety"]
    result = run(
        "query", tmp_path / "mine.rq", tmp_path / "good.ttl", "-p", "word=zzz", "--format", "csv"
    )
    assert result.stdout.splitlines() == ["label"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["query"], "name a question"),
        (["query", "no-such-question"], "no question no-such-question"),
        (["query", "SELECT * { ?s ex:p ?o }"], "prefix ex: is not declared"),
        (["query", "ASK {}", "-p", "x"], "write it as name=value"),
        (["query", "search", "-p", "wrod=x"], "no such parameter; it has: word"),
        (["query", "ASK {}", "--format", "docx"], "docx"),
        (["serve", "--port", "99999999"], "port"),
        (["fly"], "No such command"),
    ],
)
def test_what_cannot_be_done_is_said_on_standard_error_with_exit_2(
    run: Run, words: list[str], says: str
) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_every_command_has_help_with_an_example(run: Run) -> None:
    for name in main.commands:
        shown = run(name, "--help").stdout
        assert f"competency {name}" in shown.replace("Usage:", "")
    assert "competency serve" in run("--help").stdout


def test_the_questions_are_listed_with_their_parameters(run: Run) -> None:
    shown = run("query", "--list").stdout
    assert "negative-indicators" in shown and "search" in shown


def test_a_users_own_frameworks_are_described_for_catalogues(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(GOOD)
    shown = run("serve", tmp_path / "good.ttl", "--get", "/data/dataset.ttl").stdout
    assert "dcat:Catalog" in shown and "Welding" in shown
    assert "license" not in shown


def test_before_the_first_edition_there_is_none_to_compare_with(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(GOOD)
    assert run("publish", tmp_path / "good.ttl", "--data", tmp_path / "data").exit_code == 0
    told = run("diff", "--data", tmp_path / "data")
    assert (
        told.exit_code == 2 and "edition 000001 is the first: there is none before" in told.stderr
    )


def test_one_request_is_answered_without_a_server(run: Run) -> None:
    assert "<h1" in run("serve", "--get", "/").stdout
    assert "comp:Framework" in run("serve", "--get", "/data/pub-cscf.ttl").stdout
    assert run("serve", "--get", "/no/such/page").exit_code == 1


@pytest.mark.parametrize(
    "words", [["export", "pub-cscf", "--to", "csv"], ["validate", "--format", "json"]]
)
def test_a_dash_for_the_output_is_standard_output(
    run: Run, tmp_path: Path, words: list[str]
) -> None:
    said = run(*words, "-o", "-")
    assert said.stdout == run(*words).stdout != ""
    assert not list(tmp_path.glob("-"))
    assert not Path("-").exists()
