"""Documents that are refused, and why: one line each, within seconds, whatever they hold."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from competency.documents.reading import limits, read_bytes, read_document, sandbox
from competency.errors import (
    CompetencyError,
    DependencyMissing,
    FormatError,
    ParseError,
    SourceError,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def word_parts() -> dict[str, bytes]:
    document = docx.Document()
    document.add_paragraph("Listens to clients")
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_with(body: bytes) -> bytes:
    return zipped(word_parts() | {"word/document.xml": body})


def refusal(data: bytes, name: str) -> str:
    started = time.monotonic()
    with pytest.raises(CompetencyError) as caught:
        read_bytes(data, name)
    assert time.monotonic() - started < limits.MAX_SECONDS + 5
    message = str(caught.value)
    assert message.startswith(name)
    assert len(message.splitlines()) == 1
    return message


def test_a_file_that_is_not_there_or_is_a_folder_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.txt: No such file"):
        read_document(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="directory"):
        read_document(tmp_path)


def test_a_file_is_named_in_full_in_errors_and_without_its_folder_in_the_document(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    with pytest.raises(ParseError, match=rf"^{path}: holds no text"):
        read_document(path)
    path.write_bytes(b"Level 1\n")
    document = read_document(path)
    assert (document.name, document.lines) == ("a.txt", ("Level 1",))
    assert document == read_bytes(b"Level 1\n", "a.txt")
    assert len(document.sha256) == 64


@pytest.mark.parametrize(
    "data", [b"", b" \n\n\t\n", b"\xef\xbb\xbf"], ids=["none", "blank", "mark"]
)
def test_a_file_without_a_visible_sign_holds_no_text(data: bytes) -> None:
    assert "holds no text" in refusal(data, "a.txt")


def test_a_page_or_word_document_without_words_holds_no_text() -> None:
    assert "holds no text" in refusal(b"<!doctype html><script>let a = 1</script>", "a.html")
    target = io.BytesIO()
    docx.Document().save(target)
    assert "holds no text" in refusal(target.getvalue(), "a.docx")


def test_a_wrong_encoding_is_refused_with_the_place_of_its_first_byte() -> None:
    with pytest.raises(ParseError) as caught:
        read_bytes("Level 1\ncafé".encode("latin-1"), "a.txt")
    assert (caught.value.line, caught.value.column) == (2, 4)
    assert str(caught.value) == "a.txt:2:4: byte 0xe9 is not UTF-8 text; save the file as UTF-8"


def test_columns_count_signs_and_lines_as_the_document_counts_them() -> None:
    assert refusal("é\r\nö\x0cü".encode() + b"\xff", "a.txt").startswith("a.txt:3:2: byte 0xff")


def test_half_a_sign_of_utf_16_is_refused() -> None:
    assert "is not UTF-16 text" in refusal(b"\xff\xfea\0b", "a.txt")


def test_a_zero_byte_is_in_no_text() -> None:
    assert refusal(b"ab\0c", "a.txt").startswith("a.txt:1:3: byte 0x00 is in no text")


def test_a_page_in_an_undeclared_encoding_is_refused() -> None:
    assert "byte 0xe9 is not UTF-8" in refusal(b"<html><p>caf\xe9", "a.html")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"\xff\xd8\xff\xe0JFIF", "photo.pdf", "a JPEG picture; read its text with OCR"),
        (b"\x89PNG\r\n\x1a\n", "a.docx", "a PNG picture"),
        (b"RIFF\0\0\0\0WEBP", "a.png", "a WebP picture"),
        (b"\0\0\0\x20ftypheic", "a.jpg", "a HEIF picture"),
        (b"BM" + bytes(60), "a.bmp", "a BMP picture"),
        (OLE, "a.doc", "before 2007, such as .doc; save it as .docx"),
        (b"{\\rtf1 a}", "a.rtf", "an RTF document; save it as .docx"),
        (b"%!PS-Adobe", "a.ps", "PostScript file; convert it to PDF"),
        (b'<?xml version="1.0"?><a/>', "a.xml", "an XML file that is no HTML"),
        (zipped({"xl/workbook.xml": b""}), "a.docx", "a spreadsheet (.xlsx)"),
        (zipped({"ppt/slides.xml": b""}), "a.pptx", "slides (.pptx)"),
        (zipped({"a.txt": b"a"}), "a.zip", "a zip archive; unpack it"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED),
            "a.odt",
            "an OpenDocument file; save it as .docx",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value[0] != "a" else "",
)
def test_another_format_is_named_by_its_content_with_the_way_out(
    data: bytes, name: str, said: str
) -> None:
    with pytest.raises(FormatError) as caught:
        read_bytes(data, name)
    assert said in str(caught.value)
    assert "there are: plain text (.txt), Markdown (.md), HTML (.html), Word" in str(caught.value)


def test_a_sentence_that_begins_like_a_bitmap_is_text() -> None:
    assert read_bytes(b"BMW staff listen to customers and answer them.", "a.txt").lines


def test_a_document_of_fifty_megabytes_is_refused_and_not_read_in_full(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(ParseError, match="larger than 20 MB; split it"):
        read_document(path)


def test_a_text_of_too_many_characters_is_refused() -> None:
    assert "more than 5,000,000 characters" in refusal(b"abcd\n" * 1_000_001, "a.txt")


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    whole = refusal(word_with(b" " * 150_000_000), "a.docx")
    assert "would unpack to more than 100 MB (a zip bomb?)" in whole
    part = refusal(word_with(b" " * 20_000_000), "a.docx")
    assert "its part word/document.xml is packed" in part
    assert "at most 200 to 1" in part


@pytest.mark.slow
def test_an_archive_of_very_many_parts_is_refused() -> None:
    parts = {f"word/{number}": b"" for number in range(limits.MAX_ENTRIES + 1)}
    assert "more than 10,000 parts" in refusal(zipped(parts), "a.docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_with_a_document_type_is_refused_so_no_entity_is_expanded(encoding: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "cc">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    )
    said = refusal(word_with(xml.encode(encoding)), "a.docx")
    assert "its part word/document.xml has a DOCTYPE" in said


def test_a_word_document_cut_off_or_wrong_inside_is_damaged() -> None:
    sound = zipped(word_parts())
    assert "damaged or cut-off archive" in refusal(sound[: len(sound) // 2], "a.docx")
    assert "no sound Word document" in refusal(word_with(b"not XML"), "a.docx")
    without = {name: data for name, data in word_parts().items() if name != "word/document.xml"}
    assert "no sound Word document" in refusal(zipped(without), "a.docx")
    spoilt = bytearray(zipped(word_parts(), zipfile.ZIP_STORED))
    spoilt[spoilt.index(b"Listens")] ^= 0xFF
    assert "no sound Word document" in refusal(bytes(spoilt), "a.docx")
    for packing in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        oddly = bytearray(zipped({"word/document.xml": b"<a/>" * 50}, packing))
        oddly[60:64] = b"nope"
        assert "no sound Word document" in refusal(bytes(oddly), "a.docx")


def test_a_document_with_a_password_says_so() -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert "protected by a password; save it without one" in refusal(locked, "a.docx")


def test_html_nested_without_end_is_refused_not_cut() -> None:
    assert "nested too deep" in refusal(b"<p>a" + b"<div>" * 30_000 + b"b", "a.html")


def test_a_reader_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_SECONDS", 0.05)
    assert "seconds to read; split it" in refusal(zipped(word_parts()), "a.docx")


@pytest.mark.parametrize(
    ("code", "output", "said"),
    [
        (-signal.SIGSEGV, b"", "damaged, or made to do harm"),
        (-signal.SIGXCPU, b"", "took longer than 20 seconds"),
        (1, b"", "damaged, or made to do harm"),
        (0, b"{", "damaged, or made to do harm"),
    ],
)
def test_a_reader_that_breaks_down_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, code: int, output: bytes, said: str
) -> None:
    def broken(*_: Any, **__: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], code, output)

    monkeypatch.setattr(subprocess, "run", broken)
    assert said in refusal(zipped(word_parts()), "a.docx")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*_: Any, **__: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 0, b'{"missing": "docx.opc"}')

    monkeypatch.setattr(subprocess, "run", without)
    with pytest.raises(DependencyMissing, match="python-docx is not installed"):
        read_bytes(zipped(word_parts()), "a.docx")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_reader_gets_no_more_memory_than_its_limit_and_writes_no_file(tmp_path: Path) -> None:
    code = (
        "from competency.documents.reading import child; child.confine()\n"
        "try: bytearray(2 << 30)\n"
        "except MemoryError: print('bounded', end='')\n"
        f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"try: open({str(tmp_path / 'a')!r}, 'wb', 0).write(b'a')\n"
        "except OSError: print(' and harmless', end='')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"bounded and harmless"


def test_modules_beside_the_user_are_not_taken_for_the_readers_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docx.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert read_bytes(zipped(word_parts()), "a.docx").lines == ("Listens to clients",)
