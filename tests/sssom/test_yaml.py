"""The YAML of headers: what programs write there is read, and what is none is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competency.errors import ParseError
from competency.graph.sssom.yaml import Line, read_yaml


def values(text: str) -> dict[str, object]:
    lines = [Line(number, 1, line) for number, line in enumerate(text.split("\n"), 1)]
    return dict(read_yaml("a.yml", lines).values)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b", "b"),
        ("a:", ""),
        ("a: ~", ""),
        ("a: null", ""),
        ("a: 1.10", "1.10"),
        ("a: no", "no"),
        ("a: b # said aside", "b"),
        ("a: b#c", "b#c"),
        ("a: https://example.org/#x", "https://example.org/#x"),
        ("a: 'it''s: so'", "it's: so"),
        (r'a: "tab\t, gr\u00fcn, \"so\""', 'tab\t, grün, "so"'),
        ("a: one\n  two\n\n  three", "one two\nthree"),
        ("a: 'one\n  two'", "one two"),
        ('a: "one\\\n  two"', "onetwo"),
        ("a: |\n  one\n    two\n", "one\n  two\n"),
        ("a: >-\n  one\n  two\n", "one two"),
        ("a:\n- b\n- 'c: d'", ["b", "c: d"]),
        ("a:\n  - b\n  -\n    c", ["b", "c"]),
        ("a: [b, 'c, d', \"e\"]", ["b", "c, d", "e"]),
        ("a: [b,\n  c]", ["b", "c"]),
        ("a: {b: c, d: e}", {"b": "c", "d": "e"}),
        ("a: {}", {}),
        ("a:\n  b: c\n  'd e': f", {"b": "c", "d e": "f"}),
        ("a:\n- b: c\n  d: e\n- b: f", [{"b": "c", "d": "e"}, {"b": "f"}]),
        ("---\na: b", "b"),
        ("# said aside\n\na: b", "b"),
    ],
)
def test_a_value_is_read(text: str, expected: object) -> None:
    assert values(text)["a"] == expected


def test_the_keys_after_a_value_over_lines_are_read() -> None:
    assert values("a: one\n  two\nb:\n- c\nd: |\n  e\nf: g") == {
        "a": "one two",
        "b": ["c"],
        "d": "e\n",
        "f": "g",
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: 'b", "1:4"),
        ("a: [b", "1:4"),
        ("a: b\nc: *d", "2:4"),
        ("a: !x b", "1:4"),
        ("a:\n  b: c\n   d: e", "2:6"),
        ("a: b: c", "1:4"),
        ("  a: b\nc: d", "2:1"),
        ("a: b\na: c", "2:1"),
        (r'a: "\q"', "1:4"),
        (r'a: "\ud800"', "1:4"),
        ("a: 'b' c", "1:4"),
        ("a: " + "[" * 50, "1:4"),
        ("".join(" " * depth + "a:\n" for depth in range(20)), "9:9"),
    ],
)
def test_what_is_no_such_yaml_is_told_with_its_place(text: str, place: str) -> None:
    with pytest.raises(ParseError, match=rf"^a\.yml:{place}: the header is no YAML: "):
        values(text)


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(st.text(st.characters(codec="utf-8")))
def test_a_text_in_double_quotes_is_read_as_it_is(text: str) -> None:
    assert values(f"a: {json.dumps(text, ensure_ascii=False)}") == {"a": text}
