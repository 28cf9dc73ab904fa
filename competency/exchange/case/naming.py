"""Everything in a package gets its IRI: its own uri, or one below the framework."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rdflib import URIRef

from competency.errors import ParseError
from competency.exchange.case import residue, rubrics
from competency.exchange.case.context import Context, Object, Remarks
from competency.exchange.case.fields import DEFINITIONS
from competency.exchange.case.item_types import (
    ITEM_TYPE,
    is_relabelled,
    kind_of_item,
    kind_of_text,
)
from competency.exchange.case.parsing import Package
from competency.exchange.case.values import is_absent, tag_of
from competency.exchange.exchange import Reading
from competency.exchange.imported import Kept
from competency.exchange.terms import term
from competency.graph.store import is_absolute

WHOLE = "whole"  # "written": the package says all there is to say of a framework
_PACKAGE = ("CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics")


@dataclass(frozen=True)
class Held:
    """An object of a package: its IRI, its class in CASE, and where in the file it stands."""

    iri: URIRef
    kind: str
    found: Object
    where: str


@dataclass
class Named:
    """A package whose objects have IRIs."""

    package: Package
    ctx: Context
    items: dict[URIRef, Held] = field(default_factory=dict)
    definitions: list[Held] = field(default_factory=list)
    rubrics: list[rubrics.Node] = field(default_factory=list)
    associations: list[Held] = field(default_factory=list)
    leftovers: list[tuple[URIRef, str, Any]] = field(default_factory=list)
    said: dict[int, dict[str, Any]] = field(default_factory=dict)  # our extensions, by object
    taken: set[str] = field(default_factory=set)

    @property
    def doc(self) -> Object:
        """Return the CFDocument."""
        found: Object = self.package.found["CFDocument"]
        return found

    def extension(self, found: Object) -> dict[str, Any]:
        """Return what our extension of an object says, or nothing."""
        return self.said.get(id(found), {})


def name_everything(
    package: Package,
    options: Reading,
    remarks: Remarks,
    fallback: str,
    known: Mapping[int, URIRef] | None = None,
) -> Named:
    """Return a package with an IRI for every object; ``fallback`` is the step of one without any.

    Our extensions are taken out of the objects. ``known`` gives the IRIs of objects by their
    ``id``, where the writer knows them. Raises ParseError for a base that is no IRI.
    """
    doc = package.found["CFDocument"]
    before = doc.get("extensions")
    said = residue.take(doc)
    usable = residue.is_ours(said)
    if said is not None and not usable:
        doc["extensions"] = before
    ours = usable and said.get("written") == WHOLE
    root = (known or {}).get(id(doc)) or _root(doc, options, said if ours else {}, fallback)
    tag = tag_of(doc.get("language")) or tag_of(options.language) or "en"
    named = Named(package, Context(root, ours, tag, remarks=remarks), taken={str(root)})
    if usable:
        named.said[id(doc)] = said
    modified = doc.get("lastChangeDateTime")
    named.ctx.modified = modified if isinstance(modified, str) else None
    wording = term(str(said.get("wording"))) if ours else None
    if wording is not None and is_absolute(wording):
        named.ctx.wording = wording
    _Naming(named, known or {}).run()
    return named


def _root(doc: Object, options: Reading, said: dict[str, Any], fallback: str) -> URIRef:
    uri, identifier = said.get("iri", doc.get("uri")), doc.get("identifier")
    if isinstance(uri, str) and is_absolute(uri):
        return URIRef(uri)
    step = options.identifier or (identifier if isinstance(identifier, str) else "") or fallback
    root = options.base + (re.sub(r"[^A-Za-z0-9._~-]+", "-", step).strip("-") or "case")
    if not is_absolute(root):
        raise ParseError(fallback, f"{root} is no IRI; choose another base")
    return URIRef(root)


class _Naming:
    """Goes through a package once and names what is in it."""

    def __init__(self, named: Named, known: Mapping[int, URIRef]) -> None:
        self.named, self.ctx, self.known = named, named.ctx, known

    def run(self) -> None:
        """Name the document, items, definitions, rubrics and associations, in this order."""
        ctx, doc, found = self.ctx, self.named.doc, self.named.package.found
        ctx.hold(ctx.root, doc.get("identifier"), doc.get("uri"))
        ctx.check(doc.get("identifier"), f"{self.named.package.where}/CFDocument")
        for held in self._objects(found, "CFItems", "CFItem"):
            self.named.items[held.iri] = held
            ctx.kinds[held.iri] = self._kind(held)
        self._definitions(found.get("CFDefinitions"))
        for held in self._objects(found, "CFRubrics", "CFRubric"):
            self.named.rubrics.append(self._rubric(held))
        self.named.associations.extend(self._objects(found, "CFAssociations", "CFAssociation"))
        rest = {k: v for k, v in found.items() if k not in _PACKAGE and not is_absent(v)}
        if rest:
            self.named.leftovers.append((ctx.root, "CFPackage", rest))
        for name in rest.keys() - {"extensions"}:
            what = f"{name[:80]} is no field of a package; it is kept as it is"
            ctx.remarks.add(Kept.aside, self.named.package.where or "/", what)

    def _kind(self, held: Held) -> str:
        """Return our class for an item; that of the label where we wrote another one."""
        kind, said = kind_of_item(held.found), self.named.extension(held.found)
        if not self.ctx.ours or self.known or not is_relabelled(held.found, said):
            return kind
        label = str(held.found["CFItemType"])
        taken = kind_of_text(label) or kind
        self.ctx.relabelled.add(held.iri)
        said.get("says", {}).pop(ITEM_TYPE, None)
        what = f"CFItemType was changed to {label[:60]!r} after this program wrote it"
        other = "it is taken over, and CFItemTypeURI, which says another class, is passed over"
        fate = "it is kept as it is, and the class stays" if taken == kind else other
        self.ctx.remarks.add(Kept.odd, f"{held.where}/CFItemType", f"{what}; {fate}")
        return taken

    def _definitions(self, every: Any) -> None:
        if is_absent(every):
            return
        if not isinstance(every, dict):
            self.named.leftovers.append((self.ctx.root, "CFDefinitions", [every]))
            return
        for array, kind in DEFINITIONS.items():
            for held in self._objects(every, array, kind, "/CFDefinitions"):
                self.named.definitions.append(held)
        rest = {k: v for k, v in every.items() if k not in DEFINITIONS and not is_absent(v)}
        if rest:
            self.named.leftovers.append((self.ctx.root, "CFDefinitions", rest))

    def _rubric(self, held: Held) -> rubrics.Node:
        node = rubrics.Node(held.iri, held.kind, held.found, held.where, [])
        below = rubrics.kind_below(held.kind)
        if below:
            array, start = rubrics.LAYERS[held.kind][2], len(self.named.package.where)
            children = self._objects(held.found, array, below, held.where[start:], held.iri)
            node.below = rubrics.in_order([self._rubric(child) for child in children])
        return node

    def _objects(
        self, holder: Object, name: str, kind: str, where: str = "", thing: URIRef | None = None
    ) -> Iterator[Held]:
        """Yield the objects of an array with their IRIs; what is no object is kept as it is."""
        value = holder.get(name)
        if is_absent(value):
            return
        place = f"{self.named.package.where}{where}/{name}"
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            others = (
                [item for item in value if not isinstance(item, dict)]
                if isinstance(value, list)
                else value
            )
            self.ctx.remarks.add(
                Kept.aside, place, "this is no array of objects; it is kept as it is"
            )
            self.named.leftovers.append((thing or self.ctx.root, name, others))
        for number, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield from self._object(item, f"{place}/{number}", kind, name)

    def _object(self, found: Object, where: str, kind: str, array: str) -> Iterator[Held]:
        before = found.get("extensions")
        said = residue.take(found)
        if said is not None:
            if not residue.is_ours(said):
                found["extensions"] = before
                what = "the extension is not as this program writes it; it is kept as it is"
                self.ctx.remarks.add(Kept.aside, f"{where}/extensions/competency", what)
            elif self.ctx.ours and said.get("made") == residue.digest(bare(found)):
                return  # it follows from what the framework says
            else:
                self.named.said[id(found)] = said
        yield Held(self._name(found, where, array, kind != "CFAssociation"), kind, found, where)

    def _name(self, found: Object, where: str, array: str, held: bool) -> URIRef:
        """Return the IRI of an object: its uri, or one below the framework where that is none."""
        self.ctx.check(found.get("identifier"), where)
        taken = self.named.taken
        uri: Any = self.named.extension(found).get("iri", found.get("uri"))
        usable = isinstance(uri, str) and is_absolute(uri)
        if id(found) in self.known:
            uri = str(self.known[id(found)])
        elif not usable or uri in taken:
            what = "the uri is taken already" if usable else "there is no uri that can be used"
            self.ctx.remarks.add(Kept.odd, where, f"{what}; another IRI stands for it in the graph")
            uri = f"{self.ctx.root}/{array}/{where.rpartition('/')[2]}"
            while uri in taken:
                uri += "-again"
        taken.add(uri)
        iri = URIRef(uri)
        if held:
            self.ctx.hold(iri, found.get("identifier"), found.get("uri"))
        return iri


def bare(found: Object) -> Object:
    """Return an object without what may differ between two exports of the same thing."""
    return {name: value for name, value in found.items()
            if name not in ("extensions", "lastChangeDateTime")
            and not is_absent(value)}  # fmt: skip
