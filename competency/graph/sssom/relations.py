"""Which relations an alignment may state, and what to write instead of another one."""

from __future__ import annotations

from competency.graph.alignments import RELATIONS
from competency.ontology import PREFIXES, expand, shorten

NO_TERM = {PREFIXES["sssom"] + name for name in ("NoTermFound", "NoMapping")}
_HIERARCHY = {
    expand(name): instead
    for name, instead in (
        ("comp:partOf", "skos:broadMatch"),
        ("comp:hasPart", "skos:narrowMatch"),
        ("skos:broader", "skos:broadMatch"),
        ("skos:narrower", "skos:narrowMatch"),
        ("skos:broaderTransitive", "skos:broadMatch"),
        ("skos:narrowerTransitive", "skos:narrowMatch"),
        ("rdfs:subClassOf", "skos:broadMatch"),
        ("rdfs:subPropertyOf", "skos:broadMatch"),
        ("sssom:superClassOf", "skos:narrowMatch"),
        ("dcterms:isPartOf", "skos:broadMatch"),
        ("dcterms:hasPart", "skos:narrowMatch"),
        ("ceasn:isChildOf", "skos:broadMatch"),
        ("ceasn:hasChild", "skos:narrowMatch"),
        ("case:isChildOf", "skos:broadMatch"),
        ("case:isPartOf", "skos:broadMatch"),
    )
}
_NEAR = {
    expand(name): instead
    for name, instead in (
        ("owl:sameAs", "skos:exactMatch"),
        ("owl:equivalentClass", "skos:exactMatch"),
        ("owl:equivalentProperty", "skos:exactMatch"),
        ("skos:related", "skos:relatedMatch"),
        ("rdfs:seeAlso", "skos:relatedMatch"),
        ("ceasn:exactAlignment", "skos:exactMatch"),
        ("ceasn:broadAlignment", "skos:broadMatch"),
        ("ceasn:narrowAlignment", "skos:narrowMatch"),
        ("ceasn:majorAlignment", "skos:closeMatch"),
        ("ceasn:minorAlignment", "skos:relatedMatch"),
        ("owl:disjointWith", "comp:contrasts"),
        ("owl:differentFrom", "comp:contrasts"),
    )
}


def relation_fault(predicate: str) -> str | None:
    """Return why a property is no relation of alignments and what to write, or None.

    >>> relation_fault(expand("skos:closeMatch"))
    >>> relation_fault(expand("owl:sameAs"))
    'owl:sameAs is no relation of alignments; write skos:exactMatch'
    """
    if predicate in RELATIONS:
        return None
    name = shorten(predicate)
    if predicate in _HIERARCHY:
        return (
            f"{name} says what stands under what, and no alignment does; within a framework that is"
            f" comp:partOf in the framework itself, between two write {_HIERARCHY[predicate]}"
        )
    if predicate in _NEAR:
        return f"{name} is no relation of alignments; write {_NEAR[predicate]}"
    known = ", ".join(map(shorten, RELATIONS))
    return f"{name} is no relation of alignments; write one of {known}"
