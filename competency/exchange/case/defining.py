"""Definitions and rubrics of CASE out of a graph, and what a file held that is no object."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rdflib import URIRef

from competency.exchange.case import residue
from competency.exchange.case.context import Object
from competency.exchange.case.fields import DEFINITIONS, EXTENSION, case
from competency.exchange.case.identifiers import minted, uri_of
from competency.exchange.case.kinds import definition_of, label_of_kind
from competency.exchange.case.naming import bare
from competency.exchange.case.rubrics import LAYERS, kind_below
from competency.exchange.case.telling import Teller
from competency.exchange.case.values import from_json, links_of, plain_value, texts_of
from competency.exchange.terms import term
from competency.ontology import COMP

RUBRICS = ("CFRubric", "CFRubricCriterion", "CFRubricCriterionLevel")


class Definer:
    """Tells what a package defines beside its items."""

    def __init__(self, teller: Teller) -> None:
        """Look at the same graph as a teller."""
        self.teller, self.given = teller, teller.given

    def definitions(self, items: Iterable[URIRef]) -> Object:
        """Return the CFDefinitions: those from CASE, and those that the items need."""
        given, found = self.given, dict[str, list[Object]]()
        for array, kind in DEFINITIONS.items():
            nodes = given.by_type.get(case(kind), ())
            found[array] = [self.teller.defined(iri, kind) for iri in nodes]
        if given.ours:
            things = [*items]
            for array, made in (
                ("CFItemTypes", self._types(things)),
                ("CFLicenses", self._licences(things)),
            ):
                known = {one.get("uri") for one in found[array]}
                found[array] += [_marked(one) for one in made if one["uri"] not in known]
        return {array: objects for array, objects in found.items() if objects}

    def _types(self, items: list[URIRef]) -> list[Object]:
        """Return the CFItemTypes of the classes that items have as their type."""
        named = case("CFItemTypeURI")
        kinds = {self.teller.kind(iri)[2] for iri in items if not self.given.values(iri, named)}
        return [self._type(iri) for iri in sorted(kinds)]

    def _type(self, iri: URIRef) -> Object:
        name = str(iri).removeprefix(str(COMP))
        if label_of_kind(name):
            title, description, place = definition_of(name)
        else:
            title = self.teller.type_title(iri)
            about = texts_of(self.given.values(iri, term("dcterms:description")), self.given.tag)
            description, place = next(iter(about), title), "99"
        return self._made(
            iri, title=title, description=description, hierarchyCode=place, typeCode=short_name(iri)
        )

    def _licences(self, items: list[URIRef]) -> list[Object]:
        said = term("dcterms:license")
        found = {
            end
            for one in (self.given.root, *items)
            for end in links_of(self.given.values(one, said))
        }
        return [self._licence(iri) for iri in sorted(found)]

    def _licence(self, iri: URIRef) -> Object:
        given = self.given
        rights = texts_of(given.values(given.root, term("dcterms:rights")), given.tag)
        about = texts_of(given.values(iri, term("dcterms:description")), given.tag)
        title = given.title(iri) or str(iri)
        return self._made(iri, title=title, licenseText=next(iter(about or rights), title))

    def _made(self, iri: URIRef, **fields: str) -> Object:
        named: Object = {"identifier": minted(str(iri)), "uri": uri_of(str(iri))}
        return named | fields | {"lastChangeDateTime": self.given.modified}

    # ------------------------------------------------------------------ rubrics

    def rubrics(self) -> list[Object]:
        """Return the rubrics that came from CASE, in order."""
        given, above = self.given, term("comp:partOf")
        below: dict[URIRef, list[URIRef]] = {}
        for kind in RUBRICS[1:]:
            for iri in given.by_type.get(case(kind), ()):
                for parent in links_of(given.values(iri, above))[:1]:
                    below.setdefault(parent, []).append(iri)
        for children in below.values():
            children.sort(key=given.place)
        tops = sorted(given.by_type.get(case(RUBRICS[0]), ()), key=given.place)
        return [self._rubric(top, RUBRICS[0], below) for top in tops]

    def _rubric(self, iri: URIRef, kind: str, below: dict[URIRef, list[URIRef]]) -> Object:
        given, teller = self.given, self.teller
        title, array = LAYERS[kind][1:]
        found: Object = {
            title: given.stated(iri, title, teller.text(iri, term("rdfs:label"), given.tag)),
            "description": given.stated(
                iri, "description", teller.text(iri, term("comp:text"), given.tag)
            ),
        }
        if kind == "CFRubricCriterion":
            found["CFItemURI"] = self._assessed(iri)
        if kind != RUBRICS[0]:
            position = given.values(iri, term("comp:position"))
            usual = plain_value(position[0]) if position else None
            found["position"] = given.stated(iri, "position", usual)
        whole = teller.whole(iri, kind, found, given.tag)
        lower = kind_below(kind)
        if lower:
            children = [self._rubric(child, lower, below) for child in below.get(iri, ())]
            value = self._with_others(iri, array, children)
            whole |= {array: value} if value != [] else {}
        teller.iris[id(whole)] = iri
        return whole

    def _assessed(self, iri: URIRef) -> Any:
        given = self.given
        values = given.values(iri, case("CFItemURI"))
        kept, value = from_json(values)
        ends = links_of(values) or links_of(given.values(iri, term("comp:assesses")))
        if kept:
            return value
        if ends and not (values and not links_of(values)):
            return given.link(ends[0])
        return plain_value(values[0]) if values else None

    # ------------------------------------------------------------------ leftovers

    def _with_others(self, thing: URIRef, array: str, objects: list[Object]) -> Any:
        """Return an array of objects with what stood in it that is none."""
        kept, value = from_json(self.given.values(thing, case(array)))
        if not kept:
            return objects
        return [*objects, *value] if isinstance(value, list) else value

    def with_leftovers(self, package: Object) -> Object:
        """Return a package with what a file of CASE held that is none of its objects."""
        given, root, name = self.given, self.given.root, "CFDefinitions"
        found = dict(package)
        for array in ("CFItems", "CFAssociations", "CFRubrics"):
            found[array] = self._with_others(root, array, found[array])
        for array in DEFINITIONS:
            if value := self._with_others(root, array, found[name].get(array, [])):
                found[name][array] = value
        kept, value = from_json(given.values(root, case(name)))
        if kept:
            found[name] = found[name] | value if isinstance(value, dict) else value[0]
        kept, value = from_json(given.values(root, case("CFPackage")))
        found |= value if kept and isinstance(value, dict) else {}
        if given.not_stated(root, case(name)) and not found[name]:
            del found[name]
        if found["CFRubrics"] == []:
            del found["CFRubrics"]
        return found


def _marked(found: Object) -> Object:
    """Return a definition with the mark that it follows from what the framework says."""
    return found | {"extensions": {EXTENSION: {"made": residue.digest(bare(found))}}}


def short_name(iri: URIRef) -> str:
    """Return the end of an IRI.

    >>> short_name(URIRef("https://example.org/kinds#Chapter"))
    'Chapter'
    """
    return str(iri).rstrip("/#").rpartition("#")[2].rpartition("/")[2] or str(iri)
