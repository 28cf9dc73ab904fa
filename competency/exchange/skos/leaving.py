"""SKOS in: what our vocabulary has no term for stays on its subject, in the terms of the file."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Literal
from rdflib.term import Node

from competency.exchange.imported import Kept, Remark
from competency.exchange.skos.scheme_builder import SchemeBuilder
from competency.exchange.skos.statements import Statements
from competency.exchange.terms import short, term
from competency.ontology import COMP

_LABEL = term("rdfs:label")
# What our frameworks say with the same terms; nobody has to be told that it stays.
_SHARED = {
    *(f"dcterms:{name}" for name in (
        "title", "description", "language", "rights", "license", "publisher", "issued", "modified",
        "created", "spatial", "creator", "subject")),
    *(f"skos:{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
    "skos:broader", "skos:topConceptOf", "owl:versionInfo",
}  # fmt: skip


class Leaver:
    """Leaves triples as they are, and remembers what was left, once for each property."""

    def __init__(
        self, statements: Statements, builder: SchemeBuilder, remarks: list[Remark]
    ) -> None:
        """Prepare to leave triples in the framework of ``builder``."""
        self.st, self.builder, self.remarks = statements, builder, remarks
        self._kept: dict[tuple[Node, bool], tuple[Node, int]] = {}
        self._repeated: list[Node] = []

    def rest(self, subject: Node) -> None:
        """Leave what has not been said of a part or the framework."""
        for prop, value in self.st.left(subject):
            if prop == _LABEL:
                self._label(subject, value)
            elif str(prop).startswith(str(COMP)) and self.builder.said_of(subject, prop):
                what = f"{short(str(prop))} is said by the place of the concept; this is left out"
                self.remarks.append(Remark(Kept.dropped, str(subject), what))
            else:
                self.keep(subject, prop, value)

    def keep(self, subject: Node, prop: Node, value: Node) -> None:
        """Leave one triple as it is."""
        self.builder.add(subject, str(prop), value)
        key = (prop, isinstance(value, Literal) and not str(value).strip())
        first, count = self._kept.get(key, (subject, 0))
        self._kept[key] = (first, count + 1)

    def others(self, nodes: Iterable[Node]) -> None:
        """Leave what is said of things that are neither concepts nor schemes."""
        for node in nodes:
            for prop, value in self.st.left(node):
                self.keep(node, prop, value)

    def finish(self) -> None:
        """Say what was left."""
        for (prop, empty), (first, count) in self._kept.items():
            name = short(str(prop))
            if name not in _SHARED or empty:
                what = f"{name} is empty, and stays so" if empty else f"{name} stays as it is"
                what += f" ({count} times)" if count > 1 else ""
                self.remarks.append(Remark(Kept.aside, str(first), what))
        if self._repeated:
            what = "rdfs:label says again what the preferred label or the title says"
            more = f" ({len(self._repeated)} times)" if len(self._repeated) > 1 else ""
            self.remarks.append(Remark(Kept.dropped, str(self._repeated[0]), what + more))

    def _label(self, subject: Node, value: Node) -> None:
        """Leave an rdfs:label: it is the title already, or another name."""
        titles = {str(text) for text in self.builder.said_of(subject, _LABEL)}
        if str(value) in titles or not isinstance(value, Literal):
            self._repeated.append(subject)
            return
        self.builder.add(subject, "skos:altLabel", value)
        what = "rdfs:label is not the preferred label; it is kept as an alternative label"
        self.remarks.append(Remark(Kept.odd, str(subject), what))
