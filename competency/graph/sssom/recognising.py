"""Whether a file is a table of alignments: by its name, or by how it begins."""

from __future__ import annotations

import re

_SUFFIXES = (".sssom.tsv", ".sssom.csv")
_START = 20_000  # signs of a file that are looked at
_HEADER = re.compile(r'(?:^|\n)"?#\s*(?:curie_map|mapping_set_id|sssom_version)\s*:')
_COLUMNS = ("subject_id", "predicate_id", "object_id")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def is_table(name: str, data: bytes) -> bool:
    r"""Say whether a file is SSSOM/TSV, or the same as CSV.

    A table that is broken counts too where it is called one, so that what is wrong is told.

    >>> is_table("a.sssom.tsv", b""), is_table("a.tsv", b"subject_id\tpredicate_id\tobject_id")
    (True, True)
    >>> is_table("a.ttl", b"# curie_map: no table")
    False
    """
    called = name.lower()
    if called.endswith(_SUFFIXES):
        return True
    if not called.endswith((".tsv", ".csv", ".txt")) and "." in called.rpartition("/")[2]:
        return False
    return _begins_like_one(data)


def _begins_like_one(data: bytes) -> bool:
    text = data[:_START].decode(_MARKS.get(data[:2], "utf-8-sig"), errors="replace")
    if _HEADER.search(text[:2000]):
        return True
    lines = (
        line for line in text.splitlines() if line.strip() and not line.startswith(("#", '"#'))
    )
    cells = [cell.strip(' "') for cell in re.split(r"[\t,;]", next(lines, ""))]
    return set(_COLUMNS) <= set(cells)
