"""Languages: the interface in English and French, content in one language, each text with its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from rdflib import XSD, Literal

from competency import KnowledgeGraph
from competency._files import folder
from competency.ontology import COMP, own_vocabulary
from competency.server import create_app
from competency.server.languages import gettext, interface, ngettext, number, wanted
from competency.server.pages.words import counted, dated, listed, plural
from competency.server.tags import best, direction, is_tag, own_name
from tests.conftest import PREFIXES, ROOT

BASE = "https://w3id.org/competency/id/"
MANY = f"""
<{BASE}f> a comp:Framework ; dcterms:language "en" ; comp:extent comp:Whole ;
    dcterms:issued "2012-09"^^xsd:gYearMonth ;
    rdfs:label "Service"@en , "Le service"@fr , "服務"@zh-Hant , "الخدمة"@ar .
<{BASE}f/1> a comp:UnitOfCompetency ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f> ; comp:position 1 ;
    rdfs:label "Listening"@en , "Écouter"@fr , "聆聽"@zh-Hant , "الاستماع"@ar .
<{BASE}f/1/1> a comp:PerformanceCriterion ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f/1> ; comp:position 1 ;
    comp:text "Hear people out."@en , "Laisser parler."@fr , "讓人說完。"@zh-Hant , "دع الناس يتكلمون."@ar .
<{BASE}f/1/2> a comp:PerformanceCriterion ; comp:inFramework <{BASE}f> ; comp:partOf <{BASE}f/1> ; comp:position 2 ;
    comp:text "Ask back."@en .
