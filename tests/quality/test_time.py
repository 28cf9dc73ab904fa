"""The rules about siblings take as long as the list is, not as long as all its pairs."""

from __future__ import annotations

from time import process_time

import pytest
from rdflib import Graph

from competency.shapes import validate
from tests.conftest import PREFIXES

LISTS = {
    "gaps": 'comp:text "Weld seam {n}."@en ; comp:enumeration "{twice}"',
    "places": 'comp:text "Weld seam {n}."@en ; comp:position {twice}',
    "ends": 'comp:text "Weld seam {n} of the"@en',
    "colons": 'comp:text "Weld seam {n}:"@en',
    "codes": 'comp:text "Weld seam {n}."@en ; comp:code ex:c{n} . ex:c{n} skos:notation "W 1"',
}


def found_in(said: str, count: int) -> tuple[float, int]:
    """Return the seconds that a list of so many parts takes, and how much is found."""
    rows = [
        f"ex:{n:05} a comp:PerformanceCriterion ; comp:inFramework ex:f ; comp:partOf ex:f ; "
        + ("" if "position" in said else f"comp:position {n} ; ")
        + said.format(n=n, twice=2 * n)
        for n in range(1, count + 1)
    ]
    graph = Graph().parse(data=PREFIXES + "ex:f a comp:Framework .\n" + " .\n".join(rows) + " .")
    start = process_time()
    report = validate(graph)
    return process_time() - start, len(report.results)


@pytest.mark.parametrize("said", LISTS.values(), ids=LISTS)
def test_a_long_list_takes_no_longer_than_its_length(said: str) -> None:
    found_in(said, 20)
    small, few = found_in(said, 100)
    large, many = min(found_in(said, 500) for _ in range(2))  # the garbage of others counts in one
    assert large < 12 * small + 0.2
    assert many < 6 * few  # one result for each part, not one for each two
