"""What sheets do not carry: they are read again, and what does not come back is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import BNode, URIRef
from rdflib.term import Node

from competency.errors import ConversionError
from competency.exchange.blanks import blank_names
from competency.exchange.case.defining import RUBRICS
from competency.exchange.case.fields import case
from competency.exchange.case.losing import Losing
from competency.exchange.mapping import Loss, Table
from competency.exchange.opensalt.laying import Laying
from competency.exchange.opensalt.packing import Packing
from competency.exchange.opensalt.saying import said
from competency.exchange.terms import Row, short, term
from competency.ontology import COMP

_PLACE = re.compile(r"/.*|.*![A-Z]+\d+|line \d+(?:, column [A-Z]+)?")
NO_RUBRICS = "there is no room for rubrics"
_TYPE, _SOURCE = term("rdf:type"), term("comp:source")


def lost(laying: Laying, packing: Packing, table: Table) -> tuple[Loss, ...]:
    """Return what is in a framework and does not come back out of its sheets, in order.

    Raises ConversionError where sheets cannot hold it: a tree that is deeper than they go.
    """
    if packing.faults:
        raise ConversionError("a table", packing.faults[0].reason)
    source = URIRef(f"{laying.root}/source")  # of the sheets, and of no document
    back = {row for row in said(packing) if source not in row}
    if table.fates["framework"].loses and not laying.is_untitled:
        back = {row for row in back if row[0] != laying.root}
    rows = [row for row in laying.given.rows if row not in back]
    hidden = _Hidden(laying)
    rows = [row for row in rows if not hidden.is_hidden(row)]
    return tuple(dict.fromkeys(_losses(laying, rows, table)))


def _losses(laying: Laying, rows: list[Row], table: Table) -> Iterator[Loss]:
    given, doc = laying.given, laying.doc
    name = blank_names(rows)
    told = {laying.root: doc, **laying.writer.items}
    judge = Losing(given, told, "1.1", name)
    order: dict[Node, int] = {
        thing: place for place, thing in enumerate((laying.root, *laying.items))
    }

    def called(node: Node) -> str:
        return f"_:{name(node)}" if isinstance(node, BNode) else str(node)

    def key(row: Row) -> tuple[int, str, str, str]:
        return order.get(row[0], len(order)), called(row[0]), str(row[1]), called(row[2])

    rubrics = {one for kind in RUBRICS for one in given.by_type.get(case(kind), ())}
    for thing, prop, _ in sorted(rows, key=key):
        why = NO_RUBRICS if thing in rubrics else _why(judge.about(thing), prop, table)
        yield Loss(called(thing), short(str(prop)), why)


def _why(about: str, prop: Node, table: Table) -> str:
    rule = table.rules.get((about, short(str(prop))))
    if rule is None:
        return table.otherwise
    return rule.loses or (f"not in this form: {rule.becomes}" if rule.becomes else table.otherwise)


class _Hidden:
    """Knows what is no loss: other frameworks, the file that was read, and places in it."""

    def __init__(self, laying: Laying) -> None:
        self.given, self.root, self.files = laying.given, laying.root, laying.files

    def is_hidden(self, row: Row) -> bool:
        """Say whether it is no loss that a triple does not come back."""
        thing, prop, value = row
        if thing in self.files or (prop == _SOURCE and value in self.files):
            return True
        if self.files and prop == term("comp:section") and _PLACE.fullmatch(str(value)):
            return True
        silent = (case("lastChangeDateTime"), case("CFDefinitions"), case("title"))
        if prop == term("comp:notStated") and value in silent:
            return True
        return self._is_elsewhere(thing)

    def _is_elsewhere(self, thing: Node) -> bool:
        if COMP.Framework in self.given.values(thing, _TYPE):
            return thing != self.root
        inside = self.given.values(thing, term("comp:inFramework"))
        return bool(inside) and self.root not in inside


def beside(laying: Laying, names: Iterable[str], why: str) -> Iterator[Loss]:
    """Yield what stands in columns that other programs do not know."""
    root, props = (
        str(laying.root),
        {
            "alternativeLabel": "skos:altLabel",
            "subject": "dcterms:subject",
            "licenseURI": "dcterms:license",
        },
    )
    for name in names:
        prop = props.get(name, f"case:{name}")
        if name in ("uri", "licenseURI", "frameworkType"):
            yield Loss(root, prop, why)
            continue
        for iri in laying.items:
            if laying.item(iri, name):
                yield Loss(str(iri), prop, why)


def untitled(laying: Laying, table: Table) -> Iterator[Loss]:
    """Yield that a table says nothing of the framework, unless it is named after a table."""
    why = table.fates["framework"].loses
    if why and not laying.is_untitled:
        yield Loss(str(laying.root), "rdf:type", why)


def created(laying: Laying, wanted: str, borrowed: str) -> Iterator[Loss]:
    """Yield that a creator was made up, where nobody is named."""
    if not laying.given.values(laying.root, term("dcterms:creator")) and laying.doc.get("creator"):
        publisher = laying.given.values(laying.root, term("dcterms:publisher"))
        why = borrowed if publisher else wanted
        yield Loss(str(laying.root), "dcterms:creator", why)
