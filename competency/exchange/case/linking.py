"""What associations of CASE say, as triples, each with the field it is from.

An association that makes the tree is said by comp:partOf and comp:position; one of the relations
that we have, by its property. Whatever else an association says (its own identifier, a number, a
note, a type that we have no property for) is kept on the association itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef

from competency.exchange.case import aligning
from competency.exchange.case.context import Context, Object, Piece
from competency.exchange.case.describing import common
from competency.exchange.case.fields import Field, Sort, case
from competency.exchange.case.identifiers import association_iri, identifier_of, uri_of
from competency.exchange.case.kinds import is_required
from competency.exchange.case.values import is_absent, verbatim
from competency.exchange.terms import term

ORIGIN = Field("originNodeURI", case("originNodeURI"), Sort.link)
DESTINATION = Field("destinationNodeURI", case("destinationNodeURI"), Sort.link)
# Our properties, and the types of association that they become.
RELATIONS = (
    ("skos:exactMatch", "exactMatchOf"),
    ("skos:relatedMatch", "isRelatedTo"),
    ("skos:closeMatch", "ext:closeMatch"),
    ("skos:broadMatch", "ext:broadMatch"),
    ("skos:narrowMatch", "ext:narrowMatch"),
    ("comp:atLevel", "hasSkillLevel"),
    ("comp:contrasts", "ext:contrasts"),
    ("comp:assesses", "ext:assesses"),
    ("comp:repeats", "ext:repeats"),
    ("comp:rewords", "ext:rewords"),
)
_PROPERTIES = {kind: term(name) for name, kind in RELATIONS}
# Those that may be an alignment: between parts of two frameworks.
ALIGNMENTS = {
    term(name): kind
    for name, kind in RELATIONS
    if name == "comp:contrasts" or name.startswith("skos:")
}
_ASSESSING = ("ext:assesses", "ext:repeats", "ext:rewords")
_SPECIAL = ("associationType", "originNodeURI", "destinationNodeURI", "sequenceNumber")
_TYPE = term("rdf:type")


@dataclass(frozen=True)
class Association:
    """An association of a package: its IRI, what is at both ends, and its place in the tree."""

    iri: URIRef
    found: Object
    where: str
    origin: URIRef | None
    destination: URIRef | None
    position: int | None = None  # where it makes the tree

    @property
    def kind(self) -> str:
        """Return the type, or an empty text where it is none."""
        value = self.found.get("associationType")
        return value if isinstance(value, str) else ""


def association(one: Association, ctx: Context) -> Iterator[Piece]:
    """Yield what an association says."""
    if one.position is not None:
        yield from _tree(one, ctx)
        own = [*_own(one, ctx), *_number(one, ctx)]
        usual = _is_minted(one)
        if own or not usual:
            yield "", one.iri, _TYPE, case("CFAssociation")
            yield "", one.iri, ORIGIN.property, one.origin or one.iri
            yield from own
        return
    if ctx.ours and is_alignment(one, ctx) and not _is_minted(one):
        yield from aligning.ours(one.iri, one.found, _aligned(one), ctx, _own_links(one, ctx))
        return
    own = list(_own(one, ctx))
    number = one.found.get("sequenceNumber")
    if not is_absent(number):
        own.append(("sequenceNumber", one.iri, case("sequenceNumber"), verbatim(number)))
    relation = list(_relation(one, ctx))
    yield from relation
    if own or not relation or not _is_minted(one):
        yield "", one.iri, _TYPE, case("CFAssociation")
        yield from own
        yield from _ends(one, ctx)
        if not ctx.ours and is_alignment(one, ctx):
            yield from aligning.theirs(one.iri, one.found, _aligned(one), ctx)


def is_alignment(one: Association, ctx: Context) -> bool:
    """Say whether an association relates something of the package to something elsewhere."""
    if one.kind not in ALIGNMENTS.values() or one.origin is None or one.destination is None:
        return False
    held = [ctx.holds(end) for end in (one.origin, one.destination)]
    return any(held) and not all(held)


def _aligned(one: Association) -> tuple[URIRef, URIRef, URIRef]:
    """Return the statement that an alignment makes, in the direction in which it is written."""
    return one.origin or one.iri, _PROPERTIES[one.kind], one.destination or one.iri


def _ends(one: Association, ctx: Context) -> Iterator[Piece]:
    yield from _kind(one)
    for field, target in ((ORIGIN, one.origin), (DESTINATION, one.destination)):
        if target is not None:
            yield field.name, one.iri, field.property, target
            if not _says_more(one, field, ctx):
                yield from ctx.stub(field.name, target, one.found[field.name])


def _kind(one: Association) -> Iterator[Piece]:
    value, name = one.found.get("associationType"), "associationType"
    if is_absent(value):
        yield name, one.iri, term("comp:notStated"), case(name)
    else:
        yield name, one.iri, case(name), verbatim(value)


def _says_more(one: Association, field: Field, ctx: Context) -> bool:
    """Say whether a link has to be kept as it is."""
    value = one.found.get(field.name)
    target = one.origin if field is ORIGIN else one.destination
    if target is None or not isinstance(value, dict):
        return not is_absent(value)
    if ctx.holds(target):
        return not ctx.is_usual(target, value)
    said = {k: item for k, item in value.items() if k != "title" and not is_absent(item)}
    usual = {
        "identifier": identifier_of(str(target), ours=ctx.ours),
        "uri": uri_of(str(target), ours=ctx.ours),
    }
    return said != usual or not isinstance(value.get("title"), str)


def _own(one: Association, ctx: Context) -> Iterator[Piece]:
    """Yield what only the association itself can say."""
    yield from _own_links(one, ctx)
    yield from common(one.iri, one.found, "CFAssociation", _SPECIAL, ctx, one.where)


def _own_links(one: Association, ctx: Context) -> Iterator[Piece]:
    """Yield links that have to be kept as they are."""
    for field in (ORIGIN, DESTINATION):
        if _says_more(one, field, ctx):
            value = one.found.get(field.name)
            yield field.name, one.iri, case(field.name), verbatim(value)


def _is_minted(one: Association) -> bool:
    ends = one.origin, one.destination
    return None not in ends and str(one.iri) == association_iri(
        str(ends[0]), one.kind, str(ends[1])
    )


# ---------------------------------------------------------------- the tree


def _tree(one: Association, ctx: Context) -> Iterator[Piece]:
    child, parent = one.origin, one.destination
    if child is None or parent is None:
        return
    kind = ctx.kinds.get(child)
    if kind == "Level":
        yield "associationType", child, term("comp:inScale"), parent
        number = one.found.get("sequenceNumber")
        if isinstance(number, int) and not isinstance(number, bool):
            yield "sequenceNumber", child, term("comp:rank"), Literal(number)
    elif kind != "LevelScale":
        yield "associationType", child, term("comp:partOf"), parent
        yield "sequenceNumber", child, term("comp:position"), Literal(one.position)


def _number(one: Association, ctx: Context) -> Iterator[Piece]:
    """Yield the number where the position does not say it."""
    value, name = one.found.get("sequenceNumber"), "sequenceNumber"
    kind = ctx.kinds.get(one.origin) if one.origin else None
    if kind in ("Level", "LevelScale") and ctx.ours:
        return
    if is_absent(value):
        yield name, one.iri, term("comp:notStated"), case(name)
    elif kind == "LevelScale" or value != one.position or isinstance(value, bool | float):
        yield name, one.iri, case(name), verbatim(value)


# ---------------------------------------------------------------- relations that we have

_NO_PARTS = frozenset({"Framework", "LevelScale", "Level"})


def _relation(one: Association, ctx: Context) -> Iterator[Piece]:
    origin, destination = one.origin, one.destination
    if is_alignment(one, ctx):
        subject, prop, value = _aligned(one)
        yield "associationType", subject, prop, value
        return
    if origin is None or destination is None or not ctx.holds(origin):
        return
    found = relation(one.kind, origin, destination, ctx)
    if found is not None:
        subject, prop, value = found
        yield "associationType", subject, prop, value


def relation(
    kind: str, origin: URIRef, destination: URIRef, ctx: Context
) -> tuple[URIRef, URIRef, URIRef] | None:
    """Return the triple that an association of a type means, where we have a property for it.

    Matches are for parts of two frameworks; what assesses and what is assessed has to be of the
    right kind, or the graph would say what our shapes refuse.
    """
    prop = _PROPERTIES.get(kind)
    levels = [ctx.kinds.get(end) == "Level" for end in (origin, destination)]
    held = ctx.holds(destination)
    if kind == "precedes" and all(levels):
        return destination, term("comp:higherThan"), origin
    if prop is None or (kind == "hasSkillLevel" and levels != [False, True]):
        return None
    if not ctx.ours:
        if prop.startswith(term("skos:exactMatch").rpartition("#")[0]) and held:
            return None
        ends = [ctx.kinds.get(end, "Framework") for end in (origin, destination)]
        if kind == "ext:contrasts" and not (held and _NO_PARTS.isdisjoint(ends)):
            return None
    if kind in _ASSESSING:
        kinds = ctx.kinds.get(origin), ctx.kinds.get(destination)
        if kinds[0] != "AssessmentCriterion" or not is_required(kinds[1] or "Part"):
            return None
    return origin, prop, destination


def number_of(found: Object) -> int | None:
    """Return the sequenceNumber of an association, if it is a whole number."""
    value = found.get("sequenceNumber")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
