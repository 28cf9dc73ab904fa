"""The signs of a PDF page with their places, as PDFium finds them, put together to lines.

Coordinates are those of the page as it is seen: x to the right, y upwards, in points.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

SOFT_HYPHEN = "\u00ad"
HYPHENS = ("\ufffe", "\x02")  # what PDFium puts for the hyphen of a word that a line end cut


class Glyph(NamedTuple):
    """One sign: its text, where it begins and ends, its baseline and font size."""

    text: str
    left: float
    right: float
    y: float
    size: float
    spaced: bool  # PDFium saw a gap before it that no space sign fills
    number: int = 0  # its number on the page
    tab: bool = False  # it begins at a tab stop, though no gap is seen


@dataclass
class PrintedLine:
    """A line as printed, with what is needed to tell a wrap from a line end."""

    page: int
    centre: float  # twice the middle of its page
    text: str
    left: float
    right: float
    y: float
    size: float
    last_start: float  # where the text after the last wide gap begins
    starts: tuple[float, ...]  # where texts after wide gaps begin
    first_word: float  # width of the first word
    space: float
    trailing: bool  # a space sign is printed after the last word


def _quarters(text: Any) -> int:
    """Return by how many quarters of a circle the first signs are turned to the left.

    PDFium measures angles to the right.
    """
    count = min(raw.FPDFText_CountChars(text), 200)
    angles = (raw.FPDFText_GetCharAngle(text.raw, index) for index in range(count))
    turns = Counter(round(-angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


def _turn(x: float, y: float, quarters: int) -> tuple[float, float]:
    """Turn a point to the right.

    >>> _turn(2, 5, 1), _turn(2, 5, 2), _turn(2, 5, 3)
    ((5, -2), (-2, -5), (-5, 2))
    """
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarters]


def _turn_box(box: Any, quarters: int) -> None:
    ax, ay = _turn(box.left, box.bottom, quarters)
    bx, by = _turn(box.right, box.top, quarters)
    box.left, box.right = sorted((ax, bx))
    box.bottom, box.top = sorted((ay, by))


def _page_glyphs(text: Any, quarters: int) -> Iterator[list[Glyph]]:
    """Yield runs of signs that PDFium takes for a line, in the order of the page's content."""
    handle, count = text.raw, raw.FPDFText_CountChars(text)
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    px, py, pbox = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    run: list[Glyph] = []
    spaced, size = False, 0.0
    for index in range(count):
        sign = chr(raw.FPDFText_GetUnicode(handle, index))
        if sign in "\r\n":
            if run:
                yield run
            run, spaced = [], False
            continue
        if sign == " " and raw.FPDFText_IsGenerated(handle, index) == 1:
            spaced = True
            continue
        raw.FPDFText_GetCharOrigin(handle, index, px, py)
        raw.FPDFText_GetLooseCharBox(handle, index, pbox)
        if quarters:
            x.value, y.value = _turn(x.value, y.value, quarters)
            _turn_box(box, quarters)
        if run and abs(y.value - run[-1].y) > 0.6 * run[-1].size:
            # PDFium swallows the line end after a hyphen, as if the word were never cut.
            yield run
            run = []
        if not run or spaced or abs(y.value - run[-1].y) > 0.1:
            # Scaled text says size 1 and scales it; what is seen is the height of the box.
            size = max(raw.FPDFText_GetFontSize(handle, index), box.top - box.bottom, 1.0)
        sign = "-" if sign in HYPHENS else sign
        if sign != "\0":
            run.append(Glyph(sign, box.left, box.right, y.value, size, spaced, index))
            spaced = False
    if run:
        yield run


def same_line(before: list[Glyph], after: list[Glyph]) -> bool:
    """Say whether a run stands to the right of another on one baseline."""
    last, first = before[-1], after[0]
    return abs(last.y - first.y) < 0.25 * last.size and first.left >= last.right - 1


