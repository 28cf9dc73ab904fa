"""The door of this format: IEEE SCD as JSON-LD, out, with what goes missing on the way."""

from __future__ import annotations

import json

from competency.exchange.aligned import with_matches
from competency.exchange.blanks import steady
from competency.exchange.exchange import Exchange, Exported
from competency.exchange.outline import Outline
from competency.exchange.scd.document import Document
from competency.exchange.scd.table import TABLE
from competency.formats import Format
from competency.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a scd:CompetencyFramework in JSON-LD; raises NotFound.

    write(KnowledgeGraph.shipped(), "pub-cscf").data
    """
    graph, apart = with_matches(graph, graph.framework(iri).iri)
    graph = steady(graph, graph.framework(iri).iri)
    outline = Outline(graph, graph.framework(iri).iri)
    document = Document(outline)
    text = json.dumps(document.json(), ensure_ascii=False, indent=2)
    lost = tuple(dict.fromkeys((*TABLE.losses(outline), *document.losses, *apart)))
    return Exported(text.encode() + b"\n", lost)


EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("scd", "IEEE SCD", ("application/ld+json",), (".scd.jsonld",)),
        write=write,
        table=TABLE,
        about="The standard's JSON-LD, for learning platforms that exchange definitions of"
        " competencies. Its context stands in the file.",
    ),
)
