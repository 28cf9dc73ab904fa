"""Names of files: what a path or an IRI is called on a disk, and an address of what has a name.

A plain file server has no rewrite rules, so the names are the addresses. They hold letters,
digits, ``.``, ``_`` and ``-`` of ASCII; any other character is ``~`` and its bytes in UTF-8, in
hexadecimal, which no disk and no server takes for anything else. Different paths have different
names; where these differ only in case, the folder that is written says so.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import quote

from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, SSSOM

LONGEST = 120  # characters of one step of a path; longer ones end in a digest
_READABLE = 80  # characters of the values in the name of a state
_ODD = re.compile(r"[^A-Za-z0-9._-]")
# What Windows keeps for devices, with any suffix.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.I)
_DATA = (suffix for row in (*RDF_SYNTAXES, *RESULT_FORMATS) for suffix in row.suffixes)
_OTHERS = (
    ".css", ".html", ".js", ".json", ".png", ".svg", ".txt", ".webmanifest", ".xlsx", ".xml",
)  # fmt: skip
_SUFFIXES = frozenset((*_DATA, *_OTHERS))


def name_of_path(path: str) -> str:
    """Return the name of a decoded path, step by step.

    >>> name_of_path("pub-cscf/a b"), name_of_path("../nul.txt"), name_of_path("é//")
    ('pub-cscf/a~20b', '~2E~2E/~6Eul.txt', '~C3~A9/~/~')
    """
    return "/".join(_step(step) for step in path.split("/"))


def name_of_iri(iri: str) -> str:
    """Return the name of an IRI that does not live below our base.

    >>> name_of_iri("https://example.org/a?b#c"), name_of_iri("urn:x:y")
    ('iri/https/example.org/a~3Fb~23c', 'iri/urn/x~3Ay')
    """
    scheme, _, rest = iri.partition(":")
    return f"iri/{name_of_path(scheme)}/{name_of_path(rest.removeprefix('//'))}"


def name_of_state(pairs: Sequence[tuple[str, str]], base: str = "") -> str:
    """Return what the fields of an address add to a name; the order of the fields is left out.

    A digest tells states apart unless one plain word says it all. For people, IRIs below ``base``
    are given without it.

    >>> name_of_state([]), name_of_state([("view", "levels")])
    ('', '/~.view-levels')
    >>> name_of_state([("right", "urn:x/b/c"), ("left", "urn:x/a")], "urn:x/")
    '/~.left-a.right-b_c~88c245c7'
    """
    if not pairs:
        return ""
    fields = sorted(pairs)
    if len(fields) == 1 and all(re.fullmatch(r"[a-z0-9]{1,40}", item) for item in fields[0]):
        return f"/~.{fields[0][0]}-{fields[0][1]}"
    words = ".".join(f"{key}-{value.removeprefix(base)}" for key, value in fields)
    return f"/~.{_ODD.sub('_', words)[:_READABLE]}~{_digest(repr(fields), 8)}"


def split_suffix(path: str) -> tuple[str, str]:
    """Cut the suffix of a known format from a path, where it has one.

    >>> split_suffix("ns.ttl"), split_suffix("page/a.b"), split_suffix("compare.sssom.tsv")
    (('ns', '.ttl'), ('page/a.b', ''), ('compare', '.sssom.tsv'))
    """
    table = SSSOM.suffixes[0]
    if path.endswith(table) and posixpath.basename(path) != table:
        return path.removesuffix(table), table
    stem, suffix = posixpath.splitext(path)
    return (stem, suffix) if suffix in _SUFFIXES and posixpath.basename(stem) else (path, "")


def apart(name: str) -> str:
    """Return another name for what has a name that differs from one before only in case.

    >>> apart("ns/Code")
    'ns/Code~~cdc2'
    """
    return f"{name}~~{_digest(name, 4)}"


@lru_cache(maxsize=50_000)
def address(name: str, here: str) -> str:
    """Return the address of a file relative to the file ``here``, as a link has it.

    >>> address("index.html", "page/a/b.html"), address("page/a/c.html", "page/a/b.html")
    ('../../index.html', 'c.html')
    """
    steps, above = name.split("/"), here.split("/")[:-1]
    same = 0
    while same < min(len(steps) - 1, len(above)) and steps[same] == above[same]:
        same += 1
    return quote("../" * (len(above) - same) + "/".join(steps[same:]), safe="/~")


def _step(step: str) -> str:
    if not step:
        return "~"
    plain = _plain(step)
    if plain.startswith("."):
        plain = "~2E" + plain[1:]
    if plain.endswith("."):
        plain = plain[:-1] + "~2E"
    if _DEVICES.fullmatch(plain):
        plain = f"~{ord(plain[0]):02X}{plain[1:]}"
    if len(plain) > LONGEST:
        return f"{plain[:_READABLE]}~~{_digest(step, 16)}"
    return plain


def _plain(text: str) -> str:
    return _ODD.sub(lambda found: "".join(f"~{b:02X}" for b in found[0].encode()), text)


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]
