"""CASE 1.0 and 1.1 in: packages become frameworks in our vocabulary, and nothing is lost.

What our vocabulary has a term for is said in it. The rest stays on the thing it belongs to, in
the namespace of CASE, so that the package can be written again without a difference. A package
that was written here says in ``extensions`` what CASE has no field for, and comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.case import describing, linking, residue, rubrics, standing
from competency.exchange.case.context import Object, Piece, Remarks
from competency.exchange.case.fields import CASE, case
from competency.exchange.case.linking import Association
from competency.exchange.case.naming import Held, Named, name_everything
from competency.exchange.case.parsing import Package, packages
from competency.exchange.case.values import is_absent, json_literal
from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Imported, Kept
from competency.exchange.terms import Row, term
from competency.graph import NamedGraph

SECTION = term("comp:section")


def read(file: File, options: Reading) -> Imported:
    """Return the frameworks of a file of CASE, with remarks on what was odd.

    Raises ParseError with line and column for what is no JSON, and for JSON that holds no
    package: a list of CFDocuments, a single item.

        read(File("package.json", data, "application/json"), Reading()).graphs
    """
    remarks = Remarks()
    graphs = []
    for number, package in enumerate(packages(file, remarks)):
        asked = options if number == 0 else Reading(options.base, "", options.language)
        graphs.append(read_package(package, file, asked, remarks, number))
    return Imported(tuple(graphs), tuple(remarks))


def read_package(
    package: Package, file: File, options: Reading, remarks: Remarks, number: int = 0
) -> NamedGraph:
    """Return the framework of one package as a named graph; the package is taken apart."""
    fallback = f"{file.name}-{number + 1}" if number else file.name
    named = name_everything(package, options, remarks, fallback)
    rows = Saying(named, file).rows()
    return NamedGraph.of(str(named.ctx.root), rows)


class Saying:
    """Says what a package says, object by object; the writer listens too."""

    def __init__(self, named: Named, file: File) -> None:
        """Prepare to speak; nothing is read from the file but its name and digest."""
        self.named, self.ctx, self.file = named, named.ctx, file
        self.start = "c" + sha256(str(named.ctx.root).encode()).hexdigest()[:8]

    def rows(self) -> Iterator[Row]:
        """Yield all triples, with what our extensions say more or otherwise."""
        for thing, found, pieces, where in self.spoken():
            yield from self._said(thing, found, pieces, where)
            found.clear()  # what has been said is not needed any more, and may be large
        if not self.ctx.ours:
            yield from source(self.ctx.root, self.file)
            yield from self._places()

    def spoken(self) -> Iterator[tuple[URIRef, Object, Iterable[Piece], str]]:
        """Yield each object of the package with its IRI, what it says, and a pointer to it."""
        ctx, named = self.ctx, self.named
        ends = [self._ends(held) for held in named.associations]
        items = {iri: held.found for iri, held in named.items.items()}
        found = standing.stand(items, ends, ctx)
        levels = standing.settle_levels(found, ctx)
        if not ctx.ours:
            standing.tell(found, {iri: held.where for iri, held in named.items.items()}, ctx)
        yield self._document(found, levels)
        yield from self._items(found)
        for held in named.definitions:
            pieces = describing.definition(held.found, held.iri, held.kind, ctx, held.where)
            yield held.iri, held.found, pieces, held.where
        yield from self._rubrics(found)
        for one in found.associations:
            yield one.iri, one.found, linking.association(one, ctx), one.where

    def _ends(self, held: Held) -> Association:
        ends = [
            self.ctx.find(link) if isinstance(link, dict) else None
            for link in (held.found.get("originNodeURI"), held.found.get("destinationNodeURI"))
        ]
        return Association(held.iri, held.found, held.where, ends[0], ends[1])

    def _document(
        self, found: standing.Standing, levels: list[URIRef]
    ) -> tuple[URIRef, Object, Iterable[Piece], str]:
        ctx, doc = self.ctx, self.named.doc
        pieces = [
            *describing.document(doc, ctx, self.file.name),
            *standing.level_pieces(levels, found, ctx),
            *self._left(),
        ]
        return ctx.root, doc, pieces, f"{self.named.package.where}/CFDocument"

    def _left(self) -> Iterator[Piece]:
        for thing, name, value in self.named.leftovers:
            yield name, thing, case(name), json_literal(value)
        name = "CFDefinitions"
        if is_absent(self.named.package.found.get(name)) and not self.ctx.ours:
            yield name, self.ctx.root, term("comp:notStated"), case(name)

    def _items(
        self, found: standing.Standing
    ) -> Iterator[tuple[URIRef, Object, Iterable[Piece], str]]:
        ctx = self.ctx
        orphans = set(found.orphans())
        for iri, held in self.named.items.items():
            pieces: Iterable[Piece] = describing.item(held.found, iri, ctx, held.where)
            if iri in orphans:
                pieces = [*pieces, *standing.put(iri, found.arranged.position[iri], ctx)]
            yield iri, held.found, pieces, held.where

    def _rubrics(
        self, found: standing.Standing
    ) -> Iterator[tuple[URIRef, Object, Iterable[Piece], str]]:
        root = self.ctx.root
        position = max((found.arranged.position[iri] for iri in found.orphans()), default=0)
        position = max(position, found.arranged.last.get(root, 0))
        for number, top in enumerate(self.named.rubrics, position + 1):
            by_thing: dict[Node, list[Piece]] = {}
            for piece in rubrics.rubric(top, self.ctx, number):
                by_thing.setdefault(piece[1], []).append(piece)
            for node in top.everything():
                yield node.iri, node.found, by_thing.pop(node.iri), node.where
            yield (
                top.iri,
                {},
                [piece for others in by_thing.values() for piece in others],
                top.where,
            )

    def _places(self) -> Iterator[Row]:
        """Yield where in the file each part stands."""
        for iri, held in self.named.items.items():
            if self.ctx.kinds[iri] not in ("Level", "LevelScale"):
                yield iri, SECTION, Literal(held.where)
        for top in self.named.rubrics:
            yield from ((node.iri, SECTION, Literal(node.where)) for node in top.everything())

    # ------------------------------------------------------------------ extensions

    def _said(
        self, thing: URIRef, found: Object, pieces: Iterable[Piece], where: str
    ) -> Iterator[Row]:
        extension = self.named.extension(found)
        if not extension:
            yield from (piece[1:] for piece in pieces)
            return
        derived: dict[str, str] = extension.get("derived", {})
        changed = {
            name for name, known in derived.items() if residue.digest(found.get(name)) != known
        }
        over = set()
        for piece in pieces:
            names = {piece[0], piece[0].partition(".")[0]} & derived.keys()
            if names - changed:
                continue
            yield piece[1:]
            if names:
                over.add(_over(piece[1:]))
        for name in sorted(changed):
            what = f"{name} was changed after this program wrote it; the change is taken over"
            self.ctx.remarks.add(Kept.odd, where, what)
        yield from (
            row for row in residue.read(extension, thing, self.start) if _over(row) not in over
        )


def _over(row: Row) -> tuple[Any, ...]:
    """Return what two triples have in common of which only one can be true."""
    language = row[2].language if isinstance(row[2], Literal) else None
    return row[0], row[1], language


def source(root: URIRef, file: File) -> Iterator[Row]:
    """Yield the file as the source of the framework; that it is CASE is said of the source."""
    node = URIRef(f"{root}/source")
    yield root, term("comp:source"), node
    yield node, term("rdf:type"), term("comp:Source")
    yield node, term("rdfs:label"), Literal(file.name)
    yield node, term("dcterms:format"), Literal(file.media_type)
    yield node, term("dcterms:conformsTo"), URIRef(CASE)
    yield node, term("comp:sha256"), Literal(file.sha256)
