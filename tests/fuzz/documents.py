"""Documents in words: made as text, Markdown, HTML, Word and PDF, and no word of them is lost.

Each word of a made document is its own, so that it can be looked for in what is read: in the text
of a part, or among what was set aside with a reason.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass

import docx
from hypothesis import strategies as st

from competency.documents.layouts import LAYOUTS
from tests.fuzz import mutating
from tests.fuzz.child import Child
from tests.fuzz.importers import READ, well
from tests.fuzz.importing import Asked, Read
from tests.fuzz.mutating import Bytes
from tests.fuzz.target import Target

_SIGNS = ("", "- ", "* ", "• ", "1. ", "1.1 ", "1.1.1 ", "a) ", "(b) ", "iv. ", "# ", "## ", "#### ", "> ",
          "Level 1: ", "Level 2 ", "LEVEL THREE - ", "Competency ", "Unit ", "Element 1.2 ", "PC1 ", "K2. ",
          "o ", "– ", "A. ", "1.2.3.4.5.6 ", "Page 3 ", "SPO109 ", "Code: ", "Title: ", "Overview ",
          "**", "***", "| ", "\u00a7 ", "１ ", "Ⅱ ", "① ", "[ ] ", "No. 7 ")  # fmt: skip
_ENDS = ("", "", ".", ":", ";", "...", "**", " |", ", and", " (see", "!", "-", "\u00ad", "*", "**:")
_HEADS = ("Knowledge and understanding", "You must be able to:", "Performance criteria", "Behaviours",
          "Negative behaviours", "Positive indicators", "Assessment Criteria", "Remark", "Credit: 3",
          "What this is about", "Values", "Definition", "Scope", "Title | Code | Level", "---", "===", "```",
          "Effective behaviours", "Ineffective behaviours", "Performance Requirements", "1.", "-", "Page 1 of 2",
          "Level descriptors", "Unit of competency", "Range", "Functional area", "You need to know:")  # fmt: skip
_BETWEEN = (
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n\n",
    "\r\n",
    "\n\t",
    "\n    ",
    "\n  ",
    "\f",
    "\v",
    "\u2028",
    "\x85",
)


@dataclass(frozen=True)
class Line:
    """A line of a document: what stands before its words, how many they are, what is behind them."""

    sign: str
    words: int
    end: str
    head: str
    between: str

    def text(self, number: int) -> str:
        """Return the line; its words are its own."""
        if self.head:
            return self.head
        return self.sign + " ".join(f"wq{number}x{one}" for one in range(self.words)) + self.end


_line = st.builds(
    Line, st.sampled_from(_SIGNS), st.integers(0, 14), st.sampled_from(_ENDS),
    st.sampled_from(("",) * 30 + _HEADS), st.sampled_from(_BETWEEN),
)  # fmt: skip
_lines = st.lists(_line, min_size=1, max_size=25)


def plain(lines: list[Line]) -> bytes:
    """Return a document as a text."""
    return "".join(line.text(number) + line.between for number, line in enumerate(lines)).encode()


def in_html(lines: list[Line]) -> bytes:
    """Return a document as HTML: headings, lists, tables and paragraphs, not always closed."""
    tags = (
        "p",
        "h1",
        "h2",
        "h4",
        "li",
        "td",
        "b",
        "div",
        "pre",
        "span",
        "dt",
        "blockquote",
        "ol><li",
        "tr><td",
    )
    parts = []
    for number, line in enumerate(lines):
        tag = tags[(line.words + len(line.sign)) % len(tags)]
        close = f"</{tag.partition('>')[0]}>" if line.between != "\n\n" else ""
        parts.append(f"<{tag}>{html.escape(line.text(number))}{close}")
    return ("<html><body>" + "".join(parts)).encode()


def in_word(lines: list[Line]) -> bytes:
    """Return a document as DOCX: headings, lists, tables, bold words."""
    found = docx.Document()
    styles = (
        "Normal",
        "Heading 1",
        "Heading 2",
        "List Bullet",
        "List Number",
        "Title",
        "Quote",
        "List Bullet 2",
    )
    for number, line in enumerate(lines):
        text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", line.text(number))
        if line.between == "\n\n":
            cells = found.add_table(1, 2).rows[0].cells
            cells[0].text, cells[1].text = text, f"cell{number}"
        elif line.between == "\n\t":
            found.add_paragraph().add_run(text).bold = True
        else:
            found.add_paragraph(text, style=styles[(line.words + len(line.sign)) % len(styles)])
    return _saved(found)


def _saved(document: object) -> bytes:
    target = io.BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()


def in_pdf(lines: list[Line]) -> bytes:
    """Return a document as PDF of one page, written by hand."""
    shown, top = [], 780
    for number, line in enumerate(lines):
        text = line.text(number).encode("latin-1", "replace").replace(b"\\", b"\\\\")
        text = text.replace(b"(", b"\\(").replace(b")", b"\\)")
        size = 16 if line.sign.startswith("#") else 10
        indent = 60 + 12 * (line.words % 4)
        shown.append(b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, indent, top, text))
        top -= 14 + 8 * (line.between == "\n\n")
    content = b"\n".join(shown)
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    end = b"trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + table + end


WAYS = {".txt": plain, ".md": plain, ".html": in_html, ".docx": in_word, ".pdf": in_pdf}


def no_word_is_lost(child: Child, example: tuple[str, list[Line], str | None]) -> None:
    """Every word of a document is in a part, or set aside with a reason."""
    suffix, lines, layout = example
    found: Read = child.ask(Asked(f"a{suffix}", WAYS[suffix](lines), None, layout))
    well(found)
    if found.error:
        words = sum(line.words for line in lines if not line.head)
        assert "holds no text" in found.line or found.error != "ParseError" or not words, found.line
        return
    held = found.said + "\n" + found.aside
    for number, line in enumerate(lines):
        for one in range(0 if line.head else line.words):
            assert f"wq{number}x{one}" in held, f"wq{number}x{one} is lost"


def spoilt_is_refused(child: Child, example: tuple[str, list[Line], Bytes, float, bool]) -> None:
    """A document that is damaged in itself is read or refused in one line."""
    suffix, lines, change, which, within = example
    data = WAYS[suffix](lines)
    data = _within(data, change, which) if suffix == ".docx" and within else change(data)
    well(child.ask(Asked(f"a{suffix}", data)))


def _within(data: bytes, change: Bytes, which: float) -> bytes:
    """Return a zip in which one entry was changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(target, "w") as out:
        names = whole.namelist()
        chosen = names[int(which * len(names))] if which > 0.5 else "word/document.xml"
        for name in names:
            entry = whole.read(name)
            out.writestr(name, change(entry) if name == chosen else entry)
    return target.getvalue()


_layouts = st.sampled_from((None, None, None, *(one.name for one in LAYOUTS)))
_fast, _slow = st.sampled_from((".txt", ".md", ".html")), st.sampled_from((".docx", ".pdf"))
TARGETS = (
    Target("document-text", no_word_is_lost, st.tuples(_fast, _lines, _layouts), READ, few=20),
    Target("document-pages", no_word_is_lost, st.tuples(_slow, _lines, _layouts), READ, few=6),
    Target("document-spoilt", spoilt_is_refused, st.tuples(
        st.sampled_from(sorted(WAYS)), _lines, mutating.texts(), st.floats(0, 0.99), st.booleans()
    ), READ, few=10),
)  # fmt: skip
