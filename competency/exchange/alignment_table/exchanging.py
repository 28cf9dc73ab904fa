"""The door of this format: mapping sets in, and the alignments of a framework or a set out."""

from __future__ import annotations

from competency.exchange.alignment_table.table import NO_FRAMEWORK, TABLE
from competency.exchange.exchange import Exchange, Exported, Incoming, Reading
from competency.exchange.imported import File, Imported
from competency.exchange.mapping import Loss
from competency.exchange.terms import short
from competency.formats import SSSOM
from competency.graph import KnowledgeGraph, sssom
from competency.graph.gathering import own_set
from competency.graph.sssom.extracting import alignments_from
from competency.graph.sssom.recognising import is_table
from competency.graph.sssom.slots import SLOTS
from competency.ontology import expand

SET = expand("sssom:MappingSet")


def recognise(file: File) -> bool:
    """Say whether a file is a table of SSSOM, by its name or how it begins.

    >>> recognise(File("a.sssom.tsv", b"", ""))
    True
    """
    return is_table(file.name, file.data)


def read(file: File, options: Reading) -> Imported:
    """Return the graph of a mapping set; ``options.identifier`` names one that has no IRI.

    Raises ParseError with line and column, and all other faults in ``more``.

        read(File("ours.sssom.tsv", data, ""), Reading()).graphs
    """
    named = None
    if options.identifier:
        header = f"mapping_set_id: {options.base}{options.identifier}"
        named = File("--id", header.encode(), "")
    found = sssom.read(file, named, options.base)
    return Imported((sssom.to_graph(found),), found.remarks)


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return the alignments of a framework, each as seen from it, or a mapping set as it is.

    Raises NotFound.

        write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    name = graph.iri(iri)
    if is_mapping_set(graph, name):
        return Exported(sssom.write(sssom.of_graph(graph.named_graph(name))))
    framework = graph.framework(iri).iri
    found = alignments_from(graph, framework, own_set(framework))
    return Exported(sssom.write(found), (Loss(framework, "rdf:type", NO_FRAMEWORK),))


def is_mapping_set(graph: KnowledgeGraph, name: str) -> bool:
    """Say whether a named graph is a set of alignments.

    >>> graph = KnowledgeGraph.shipped()
    >>> is_mapping_set(graph, graph.iri("alignments")), is_mapping_set(graph, graph.iri("dataset"))
    (True, False)
    """
    return graph.has_graph(name) and SET in graph.index.about(name).get(name, ())


EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        SSSOM,
        read,
        write,
        recognise,
        TABLE,
        tuple(
            Incoming("set" if not slot.on_record else "row", slot.name, short(slot.property))
            for slot in SLOTS.values()
        ),
        "Alignments as a table, one a row, for people who compare frameworks, in a spreadsheet or"
        " in git, and for the programs of SSSOM. Out of a framework come its alignments, each as"
        " seen from it; out of a set of alignments all of it, suggestions and refusals too.",
        sets=True,
    ),
)
