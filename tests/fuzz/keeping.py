"""What files say is kept: no text of an import is lost, no folder is imported by halves.

A text in a file that we wrote ourselves, or that somebody else did, is replaced by a word that
nothing else holds; wherever it stood, it has to be in the graph or in a remark.
"""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from hypothesis import strategies as st

from competency.exchange.imported import File
from competency.importing import import_all
from tests.fuzz import mutating
from tests.fuzz.child import Child
from tests.fuzz.importers import READ, well
from tests.fuzz.importing import Asked, Read
from tests.fuzz.mutating import Bytes, tables, trees
from tests.fuzz.seeds import exports, seeds
from tests.fuzz.target import Target, working

WORD = "zq7 looked for"
# A link names what it leads to once more, and an envelope has what is in it twice.
_ELSEWHERE = (
    "URI/title",
    "CFItemType",
    "/inner_resource",
    "/resource",
    "/node_headers",
    "/envelope",
)


def _texts(tree: Any, path: str = "") -> Iterator[tuple[Any, Any]]:
    """Yield the places in a tree of JSON that hold a text of several words."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        here = f"{path}/{key}"
        if any(part in here for part in _ELSEWHERE):
            continue
        if isinstance(value, dict | list):
            yield from _texts(value, here)
        elif _is_prose(value):
            yield tree, key


def _is_prose(value: object) -> bool:
    return isinstance(value, str) and " " in value.strip() and not value.startswith(("http", "#"))


def _in_tree(data: bytes, where: float) -> bytes:
    tree = json.loads(data)
    places = list(_texts(tree))
    if not places:
        return data
    holder, key = places[int(where * len(places))]
    holder[key] = WORD
    return json.dumps(tree).encode()


def _in_table(data: bytes, where: float) -> bytes:
    text = data.decode("utf-8-sig")
    sign = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    places = [(row, at) for row in rows[1:] for at, cell in enumerate(row) if _is_prose(cell)]
    if places:
        row, at = places[int(where * len(places))]
        row[at] = WORD
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode()


_WAYS: dict[tuple[str, ...], Callable[[bytes, float], bytes]] = {
    (".json", ".ctdl.json"): _in_tree,
    (".csv",): _in_table,
}


def no_text_is_lost(child: Child, example: tuple[tuple[str, ...], float, float]) -> None:
    """A text of a file is in what is read of it, wherever it stood."""
    suffixes, which, where = example
    known = [file for file in seeds(*suffixes) if file.name.endswith(suffixes)]
    file = known[int(which * len(known))]
    data = _WAYS[suffixes](file.data, where)
    found: Read = child.ask(Asked(file.name, data))
    well(found)
    assert found.error or WORD.encode() not in data or WORD in found.said, f"lost in {file.name}"


def bring_in(asked: tuple[tuple[str, bytes], ...]) -> tuple[tuple[str, ...], ...]:
    """Do the work in the child: import a folder; return the faults of each file.

    Raises AssertionError where a file was written that no row tells of, or that cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="competency-fuzz-") as place:
        folder, out = Path(place) / "in", Path(place) / "out"
        folder.mkdir()
        for name, data in asked:
            (folder / name).write_bytes(data)
        rows = import_all([folder], out).rows
        written = {path for path in out.rglob("*") if path.is_file()}
        told = {one.path for row in rows for one in row.frameworks if one.state == "new"}
        assert written == told, f"written {written}, told {told}"
        for path in written:
            list(ox.parse(path=str(path)))
        return tuple(row.faults for row in rows)


def folders_are_whole(child: Child, example: list[tuple[str, float, Bytes]]) -> None:
    """Of a folder each file is imported whole, or nothing is written of it and a line says why."""
    files = []
    for number, (suffix, which, change) in enumerate(example):
        known: list[File] = [file for file in exports(suffix) if file.name == f"seed{suffix}"]
        data = known[int(which * len(known))].data
        files.append((f"f{number}{suffix}", change(data)))
    faults = child.ask(tuple(files))
    assert len(faults) == len(files)
    assert all(len(line.splitlines()) == 1 for row in faults for line in row), faults


_where = st.floats(0, 0.9999)
_files = st.one_of(
    st.tuples(st.sampled_from((".json", ".ctdl.json", ".jsonld")), _where, trees()),
    st.tuples(st.just(".csv"), _where, tables()),
    st.tuples(st.sampled_from((".ttl", ".nt")), _where, mutating.texts()),
)
TARGETS = (
    Target("kept-texts", no_text_is_lost, st.tuples(st.sampled_from(sorted(_WAYS)), _where, _where), READ, 20),
    Target("kept-folders", folders_are_whole, st.lists(_files, min_size=1, max_size=3),
           working("tests.fuzz.keeping:bring_in"), 5, 0.7),
)  # fmt: skip
