"""The site as files: which file an address becomes, what is written, kept and removed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from click.testing import Result

from competency import KnowledgeGraph
from competency.errors import SourceError
from competency.exchange.exchanges import written_formats
from competency.formats import RDF_SYNTAXES
from competency.server.profiles import ALTERNATES, OWN
from competency.server.static_site import SiteOptions, write_site
from competency.server.static_site.building import languages_of
from competency.server.static_site.folder import MANIFEST, SiteFolder
from competency.server.static_site.layout import Layout
from competency.server.static_site.names import LONGEST, name_of_iri, name_of_path, name_of_state
from competency.server.static_site.redirects import htaccess, redirects
from tests.conftest import PREFIXES
from tests.crawl import Crawl, fetch_over_http

BASE = "https://example.org/id/"
BAKING = f"""{PREFIXES}
@base <{BASE}> .
<f> a comp:Framework ; rdfs:label "Baking"@en .
<f/a> a comp:Competency ; rdfs:label "Knead"@en ; comp:inFramework <f> ; comp:partOf <f> ; comp:position 1 .
<f/A> a comp:Competency ; rdfs:label "Bake"@en ; comp:inFramework <f> ; comp:partOf <f> ; comp:position 2 .
<f/a%20b/é.skos> a comp:PositiveIndicator ; comp:text "Says </script><b>hello</b>"@en ;
  comp:inFramework <f> ; comp:partOf <f/a> ; comp:position 1 .
<f/con> a comp:NegativeIndicator ; comp:text "Burns the bread"@en ; comp:inFramework <f> ; comp:partOf <f/a> ;
  comp:position 2 .
<https://elsewhere.example/g?x=1> a comp:Framework ; rdfs:label "烘焙"@zh .
<https://elsewhere.example/g?x=1#a> a comp:Competency ; rdfs:label "揉面团"@zh ;
  comp:inFramework <https://elsewhere.example/g?x=1> ; comp:partOf <https://elsewhere.example/g?x=1> ; comp:position 1 .
