"""What a document may cost: every limit of reading, and the line that says it was passed."""

from __future__ import annotations

MEGABYTE = 1_000_000
MAX_BYTES = 20 * MEGABYTE
MAX_CHARACTERS = 5_000_000
MAX_UNPACKED = 100 * MEGABYTE
MAX_RATIO = 200
RATIO_FROM = MEGABYTE  # a smaller entry does no harm, however well it was packed
MAX_ENTRIES = 10_000
MAX_PAGES = 2_000
MAX_SECONDS = 20
MAX_MEMORY = 1 << 30


class Refused(Exception):
    """A reader cannot go on; the one line says why and how to mend it. Never leaves this room."""


def check_size(size: int) -> None:
    """Refuse a file that is too large.

    >>> check_size(20_000_001)
    Traceback (most recent call last):
        ...
    competency.documents.reading.limits.Refused: larger than 20 MB; split it into smaller documents
    """
    if size > MAX_BYTES:
        raise Refused(f"larger than {MAX_BYTES // MEGABYTE} MB; split it into smaller documents")


def check_characters(count: int) -> None:
    """Refuse a text that is too long."""
    if count > MAX_CHARACTERS:
        raise Refused(
            f"holds more than {MAX_CHARACTERS:,} characters; split it into smaller documents"
        )
