"""CTDL-ASN that is broken, odd or made to hurt: one clear line, or it is read and told."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from competency import CompetencyError, ParseError
from competency.exchange.ctdl_asn import read, write
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from tests.exchange.ctdl_asn.common import (
    CONTEXT,
    bakery,
    file_of,
    graph,
    iri,
    order,
    said,
    skill,
    taken_in,
    the_graph,
    written,
)
from tests.exchange.ctdl_asn.test_reading import SAMPLES, sample
from tests.exchange.frameworks import knowledge

BAD: dict[str, tuple[bytes, int, int, str]] = {
    "a missing comma": (b'{"@context": "' + CONTEXT.encode() + b'"\n "@graph": []}', 2, 2, "not JSON"),
    "half a file": (b'{"@graph": [\n {"@id": "urn:a"', 2, 17, "not JSON"),
    "no UTF-8": (b'{"ceasn:name":\n "\xff"}', 2, 3, "not UTF-8"),
    "not a number": (b'{"ceasn:name":\n NaN}', 2, 2, "no number"),
    "too large a number": (b'{"ceasn:name":\n 1e999}', 2, 2, "too large"),
    "JSON of others": (b'\n{"name": "bread"}', 2, 1, "no graph of CTDL-ASN"),
    "an IRI that is a number": (
        b'{"@context": {}, "@graph": [\n {"@id": 5, "@type": "ceasn:Competency"}]}', 2, 10, "@id",
    ),
    "a class that is a number": (
        b'{"@context": {}, "@graph": [{"@id": "urn:a"},\n {"@id": "urn:b", "@type": 5}]}', 2, 2, "@type",
    ),
    "a context of somebody": (
        b'{"@context":\n "https://schema.example/context", "@graph": []}', 2, 2, "would have to be fetched",
    ),
    "a context of a line break": (
        b'{"@context": "\\n",\n "@graph": []}', 1, 14, r"the context '\n' would have to be fetched",
    ),
    "an import of a context": (
        b'{"@context": {\n "@import": "https://schema.example/"}, "@graph": []}', 2, 2, "write the terms out",
    ),
    "nothing of CTDL-ASN": (b'{"@context": {}, "@graph": []}', 1, 1, "no framework"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_told_with_line_and_column(name: str) -> None:
    data, line, column, words = BAD[name]
    with pytest.raises(ParseError) as error:
        read(File("bakery.json", data, ""), Reading())
    assert (error.value.line, error.value.column) == (line, column)
    assert words in str(error.value) and "\n" not in str(error.value)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(ParseError, match="inside each other"):
        taken_in(b'{"@graph":' * 5000)


ODD: dict[str, Any] = {
    "a link that is a sentence": skill("a", isChildOf="the one above"),
    "a text that is a number": skill("a", competencyText=5),
    "a text that is nothing": skill("a", competencyText=None),
    "a blank text": skill("a", competencyText={"en": " "}),
    "a text that is a list of objects": skill("a", competencyText=[{"en": "A"}, {"fr": "B"}]),
    "a text with its language beside it": skill("a", competencyText={"@value": "A", "@language": "en"}),
    "two texts in one language": skill("a", competencyText={"en": ["A", "B"]}),
    "a child of itself": skill("a", isChildOf=iri("a"), hasChild=[iri("a")]),
    "a category that is a list": skill("a", competencyCategory={"en": ["Knowledge", "Skill"]}),
    "an alignment that is a text": skill("a", exactAlignment="like that"),
    "a date that is none": skill("a", dateCreated="yesterday"),
    "a level that is itself": skill("a", complexityLevel=iri("a")),
    "a framework that is a competency too": skill("a", isPartOf=iri("a")),
    "blank nodes in a circle": skill("a", ceterms__x={"@id": "_:x", "ceterms:y": {"@id": "_:x"}}),
    "a list of lists": skill("a", ceterms__x={"@list": [1, "two", iri("b")]}),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_read_and_goes_out_again(name: str) -> None:
    first = taken_in(graph(bakery(), ODD[name])).graphs[0]
    out = written(first)
    second = the_graph(out.data)
    assert second.name == first.name
    assert written(second).data == written(the_graph(written(second).data)).data


def test_an_iri_that_is_a_framework_and_a_competency_is_a_framework() -> None:
    both = bakery() | {"@type": ["ceasn:CompetencyFramework", "ceasn:Competency"]}
    assert order(the_graph(graph(both, skill("a")))) == ["a"]


def test_a_key_that_occurs_twice_is_told() -> None:
    data = json.dumps(graph(bakery(), skill("a"))).replace('{"@id"', '{"@id": "urn:x", "@id"', 1)
    assert any("occurs twice" in remark.what for remark in taken_in(data.encode()).remarks)


def test_a_long_chain_is_read_and_written() -> None:
    nodes = [skill(f"c{n}", isChildOf=iri(f"c{n + 1}"), isPartOf=None) for n in range(400)]
    found = the_graph(graph(bakery(), *nodes, skill("c400")))
    assert said(found, "c0")["comp:partOf"] == [iri("c1")]
    assert len(json.loads(written(found).data)["@graph"]) == 402


def _cut(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with something wrong."""
    place = chance.randrange(len(data))
    way = chance.randrange(4)
    if way == 0:
        return data[:place]
    if way == 1:
        return data[:place] + data[place + chance.randrange(1, 200) :]
    if way == 2:
        return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    return data[:place] + chance.choice([b'"', b"{", b"]", b",", b"<", b"\\"]) + data[place:]


_VALUES: tuple[Any, ...] = (
    None, 5, "", [], {}, "x y", [["a"]], {"@id": "_:q"}, {"@list": [1]}, True, 1.5, "\ud800",
    {"en": ["a", None]}, {"@value": 1, "@language": "en"}, {"@id": "http://a b"},
)  # fmt: skip
_KEYS = ("@id", "@type", "@context", "@graph", "@reverse", "ceasn:hasChild", "ceasn:isPartOf")


def _bent(value: Any, chance: random.Random) -> Any:
    """Return a value of JSON with some keys and values changed."""
    if isinstance(value, dict):
        found = {}
        for name, item in value.items():
            roll = chance.random()
            if roll < 0.01:
                found[chance.choice(_KEYS)] = item
            elif roll < 0.03:
                found[name] = chance.choice(_VALUES)
            elif roll > 0.02:
                found[name] = _bent(item, chance)
        return found
    if isinstance(value, list):
        return [_bent(item, chance) for item in value if chance.random() > 0.02]
    return value


def _taken(file: File) -> None:
    try:
        graphs = read(file, Reading()).graphs
    except CompetencyError as error:
        assert "\n" not in str(error)
        return
    for one in graphs:
        again = write(knowledge(one), one.name)
        read(File("again.json", again.data, ""), Reading())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_broken_real_file_gives_one_clear_line(shared: Path, name: str) -> None:
    _break(sample(shared, name), name, 5)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_very_many_broken_real_files_give_one_clear_line(shared: Path, name: str) -> None:
    _break(sample(shared, name), name, 40)


def _break(data: bytes, name: str, times: int) -> None:
    chance = random.Random(name)  # noqa: S311 - the same every time
    for _ in range(times):
        _taken(File(name, _cut(data, chance), ""))
    if name.endswith(".json"):
        value = json.loads(data)
        inner = value.get("decoded_resource", value)
        for _ in range(times):
            some = chance.sample(inner["@graph"], min(9, len(inner["@graph"])))
            bent = _bent(inner | {"@graph": some}, chance)
            _taken(file_of(bent, name))
