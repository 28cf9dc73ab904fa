"""Names that a user types: of frameworks, files and addresses; a wrong one is told, with its like."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from competency.graph import DataDirectory
from tests.test_cli import GOOD

Run = Callable[..., Result]
ADDRESS = "https://example.org/x.ttl"


@pytest.fixture
def data(run: Run, tmp_path: Path) -> Path:
    """Return a directory in which one framework is published, below the base https://example.org/."""
    (tmp_path / "good.ttl").write_text(GOOD)
    made = run(
        "publish",
        tmp_path / "good.ttl",
        "--data",
        tmp_path / "data",
        "--base",
        "https://example.org/",
    )
    assert made.exit_code == 0, made.output
    return tmp_path / "data"


# ------------------------------------------------------------------ taking out, going back


@pytest.mark.parametrize("name", ["f", "https://example.org/f"])
def test_a_framework_is_taken_out_by_short_name_and_by_iri(run: Run, data: Path, name: str) -> None:
    done = run("publish", "--remove", name, "--data", data)
    assert done.exit_code == 0, done.output
    with DataDirectory(data).require() as edition:
        assert "https://example.org/f" not in edition.graphs


@pytest.mark.parametrize(
    ("name", "near"),
    [("ff", "no framework ff; did you mean f?"), ("https://example.org/ff", "org/f?")],
)
def test_a_name_that_is_not_published_is_not_taken_out(
    run: Run, data: Path, name: str, near: str
) -> None:
    told = run("publish", "--remove", name, "--data", data)
    assert told.exit_code == 2 and near in told.stderr
    assert DataDirectory(data).names() == ["000001"]


@pytest.mark.parametrize("words", [("publish", "--remove", "f"), ("rollback",)])
def test_where_nothing_was_published_nothing_is_made(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    told = run(*words, "--data", tmp_path / "new")
    assert told.exit_code == 2 and "nothing was published here yet" in told.stderr
    assert not (tmp_path / "new").exists()


# ------------------------------------------------------------------ addresses


@pytest.mark.parametrize(
    "words", [("validate",), ("import",), ("publish", "--data", "new"), ("query", "levels")]
)
def test_an_address_in_place_of_a_file_is_told_as_it_was_typed(
    run: Run, words: tuple[str, ...]
) -> None:
    told = run(*words, ADDRESS)
    assert told.exit_code == 2
    assert told.stderr == f"competency: error: {ADDRESS}: is an address; save it as a file first\n"


@pytest.mark.parametrize("option", ["--base", "--service"])
def test_serving_refuses_what_is_no_absolute_iri(run: Run, option: str) -> None:
    told = run("serve", option, "notiri", "--get", "/health")
    assert told.exit_code == 2 and "'notiri' is not an absolute IRI" in told.stderr


def test_a_host_that_is_not_here_is_told_in_a_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(GOOD)
    told = run("serve", tmp_path / "good.ttl", "--host", "nosuch.invalid", "--port", "0")
    assert told.exit_code == 2
    assert "nosuch.invalid:0: cannot listen: no such host here" in told.stderr


def test_a_port_that_is_taken_is_told_with_the_way_out(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object, **__: object) -> None:
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr("waitress.create_server", taken)
    (tmp_path / "good.ttl").write_text(GOOD)
    told = run("serve", tmp_path / "good.ttl")
    assert told.exit_code == 2
    assert "cannot listen: Address already in use; --port names another" in told.stderr


# ------------------------------------------------------------------ what is written where


@pytest.mark.parametrize(
    ("words", "better"),
    [
        (("--template", "csv", "-o", "tpl.xlsx"), "tpl.csv"),
        (("pub-cscf", "--to", "csv", "-o", "x.json"), "x.csv"),
        (("pub-cscf", "--to", "case", "-o", "x.ttl"), "x.json"),
    ],
)
def test_a_suffix_of_another_format_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], better: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("export", *words)
    assert told.exit_code == 2 and f"name it {better}" in told.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.json", "x.jsonld", "x.txt", "x"])
def test_json_ld_may_be_called_json_and_a_suffix_that_says_nothing_is_free(
    run: Run, tmp_path: Path, name: str
) -> None:
    assert run("export", "pub-cscf", "--to", "jsonld", "-o", tmp_path / name).exit_code == 0


def test_several_files_do_not_come_to_a_folder_that_is_named_as_a_file(
    run: Run, tmp_path: Path
) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text(GOOD)
    told = run("import", tmp_path / "a.ttl", tmp_path / "b.ttl", "-o", tmp_path / "all.ttl")
    assert told.exit_code == 2 and "name it -o all/" in told.stderr
    assert not (tmp_path / "all.ttl").exists()


def test_what_is_there_already_is_told_before_what_is_lost(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    out.write_text("mine")
    told = run("export", "pub-cscf", "--to", "case", "-o", out)
    assert told.exit_code == 2 and told.stderr.count("\n") == 1
    assert out.read_text() == "mine"


def test_a_document_is_summed_up_without_wrong_plurals_and_zeros(run: Run, tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("Welding\n\n1 Prepare\n  1.1 Cleans the plates\n")
    told = run("import", tmp_path / "w.txt").stderr.splitlines()[0]
    assert told.endswith("w.txt: read as outline: 2 parts (1 Group, 1 Note); 1 doubt")


def test_a_base_that_is_not_used_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.ttl").write_text(GOOD)
    told = run("import", tmp_path / "good.ttl", "--base", "https://x.example/")
    assert "the base that was typed is left out" in told.stderr
    assert "is left out" not in run("import", tmp_path / "good.ttl").stderr


def test_a_site_in_a_language_that_nothing_is_in_is_not_written(run: Run, tmp_path: Path) -> None:
    told = run("site", tmp_path / "out", "--lang", "xx")
    assert told.exit_code == 2 and "no pages in xx; there are en, fr" in told.stderr
    assert not (tmp_path / "out").exists()


# ------------------------------------------------------------------ questions


def test_a_question_that_is_none_points_at_the_list(run: Run) -> None:
    told = run("query", "nosuch")
    assert told.exit_code == 2 and "--list" in told.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("levels", "-p", "framework=pub-csc"), "parameter framework: no resource pub-csc; did you mean pub-cscf"),
        (("SELECT * { ?s a comp:Framwork }",), "no term comp:Framwork; did you mean comp:Framework"),
        (("SELECT (COUNT(*) AS ?n) { ?s a comp:Statement }",), "write a/rdfs:subClassOf* comp:Statement"),
    ],
)  # fmt: skip
def test_a_question_that_finds_nothing_says_what_may_be_wrong(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    told = run("query", *words)
    assert told.exit_code == 0 and said in told.stderr
    assert said not in told.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("commitments", "-p", "framework=pub-cscf"),
        ('SELECT * { ?s a comp:NegativeIndicator ; rdfs:label "comp:Framwork" }',),
        ("SELECT (COUNT(*) AS ?n) { ?s a/rdfs:subClassOf* comp:Statement }",),
    ],
)
def test_a_question_with_nothing_wrong_is_left_alone(run: Run, words: tuple[str, ...]) -> None:
    assert run("query", *words).stderr.count("\n") == 1  # the number of rows
