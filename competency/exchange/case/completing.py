"""What the reader of a package would not find in it goes into ``extensions``.

The package is read as the reader reads it, and what comes of each field is compared with the
graph. A field of which something comes that the graph does not say is marked as derived; what the
graph says and no field gives is put aside, with the object that it is about.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.blanks import blank_names
from competency.exchange.case import residue
from competency.exchange.case.context import End, Object, Remarks
from competency.exchange.case.given import Given
from competency.exchange.case.identifiers import association_iri, uri_of
from competency.exchange.case.linking import RELATIONS
from competency.exchange.case.naming import WHOLE, Named, name_everything
from competency.exchange.case.owning import alignment_ends, owners
from competency.exchange.case.parsing import Package
from competency.exchange.case.reader import SECTION, Saying
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.exchange.terms import Row, term
from competency.ontology import COMP

_TYPE, _WORDING, _INSIDE = term("rdf:type"), term("comp:wording"), term("comp:inFramework")


@dataclass
class Written:
    """A package, and what only its extensions say, by the object that says it."""

    package: Object
    aside: dict[URIRef, list[Row]] = field(default_factory=dict)
    derived: dict[URIRef, dict[str, str]] = field(default_factory=dict)
    name: residue.Namer = str  # of blank nodes


class Completer:
    """Completes one package, in place."""

    def __init__(
        self, given: Given, package: Object, told: dict[URIRef, Object], iris: dict[int, URIRef]
    ) -> None:
        """``told`` are items and associations by IRI, ``iris`` those of other objects by id."""
        self.given, self.package = given, package
        self.told = {given.root: package["CFDocument"], **told}
        self.iris = iris | {id(one): iri for iri, one in self.told.items()}
        self.extensions = self._first_extensions()

    def written(self) -> Written:
        """Return the package with all extensions in place."""
        for iri, ours in self.extensions.items():
            residue.put(self.told[iri], ours)
        named = self._named()
        written = Written(self.package)
        said, objects = self._heard(named, written)
        self._set_aside(written, said, objects)
        return written

    def _first_extensions(self) -> dict[URIRef, Object]:
        """Return what the reader has to know first: whose package it is, and odd IRIs."""
        if not self.given.ours:
            return {}
        found: dict[URIRef, Object] = {
            iri: {"iri": str(iri)} for iri in self.told if uri_of(str(iri)) != str(iri)
        }
        whole: Object = {"written": WHOLE}
        counts = Counter(str(row[2]) for row in self.given.rows if row[1] == _WORDING)
        if counts[str(COMP.Reworded)] > counts[str(COMP.Verbatim)]:
            whole["wording"] = "comp:Reworded"
        root = self.given.root
        return found | {root: whole | found.get(root, {})}

    # ------------------------------------------------------------------ listening to the reader

    def _named(self) -> Named:
        """Return the package as the reader names it; marks of definitions are put back."""
        given = self.given
        made = [one for array in ("CFItemTypes", "CFLicenses") for one in self._array(array)]
        marks = [(one, one["extensions"]) for one in made if "extensions" in one]
        package, options = Package(self.package, ""), Reading(language=given.tag)
        named = name_everything(package, options, Remarks(), str(given.root), self.iris)
        for one, extensions in marks:
            one["extensions"] = extensions
        self._prepare(named.ctx.ends)
        named.ctx.closed = not given.ours
        return named

    def _array(self, name: str) -> list[Object]:
        definitions = self.package.get("CFDefinitions")
        found = definitions.get(name) if isinstance(definitions, dict) else None
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def _prepare(self, ends: dict[URIRef, End]) -> None:
        """Tell the reader what the graph knows of things that only links speak of."""
        for name, title in self.given.titles.items():
            end = URIRef(name)
            if end not in ends and self.given.title(end) is None:
                link = self.given.link(end)
                ends[end] = End(link.get("identifier"), link.get("uri"), title, held=False)
        for thing in self.given.things:
            if isinstance(thing, URIRef) and thing not in ends:
                link = self.given.link(thing)
                ends[thing] = End(
                    link.get("identifier"), link.get("uri"), link["title"], held=False
                )

    def _heard(
        self, named: Named, written: Written
    ) -> tuple[dict[Row, None], dict[URIRef, Object]]:
        """Return the triples that fields give, and the objects; mark what is derived."""
        given = self.given
        title = given.title(given.root) or str(given.root)
        said: dict[Row, None] = {}
        objects: dict[URIRef, Object] = {}
        for thing, found, pieces, _ in Saying(named, File(title, b"", "")).spoken():
            objects.setdefault(thing, found)
            by_field: dict[str, list[Row]] = {}
            for piece in pieces:
                by_field.setdefault(piece[0], []).append(piece[1:])
            wrong = [name for name, rows in by_field.items() if not given.rows.keys() >= {*rows}]
            if wrong:
                marks = {name: residue.digest(found.get(name)) for name in wrong}
                written.derived.setdefault(thing, {}).update(marks)
            for name, rows in by_field.items():
                if name not in wrong and name.partition(".")[0] not in wrong:
                    said.update(dict.fromkeys(rows))
        return said, objects

    # ------------------------------------------------------------------ putting aside

    def _set_aside(
        self, written: Written, said: dict[Row, None], objects: dict[URIRef, Object]
    ) -> None:
        given = self.given
        hidden = self._hidden()
        rows = [row for row in given.rows if row not in said and row not in hidden]
        owner = owners(rows, objects, given.root, self._alignments(rows, objects))
        for row in rows:
            written.aside.setdefault(owner(row[0]), []).append(row)
        name = written.name = blank_names(rows)
        for iri, found in objects.items():
            ours: dict[str, Any] = dict(self.extensions.get(iri, {}))
            if given.ours and COMP.NegativeIndicator in given.values(iri, _TYPE):
                ours["polarity"] = "negative"
            if iri in written.derived:
                ours["derived"] = dict(sorted(written.derived[iri].items()))
            ours |= residue.written(written.aside.get(iri, []), iri, name)
            if ours:
                residue.put(found, ours)

    def _hidden(self) -> set[Row]:
        """Return what is not carried: other frameworks, and the file of CASE that was read."""
        given, root, sources = self.given, self.given.root, set(self.given.sources)
        others = {thing for thing in given.things if self._is_elsewhere(thing)}
        return {
            row
            for row in given.rows
            if row[0] in others
            or row[0] in sources
            or (row[0] == root and row[1] == term("comp:source") and row[2] in sources)
            or (sources and row[1] == SECTION and _is_pointer(row[2]))
        }

    def _is_elsewhere(self, thing: Node) -> bool:
        """Say whether a thing is another framework in the same graph, or a part of one."""
        given, root = self.given, self.given.root
        if COMP.Framework in given.values(thing, _TYPE):
            return thing != root
        inside = given.values(thing, _INSIDE)
        return bool(inside) and root not in inside

    def _alignments(self, rows: list[Row], objects: dict[URIRef, Object]) -> dict[Node, URIRef]:
        """Return the associations that alignments described in the graph belong to."""
        kinds = {term(name): kind for name, kind in RELATIONS}
        found: dict[Node, URIRef] = {}
        for thing, (source, prop, target) in alignment_ends(rows).items():
            kind = kinds.get(URIRef(str(prop)), "")
            iri = URIRef(association_iri(str(source), kind, str(target)))
            if iri in objects:
                found[thing] = iri
        return found


def _is_pointer(node: Node) -> bool:
    return isinstance(node, Literal) and str(node).startswith("/")
