"""A packed document is looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile

from competency.documents.reading.limits import (
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_UNPACKED,
    MEGABYTE,
    RATIO_FROM,
    Refused,
)

_XML = (".xml", ".rels")


def check_archive(data: bytes) -> None:
    """Refuse a zip bomb, a locked archive, and XML that brings its own document type.

    zipfile never reads past the size an entry declares, so declared sizes can be relied on.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        _check_sizes(entries)
        for entry in entries:
            if entry.filename.lower().endswith(_XML) and _has_doctype(archive.read(entry)):
                raise Refused(
                    f"its part {entry.filename} has a DOCTYPE, which no Word document has;"
                    " save it again with Word or LibreOffice"
                )


def _has_doctype(xml: bytes) -> bool:
    """Say whether XML declares a document type: without one there are no entities to expand.

    UTF-16 has a zero byte beside each letter.
    """
    return b"<!DOCTYPE" in xml.replace(b"\0", b"")


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise Refused(f"holds more than {MAX_ENTRIES:,} parts; a document has some dozens")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused(
            f"would unpack to more than {MAX_UNPACKED // MEGABYTE} MB (a zip bomb?);"
            " leave out its pictures, or split it"
        )
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused("is protected by a password; save it without one")
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > RATIO_FROM and ratio > MAX_RATIO:
            raise Refused(
                f"its part {entry.filename} is packed {ratio:.0f} to 1, and at most"
                f" {MAX_RATIO} to 1 is read (a zip bomb?); save it again with Word or LibreOffice"
            )
