"""Nothing is lost in silence: what a file does not give back is named by a loss, in any format."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from competency import KnowledgeGraph
from competency.exchange.exchange import Exported, Reading
from competency.exchange.exchanges import EXCHANGES, recognised
from competency.exchange.imported import File, Imported
from competency.exchange.mapping import Loss
from competency.exchange.rdf import EXCHANGES as RDF
from competency.exchange.terms import term
from competency.exchange.unreturned import unreturned
from competency.formats import Format
from competency.graph import NamedGraph
from competency.ontology import COMP
from tests.exchange.fidelity import rows_of, shown, taken_in, there_and_back, untold, written
from tests.exchange.frameworks import Features, assert_same, frameworks
from tests.exchange.many import many
from tests.exchange.opensalt import common as opensalt
from tests.exchange.test_samples import SAMPLES, Sample, is_of_the_file
from tests.exchange.test_samples import taken_in as sample_taken_in

CALM = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
OTHERS = [row.format.name for row in EXCHANGES if row.write and row not in RDF]
BOTH = [
    row.format.name
    for row in EXCHANGES
    if row.write and row.read and row not in RDF and not row.sets
]
WHOLE = ("case", "xlsx")  # they give every triple back
SMALL = ("hkqf-111334L3",)
ELSEWHERE = "8f6b1d52-1c1e-4c53-9f0e-2a54c9d3a009"
_TYPE = term("rdf:type")


def graph_of(shipped: KnowledgeGraph, name: str) -> NamedGraph:
    return shipped.named_graph(shipped.framework(name).graph_name)


def kinds(graph: NamedGraph) -> dict[Node, bool]:
    """Return for each part whether it is an unhelpful behaviour."""
    rows = rows_of(graph)
    bad = {s for s, p, v in rows if p == _TYPE and v == COMP.NegativeIndicator}
    return {s: s in bad for s, p, _ in rows if p == term("comp:inFramework")}


def otherwise(graph: NamedGraph, dice: random.Random) -> NamedGraph:
    """Return the same graph in another order, its blank nodes called otherwise."""
    names: dict[object, ox.BlankNode] = {}

    def called(node: ox.NamedNode | ox.BlankNode | ox.Literal) -> object:
        if isinstance(node, ox.BlankNode):
            return names.setdefault(node, ox.BlankNode(f"q{dice.randrange(10**9)}"))
        return node

    rows = dice.sample(graph.triples, len(graph.triples))
    made = (ox.Triple(called(t.subject), t.predicate, called(t.object)) for t in rows)  # type: ignore[arg-type]
    return NamedGraph(graph.name, made)


# ------------------------------------------------------------------ losses


@pytest.mark.parametrize("name", BOTH)
def test_what_a_shipped_framework_loses_is_told(shipped: KnowledgeGraph, name: str) -> None:
    for framework in SMALL:
        before = graph_of(shipped, framework)
        out, after = there_and_back(before, name)
        assert shown(untold(before, after, out)) == []


@pytest.mark.parametrize("name", BOTH)
@settings(CALM, max_examples=2)
@given(graph=frameworks(Features(parts=5)))
def test_what_any_framework_loses_is_told(name: str, graph: NamedGraph) -> None:
    out, after = there_and_back(graph, name)
    assert shown(untold(graph, after, out)) == []
    assert len(set(out.losses)) == len(out.losses)


@pytest.mark.slow
@pytest.mark.parametrize("name", BOTH)
def test_what_every_shipped_framework_loses_is_told(shipped: KnowledgeGraph, name: str) -> None:
    for framework in shipped.frameworks:
        before = shipped.named_graph(framework.graph_name)
        out, after = there_and_back(before, name)
        assert shown(untold(before, after, out)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BOTH)
def test_what_very_many_frameworks_lose_is_told(name: str) -> None:
    for graph in many()[:40]:
        out, after = there_and_back(graph, name)
        assert shown(untold(graph, after, out)) == []


def test_a_loss_says_why_in_a_line(shipped: KnowledgeGraph) -> None:
    for name in OTHERS:
        for framework in SMALL:
            out = written(graph_of(shipped, framework), name)
            for loss in (*out.losses, *out.aside):
                assert loss.part and ":" in loss.property
                assert loss.why.strip() == loss.why and "\n" not in loss.why
                assert 0 < len(loss.why) < 180 and not loss.why.endswith(".")


# ------------------------------------------------------------------ unhelpful behaviours


@pytest.mark.slow
@pytest.mark.parametrize("name", BOTH)
def test_no_unhelpful_behaviour_comes_back_as_anything_else(
    shipped: KnowledgeGraph, name: str
) -> None:
    before = graph_of(shipped, "wcc-behaviours")
    _, after = there_and_back(before, name)
    texts = {v: s for s, p, v in rows_of(before) if p == term("comp:text")}
    then, now = kinds(before), kinds(after)
    back = [(s, v) for s, p, v in rows_of(after) if p == term("comp:text") and v in texts]
    for part, text in back:
        assert now[part] == then[texts[text]], f"{part} {text}"


@pytest.mark.parametrize("name", ["scd", "moodle"])
def test_no_unhelpful_behaviour_goes_out_as_something_to_be_good_at(
    shipped: KnowledgeGraph, name: str
) -> None:
    before = graph_of(shipped, "wcc-behaviours")
    bad = {s for s, is_bad in kinds(before).items() if is_bad}
    texts = {str(v) for s, p, v in rows_of(before) if p == term("comp:text") and s in bad}
    data = written(before, name).data.decode()
    assert texts
    for text in texts:
        bare = json.dumps(text, ensure_ascii=False)
        assert bare not in data and f",{text}," not in data


# ------------------------------------------------------------------ steady files


@settings(CALM, max_examples=1)
@given(graph=frameworks(Features(parts=4)))
def test_neither_order_nor_names_of_blank_nodes_change_a_file(graph: NamedGraph) -> None:
    same = otherwise(graph, random.Random(len(graph.triples)))  # noqa: S311
    for name in OTHERS:
        assert written(graph, name) == written(same, name), name


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHERS)
def test_neither_order_nor_names_change_very_many_files(name: str) -> None:
    for graph in many()[:20]:
        same = otherwise(graph, random.Random(len(graph.triples)))  # noqa: S311
        assert written(graph, name) == written(same, name)


@pytest.mark.parametrize("name", BOTH)
def test_a_file_is_recognised_as_what_it_was_written_as(shipped: KnowledgeGraph, name: str) -> None:
    row = next(row for row in EXCHANGES if row.format.name == name)
    out = written(graph_of(shipped, SMALL[0]), name)
    found = recognised(File(f"out{row.format.suffixes[0]}", out.data, row.format.media_type))
    assert found is not None and found.format.name == ("case" if name == "case-1.0" else name)


# ------------------------------------------------------------------ chains

# Into another format and back: the file at the end is the file without the detour.
CHAINS = {"case": "xlsx", "ctdl-asn": "case", "skos": "xlsx", "opensalt": "xlsx",
          "opensalt-csv": "case", "compeito": "case", "osmt": "case"}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path.partition("/")[2])
def test_a_detour_over_a_whole_format_changes_nothing(shared: Path, sample: Sample) -> None:
    for before in sample_taken_in(shared, sample).graphs:
        if not any(v == COMP.Framework for _, p, v in rows_of(before) if p == _TYPE):
            continue  # a scale alone is no framework
        name = sample.format
        _, after = there_and_back(before, CHAINS[name])
        assert_same(before, after)
        assert written(before, name).data == written(after, name).data


def test_losses_alone_are_what_strict_refuses(shipped: KnowledgeGraph) -> None:
    out: dict[str, Exported] = {name: written(graph_of(shipped, SMALL[0]), name) for name in OTHERS}
    assert [name for name in OTHERS if not out[name].losses] == list(WHOLE)
    for name in WHOLE:
        assert out[name].aside
        (back,) = taken_in(out[name].data, name).graphs
        assert_same(graph_of(shipped, SMALL[0]), back)


# ------------------------------------------------------------------ from one format into another

KEEPING = ("ctdl-asn", "skos", "case", "case-1.0", "ctdl-asn-csv", "xlsx", "csv")  # the IRIs


@pytest.mark.slow
@pytest.mark.parametrize("name", KEEPING)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.path.rpartition("/")[2])
def test_what_a_real_file_loses_in_another_format_is_told(
    shared: Path, sample: Sample, name: str
) -> None:
    for before in sample_taken_in(shared, sample).graphs:
        if not before.about(before.name).get(str(term("dcterms:language"))):
            continue  # a scale alone, which is no framework
        out, after = there_and_back(before, name)
        found = [
            row
            for row in untold(before, after, out)
            if not is_of_the_file(before, row)
            and row[1] != term("comp:position")  # siblings are numbered anew, in their order
            and not isinstance(row[2], BNode)
        ]
        assert shown(found) == []


def test_what_no_writer_has_heard_of_is_told(shipped: KnowledgeGraph) -> None:
    before = graph_of(shipped, SMALL[0])
    strange = (URIRef(before.name), URIRef("https://example.org/mood"), Literal("calm"))
    graph = NamedGraph.of(before.name, [*rows_of(before), strange])
    for name in ("case-1.0", "ctdl-asn-csv", "skos"):
        out, after = there_and_back(graph, name)
        told = {(loss.part, loss.property) for loss in out.losses}
        assert strange in rows_of(after) or (before.name, str(strange[1])) in told


def test_the_net_names_what_a_file_does_not_give_back() -> None:
    root, part = URIRef("https://example.org/f"), URIRef("https://example.org/f/1")
    rows = [
        (root, _TYPE, COMP.Framework),
        (part, _TYPE, COMP.Competency),
        (part, COMP.inFramework, root),
        (part, COMP.text, Literal("Bakes", lang="en")),
        (part, COMP.section, Literal("line 3")),
    ]
    graph = NamedGraph.of(str(root), rows)
    form = Format("any", "Any", ("text/plain",), (".any",))

    def nothing_but_the_part(file: File, _: Reading) -> Imported:
        return Imported((NamedGraph.of(str(root), rows[:3]),))

    lost = unreturned(graph, b"", form, nothing_but_the_part, ())
    assert [(loss.part, loss.property) for loss in lost] == [(str(part), "comp:text")]
    told = [Loss(str(part), "comp:text", "there is no room")]
    assert unreturned(graph, b"", form, nothing_but_the_part, told) == ()


def test_an_association_that_is_an_alignment_too_is_still_looked_at() -> None:
    root, part, joint = (URIRef(f"https://example.org/f{end}") for end in ("", "/1", "/joint"))
    rows = [
        (root, _TYPE, COMP.Framework),
        (part, COMP.inFramework, root),
        (joint, _TYPE, COMP.Alignment),
        (joint, _TYPE, term("case:CFAssociation")),
        (joint, term("case:identifier"), Literal("b0b46020-2988-11e9-be1a-7f1a067737d4")),
    ]
    graph = NamedGraph.of(str(root), rows)
    form = Format("any", "Any", ("text/plain",), (".any",))

    def all_but_the_identifier(file: File, _: Reading) -> Imported:
        return Imported((NamedGraph.of(str(root), rows[:-1]),))

    lost = unreturned(graph, b"", form, all_but_the_identifier, ())
    assert [(loss.part, loss.property) for loss in lost] == [(str(joint), "case:identifier")]


def test_an_aligned_sheet_goes_into_an_older_package_and_every_loss_is_told() -> None:
    ends = ("originNodeIdentifier", "associationType", "destinationNodeIdentifier")
    file = opensalt.workbook(
        [("identifier", "fullStatement", "smartLevel"), (opensalt.DOUGH, "Kneads dough", "1")],
        [("identifier", *ends), (opensalt.OVEN, opensalt.DOUGH, "exactMatchOf", ELSEWHERE)],
    )
    before = opensalt.the_graph(file)
    assert COMP.Alignment in {value for _, prop, value in rows_of(before) if prop == _TYPE}
    out, after = there_and_back(before, "case-1.0")
    assert shown(untold(before, after, out)) == []
