"""Text, HTML and DOCX as lines: what is printed, in order, with the marks that Markdown gives it."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from competency.documents.reading import DOCX, HTML, MARKDOWN, TEXT, read_bytes


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def word(*xml: str) -> tuple[str, ...]:
    """Return the lines of a document of these paragraphs and tables."""
    document = docx.Document()
    body = document.element.body
    for item in xml:
        first, rest = item.split(">", 1) if not item.startswith("<w:p/>") else (item[:-2], "")
        body.insert(len(body) - 1, parse_xml(f"{first} {nsdecls('w')}>{rest}" if rest else item))
    return read_bytes(saved(document), "a.docx").lines


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(runs) + "</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def page(text: str) -> tuple[str, ...]:
    return read_bytes(f"<!doctype html><body>{text}".encode(), "a.html").lines


# Text


def test_text_keeps_every_line_as_in_the_file() -> None:
    text = "# Level 1\n\n  - \u201cListens\u201d\t**well** \x0c\nTwo\u2028three\n"
    document = read_bytes(text.encode(), "a.md")
    assert document.lines == tuple(text.splitlines())
    assert document.media_type == MARKDOWN
    assert not document.pages


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_and_line_ends_of_windows_change_no_line(encoding: str) -> None:
    document = read_bytes("Café\r\n\r\n- a\r\n".encode(encoding), "a.txt")
    assert document.lines == ("Café", "", "- a")
    assert document.media_type == TEXT


def test_text_named_like_another_format_is_text() -> None:
    for name in ("a.pdf", "a.docx", "a"):
        assert read_bytes(b"Level 1", name).media_type == TEXT


def test_text_that_speaks_of_pdf_is_text() -> None:
    assert read_bytes(b"Write %PDF-1.7 first", "a.txt").media_type == TEXT


# HTML


def test_headings_and_lists_get_their_marks() -> None:
    text = "<h1>A</h1><h6>B</h6><ul><li>c<li>d</ul><ol start=3><li>e<li value=7>f<li>g</ol><p>h"
    assert page(text) == ("# A", "###### B", "- c", "- d", "3. e", "7. f", "8. g", "h")


def test_lists_in_lists_are_indented_and_outer_ones_count_on() -> None:
    text = "<ol><li>a<ul><li>b</ul><li>c<ol><li>d</ol></ol>"
    assert page(text) == ("1. a", "  - b", "2. c", "  1. d")


def test_a_list_item_of_paragraphs_has_one_mark() -> None:
    assert page("<ul><li><p>a</p><p>b</p></ul>") == ("- a", "b")


def test_tables_come_row_by_row_with_tabs() -> None:
    text = "<table><caption>T<tr><th>Level<td>3<tr><td>Range<td><p>a</p><p>b</p><tr><td>Remark<td></table>"
    assert page(text) == ("T", "Level\t3", "Range\ta", "\tb", "Remark\t")


def test_what_is_not_seen_is_left_out_and_what_is_seen_is_kept() -> None:
    text = "<nav>n</nav><style>s</style><!-- c --><p hidden>h</p><p>a <b>b</b>&amp;\n c<br>d</p>tail<script>x</script>"
    assert page(text) == ("a b& c", "d", "tail")


def test_preformatted_text_keeps_its_lines() -> None:
    assert page("<pre>a\n  b\n\nc</pre>") == ("a", "  b", "", "c")


def test_a_page_in_its_declared_encoding_is_read() -> None:
    document = read_bytes(b'<meta charset="iso-8859-1"><p>caf\xe9 \x93a\x94', "a.html")
    assert document.lines == ("café \u201ca\u201d",)
    assert document.media_type == HTML


def test_a_page_is_known_by_its_start_and_html_in_markdown_is_not_one() -> None:
    assert read_bytes(b"\xef\xbb\xbf\n<!-- a --><!DOCTYPE html><p>a", "a.txt").lines == ("a",)
    assert read_bytes(b"<div>a</div>\n", "a.md").lines == ("<div>a</div>",)


# DOCX


def test_headings_lists_and_plain_paragraphs_of_word() -> None:
    document = docx.Document()
    document.add_heading("Title", 0)
    document.add_heading("Level 1", 2)
    document.add_paragraph("Listens", style="List Bullet")
    document.add_paragraph("one", style="List Number")
    document.add_paragraph("two", style="List Number")
    document.add_paragraph("")
    document.add_paragraph("a\tb")
    got = read_bytes(saved(document), "a.docx")
    assert got.lines == ("# Title", "## Level 1", "- Listens", "1. one", "2. two", "", "a\tb")
    assert got.media_type == DOCX


def test_numbers_of_word_follow_their_form_start_and_levels() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, 8, "decimal", "%1.") + level.format(1, 1, "lowerLetter", "%1.%2)")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>')
    )
    for number, extra in (
        (90, ""),
        (91, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{extra}</w:num>'
            )
        )
    for text, number, depth in (
        ("a", 90, 0),
        ("b", 90, 1),
        ("c", 90, 1),
        ("d", 90, 0),
        ("e", 90, 1),
        ("f", 91, 0),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
            )
        )
    lines = read_bytes(saved(document), "a.docx").lines
    assert lines == ("8. a", "  8.a) b", "  8.b) c", "9. d", "  9.a) e", "1. f")


def test_tables_of_word_stand_in_their_place_row_by_row() -> None:
    document = docx.Document()
    document.add_paragraph("before")
    table = document.add_table(3, 2)
    for cell, text in zip(table._cells, ("Level", "3", "Range", "a", "Remark", ""), strict=True):
        cell.text = text
    table.cell(1, 1).add_paragraph("b", style="List Bullet")
    document.add_paragraph("after")
    lines = read_bytes(saved(document), "a.docx").lines
    assert lines == ("before", "Level\t3", "Range\ta", "\t- b", "Remark\t", "after")


def test_insertions_links_controls_and_signs_are_kept_and_deletions_are_not() -> None:
    assert word(
        paragraph(run("a "), f"<w:ins>{run('b')}</w:ins>", f"<w:del>{run('gone')}</w:del>"),
        f"<w:sdt><w:sdtContent>{paragraph(run('c'))}</w:sdtContent></w:sdt>",
        paragraph(
            f"<w:hyperlink>{run('d')}</w:hyperlink>", "<w:r><w:noBreakHyphen/></w:r>", run("e")
        ),
        paragraph('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:tab/></w:r>', run("f")),
    ) == ("a b", "c", "d-e", "\uf0b7\tf")


def test_a_line_break_ends_a_line_and_a_page_break_does_not() -> None:
    broken = paragraph(
        run("a"), "<w:r><w:br/></w:r>", run("b"), '<w:r><w:br w:type="page"/></w:r>', run("c")
    )
    assert word(broken) == ("a", "bc")


def test_a_text_box_follows_its_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('box'))}</w:txbxContent>"
    assert word(paragraph(run("a"), f"<w:r><w:pict>{box}</w:pict></w:r>", run("b"))) == (
        "ab",
        "box",
    )