def page_runs(page: Any) -> tuple[list[list[Glyph]], float]:
    """Return the lines of a page, runs on one baseline put together, and twice its middle."""
    runs: list[list[Glyph]] = []
    text = page.get_textpage()
    quarters = _quarters(text)
    if not quarters and page.get_rotation():
        # A page shown sideways: PDFium would order its lines as they are shown.
        page.set_rotation(0)
        text = page.get_textpage()
    for run in _page_glyphs(text, quarters):
        if all(not glyph.text.strip() for glyph in run):
            continue
        if runs and same_line(runs[-1], run):
            runs[-1] += [run[0]._replace(spaced=True), *run[1:]]
        else:
            runs.append(run)
    stops = {round(run[0].left) for run in runs}
    stops |= {round(glyph.left) for run in runs for glyph in run if glyph.spaced}
    left, bottom, right, top = page.get_cropbox()
    centre = _turn(left, bottom, quarters)[0] + _turn(right, top, quarters)[0]
    return [_with_tight_tabs(run, stops, text.raw) for run in runs], centre


def _with_tight_tabs(run: list[Glyph], stops: set[int], handle: Any) -> list[Glyph]:
    """Mark tabs that a word nearly reached: no gap, but a text of its own begins at a tab stop."""
    marked = list(run)
    for place in range(1, len(run)):
        before, glyph = run[place - 1], run[place]
        if glyph.spaced or round(glyph.left) not in stops or glyph.left < before.right:
            continue
        if glyph.text.isspace() or before.text.isspace():
            continue
        ours, other = (raw.FPDFText_GetTextObject(handle, item.number) for item in (glyph, before))
        if ctypes.cast(ours, ctypes.c_void_p).value != ctypes.cast(other, ctypes.c_void_p).value:
            marked[place] = glyph._replace(tab=True)
    return marked


def space_signs(runs: list[list[Glyph]]) -> tuple[int, int]:
    """Count the gaps between words that a space sign fills, and all gaps."""
    filled = sum(glyph.text.isspace() for run in runs for glyph in run)
    return filled, filled + sum(glyph.spaced for run in runs for glyph in run)


def printed_line(run: list[Glyph], page: int, centre: float, spaced: bool) -> PrintedLine:
    """Return a run as text; wide gaps become tabs.

    Where a document prints its spaces (``spaced``), a gap without one is a jump to a tab stop or
    column; where it prints none, only a gap wider than a letter is.
    """
    words = [index for index, glyph in enumerate(run) if not glyph.text.isspace()]
    last = words[-1]
    size = run[words[0]].size
    jump = (0.3 if spaced else 1.2) * size
    text, starts = "", [run[0].left]
    for index, glyph in enumerate(run[: last + 1]):
        before = run[index - 1] if index else glyph
        gap = glyph.left - before.right if index else 0.0
        beside = before.text.isspace() or glyph.text.isspace()
        if glyph.tab or gap > (2 * size if beside else jump if glyph.spaced else 3 * size):
            text += "\t"
            starts.append(glyph.left)
        elif glyph.spaced and not beside:
            text += " "
        text += glyph.text
    widths = [glyph.right - glyph.left for glyph in run if glyph.text.isspace()]
    return PrintedLine(
        page, centre, _whole(text), run[0].left, run[last].right, run[words[0]].y, size,
        starts[-1], tuple(starts[1:]), _first_word(run, words[0]),
        max(widths, default=0.25 * size), last < len(run) - 1,
    )  # fmt: skip


def _first_word(run: list[Glyph], first: int) -> float:
    """Return the width of the first word."""
    end = first
    for glyph in run[first + 1 :]:
        if glyph.text.isspace() or glyph.spaced or glyph.tab:
            break
        end += 1
    return run[end].right - run[first].left


def _whole(text: str) -> str:
    """Return text whose signs beyond the basic plane are one sign each again.

    A soft hyphen that is printed within a line is a hyphen; one at the end may be taken back.
    """
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text[:-1].replace(SOFT_HYPHEN, "-") + text[-1:]


def open_pdf(data: bytes) -> Any:
    """Open a PDF; PdfiumError says why not."""
    return pdfium.PdfDocument(data)
