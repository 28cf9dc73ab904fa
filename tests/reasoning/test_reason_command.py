"""competency reason, as people type it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from competency import KnowledgeGraph
from competency.errors import DependencyMissing
from competency.ontology import hermit
from tests.reasoning.common import HEAD

Run = Callable[..., Result]
SOUND = (
    HEAD
    + """
ex:f a comp:Framework ; rdfs:label "Baking"@en .
ex:u a comp:UnitOfCompetency ; comp:inFramework ex:f ; comp:partOf ex:f ; rdfs:label "Kneading"@en .
"""
)
WRONG = SOUND + "ex:u a comp:Note ."


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    file = tmp_path / "sound.ttl"
    file.write_text(SOUND)
    return file


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.ttl"
    file.write_text(WRONG)
    return file


def test_what_follows_is_counted_rule_by_rule(run: Run, sound: Path) -> None:
    done = run("reason", sound, "--no-check")
    assert done.exit_code == 0
    first, *rules = done.stdout.splitlines()
    assert first == "11 triples follow from 1 graph, by these rules:"
    assert any(line.split()[:2] == ["1", "inverses:"] for line in rules)
    assert sum(int(line.split()[0]) for line in rules) == 11


def test_what_follows_comes_as_rdf_without_what_is_stated(run: Run, sound: Path) -> None:
    done = run("reason", sound, "--no-check", "--format", "turtle")
    assert done.exit_code == 0
    graph = KnowledgeGraph()
    graph.parse(done.stdout)
    found = {str(triple) for named in graph.graphs() for triple in named.triples}
    assert any("hasPart" in line for line in found)
    assert "Kneading" not in done.stdout and "partOf <" not in done.stdout


def test_trig_names_the_graph_of_each_framework(run: Run, sound: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(SOUND.replace("ex:f", "ex:g").replace("ex:u", "ex:v"))
    done = run("reason", sound, other, "--no-check", "--format", "trig")
    graph = KnowledgeGraph()
    graph.parse(done.stdout, syntax="trig")
    assert graph.graph_names == [
        "https://example.org/f#inferred",
        "https://example.org/g#inferred",
    ]


def test_an_ontology_in_another_file_counts_for_all(run: Run, tmp_path: Path) -> None:
    own, data = tmp_path / "own.ttl", tmp_path / "data.ttl"
    own.write_text(HEAD + "ex:o a owl:Ontology . ex:Knack rdfs:subClassOf comp:Competency .")
    data.write_text(HEAD + "ex:f a comp:Framework . ex:k a ex:Knack ; comp:inFramework ex:f .")
    done = run("reason", own, data, "--no-check", "--format", "ntriples")
    assert "<https://example.org/k> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://purl.org/ctdlasn/terms/Competency>" in done.stdout  # fmt: skip


def test_what_is_published_is_reasoned_over(run: Run, sound: Path, tmp_path: Path) -> None:
    KnowledgeGraph(sound).publish(tmp_path / "data", gate=False)
    done = run("reason", "--data", tmp_path / "data", "--no-check", "--format", "trig")
    assert done.exit_code == 0
    assert "f#inferred>" in done.stdout


def test_a_sound_file_is_consistent_with_exit_0(run: Run, sound: Path) -> None:
    done = run("reason", sound, "--format", "json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert said["consistent"] is True and said["contradictions"] == []
    assert said["follows"]["graphs"] == {"https://example.org/f#inferred": 11}


@pytest.mark.slow
def test_a_contradiction_is_told_with_exit_1_and_nothing_follows(run: Run, wrong: Path) -> None:
    done = run("reason", wrong)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == [
        "not consistent: 7 triples and the ontology",
        "",
        "1. unit of competency “Kneading” is a unit of competency and a note, and nothing can be both",
    ]
    assert "     <https://example.org/u> a comp:Note\n" in done.stdout
    assert "     nothing is both a competency and a statement\n" in done.stdout
    assert "follow from" not in done.stdout


@pytest.mark.slow
def test_no_rdf_comes_of_a_contradiction(run: Run, wrong: Path) -> None:
    done = run("reason", wrong, "--format", "turtle")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "nothing can be both" in done.stderr


@pytest.mark.slow
def test_a_contradiction_comes_as_json(run: Run, wrong: Path) -> None:
    said = json.loads(run("reason", wrong, "--format", "json").stdout)
    assert said["consistent"] is False and said["follows"] is None
    (found,) = said["contradictions"]
    assert found["things"][0]["label"] == "Kneading"
    assert len(found["statements"]) == 2


@pytest.mark.slow
def test_a_class_without_members_is_told_with_exit_1(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(HEAD + "ex:X rdfs:subClassOf comp:Competency , comp:Note .")
    done = run("reason", file)
    assert done.exit_code == 1
    assert done.stdout.startswith("consistent, but not every class can have a member")
    assert "1. nothing can be a X: it would be a competency and a " in done.stdout


def test_what_is_missing_is_one_line_and_exit_2(
    run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = run("reason", sound)
    assert done.exit_code == 2
    assert done.stderr.strip().splitlines() == [
        f"competency: error: {DependencyMissing('owlready2', 'reason')}"
    ]


def test_too_little_time_is_one_line_and_exit_2(
    run: Run, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A program that sleeps stands for one that thinks for long.
    monkeypatch.setattr(hermit.Hermit, "_command", ["sh", "-c", "sleep 60"])
    done = run("reason", sound, "--seconds", "1")
    assert done.exit_code == 2
    assert "HermiT gave no answer within 1 seconds; give it more time" in done.stderr


def test_a_file_that_is_not_rdf_is_one_line_and_exit_2(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text("<a> <b>")
    done = run("reason", file)
    assert done.exit_code == 2 and len(done.stderr.strip().splitlines()) == 1


def test_much_data_is_looked_at_graph_by_graph_and_that_is_said(
    run: Run, sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from competency.graph.reasoning import checking

    other = tmp_path / "other.ttl"
    other.write_text(SOUND.replace("ex:f", "ex:g").replace("ex:u", "ex:v"))
    monkeypatch.setattr(checking, "MOST_TOGETHER", 8)
    done = run("reason", sound, other)
    assert done.exit_code == 0
    assert "consistent: 12 triples and the ontology, each of 2 graphs by itself" in done.stdout
