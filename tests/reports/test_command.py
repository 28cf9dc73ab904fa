"""The command: formats, files, exit codes, what is new, and what a terminal shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from competency.cli import main
from competency.shapes.reports import report_formats
from tests.reports.common import FAULTY, OUR_SHAPES

Run = Callable[..., Result]
WARNED = FAULTY.replace(
    "ex:welding a comp:Framework ;", 'ex:welding a comp:Framework ; rdfs:label "W"@en ;'
)
WARNED = WARNED.replace("comp:inScale ex:scale .", "comp:inScale ex:scale ; comp:rank 1 .")


@pytest.fixture
def run() -> Run:
    """Return what runs a command; validate takes those shapes that find the faults of the test."""

    def invoke(*words: object, input: str | None = None) -> Result:
        told = [str(word) for word in words]
        if told[0] == "validate" and not {"--shapes", "--help"} & set(told):
            told += [word for file in OUR_SHAPES for word in ("--shapes", str(file))]
        return CliRunner().invoke(main, told, input=input)

    return invoke


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a framework with two violations and two warnings, in the folder where one works."""
    monkeypatch.chdir(tmp_path)
    Path("faulty.ttl").write_text(FAULTY, encoding="utf-8")
    Path("warned.ttl").write_text(WARNED, encoding="utf-8")
    return Path("faulty.ttl")


@pytest.mark.parametrize("name", [row.name for row in report_formats()])
def test_every_format_is_printed_and_the_exit_code_is_the_answer(
    run: Run, file: Path, name: str
) -> None:
    found = run("validate", file, "--format", name)
    assert found.exit_code == 1 and "FrameworkTitle" in found.stdout, found.output
    assert found.stderr == ""


def test_the_first_line_names_the_first_thing_to_mend(run: Run, file: Path) -> None:
    first = run("validate", file).stdout.splitlines()[0]
    assert first.startswith("Does not conform: 2 violations, 2 warnings. First to mend: violation")
    assert "Fix: " in first


@pytest.mark.parametrize(
    ("name", "fail_on", "code"),
    [
        ("faulty.ttl", "violation", 1),
        ("faulty.ttl", "never", 0),
        ("warned.ttl", "violation", 0),
        ("warned.ttl", "warning", 1),
        ("warned.ttl", "info", 1),
    ],
)
def test_the_severity_that_fails_can_be_chosen(
    run: Run, file: Path, name: str, fail_on: str, code: int
) -> None:
    assert run("validate", name, "--fail-on", fail_on).exit_code == code


@pytest.mark.parametrize(
    ("output", "begins"),
    [
        ("report.sarif", "{"),
        ("report.xml", "<?xml"),
        ("report.html", "<!doctype html>"),
        ("report.ttl", "@prefix"),
        ("report.csv", "severity,"),
        ("report", "Does not conform"),
    ],
)
def test_the_suffix_of_the_output_names_the_format(
    run: Run, file: Path, output: str, begins: str
) -> None:
    found = run("validate", file, "--output", output)
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("Does not conform: 2 violations") and "Fix: " in found.stderr
    assert Path(output).read_text(encoding="utf-8").startswith(begins)


def test_a_format_that_is_named_wins_over_the_suffix(run: Run, file: Path) -> None:
    run("validate", file, "--output", "report.txt", "--format", "json")
    assert json.loads(Path("report.txt").read_text(encoding="utf-8"))["conforms"] is False


def test_an_output_that_cannot_be_written_is_one_line_and_exit_2(run: Run, file: Path) -> None:
    found = run("validate", file, "-o", "no/such/folder/report.json")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("competency: error: no/such/folder/report.json: ")
    assert found.stderr.count("\n") == 1


def test_standard_input_is_read_as_a_file(run: Run, file: Path) -> None:
    found = run("validate", "-", "--format", "json", input=FAULTY)
    assert json.loads(found.stdout)["counts"] == {"violation": 2, "warning": 2, "info": 0}


