"""The pages: every thing has one, no link is broken, nothing hostile runs, nothing is left empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency.server import create_app
from tests.conftest import PREFIXES

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BASE = "https://w3id.org/competency/id/"
DATA_BLOCKS = ("application/json", "application/ld+json")
SCHEMES = ("", "http", "https")
EVIL = "<img src=x onerror=alert(1)>\"'</textarea><script>alert(2)</script>"
VOID = {"meta", "link", "input", "img", "br"}


class Page(HTMLParser):
    """A page taken apart: its addresses, its ids, its headings, its elements without an end."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.wrong += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        self.links += [str(found[name]) for name in ("href", "action", "src") if name in found]
        self.ids += [str(found["id"])] if "id" in found else []
        self.wrong += [
            f"{name} on <{tag}>" for name in found if name.startswith("on") or name == "style"
        ]
        if tag == "script" and "src" not in found and found.get("type") not in DATA_BLOCKS:
            self.wrong.append("script in the page")
        if tag in ("h1", "h2", "h3"):
            self.headings.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> ends nothing")

    def handle_data(self, data: str) -> None:
        if self.headings and self.headings[-1][0] in self.open:
            tag, text = self.headings[-1]
            self.headings[-1] = (tag, text + data)


@pytest.fixture(scope="module")
def client(shipped: KnowledgeGraph) -> FlaskClient:
    return create_app(shipped).test_client()


def read(client: FlaskClient, path: str, status: int = 200) -> Page:
    """Return a page, with what has to be true of every page checked."""
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.status_code == status, path
    assert response.content_type == "text/html; charset=utf-8"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self';" in policy and "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    page = Page(response.text)
    assert not page.wrong, (path, page.wrong)
    assert not [tag for tag, text in page.headings if not text.strip()], path
    assert [tag for tag, _ in page.headings].count("h1") == 1, path
    assert len(page.ids) == len(set(page.ids)), path
    assert not page.tags & {"style", "iframe", "object"}, path
    assert re.search(r"<title>\s*\S", page.text) and '<html lang="en">' in page.text
    return page


def part(iri: str, above: str, place: int, kind: str, more: str) -> str:
    return (
        f"<{BASE}{iri}> a comp:{kind} ; comp:inFramework <{BASE}f> ; "
        f"comp:partOf <{BASE}{above}> ; comp:position {place} ; {more} .\n"
    )


def client_of(*triples: str) -> FlaskClient:
    """Return a client of a server with one framework ``f`` made of these triples."""
    graph = KnowledgeGraph()
    head = f'<{BASE}f> a comp:Framework ; rdfs:label "Own framework"@en .\n'
    graph.parse(PREFIXES + head + "".join(triples))
    return create_app(graph).test_client()


# ------------------------------------------------------------------ all pages


