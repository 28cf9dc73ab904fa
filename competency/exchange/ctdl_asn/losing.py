"""What a graph of CTDL-ASN does not carry, out of the table; what it carries is no loss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.ctdl_asn.commenting import COMMENT, COMMENTED, Commenting
from competency.exchange.ctdl_asn.context import compact, full
from competency.exchange.ctdl_asn.foreign import Foreign
from competency.exchange.ctdl_asn.given import (
    COMPETENCIES,
    CRITERION_LEVEL,
    RUBRIC,
    is_comment,
    is_made,
    is_told,
    role_of,
)
from competency.exchange.ctdl_asn.table import TABLE
from competency.exchange.entry import Entry, Thing
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.terms import Row, short, term

# What reading a file says by itself, and says again when the file is read that was written.
_PLACE = re.compile(r"/|line \d|<")
_SILENT = {
    term(name)
    for name in (
        "comp:cumulative", "comp:extent", "comp:issuedBy", "comp:rank", "dcterms:description",
        "dcterms:issued", "dcterms:language", "dcterms:license", "dcterms:publisher", "rdfs:label",
    )
}  # fmt: skip
_FILE = ("rdfs:label", "dcterms:format", "comp:sha256")
_STRUCTURE = {"comp:atLevel", "comp:inFramework", "comp:isEmpty", "comp:partOf", "comp:position",
              "comp:text"}  # fmt: skip

_TEXTS = ("ceasn:competencyText", "ceasn:description", "ceasn:benchmarkText")
_NEGATIVES = ("negative", "negatives")


def changed(outline: Outline, rows: Iterable[Row]) -> Iterator[Loss]:
    """Yield what goes out, though not so that it comes back as what it is."""
    texts: dict[Node, set[tuple[str, str]]] = {}
    for subject, prop, value in rows:
        texts.setdefault(subject, set())
        if compact(str(prop)) in _TEXTS:
            texts[subject] |= {_in_language(value), (str(value), "")}
    for entry in outline.entries:
        said = texts.get(entry.node)
        if said is None:
            continue
        name = "dcterms:description" if entry.role == "framework" else "comp:text"
        if not said.issuperset(map(_in_language, entry.texts(name))):
            yield Loss(entry.iri, name, "other words stand before or behind it, in one text")
        yield from _moved(entry)
        untold = not is_told(outline) and entry.role == "requirement"
        if untold and entry.values("rdfs:label") and not entry.values("comp:text"):
            why = "there is no text, so that the title stands in its place"
            yield Loss(entry.iri, "rdfs:label", why)


def _in_language(text: Node) -> tuple[str, str]:
    language = text.language if isinstance(text, Literal) else None
    return str(text), (language or "").lower()


def _moved(entry: Entry) -> Iterator[Loss]:
    """Yield that a part stands under another than its parent, as that is none of its kind here."""
    above, role = entry.parent, role_of(entry)
    over = role_of(above) if above is not None else "framework"
    if role in COMPETENCIES and over not in (*COMPETENCIES, "framework"):
        yield Loss(entry.iri, "comp:partOf", "it stands under the competency above that")
    elif role == "assessment" and over != "assessments":
        yield Loss(entry.iri, "comp:partOf", "a rubric is made up that holds it")
    elif role == "assessments" and not entry.kind.endswith("#Group"):
        yield Loss(entry.iri, "rdf:type", "as a rubric it comes back as a group")


class Losing:
    """Judges what a table says is lost of one framework."""

    def __init__(self, outline: Outline, foreign: Foreign, joined: set[str]) -> None:
        """Look at a framework; ``joined`` are the things some of whose texts were put together."""
        self.outline, self.foreign, self.joined = outline, foreign, joined
        self.told = is_told(outline)
        prop = URIRef(full(COMMENT))
        self.commenting = Commenting(row[2] for row in foreign.rows if row[1] == prop)

    def losses(self, more: Iterable[Loss]) -> list[Loss]:
        """Return what is lost; ``more`` was met while the view was made."""
        found = []
        for loss in (*TABLE.losses(self.outline), *more):
            entry = self.outline.entry(loss.part)
            if self.foreign.carries(loss.part, loss.property) or self._is_moot(entry, loss):
                continue
            found.append(loss)
        return [*found, *self._of_negatives()]

    def _is_moot(self, entry: Entry | None, loss: Loss) -> bool:
        """Say whether a loss is none after all, as the thing goes out in another way."""
        if entry is not None and entry.role in _NEGATIVES and role_of(entry) != entry.role:
            return True  # judged anew as what it goes out as
        if not self.told:
            return False
        if loss.property == "comp:inferred" and is_made(self.outline.top):
            return True  # said in other words
        thing = entry or self.outline.thing(URIRef(loss.part))
        return self._is_said_again(thing, entry, loss.property)

    def _is_said_again(self, thing: Thing, entry: Entry | None, name: str) -> bool:
        values = thing.values(name)
        if name == "comp:section":
            return all(_PLACE.match(str(value)) for value in values)
        if name in COMMENTED:
            holder = entry.parent if entry is not None and is_comment(entry) else thing
            kept = self.foreign.values(holder.node, COMMENT) if holder is not None else []
            return self.commenting.says(name, values, kept)
        if name in ("comp:notStated", "comp:inferred"):
            return _SILENT.issuperset(values)
        if term("comp:Source") in thing.values("rdf:type"):
            return self._is_of_file(thing, name)
        if entry is None:
            return False
        if is_comment(entry):
            above = entry.parent
            return above is not None and above.iri not in self.joined
        if CRITERION_LEVEL in entry.types:
            return name in _STRUCTURE or name == "rdf:type"
        special = RUBRIC in entry.types or entry.role == "assessment"
        plain = name in ("comp:isEmpty", "skos:relatedMatch")  # a minor alignment comes back so
        return plain or (special and name in _STRUCTURE)

    def _is_of_file(self, source: Thing, name: str) -> bool:
        """Say whether a source is but the file that was read, or a link without a title."""
        if source.iri == f"{self.outline.framework}/source":
            return name in _FILE
        return name == "rdfs:label" and source.values(name) == (Literal(source.iri),)

    def _of_negatives(self) -> list[Loss]:
        """Return what is lost of unhelpful behaviours that go out, by the rules for parts."""
        found = []
        for entry in self.outline.entries:
            if entry.role not in _NEGATIVES or role_of(entry) == entry.role:
                continue
            for iri in sorted(entry.about):
                name = short(iri)
                rule = TABLE.rules.get(("part", name))
                why = TABLE.otherwise if rule is None else rule.loses
                kept = self.foreign.carries(entry.iri, name) or name == "rdf:type"
                if why and not kept and not self._is_said_again(entry, entry, name):
                    found.append(Loss(entry.iri, name, why))
        return found
