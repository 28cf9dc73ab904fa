"""HTML as lines: headings, list items and table rows with the marks that Markdown gives them.

The tree is walked with a stack of our own, so that no nesting is too deep for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from competency.documents.reading.cells import row_lines
from competency.documents.reading.limits import Refused

_DROPPED = frozenset(
    {"script", "style", "nav", "noscript", "template", "head", "iframe", "object", "svg"}
    | {"canvas", "select", "button"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"}
    | {"dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li"}
    | {"main", "menu", "ol", "p", "pre", "search", "section", "summary", "table", "ul"}
)


def html_lines(text: str) -> list[str]:
    """Return the visible text of a page.

    >>> html_lines("<h2>Level 1</h2><ul><li>Listens <b>well</b></ul>")
    ['## Level 1', '- Listens well']
    """
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise Refused("holds no text") from error
    if any(fault.level_name == "FATAL" for fault in parser.error_log):
        # The parser gave up, and what it had not read is lost.
        raise Refused("is HTML nested too deep, or cut off within a tag; save the page again")
    body = root.find("body")
    return _Page().lines(root if body is None else body)


def _hidden(node: Any) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or "display:none" in style


class _Page:
    """Lines of a page in the making: one line open, with the mark that stands before it."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.open: list[str] = []
        self.mark = ""
        self.kept = 0  # how many <pre> elements are open: their lines are lines
        self.lists: list[int | None] = []  # the next number of each open list; None is a bullet

    def lines(self, root: Any) -> list[str]:
        """Walk the tree below root and return its lines."""
        for event, node in _walk(root):
            if event == "text":
                self._text(node)
            elif event == "table":
                self._end()
                self.done += _rows(node)
            elif event == "start":
                self._start(node)
            else:
                self._stop(node)
        self._end()
        return self.done

    def _text(self, text: str) -> None:
        if not self.kept:
            self.open.append(text)
            return
        first, *more = text.split("\n")
        self.open.append(first)
        for line in more:
            self._end(True)
            self.open.append(line)

    def _start(self, node: Any) -> None:
        tag = node.tag
        if tag == "br":
            self._end()
        if tag not in _BLOCKS:
            return
        self._end()
        if tag in ("ul", "ol", "menu"):
            reverse = tag == "ol" and node.get("reversed") is None
            self.lists.append(_number(node.get("start"), 1) if reverse else None)
        elif tag == "li":
            self.mark = self._item(node)
        elif re.fullmatch("h[1-6]", tag):
            self.mark = "#" * int(tag[1]) + " "
        elif tag == "pre":
            self.kept += 1

    def _item(self, node: Any) -> str:
        """Return the mark of a list item and count on."""
        following = self.lists[-1] if self.lists else None
        indent = "  " * (len(self.lists) - 1)
        if following is None:
            return indent + "- "
        number = _number(node.get("value"), following)
        self.lists[-1] = number + 1
        return f"{indent}{number}. "

    def _stop(self, node: Any) -> None:
        if node.tag not in _BLOCKS:
            return
        self._end()
        if node.tag in ("ul", "ol", "menu") and self.lists:
            self.lists.pop()
        elif node.tag in ("li", "h1", "h2", "h3", "h4", "h5", "h6"):
            self.mark = ""
        elif node.tag == "pre":
            self.kept -= 1

    def _end(self, empty: bool = False) -> None:
        """Close the open line; the mark goes before the first line that has words."""
        text = "".join(self.open)
        self.open = []
        line = text.rstrip() if self.kept else " ".join(text.split())
        if line.strip():
            self.done.append(self.mark + line)
            self.mark = ""
        elif empty:
            self.done.append("")


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?\d{1,9}\s*", value) else default


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield starts, texts and stops in order; a table comes whole, what is not seen not at all."""
    work: list[tuple[str, Any]] = [("enter", root)]
    while work:
        event, node = work.pop()
        if event != "enter":
            yield event, node
            continue
        if not isinstance(node.tag, str) or node.tag in _DROPPED or _hidden(node):
            continue
        if node.tag == "table":
            yield "table", node
            continue
        yield "start", node
        if node.text:
            yield "text", node.text
        work.append(("stop", node))
        for child in reversed(node):
            if child.tail:
                work.append(("text", child.tail))
            work.append(("enter", child))


def _rows(table: Any) -> Iterator[str]:
    """Yield a table row by row; a table within a table is part of its cell."""
    found = table.xpath("./caption | ./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
    for row in found:
        if _hidden(row):
            continue
        cells = [row] if row.tag == "caption" else row.xpath("./td | ./th")
        yield from row_lines([_Page().lines(cell) for cell in cells])