"""
URL = "https://skills.example/deep/"


def baking(text: str = BAKING) -> KnowledgeGraph:
    graph = KnowledgeGraph(base=BASE)
    graph.parse(text)
    return graph


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small site in English."""
    found = tmp_path_factory.mktemp("site")
    write_site(baking(), found, SiteOptions(url=URL, languages=("en",)))
    return found


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def plain_server(folder: Path) -> Iterator[int]:
    """Serve a folder as ``python -m http.server`` does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("pub-cscf/c01", "pub-cscf/c01"),
        ("a b", "a~20b"),
        ("a~20b", "a~7E20b"),
        ("é", "~C3~A9"),
        ("../x", "~2E~2E/x"),
        ("a//b", "a/~/b"),
        ("NUL.txt", "~4EUL.txt"),
        ("x.", "x~2E"),
        ("a?b#c%2F", "a~3Fb~23c~252F"),
        ("null", "null"),
    ],
)
def test_a_path_has_a_name_that_every_disk_and_server_takes(path: str, name: str) -> None:
    assert name_of_path(path) == name


def test_long_steps_end_in_a_digest_that_tells_them_apart() -> None:
    one, other = name_of_path("x" * 500), name_of_path("x" * 501)
    assert one != other
    assert max(len(one), len(other)) <= LONGEST


def test_an_iri_elsewhere_has_a_name_of_its_own() -> None:
    names = {
        name_of_iri(iri)
        for iri in ("http://a.example/b", "https://a.example/b", "urn:a:b", "urn:a/b")
    }
    assert len(names) == 4


def test_a_state_has_the_same_name_in_any_order_of_its_fields() -> None:
    one = name_of_state([("left", "a"), ("right", "b")])
    assert one == name_of_state([("right", "b"), ("left", "a")])
    assert one != name_of_state([("left", "b"), ("right", "a")])


@pytest.mark.parametrize(
    ("endpoint", "address", "file"),
    [
        ("home.index", "/", "index.html"),
        ("home.index", "/?lang=fr", "fr/index.html"),
        ("home.index", "/?lang=xx", "index.html"),
        ("home.index", "/?page=2", "index/~.page-2.html"),
        ("resources.page", "/page/f/a%2520b?lang=fr", "fr/page/f/a~2520b.html"),
        ("resources.page", "/page/f.ttl", "page/f.ttl.html"),
        ("resources.page", "/page/f?view=levels", "page/f/~.view-levels.html"),
        ("resources.page", "/page/f?open=all", "page/f.html"),
        ("resources.page_of", "/page?iri=https://x.example/a", "iri/https/x.example/a.html"),
        ("resources.entity", "/entity?iri=https://example.org/id/f", "page/f.html"),
        ("resources.thing", "/id/f", "page/f.html"),
        ("resources.data", "/data/f.alt.html?lang=fr", "fr/data/f.alt.html"),
        ("terms.vocabulary_in", "/ns.ttl", "ns.ttl"),
        ("terms.term", "/ns/code", "ns/code.html"),
        ("static", "/static/built/a@1.js", "static/built/a@1.js"),
    ],
)
def test_an_address_becomes_a_file(endpoint: str, address: str, file: str) -> None:
    assert Layout(BASE, ("en", "fr")).target(endpoint, address).file == file


def test_names_that_differ_only_in_case_are_told_apart() -> None:
    layout = Layout(BASE, ("en",), ["page/f/a", "page/f/A", "data/f/a", "data/f/A"])
    files = [layout.page(BASE + path, "en").file for path in ("f/a", "f/A")]
    files += [layout.data(BASE + path, OWN, RDF_SYNTAXES[0]).file for path in ("f/a", "f/A")]
    assert len({file.lower() for file in files}) == 4
    assert "page/f/a.html" in files


# ---------------------------------------------------------------- the folder


def test_a_folder_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(SourceError, match="--force"):
        SiteFolder(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["diary.txt"]


def test_files_that_are_not_of_the_site_stay_and_old_ones_go(tmp_path: Path) -> None:
    first = SiteFolder(tmp_path)
    first.write("page/a.html", b"a")
    first.write("page/old/b.html", b"b")
    first.finish("1")
    (tmp_path / "page" / "mine.txt").write_text("mine")
    second = SiteFolder(tmp_path)
    second.write("page/a.html", b"a")
    tally = second.finish("2")
    assert (tally.written, tally.unchanged, tally.removed) == (0, 1, 1)
    assert not (tmp_path / "page" / "old").exists()
    assert (tmp_path / "page" / "mine.txt").read_text() == "mine"


def test_what_has_not_changed_is_not_written_and_what_was_damaged_is(tmp_path: Path) -> None:
    for text in (b"a", b"a", b"b"):
        folder = SiteFolder(tmp_path)
        folder.write("a.html", text)
        folder.finish("k")
    assert folder.tally.written == 1
    (tmp_path / "a.html").write_bytes(b"x")
    assert not SiteFolder(tmp_path).is_whole("k")


def test_a_file_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    SiteFolder(tmp_path).finish("1")
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(SourceError, match="not ours"):
        SiteFolder(tmp_path).write("index.html", b"ours")
    SiteFolder(tmp_path, force=True).write("index.html", b"ours")


def test_a_run_that_did_not_end_can_be_run_again(tmp_path: Path) -> None:
    cut = SiteFolder(tmp_path)
    cut.begin()
    cut.write("a.html", b"half of a site")
    again = SiteFolder(tmp_path)
    assert not again.is_whole("k")
    again.write("a.html", b"a")
    assert again.finish("k").written == 1


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out", "a/../../out.txt"])
def test_a_manifest_cannot_make_us_remove_what_is_outside(tmp_path: Path, name: str) -> None:
    outside, inside = tmp_path / "out.txt", tmp_path / "site"
    outside.write_text("mine")
    inside.mkdir()
    (inside / MANIFEST).write_text(json.dumps({"made_from": "k", "files": {name: "0"}}))
    SiteFolder(inside).finish("k")
    assert outside.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}'])
def test_a_manifest_that_is_none_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(SourceError, match="manifest"):
        SiteFolder(tmp_path)


def test_two_documents_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    folder = SiteFolder(tmp_path)
    folder.write("a.html", b"a")
    with pytest.raises(SourceError, match="two documents"):
        folder.write("a.html", b"b")


# ---------------------------------------------------------------- the site


@pytest.mark.slow
def test_a_plain_file_server_gives_a_site_without_a_fault(place: Path) -> None:
    with plain_server(place) as port:
        crawl = Crawl(fetch_over_http("127.0.0.1", port), by_suffix=True).run()
    assert crawl.faults == []
    names = [address.removeprefix("http://localhost/") for address in crawl.read]
    assert "page/f/a~2520b/~C3~A9.skos.html" in names
    assert "iri/https/elsewhere.example/g~3Fx~3D1~23a.html" in names


def test_the_site_can_stand_in_any_folder(place: Path) -> None:
    with plain_server(place.parent) as port:
        fetch = fetch_over_http("127.0.0.1", port)
        crawl = Crawl(fetch, by_suffix=True, most=60).run(f"/{place.name}/index.html")
    assert crawl.faults == []


def test_the_data_are_those_of_the_graph_in_every_syntax(place: Path) -> None:
    wanted = len(baking().describe("f/a").triples)
    for syntax in RDF_SYNTAXES:
        assert len(KnowledgeGraph(place / f"data/f/a{syntax.suffixes[0]}")) == wanted, syntax.name


def test_every_thing_has_its_list_of_all_forms(place: Path) -> None:
    layout = Layout(BASE, ("en",))
    found = json.loads((place / f"{layout.data_stem(BASE + 'f', ALTERNATES)}.json").read_bytes())
    addresses = [item["url"] for row in found["profiles"] for item in row["representations"]]
    assert f"{URL}data/f.ttl" in addresses
    assert all((place / address.removeprefix(URL)).is_file() for address in addresses)


def test_pages_link_to_nothing_that_needs_a_server(place: Path) -> None:
    text = (place / "index.html").read_text(encoding="utf-8")
    assert "sparql" not in text.lower().replace("sparql.css", "")
    assert "data-suggest" not in text
    assert 'action="search.html"' in text


@pytest.mark.parametrize("name", ["f", name_of_iri("https://elsewhere.example/g?x=1")])
def test_every_framework_is_there_in_every_format_and_one_page_lists_them(
    place: Path, name: str
) -> None:
    page = place / f"export/{name}.html"
    text = page.read_text(encoding="utf-8")
    found = re.findall(r'<a class="button" rel="nofollow" href="([^"]+)" download', text)
    assert len(found) == len(written_formats()) and "curl" not in text
    for link in found:
        assert page.parent.joinpath(unquote(link)).stat().st_size, link


def test_the_page_of_a_framework_links_to_its_exports(place: Path) -> None:
    assert 'href="../export/f.case.json" download' in (place / "page/f.html").read_text("utf-8")


def test_the_catalogue_names_the_files_and_no_endpoint(place: Path) -> None:
    text = (place / "dataset.ttl").read_text(encoding="utf-8")
    assert f"<{URL}data/f.ttl>" in text
    assert "sparqlEndpoint" not in text
    assert (place / ".well-known" / "void").read_text(encoding="utf-8") == text


def test_the_sitemap_names_pages_that_are_there(place: Path) -> None:
    found = [
        item.text or ""
        for item in ElementTree.fromstring((place / "sitemap-1.xml").read_bytes()).iter()  # noqa: S314
        if item.tag.endswith("loc")
    ]
    assert f"{URL}page/f.html" in found
    assert all((place / address.removeprefix(URL)).is_file() for address in found)


def test_the_page_for_missing_addresses_works_at_any_depth(place: Path) -> None:
    text = (place / "404.html").read_text(encoding="utf-8")
    assert 'href="/deep/index.html"' in text
    assert 'href="/deep/static/style.css"' in text


def test_the_search_index_holds_every_part_with_its_words(place: Path) -> None:
    head = json.loads((place / "search/index.json").read_bytes())
    rows = [
        row for file in head["files"] for row in json.loads((place / "search" / file).read_bytes())
    ]
    assert len(rows) == 7
    assert all((place / row[0]).is_file() for row in rows)
    burns = next(row for row in rows if row[5][0][2] == "Burns the bread")
    assert burns[3] == -1
    assert head["frameworks"][burns[1]] == "Baking"
    assert head["kinds"]["en"][burns[2]] == "negative indicator"


def test_the_same_graph_writes_nothing_again(place: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in place.rglob("*") if file.is_file()}
    tally, _ = write_site(baking(), place, SiteOptions(url=URL, languages=("en",)))
    assert (tally.written, tally.removed) == (0, 0)
    assert {file: file.stat().st_mtime_ns for file in place.rglob("*") if file.is_file()} == before


@pytest.mark.slow
def test_a_change_writes_what_changed_and_the_result_is_that_of_a_new_folder(
    tmp_path: Path,
) -> None:
    one, other, options = tmp_path / "one", tmp_path / "other", SiteOptions(languages=("en",))
    changed = baking(BAKING.replace('"Bake"', '"Bake bread"'))
    write_site(baking(), one, options)
    tally, _ = write_site(changed, one, options)
    assert 0 < tally.written < tally.unchanged
    write_site(changed, other, options)
    files = sorted(file.relative_to(one) for file in one.rglob("*") if file.is_file())
    assert files == sorted(file.relative_to(other) for file in other.rglob("*") if file.is_file())
    assert [
        file for file in files if (one / file).read_bytes() != (other / file).read_bytes()
    ] == []


@pytest.mark.slow
def test_the_shipped_site_has_no_fault(shipped: KnowledgeGraph, tmp_path: Path) -> None:
    _, alike = write_site(shipped, tmp_path, SiteOptions(url=URL))
    assert alike == []
    with plain_server(tmp_path) as port:
        crawl = Crawl(fetch_over_http("127.0.0.1", port), by_suffix=True).run()
    assert crawl.faults == []
    assert len(crawl.pages) > 1_000


def test_a_framework_in_several_languages_adds_them_to_those_of_the_interface() -> None:
    several = BAKING.replace('"Baking"@en', '"Baking"@en, "Backen"@de')
    assert languages_of(baking()) == ("en", "fr")
    assert languages_of(baking(several)) == ("en", "fr", "de")


# ---------------------------------------------------------------- redirects


def test_things_lead_to_their_files_by_what_a_client_accepts() -> None:
    rules = (
        htaccess("https://w3id.org/x/id/", URL, Layout("https://w3id.org/x/id/", ("en",)), []) or ""
    )
    assert f"RewriteRule ^id/(.+)$ {URL}page/$1.html [R=303,L,NE]" in rules
    assert f"RewriteRule ^id/(.+)$ {URL}data/$1%{{ENV:FORM}} [R=303,L,NE]" in rules
    assert "Header always merge Vary Accept" in rules


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", ".ttl"),
        ("*/*", ".ttl"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("text/turtle", ".ttl"),
        ("text/html; q=0.5, text/turtle", ".ttl"),
        ("text/html;q=0.4, application/ld+json;q=0.9", ".jsonld"),
        ("application/ld+json; profile=compacted; q=1.0", ".jsonld"),
        ("text/html;q=0, application/n-triples;q=0.1", ".nt"),
        ("application/rdf+xml, text/html", ".html"),
        ("application/*", ".ttl"),
        ("TEXT/HTML", ".html"),
        ("image/png", ""),
        ("text/html;q=0.0", ""),
        ("image/png, */*;q=0", ""),
    ],
)
def test_the_rules_of_apache_choose_the_form(accept: str, form: str) -> None:
    """The conditions are those of Perl, which Python reads as well."""
    rules = htaccess(BASE, URL, Layout(BASE, ("en",)), []) or ""
    conditions = re.findall(
        r'HTTP_ACCEPT} "(.*)"(?: \[NC\])?\nRewriteRule \^ - \[E=FORM:(.*)\]', rules
    )
    found = (suffix for pattern, suffix in conditions if re.search(pattern, accept, re.I))
    assert next(found, "") == form


def test_a_thing_whose_file_has_another_name_has_a_rule_of_its_own_before_the_others() -> None:
    layout = Layout(BASE, ("en",))
    rules = htaccess(BASE, URL, layout, [BASE + "f/con", BASE + "f/a"]) or ""
    assert rules.index("page/f/~63on.html") < rules.index("page/$1.html")
    assert "page/f/a.html" not in rules
    assert "/deep/id/f/con /deep/page/f/~63on.html 303" in redirects(
        BASE, URL, layout, [BASE + "f/con"]
    )


def test_fragments_of_one_document_need_no_redirects() -> None:
    assert (
        htaccess("https://example.org/f#", URL, Layout("https://example.org/f#", ("en",)), [])
        is None
    )


# ---------------------------------------------------------------- the command


@pytest.mark.slow
def test_the_command_says_what_it_did(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "f.ttl").write_text(BAKING, encoding="utf-8")
    result = run("site", tmp_path / "out", tmp_path / "f.ttl", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "files written, 0 unchanged, 0 removed" in result.stdout
    assert not (tmp_path / "out" / "sitemap.xml").exists()
    again = run("site", tmp_path / "out", tmp_path / "f.ttl", "--lang", "en")
    assert "0 files written" in again.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--url", "ftp://x"], "http://"), (["--lang", "../en"], "language tag")],
)
def test_a_wrong_option_is_said_and_nothing_is_written(
    run: Callable[..., Result], tmp_path: Path, words: list[str], said: str
) -> None:
    result = run("site", tmp_path / "out", *words)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_a_site_ends_with_one_line(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("x")
    result = run("site", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("competency: error: ")


def test_the_page_where_alignments_are_reviewed_is_not_among_files(place: Path) -> None:
    assert not list(place.rglob("align*.html"))
    assert all("/align" not in file.read_text() for file in place.rglob("*.html"))
