"""The rules of each profile on the web: a page and a document of their own, and one for each rule."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from rdflib import SH, Graph

from competency import KnowledgeGraph
from competency.checking.profiles import PROFILES, profile_shapes
from competency.ontology import PREFIXES
from competency.server.app import create_app
from competency.shapes import load_shapes

OTHERS = [profile.name for profile in PROFILES[1:]]
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


def names(graph: Graph) -> set[str]:
    return {str(shape).removeprefix(PREFIXES["compsh"]) for shape in graph.subjects(SH.severity)}


@pytest.mark.parametrize("name", OTHERS)
def test_a_profile_has_a_page_with_all_its_rules_and_no_other(
    client: FlaskClient, name: str
) -> None:
    text = client.get(f"/shapes/{name}", headers=PAGE).text
    rules = dict(re.findall(r'<article class="term" id="(\w+)">(.*?)</article>', text, re.DOTALL))
    assert set(rules) == names(profile_shapes(name))
    for rule in rules.values():
        assert re.search(r"looks at</span> \S", rule)
        assert "asks for" in rule or "SELECT" in rule
        assert rule.count("<pre") >= 2 and "breaks it" in rule and "to mend it" in rule
    assert f"competency validate --profile {name}" in text
    assert (
        len(client.get(f"/shapes/{name}", headers=PAGE | {"Accept-Encoding": "gzip"}).data) < 30_000
    )


@pytest.mark.parametrize("name", OTHERS)
def test_a_profile_is_data_of_its_own_and_not_among_our_shapes(
    client: FlaskClient, name: str
) -> None:
    ours = names(Graph().parse(data=client.get("/shapes.ttl").data, format="turtle"))
    theirs = names(Graph().parse(data=client.get(f"/shapes/{name}.ttl").data, format="turtle"))
    assert theirs == names(profile_shapes(name))
    assert not ours & theirs
    assert ours >= names(load_shapes())


def test_the_shapes_page_leads_to_those_of_the_profiles_and_back(client: FlaskClient) -> None:
    page = client.get("/shapes", headers=PAGE).text
    for name in OTHERS:
        assert f'href="/shapes/{name}"' in page
        assert 'href="/shapes"' in client.get(f"/shapes/{name}", headers=PAGE).text
    assert "/shapes/comp" not in page
    assert client.get("/shapes/comp", headers=PAGE).status_code == 404


@pytest.mark.parametrize(
    "rule", ["SkosPrefLabel", "CtdlAsnCtidTwice", "CaseNegative", "CompAnything"]
)
def test_each_rule_has_its_page_and_its_data(client: FlaskClient, rule: str) -> None:
    assert client.get(f"/shapes/{rule}", headers=PAGE).status_code == 200
    data = Graph().parse(data=client.get(f"/shapes/{rule}.ttl").data, format="turtle")
    assert names(data) == {rule}


def test_the_rules_of_others_name_terms_as_their_standards_do(client: FlaskClient) -> None:
    text = unescape(re.sub(r"<[^>]+>", "", client.get("/shapes/skos", headers=PAGE).text))
    assert "looks at every skos:Concept" in text and "asks for skos:prefLabel: at least one" in text
    assert "skos:broader / skos:inScheme: none that is also “skos:topConceptOf”" in text
    case = unescape(re.sub(r"<[^>]+>", "", client.get("/shapes/case", headers=PAGE).text))
    assert "credit: none at all" in case and "looks at every framework" in case


def test_the_page_of_a_profile_is_in_french_where_that_is_asked_for(client: FlaskClient) -> None:
    text = client.get("/shapes/skos?lang=fr", headers=PAGE).text
    assert "Règles d’autres profils" in text and "notre propre vocabulaire" in text
    assert "Rules of other profiles" not in text
