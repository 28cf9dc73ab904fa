"""A look into a workbook before it is opened: what it is, how large, and what it hides.

A workbook is a zip file of XML. A few kilobytes can unpack to gigabytes, name a cell a billion
rows down, or define entities that grow; the look is linear in what is unpacked and stops early.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import unescape
from zipfile import ZipFile, ZipInfo

from competency._archives import DAMAGES
from competency.errors import ParseError
from competency.exchange.imported import File

MAX_UNPACKED, MAX_CELLS, MAX_FILES = 200_000_000, 2_000_000, 5_000
_BLOCK = 1 << 20
_SAVE = "open it in your spreadsheet program and save it as 'Excel Workbook (.xlsx)'"
_FAR = re.compile(rb"""\sr=["'](?:[A-Za-z]{4,}|[A-Za-z]{0,3}(?:[2-9]\d{6}|\d{8,}))""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]+\d+:[A-Z]+\d+)["']""")
_SHEET = re.compile(r"""<(?:\w+:)?sheet\s[^>]*?name="([^"]*)\"""")
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_CELL, _STRING = re.compile(rb"<(?:\w+:)?c[\s>/]"), re.compile(rb"<(?:\w+:)?si[\s>/]")


@dataclass
class Look:
    """What was seen: whether there are formulas, and which cells are merged, by XML file."""

    formulas: bool = False
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)


def look(file: File) -> Look:
    """Return what there is to know before a workbook is opened.

    Raises ParseError for an old or encrypted workbook, one of another program, one that is
    damaged, and one that would unpack to more than anybody types.
    """
    if not file.data.startswith(b"PK"):
        raise ParseError(file.name, _old(file.data))
    try:
        with ZipFile(BytesIO(file.data)) as archive:
            _check_kind(file, archive)
            return _seen(file, archive)
    except DAMAGES as error:
        if isinstance(error, ParseError):
            raise
        raise ParseError(file.name, f"a damaged workbook ({short(error)}); {_SAVE}") from None


def sheet_names(file: File) -> tuple[str, ...]:
    """Return the names of the sheets of a workbook, cheaply; none for anything else.

    >>> sheet_names(File("a.csv", b"a,b", "text/csv"))
    ()
    """
    try:
        with ZipFile(BytesIO(file.data)) as archive, archive.open("xl/workbook.xml") as packed:
            text = packed.read(_BLOCK).decode("utf-8", "replace")
    except (*DAMAGES, KeyError):
        return ()
    return tuple(unescape(name, _QUOTES) for name in _SHEET.findall(text))


def _old(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"the workbook is protected by a password; {_SAVE}, without a password"
    return f"a workbook in the format before 2007 (.xls); {_SAVE}"


def _check_kind(file: File, archive: ZipFile) -> None:
    infos = archive.infolist()
    names = {info.filename for info in infos}
    if any(info.flag_bits & 1 for info in infos):
        raise ParseError(file.name, "the file is protected by a password; save it without")
    if len(infos) > MAX_FILES or sum(info.file_size for info in infos) > MAX_UNPACKED:
        size = MAX_UNPACKED // 1_000_000
        raise ParseError(file.name, f"unpacks to more than {size} MB; divide the workbook")
    if "xl/workbook.bin" in names:
        raise ParseError(file.name, f"a binary workbook (.xlsb); {_SAVE}")
    if "content.xml" in names:
        raise ParseError(file.name, f"an OpenDocument file; {_SAVE}")
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise ParseError(file.name, f"a zip file, but no workbook; {_SAVE}")


def _seen(file: File, archive: ZipFile) -> Look:
    found, cells = Look(), 0
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels", ".vml")):
            sheet = info.filename.startswith("xl/worksheets/")
            merged: list[str] = []
            for block in _blocks(archive, info):
                cells += _look_at(file, block, info.filename)
                if sheet:
                    found.formulas = found.formulas or bool(_FORMULA.search(block))
                    merged += [ref.decode() for ref in _MERGED.findall(block)]
            if cells > MAX_CELLS:
                raise ParseError(file.name, f"more than {MAX_CELLS:,} cells; divide the workbook")
            found.merged[info.filename] = tuple(dict.fromkeys(merged))
    return found


def _look_at(file: File, block: bytes, name: str) -> int:
    """Return how many cells or texts a block of XML has; raise for what nobody types."""
    if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
        raise ParseError(file.name, f"{name} declares a document type, which no workbook does")
    if b"\0" in block:
        raise ParseError(file.name, f"{name} is not in UTF-8; {_SAVE}")
    if name.startswith("xl/worksheets/"):
        far = _FAR.search(block)
        if far:
            place = far[0].decode("ascii", "replace")[4:40]
            raise ParseError(file.name, f"{name} has a cell {place}, beyond the end of any sheet")
        return len(_CELL.findall(block))
    return len(_STRING.findall(block)) if name.endswith("sharedStrings.xml") else 0


def _blocks(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a packed file in blocks that end with a tag, so that none is cut."""
    rest = b""
    with archive.open(info) as packed:
        while block := packed.read(_BLOCK):
            block = rest + block
            cut = block.rfind(b"<")
            rest = block[cut:] if cut > 0 and len(block) - cut < _BLOCK else b""
            yield block[: len(block) - len(rest)]
    yield rest


def short(error: BaseException) -> str:
    """Return the beginning of what an error says, which may repeat bytes of the file without end.

    >>> short(ValueError("x" * 1000)) == "x" * 200
    True
    """
    return str(error).partition("\n")[0][:200] or type(error).__name__
