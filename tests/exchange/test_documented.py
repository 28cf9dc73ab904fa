"""docs/profiles.md: its tables are those of the code, its examples are what a view gives."""

from __future__ import annotations

import re

import pytest

from competency import KnowledgeGraph
from competency.exchange import PROFILES, Profile, embedded, view
from competency.exchange.overview import kinds_table, properties_table
from competency.formats import by_name
from competency.graph import serialize
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
PART = "https://example.org/frameworks/front-desk/1"


def front_desk() -> KnowledgeGraph:
    """Return the framework that docs/authoring.md shows."""
    page = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
    graph = KnowledgeGraph()
    graph.parse(re.findall(r"^```turtle\n(.*?)^```", page, re.M | re.S)[0])
    return graph


@pytest.mark.parametrize("profile", PROFILES, ids=lambda p: p.token)
def test_every_profile_is_there_with_its_token_and_iri(profile: Profile) -> None:
    assert f"| `{profile.token}` | `{profile.iri}` |" in TEXT


@pytest.mark.parametrize("profile", PROFILES[1:], ids=lambda p: p.token)
def test_the_example_is_what_the_view_gives(profile: Profile) -> None:
    data = serialize(view(front_desk(), PART, profile), by_name("turtle")).decode()
    body = re.sub(r"^@prefix.*\n", "", data, flags=re.M).strip()
    assert body.split("\n\n")[0] in TEXT


def test_the_tables_are_those_of_the_code() -> None:
    """Made by ``python -c "from competency.exchange.overview import *; print(kinds_table())"``."""
    for table in (kinds_table(), properties_table("framework"), properties_table("part")):
        assert table in TEXT


def test_the_script_of_a_page_is_as_shown() -> None:
    found = embedded(front_desk(), PART)
    for key in ("name", "termCode", "disambiguatingDescription"):
        assert f'"{key}": "{found[key]}"' in TEXT
