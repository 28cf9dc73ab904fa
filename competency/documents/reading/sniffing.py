"""What a file is, told by its first bytes; its name only tells Markdown and HTML from text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from competency._archives import DAMAGES
from competency.documents.reading.limits import Refused
from competency.documents.reading.text import is_text
from competency.errors import FormatError

TEXT, MARKDOWN, HTML = "text/plain", "text/markdown", "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
KNOWN = (
    "plain text (.txt)",
    "Markdown (.md)",
    "HTML (.html)",
    "Word (.docx)",
    "PDF with a text layer (.pdf)",
)

_PICTURE = "read its text with OCR into a PDF or a text file"
_AS_DOCX = "save it as .docx"
_UNPACK = "unpack it and name the document inside"
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", f"a JPEG picture; {_PICTURE}"),
    (b"\x89PNG\r\n\x1a\n", f"a PNG picture; {_PICTURE}"),
    (b"GIF8", f"a GIF picture; {_PICTURE}"),
    (b"II*\0", f"a TIFF picture; {_PICTURE}"),
    (b"MM\0*", f"a TIFF picture; {_PICTURE}"),
    (b"BM", f"a BMP picture; {_PICTURE}"),
    (b"{\\rtf", f"an RTF document; {_AS_DOCX}"),
    (b"%!PS", "a PostScript file; convert it to PDF"),
    (b"\x1f\x8b", f"a gzip archive; {_UNPACK}"),
    (b"BZh", f"a bzip2 archive; {_UNPACK}"),
    (b"7z\xbc\xaf", f"a 7z archive; {_UNPACK}"),
    (b"Rar!\x1a", f"a RAR archive; {_UNPACK}"),
    (b"\xfd7zXZ\0", f"an xz archive; {_UNPACK}"),
    (b"\x7fELF", "a program, not a document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/", "a spreadsheet (.xlsx), not a document; save the text as .docx"),
    ("ppt/", "slides (.pptx); save their outline as .docx, or as PDF"),
    ("META-INF/container.xml", "an e-book (.epub); convert it to .html or .docx"),
    ("Index/", f"an Apple iWork document; {_AS_DOCX}"),
)
_HTML_START = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def media_type(data: bytes, name: str) -> str:
    """Return the media type of a document; FormatError says what else it is.

    >>> media_type(b"%PDF-1.7", "a.txt"), media_type(b"Level 1", "a.md")
    ('application/pdf', 'text/markdown')
    """
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _packed(data, name)
    if b"%PDF-" in data[:1024] and (suffix == ".pdf" or data.lstrip()[:5] == b"%PDF-"):
        return PDF
    other = _other(data)
    if other:
        raise FormatError(f"{name} ({other})", KNOWN)
    return _text(data, name, suffix)


def _other(data: bytes) -> str | None:
    """Say what a file is that cannot be read."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("is protected by a password; save it without one")
        return f"an Office document of before 2007, such as .doc; {_AS_DOCX}"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return f"a WebP picture; {_PICTURE}"
    if data[4:8] == b"ftyp":
        return f"a HEIF picture or a film; {_PICTURE}"
    signed = (title for sign, title in _SIGNS if data.startswith(sign))
    title = next(signed, None)
    # "BM" can also begin a sentence: a bitmap has zero bytes in its header.
    return None if data[:2] == b"BM" and b"\0" not in data[:32] else title


def _text(data: bytes, name: str, suffix: str) -> str:
    """Tell HTML, Markdown and text apart; Refused where a name speaks of none, and none it is."""
    title = {".pdf": "PDF", ".docx": "Word document"}.get(suffix)
    if title and not is_text(data):
        raise Refused(f"is no {title}, though its name says so; it is damaged, or something else")
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\0", b"")[2:]
    if _HTML_START.match(start):
        return HTML
    if start.lstrip()[:5] == b"<?xml":
        reason = "an XML file that is no HTML; save the document as .docx"
        raise FormatError(f"{name} ({reason})", KNOWN)
    if suffix in (".html", ".htm", ".xhtml"):
        return HTML
    return MARKDOWN if suffix in (".md", ".markdown", ".mkd") else TEXT


def _packed(data: bytes, name: str) -> str:
    """Tell a Word document from other archives, by the names in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = b""
            if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype")
    except DAMAGES as error:
        raise Refused("is a damaged or cut-off archive; fetch or save it again") from error
    if any(entry.startswith("word/") for entry in names):
        return DOCX
    if b"opendocument" in kind:
        raise FormatError(f"{name} (an OpenDocument file; {_AS_DOCX})", KNOWN)
    for start, title in _PARTS:
        if any(entry.startswith(start) for entry in names):
            raise FormatError(f"{name} ({title})", KNOWN)
    raise FormatError(f"{name} (a zip archive; {_UNPACK})", KNOWN)
