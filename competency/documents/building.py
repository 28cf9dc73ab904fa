"""From a draft to RDF: the same draft gives the same IRIs and the same triples in the same order.

What the document does not print is said with comp:notStated, what follows from it with
comp:inferred, and what the user typed in with comp:added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS, SKOS, XSD
from rdflib.term import Node

from competency.documents.document import Document, Span, line_ranges
from competency.documents.doubts import find_doubts
from competency.documents.draft import Draft, FrameworkDraft, LevelDraft
from competency.documents.steps import slug
from competency.errors import ParameterError
from competency.ontology import COMP, DEFAULT_BASE, shorten

Row = tuple[URIRef, URIRef, Node]
_IRI_PART = re.compile(r"[^\x00-\x20<>\"{}|^`\\]*")
_ABSOLUTE = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_IRI_PART.pattern}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_LINK = re.compile(r"(https?|urn):")
_MONTHS = "january february march april may june july august september october november december"


@dataclass(frozen=True)
class Options:
    """What the user adds to an import: where its IRIs live, and facts the document lacks.

    ``added`` maps the IRI of a property to the text or IRI that the user typed; ``base_typed``
    says that the base was typed as well, so that a file it is not used for is told of.
    """

    base: str = DEFAULT_BASE
    identifier: str = ""
    language: str = "en"
    added: dict[str, str] = field(default_factory=dict)
    base_typed: bool = False

    def __post_init__(self) -> None:
        """Refuse what no IRI or language tag can be made of, with ParameterError."""
        if not _ABSOLUTE.fullmatch(self.base):
            raise ParameterError("base", f"{self.base!r} is not an absolute IRI")
        if not _IRI_PART.fullmatch(self.identifier):
            raise ParameterError("id", f"{self.identifier!r} cannot be part of an IRI")
        if not _LANGUAGE.fullmatch(self.language):
            raise ParameterError("language", f"{self.language!r} is not a tag such as en or fr-CA")
        for name, value in self.added.items():
            link = _LINK.match(value) or name == str(DCTERMS.license)  # words are no licence
            if link and not _ABSOLUTE.fullmatch(value):
                raise ParameterError(shorten(name), f"{value!r} is not an IRI")


class Builder:
    """Writes one framework; ``rows`` are its triples in reading order, ``found`` its doubts."""

    def __init__(self, document: Document, draft: FrameworkDraft, options: Options) -> None:
        """Take what is to be written; nothing is written yet."""
        self.document, self.draft, self.options = document, draft, options
        self.rows: list[Row] = []
        self.iris: dict[int, URIRef] = {}
        self.written: set[URIRef] = set()
        self.found = find_doubts(draft)
        self.doubts: dict[int, list[str]] = {}
        for doubt in self.found:
            if doubt.kind != "repair":  # repairs have a property of their own
                self.doubts.setdefault(id(doubt.part), []).append(doubt.message)
        self.root = URIRef(options.base + (options.identifier or draft.step))

    def build(self) -> list[Row]:
        """Return all triples: the framework, its source, its levels, its parts."""
        self._name(self.draft, self.root)
        self._framework()
        self._source()
        self._levels()
        for position, part in enumerate(self.draft.parts, 1):
            self._part(part, self.root, position)
        return self.rows

    def _name(self, draft: Draft, iri: URIRef) -> None:
        """Give every part its IRI before any is written, so that links can point ahead."""
        self.iris[id(draft)] = iri
        for part in draft.parts:
            self._name(part, URIRef(f"{iri}/{part.step}"))

    def add(self, subject: URIRef, predicate: URIRef, value: Node | None) -> None:
        """Write a triple, unless there is no value."""
        if value is not None:
            self.rows.append((subject, predicate, value))

    def words(self, span: Span | str) -> Literal | None:
        """Return a text in the language of the document, or None when it is empty."""
        text = span if isinstance(span, str) else span.text
        return Literal(text, lang=self.options.language) if text else None

    # ------------------------------------------------------------------ the framework

    def _framework(self) -> None:
        draft, root = self.draft, self.root
        added = {URIRef(name): value for name, value in self.options.added.items()}
        self.add(root, RDF.type, COMP.Framework)
        title = added.get(RDFS.label, "")
        self.add(root, RDFS.label, self.words(title or draft.label or draft.name))
        self.add(root, DCTERMS.language, Literal(self.options.language))
        self.add(root, COMP.documentType, self.words(draft.document_type))
        self.add(root, COMP.extent, COMP[draft.extent] if draft.extent else None)
        self.add(root, COMP.sector, self.words(draft.sector))
        self.add(root, DCTERMS.issued, date(draft.issued.text))
        self.add(root, COMP.source, URIRef(f"{root}/source"))
        for predicate in sorted(added):
            if predicate != RDFS.label:
                self._added(predicate, added[predicate])
            self.add(root, COMP.added, predicate)
        self._organisations()
        self._codes(draft, root)
        self._place(draft, root)
        self._silence(title)
        self._marks(draft, root)

    def _added(self, predicate: URIRef, value: str) -> None:
        """Write what the user typed; a publisher given by name becomes an organisation."""
        if _LINK.match(value):
            self.add(self.root, predicate, URIRef(value))
        elif predicate == DCTERMS.publisher:
            body = URIRef(f"{self.root}/org/publisher")
            self.add(self.root, predicate, body)
            self.add(body, RDF.type, ORG.Organization)
            self.add(body, RDFS.label, self.words(value))
        else:
            self.add(self.root, predicate, self.words(value))

    def _organisations(self) -> None:
        for number, span in enumerate(self.draft.organisations, 1):
            body = URIRef(f"{self.root}/org/{number}")
            self.add(self.root, COMP.namedOrganisation, body)
            self.add(body, RDF.type, ORG.Organization)
            self.add(body, RDFS.label, self.words(span))

    def _silence(self, title: str) -> None:
        """Say what the document does not say, and what was made up for it."""
        draft, root = self.draft, self.root
        if not draft.label:
            self.add(root, COMP.notStated, RDFS.label)
            self.add(root, COMP.inferred, None if title else RDFS.label)
        for text, predicate in (
            (draft.document_type, COMP.documentType),
            (draft.extent, COMP.extent),
        ):
            self.add(root, COMP.inferred, predicate if text else None)
        silent = {DCTERMS.publisher, DCTERMS.spatial, DCTERMS.license, DCTERMS.description}
        silent |= set() if date(draft.issued.text) is not None else {DCTERMS.issued}
        silent |= set() if draft.sector else {COMP.sector}
        silent |= set() if draft.extent else {COMP.extent}
        for predicate in sorted(silent - set(map(URIRef, self.options.added))):
            self.add(root, COMP.notStated, predicate)

    def _source(self) -> None:
        source = URIRef(f"{self.root}/source")
        self.add(source, RDF.type, COMP.Source)
        self.add(source, RDFS.label, Literal(self.document.name))
        self.add(source, DCTERMS.format, Literal(self.document.media_type))
        self.add(source, COMP.lineCount, Literal(len(self.document.lines)))
        self.add(
            source, COMP.sha256, Literal(self.document.sha256) if self.document.sha256 else None
        )
        for number, item in enumerate(self.draft.left_out, 1):
            omission = URIRef(f"{source}/left-out/{number}")
            self.add(source, COMP.omission, omission)
            self.add(omission, RDF.type, COMP.Omission)
            self.add(omission, COMP.reason, Literal(item.reason, lang="en"))
            self.add(omission, COMP.lines, Literal(line_ranges(item.span.numbers)))

    def _levels(self) -> None:
        if not self.draft.levels:
            return
        scale = URIRef(f"{self.root}/scale")
        self.add(scale, RDF.type, COMP.LevelScale)
        self.add(scale, RDFS.label, Literal(self.draft.scale_name or "Levels", lang="en"))
        self.add(scale, COMP.inferred, RDFS.label)
        self.add(scale, COMP.notStated, COMP.cumulative)
        for level in self.draft.levels:
            self._level(level, scale)

    def _level(self, level: LevelDraft, scale: URIRef) -> None:
        iri = URIRef(f"{scale}/{level.step}")
        self.add(iri, RDF.type, COMP.Level)
        self.add(iri, RDFS.label, self.words(level.label) or Literal(level.name, lang="en"))
        self.add(iri, COMP.inferred, None if level.label else RDFS.label)
        self.add(iri, COMP.inScale, scale)
        self.add(iri, COMP.rank, None if level.rank is None else Literal(level.rank))
        self.add(iri, COMP.notStated, COMP.rank if level.rank is None else None)
        if level.above:
            self.add(iri, COMP.higherThan, URIRef(f"{scale}/{level.above.step}"))

    # ------------------------------------------------------------------ the parts

    def _part(self, draft: Draft, parent: URIRef, position: int) -> None:
        iri = self.iris[id(draft)]
        self.add(iri, RDF.type, COMP[draft.kind])
        self.add(iri, COMP.inFramework, self.root)
        self.add(iri, COMP.partOf, parent)
        self.add(iri, COMP.position, Literal(position))
        self.add(iri, COMP.enumeration, _plain(draft.enumeration))
        self.add(iri, RDFS.label, self.words(draft.label or draft.name))
        self.add(iri, COMP.inferred, RDFS.label if draft.name and not draft.label else None)
        self.add(iri, COMP.text, self.words(draft.text))
        self.add(iri, COMP.wording, COMP.Verbatim if draft.text else None)
        self.add(iri, COMP.isEmpty, Literal(True) if draft.empty else None)
        self._codes(draft, iri)
        self._standing(draft, iri)
        self._place(draft, iri)
        self._marks(draft, iri)
        for number, part in enumerate(draft.parts, 1):
            self._part(part, iri, number)

    def _codes(self, draft: Draft, iri: URIRef) -> None:
        if draft.kind == "UnitOfCompetency" and not draft.codes:
            self.add(iri, COMP.notStated, COMP.code)
        for number, code in enumerate(draft.codes, 1):
            node = URIRef(f"{iri}/code/{number}")
            self.add(iri, COMP.code, node)
            self.add(node, RDF.type, COMP.Code)
            self.add(node, SKOS.notation, _plain(code.notation))
            if not code.issuer:
                self.add(node, COMP.notStated, COMP.issuedBy)
                continue
            body = URIRef(f"{self.root}/org/{slug(code.issuer.text)}")
            self.add(node, COMP.issuedBy, body)
            self.add(node, COMP.inferred, COMP.issuedBy if code.issuer_inferred else None)
            if body not in self.written:
                self.written.add(body)
                self.add(body, RDF.type, ORG.Organization)
                self.add(body, RDFS.label, self.words(code.issuer))

    def _standing(self, draft: Draft, iri: URIRef) -> None:
        """Write levels, credit, lead-in, what it assesses, and other places of print."""
        if draft.level:
            self.add(iri, COMP.atLevel, URIRef(f"{self.root}/scale/{draft.level.step}"))
            self.add(iri, COMP.inferred, COMP.atLevel if draft.level_inferred else None)
        if draft.qualification_level:
            self._qualification_level(draft, iri)
        if draft.credit:
            self._credit(draft, iri)
        self.add(iri, COMP.leadIn, self.iris[id(draft.lead_in)] if draft.lead_in else None)
        for relation, target in draft.assesses:
            self.add(iri, COMP[relation], self.iris[id(target)])
        self.add(iri, COMP.aspect, COMP[draft.aspect] if draft.aspect else None)
        self.add(iri, COMP.inferred, COMP.aspect if draft.aspect else None)
        for number, item in enumerate(draft.occurrences, 1):
            node = URIRef(f"{iri}/occurrence/{number}")
            self.add(iri, COMP.occurrence, node)
            self.add(node, RDF.type, COMP.Occurrence)
            self.add(node, RDFS.label, self.words(item.label))
            self.add(node, COMP.listName, Literal(item.list_name, lang="en"))
            self.add(node, COMP.position, None if item.position is None else Literal(item.position))
            self.add(node, COMP.lines, Literal(line_ranges(item.label.numbers)))
        self.add(iri, COMP.inferred, COMP.occurrence if draft.occurrence_inferred else None)

    def _qualification_level(self, draft: Draft, iri: URIRef) -> None:
        """Write the step of an outside scale that the document names and does not describe."""
        printed = draft.qualification_level.text
        scale, rank = URIRef(f"{self.root}/qualification-levels"), re.search(r"\d+", printed)
        level = URIRef(f"{scale}/{slug(printed)}")
        self.add(iri, COMP.qualificationLevel, level)
        if level in self.written:
            return
        self.written.add(level)
        self.add(scale, RDF.type, COMP.LevelScale)
        self.add(scale, RDFS.label, Literal("Qualification levels", lang="en"))
        self.add(scale, COMP.inferred, RDFS.label)
        self.add(scale, COMP.notStated, COMP.cumulative)
        self.add(level, RDF.type, COMP.Level)
        self.add(
            level, RDFS.label, self.words(f"Level {printed}" if printed.isdigit() else printed)
        )
        self.add(level, COMP.inScale, scale)
        self.add(
            level,
            COMP.rank if rank else COMP.notStated,
            Literal(int(rank[0])) if rank else COMP.rank,
        )
        self.add(level, COMP.lines, Literal(line_ranges(draft.qualification_level.numbers)))

    def _credit(self, draft: Draft, iri: URIRef) -> None:
        credit, node = draft.credit, URIRef(f"{iri}/credit")
        if credit is None:
            return
        self.add(iri, COMP.credit, node)
        self.add(node, RDF.type, COMP.Credit)
        number = re.search(r"\d+(?:\.\d+)?", credit.value.text)
        if number:
            datatype = XSD.decimal if "." in number[0] else XSD.integer
            self.add(node, COMP.creditValue, Literal(number[0], datatype=datatype))
        self.add(node, COMP.creditQualifier, self.words(credit.qualifier))
        self.add(node, COMP.notStated, COMP.creditScheme)
        self.add(node, COMP.lines, Literal(line_ranges((credit.value + credit.qualifier).numbers)))

    def _place(self, draft: Draft, iri: URIRef) -> None:
        """Write the lines and pages on which a part itself is printed."""
        own = [draft.label, draft.text, draft.enumeration, *draft.also]
        own += [code.notation for code in draft.codes]
        numbers = {number for span in own for number in span.numbers}
        if numbers:
            self.add(iri, COMP.lines, Literal(line_ranges(numbers)))
        for page in sorted(
            {self.document.pages[n - 1] for n in numbers} if self.document.pages else ()
        ):
            self.add(iri, COMP.page, Literal(page) if page else None)

    def _marks(self, draft: Draft, iri: URIRef) -> None:
        for name in sorted(draft.repairs):
            self.add(iri, COMP.repair, COMP[name])
        for message in self.doubts.get(id(draft), ()):
            self.add(iri, COMP.doubt, Literal(message, lang="en"))


def date(text: str) -> Literal | None:
    """Return a printed date with the precision it has, or None where it is none.

    >>> date("September 2012")
    rdflib.term.Literal('2012-09', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#gYearMonth'))
    """
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    if not year:
        return None
    month = next(
        (
            n
            for n, name in enumerate(_MONTHS.split(), 1)
            if re.search(rf"\b{name[:3]}(?:{name[3:]})?\b", text.lower())
        ),
        None,
    )
    day = re.search(r"\b([0-3]?\d)(?:st|nd|rd|th)?\b(?!\d)", text.replace(year[0], " "))
    if month and day and 1 <= int(day[1]) <= 31:
        return Literal(f"{year[0]}-{month:02}-{int(day[1]):02}", datatype=XSD.date, normalize=False)
    if month:
        return Literal(f"{year[0]}-{month:02}", datatype=XSD.gYearMonth, normalize=False)
    return Literal(year[0], datatype=XSD.gYear, normalize=False)


def _plain(span: Span) -> Literal | None:
    text = span.text.strip("().").strip()
    return Literal(text) if text else None
