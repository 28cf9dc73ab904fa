"""Importing documents from the command line and in the browser."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from competency import KnowledgeGraph
from competency.cli import main
from competency.documents import LAYOUTS, Import, import_document
from competency.documents.importing import recognise
from competency.documents.reading import read_document
from competency.ontology import COMP
from competency.server import create_app
from competency.shapes import Severity
from tests.importing.files import case_bytes, listed, package
from tests.test_shipped import COUNTS, DOCUMENTS, KINDS, counts

Run = Callable[..., Result]
HANDBOOK = """Front desk handbook

Greeting

- Look up when a guest comes in
- Say good morning

Telephone

1. Answer within three rings
2. Give your name
"""
SEEDS = {
    "pub-cscf": "numbered-catalogue",
    "pwgsc-client-service": "levelled-competency",
    "hkqf-111334L3": "competency-standards-unit",
    "nos-pss-spo109": "occupational-standard",
    "wcc-behaviours": "values-and-behaviours",
}


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    file = tmp_path / "handbook.txt"
    file.write_text(HANDBOOK, encoding="utf-8")
    return file


def test_a_document_becomes_turtle_on_standard_output(run: Run, handbook: Path) -> None:
    result = run("import", handbook)
    assert result.exit_code == 0, result.output
    graph = KnowledgeGraph()
    graph.parse(result.stdout)
    assert graph.frameworks[0].title == "Front desk handbook"
    texts = {part.text for part in graph.frameworks[0].walk()}
    assert "Look up when a guest comes in" in texts
    assert "handbook.txt: read as outline" in result.stderr


def test_a_document_that_fits_no_layout_is_marked_as_a_draft(handbook: Path) -> None:
    found = import_document(handbook)
    assert found.draft.is_outline
    assert any("check" in doubt.message for doubt in found.report.doubts)


def test_the_report_says_where_every_line_went(run: Run, handbook: Path) -> None:
    shown = run("import", handbook, "--report").stdout
    for number in range(1, len(HANDBOOK.splitlines()) + 1):
        assert f"\n  {number}: " in shown
    report = json.loads(run("import", handbook, "--report", "json").stdout)
    assert report["layout"] == "outline" and report["lines"][0]["number"] == 1


def test_doubts_and_what_was_left_out_are_in_the_graph_too(tmp_path: Path) -> None:
    file = tmp_path / "steps.txt"
    file.write_text("Steps\n\n## Knowledge\n\n1. fire drills\n2. fire drills\n4. exits\n")
    found = import_document(file)
    doubts = {str(value) for value in found.graph.graph.objects(None, COMP.doubt)}
    assert "The number 4 follows 2." in doubts
    assert {doubt.message for doubt in found.report.doubts if doubt.kind != "repair"} == doubts
    left_out = {str(value) for value in found.graph.graph.objects(None, COMP.reason)}
    assert left_out == {reason for line in found.report.lines for reason in line.reasons}


def test_an_import_is_repeatable_to_the_byte(run: Run, handbook: Path) -> None:
    assert run("import", handbook).stdout == run("import", handbook).stdout


def test_what_the_user_adds_is_marked_as_added(run: Run, handbook: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ttl"
    run(
        "import", handbook, "-o", out, "--publisher", "Our hotel", "--licence", "https://l.example/"
    )
    framework = KnowledgeGraph(out).frameworks[0]
    added = {str(term) for term in framework.values("added")}
    assert added == {"http://purl.org/dc/terms/publisher", "http://purl.org/dc/terms/license"}
    silent = {str(term) for term in framework.values("notStated")}
    assert "http://purl.org/dc/terms/issued" in silent
    assert not silent & added


def test_a_second_import_shows_its_plan_and_overwrites_only_with_leave(
    run: Run, handbook: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.ttl"
    assert run("import", handbook, "-o", out).exit_code == 0
    before = out.read_bytes()
    same = run("import", handbook, "-o", out)
    assert same.exit_code == 0 and "0 new, 0 changed, 0 removed" in same.stderr
    handbook.write_text(HANDBOOK.replace("Say good morning", "Say hello") + "3. Hang up last\n")
    refused = run("import", handbook, "-o", out)
    assert refused.exit_code == 2 and "--yes overwrites it" in refused.stderr
    assert "1 new" in refused.stderr and "0 removed" in refused.stderr
    assert out.read_bytes() == before
    assert run("import", handbook, "-o", out, "--yes").exit_code == 0
    assert out.read_bytes() != before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("photo.pdf", b"\x89PNG\r\n\x1a\n" + bytes(2000)),
        ("latin.txt", "caf\xe9".encode("latin-1")),
        ("big.txt", b"word " * 5_000_000),
        ("broken.docx", b"PK\x03\x04" + bytes(100)),
        ("data.csv", b"a,b\n1,2\n"),
        ("data.ttl", b"<urn:a> <urn:b> <urn:c> ."),
        ("image.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(
    run: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.ttl"
    result = run("import", tmp_path / name, "-o", out)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert result.stderr.count("\n") == 1 and name in result.stderr
    assert not out.exists()


def test_a_missing_document_and_an_unknown_layout_are_said(run: Run, handbook: Path) -> None:
    assert "No such file" in run("import", handbook.parent / "none.txt").stderr
    assert "outline" in run("import", handbook, "--layout", "none").stderr
    assert run("import").exit_code == 2


def test_the_layouts_are_listed(run: Run) -> None:
    shown = run("import", "--list-layouts").stdout
    assert all(layout.name in shown for layout in LAYOUTS)


@pytest.mark.parametrize("slug", SEEDS)
def test_a_real_document_is_recognised_read_whole_and_conforms(shared: Path, slug: str) -> None:
    file = next((shared / "seeds").glob(f"{DOCUMENTS[slug]}_*.txt"))
    found = import_document(file)  # accounts for every word, or fails
    assert found.report.layout.name == SEEDS[slug]
    graph = KnowledgeGraph()
    graph.add(found.graph)
    assert dict(zip(KINDS, counts(graph.frameworks[0]), strict=True)) == dict(
        zip(KINDS, COUNTS[slug], strict=True)
    )
    report = graph.validate()
    assert report.conforms and not report.counts[Severity.warning], report.text()


def test_knowledge_items_13_and_14_of_the_real_standard_are_two_parts(shared: Path) -> None:
    found = import_document(next((shared / "seeds").glob("003_*.txt")))
    known = [part for part in found.draft.walk() if part.kind == "KnowledgeStatement"]
    assert len(known) == 39
    assert known[12].text.text == known[13].text.text
    assert known[12].step != known[13].step


def test_the_real_values_have_91_behaviours_and_37_unhelpful_ones(shared: Path) -> None:
    counts = import_document(next((shared / "seeds").glob("004_*.txt"))).report.counts
    assert (counts["PositiveIndicator"], counts["NegativeIndicator"]) == (91, 37)


def test_each_real_document_is_claimed_by_one_layout_only(shared: Path) -> None:
    for slug, layout in SEEDS.items():
        document = read_document(next((shared / "seeds").glob(f"{DOCUMENTS[slug]}_*.txt")))
        assert recognise(document).name == layout
        assert sum(item.score(document) >= 0.5 for item in LAYOUTS) == 1


def test_shipped_and_imported_frameworks_count_the_same_lines(
    shared: Path, shipped: KnowledgeGraph
) -> None:
    for framework in shipped.frameworks:
        digest = str(framework.sources[0].value("sha256"))
        file = next(
            file
            for file in (shared / "seeds").glob("*.txt")
            if hashlib.sha256(file.read_bytes()).hexdigest() == digest
        )
        graph = import_document(file).graph.graph
        assert {str(v) for v in graph.objects(None, COMP.sha256)} == {digest}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_real_documents_saved_by_libreoffice_import_to_the_same_parts(
    saved_seeds: Callable[[str], Mapping[Path, Path]], suffix: str
) -> None:
    for file, saved in saved_seeds(suffix).items():
        assert parts_of(import_document(saved)) == parts_of(import_document(file)), file.name


def parts_of(found: Import) -> list[tuple[str, str, str, str, str, list[str]]]:
    return [
        (
            part.kind,
            part.step,
            part.enumeration.text,
            part.label.text,
            part.text.text,
            [code.notation.text for code in part.codes],
        )
        for part in found.draft.walk()
    ]


# ---------------------------------------------------------------------- any format


def test_a_package_becomes_turtle_and_what_was_odd_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "package.json"
    file.write_bytes(case_bytes(title="Baking").replace(b"-4000-8000-", b"-0000-0000-"))
    result = run("import", file)
    assert result.exit_code == 0, result.output
    graph = KnowledgeGraph()
    graph.parse(result.stdout)
    assert graph.frameworks[0].title == "Baking"
    assert "package.json: read as CASE 1.1 package: 1 framework, 2 parts; " in result.stderr
    assert "\n  odd: " in result.stderr and "no UUID" in result.stderr


def test_the_report_of_a_package_has_every_remark(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "package.json"
    file.write_bytes(case_bytes(strange=1))
    shown = run("import", file, "--report")
    assert "\nFrameworks\n" in shown.stdout and "\nRemarks\n" in shown.stdout
    assert "@prefix" not in shown.stdout
    report = json.loads(run("import", file, "--report", "json").stdout)
    assert report["format"] == "case" and report["frameworks"][0]["parts"] == 2
    assert {"kept", "where", "what"} == report["remarks"][0].keys()


def test_several_frameworks_on_standard_output_are_trig(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "two.json"
    file.write_text(json.dumps([package(1), package(2)]))
    result = run("import", file)
    graph = KnowledgeGraph()
    assert len(graph.parse(result.stdout, syntax="trig")) == 2
    assert "-o FOLDER parts them" in result.stderr


def test_the_plan_alone_writes_nothing(run: Run, tmp_path: Path) -> None:
    file, out = tmp_path / "a.json", tmp_path / "out.ttl"
    file.write_bytes(case_bytes())
    assert "3 new" in run("import", file, "-o", out, "--plan").stderr
    assert not out.exists()
    run("import", file, "-o", out)
    before = out.read_bytes()
    file.write_bytes(case_bytes(items=4))
    planned = run("import", file, "-o", out, "--plan")
    assert planned.exit_code == 0 and "2 new, 1 changed" in planned.stderr
    assert out.read_bytes() == before
    assert run("import", file, "--plan").exit_code == 2


def test_a_file_that_holds_something_else_is_overwritten_only_with_leave(
    run: Run, handbook: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.ttl"
    out.write_text("this is no Turtle")
    refused = run("import", handbook, "-o", out)
    assert refused.exit_code == 2 and "cannot be read" in refused.stderr
    assert out.read_text() == "this is no Turtle"
    assert run("import", handbook, "-o", out, "--yes").exit_code == 0
    assert KnowledgeGraph(out).frameworks


def test_the_formats_that_are_read_are_listed(run: Run) -> None:
    shown = run("import", "--list-formats").stdout
    assert "CASE 1.1 package" in shown and "document" in shown and "SKOS" in shown


def test_a_format_that_is_none_lists_those_there_are(run: Run, handbook: Path) -> None:
    result = run("import", handbook, "--format", "none")
    assert result.exit_code == 2 and "case" in result.stderr and "document" in result.stderr


def test_standard_input_is_read_where_the_file_is_a_dash(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["import", "-"], input=case_bytes())
    assert result.exit_code == 0 and "comp:Framework" in result.stdout
    broken = CliRunner().invoke(main, ["import", "-"], input=b'{"CFDocument": {')
    assert broken.exit_code == 2 and "stdin:1:17" in broken.stderr


def test_a_folder_becomes_a_folder_with_a_table_of_what_came(run: Run, tmp_path: Path) -> None:
    place, out = tmp_path / "in", tmp_path / "out"
    place.mkdir()
    (place / "a.json").write_bytes(case_bytes())
    (place / "b.json").write_bytes(b'{"CFDocument": {')
    result = run("import", place, "-o", out)
    assert result.exit_code == 2, result.output
    assert "a.json" in result.stdout and "(new)" in result.stdout
    assert "b.json:1:17: not JSON" in result.stdout
    assert "2 files: 1 read, 1 with faults; 1 framework, 2 parts" in result.stderr
    (place / "b.json").unlink()
    assert run("import", place, "-o", out).exit_code == 0
    rows = json.loads(run("import", place, "-o", out, "--report", "json").stdout)
    assert rows[0]["frameworks"][0]["state"] == "unchanged"


def test_many_files_are_overwritten_only_with_leave(run: Run, tmp_path: Path) -> None:
    files, out = [tmp_path / "a.json", tmp_path / "b.json"], tmp_path / "out"
    for number, file in enumerate(files):
        file.write_bytes(case_bytes(number))
    run("import", *files, "-o", out)
    for number, file in enumerate(files):
        file.write_bytes(case_bytes(number, items=3))
    refused = run("import", *files, "-o", out)
    assert refused.exit_code == 2 and refused.stdout.count("--yes overwrites it") == 2
    assert "1 new, 1 changed" in refused.stderr
    assert run("import", *files, "-o", out, "--yes").exit_code == 0
    assert "unchanged" in run("import", *files, "-o", out, "--plan").stdout


def test_a_batch_needs_a_folder_and_takes_nothing_that_is_for_one(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(case_bytes())
    assert "-o FOLDER" in run("import", tmp_path).stderr
    assert run("import", tmp_path, "-o", tmp_path / "out", "--title", "A").exit_code == 2
    single = run("import", file, "-o", f"{tmp_path / 'new'}/")
    assert single.exit_code == 0 and len(list((tmp_path / "new").iterdir())) == 1


def test_a_list_alone_says_what_is_missing_and_how_to_fetch_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_bytes(listed(1, 2))
    result = run("import", file)
    assert result.exit_code == 2
    said = result.stdout + result.stderr
    assert "CFPackages/00000064" in said and "CFPackages/000000c8" in said
    assert "nothing was written" in result.stderr


def test_words_of_a_file_give_no_orders_to_a_terminal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(case_bytes(title="\x1b]0;owned\x07", **{"strange\x1b[2J": 1}))
    for words in ([], ["--report"], ["-o", f"{tmp_path / 'out'}/"]):
        result = run("import", file, *words)
        assert "\x1b" not in result.stderr
        assert not words or "\x1b" not in result.stdout


# ---------------------------------------------------------------------- in the browser


def test_the_page_shows_the_draft_beside_its_lines_and_stores_nothing() -> None:
    client = create_app(KnowledgeGraph()).test_client()
    assert "multipart/form-data" in client.get("/import").text
    sent = {"file": (io.BytesIO(HANDBOOK.encode()), "handbook.txt")}
    page = client.post("/import", data=sent, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'id="line-5"' in page.text and "Look up when a guest comes in" in page.text
    assert "data:text/turtle;base64," in page.text
    answer = client.get("/sparql?query=ASK{?f a comp:Framework}&format=json")
    assert json.loads(answer.text)["boolean"] is False


def test_a_program_posts_a_document_and_gets_turtle() -> None:
    client = create_app(KnowledgeGraph()).test_client()
    answer = client.post(
        "/import?name=handbook.txt",
        data=HANDBOOK.encode(),
        headers={"Accept": "text/turtle", "Content-Type": "text/plain"},
    )
    assert answer.mimetype == "text/turtle"
    assert "Accept" in answer.headers["Vary"]
    assert "Say good morning" in answer.text


def test_hostile_words_are_shown_as_words() -> None:
    client = create_app(KnowledgeGraph()).test_client()
    text = "Title\n\n- <script>alert(1)</script>\n- <img src=x onerror=alert(1)>\n"
    page = client.post("/import", data={"text": text}, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<script>" not in page.text and "<img src=x" not in page.text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 400),
        ({"text": "   "}, 400),
        ({"file": (io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(50)), "photo.pdf")}, 406),
        ({"text": "words", "layout": "none"}, 406),
        ({"text": "words\n" * 6000}, 400),
    ],
)
def test_what_cannot_be_imported_is_said_on_the_page(sent: dict[str, object], status: int) -> None:
    client = create_app(KnowledgeGraph()).test_client()
    page = client.post(
        "/import", data=sent, headers={"Accept": "text/html"}, content_type="multipart/form-data"
    )
    assert page.status_code in (status, 400)
    assert "Traceback" not in page.text


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--base", "not an iri"),
        ("--base", "relative"),
        ("--id", "two words"),
        ("--language", "e n!"),
        ("--licence", "http://l.example/a b"),
        ("--licence", "CC BY 4.0"),
    ],
)
def test_what_no_iri_or_tag_can_be_made_of_is_one_line(
    run: Run, handbook: Path, option: str, value: str
) -> None:
    result = run("import", handbook, option, value)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert value in result.stderr and result.stderr.count("\n") == 1
