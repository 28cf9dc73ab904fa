"""The JSON-LD in a page: small, in one language, of bounded size."""

from __future__ import annotations

import json

import pytest
from rdflib import URIRef

from competency import KnowledgeGraph
from competency.errors import NotFound
from competency.exchange import embedded
from tests.conftest import PREFIXES
from tests.exchange.common import EX, small

PAGE = "https://example.org/page/x"


def test_a_framework_names_its_top_parts_only() -> None:
    found = embedded(small(), EX + "f", page_url=PAGE)
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "DefinedTermSet"
    assert found["name"] == "Bakers' skills"
    assert found["identifier"] == "BK"
    assert found["inLanguage"] == ["en", "fr"]
    assert found["publisher"] == {"@type": "Organization", "@id": EX + "guild", "name": "Guild"}
    assert found["url"] == PAGE
    assert found["hasDefinedTerm"] == {
        "@type": "DefinedTerm",
        "@id": EX + "unit",
        "name": "Bake",
        "url": EX + "unit",
        "termCode": ["BK.1", "X 1"],
    }


def test_a_part_says_which_framework_it_is_in_and_how_one_gets_there() -> None:
    found = embedded(small(), EX + "unit", page_url=PAGE, language="fr-CA")
    assert found["@type"] == "DefinedTerm"
    assert found["name"] == "Cuire"
    assert found["description"] == "To make bread of dough."
    assert found["inDefinedTermSet"] == {
        "@type": "DefinedTermSet",
        "@id": EX + "f",
        "name": "Compétences du boulanger",
    }
    page = found["mainEntityOfPage"]
    assert isinstance(page, dict)
    steps = page["breadcrumb"]["itemListElement"]
    assert [step["name"] for step in steps] == ["Compétences du boulanger", "Cuire"]
    assert [step["position"] for step in steps] == [1, 2]
    assert steps[-1]["item"] == PAGE


def test_without_the_address_of_a_page_there_is_no_breadcrumb() -> None:
    found = embedded(small(), EX + "unit")
    assert "mainEntityOfPage" not in found
    assert found["url"] == EX + "unit"


@pytest.mark.parametrize("name", ["burn", "shout"])
def test_an_unhelpful_behaviour_says_what_it_is(name: str) -> None:
    found = embedded(small(), EX + name)
    assert str(found["name"]).startswith("Unhelpful behaviour: ")
    assert "Nobody ought to do it" in str(found["disambiguatingDescription"])
    assert "éviter" in str(embedded(small(), EX + name, language="fr")["disambiguatingDescription"])


def test_levels_scales_sources_and_bodies_have_their_own_types() -> None:
    graph = small()
    kinds = {
        name: embedded(graph, EX + name)["@type"] for name in ("scale", "master", "book", "guild")
    }
    assert kinds == {
        "scale": "DefinedTermSet",
        "master": "DefinedTerm",
        "book": "CreativeWork",
        "guild": "Organization",
    }
    assert embedded(graph, EX + "credit")["@type"] == "Thing"
    with pytest.raises(NotFound):
        embedded(graph, EX + "nothing")


def test_the_size_is_bounded_however_large_the_framework() -> None:
    rows = "".join(
        f"ex:p{n} a comp:Competency ; comp:inFramework ex:g ; comp:partOf ex:g ; comp:position {n} ;"
        f' rdfs:label "{"long " * 400}"@en .\n'
        for n in range(300)
    )
    text = f'{PREFIXES} ex:g a comp:Framework ; dcterms:description "{"x " * 9999}"@en . {rows}'
    data = json.dumps(embedded(small(text), EX + "g", page_url=PAGE))
    assert len(data) < 50_000


def test_every_thing_that_is_shipped_has_it(shipped: KnowledgeGraph) -> None:
    subjects = {s for graph in shipped.graphs() for s in graph.graph.subjects()}
    for iri in sorted(str(s) for s in subjects if isinstance(s, URIRef)):
        found = embedded(shipped, iri, page_url=PAGE)
        assert found["@id"] == iri
        assert len(json.dumps(found)) < 20_000
