"""graph/alignments.sssom.tsv: what people edit is in order, and says what the frameworks say."""

from __future__ import annotations

from competency import KnowledgeGraph
from competency._files import folder
from competency.graph.received import File
from competency.graph.sssom import MappingSet, of_graph, read, to_graph, write
from competency.graph.sssom.extracting import label_of

FILE = folder("graph") / "alignments.sssom.tsv"


def shipped_set() -> MappingSet:
    return read(File(FILE.name, FILE.read_bytes(), ""))


def test_the_table_is_as_it_is_always_written() -> None:
    again = write(shipped_set()).decode().splitlines()
    assert FILE.read_text(encoding="utf-8").splitlines() == again, "the order of rows or columns"


def test_nothing_in_the_table_is_odd() -> None:
    assert shipped_set().remarks == ()


def test_the_table_comes_back_unchanged_from_rdf() -> None:
    assert write(of_graph(to_graph(shipped_set()))) == FILE.read_bytes()


def test_the_labels_are_what_the_frameworks_say(shipped: KnowledgeGraph) -> None:
    for record in shipped_set().records:
        for end in ("subject", "object"):
            label = label_of(shipped.resource(record.get(f"{end}_id")))
            assert record.get(f"{end}_label") == label, record.get("record_id")


def test_people_can_read_the_names(shipped: KnowledgeGraph) -> None:
    found = shipped_set()
    assert found.iri == shipped.base + "alignments"
    assert found.prefixes == {"id": shipped.base, "comp": "https://w3id.org/competency/ns#"}
    for record in found.records:
        name = record.get("record_id").removeprefix(found.iri + "/")
        pair, number = name.split("/")
        ends = [record.get(f"{end}_id").removeprefix(shipped.base) for end in ("subject", "object")]
        assert number.isdigit()
        assert [a.startswith(b) for a, b in zip(ends, pair.split("-"), strict=True)] == [True, True]


def test_the_graph_is_called_as_its_set(shipped: KnowledgeGraph) -> None:
    named = shipped.named_graph(shipped_set().iri)
    assert set(named.triples) == set(to_graph(shipped_set()).triples)
