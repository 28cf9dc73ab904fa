"""Valid documents with something amiss: trees of JSON, tables, texts and bytes.

Each strategy gives a function that changes a document, so that the document, which is known only
when the target runs, is no part of what Hypothesis has to draw and to shrink.
"""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

ODD_TEXTS = (
    "", " ", "\n", "\t", "a\nb\r\nc", "\x00", "\x01\x0b", "\ufeff", "\u2028", "\ud7ff\ue000", "\uffff",
    "😀", "مرحبا", "שלום", "e\u0301", "\u202e", "ﬁ", "=1+1", "@SUM(A1)", "-", "+1", "'a", '"', "a;b,c|d",
    "<b>x</b>", "&amp;", "&#0;", "%00", "null", "true", "1e400", "NaN", "-0", "00012", "1/2/2024",
    "2024-02-30", "2024-13-01T25:00:00Z", "0000-00-00", "99999-01-01", "urn:", "urn:a b", "http://",
    "http://[", "https://a b.example/", "HTTP://E/", "//x", "_:b", "<urn:x>", "urn:x\\y", "mailto:a@b",
    "file:///etc/passwd", "../..", "x" * 5000, "en", "xx-yy-zz", "i", "en_GB", "1.1.1.1.1", "Ⅳ", "１", "²",
    "https://w3id.org/competency/id/pub-cscf", "#REF!", "A1:B2", "level", "0" * 400, "{", "[[[", "\\u0000",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1e308, 10**40, 0.1, [], {}, [[]], [None], {"": None}, {"@id": None},
    {"@value": "a"}, {"@value": 1, "@language": "x"}, {"en": "a"}, {"@list": []}, {"@set": [1]}, [1, "a"],
    {"title": "a", "uri": "urn:x", "identifier": "x"}, {"@id": "_:b0"}, {"@graph": []}, "urn:x",
)  # fmt: skip
odd = st.sampled_from(ODD_TEXTS) | st.text(max_size=8)
Tree = Callable[[Any], Any]
Bytes = Callable[[bytes], bytes]