def test_resources_of_every_kind_have_a_page(client: FlaskClient, shipped: KnowledgeGraph) -> None:
    kinds: dict[tuple[str, ...], list[str]] = {}
    for path in paths_of(shipped):
        types = shipped.resource(path).types
        kinds.setdefault(tuple(sorted(map(str, types))), []).append(path)
    for paths in kinds.values():
        for path in (paths[0], paths[-1], *paths[:: len(paths) // 3 or 1]):
            look_at(client, path)


@pytest.mark.slow
def test_every_resource_has_a_page(client: FlaskClient, shipped: KnowledgeGraph) -> None:
    for path in paths_of(shipped):
        look_at(client, path)


def look_at(client: FlaskClient, path: str) -> None:
    """Look at a page and where its links lead."""
    page = read(client, f"/page/{quote(path)}")
    here = [link[1:] for link in page.links if link.startswith("#")]
    assert not [anchor for anchor in here if unquote(anchor) not in page.ids], path
    assert not [link for link in page.links if urlsplit(link).scheme not in SCHEMES], path


def paths_of(graph: KnowledgeGraph) -> Iterator[str]:
    """Return the paths of everything with a type."""
    for name in graph.graph_names:
        for node in graph.named_graph(name).graph.subjects(unique=True):
            if str(node).startswith(graph.base):
                yield str(node).removeprefix(graph.base)


def test_every_download_of_a_page_is_there(client: FlaskClient) -> None:
    for path in ("/page/hkqf-111334L3", "/page/nos-pss-spo109/1/pc/3", "/page/pub-cscf/scale"):
        downloads = [link for link in read(client, path).links if link.startswith("/data/")]
        assert len(set(downloads)) > 6  # every syntax as authored, and the other profiles
        assert all(client.head(link).status_code == 200 for link in downloads)


def test_error_pages_hold_to_the_same_rules(client: FlaskClient) -> None:
    read(client, "/id/none", 404)
    read(client, "/no/such/page", 404)
    read(client, "/page?iri=" + EVIL, 404)
    read(client, "/sparql?query=" + EVIL.replace("<", "%3C"), 400)


def test_a_page_names_its_thing_and_its_data_in_its_head(client: FlaskClient) -> None:
    text = read(client, "/page/pub-cscf/c01").text
    assert f'<link rel="canonical" href="{BASE}pub-cscf/c01">' in text
    assert (
        '<link rel="alternate" type="text/turtle" title="Turtle" href="/data/pub-cscf/c01.ttl">'
        in text
    )
    assert '<link rel="next" href="/page/pub-cscf/c02">' in text
    assert re.search(
        r"<title>Take .* Customer Service Competency Framework · Competency</title>", text
    )


# ------------------------------------------------------------------ the framework page


def test_a_framework_page_says_what_is_inferred_reworded_and_not_stated(
    client: FlaskClient,
) -> None:
    text = read(client, "/page/wcc-behaviours").text
    assert "not the publisher’s text" in text
    assert re.search(
        r"extent.*?whole</span></a> <span class=\"mark\">\(inferred\)", text, re.DOTALL
    )
    assert re.search(r"The document does not say: <em>[^<]*publisher[^<]* and [^<]*</em>", text)
    assert "37 negative indicators" in text and "15 elements of competency" in text


def test_the_whole_tree_is_on_the_framework_page(
    client: FlaskClient, shipped: KnowledgeGraph
) -> None:
    for framework in shipped.frameworks:
        links = set(read(client, f"/page/{framework.path}").links)
        assert {f"/page/{item.path}" for item in framework.walk()} <= links


def test_unhelpful_behaviours_are_apart_by_sign_word_and_style() -> None:
    client = client_of(
        part("f/g", "f", 1, "Group", 'rdfs:label "Listening"@en'),
        part("f/g/1", "f/g", 1, "PositiveIndicator", 'comp:text "Listens."@en'),
        part("f/g/2", "f/g", 2, "NegativeIndicator", 'comp:text "Interrupts."@en'),
        part("f/g/3", "f/g", 3, "NegativeIndicator", 'comp:text "Shouts."@en'),
    )
    text = read(client, "/page/f").text
    helpful, unhelpful = text.index('class="run helpful"'), text.index('class="run unhelpful"')
    assert (
        helpful
        < text.index("Listens.")
        < unhelpful
        < text.index("Interrupts.")
        < text.index("Shouts.")
    )
    assert "<strong>unhelpful</strong>" in text and "2 negative indicators" in text
    assert text.count("✕") == 3 and text.count("✓") == 2
    own = read(client, "/page/f/g/2").text
    assert "<strong>unhelpful</strong>" in own and "✕" in own


def test_a_lead_in_stands_before_the_items_it_begins() -> None:
    client = client_of(
        part("f/g", "f", 1, "Group", f'rdfs:label "List"@en ; comp:leadIn <{BASE}f/g/9>'),
        part("f/g/1", "f/g", 1, "PerformanceCriterion", 'comp:text "Plan work."@en'),
        part("f/g/9", "f/g", 9, "Note", 'comp:text "The person can:"@en'),
        part("f/x", "f", 2, "Note", f'comp:text "Stay calm."@en ; comp:leadIn <{BASE}f/g/9>'),
    )
    text = read(client, "/page/f").text
    assert text.index("The person can:") < text.index("Plan work.")
    assert '<span class="kind">lead-in</span>' in text
    own = read(client, "/page/f/x").text
    assert own.index("The person can:") < own.index("<h1")


def test_printed_numbers_codes_and_empty_fields_are_shown() -> None:
    client = client_of(
        part(
            "f/u", "f", 1, "UnitOfCompetency", f'rdfs:label "Unit"@en ; comp:code <{BASE}f/u/code>'
        ),
        part(
            "f/u/1",
            "f/u",
            1,
            "PerformanceCriterion",
            'comp:enumeration "2.1b" ; comp:text "Plan."@en',
        ),
        part("f/u/2", "f/u", 2, "Note", 'rdfs:label "Remark"@en ; comp:isEmpty true'),
        f'<{BASE}f/u/code> a comp:Code ; skos:notation "X 1" .\n',
    )
    text = read(client, "/page/f").text
    assert '<span class="number">2.1b</span>' in text
    assert '<span class="code">X 1</span>' in text
    assert "printed, empty" in text
    assert "printed, empty" in read(client, "/page/f/u/2").text
    assert "issuer not stated" in read(client, "/page/f/u").text


# ------------------------------------------------------------------ the page of a part


def test_a_part_page_shows_its_place_and_its_neighbours(client: FlaskClient) -> None:
    page = read(client, "/page/nos-pss-spo109/1/ku/13")
    assert '<span class="note">knowledge statement' not in page.text
    assert {"/page/nos-pss-spo109", "/page/nos-pss-spo109/1", "/page/nos-pss-spo109/1/ku"} <= set(
        page.links
    )
    assert 'rel="prev" href="/page/nos-pss-spo109/1/ku/12"' in page.text
    assert 'rel="next" href="/page/nos-pss-spo109/1/ku/14"' in page.text
    assert 'href="/page/nos-pss-spo109/source">line' in page.text


def test_a_unit_shows_codes_with_issuers_level_and_credit(client: FlaskClient) -> None:
    unit = read(client, "/page/nos-pss-spo109/1").text
    assert "H7A3 04" in unit and "issued by SQA" in unit and "issued by PSS, inferred" in unit
    unit = read(client, "/page/hkqf-111334L3/unit").text
    assert "issuer not stated" in unit and "For Reference Only" in unit and "Level 3" in unit


def test_assessment_is_shown_from_both_sides(client: FlaskClient) -> None:
    criterion = read(client, "/page/hkqf-111334L3/unit/ac/3")
    assert "/page/hkqf-111334L3/unit/pr/2/4" in criterion.links and "rewords" in criterion.text
    requirement = read(client, "/page/hkqf-111334L3/unit/pr/2/4")
    assert "assessed by" in requirement.text
    assert "/page/hkqf-111334L3/unit/ac/3" in requirement.links


def test_other_printed_places_repairs_doubts_and_laws_are_shown(client: FlaskClient) -> None:
    value = read(client, "/page/wcc-behaviours/v1/c2").text
    assert "Also printed" in value and "Summary list, place 2, line 8" in value
    fused = read(client, "/page/wcc-behaviours/v1/c1/b6").text
    assert "split" in fused and "the cut is our reading" in fused
    law = read(client, "/page/nos-pss-spo109/law/hswa-1974").text
    assert "What refers to this" in law


def test_levels_stand_side_by_side(client: FlaskClient) -> None:
    text = read(client, "/page/pwgsc-client-service/competency").text
    assert text.count('class="scroll matrix"') == 1
    assert text.count('class="level-name"') == 3
    assert text.index("Delivers high") < text.index("Ensures high") < text.index("Fosters high")


def test_all_statements_link_to_the_terms_they_use(client: FlaskClient) -> None:
    page = read(client, "/page/pub-cscf/c01")
    assert "All statements" in page.text
    assert {"/ns#position", "/ns#Competency", "/ns#Reordered"} <= set(page.links)


# ------------------------------------------------------------------ strange and hostile data


def test_hostile_texts_are_shown_as_text() -> None:
    evil = EVIL.replace("\\", "\\\\").replace('"', '\\"')
    client = client_of(
        part("f/g", "f", 1, "Group", f'rdfs:label "{evil}"@en ; comp:enumeration "{evil}"'),
        part("f/g/1", "f/g", 1, "Note", f'comp:text "{evil}"@en ; comp:doubt "{evil}"@en'),
        f"<{BASE}f> comp:source <javascript:alert(1)> ; rdfs:seeAlso <data:text/html,x> .\n",
    )
    for path in ("/", "/page/f", "/page/f/g", "/page/f/g/1"):
        page = read(client, path)
        assert "<img src=x" not in page.text and "<script>" not in page.text
        assert not [link for link in page.links if link.startswith(("javascript:", "data:"))]
    assert "javascript:alert(1)" in read(client, "/page/f").text
    query = "/sparql?query=SELECT%20*%20%7B%20%3Fs%20comp%3Asource%20%3Fo%20%7D"
    assert not [link for link in read(client, query).links if link.startswith("javascript:")]


def test_texts_carry_their_language() -> None:
    client = client_of(
        part("f/g", "f", 1, "Group", 'rdfs:label "Qualit\u00e9"@fr'),
        part("f/g/1", "f/g", 1, "Note", 'comp:text "\u062c\u0648\u062f\u0629"@ar'),
    )
    assert (
        '<h1><span lang="fr" dir="ltr">Qualit\u00e9</span></h1>' in read(client, "/page/f/g").text
    )
    assert 'lang="ar" dir="rtl"' in read(client, "/page/f").text


def test_broken_trees_and_circles_have_pages_too() -> None:
    client = client_of(
        part("f/a", "f/b", 1, "Group", 'rdfs:label "A"@en'),
        part("f/b", "f/a", 1, "Group", 'rdfs:label "B"@en'),
        part("f/c", "nowhere", 1, "Group", 'rdfs:label "C"@en'),
        f"<{BASE}f/d> a comp:Note .\n",
        f"<{BASE}f/e> a comp:Group ; comp:partOf <{BASE}f/e> ; comp:credit [ comp:creditValue 3 ] .\n",
    )
    for path in ("f", "f/a", "f/b", "f/c", "f/d", "f/e"):
        read(client, f"/page/{path}")


def test_a_very_deep_tree_is_cut_with_a_link_to_the_rest() -> None:
    deep = [
        part(f"f/{n}", f"f/{n - 1}" if n else "f", 1, "Group", f'rdfs:label "G{n}"@en')
        for n in range(60)
    ]
    page = read(client_of(*deep), "/page/f")
    assert "30 more below" in page.text
    assert "/page/f/29" in page.links and "/page/f/40" not in page.links


def test_the_vocabulary_page_has_every_term_and_the_shapes_page_every_rule(
    client: FlaskClient, shipped: KnowledgeGraph
) -> None:
    names = {term.rpartition("#")[2] for term in shipped.vocabulary.terms}
    assert names <= set(read(client, "/ns").ids)
    shapes = read(client, "/shapes").text
    assert shapes.count("to mend it") > 50
