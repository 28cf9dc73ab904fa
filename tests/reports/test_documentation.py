"""The page about checking shows what is really printed, and its commands for CI run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from competency.shapes.reports import report_formats
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "validating.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^(?:\$|[ \w-]*- run:|    -) (competency validate .*)$", PAGE, re.M)


def block(text: str, language: str) -> str:
    return str(re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)[0])


def bare(text: str) -> str:
    """Return a report without the places in files, whose columns have tests of their own."""
    return re.sub(r"my-framework\.ttl:\d+:\d+: ", "", re.sub(r" at my-[^ ]+,", ":", text))


def example() -> str:
    return block((ROOT / "docs" / "authoring.md").read_text(encoding="utf-8"), "turtle")


def test_the_report_that_is_shown_is_the_one_that_is_printed(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    faulty = example().replace(
        "    comp:partOf <front-desk/1> ;\n    comp:position 2 ;\n",
        "    comp:partOf <front-desk/1> ;\n",
    )
    assert faulty != example()
    Path("my-framework.ttl").write_text(faulty, encoding="utf-8")
    line = faulty.splitlines().index("<front-desk/1/2> a comp:NegativeIndicator ;") + 1
    shown, found = block(PAGE, "text"), run("validate", "my-framework.ttl")
    assert (found.exit_code, bare(found.stdout)) == (1, bare(shown))
    assert shown.count(f"my-framework.ttl:{line}:1") == 2


def test_the_commands_for_ci_run(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my-framework.ttl").write_text(example(), encoding="utf-8")
    assert len(COMMANDS) == 4
    for command in COMMANDS:
        found = run(*shlex.split(command)[1:])
        assert found.exit_code == 0, found.output


def test_the_table_lists_every_format_and_its_suffix() -> None:
    rows = "\n".join(line for line in PAGE.splitlines() if line.startswith("| `"))
    for row in report_formats():
        assert f"`{row.name}`" in rows and f"`{row.suffixes[0]}`" in rows