"""
WORDS = {
    "en": ("Service", "Listening", "Hear people out."),
    "fr": ("Le service", "Écouter", "Laisser parler."),
    "zh-hant": ("服務", "聆聽", "讓人說完。"),
    "ar": ("الخدمة", "الاستماع", "دع الناس يتكلمون."),
}


def app_of(turtle: str) -> Flask:
    graph = KnowledgeGraph()
    graph.parse(PREFIXES + turtle)
    return create_app(graph)


@pytest.fixture(scope="module")
def app() -> Flask:
    return app_of(MANY)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def shown(client: FlaskClient, path: str, accept: str = "") -> str:
    """Return a page without the table of all statements, which is in every language there is."""
    headers = {"Accept": "text/html"} | ({"Accept-Language": accept} if accept else {})
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return re.sub(r'<details class="statements".*?</details>', "", response.text, flags=re.DOTALL)


# ------------------------------------------------------------------ whose language


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("FR_ca", "en"),  # no tag, so it says nothing
        ("de", "en"),
        ("de, fr;q=0.5, en;q=0.4", "fr"),
        ("en;q=0.4, fr;q=0.5", "fr"),
        ("*", "en"),
        ("*, fr;q=0.1", "fr"),
        ("fr;q=0, *", "en"),
        ("en;q=0", "fr"),
        ("fr;q=nonsense, en", "en"),
        (";;;,,,", "en"),
    ],
)
def test_the_interface_follows_accept_language(app: Flask, accept: str, found: str) -> None:
    with app.test_request_context("/", headers={"Accept-Language": accept} if accept else {}):
        assert interface() == found


@pytest.mark.parametrize(
    ("lang", "accept", "found", "tags"),
    [
        ("fr", "en", "fr", ("fr", "en")),
        ("fr-CA", "", "fr", ("fr-CA",)),
        ("ar", "fr, en;q=0.2", "fr", ("ar", "fr", "en")),
        ("ar", "", "en", ("ar",)),
        ("", "fr", "fr", ("fr",)),
        ("../../etc", "fr", "fr", ("fr",)),
        ("<script>", "", "en", ("en",)),
        ("x" * 99, "", "en", ("en",)),
        ("fr", "*;q=0.1", "fr", ("fr",)),
    ],
)
def test_the_address_is_stronger_than_the_header(
    app: Flask, lang: str, accept: str, found: str, tags: tuple[str, ...]
) -> None:
    headers = {"Accept-Language": accept} if accept else {}
    with app.test_request_context("/", query_string={"lang": lang}, headers=headers):
        assert (interface(), wanted()) == (found, tags)


def test_a_header_of_a_thousand_languages_is_cut_and_answered(client: FlaskClient) -> None:
    accept = ", ".join(["de"] * 1000 + ["fr"])
    assert '<html lang="en"' in shown(client, "/", accept)


def test_outside_of_a_request_english_is_spoken() -> None:
    assert (interface(), wanted()) == ("en", ("en",))
    assert gettext("Frameworks") == "Frameworks"


def test_a_language_that_is_none_breaks_no_page_and_no_link(client: FlaskClient) -> None:
    text = shown(client, "/page/f?lang=%22%3E%3Cscript%3E")
    assert "<script>" not in text.replace("<script type", "")
    assert '<html lang="en"' in text


# ------------------------------------------------------------------ headers and links


def test_every_page_says_that_it_depends_on_accept_language(client: FlaskClient) -> None:
    for path in ("/", "/page/f", "/ns", "/shapes", "/sparql", "/import", "/no/such/page"):
        for accept, tag in (("fr-CA, en;q=0.1", "fr"), ("de", "en")):
            response = client.get(path, headers={"Accept": "text/html", "Accept-Language": accept})
            assert "accept-language" in response.vary, path
            assert response.headers["Content-Language"] == tag
            assert f'<html lang="{tag}"' in response.text


def test_data_do_not_depend_on_accept_language(client: FlaskClient) -> None:
    for path in ("/data/f.ttl", "/ns.ttl", "/health"):
        response = client.get(path, headers={"Accept-Language": "fr"})
        assert response.status_code == 200
        assert "accept-language" not in response.vary
        assert "Content-Language" not in response.headers


def test_a_page_in_another_language_has_another_tag_and_304_says_the_same(
    client: FlaskClient,
) -> None:
    tags = {}
    for tag in ("en", "fr"):
        headers = {"Accept": "text/html", "Accept-Language": tag}
        tags[tag] = client.get("/", headers=headers).headers["ETag"]
        again = client.get("/", headers=headers | {"If-None-Match": tags[tag]})
        assert again.status_code == 304
        assert "accept-language" in again.vary
    assert tags["en"] != tags["fr"]


def test_a_language_in_the_address_goes_along_to_pages_and_not_to_data(client: FlaskClient) -> None:
    text = client.get("/page/f?lang=fr", headers={"Accept": "text/html"}).text
    links = re.findall(r'(?:href|action)="(/[^"]*)"', text)
    data = [link for link in links if re.match(r"/(static|data|export)/|/[^?]*\.", link)]
    assert len(data) > 5 and not [link for link in data if "lang=" in link]
    pages = set(links) - set(data)
    assert len(pages) > 10 and not [link for link in pages if "lang=fr" not in link]


def test_a_language_from_the_header_stays_out_of_the_links(client: FlaskClient) -> None:
    text = shown(client, "/page/f", "fr")
    assert not re.findall(r'href="(/[^"]*lang=[^"]*)"', text)


def test_a_thing_leads_to_its_page_in_the_language_of_the_address(client: FlaskClient) -> None:
    response = client.get("/id/f?lang=fr", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Location"]) == (303, "/page/f?lang=fr")
    response = client.get("/id/f?lang=fr", headers={"Accept": "text/turtle"})
    assert response.headers["Location"] == "/data/f.ttl"


def test_a_form_takes_the_language_along(client: FlaskClient) -> None:
    """What a form sends replaces the query of its address, so the language is a field of it."""
    hidden = '<input type="hidden" name="lang" value="fr">'
    for path in ("/", "/page/f", "/sparql", "/sparql?question=outline", "/compare"):
        page = {"Accept": "text/html"}
        plain = client.get(path, headers=page).text
        more = "&lang=fr" if "?" in path else "?lang=fr"
        found = re.findall(
            r"<form.*?</form>", client.get(path + more, headers=page).text, re.DOTALL
        )
        wrong = [form for form in found if 'method="post"' not in form and hidden not in form]
        assert not wrong, path
        assert 'name="lang"' not in plain


def test_each_page_links_to_itself_in_the_other_language(client: FlaskClient) -> None:
    text = shown(client, "/sparql?query=ASK+%7B%7D&lang=en&lang=de")
    assert 'href="?query=ASK+%7B%7D&amp;lang=fr" lang="fr"' in text
    assert ">Français</a>" in text and ">English</a>" in text
    assert shown(client, "/sparql?query=ASK+%7B%7D&lang=fr") != text


@pytest.mark.parametrize("path", ["//evil.example/x", "/page/f", "/x%22y"])
def test_no_link_to_another_language_leads_elsewhere(client: FlaskClient, path: str) -> None:
    text = client.get(path, headers={"Accept": "text/html"}).text
    found = re.findall(r'href="([^"]*lang=[^"]*)"', text)
    assert found and all(link.startswith("?") for link in found)


def test_the_language_goes_along_to_every_address_but_those_of_data(app: Flask) -> None:
    without = set()
    with app.test_request_context("/?lang=fr"):
        for rule in app.url_map.iter_rules():
            values: dict[str, object] = {}
            app.inject_url_defaults(rule.endpoint, values)
            without |= set() if values.get("lang") == "fr" else {rule.rule}
    suffixed = {path for path in without if "." in path}
    assert {"/ns.<suffix>", "/data/all.<suffix>", "/ns/context.jsonld"} <= suffixed
    assert without - suffixed == {
        "/data",
        "/data/<path:name>",
        "/graphs",
        "/graphs/<path:path>",
        "/health",
        "/metrics",
        "/ready",
        "/static/<path:filename>",
        "/update",
    }


# ------------------------------------------------------------------ content


@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.parametrize("path", ["/page/f", "/page/f/1", "/page/f/1/1"])
def test_a_framework_in_four_languages_is_shown_in_the_one_asked_for(
    client: FlaskClient, tag: str, path: str
) -> None:
    by_address, by_header = shown(client, f"{path}?lang={tag}"), shown(client, path, tag)
    for text in (by_address, by_header):
        assert any(word in text for word in WORDS[tag])
        for other in WORDS.keys() - {tag}:
            assert not [word for word in WORDS[other] if f">{word}<" in text], other


def test_the_home_page_shows_each_framework_in_the_language_of_the_reader(
    client: FlaskClient,
) -> None:
    assert "Le service" in shown(client, "/", "fr")
    assert "Service</span>" in shown(client, "/", "de")


def test_a_reader_of_a_language_that_is_not_there_gets_the_main_one() -> None:
    turtle = MANY.replace('dcterms:language "en"', 'dcterms:language "fr"')
    client = app_of(turtle).test_client()
    text = shown(client, "/page/f", "de")
    assert "Le service" in text and "Laisser parler." in text and "Hear people out." not in text
    assert '<html lang="en"' in text  # the interface has no French for somebody who reads German


def test_without_a_word_on_its_language_that_of_most_texts_is_the_main_one() -> None:
    graph = KnowledgeGraph()
    graph.parse(PREFIXES + MANY.replace('dcterms:language "en" ;', ""))
    assert graph.resource(BASE + "f").languages == ("en", "ar", "fr", "zh-hant")


def test_a_text_that_is_only_in_another_language_is_shown_and_marked(client: FlaskClient) -> None:
    text = shown(client, "/page/f/1?lang=fr")
    assert '<span lang="fr" dir="ltr">Laisser parler.</span>' in text
    assert '<span lang="en" dir="ltr">Ask back.</span>' in text


def test_arabic_is_written_from_the_right(client: FlaskClient) -> None:
    text = shown(client, "/page/f/1/1?lang=ar")
    assert '<span lang="ar" dir="rtl">دع الناس يتكلمون.</span>' in text
    assert '<html lang="en"' in text  # the interface is not in Arabic


def test_all_statements_show_every_language(client: FlaskClient) -> None:
    text = client.get("/page/f/1/1?lang=ar").text
    assert all(words[2] in text for words in WORDS.values())


def test_dates_kinds_and_terms_are_in_the_language_of_the_interface(client: FlaskClient) -> None:
    french, english = shown(client, "/page/f?lang=fr"), shown(client, "/page/f?lang=en")
    for pair in (
        ("septembre 2012", "September 2012"),
        ("unité de compétence", "unit of competency"),
        ("intégral", "whole"),
        ("date de publication", "date of issue"),
        ("2 critères de performance", "2 performance criteria"),
    ):
        assert pair[0] in french and pair[0] not in english, pair
        assert pair[1] in english and pair[1] not in french, pair


def test_data_stay_as_they_are_whatever_the_reader_speaks(client: FlaskClient) -> None:
    answers = {
        client.get("/data/f/1.ttl" + more, headers={"Accept-Language": tag}).data
        for more in ("", "?lang=fr")
        for tag in ("fr", "ar")
    }
    assert len(answers) == 1


# ------------------------------------------------------------------ words


def test_plurals_numbers_and_lists_are_right_in_english() -> None:
    assert counted("performance criterion", 1200) == "1,200 performance criteria"
    assert counted("unit of competency", 1) == "1 unit of competency"
    assert (plural("gizmo", 0), plural("body of rules", 2)) == ("gizmos", "bodies of rules")
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert (listed(["a"]), listed([])) == ("a", "")
    assert ngettext("%(num)s part of %(whole)s", "%(num)s parts of %(whole)s", 1, whole="x") == (
        "1 part of x"
    )


def test_plurals_numbers_and_lists_are_right_in_french(app: Flask) -> None:
    with app.test_request_context("/?lang=fr"):
        assert counted("performance criterion", 9) == "9 critères de performance"
        assert counted("unité de compétence", 2) == "2 unités de compétence"
        assert counted("note", 0) == "0 note"
        assert listed(["a", "b", "c"]) == "a, b et c"
        assert number(12345) == "12\u202f345"


def test_dates_are_written_as_readers_write_them(app: Flask) -> None:
    day, month = (
        Literal("2026-03-01", datatype=XSD.date),
        Literal("2026-03", datatype=XSD.gYearMonth),
    )
    assert (dated(day), dated(month)) == ("1 March 2026", "March 2026")
    assert dated(Literal("2026-03-01Z", datatype=XSD.date, normalize=False)) is None
    assert dated(Literal("soon", datatype=XSD.date, normalize=False)) is None
    assert dated(Literal("2026")) is None
    with app.test_request_context("/?lang=fr"):
        assert (dated(day), dated(month)) == ("1 mars 2026", "mars 2026")


def test_the_ontology_and_the_messages_agree_on_what_a_kind_is_called(app: Flask) -> None:
    vocabulary = own_vocabulary()
    kinds = sorted(vocabulary.subclasses(str(COMP.Part)) | {str(COMP.Framework), str(COMP.Level)})
    with app.test_request_context("/?lang=fr"):
        for kind in kinds:
            assert plural(vocabulary.label(kind), 1) == vocabulary.label(kind, "fr")
            assert plural(vocabulary.label(kind, "fr"), 2) != vocabulary.label(kind), kind


def test_tags_are_matched_by_language_and_script() -> None:
    assert best(["zh-HK"], ["zh-Hans", "zh-Hant"]) == "zh-Hant"
    assert best(["zh"], ["zh-Hant", "zh-Hans"]) == "zh-Hans"
    assert best(["fr-CA", "en"], ["en", "fr"]) == "fr"
    assert best(["de"], ["en"]) is None and best([], ["en"]) is None
    assert [direction(tag) for tag in ("he", "ur", "az-Arab", "az", "qaa", "")] == [
        "rtl", "rtl", "rtl", "ltr", "auto", "auto",
    ]  # fmt: skip
    assert (own_name("zh-hant"), own_name("ar")) == ("中文 (繁體)", "العربية")
    assert not is_tag("") and not is_tag("f r") and not is_tag("-fr")


# ------------------------------------------------------------------ the messages


KEYWORDS = DEFAULT_KEYWORDS | {"ngettext_noop": (1, 2)}


def written() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield each message of templates and code, with its file."""
    places = (
        (folder("server") / "templates", [("**.html", "jinja2")]),
        (ROOT / "competency" / "server", [("**.py", "python")]),
    )
    for place, methods in places:
        options = {"**.html": {"silent": "false"}}
        for name, _, message, _, _ in extract_from_dir(place, methods, options, KEYWORDS):
            yield name, message


