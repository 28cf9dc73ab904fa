"""competency export: a file or a framework, in another format, with what that cannot carry."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from competency import DataDirectory, KnowledgeGraph
from competency.cli import main
from competency.exchange.exchanges import written_formats
from competency.exchange.imported import File
from competency.formats import Format
from competency.importing.recognising import exchange_of
from competency.ontology import DEFAULT_BASE
from tests.importing.files import SKOS, TURTLE, case_bytes, package
from tests.other_engine import OtherEngine, running

Run = Callable[..., Result]
WHOLE = "wcc-behaviours"


@pytest.fixture
def welding(tmp_path: Path) -> Path:
    file = tmp_path / "welding.ttl"
    file.write_bytes(TURTLE)
    return file


@pytest.fixture
def two(tmp_path: Path) -> Path:
    file = tmp_path / "two.json"
    file.write_text(json.dumps([package(1), package(2)]))
    return file


def test_a_framework_that_comes_along_is_exported_by_its_short_name(run: Run) -> None:
    result = run("export", WHOLE, "--to", "case")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["CFDocument"]["uri"] == DEFAULT_BASE + WHOLE


def test_and_by_its_iri(run: Run) -> None:
    assert run("export", DEFAULT_BASE + WHOLE, "--to", "turtle").stdout.startswith("@prefix")


def test_a_file_of_another_format_is_imported_first(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "baking.ttl"
    file.write_bytes(SKOS)
    result = run("export", file, "--to", "case")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["CFItems"][0]["fullStatement"] == "Makes dough"


def test_standard_input_goes_through_as_well() -> None:
    result = CliRunner().invoke(main, ["export", "-", "--to", "turtle"], input=case_bytes())
    assert result.exit_code == 0 and "comp:Framework" in result.stdout


@pytest.mark.parametrize("row", written_formats(), ids=lambda row: row.name)
def test_every_format_of_the_table_is_written(
    run: Run, welding: Path, tmp_path: Path, row: Format
) -> None:
    out = tmp_path / f"out{row.suffixes[0]}"
    result = run("export", welding, "--to", row.name, "-o", out)
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 100
    assert "wrote" in result.stderr and result.stdout == ""


def test_the_suffix_says_the_format_where_only_one_has_it(run: Run, tmp_path: Path) -> None:
    assert run("export", WHOLE, "-o", tmp_path / "a.nt").exit_code == 0
    skos = run("export", WHOLE, "-o", tmp_path / "a.skos.ttl")
    assert skos.exit_code == 0 and "ConceptScheme" in (tmp_path / "a.skos.ttl").read_text()
    unclear = run("export", WHOLE, "-o", tmp_path / "a.json")
    assert unclear.exit_code == 2 and "case, case-1.0" in unclear.stderr
    assert run("export", WHOLE).exit_code == 2


# ------------------------------------------------------------------ what is lost


def test_losses_are_told_in_short_by_their_reasons(run: Run) -> None:
    result = run("export", WHOLE, "--to", "case-1.0")
    assert " losses in CASE 1.0 package" in result.stderr
    assert "more" in result.stderr and len(result.stderr.splitlines()) < 40
    assert json.loads(result.stdout)


def test_a_lossy_export_is_refused_where_that_is_asked(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run("export", WHOLE, "--to", "case-1.0", "--strict", "-o", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "refused" in result.stderr and not out.exists()
    assert run("export", WHOLE, "--to", "case", "--strict", "-o", out).exit_code == 0


def test_all_losses_are_printed_as_text_json_and_csv(run: Run) -> None:
    words = ("export", WHOLE, "--to", "case-1.0", "--losses")
    text = run(*words).stdout
    (record,) = json.loads(run(*words, "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(*words, "csv").stdout)))
    assert len(record["losses"]) == len(rows) == text.count("\n  lost: ") > 5
    assert record["format"] == "case-1.0" and record["losses"][0].keys() == {
        "part",
        "property",
        "why",
    }
    assert {row["kept"] for row in rows} == {"lost"}


def test_what_only_this_program_reads_back_is_aside(run: Run) -> None:
    words = ("export", WHOLE, "--to", "case", "--losses", "json")
    (record,) = json.loads(run(*words).stdout)
    assert record["aside"] and not record["losses"]


def test_losses_are_printed_beside_a_file_that_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    result = run("export", WHOLE, "--to", "case-1.0", "--losses", "json", "-o", out)
    assert json.loads(result.stdout)[0]["losses"] and out.exists()


# ------------------------------------------------------------------ several, and where they go


def test_several_frameworks_go_into_a_folder(run: Run, two: Path, tmp_path: Path) -> None:
    refused = run("export", two, "--to", "turtle")
    assert refused.exit_code == 2 and "2 frameworks" in refused.stderr
    assert "CFDocuments/00000064" in refused.stderr
    out = tmp_path / "new" / "folder"
    assert run("export", two, "--to", "turtle", "-o", f"{out}/").exit_code == 0
    assert len(list(out.iterdir())) == 2


def test_or_one_of_them_is_named(run: Run, two: Path) -> None:
    name = "000000c8-0000-4000-8000-000000000000"
    result = run("export", two, "--to", "case", "--framework", name)
    assert json.loads(result.stdout)["CFDocument"]["identifier"] == name


def test_names_are_looked_for_in_the_files_that_stand_beside_them(run: Run, welding: Path) -> None:
    assert run("export", welding, "https://example.org/welding", "--to", "case").exit_code == 0
    assert run("export", welding, "welding", "--to", "case").exit_code == 0
    missing = run("export", welding, "pub-cscf", "--to", "case")
    assert missing.exit_code == 2 and "no framework" in missing.stderr


def test_a_file_that_is_there_is_overwritten_only_with_leave(
    run: Run, welding: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    out.write_text("mine")
    refused = run("export", welding, "--to", "case", "-o", out)
    assert refused.exit_code == 2 and "--yes overwrites it" in refused.stderr
    assert out.read_text() == "mine"
    assert run("export", welding, "--to", "case", "-o", out, "--yes").exit_code == 0
    assert out.read_text() != "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.json", "--to", "case"], "none.json: No such file"),
        (["nothing", "--to", "case"], "no framework"),
        ([".", "--to", "case"], "is a folder"),
        ([WHOLE, "--to", "none"], "none: no such format"),
        ([f"{WHOLE}/a1", "--to", "case"], "no framework"),
        (["--to", "case"], "name a file or a framework"),
        ([WHOLE, "--to", "turtle", "-o", "/dev/null/out.ttl"], "out.ttl"),
    ],
)
def test_what_cannot_be_exported_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("export", *words)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert said in result.stderr and "Traceback" not in result.stderr


def test_a_broken_file_is_one_line_with_its_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b'{"CFDocument": {')
    result = run("export", file, "--to", "turtle", "-o", tmp_path / "out.ttl")
    assert result.exit_code == 2 and f"{file}:1:17: not JSON" in result.stderr
    assert not (tmp_path / "out.ttl").exists()


# ------------------------------------------------------------------ templates, lists, other places


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_a_file_to_fill_in(run: Run, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"mine.{kind}"
    result = run("export", "--template", kind, "-o", out)
    assert result.exit_code == 0, result.output
    empty = run("import", out)
    assert empty.exit_code == 2 and "no row of parts is filled in" in empty.stderr
    file = File(out.name, out.read_bytes(), "")
    assert getattr(exchange_of(file), "format").name == kind  # noqa: B009


def test_the_formats_that_are_written_are_listed(run: Run) -> None:
    shown = run("export", "--list-formats").stdout
    assert all(row.name in shown for row in written_formats())


def test_what_was_published_is_exported(run: Run, welding: Path, tmp_path: Path) -> None:
    KnowledgeGraph(welding).publish(DataDirectory(tmp_path / "data").path, gate=False)
    result = run("export", "--data", tmp_path / "data", "--to", "case")
    assert json.loads(result.stdout)["CFDocument"]["title"] == "Welding"
    both = run("export", welding, "--data", tmp_path / "data", "--to", "case")
    assert both.exit_code == 2 and "one of them" in both.stderr


@pytest.fixture
def engine(welding: Path) -> Iterator[OtherEngine]:
    with running() as found:
        graphs = KnowledgeGraph(welding).graphs()
        found.store.extend(quad for graph in graphs for quad in graph.quads())
        yield found


def test_what_another_engine_holds_is_exported(run: Run, engine: OtherEngine) -> None:
    result = run("export", "https://example.org/welding", "--endpoint", engine.url, "--to", "case")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["CFDocument"]["title"] == "Welding"
