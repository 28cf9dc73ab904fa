"""What an association between two frameworks says of the alignment that it is.

In a package of ours the association stands for the node of the alignment, and has its IRI: the
fields say what they can, and the extension the rest. In a package of others the association stays
as it is, and is an alignment as well: how it was found is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import XSD, Literal, URIRef

from competency.exchange.case.context import Context, Object, Piece
from competency.exchange.case.describing import extended
from competency.exchange.case.fields import ASSOCIATION
from competency.exchange.case.values import is_date, is_moment, words
from competency.exchange.terms import term

Ends = tuple[URIRef, URIRef, URIRef]
_TYPE, _COMMENT, _AUTHORED = term("rdf:type"), term("rdfs:comment"), term("pav:authoredOn")
_FIELDS = ("originNodeURI", "associationType", "destinationNodeURI")
_TERMS = tuple(term(f"owl:annotated{end}") for end in ("Source", "Property", "Target"))
_CLASSES = (term("comp:Alignment"), term("owl:Axiom"))
_DAY = "T00:00:00Z"  # behind a date that CASE wants as a moment
_NAMES = {"identifier", "uri", "lastChangeDateTime", "extensions", *_FIELDS,
          *(field.name for field in ASSOCIATION)}  # fmt: skip


def ours(
    iri: URIRef, found: Object, ends: Ends, ctx: Context, more: Iterable[Piece]
) -> Iterator[Piece]:
    """Yield what an association of ours says: the statement, and the node about it."""
    yield ("associationType", *ends)
    for kind in _CLASSES:
        yield "", iri, _TYPE, kind
    for name, prop, end in zip(_FIELDS, _TERMS, ends, strict=True):
        yield name, iri, prop, end
    changed = found.get("lastChangeDateTime")
    if changed != ctx.modified and isinstance(changed, str) and is_moment(changed):
        yield "lastChangeDateTime", iri, _AUTHORED, _when(changed)
    notes = found.get("notes")
    if isinstance(notes, str) and notes.strip():
        yield "notes", iri, _COMMENT, words(notes, ctx.tag)
    yield from more
    yield from ctx.identity(iri, found)
    for field in ASSOCIATION:
        if field.name != "notes":
            yield from ctx.pieces(iri, field, found.get(field.name), ctx.tag)
    yield from extended(iri, found)
    if not _NAMES.issuperset(found):
        yield from ctx.unknown(iri, found, _NAMES, "/CFAssociations")


def theirs(iri: URIRef, found: Object, ends: Ends, ctx: Context) -> Iterator[Piece]:
    """Yield what makes an association of others an alignment, beside all that it is already."""
    for kind in _CLASSES:
        yield "alignment", iri, _TYPE, kind
    for prop, end in zip(_TERMS, ends, strict=True):
        yield "alignment", iri, prop, end
    justification = term("semapv:UnspecifiedMatching")
    yield "alignment", iri, term("sssom:mapping_justification"), justification
    changed, notes = found.get("lastChangeDateTime"), found.get("notes")
    if isinstance(changed, str) and is_moment(changed) and is_date(changed[:10]):
        day = Literal(changed[:10], datatype=XSD.date)
        yield "lastChangeDateTime.alignment", iri, _AUTHORED, day
    if isinstance(notes, str) and notes.strip():
        yield "notes.alignment", iri, _COMMENT, words(notes, ctx.tag)


def _when(moment: str) -> Literal:
    """Return the day that a moment begins, else the moment."""
    if moment.endswith(_DAY):
        return Literal(moment.removesuffix(_DAY), datatype=XSD.date)
    return Literal(moment, datatype=XSD.dateTime, normalize=False)
