"""Objects of CASE out of a graph: the document and the items."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from rdflib import Literal, URIRef
from rdflib.term import Node

from competency.exchange.case.context import Object
from competency.exchange.case.describing import ITEM_TYPE
from competency.exchange.case.fields import FIELDS, case
from competency.exchange.case.given import Given
from competency.exchange.case.identifiers import minted, uri_of
from competency.exchange.case.kinds import label_of_kind, vocabulary
from competency.exchange.case.values import links_of, texts_of
from competency.exchange.leadins import opened
from competency.exchange.outline import Outline
from competency.exchange.terms import term
from competency.graph import KnowledgeGraph
from competency.ontology import COMP

_LABEL, _TEXT = term("rdfs:label"), term("comp:text")
_NOBODY = "Not stated"
_EMPTY = "left empty in the source"
_LEFT = ("CFPackage", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics",
         "CFConcepts", "CFSubjects", "CFLicenses", "CFItemTypes", "CFAssociationGroupings",
         "CFRubricCriteria", "CFRubricCriterionLevels")  # fmt: skip
_ALWAYS = ("identifier", "uri", "lastChangeDateTime", "extensions", *_LEFT)


class Teller:
    """Tells the things of one framework as objects of CASE."""

    def __init__(self, given: Given, graph: KnowledgeGraph) -> None:
        """Look at a graph, and at the knowledge graph that holds it."""
        self.given, self.graph = given, graph
        self.iris: dict[int, URIRef] = {}  # of the objects that were told, by their id

    @cached_property
    def outline(self) -> Outline:
        """Return the outline of the framework."""
        return Outline(self.graph, str(self.given.root))

    def whole(self, thing: URIRef, kind: str, found: Object, tag: str) -> Object:
        """Return an object in a stable order of fields, with what every object has."""
        given = self.given
        fields = {**given.identity(thing), **found, **given.fields(thing, kind, tag)}
        fields["lastChangeDateTime"] = given.changed(thing)
        fields["extensions"] = given.stated(thing, "extensions")
        fields |= given.unknown(thing, [*_ALWAYS, *found, *(known.name for known in FIELDS[kind])])
        return {name: value for name, value in fields.items() if value is not None}

    # ------------------------------------------------------------------ the document

    def document(self) -> Object:
        """Return the CFDocument."""
        given, root = self.given, self.given.root
        found: Object = {
            "creator": self._creator(),
            "title": self._document_title(),
            "publisher": self._body("publisher"),
            "officialSourceURL": given.stated(root, "officialSourceURL", self._official()),
            "language": self._language(),
        }
        whole = self.whole(root, "CFDocument", found, given.tag)
        if given.ours:
            whole.setdefault("caseVersion", "1.1")
            whole.setdefault("statusStartDate", self._start())
            whole.setdefault("notes", self._rights())
        return {name: value for name, value in whole.items() if value is not None}

    def _document_title(self) -> Any:
        given = self.given
        if given.not_stated(given.root, case("title")) and not given.ours:
            return None
        return given.stated(given.root, "title", given.title(given.root) or str(given.root))

    def _body(self, name: str) -> Any:
        """Return the name of the creator or the publisher."""
        given = self.given
        kept = given.stated(given.root, name)
        if kept is not None:
            return kept
        for value in given.steady(given.root, term(f"dcterms:{name}")):
            names = given.values(value, _LABEL) or given.values(value, term("foaf:name"))
            texts = texts_of([value] if isinstance(value, Literal) else names, given.tag)
            if texts and texts[0].strip():
                return texts[0]
        return None

    def _creator(self) -> Any:
        """Return the creator, which CASE wants: else the publisher, else that nobody is named."""
        name = self._body("creator")
        if name is not None or not self.given.ours:
            return name
        name = self._body("publisher")
        return name if isinstance(name, str) else _NOBODY

    def _official(self) -> str | None:
        """Return the address of the source, where it is one of its own."""
        given, inside = self.given, (f"{self.given.root}/", f"{self.given.root}#")
        found = links_of(given.values(given.root, term("comp:source")))
        return next((uri_of(str(one)) for one in found if not str(one).startswith(inside)), None)

    def _language(self) -> Any:
        given, said = self.given, term("dcterms:language")
        guessed = given.not_stated(given.root, said) and given.has(
            given.root, "comp:inferred", said
        )
        if guessed and not given.ours:
            return given.stated(given.root, "language")
        stated = [text for text in given.languages if text.lower() == given.tag]
        usual = next(iter(stated or given.languages[:1]), given.tag)
        return given.stated(given.root, "language", usual)

    def _start(self) -> str | None:
        names, kind = ("dcterms:issued", "dcterms:valid"), term("xsd:date")
        dates = [node for name in names for node in self.given.values(self.given.root, term(name))]
        found = (str(node) for node in dates if isinstance(node, Literal) and node.datatype == kind)
        return next((text for text in found if len(text) == len("2012-09-30")), None)

    def _rights(self) -> str | None:
        texts = texts_of(self.given.values(self.given.root, term("dcterms:rights")), self.given.tag)
        return "\n".join(text for text in texts if text.strip()) or None

    # ------------------------------------------------------------------ items

    def item(self, iri: URIRef) -> Object:
        """Return the CFItem of a part, a level or a scale."""
        given = self.given
        tag = given.tag_for(iri)
        full, short = self._statements(iri, tag)
        label, link = self._type(iri)
        found: Object = {
            "fullStatement": full,
            "abbreviatedStatement": short,
            "CFItemType": label,
            "CFItemTypeURI": link,
            "humanCodingScheme": given.stated(iri, "humanCodingScheme", self._code(iri)),
            "language": given.stated(iri, "language", tag if tag != given.tag else None),
        }
        whole = self.whole(iri, "CFItem", found, tag)
        if given.ours:
            more = {"alternativeLabel": self._other(iri, tag, (full, short)),
                    "educationLevel": self._education(iri),
                    "notes": self._description(iri, tag)}  # fmt: skip
            whole |= {k: v for k, v in more.items() if v is not None and k not in whole}
        return whole

    def _statements(self, iri: URIRef, tag: str) -> tuple[Any, Any]:
        """Return the full statement and the short one."""
        given = self.given
        label, text = self.text(iri, _LABEL, tag), self.text(iri, _TEXT, tag)
        if given.ours and text is not None:
            text = self._opened(iri, tag) or text
        short = label if text is not None or self._unsaid(iri) else None
        full = text if text is not None else label
        if full is None and given.ours:
            full = _EMPTY
        return (
            given.stated(iri, "fullStatement", full),
            given.stated(iri, "abbreviatedStatement", short),
        )

    def _unsaid(self, iri: URIRef) -> bool:
        """Say whether the file of CASE had a full statement that says nothing, or none."""
        values = self.given.values(iri, case("fullStatement"))
        value = self.given.stated(iri, "fullStatement")
        said = isinstance(value, str) and bool(value.strip())
        return not said and (bool(values) or self.given.not_stated(iri, case("fullStatement")))

    def text(self, iri: URIRef, prop: URIRef, tag: str) -> str | None:
        """Return the text of a property in a language, or what there is of it."""
        values = self.given.values(iri, prop)
        mine = [v for v in values if isinstance(v, Literal) and (v.language or "") == tag]
        texts = texts_of(mine) or (texts_of(values) if self.given.ours else [])
        return next((text for text in texts if text.strip()), None)

    def _opened(self, iri: URIRef, tag: str) -> str | None:
        """Return the text behind the words that open it; without lead-ins no outline is made."""
        if not self._leads:
            return None
        entry = self.outline.entry(str(iri))
        found = opened(entry) if entry is not None else []
        return next((str(text) for text in found if (text.language or "") == tag), None)

    @cached_property
    def _leads(self) -> bool:
        """Say whether anything in the framework has words that open it."""
        lead = term("comp:leadIn")
        return any(lead in self.given.about(thing) for thing in self.given.things)

    def _type(self, iri: URIRef) -> tuple[Any, Any]:
        """Return the type of an item as a label and as a link."""
        given = self.given
        kind, label, type_ = self.kind(iri)
        link: Any = _type_link(type_, label)
        if not given.ours:
            absent = given.not_stated(iri, case("CFItemType")) and kind == "Competency"
            link = None
        else:
            absent = False
        usual = None if absent else label
        if given.values(iri, case("CFItemType")):
            usual = given.stated(iri, "CFItemType")
        kept = given.field(iri, ITEM_TYPE, given.tag)
        return usual, link if kept is None else kept

    def kind(self, iri: URIRef) -> tuple[str, str, URIRef]:
        """Return the class of a part: the local name of ours, its label, and its IRI."""
        types = sorted(links_of(self.given.values(iri, term("rdf:type"))))
        ours = vocabulary().kind_of(set(map(str, types)))
        name = (ours or "").removeprefix(str(COMP))
        label = label_of_kind(name)
        if label is not None:
            return name, label, COMP[name]
        foreign = next((one for one in types if not one.startswith(str(COMP))), COMP.Part)
        return name, self.type_title(foreign), foreign

    def type_title(self, iri: URIRef) -> str:
        """Return what a class of others is called: its title, else the end of its IRI."""
        end = str(iri).rstrip("/#").rpartition("#")[2].rpartition("/")[2]
        return self.given.title(iri) or end or str(iri)

    def _code(self, iri: URIRef) -> str | None:
        """Return the first code: of the body that also coded the framework, if one of them is."""
        given = self.given
        nodes = given.steady(iri, term("comp:code"))
        nodes.sort(key=lambda node: self._bodies.isdisjoint(self._issuers(node)))
        found = (texts_of(given.values(node, term("skos:notation"))) for node in nodes)
        return next((texts[0] for texts in found if texts), None)

    def _issuers(self, code: Node) -> list[Node]:
        return self.given.values(code, term("comp:issuedBy"))

    @cached_property
    def _bodies(self) -> set[Node]:
        codes = self.given.values(self.given.root, term("comp:code"))
        return {body for code in codes for body in self._issuers(code)}

    def _other(self, iri: URIRef, tag: str, said: Iterable[Any]) -> str | None:
        """Return another wording in which a part is printed."""
        nodes = self.given.steady(iri, term("comp:occurrence"))
        labels = [self._text_of(node, tag) for node in nodes]
        return next((label for label in labels if label and label not in said), None)

    def _text_of(self, node: Node, tag: str) -> str | None:
        for prop in (_LABEL, _TEXT):
            texts = texts_of(self.given.values(node, prop), tag)
            if texts:
                return texts[0]
        return None

    def _education(self, iri: URIRef) -> list[str] | None:
        levels = links_of(self.given.values(iri, term("comp:qualificationLevel")))
        return sorted({title for level in levels if (title := self.given.title(level))}) or None

    def _description(self, iri: URIRef, tag: str) -> str | None:
        texts = texts_of(self.given.values(iri, term("dcterms:description")), tag)
        return next((text for text in texts if text.strip()), None)

    # ------------------------------------------------------------------ definitions

    def defined(self, iri: URIRef, kind: str) -> Object:
        """Return a concept, subject, licence, item type or grouping that came from CASE."""
        found = self.whole(iri, kind, {}, self.given.tag)
        self.iris[id(found)] = iri
        return found


def _type_link(iri: URIRef, title: str) -> Object:
    return {"title": title, "identifier": minted(str(iri)), "uri": uri_of(str(iri))}
