"""Alignments on pages: the page of one, who else asks for what a part asks, a framework's others."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from competency.ontology import PREFIXES as IRIS
from tests.test_server_compare import client as client
from tests.test_server_compare import framework, own, page

WRITTEN = f"""
@prefix owl: <{IRIS["owl"]}> .
@prefix sssom: <{IRIS["sssom"]}> .
@prefix semapv: <{IRIS["semapv"]}> .
@prefix pav: <{IRIS["pav"]}> .
ex:m owl:annotatedSource ex:f1 ; owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget ex:g1 ;
  sssom:mapping_justification semapv:MappingReview ; sssom:confidence 0.7 ;
  sssom:author_label "Ann" ; sssom:reviewer_label "Bo" ; sssom:review_date "2026-11-26"^^xsd:date ;
  sssom:similarity_score 0.42 ; sssom:match_string "plan", "draw" ;
  sssom:mapping_tool "matcher" ; sssom:mapping_tool_version "2.1" ; rdfs:comment "Both draw."@en .
"""


@pytest.mark.parametrize(
    ("what", "status", "relation"),
    [
        ("ex:m a comp:Alignment . ex:f1 skos:closeMatch ex:g1 .", "", "is close to"),
        ('ex:m a comp:SuggestedAlignment ; comp:reviewStatus "to review" .', "To review.", "may be close to"),
        ("ex:m a comp:RefusedAlignment ; sssom:predicate_modifier sssom:NegatedPredicate .", "Refused.", "is not close to"),
    ],
    ids=["accepted", "to review", "refused"],
)  # fmt: skip
def test_the_page_of_a_pair_says_what_became_of_it(what: str, status: str, relation: str) -> None:
    client = own(framework("f", "Plan."), framework("g", "Cut."), WRITTEN + what)
    text = page(client, "/page?iri=https://example.org/m")
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
    assert relation in words and "Both draw." in words
    assert ("It is no alignment" in words) is bool(status) and status in words
    assert ("All alignments between them as SSSOM" in words) is not bool(status)
    for said in ("rather sure (0.7)", "by reviewing a suggestion", "Ann", "reviewed by Bo"):
        assert said in words
    for said in ("26 November 2026", "likeness 0.42", "draw plan", "tool matcher 2.1"):
        assert said in words
    part = page(client, "/page?iri=https://example.org/f1")
    assert ("Who else asks for this" in part and "close to" in part) is not bool(status)


def test_an_end_that_is_not_held_is_shown_with_its_label_and_iri() -> None:
    client = own(
        framework("f", "Plan."),
        WRITTEN.replace("ex:g1", "<https://elsewhere.example/x>")
        + 'ex:m a comp:Alignment ; sssom:object_label "Drawing" .',
        WRITTEN.replace("ex:g1", "<javascript:alert(1)>").replace("ex:m", "ex:n"),
    )
    text = page(client, "/page?iri=https://example.org/m")
    assert 'href="https://elsewhere.example/x"' in text and "Drawing" in text
    assert "not held here" in text and "SSSOM</a>" not in text
    assert 'href="javascript' not in page(client, "/page?iri=https://example.org/n")


def test_an_alignment_has_a_page_and_data(client: FlaskClient) -> None:
    text = page(client, "/page/alignments/pub-wcc/1")
    assert "Looking ahead and acting before service fails;" in text
    assert "close to" in text and "quite sure (0.8)" in text and "by reading both" in text
    assert "/page/pub-cscf/c02/higher" in text and "/page/wcc-behaviours/v1/c1/b2" in text
    assert "owl:annotatedSource" in client.get("/data/alignments/pub-wcc/1.ttl").text
    assert client.get("/id/alignments/pub-wcc/1").status_code == 303
    assert "SSSOM" in page(client, "/ns/Alignment")


def test_a_part_shows_its_alignments_from_either_end(client: FlaskClient) -> None:
    assert "Foresees where service might fail" in page(client, "/page/pub-cscf/c02/higher")
    assert "Officers look around them" in page(client, "/page/wcc-behaviours/v1/c1/b2")


def test_an_alignment_that_is_broken_still_has_a_page() -> None:
    client = own(framework("f", "Plan."), "ex:m a comp:Alignment ; rdfs:comment 'Half of it'@en .")
    assert "Half of it" in page(client, "/page?iri=https://example.org/m")


# ------------------------------------------------------------------ who else asks for this

CHAINED = """
ex:f1 skos:closeMatch ex:g1 . ex:g1 skos:exactMatch ex:h1 . ex:h1 skos:exactMatch ex:i1 .
ex:f1 comp:contrasts ex:g2 . ex:f2 skos:closeMatch <https://elsewhere.example/x> .
ex:f2 skos:relatedMatch <javascript:alert(1)> . ex:f2 skos:closeMatch ex:f3 .
"""


@pytest.fixture(scope="module")
def chained() -> FlaskClient:
    return own(
        framework("f", "Plan.", "Weld.", "Rest."),
        framework("g", "Sketch.", "Drift."),
        framework("h", "Draw."),
        framework("i", "Paint."),
        CHAINED,
    )


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def asking(client: FlaskClient, name: str) -> str:
    """Return what a page says of who else asks for a part, as it is written."""
    text = page(client, f"/page?iri=https://example.org/{name}")
    if 'id="asking"' not in text:
        return ""
    start = text.rindex("<section", 0, text.index('id="asking"'))
    return text[start : text.index("<aside", start)]


def test_a_part_shows_its_matches_by_framework_and_says_how_many_ask(chained: FlaskClient) -> None:
    said = words(asking(chained, "f1"))
    assert "1 other framework asks for something like it. 2 more are reached only" in said
    stated = said[: said.index("Reached through others")]
    assert "close to Sketch. performance criterion" in stated
    assert "the opposite of Drift." in stated and "Draw." not in stated


def test_what_follows_from_chains_stands_apart_with_its_way_in_words(chained: FlaskClient) -> None:
    text = asking(chained, "f1")
    said = words(text[text.index("<details") :])
    assert "Nobody has said this of the two" in said
    assert "close to Draw. performance criterion · H · concluded in 2 steps" in said
    assert "this is close to Sketch. G which is the same as Draw. H" in said
    assert "concluded in 3 steps" in said and "Paint." in said
    assert text.count('follows"') == 2


def test_what_is_not_held_and_the_own_framework_count_as_no_other_framework(
    chained: FlaskClient,
) -> None:
    text = asking(chained, "f2")
    said = words(text)
    assert "In frameworks that are not held here" in said
    assert 'href="https://elsewhere.example/x"' in text and 'href="javascript' not in text
    assert "other framework asks" not in said and "close to Rest." in said


def test_nothing_is_said_of_a_heading_that_asks_nothing() -> None:
    client = own(
        framework("f", "Plan."),
        'ex:n a comp:Note ; comp:inFramework ex:f ; comp:partOf ex:f ; comp:position 9 ; comp:text "N."@en .',
    )
    assert asking(client, "n") == ""
    assert "No part of another framework is matched" in words(asking(client, "f1"))
    assert 'href="/align?left=' in asking(client, "f1")


def test_a_part_with_very_many_matches_says_how_many_are_not_shown() -> None:
    many = "\n".join(f"ex:f1 skos:closeMatch ex:g{n} ." for n in range(1, 231))
    client = own(framework("f", "Plan."), framework("g", *map("Cut {}.".format, range(230))), many)
    text = asking(client, "f1")
    assert text.count("<li>") == 200 and "30 more are not shown." in words(text)


# ------------------------------------------------------------------ a framework and the others


def test_a_framework_says_what_it_is_aligned_with_and_how_much_each_covers(
    chained: FlaskClient,
) -> None:
    text = page(chained, "/page?iri=https://example.org/g")
    said = words(text[text.index('id="aligned"') :])
    assert "F 1 match, 1 opposite · compare" in said
    assert "covers 1 of the 2 parts here, 1 in full" in said
    assert "of its own 3 parts 1 are covered, 1 in full" in said
    assert "H 1 match" in said and "I 1 match" not in said


def test_a_framework_leads_to_its_crosswalk_in_the_same_address_for_all(
    chained: FlaskClient,
) -> None:
    addresses = set()
    for name in ("g", "h"):
        text = page(chained, f"/page?iri=https://example.org/{name}")
        addresses.add(unescape(re.findall(r'href="(/crosswalk\?[^"]+)"', text)[0]))
    for address in addresses:
        assert "spine=" in address and chained.get(address).status_code == 200
        named = re.findall(r"framework=([^&]+)", address)
        assert named == sorted(named)


def test_a_framework_without_alignments_says_so_quietly() -> None:
    text = page(own(framework("f", "Plan.")), "/page?iri=https://example.org/f")
    assert "With no other framework yet." in text and "/crosswalk" not in text


def test_a_set_of_alignments_says_what_each_of_its_rows_says() -> None:
    ends = "ex:{n} owl:annotatedSource ex:f1 ; owl:annotatedTarget ex:g1 ; owl:annotatedProperty "
    rows = (
        ("m", "skos:closeMatch ; a comp:Alignment .\nex:f1 skos:closeMatch ex:g1 ."),
        ("n", 'skos:relatedMatch ; a comp:SuggestedAlignment ; comp:reviewStatus "to review" .'),
        ("o", "skos:broadMatch ; a comp:RefusedAlignment ; comp:reviewStatus 'refused' ."),
    )
    head = (
        WRITTEN[: WRITTEN.index("ex:m")]
        + "ex:s a sssom:MappingSet ; sssom:mappings ex:m, ex:n, ex:o .\n"
    )
    client = own(
        framework("f", "Plan."),
        framework("g", "Cut."),
        head + "\n".join(ends.format(n=name) + what for name, what in rows),
    )  # fmt: skip
    text = page(client, "/page?iri=https://example.org/s")
    for said in ("is close to", "may be related to", "is not narrower than"):
        assert f'<span class="note">{said}</span>' in text
