"""What the tests that save documents with LibreOffice do where it cannot, or not at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import saving

CONVERTS = 'for last; do :; done; : > "$(dirname "$last")/a.docx"'
AT_THE_SECOND = (
    f'd="$(dirname "$0")"; if [ -e "$d/again" ]; then {CONVERTS}; else : > "$d/again"; fi'
)


def stand_in(place: Path, script: str, monkeypatch: pytest.MonkeyPatch, *libraries: str) -> Path:
    """Put a program soffice first on the path, with libraries beside it; return a text."""
    for library in libraries:
        (place / library).touch()
    program = place / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(place), prepend=":")
    text = place / "a.txt"
    text.touch()
    return text


def test_without_writer_it_skips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = stand_in(tmp_path, "exit 0", monkeypatch, "libmergedlo.so")
    with pytest.raises(pytest.skip.Exception, match="no Writer"):
        saving.saved_by_libreoffice([text], "docx", tmp_path)


def test_a_start_that_saves_nothing_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = stand_in(tmp_path, AT_THE_SECOND, monkeypatch, "libmergedlo.so", "libswlo.so")
    assert saving.saved_by_libreoffice([text], "docx", tmp_path) == [tmp_path / "a.docx"]


def test_what_it_says_is_told_where_it_saves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = stand_in(tmp_path, "echo source file could not be loaded", monkeypatch)
    with pytest.raises(AssertionError, match="ended with 0: source file could not be loaded"):
        saving.saved_by_libreoffice([text], "docx", tmp_path)
