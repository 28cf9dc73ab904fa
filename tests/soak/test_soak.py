"""The soak's own parts: contents, judgements of answers, and what counts as flat."""

from __future__ import annotations

import math
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from tests.soak.client import Answer
from tests.soak.content import LINKS, NAMES, State, facts_of, turtle_of
from tests.soak.measuring import ALLOWED, Sample, judged
from tests.soak.model import Ledger
from tests.soak.readers import data, versions
from tests.soak.witness import Claim, Witness

STATE = dict.fromkeys(NAMES, 3)


def test_what_is_published_conforms_in_any_version() -> None:
    graph = KnowledgeGraph()
    for version, name in enumerate((*NAMES, LINKS)):
        graph.parse(turtle_of(name, version))
    report = graph.validate()
    assert report.conforms, report.text()


def test_two_versions_share_no_text_and_no_two_are_equal() -> None:
    assert facts_of("a", 3) != facts_of("a", 9) != facts_of("b", 9)
    labels = [set(re.findall(r'label "(.*?)"', turtle_of("a", version))) for version in (3, 9)]
    assert labels[0] & labels[1] == {"Text of trade a"}


def answer_of(text: str, **more: str) -> Answer:
    return Answer("", 0, 1, 200, more, text.encode())


def test_an_answer_that_mixes_two_states_is_wrong() -> None:
    read = versions(random.Random(1))  # noqa: S311
    right = " ".join(f"x{name}v3z" for name in NAMES)
    assert read.fault(answer_of(right), STATE) is None
    assert "xcv4z" in str(read.fault(answer_of(right.replace("xcv3z", "xcv4z")), STATE))
    assert "expected" in str(read.fault(answer_of(right.replace("xcv3z", "")), STATE))


def test_data_that_lack_a_triple_are_wrong() -> None:
    chance = random.Random(5)  # noqa: S311
    reads = (data(chance) for _ in range(1_000))
    read = next(read for read in reads if read.path == "/data/soak-a.ttl")
    whole = turtle_of("a", 3)
    cut = whole.replace('; owl:versionInfo "3"', "")
    assert read.fault(answer_of(whole), STATE) is None
    assert read.fault(answer_of(cut), STATE) == "is not the version of the state"
    assert "expected (404, 410)" in str(read.fault(answer_of(whole), {}))


def test_a_witness_reads_editions_word_for_word_and_judges_by_them(tmp_path: Path) -> None:
    ledger = Ledger()
    witness = Witness(tmp_path, ledger)
    for version in (1, 2):
        graph = KnowledgeGraph()
        text = turtle_of("a", version)
        graph.parse(text if version == 1 else text.replace("Does task", "Did task"))
        write = ledger.begin(f"a {version}", {"a": version}, 10.0 * version)
        done = graph.publish(tmp_path, gate=False)
        ledger.end(write, "in", 10.0 * version + 1, done.edition or "")
        witness.look()
    assert witness.wrong == ["edition 000002: a is not its version 2 word for word"]

    def fault(state: State) -> str | None:
        return None if state["a"] == 1 else "a is 1"

    witness.claim(Claim(12, 13, "in time", fault))
    witness.claim(Claim(22, 23, "stale", fault))
    witness.look()
    assert witness.wrong[1:] == ["stale\n    under edition 000002 a is 1"]


def samples(figure: str, *values: float) -> list[Sample]:
    still = dict.fromkeys(ALLOWED, 100.0)
    return [Sample(10.0 * n, still | {figure: value}) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "flat"),
    [
        ([10.0 * n for n in range(10)] + [100 + n % 7 for n in range(50)], True),  # warming up
        ([100 + 2.0 * n for n in range(60)], False),  # a leak
        ([100.0] * 59 + [900.0], True),  # one peak
        ([100 + (n % 10) * 4.0 for n in range(60)], True),  # a saw
        ([100 + (n % 10) * 4.0 + n for n in range(60)], False),  # a saw that climbs
        ([100 - 1.0 * n for n in range(60)], True),
    ],
)
def test_flat_is_what_does_not_climb_once_it_is_warm(values: list[float], flat: bool) -> None:
    verdicts = {row.figure: row for row in judged(samples("memory, server", *values))}
    assert verdicts.pop("memory, server").flat is flat
    assert all(row.flat and math.isclose(row.gain, 0) for row in verdicts.values())


@pytest.mark.slow
def test_a_few_seconds_of_everything_find_nothing_wrong(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "tests.soak", "--minutes", "0.1", "--keep", str(tmp_path / "s")]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert ": 0 wrong or lost; " in done.stdout, done.stdout + done.stderr
