"""What is found of a thing is what its graph says, whichever way a set goes round."""

from __future__ import annotations

import subprocess
import sys

import pytest

BOTH_SIGNS = """
from competency import KnowledgeGraph
graph = KnowledgeGraph()
graph.parse('''@prefix comp: <https://w3id.org/competency/ns#> . @base <urn:x:> .
<f> a comp:Framework . <p> a comp:PositiveIndicator, comp:NegativeIndicator ;
  comp:inFramework <f> ; comp:partOf <f> ; comp:text "Shouts."@en .''')
found = graph.search("shouts")
print([hit.polarity for hit in found.hits], [item.value for item in found.facets["polarity"]])
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_what_is_of_both_signs_by_mistake_is_negative_whatever_the_order_of_a_set(
    seed: str,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BOTH_SIGNS],
        env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "['negative'] ['negative']"
