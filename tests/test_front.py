"""What npm builds: the page works without it, mentions it only where it is, and hands it its data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from competency import KnowledgeGraph
from competency._files import folder
from competency.ontology import PREFIXES
from competency.server import create_app
from competency.server.pages import editor
from tests.conftest import PREFIXES as TURTLE_PREFIXES

BROWSER = {"Accept": "text/html"}
OWN, FOREIGN = "https://w3id.org/competency/id/one", "https://publisher.example/uri/two"
ROOT = Path(editor.__file__).parents[3]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    graph = KnowledgeGraph()
    for iri in (OWN, FOREIGN):
        graph.parse(f'{TURTLE_PREFIXES} <{iri}> a comp:Framework ; rdfs:label "</script>"@en .')
    return create_app(graph).test_client()


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a folder in the place of ``server``, with an editor that was built."""
    place = tmp_path / "static" / "built" / "editor.js"
    place.parent.mkdir(parents=True)
    place.write_text("")
    monkeypatch.setattr(editor, "folder", lambda name: tmp_path)
    return place


def settings_in(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="editor-settings">(.*?)</script>', page)
    assert found is not None
    settings = json.loads(found[1])
    assert isinstance(settings, dict)
    return settings


def test_a_page_does_not_mention_an_editor_that_was_not_built(
    client: FlaskClient, built: Path
) -> None:
    assert "built/editor.js" in client.get("/sparql", headers=BROWSER).text
    built.unlink()
    page = client.get("/sparql", headers=BROWSER).text
    assert "built" not in page and "editor-settings" not in page
    assert '<textarea id="query"' in page


@pytest.mark.usefixtures("built")
def test_the_editor_is_told_addresses_formats_and_words(client: FlaskClient) -> None:
    settings = settings_in(client.get("/sparql", headers=BROWSER).text)
    assert settings["endpoint"] == "/sparql"
    assert settings["thing"] == "/id/__place__"
    assert settings["entity"] == "/entity?iri=__place__"
    assert settings["held"] == ["https://publisher.example/uri/"]
    assert settings["prefixes"] == PREFIXES
    assert [row["name"] for row in settings["formats"]["truth"]] == ["json", "xml"]  # type: ignore[index]
    words = settings["words"]
    assert isinstance(words, dict)
    assert (words["rows.one"], words["rows.other"]) == ("{num} row", "{num} rows")


@pytest.mark.usefixtures("built")
def test_no_title_ends_the_block_of_settings(client: FlaskClient) -> None:
    page = client.get("/sparql?question=kinds", headers=BROWSER).text
    assert settings_in(page)
    assert page.count("</script>") == page.count("<script")
    assert "&lt;/script&gt;" in page  # the title that a parameter proposes


def test_every_word_that_the_scripts_say_is_handed_over(client: FlaskClient) -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "server/front").glob("*.js")
    )
    said = set(re.findall(r'\b(?:say|said)\("([\w.-]+)"', source))
    said |= {f"{name}.one" for name in re.findall(r'count\("(\w+)"', source)}
    with client.application.test_request_context():
        words = editor.editor_words()
    assert len(said) > 20 and said <= set(words)


def test_every_place_in_a_word_is_named_the_same_in_every_language(client: FlaskClient) -> None:
    found = []
    for language in ("en", "fr"):
        with client.application.test_request_context(f"/sparql?lang={language}"):
            words = editor.editor_words()
        found.append({name: sorted(re.findall(r"\{\w+\}", text)) for name, text in words.items()})
    assert found[0] == found[1]


def test_terms_are_given_for_completion_and_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/sparql/terms")
    assert first.content_type == "application/json"
    terms = {term["name"]: term for term in first.get_json()["terms"]}
    assert terms["comp:NegativeIndicator"]["kind"] == "class"
    assert terms["comp:NegativeIndicator"]["label"] == "negative indicator"
    assert terms["comp:partOf"]["kind"] == "property" and terms["comp:partOf"]["about"]
    assert terms["rdfs:label"]["kind"] == "property" and terms["skos:Concept"]["kind"] == "class"
    again = client.get("/sparql/terms", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_built_files_are_sent_compressed_under_the_strict_policy(client: FlaskClient) -> None:
    if not editor.editor_scripts():
        pytest.skip("the editor is not built here: make front")
    with client.get("/static/built/editor.js", headers={"Accept-Encoding": "gzip"}) as response:
        assert response.status_code == 200 and response.mimetype == "text/javascript"
        assert response.headers["Content-Encoding"] == "gzip" and response.headers["ETag"]
        assert "'unsafe" not in response.headers["Content-Security-Policy"]


def test_the_lock_file_has_exact_versions_and_no_address_or_hash() -> None:
    lock = json.loads((ROOT / "server/package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert not {"resolved", "integrity"} & set(package), name
        assert not name or re.fullmatch(r"\d+\.\d+\.\d+\S*", package["version"]), name


def test_the_licences_of_what_is_built_in_go_along() -> None:
    if not editor.editor_scripts():
        pytest.skip("the editor is not built here: make front")
    text = (folder("server") / "static/built/LICENSES.txt").read_text(encoding="utf-8")
    listed = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    packages = re.findall(r"^(\S+) [\d.]+ \(([^)]+)\)$", text, re.MULTILINE)
    assert packages and {licence for _, licence in packages} <= {"MIT", "ISC", "BSD-3-Clause"}
    assert [name for name, _ in packages if f"`{name}`" not in listed] == []
    assert "@codemirror/view" in text and "Permission is hereby granted" in text