@pytest.fixture(scope="module")
def french() -> Catalog:
    with (folder("server") / "messages" / "fr.po").open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def test_every_message_has_french(french: Catalog) -> None:
    known = {message.id for message in french if message.id and all(forms(message.string))}
    missing = {(name, message) for name, message in written() if message not in known}
    assert not missing, "run: make messages, then translate in server/messages/fr.po"


def test_no_french_is_kept_for_what_nobody_says(french: Catalog) -> None:
    used = {message for _, message in written()}
    assert not {message.id for message in french if message.id} - used, "run: make messages"
    assert not french.obsolete and not [m for m in french if m.id and m.fuzzy]


def test_french_has_the_same_gaps_to_fill_as_english(french: Catalog) -> None:
    gap = re.compile(r"%\(\w+\)s|(?<!\$)\{\w+\}|</?\w+>")
    for message in french:
        if message.id:
            english = {frozenset(gap.findall(text)) for text in forms(message.id)}
            found = {frozenset(gap.findall(text)) for text in forms(message.string)}
            assert found <= english, message.id


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def test_signs_that_french_sets_apart_stand_after_a_space_that_does_not_break(
    french: Catalog,
) -> None:
    wrong = [
        text
        for message in french
        if message.id
        for text in forms(message.string)
        if re.search(r"[^\u00a0\u202f][;?!»](?!\w)| :", re.sub(r"<[^>]+>|&\w+;", "", text))
    ]
    assert not wrong


