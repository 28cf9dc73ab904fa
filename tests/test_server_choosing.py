"""Choosing among many frameworks: chosen and aligned ones first, the others found by their words."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.server import create_app, site
from competency.server.pages import choosing
from tests.conftest import PREFIXES
from tests.test_server_compare import framework, own, page

HERE = "https://example.org/"
TIED = "ex:f1 skos:closeMatch ex:h1 . ex:f2 skos:closeMatch ex:h2 . ex:f1 skos:exactMatch ex:g1 ."


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Return a client of 8 frameworks, which are many; f has most in common with h."""
    monkeypatch.setattr(choosing, "FEW", 5)
    trades = ["Baking 10", "baking 9", "Cuisine élevée", "Dyeing", "Zeal"]
    return own(
        framework("f", "Plan.", "Weld.", title="Baking 100"),
        framework("g", "Sketch.", title="Gilding"),
        framework("h", "Draw.", "Cut.", title="Haulage"),
        *(framework(f"t{place}", title=title) for place, title in enumerate(trades)),
        TIED,
    )


def at(path: str, *chosen: str, **more: str) -> str:
    names = ("framework",) * len(chosen) if path == "/crosswalk" else ("left", "right")
    fields = [(name, HERE + value) for name, value in zip(names, chosen, strict=False)]
    return f"{path}?" + urlencode([*fields, *more.items()])


def groups(text: str) -> dict[str, list[str]]:
    """Return the names of the boxes of a page below the heading of their group."""
    found = re.findall(r"<legend[^>]*>(.*?)</legend>(.*?)</fieldset>", text, re.DOTALL)
    return {name: [words(label) for label in labels(body)] for name, body in found}


def labels(text: str) -> list[str]:
    return re.findall(r"<(?:label|option[^>]*)>(.*?)</(?:label|option)>", text, re.DOTALL)


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_of_many_frameworks_the_chosen_and_then_the_aligned_ones_come_first(
    many: FlaskClient,
) -> None:
    found = groups(page(many, at("/crosswalk", "f")))
    assert list(found) == ["Chosen", "Aligned with what is chosen", "Others"]
    assert found["Chosen"] == ["Baking 100"]
    assert found["Aligned with what is chosen"] == ["Haulage 2 matches", "Gilding 1 match"]
    assert found["Others"] == ["baking 9", "Baking 10", "Cuisine élevée", "Dyeing", "Zeal"]


def test_the_others_are_found_by_words_without_regard_to_case_or_accents(
    many: FlaskClient,
) -> None:
    text = page(many, at("/crosswalk", "f", find="ELEVEE cuis", do="find"))
    assert groups(text) == {"Chosen": ["Baking 100"], "Others": ["Cuisine élevée"]}
    assert "1 framework has these words" in text and 'value="ELEVEE cuis"' in text
    none = page(many, at("/crosswalk", "f", find="nothing like it", do="find"))
    assert groups(none) == {"Chosen": ["Baking 100"]} and "0 frameworks have these" in none


def test_looking_for_more_shows_the_choice_and_not_the_table(many: FlaskClient) -> None:
    assert 'class="crosswalk' in page(many, at("/crosswalk", "f", "g"))
    text = page(many, at("/crosswalk", "f", "g", do="find"))
    assert 'class="crosswalk' not in text and groups(text)["Chosen"] == ["Baking 100", "Gilding"]
    assert "#matrix" in page(many, at("/compare", "f", "g"))
    assert "#matrix" not in page(many, at("/compare", "f", "g", do="find"))
    assert 'id="review"' not in page(many, at("/align", "f", "g", do="find"))


def test_a_first_column_that_is_not_chosen_any_more_is_forgotten_while_choosing(
    many: FlaskClient,
) -> None:
    address = at("/crosswalk", "f", "g", spine=HERE + "h")
    assert many.get(address).status_code == 400
    text = page(many, address + "&do=find")
    spine = re.search(r'<select id="spine".*?</select>', text, re.DOTALL)
    assert spine and labels(spine[0]) == ["the first that is chosen", "Baking 100", "Gilding"]


@pytest.mark.parametrize("path", ["/compare", "/align"])
def test_two_frameworks_are_looked_for_in_the_same_way(path: str, many: FlaskClient) -> None:
    text = page(many, at(path, "f", find="baking", do="find"))
    for name in ("left", "right"):
        field = re.search(rf'<select id="{name}".*?</select>', text, re.DOTALL)
        assert field
        assert labels(field[0])[1:] == ["Baking 100", "baking 9", "Baking 10"]
    assert "formnovalidate" in text and 'for="looked-for"' in text


def test_the_page_does_not_grow_with_what_is_held(
    many: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_LISTED", 3)
    for path in ("/crosswalk", "/compare", "/align"):
        text = page(many, path)
        assert "8 frameworks" in text and "5 more are not listed" in text
        assert "Zeal" not in text
        assert "Zeal" in page(many, at(path, find="zea", do="find"))


def test_where_there_are_few_all_are_listed_by_title_with_nothing_to_look_in() -> None:
    client = own(
        framework("b", title="Trade 10"),
        framework("c", title="trade 9"),
        framework("a", title="Élan"),
    )
    text = page(client, at("/crosswalk", "b"))
    assert groups(text) == {"Frameworks": ["Élan", "trade 9", "Trade 10"]}
    assert "looked-for" not in text and "refreshing.js" not in text


def test_beside_a_table_nobody_counts_the_alignments_of_many(
    many: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "MOST_COUNTED", 1)
    text = page(many, at("/crosswalk", "f", "g"))
    assert "Aligned with what is chosen" not in text and "too many frameworks" not in text
    assert "Aligned with what is chosen" in page(many, at("/crosswalk", "f"))


def test_the_home_page_and_the_data_set_list_frameworks_by_title(many: FlaskClient) -> None:
    titles = ["baking 9", "Baking 10", "Baking 100", "Cuisine élevée", "Dyeing", "Gilding"]
    for path in ("/", "/dataset"):
        text = page(many, path)
        places = [text.index(f">{title}<") for title in titles]
        assert places == sorted(places)


def test_the_choices_of_a_facet_with_as_many_hits_stand_by_title() -> None:
    names = {"a": "Trade 10", "b": "Trade 9", "c": ""}
    graph = KnowledgeGraph()
    for name, title in names.items():
        text = framework(name, "Weld.", title=title or "x")
        text = text if title else text.replace('; rdfs:label "x"@en ', "")
        graph.parse(PREFIXES + text, source=f"{name}.ttl")
    client = create_app(graph).test_client()
    text = client.get("/search?q=weld", headers={"Accept": "text/html"}).text
    legend = text.index("<legend>Framework</legend>")
    facet = text[legend : text.index("</fieldset>", legend)]
    found = re.findall(r'class="choice-label">(.*?)</span>\s*<span class="count"', facet, re.DOTALL)
    assert [words(item) for item in found] == ["c", "Trade 9", "Trade 10"]
