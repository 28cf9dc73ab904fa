"""Comparing frameworks, wandering about in them, and the diagrams of ontology and shapes."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from competency import KnowledgeGraph
from competency.graph.alignments import all_alignments, between
from competency.ontology import PREFIXES as IRIS
from competency.server import create_app
from tests.conftest import PREFIXES

BASE = "https://w3id.org/competency/id/"
PAGE = {"Accept": "text/html"}
EVIL = "<img src=x onerror=alert(1)>"
PAIRS = [
    ("pub-cscf", "wcc-behaviours"),
    ("nos-pss-spo109", "hkqf-111334L3"),
    ("wcc-behaviours", "pwgsc-client-service"),
]


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


def own(*texts: str) -> FlaskClient:
    graph = KnowledgeGraph()
    for number, text in enumerate(texts):
        graph.parse(PREFIXES + text, source=f"{number}.ttl")
    return create_app(graph).test_client()


def framework(name: str, *parts: str, title: str = "") -> str:
    rows = [f'ex:{name} a comp:Framework ; rdfs:label "{title or name.upper()}"@en .']
    for place, part in enumerate(parts, 1):
        rows.append(
            f"ex:{name}{place} a comp:PerformanceCriterion ; comp:inFramework ex:{name} ; "
            f'comp:partOf ex:{name} ; comp:position {place} ; comp:text "{part}"@en .'
        )
    return "\n".join(rows)


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    response = client.get(address, headers=PAGE)
    assert response.status_code == status, response.text[:400]
    text = response.text
    assert " style=" not in text and "<style" not in text and "<img src=x" not in text
    return text


def pictures(text: str) -> list[ElementTree.Element]:
    found = re.findall(r'<svg class="drawing [^"]*".*?</svg>', text, re.DOTALL)
    return [ElementTree.fromstring(unescape_named(item)) for item in found]  # noqa: S314 - ours


def unescape_named(text: str) -> str:
    """Leave only what XML knows; HTML has more names for signs."""
    return re.sub(r"&(?!(?:amp|lt|gt|quot|#\d+);)\w+;", lambda m: unescape(m[0]), text)


def of(left: str, right: str, suffix: str = "") -> str:
    return f"/compare{suffix}?left={quote(left, safe='')}&right={quote(right, safe='')}"


def get(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    return client.get(address, headers={k.replace("_", "-"): v for k, v in headers.items()})


# ------------------------------------------------------------------ choosing


def test_the_form_works_without_script_and_lists_what_has_alignments(client: FlaskClient) -> None:
    text = page(client, "/compare")
    assert text.count("<select") == 2 and text.count("<option") == 2 * (1 + 5)
    assert re.search(r'<form class="choose" action="/compare"', text)
    listed = re.findall(r'href="(/compare\?left=[^"]+)"', text)
    assert len(listed) >= 10
    for address in listed[:2]:
        page(client, unescape(address))


def test_one_framework_alone_is_chosen_and_only_its_pairs_are_listed(client: FlaskClient) -> None:
    text = page(client, "/compare?left=pub-cscf")
    assert f'<option value="{BASE}pub-cscf" selected' in text
    assert "Retail Industry – Provide support" not in re.sub(r"<[^>]+>", "", text)


def test_a_framework_with_itself_gets_a_friendly_word(client: FlaskClient) -> None:
    text = page(client, of("pub-cscf", BASE + "pub-cscf"))
    assert "That is one framework twice" in text and "<select" in text
    assert client.get(of("pub-cscf", "pub-cscf", ".json")).status_code == 404


def test_an_unknown_framework_is_404_and_names_near_ones(client: FlaskClient) -> None:
    for address in (of("pub-csf", "wcc-behaviours"), "/compare?right=pub-csf"):
        response = client.get(address, headers={"Accept": "application/json"})
        assert response.status_code == 404 and "pub-cscf" in str(response.get_data())
    assert client.get(of("<img>", "%00")).status_code == 404


def test_a_server_without_frameworks_or_alignments_says_so() -> None:
    text = page(own(), "/compare")
    assert "no alignments between frameworks" in text
    page(own(), "/wander")


# ------------------------------------------------------------------ the comparison


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_the_matrix_adds_up_to_the_alignments(
    client: FlaskClient, shipped: KnowledgeGraph, left: str, right: str
) -> None:
    found = between(shipped, BASE + left, BASE + right)
    matches = [item for item in found if not item.is_opposite]
    text = page(client, of(left, right))
    table = text[text.index('<table class="cells">') : text.index("</table>", text.index("cells"))]
    cells = [int(n) for n in re.findall(r"<strong>(\d+)</strong>", table)]
    sums = [int(n) for n in re.findall(r'<td class="sum">(\d+)</td>', table)]
    *columns, whole = [int(n) for n in re.findall(r"<td>(\d+)</td>", table)]
    assert sum(cells) == sum(sums) == sum(columns) == whole == len(matches)
    for anchor in re.findall(r'href="#(pairs-\d+-\d+)"', text):
        assert f'id="{anchor}"' in text
    assert text.count('class="why"') == len(found)


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_gaps_and_covered_are_all_that_can_be_covered(
    client: FlaskClient, left: str, right: str
) -> None:
    data = client.get(of(left, right, ".json")).get_json()
    for side in (data["left"], data["right"]):
        assert side["total"] == sum(group["total"] for group in side["groups"])
        assert side["covered"] == sum(group["covered"] for group in side["groups"])
        for group in side["groups"]:
            assert group["covered"] + len(group["gaps"]) == group["total"]
    assert sum(cell["count"] for cell in data["matrix"]) == len(data["matches"])
    assert len({item["subject"]["iri"] for item in data["matches"]}) == data["left"]["covered"]
    text = page(client, of(left, right))
    gaps = sum(len(g["gaps"]) for s in (data["left"], data["right"]) for g in s["groups"])
    counts = re.findall(r'<details id="gaps-.*?<span class="count">(\d+)', text, re.DOTALL)
    assert sum(map(int, counts)) == gaps


def test_the_picture_says_what_the_table_says(client: FlaskClient) -> None:
    text = page(client, of("pub-cscf", "wcc-behaviours"))
    (picture,) = [item for item in pictures(text) if "ribbons" in item.get("class", "")]
    numbers = [
        int(item.text or 0) for item in picture.iter("text") if item.get("class") == "d-count"
    ]
    cells = [int(n) for n in re.findall(r"<strong>(\d+)</strong>", text)]
    assert sorted(numbers) == sorted(cells)
    assert {link.get("href") for link in picture.iter("a")} >= {
        f"#{anchor}" for anchor in re.findall(r'<tbody id="([^"]+)"', text)
    }
    for link in picture.iter("a"):
        assert f'id="{str(link.get("href"))[1:]}"' in text


def test_the_other_way_round_is_the_same_seen_from_there(client: FlaskClient) -> None:
    one = client.get(of("pub-cscf", "pwgsc-client-service", ".json")).get_json()
    other = client.get(of("pwgsc-client-service", "pub-cscf", ".json")).get_json()
    assert one["left"] == other["right"] and one["right"] == other["left"]
    ends = {(item["subject"]["iri"], item["object"]["iri"]) for item in one["matches"]}
    assert ends == {(item["object"]["iri"], item["subject"]["iri"]) for item in other["matches"]}
    assert "broader than" in page(client, of("pub-cscf", "pwgsc-client-service"))
    assert "narrower than" in page(client, of("pwgsc-client-service", "pub-cscf"))


def test_opposites_stand_apart_and_cover_nothing(client: FlaskClient) -> None:
    text = page(client, of("pub-cscf", "wcc-behaviours"))
    below = text[text.index('id="opposites"') : text.index('id="gaps"')]
    assert below.count('class="relation opposite"') == 6 and "✕" in below
    assert 'class="relation opposite"' not in text[: text.index('id="opposites"')]


def test_two_frameworks_without_alignments_show_all_as_gaps() -> None:
    client = own(framework("f", "Plan.", "Weld."), framework("g", "Cut."))
    text = page(client, of("https://example.org/f", "https://example.org/g"))
    assert "No part of one is matched" in text and '<svg class="drawing' not in text
    assert text.count("Weld.") == 1 and "Cut." in text


def test_an_end_that_is_not_held_breaks_nothing() -> None:
    client = own(
        framework("f", "Plan."),
        framework("g", "Cut."),
        "ex:f1 skos:closeMatch ex:g1 , <https://elsewhere.example/x> , <javascript:alert(1)> .",
    )
    page(client, of("https://example.org/f", "https://example.org/g"))
    for address in ("/wander?iri=https://example.org/f", "/page?iri=https://example.org/f1"):
        text = page(client, address)
        assert "https://elsewhere.example/x" in text and 'href="javascript' not in text
    data = client.get("/compare.json").get_json()
    assert [(row["matches"], row["opposites"]) for row in data] == [(1, 0)]


def test_hostile_titles_are_shown_as_text() -> None:
    client = own(
        framework("f", EVIL, title=EVIL),
        framework("g", EVIL, title=EVIL),
        f"ex:f1 skos:closeMatch ex:g1 . ex:m a comp:Alignment ; "
        f"<{IRIS['owl']}annotatedSource> ex:f1 ; <{IRIS['owl']}annotatedProperty> skos:closeMatch ; "
        f'<{IRIS["owl"]}annotatedTarget> ex:g1 ; rdfs:comment "{EVIL}"@en ; '
        f'<{IRIS["sssom"]}author_label> "{EVIL}" .',
    )
    for address in (
        "/compare",
        of("https://example.org/f", "https://example.org/g"),
        "/wander",
        "/wander?iri=https://example.org/f",
        "/page?iri=https://example.org/m",
    ):
        response = client.get(address, headers=PAGE)
        assert response.status_code == 200, address
        assert "<img src=x" not in response.text and "&lt;img src=x" in response.text
        for picture in pictures(response.text):
            assert not list(picture.iter("img"))


# ------------------------------------------------------------------ as data


def test_the_data_are_there_by_suffix_by_format_and_by_accept(client: FlaskClient) -> None:
    address = of("pub-cscf", "wcc-behaviours")
    by_suffix = client.get(of("pub-cscf", "wcc-behaviours", ".csv"))
    by_name = client.get(address + "&format=csv")
    by_accept = get(client, address, Accept="text/csv")
    assert by_suffix.data == by_name.data == by_accept.data
    assert by_suffix.content_type == "text/csv; charset=utf-8"
    assert "Accept" in by_accept.vary and "Accept" not in by_name.vary
    assert by_accept.headers["Content-Location"].startswith("/compare.csv?left=pub-cscf")
    assert 'rel="alternate"' in by_suffix.headers["Link"]
    assert get(client, address, Accept="*/*").content_type == "application/json"
    assert get(client, address, Accept="image/png").status_code == 406
    assert client.get(of("a", "b", ".png")).status_code == 404


@pytest.mark.parametrize("suffix", ["", ".json", ".csv", ".ttl", ".jsonld"])
def test_every_form_has_an_entity_tag(client: FlaskClient, suffix: str) -> None:
    address = of("pub-cscf", "wcc-behaviours", suffix)
    first = get(client, address, Accept="text/html" if not suffix else "*/*")
    again = get(client, address, If_None_Match=first.headers["ETag"], Accept="text/html" if not suffix else "*/*")  # fmt: skip
    assert (first.status_code, again.status_code) == (200, 304)


def test_the_csv_has_a_row_for_each_alignment_and_each_gap(client: FlaskClient) -> None:
    data = client.get(of("pub-cscf", "wcc-behaviours", ".json")).get_json()
    rows = list(
        csv.DictReader(io.StringIO(client.get(of("pub-cscf", "wcc-behaviours", ".csv")).text))
    )
    pairs = [row for row in rows if row["relation"]]
    assert len(pairs) == len(data["matches"]) + len(data["opposites"])
    gaps = [row for row in rows if not row["relation"]]
    assert all(bool(row["left"]) != bool(row["right"]) for row in gaps)
    assert len(gaps) == sum(
        len(group["gaps"]) for name in ("left", "right") for group in data[name]["groups"]
    )
    assert pairs[0]["justification"] == "semapv:ManualMappingCuration"


@pytest.mark.parametrize("turned", [False, True])
def test_the_turtle_is_what_was_authored(
    client: FlaskClient, shipped: KnowledgeGraph, turned: bool
) -> None:
    ends = ("wcc-behaviours", "pub-cscf") if turned else ("pub-cscf", "wcc-behaviours")
    response = client.get(of(*ends, ".ttl"))
    found = {quad.triple for quad in ox.parse(response.data, format=ox.RdfFormat.TURTLE)}
    authored = set(shipped.named_graph(BASE + "alignments").triples)
    nodes = {row.subject for row in found if "annotatedSource" in row.predicate.value}
    about = {row for row in authored if row.subject in nodes}
    assert len(nodes) == 20 and about < found <= authored and len(found - about) == 20


def test_all_alignments_are_one_document(client: FlaskClient, shipped: KnowledgeGraph) -> None:
    found = ox.parse(client.get("/compare.nt").data, format=ox.RdfFormat.N_TRIPLES)
    stated = {q.predicate.value for q in found}
    assert IRIS["skos"] + "closeMatch" in stated
    rows = client.get("/compare.json").get_json()
    assert sum(r["matches"] + r["opposites"] for r in rows) == len(all_alignments(shipped))


# ------------------------------------------------------------------ wandering


def test_the_graph_of_all_frameworks_leads_to_each_and_to_comparisons(client: FlaskClient) -> None:
    text = page(client, "/wander")
    (picture,) = pictures(text)
    links = {str(link.get("href")) for link in picture.iter("a")}
    assert len([link for link in links if link.startswith("/wander?iri=")]) == 5
    assert len([link for link in links if link.startswith("/compare?left=")]) == 10
    for link in links:
        assert link in unescape(text[text.index('id="text"') :])


@pytest.mark.parametrize(
    "name", ["pub-cscf", "pub-cscf/c01", "wcc-behaviours", "wcc-behaviours/v1/unhelpful/2"]
)
def test_whatever_the_picture_leads_to_is_in_the_words_below(
    client: FlaskClient, name: str
) -> None:
    text = page(client, f"/wander?iri={name}")
    picture = next(item for item in pictures(text) if "wander" in item.get("class", ""))
    words = unescape(re.sub(r"<[^>]+>", "", text[text.index('id="text"') :]))
    for link in picture.iter("a"):
        title = next(iter(link)).text or ""
        for said in title.split(" › "):
            assert re.sub(r" \([^()]*\)$", "", said)[:40] in words, said
    for place in (f"/page/{name}", 'data-wander data-larger="Larger"'):
        assert place in text


def test_every_link_of_a_graph_leads_on(client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/wander?iri=hkqf-111334L3"]
    while waiting and len(seen) < 30:
        address = waiting.pop()
        if address not in seen:
            seen.add(address)
            for picture in pictures(page(client, address)):
                waiting += [str(link.get("href")) for link in picture.iter("a")]
    assert len(seen) == 30


def test_a_large_framework_is_cut_and_says_so() -> None:
    many = framework("f", *(f"Do {number} things." for number in range(200)))
    text = page(own(many), "/wander?iri=https://example.org/f")
    assert "141 more below" in text and "there is room for" in text
    (picture,) = [item for item in pictures(text) if "wander" in item.get("class", "")]
    assert len(list(picture.iter("rect"))) == 60


def test_a_tree_that_goes_in_circles_can_be_wandered_about_in() -> None:
    client = own(
        framework("f", "Plan.", "Weld."), "ex:f comp:partOf ex:f1 . ex:f1 comp:partOf ex:f2 ."
    )
    page(client, "/wander?iri=https://example.org/f")
    page(client, "/wander?iri=https://example.org/f2")


def test_what_is_no_part_has_no_graph(client: FlaskClient) -> None:
    assert client.get("/wander?iri=pub-cscf/scale").status_code == 404
    assert client.get("/wander?iri=pub-cscf/none").status_code == 404


# ------------------------------------------------------------------ ontology and shapes


def test_the_diagrams_of_the_ontology_have_every_class_and_property(
    client: FlaskClient, shipped: KnowledgeGraph
) -> None:
    text = page(client, "/ns")
    drawn = {str(a.get("href")) for item in pictures(text) for a in item.iter("a")}
    vocabulary = shipped.vocabulary
    for term in vocabulary.terms:
        name = term.rpartition("#")[2]
        if vocabulary.properties.get(term) != "annotation":
            assert f"#{name}" in drawn, name
    assert all(f'id="{link[1:]}"' in text for link in drawn)


def test_a_term_says_what_is_under_it_and_how_it_behaves(client: FlaskClient) -> None:
    text = page(client, "/ns")
    statement = text[text.index('id="Statement"') : text.index('id="UnitOfCompetency"')]
    assert "kinds of it" in statement and "#KnowledgeStatement" in statement
    assert "properties that lead to it" in statement and "#leadIn" in statement
    within = text[text.index('id="within"') :]
    assert "goes on through any number of steps" in within
    assert 'href="/ns/Statement"' in statement


def test_the_ontology_is_in_french_where_that_is_asked_for(client: FlaskClient) -> None:
    text = page(client, "/ns?lang=fr")
    assert "niveau" in str(ElementTree.tostring(pictures(text)[1], encoding="unicode"))
    assert "part" in str(ElementTree.tostring(pictures(page(client, "/ns"))[0], encoding="unicode"))


def test_every_rule_has_its_target_its_words_and_two_examples(client: FlaskClient) -> None:
    text = page(client, "/shapes")
    rules = re.findall(r'<article class="term" id="(\w+)">(.*?)</article>', text, re.DOTALL)
    assert len(rules) > 100
    for name, rule in rules:
        assert re.search(r"looks at</span> \S", rule), name
        assert "asks for" in rule or "SELECT" in rule, name
        assert rule.count("<pre") >= 2 and "breaks it" in rule and "to mend it" in rule, name
    drawn = {str(a.get("href")) for item in pictures(text) for a in item.iter("a")}
    assert drawn >= {f"#{name}" for name, _ in rules}


def test_rules_are_put_into_words(client: FlaskClient) -> None:
    text = unescape(re.sub(r"<[^>]+>", "", page(client, "/shapes")))
    assert "looks at every part" in text and "asks for in framework: exactly one" in text
    assert "whatever has “text”" in text and "text: a text that says its language" in text
    assert "wording of the text: one of: verbatim, reworded" in text
    assert "not: a thing of kind “Competency”" in text
    assert "position: a whole number; 1 or more" in text
    assert "extent: exactly one or not stated: the value extent" in text
    assert "rdflib" not in text and "None:" not in text


def test_pages_stay_light(client: FlaskClient) -> None:
    for address in (
        "/ns",
        "/shapes",
        of("pub-cscf", "wcc-behaviours"),
        "/wander?iri=wcc-behaviours",
    ):
        response = get(client, address, Accept="text/html", Accept_Encoding="gzip")
        assert response.headers["Content-Encoding"] == "gzip"
        assert len(response.data) < 60_000, address