# ------------------------------------------------------------------ whole pages


ENGLISH = (
    "Frameworks", "Vocabulary", "Shapes", "Skip to", "All statements", "About it", "Identifier and data",
    "Property", "What is in it", "What stands below", "unit of competency", "performance criteria",
    "Query", "lines ", "previous", "Download", "helpful", "reworded", "inferred", "not stated",
)  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["/", "/page/f", "/page/f/1", "/page/f/1/1", "/page/scale", "/ns", "/shapes", "/import", "/no"],
)
def test_a_french_page_has_no_english_of_ours(path: str) -> None:
    turtle = MANY + f'<{BASE}scale> a comp:LevelScale ; rdfs:label "Échelle"@fr .'
    client = app_of(turtle).test_client()
    text = client.get(path + "?lang=fr", headers={"Accept": "text/html"}).text
    text = re.sub(r'<(\w+)[^>]* lang="en".*?</\1>', "", text, flags=re.DOTALL)
    code = r"<(script|code|pre|svg)\b.*?</\1>|<a href=\"#\w+\">\w+</a>"
    text = re.sub(code, "", text, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|title|placeholder)="([^"]*)"', text)
    words = " ".join([re.sub(r"<[^>]+>", " ", text), *labels])
    assert not [word for word in ENGLISH if re.search(rf"\b{word}", words)]


def test_the_source_of_the_messages_is_shipped_and_nothing_compiled() -> None:
    place: Path = folder("server") / "messages"
    assert [file.suffix for file in sorted(place.iterdir())] == [".po"]
