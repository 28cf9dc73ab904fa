"""What documents, items and definitions of CASE say, as triples, each with the field it is from."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.context import Context, Object, Piece
from competency.exchange.case.fields import FIELDS, Field, Sort, case
from competency.exchange.case.item_types import linked_kind
from competency.exchange.case.kinds import is_titled, label_of_kind
from competency.exchange.case.values import (
    is_absent,
    is_moment,
    is_whole,
    json_literal,
    moment,
    tag_of,
    verbatim,
    words,
)
from competency.exchange.terms import term
from competency.graph.store import is_absolute

_TYPE = term("rdf:type")
_LABEL, _TEXT = term("rdfs:label"), term("comp:text")
_NOT_STATED, _INFERRED = term("comp:notStated"), term("comp:inferred")
_ALWAYS = ("identifier", "uri", "lastChangeDateTime", "extensions")
_DOCUMENT = ("title", "language", "creator", "publisher", "officialSourceURL")
_ITEM = ("fullStatement", "abbreviatedStatement", "CFItemType", "CFItemTypeURI", "language",
         "humanCodingScheme")  # fmt: skip
ITEM_TYPE = Field("CFItemTypeURI", case("CFItemTypeURI"), Sort.link)


def common(
    thing: URIRef, found: Object, kind: str, special: tuple[str, ...], ctx: Context, where: str,
    tag: str | None = None,
) -> Iterator[Piece]:  # fmt: skip
    """Yield what every object says: who it is, when it changed, plain fields, and the unknown."""
    yield from ctx.identity(thing, found)
    yield from changed(thing, found, ctx)
    known = FIELDS[kind]
    for field in known:
        yield from ctx.pieces(thing, field, found.get(field.name), tag or ctx.tag)
    yield from extended(thing, found)
    names = {*_ALWAYS, *special, *(field.name for field in known)}
    if not names.issuperset(found):
        yield from ctx.unknown(thing, found, names, where)


def changed(thing: URIRef, found: Object, ctx: Context) -> Iterator[Piece]:
    """Yield when a thing changed, where that is not when the document did."""
    name = "lastChangeDateTime"
    value = found.get(name)
    if is_absent(value):
        yield name, thing, _NOT_STATED, case(name)
    elif value == ctx.modified and thing != ctx.root:
        return
    elif isinstance(value, str) and is_moment(value):
        yield name, thing, term("dcterms:modified"), moment(value)
    else:
        yield name, thing, case(name), verbatim(value)


def extended(thing: URIRef, found: Object) -> Iterator[Piece]:
    """Yield the extensions as they are; ours have been taken out before."""
    value = found.get("extensions")
    if not is_absent(value):
        yield "extensions", thing, case("extensions"), json_literal(value)


# ---------------------------------------------------------------- the document


def document(doc: Object, ctx: Context, name: str) -> Iterator[Piece]:
    """Yield what a CFDocument says of the framework; ``name`` stands in for a missing title."""
    root = ctx.root
    yield "", root, _TYPE, term("comp:Framework")
    yield from _title(doc, ctx, name)
    yield from _language(doc, ctx)
    for field in ("creator", "publisher"):
        yield from _body(field, doc.get(field), ctx)
    yield from _official(doc.get("officialSourceURL"), ctx)
    yield from common(root, doc, "CFDocument", _DOCUMENT, ctx, "/CFDocument")
    if not ctx.ours:
        yield from _silence(doc, ctx)


def _title(doc: Object, ctx: Context, name: str) -> Iterator[Piece]:
    value = doc.get("title")
    if isinstance(value, str) and value.strip():
        yield "title", ctx.root, _LABEL, words(value, ctx.tag)
        if not is_whole(value):
            yield "title", ctx.root, case("title"), json_literal(value)
        return
    yield "title", ctx.root, _LABEL, Literal(name, lang=ctx.tag)
    yield "title", ctx.root, _INFERRED, _LABEL
    yield from _kept("title", ctx.root, value)


def _kept(name: str, thing: URIRef, value: object) -> Iterator[Piece]:
    """Yield a value that says nothing as it is, or that there is none."""
    if is_absent(value):
        yield name, thing, _NOT_STATED, case(name)
    else:
        yield name, thing, case(name), verbatim(value)


def _language(doc: Object, ctx: Context) -> Iterator[Piece]:
    value, said = doc.get("language"), term("dcterms:language")
    if tag_of(value):
        yield "language", ctx.root, said, Literal(str(value))
        return
    if not is_absent(value):
        yield "language", ctx.root, case("language"), verbatim(value)
    if not ctx.ours:
        yield "language", ctx.root, said, Literal(ctx.tag)
        yield "language", ctx.root, _INFERRED, said
        yield "language", ctx.root, _NOT_STATED, said


def _body(name: str, value: object, ctx: Context) -> Iterator[Piece]:
    said = term(f"dcterms:{name}")
    if isinstance(value, str) and value.strip():
        body = URIRef(f"{ctx.root}/org/{name}")
        yield name, ctx.root, said, body
        yield name, body, _TYPE, term("org:Organization")
        yield name, body, _LABEL, words(value, ctx.tag)
        if not is_whole(value):
            yield name, ctx.root, case(name), json_literal(value)
    elif not is_absent(value):
        yield name, ctx.root, case(name), verbatim(value)
    elif not ctx.ours:
        yield name, ctx.root, _NOT_STATED, said


def _official(value: object, ctx: Context) -> Iterator[Piece]:
    name = "officialSourceURL"
    if is_absent(value):
        return
    if isinstance(value, str) and is_absolute(value) and not ctx.holds(URIRef(value)):
        source = URIRef(value)
        yield name, ctx.root, term("comp:source"), source
        yield name, source, _TYPE, term("comp:Source")
        yield name, source, _LABEL, Literal(value)
    else:
        yield name, ctx.root, case(name), verbatim(value)


def _silence(doc: Object, ctx: Context) -> Iterator[Piece]:
    """Yield what CASE has no field for, or the file no value, as not stated."""
    silent = ["dcterms:issued", "comp:extent"]
    description = doc.get("description")
    if not (isinstance(description, str) and description.strip()):
        silent.append("dcterms:description")
    if is_absent(doc.get("licenseURI")):
        silent.append("dcterms:license")
    for name in silent:
        yield f"not {name}", ctx.root, _NOT_STATED, term(name)


# ---------------------------------------------------------------- items


def item(found: Object, iri: URIRef, ctx: Context, where: str) -> Iterator[Piece]:
    """Yield what a CFItem says; what stands above it is said by associations."""
    tag = tag_of(found.get("language")) or ctx.tag
    kind = ctx.kinds[iri]
    yield from _type(found, iri, kind, ctx)
    if kind not in ("Level", "LevelScale"):
        yield "", iri, term("comp:inFramework"), ctx.root
    yield from _statements(found, iri, kind, tag, ctx)
    yield from _item_language(found, iri, tag, ctx)
    yield from _code(found.get("humanCodingScheme"), iri, ctx)
    yield from common(iri, found, "CFItem", _ITEM, ctx, where, tag)


def _type(found: Object, iri: URIRef, kind: str, ctx: Context) -> Iterator[Piece]:
    label, link = found.get("CFItemType"), found.get("CFItemTypeURI")
    yield "CFItemType", iri, _TYPE, term(f"comp:{kind}")
    linked = ctx.ours and linked_kind(link) is not None
    if linked and iri not in ctx.relabelled:
        return
    if is_absent(label):
        if not ctx.ours:
            yield "CFItemType", iri, _NOT_STATED, case("CFItemType")
    elif label != label_of_kind(kind):
        yield "CFItemType", iri, case("CFItemType"), verbatim(label)
    if not linked:
        yield from ctx.pieces(iri, ITEM_TYPE, link, ctx.tag)


def _statements(
    found: Object, iri: URIRef, kind: str, tag: str, ctx: Context
) -> Iterator[Piece]:  # fmt: skip
    """Yield the title and the text: the short statement is a title, the full one the text.

    What needs a title and has only a full statement has that for a title.
    """
    full, short = found.get("fullStatement"), found.get("abbreviatedStatement")
    titled = isinstance(short, str) and bool(short.strip())
    if titled:
        yield "abbreviatedStatement", iri, _LABEL, words(str(short), tag)
    if not is_absent(short) and not (titled and is_whole(str(short))):
        yield "abbreviatedStatement", iri, case("abbreviatedStatement"), verbatim(short)
    said = isinstance(full, str) and bool(full.strip())
    if said and is_titled(kind) and not titled:
        yield "fullStatement", iri, _LABEL, words(str(full), tag)
    elif said:
        yield "fullStatement", iri, _TEXT, words(str(full), tag)
        yield "wording", iri, term("comp:wording"), ctx.wording
    else:
        yield from _unsaid(iri, kind, titled, full)
    if said and not is_whole(str(full)):
        yield "fullStatement", iri, case("fullStatement"), json_literal(full)


def _unsaid(iri: URIRef, kind: str, titled: bool, full: object) -> Iterator[Piece]:
    if not is_titled(kind):
        yield "fullStatement", iri, term("comp:isEmpty"), true()
    elif not titled:
        yield "fullStatement", iri, _NOT_STATED, _LABEL
    yield from _kept("fullStatement", iri, full)


def true() -> Literal:
    """Return the literal of truth."""
    return Literal("true", datatype=term("xsd:boolean"), normalize=False)


def _item_language(found: Object, iri: URIRef, tag: str, ctx: Context) -> Iterator[Piece]:
    """Yield the language of an item where its texts do not say it as it is written."""
    value = found.get("language")
    if is_absent(value):
        return
    full = found.get("fullStatement")
    if value != tag or tag == ctx.tag or not (isinstance(full, str) and full.strip()):
        yield "language", iri, case("language"), verbatim(value)


def _code(value: object, iri: URIRef, ctx: Context) -> Iterator[Piece]:
    name = "humanCodingScheme"
    if is_absent(value):
        return
    if not (isinstance(value, str) and value.strip() and is_whole(value)):
        yield name, iri, case(name), verbatim(value)
        return
    code = URIRef(f"{iri}/code/1")
    yield name, iri, term("comp:code"), code
    yield name, code, _TYPE, term("comp:Code")
    yield name, code, term("skos:notation"), Literal(value)
    yield name, code, _NOT_STATED, term("comp:issuedBy")


# ---------------------------------------------------------------- definitions


def definition(found: Object, iri: URIRef, kind: str, ctx: Context, where: str) -> Iterator[Piece]:
    """Yield what a concept, subject, licence, item type or grouping says."""
    yield "", iri, _TYPE, case(kind)
    yield from common(iri, found, kind, (), ctx, where)


def place(iri: URIRef, parent: Node, position: int) -> Iterator[Piece]:
    """Yield where a part stands."""
    yield "parent", iri, term("comp:partOf"), parent
    yield "sequenceNumber", iri, term("comp:position"), Literal(position)
