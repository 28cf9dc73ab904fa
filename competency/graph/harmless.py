"""Cells that a spreadsheet program would run as formulas, made harmless and put back.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is run (or guessed
at) by Excel, LibreOffice and Google Sheets when a CSV file is opened; blanks before the sign do not
stop them, nor does its full-width form. An apostrophe before it does, and people know the sign.
"""

from __future__ import annotations

import re

_RUN = re.compile(r"'*\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def harmless(text: str) -> str:
    """Return a text as a cell may hold it: with an apostrophe where it would be run.

    >>> harmless("=1+1"), harmless("'=1+1"), harmless("it's")
    ("'=1+1", "''=1+1", "it's")
    """
    return f"'{text}" if _RUN.match(text) else text


def original(text: str) -> str:
    """Return the text that :func:`harmless` made a cell of.

    >>> original(harmless("- to weld")), original("'tis")
    ('- to weld', "'tis")
    """
    return text[1:] if text.startswith("'") and _RUN.match(text) else text
