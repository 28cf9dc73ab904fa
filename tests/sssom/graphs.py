"""Graphs of alignments for hypothesis: as they are meant to be, and with all that may go wrong."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import strategies as st

from competency.graph import NamedGraph
from competency.graph.sssom.slots import SLOTS
from competency.ontology import expand
from tests.sssom.common import BAKE, SET, WELD

_PARTS: list[ox.NamedNode | ox.BlankNode] = [
    ox.NamedNode(iri)
    for iri in (
        *(f"{BAKE}{name}" for name in ("check", "burn", "a/1")),
        *(f"{WELD}{name}" for name in ("check", "cool")),
        *("urn:uuid:7", "http://data.europa.eu/esco/skill/1", "skos:closeMatch"),
        *(SET, f"{SET}/1", f"{SET}/2", expand("sssom:NoTermFound")),
    )
]
_BLANK: list[ox.NamedNode | ox.BlankNode] = [ox.BlankNode(name) for name in ("b0", "b1", "a0")]
_KINDS = [
    ox.NamedNode(expand(name))
    for name in (
        *("comp:Alignment", "owl:Axiom", "sssom:MappingSet", "sssom:NegatedPredicate"),
        *("semapv:LexicalMatching", "skos:closeMatch", "skos:broadMatch", "owl:Class"),
        *("rdf:Property", "skos:exactMatch", "comp:SuggestedAlignment", "comp:RefusedAlignment"),
    )
]
_TEXTS = (
    *("to weld", "- to weld", "a|b", "a\\", "a\\|b", " x ", "", "\t", "two\nlines", 'say "x"'),
    *("=1+1", "'=1", "0.80", "2026-11-26", "80", "Not", "owl class", "1.1", "null", "a: b", "#x"),
    *('{"status": "to review"}', '{"rdf": {"node": "none"}}', '{"a":1}', '{"language": "fr"}'),
    *("to review", "accepted", "refused"),
    *("\x85", "\u2028", "é😀", "a\r", "{", "nan", "shift"),
)
_PROPERTIES = [
    *(ox.NamedNode(slot.property) for slot in SLOTS.values()),
    *(
        ox.NamedNode(expand(name))
        for name in (
            *("rdf:type", "sssom:mappings", "skos:closeMatch", "comp:contrasts", "rdfs:label"),
            *(
                "rdfs:range",
                "comp:reviewStatus",
                "sh:declare",
                "sh:prefix",
                "sh:namespace",
                "skos:broader",
            ),
        )
    ),
    ox.NamedNode("https://example.org/own"),
]
_STATUSES = [
    ("to review", "comp:SuggestedAlignment", False),
    ("refused", "comp:RefusedAlignment", True),
    ("accepted", "comp:Alignment", False),
]
_TYPES = [expand(f"xsd:{name}") for name in ("string", "double", "decimal", "date", "anyURI")]


def _literals() -> st.SearchStrategy[ox.Literal]:
    plain = st.builds(ox.Literal, st.sampled_from(_TEXTS))
    tagged = st.builds(
        lambda text, tag: ox.Literal(text, language=tag),
        st.sampled_from(_TEXTS),
        st.sampled_from(["en", "fr", "en-GB"]),
    )
    typed = st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(kind)),
        st.sampled_from(_TEXTS),
        st.sampled_from(_TYPES),
    )
    return st.one_of(plain, tagged, typed)


def _triples() -> st.SearchStrategy[ox.Triple]:
    """Return triples about anything, most of them in the words of alignments."""
    terms = st.one_of(
        st.sampled_from(_PARTS), st.sampled_from(_KINDS), st.sampled_from(_BLANK), _literals()
    )
    subjects = st.sampled_from([*_PARTS, *_BLANK])
    return st.builds(ox.Triple, subjects, st.sampled_from(_PROPERTIES), terms)


@st.composite
def _alignment(draw: st.DrawFn) -> list[ox.Triple]:
    """Return an alignment, whole or with something missing."""
    node = draw(st.sampled_from([*_PARTS, *_BLANK]))
    one, other = draw(st.sampled_from(_PARTS)), draw(st.sampled_from(_PARTS))
    path = ox.NamedNode(expand(draw(st.sampled_from(["skos:closeMatch", "comp:contrasts"]))))
    ends = zip(("Source", "Property", "Target"), (one, path, other), strict=True)
    rows = [ox.Triple(node, ox.NamedNode(expand(f"owl:annotated{end}")), to) for end, to in ends]
    usual = [
        ox.Triple(one, path, other),
        ox.Triple(ox.NamedNode(SET), ox.NamedNode(expand("sssom:mappings")), node),
        *(ox.Triple(node, ox.NamedNode(expand("rdf:type")), kind) for kind in _KINDS[:2]),
    ]
    status = draw(st.sampled_from([None, None, *_STATUSES]))
    if status is not None:
        text, kind, denied = status
        status_of, modifier = (
            ox.NamedNode(expand(name)) for name in ("comp:reviewStatus", "sssom:predicate_modifier")
        )
        said = [
            ox.Triple(node, status_of, ox.Literal(text)),
            ox.Triple(node, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand(kind))),
            *([ox.Triple(node, modifier, _KINDS[3])] if denied else []),
        ]
        usual = said if draw(st.booleans()) else usual + said
    return rows + [triple for triple in usual if draw(st.integers(0, 3))]


@st.composite
def graphs(draw: st.DrawFn) -> NamedGraph:
    """Return a graph of alignments, with much that no slot holds."""
    rows = [triple for found in draw(st.lists(_alignment(), max_size=4)) for triple in found]
    rows += draw(st.lists(_triples(), max_size=20))
    if draw(st.booleans()):
        rows.append(ox.Triple(ox.NamedNode(SET), ox.NamedNode(expand("rdf:type")), _KINDS[2]))
    return NamedGraph(draw(st.sampled_from([SET, "", "https://example.org/else"])), rows)
