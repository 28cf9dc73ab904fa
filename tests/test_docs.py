"""The documentation is run: every command, every piece of code, every link."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import shlex
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from rdflib import RDFS

import competency
from competency import KnowledgeGraph
from competency.cli import main
from competency.exchange.exchanges import exchange_named
from competency.ontology import COMP, DEFAULT_BASE
from tests.conftest import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def blocks(file: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", file.read_text(encoding="utf-8"), re.M | re.S)


COMMANDS = [line for file in PAGES for block in blocks(file, "sh") for line in block.splitlines()]
EXAMPLES = [
    line.strip()
    for command in (main, *main.commands.values())
    for line in (command.help or "").splitlines()
    if re.match(r"\s*competency ", line)
]


def _costly(line: str) -> bool:
    """Say whether a line works on all that is shipped, or writes a whole site."""
    return " site " in line or ("validate" in line and "my-framework" not in line)


LINES = [
    pytest.param(line, marks=pytest.mark.slow) if _costly(line) else line
    for line in dict.fromkeys((*COMMANDS, *EXAMPLES))
]

DONE = "\taccepted"
WORK = (
    f"#curie_map:\n#  id: {DEFAULT_BASE}\n#mapping_set_id: https://example.org/work\n"
    "#license: https://example.org/free\n"
    "subject_id\tpredicate_id\tobject_id\tmapping_justification\tstatus\n"
    f"id:pub-cscf/c06\tskos:closeMatch\tid:wcc-behaviours/v2/c5\tsemapv:LexicalMatching{DONE}\n"
)


@pytest.mark.parametrize("line", LINES)
def test_every_command_that_is_shown_works(
    line: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = shlex.split(re.sub(r" {3,}.*", "", line))[1:]
    if words[0] == "serve" and "--get" not in words:
        words += ["--get", "/"]
    (tmp_path / "graph").symlink_to(ROOT / "graph")
    (tmp_path / "my-framework.ttl").write_text(blocks(ROOT / "docs" / "authoring.md", "turtle")[0])
    (tmp_path / "my-question.rq").write_text("SELECT * { ?s a comp:Framework }")
    for name in ("my-document.txt", "standard.txt"):
        (tmp_path / name).write_text("Skills for bakers\n\nMust know\n\n- how yeast works\n")
    _write_in_formats(tmp_path, line)
    if "DIR" in words:
        _publish_twice(tmp_path)
    monkeypatch.chdir(tmp_path)
    files = [str(f) for word in words for f in (Path().glob(word) if "/*" in word else [word])]
    result = run(*files)
    assert result.exit_code == 0, result.output
    assert result.stdout or result.stderr


def _write_in_formats(place: Path, line: str) -> None:
    """Write the example in the formats of the files that a line names."""
    graph = KnowledgeGraph(place / "my-framework.ttl")
    (place / "packages").mkdir()
    for name, to in (
        ("package.json", "case"), ("my-file.json", "case"), ("packages/baking.json", "case"),
        ("old.xlsx", "xlsx"), ("skills.xlsx", "xlsx"),
    ):  # fmt: skip
        if name.partition("/")[0] in line:
            write = exchange_named(to, writes=True).write
            assert write is not None
            (place / name).write_bytes(write(graph, graph.frameworks[0].iri).data)
    if "--accept work.sssom.tsv" in line:
        (place / "work.sssom.tsv").write_text(WORK)
    if "alignments.sssom.tsv" in line and "-o alignments.sssom.tsv" not in line:
        (place / "alignments.sssom.tsv").write_text(WORK.replace("\tstatus", "").replace(DONE, ""))
    if "words.txt" in line:
        (place / "words.txt").write_text("loaf, bread, bun\n")
    if "imported.ttl" in line and "-o imported.ttl" not in line:
        (place / "imported.ttl").write_bytes((place / "my-framework.ttl").read_bytes())


def _publish_twice(place: Path) -> None:
    """Publish two editions of an example into the data directory that commands name."""
    for title in ("One", "Two"):
        graph = KnowledgeGraph()
        for iri in ("https://example.org/f", "https://example.org/old"):
            graph.parse(f'<{iri}> a <{COMP.Framework}> ; <{RDFS.label}> "{title}"@en .')
        graph.publish(place / "DIR", gate=False)


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.name)
def test_every_piece_of_python_runs(file: Path) -> None:
    for block in blocks(file, "python"):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(block, file.name, "exec"), {})  # noqa: S102
        assert printed.getvalue()


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.name)
def test_every_framework_that_is_shown_conforms(file: Path) -> None:
    for block in blocks(file, "turtle"):
        graph = KnowledgeGraph()
        graph.parse(block)
        assert [str(result) for result in graph.validate().results] == []


@pytest.mark.parametrize("file", PAGES, ids=lambda f: f.name)
def test_every_link_to_a_file_leads_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), target


def test_the_two_commands_are_at_the_top_and_in_the_makefile() -> None:
    first = blocks(ROOT / "README.md", "console")[0]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in ("serve", "test"):
        assert f"make {command}" in first
        assert re.search(rf"^{command}:", makefile, re.M)


def test_the_version_stands_in_one_place_and_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {competency.__version__} " in changelog


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    wanted = [
        *project["dependencies"],
        *itertools.chain(*project["optional-dependencies"].values()),
    ]
    for requirement in wanted:
        name = re.split(r"[<>=\[]", requirement)[0]
        assert name in listed, name


def test_no_tracked_file_names_a_registry_or_a_path_of_a_machine() -> None:
    found = subprocess.run(
        [
            "git",
            "grep",
            "-InE",
            r"\"resolved\": \"http|(^|[^A-Za-z0-9_.~])/(work|root|home)/",
            "--",
            ".",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [
        line for line in found.stdout.splitlines() if not line.startswith("tests/test_docs.py")
    ]
    assert lines == []
