"""The list of CFDocuments that a CASE server gives: which packages it names, and which are here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from competency.errors import CompetencyError
from competency.exchange.imported import File
from competency.formats import by_name
from competency.graph.guarding import check_document
from competency.importing.files import file_of

_SIGN = re.compile(rb'"CFDocuments"\s*:\s*\[')
_PACKAGE = re.compile(rb'"CFDocument"\s*:\s*\{')
_SAFE = re.compile(r"[A-Za-z0-9._-]{1,80}")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20<>\"'`\\^{|}]{1,400}")
MOST = 2_000  # files beside a list that are looked into


@dataclass(frozen=True)
class Listed:
    """A document of a list: its title, the identifiers its package may go by, its address."""

    title: str
    identifiers: tuple[str, ...]
    address: str | None

    def how(self, folder: Path) -> str:
        """Return what to do to have the package: its address, and the file to save it in."""
        name = next((i for i in self.identifiers if _SAFE.fullmatch(i)), "package")
        source = self.address or f"/CFPackages/{name} of its server"
        return f'"{self.title}" is missing: fetch {source} and save it as {folder / name}.json'


def listed(file: File) -> tuple[Listed, ...] | None:
    """Return the documents of a list of CFDocuments, None where a file is no such list.

    >>> listed(File("l.json", b'{"CFDocuments": [{"identifier": "a", "title": "T"}]}', ""))
    (Listed(title='T', identifiers=('a',), address=None),)
    """
    if not _SIGN.search(file.data):
        return None
    value = _json(file)
    rows = value.get("CFDocuments") if isinstance(value, dict) else None
    if not isinstance(rows, list) or "CFPackages" in value:
        return None
    return tuple(_listed(row) for row in rows if isinstance(row, dict))


def beside(path: Path, wanted: Iterable[Listed]) -> dict[Listed, Path]:
    """Return the file of each package that lies in the folder of a list.

    beside(Path("list.json"), listed(file_of("list.json")) or ())
    """
    known = {name: one for one in wanted for name in one.identifiers}
    found: dict[Listed, Path] = {}
    files = sorted(file for file in path.parent.glob("*.json") if file != path)
    files.sort(key=lambda file: file.stem not in known)
    for file in files[:MOST]:
        if len(found) == len(set(known.values())):
            break
        for name in _identifiers(file):
            if name in known:
                found.setdefault(known[name], file)
    return found


def _identifiers(path: Path) -> list[str]:
    """Return the identifiers of the documents whose packages are in a file."""
    try:
        file = file_of(path)
    except CompetencyError:
        return []
    if not _PACKAGE.search(file.data):
        return []
    found, waiting = [], [_json(file)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            doc = value.get("CFDocument")
            if isinstance(doc, dict):
                found.append(str(doc.get("identifier")))
            waiting += [value[name] for name in ("CFPackage", "CFPackages") if name in value]
    return found


def _listed(row: dict[str, Any]) -> Listed:
    link = row.get("CFPackageURI")
    link = link if isinstance(link, dict) else {"uri": link}
    names = [row.get("identifier"), link.get("identifier")]
    known = tuple(dict.fromkeys(name for name in names if isinstance(name, str)))
    own = str(row.get("uri", "")).replace("/CFDocuments/", "/CFPackages/")
    addresses = (str(link.get("uri")), own if "/CFPackages/" in own else "")
    address = next((a for a in addresses if _ADDRESS.fullmatch(a)), None)
    return Listed(" ".join(str(row.get("title", "")).split())[:100], known, address)


def _json(file: File) -> Any:
    try:
        check_document(file.data, by_name("jsonld"), file.name)
        return json.loads(file.data.decode("utf-8-sig"))
    except ValueError:  # broken, and told so when it is read as what it is meant to be
        return None