def _places(tree: Any, shape: str, found: dict[str, list[tuple[Any, Any]]]) -> None:
    """Find every place of a tree, what holds it and its key or index, by the keys that lead to it."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in items:
        here = f"{shape}/{key}" if isinstance(tree, dict) else f"{shape}/*"
        found.setdefault(here, []).append((tree, key))
        if isinstance(value, dict | list):
            _places(value, here, found)


def _pick(tree: Any, where: float, which: float) -> tuple[Any, Any]:
    """Return a place; a field that comes up once is as likely as one that is everywhere."""
    found: dict[str, list[tuple[Any, Any]]] = {}
    _places(tree, "", found)
    shapes = list(found.values())
    places = shapes[int(where * len(shapes))] if shapes else [([tree], 0)]
    return places[int(which * len(places))]


@st.composite
def one_of_tree(draw: st.DrawFn) -> Tree:
    """Return a function that changes one place of a tree of JSON, in place."""
    where, which, other = (draw(st.floats(0, 0.9999)) for _ in range(3))
    way = draw(st.integers(0, 7))
    value = draw(st.sampled_from(ODD_VALUES) | odd)
    name = draw(odd)

    def change(tree: Any) -> None:
        holder, key = _pick(tree, where, which)
        if way == 0:
            holder.pop(key)
        elif way in (1, 2):
            holder[key] = copy.deepcopy(value)
        elif way == 3 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif way == 4 and isinstance(holder, dict):
            holder[name] = holder.pop(key)
        elif way == 5:
            there, place = _pick(tree, other, which)
            holder[key], there[place] = copy.deepcopy(there[place]), copy.deepcopy(holder[key])
        elif way == 6:
            holder[key] = [holder[key]]
        else:
            holder[key] = {"a": holder[key], name: copy.deepcopy(value)}

    return change


@st.composite
def trees(draw: st.DrawFn) -> Bytes:
    """Return a function that changes a document of JSON, and now and then its bytes as well."""
    changes = draw(st.lists(one_of_tree(), min_size=1, max_size=4))
    spoilt = draw(spoils()) if draw(st.integers(0, 9)) == 9 else None
    ascii_, indent = draw(st.booleans()), draw(st.sampled_from((None, 1)))

    def change(data: bytes) -> bytes:
        tree = json.loads(data)
        for one in changes:
            if tree:
                one(tree)
        text = json.dumps(tree, ensure_ascii=ascii_, indent=indent)
        found = text.encode("utf-8", "surrogatepass")
        return spoilt(found) if spoilt else found

    return change


@st.composite
def spoils(draw: st.DrawFn) -> Bytes:
    """Return a function that changes some bytes: cuts, repeats, flips, puts in, another coding."""
    way, where = draw(st.integers(0, 7)), draw(st.floats(0, 0.9999))
    piece = draw(
        st.binary(max_size=6) | odd.map(lambda text: text.encode("utf-8", "surrogatepass"))
    )
    length = draw(st.integers(1, 60))

    def change(data: bytes) -> bytes:
        at = int(where * len(data))
        if way == 0:
            return data[:at]
        if way == 1:
            return data[:at] + data[at + length :]
        if way == 2:
            return data[:at] + data[at : at + length] * 2 + data[at + length :]
        if way == 3:
            return data[:at] + piece + data[at:]
        if way == 4:
            return (
                data[:at]
                + bytes(byte ^ 1 << length % 8 for byte in data[at : at + 1])
                + data[at + 1 :]
            )
        if way == 5:
            return b"\xef\xbb\xbf" + data
        codings = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252")
        text = data.decode("utf-8", "replace")
        return text.encode(codings[length % 5], "replace")

    return change


def texts() -> st.SearchStrategy[Bytes]:
    """Return functions that change a text in some places."""

    def together(changes: list[Bytes]) -> Bytes:
        def change(data: bytes) -> bytes:
            for one in changes:
                data = one(data)
            return data

        return change

    return st.lists(st.one_of(spoils(), swaps()), min_size=1, max_size=4).map(together)


@st.composite
def swaps(draw: st.DrawFn) -> Bytes:
    """Return a function that takes lines away, moves them, or puts odd words into them."""
    way, first, second = (
        draw(st.integers(0, 3)),
        draw(st.floats(0, 0.999)),
        draw(st.floats(0, 0.999)),
    )
    piece = draw(odd).encode("utf-8", "surrogatepass")

    def change(data: bytes) -> bytes:
        lines = data.split(b"\n")
        a, b = int(first * len(lines)), int(second * len(lines))
        if way == 0:
            del lines[a]
        elif way == 1:
            lines[a], lines[b] = lines[b], lines[a]
        elif way == 2:
            words = lines[a].split(b" ")
            words[int(second * len(words))] = piece
            lines[a] = b" ".join(words)
        else:
            lines.insert(a, lines[b])
        return b"\n".join(lines)

    return change


Cells = list[list[str]]


class _Quoted(csv.excel):
    """Every cell stands in quotation marks."""

    quoting = csv.QUOTE_ALL


@st.composite
def one_of_cells(draw: st.DrawFn) -> Callable[[Cells], None]:
    """Return a function that changes one place of a table, in place."""
    way, down, across = (
        draw(st.integers(0, 9)),
        draw(st.floats(0, 0.999)),
        draw(st.floats(0, 0.999)),
    )
    value = draw(odd)

    def change(rows: Cells) -> None:
        row = rows[int(down * len(rows))] if rows else []
        at = int(across * len(row))
        if way in (0, 1) and row:
            row[at] = value
        elif way == 2 and rows and rows[0]:
            head = int(across * len(rows[0]))
            rows[0][head] = (value, rows[0][head].upper(), f" {rows[0][head]} ", "")[int(down * 4)]
        elif way == 3:
            rows[:] = [line for line in rows if line is not row]
        elif way == 4:
            for line in rows:
                del line[at : at + 1]
        elif way == 5:
            row.append(value)
        elif way == 6:
            rows.insert(int(across * len(rows)), list(row))
        elif way == 7 and rows:
            for line in rows:
                line.insert(at, line[0] if line else "")
        elif way == 8:
            rows.insert(int(across * len(rows)), [""] * len(row))
        elif row:
            row[at] += value

    return change


@st.composite
def tables(draw: st.DrawFn) -> Bytes:
    """Return a function that changes a table of separated values, and how it is written."""
    changes = draw(st.lists(one_of_cells(), min_size=1, max_size=3))
    sign = draw(st.sampled_from(("", "", ",", ";", "\t", "|")))
    quoted = draw(st.booleans())
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    spoilt = draw(spoils()) if draw(st.integers(0, 9)) == 9 else None

    def change(data: bytes) -> bytes:
        text = data.decode("utf-8-sig", "replace").replace("\0", "")
        mine = "\t" if "\t" in text.partition("\n")[0] else ","
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mine))
        for one in changes:
            one(rows)
        out = io.StringIO(newline="")
        how: csv.Dialect = _Quoted() if quoted else csv.excel()
        csv.writer(out, how, delimiter=sign or mine, lineterminator=end).writerows(rows)
        found = out.getvalue().encode("utf-8", "surrogatepass")
        return spoilt(found) if spoilt else found

    return change
