"""DOCX as lines: every word of the body in order, insertions, content controls and boxes too.

python-docx opens the package and finds its parts. The text is walked here, because
``Paragraph.text`` leaves out tracked insertions and content controls, and has no list numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from competency._archives import DAMAGES
from competency.documents.reading.archive import check_archive
from competency.documents.reading.cells import row_lines
from competency.documents.reading.limits import Refused, check_characters
from competency.documents.reading.numbering import Numbering, W, read_numbering

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOT_TEXT = {
    W + "pPr", W + "rPr", W + "sectPr", W + "del", W + "moveFrom", W + "instrText",
    W + "rt", W + "sdtPr", W + "tblPr", W + "trPr", W + "tcPr", _COMPATIBLE + "Fallback",
}  # fmt: skip
_SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}  # fmt: skip
_DAMAGED = "is no sound Word document; save it again with Word or LibreOffice"


def docx_lines(data: bytes) -> list[str]:
    """Return the paragraphs and table rows of a Word document, one line each."""
    try:
        check_archive(data)
        document = docx.Document(io.BytesIO(data))
        styles = _read_styles(document.styles.element)
        numbering = _read_numbering(document)
        return _Body(styles, numbering).lines(document.element.body)
    except (*DAMAGES, OpcError, etree.LxmlError, KeyError, AttributeError) as error:
        raise Refused(_DAMAGED) from error


@dataclass(frozen=True)
class _Style:
    """What a paragraph style says of outline and list, and the style it is based on."""

    based_on: str | None
    heading: int | None
    number: str | None
    depth: int | None


class _Body:
    """Walks a body with the styles and lists of its document."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.characters = 0

    def lines(self, container: Any) -> list[str]:
        """Return the lines of a body, a cell or a text box."""
        found: list[str] = []
        for block in _blocks(container):
            if block.tag == W + "p":
                found += self._paragraph(block)
            else:
                for row in _children(block, W + "tr"):
                    cells = _children(row, W + "tc")
                    found += row_lines([self.lines(cell) for cell in cells])
        return found

    def _paragraph(self, paragraph: Any) -> list[str]:
        parts: list[str] = []
        boxes: list[Any] = []
        _gather(paragraph, parts, boxes)
        text = "".join(parts)
        self.characters += len(text)
        check_characters(self.characters)
        first, *more = text.split("\n")
        mark = self._mark(paragraph) if text.strip() else ""
        lines = [mark + first, *more]
        for box in boxes:
            lines += [line for line in self.lines(box) if line.strip()]
        return lines

    def _mark(self, paragraph: Any) -> str:
        """Return the marks of heading and list that stand before a paragraph."""
        own = _properties(paragraph.find(W + "pPr"), "")
        style = own.based_on
        heading, number, depth = own.heading, own.number, own.depth
        for _ in range(20):  # styles of styles; a ring of them ends here
            if style is None or style not in self.styles:
                break
            base = self.styles[style]
            heading = base.heading if heading is None else heading
            number = base.number if number is None else number
            depth = base.depth if depth is None else depth
            style = base.based_on
        sign = "#" * min(heading + 1, 6) + " " if heading is not None and heading < 9 else ""
        listed = self.numbering.mark(number, depth or 0) if number else ""
        return sign + (listed.lstrip() if sign else listed)


def _read_numbering(document: Any) -> Numbering:
    """Return the lists; a document without any has no numbering part, and gets none."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering"):
            return read_numbering(relation.target_part.element)
    return Numbering()


def _read_styles(root: Any) -> dict[str, _Style]:
    found = {}
    for style in root.iter(W + "style"):
        name = style.find(W + "name")
        based_on = style.find(W + "basedOn")
        title = "" if name is None else str(name.get(W + "val", ""))
        own = _properties(style.find(W + "pPr"), title)
        base = None if based_on is None else based_on.get(W + "val")
        found[style.get(W + "styleId")] = _Style(base, own.heading, own.number, own.depth)
    return found


def _properties(properties: Any, name: str) -> _Style:
    """Return what paragraph properties say; for a paragraph, ``based_on`` is its style."""
    titled = re.fullmatch(r"heading ([1-9])", name.lower())
    heading = int(titled[1]) - 1 if titled else 0 if name.lower() == "title" else None

    def value(path: str) -> str | None:
        found = None if properties is None else properties.find(path)
        return None if found is None else found.get(W + "val")

    outline = value(W + "outlineLvl")
    depth = value(f"{W}numPr/{W}ilvl")
    return _Style(
        value(W + "pStyle"),
        int(outline) if outline and heading is None else heading,
        value(f"{W}numPr/{W}numId"),
        int(depth) if depth else None,
    )


def _blocks(container: Any) -> Iterator[Any]:
    """Yield paragraphs and tables in order, also those in content controls and insertions."""
    for child in container:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NOT_TEXT:
            yield from _blocks(child)


def _children(container: Any, tag: str) -> Iterator[Any]:
    """Yield rows of a table or cells of a row, also those in content controls."""
    for child in container:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _NOT_TEXT:
            yield from _children(child, tag)


def _gather(node: Any, parts: list[str], boxes: list[Any]) -> None:
    """Collect the text below a node in order; text boxes are kept apart."""
    for child in node:
        tag = child.tag
        if tag in (W + "t", _MATH + "t"):
            parts.append((child.text or "").replace("\n", " "))
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
        elif tag == W + "br":
            parts.append("\n" if child.get(W + "type", "textWrapping") == "textWrapping" else "")
        elif tag == W + "sym":
            parts.append(_symbol(child.get(W + "char", "")))
        elif tag == W + "txbxContent":
            boxes.append(child)
        elif isinstance(tag, str) and tag not in _NOT_TEXT:
            _gather(child, parts, boxes)


def _symbol(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else ""