def test_a_rule_is_left_out_by_its_name(run: Run, file: Path) -> None:
    found = run("validate", file, "--without", "FrameworkTitle", "--without", "LevelOrder")
    assert found.exit_code == 0 and "FrameworkTitle" not in found.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--profile", "none"), "'none' is not one of 'comp', 'skos', 'ctdl-asn', 'case'"),
        (("--format", "docx"), "'docx' is not one of 'text', 'json'"),
        (("--fail-on", "sometimes"), "'sometimes' is not one of"),
        (("--without", "LevelOder"), "did you mean LevelOrder"),
        (("--shapes", "none.ttl"), "none.ttl: No such file"),
    ],
)
def test_what_cannot_be_asked_for_is_said_with_exit_2(
    run: Run, file: Path, words: tuple[str, str], says: str
) -> None:
    found = run("validate", file, *words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert says in " ".join(found.stderr.split())


def test_shapes_of_ones_own_take_the_place_of_ours(run: Run, file: Path) -> None:
    Path("mine.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<https://example.org/Mine> a sh:NodeShape ; sh:closed true ;\n"
        "  sh:targetClass <https://w3id.org/competency/ns#Level> ; sh:message 'No.' .",
        encoding="utf-8",
    )
    found = json.loads(run("validate", file, "--shapes", "mine.ttl", "--format", "json").stdout)
    assert {item["shape"] for item in found["results"]} == {"https://example.org/Mine"}


@pytest.mark.parametrize("name", ["json", "turtle", "sarif"])
def test_only_what_is_new_since_a_baseline_is_told_and_counts(
    run: Run, file: Path, name: str
) -> None:
    run("validate", "warned.ttl", "--format", name, "-o", "old")
    found = run("validate", "warned.ttl", "--baseline", "old", "--fail-on", "warning")
    assert (found.exit_code, found.stdout) == (
        0,
        "Nothing new to mend.\n2 known results left out; 0 of the baseline mended since.\n",
    )
    found = run("validate", file, "--baseline", "old")
    assert found.exit_code == 1
    assert found.stdout.startswith("Does not conform: 2 new violations. First to mend: violation")
    assert found.stdout.endswith("2 known results left out; 0 of the baseline mended since.\n")


def test_what_a_baseline_left_out_is_said_beside_formats_for_programs(run: Run, file: Path) -> None:
    run("validate", file, "-o", "old.json")
    found = run("validate", "warned.ttl", "--baseline", "old.json", "--format", "turtle")
    assert found.exit_code == 0 and len(Graph().parse(data=found.stdout)) == 2
    assert found.stderr == "2 known results left out; 2 of the baseline mended since.\n"


def test_a_baseline_that_is_no_report_is_one_line_and_exit_2(run: Run, file: Path) -> None:
    found = run("validate", file, "--baseline", file)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == (
        "competency: error: faulty.ttl: is no report of validation; write one with --format json\n"
    )


def test_a_date_that_is_none_is_a_result_and_no_traceback(
    run: Run, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    dated = FAULTY.replace("dcterms:issued ,", "") + 'ex:welding dcterms:issued "soon"^^xsd:date .'
    Path("dated.ttl").write_text(dated, encoding="utf-8")
    found = run("validate", "dated.ttl", "--output", "old.ttl", "--fail-on", "never")
    assert (found.exit_code, caplog.records) == (0, [])
    assert "FrameworkIssued" in Path("old.ttl").read_text(encoding="utf-8")
    found = run("validate", "dated.ttl", "--baseline", "old.ttl")
    assert (found.exit_code, caplog.records) == (0, [])


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command believe that it writes to a terminal of 80 columns."""
    for name in ("NO_COLOR", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "80", "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)


CODES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m")
COLOURS = re.compile(r"\x1b\[[0-9;]*3[0-7][0-9;]*m")


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_the_text_is_coloured_linked_and_wrapped(run: Run, file: Path) -> None:
    shown = run("validate", file).stdout
    assert COLOURS.search(shown) and "\x1b]8;id=" in shown
    rows = CODES.sub("", shown).splitlines()
    long = [row for row in rows if len(row) > 80]
    assert all(row.lstrip().startswith("https://") for row in long)
    assert len(rows) > len(run("validate", file).stdout.splitlines()) / 2


@pytest.mark.usefixtures("terminal")
def test_the_words_on_a_terminal_are_those_of_the_plain_text(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = CODES.sub("", run("validate", file).stdout)
    for name in ("FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name)
    assert shown.split() == run("validate", file).stdout.split()


@pytest.mark.usefixtures("terminal")
def test_no_color_takes_the_colours_away(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOURS.search(run("validate", file).stdout)


@pytest.mark.usefixtures("terminal")
def test_a_terminal_shows_fifty_parts_and_says_how_to_see_all(run: Run, file: Path) -> None:
    parts = "".join(
        f"<https://example.org/p{n}> a comp:Level ; comp:rank {n} .\n" for n in range(1, 60)
    )
    prefix = "@prefix comp: <https://w3id.org/competency/ns#> .\n"
    Path("many.ttl").write_text(prefix + parts, encoding="utf-8")
    shown = CODES.sub("", run("validate", "many.ttl").stdout)
    assert "\nand 9 more parts; --all shows them\n" in shown
    assert "--all" not in run("validate", "many.ttl", "--all").stdout


def test_the_help_shows_examples_and_every_option(run: Run) -> None:
    shown = run("validate", "--help").stdout
    for option in ("profile", "shapes", "without", "format", "output", "fail-on", "baseline"):
        assert f"--{option}" in shown
    assert "competency validate my-framework.ttl --output report.sarif" in shown
