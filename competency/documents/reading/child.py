"""The process in which a foreign document is taken apart: little memory, little time, no files.

Reads the document from standard input, its media type from the command line, and writes one
JSON object: ``lines`` and ``pages``, or ``refused``, or ``missing`` (a package).
"""

from __future__ import annotations

import contextlib
import json
import sys

from competency.documents.reading.limits import (
    MAX_MEMORY,
    MAX_SECONDS,
    Refused,
    check_characters,
)
from competency.documents.reading.sniffing import DOCX, HTML, PDF

TOO_MUCH = f"needs more than {MAX_MEMORY >> 20} MB of memory to read; split it or save it again"


def confine() -> None:
    """Give this process its limits; Windows has none of them, there only the time is bounded."""
    try:
        import resource
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    )
    for limit, value in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def take_apart(data: bytes, media_type: str) -> tuple[list[str], list[str]]:
    """Return the lines of a document and the page of each, where it has pages.

    A reader is imported when it is needed: that takes most of the time of a small document.
    """
    pages: list[str] = []
    if media_type == PDF:
        from competency.documents.reading.pdf import pdf_lines

        lines, pages = pdf_lines(data)
    elif media_type == DOCX:
        from competency.documents.reading.word import docx_lines

        lines = docx_lines(data)
    elif media_type == HTML:
        from competency.documents.reading.markup import html_lines

        lines = html_lines(data.decode("utf-8"))
    else:
        raise Refused(f"no reader for {media_type}")
    check_characters(sum(map(len, lines)))
    return lines, pages


def main() -> None:
    """Read one document and write the answer."""
    confine()
    answer: dict[str, object]
    try:
        lines, pages = take_apart(sys.stdin.buffer.read(), sys.argv[1])
        answer = {"lines": lines, "pages": pages}
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except MemoryError:
        answer = {"refused": TOO_MUCH}
    except ModuleNotFoundError as error:
        answer = {"missing": error.name}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
