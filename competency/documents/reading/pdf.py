"""PDF as lines: opened by PDFium, put together from the places of its signs."""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from competency.documents.reading.glyphs import (
    Glyph,
    PrintedLine,
    open_pdf,
    page_runs,
    printed_line,
    space_signs,
)
from competency.documents.reading.limits import MAX_PAGES, Refused, check_characters
from competency.documents.reading.wrapping import authored_lines

_SPACED = 0.7  # the share of gaps filled by space signs from which on a document prints its spaces


def pdf_lines(data: bytes) -> tuple[list[str], list[str]]:
    """Return the lines of a PDF and the page of each, counted from 1."""
    document = _open(data)
    if len(document) > MAX_PAGES:
        raise Refused(f"has more than {MAX_PAGES:,} pages; split it into smaller documents")
    found = _all_runs(document)
    if not any(runs for runs, _ in found):
        raise Refused(
            "holds no text, only pictures (a scan?); read its text with OCR, such as ocrmypdf,"
            " or use the document it was made from"
        )
    filled, gaps = space_signs([run for runs, _ in found for run in runs])
    printed: list[PrintedLine] = [
        printed_line(run, number, centre, filled >= _SPACED * gaps)
        for number, (runs, centre) in enumerate(found, start=1)
        for run in runs
    ]
    lines, pages = authored_lines(printed)
    return lines, [str(page) for page in pages]


def _open(data: bytes) -> Any:
    try:
        return open_pdf(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            reason = "is protected by a password; save it without one"
        else:
            reason = "is a damaged or cut-off PDF; fetch or save it again"
        raise Refused(reason) from error


def _all_runs(document: Any) -> list[tuple[list[list[Glyph]], float]]:
    """Return the lines of each page, and twice its middle."""
    found: list[tuple[list[list[Glyph]], float]] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            found.append(page_runs(page))
        except pdfium.PdfiumError as error:
            raise Refused(f"its page {number + 1} is damaged; save the PDF again") from error
        characters += sum(map(len, found[-1][0]))
        check_characters(characters)
        page.close()
    return found
