"""Documents saved by LibreOffice, for tests that read what people save; without it they skip."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

FONT = "Liberation Mono"  # in which LibreOffice sets plain text: its width says where lines wrap
_STARTS = 2  # the first start on a fresh profile may end without having done anything
_SECONDS = 300


def saved_by_libreoffice(files: Sequence[Path], suffix: str, place: Path) -> list[Path]:
    """Return the files of ``place`` that LibreOffice made of these, in their order.

    Skips where it cannot, and fails with what it said where it can and did not.
    """
    soffice = able(suffix)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", suffix, "--outdir", str(place)]
    made = [place / f"{file.stem}.{suffix}" for file in files]
    said = ""
    for _ in range(_STARTS):
        done = subprocess.run(
            [*command, *map(str, files)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
        )
        said += f"ended with {done.returncode}: {done.stdout.decode(errors='replace')}\n"
        if all(file.exists() for file in made):
            return made
    raise AssertionError(f"soffice did not save {suffix}:\n{said}")


def able(suffix: str) -> str:
    """Return LibreOffice where it can save texts, else skip with a plain reason."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice (soffice) here")
    if lacks_writer(Path(soffice).resolve().parent):
        pytest.skip("this LibreOffice (soffice) has no Writer, so it cannot save texts")
    if suffix == "pdf" and lacks_font():
        pytest.skip(f"no font {FONT} here: in another one, lines of a PDF wrap elsewhere")
    return soffice


def lacks_writer(program: Path) -> bool:
    """Say whether LibreOffice keeps its libraries in a folder, and none of Writer is there."""
    has_core = any(program.glob("libmergedlo.*")) or any(program.glob("libsofficeapp.*"))
    return has_core and not any(program.glob("libswlo.*"))


def lacks_font() -> bool:
    """Say whether the font is known to be missing."""
    if not shutil.which("fc-match"):
        return False
    found = subprocess.run(["fc-match", "--format=%{family}", FONT], stdout=subprocess.PIPE)
    return FONT not in found.stdout.decode(errors="replace")
