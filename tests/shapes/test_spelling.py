"""A misspelt term of ours is told with the one that was meant; a misspelt kind does not pass."""

from __future__ import annotations

import pytest
from rdflib import Graph

from competency.shapes import Result, Severity, validate
from tests.conftest import PREFIXES


def misspelt(statement: str) -> Result:
    data = Graph().parse(data=PREFIXES + statement, format="turtle")
    [found] = [item for item in validate(data) if "There is no" in item.message]
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ex:c a comp:Competncy", "comp:Competency"),
        ("ex:c a comp:competency", "comp:Competency"),
        ("ex:c a comp:NegativIndicator", "comp:NegativeIndicator"),
        ("ex:c comp:inFrmework ex:f", "comp:inFramework"),
        ("ex:c comp:Position 1", "comp:position"),
        ("ex:c comp:notStated comp:extnt", "comp:extent"),
    ],
)
def test_the_nearest_term_is_named(written: str, meant: str) -> None:
    assert str(misspelt(f"{written} .").fix).startswith(f"Did you mean {meant}? Correct the ")


def test_what_is_near_to_nothing_is_told_without_a_guess() -> None:
    assert str(misspelt("ex:c a comp:Zyzzyva .").fix).startswith("Correct the spelling")


def test_a_kind_that_is_not_there_is_a_violation_as_no_rule_looks_at_the_part() -> None:
    assert misspelt("ex:c a comp:Competncy .").severity is Severity.violation
    assert misspelt("ex:c comp:colour 'red' .").severity is Severity.warning
