"""A package that was made of tables, said in our vocabulary by the reader of CASE."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef

from competency.exchange.case.fields import case
from competency.exchange.case.identifiers import minted
from competency.exchange.case.naming import Held, Named, name_everything
from competency.exchange.case.parsing import Package
from competency.exchange.case.reader import Saying
from competency.exchange.imported import File, Imported
from competency.exchange.opensalt.packing import Packing
from competency.exchange.terms import Row, term
from competency.graph import NamedGraph

# Labels of types that only this program writes; others mean something else by a level.
_OWN_KINDS = {
    "Level Scale": "LevelScale",
    "Level of a Scale": "Level",
    "Indicator of Either Kind": "Indicator",
}
# What tables have no column for: that it is not stated says nothing.
_SILENT = {case(name) for name in ("CFDefinitions", "title")}
_NOT_STATED, _TYPE = term("comp:notStated"), term("rdf:type")


def imported(packing: Packing) -> Imported:
    """Return the framework of a packing; raises ParseError with the faults that it met."""
    rows = list(dict.fromkeys(said(packing)))
    return Imported((NamedGraph.of(packing.root, rows),), packing.told())


def said(packing: Packing) -> Iterator[Row]:
    """Yield all triples of a packing, with the cells that things are from."""
    package = Package(packing.package(), "")
    named = name_everything(package, packing.reading, packing.remarks, packing.file.name)
    for iri, held in named.items.items():
        label = held.found.get("CFItemType")
        named.ctx.kinds[iri] = _OWN_KINDS.get(str(label), named.ctx.kinds[iri])
    subjects = set()
    for _, _, pieces, _ in Saying(named, packing.file).spoken():
        for name, thing, prop, value in pieces:
            silent = prop == _NOT_STATED and value in _SILENT
            if not silent and (name != "lastChangeDateTime" or packing.is_dated):
                subjects.add(thing)
                yield thing, prop, value
    for held in (*_every(named), Held(named.ctx.root, "", named.doc, "")):
        identifier = held.found.get("identifier")
        if held.iri in subjects and identifier != minted(str(held.iri)):
            yield held.iri, case("identifier"), Literal(identifier)
    yield from _places(named, packing)
    yield from _source(named.ctx.root, packing.file)
    yield from packing.rows


def _every(named: Named) -> Iterator[Held]:
    yield from named.items.values()
    yield from named.definitions
    yield from named.associations


def _places(named: Named, packing: Packing) -> Iterator[Row]:
    """Yield where in the file each part stands."""
    for iri, held in named.items.items():
        if named.ctx.kinds[iri] not in ("Level", "LevelScale"):
            yield iri, term("comp:section"), Literal(packing.pointed(held.where))


def _source(root: URIRef, file: File) -> Iterator[Row]:
    """Yield the file as the source of the framework."""
    node = URIRef(f"{root}/source")
    yield root, term("comp:source"), node
    yield node, _TYPE, term("comp:Source")
    yield node, term("rdfs:label"), Literal(file.name)
    yield node, term("dcterms:format"), Literal(file.media_type)
    yield node, term("comp:sha256"), Literal(file.sha256)
