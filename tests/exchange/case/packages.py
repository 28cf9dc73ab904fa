"""Random packages of CASE: as the standard has them, and as real servers and people make them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

Json = dict[str, Any]
_BASE = "https://server.example/ims/case/v1p1"
_TYPES = (
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
    "ext:contrasts",
    "ext:assesses",
    "ext:my-own.type",
)
_KINDS = (
    "Competency",
    "Cluster",
    "Knowledge",
    "Performance Criteria",
    "Level",
    "Standard",
    "知識",
    "Negative Indicator",
    "Assessment Criterion",
    "Note",
    "Level of a Scale",
    "",
)
_WORDS = ("Weld", "Weld a seam", "溶接する", "=1+1", " padded ", "two\nlines", "e\u0301", "😀")
_ODD: tuple[Any, ...] = (
    None,
    "",
    " ",
    [],
    {},
    0,
    1.5,
    True,
    ["a", 1],
    {"a": {"b": None}},
    "\ud800",
    "a\x00b",
)
_MOMENTS = ("2026-06-05T04:23:43.000Z", "2017-09-22T23:13:54+00:00", "2020-01-01T00:00:00", "soon")


class _Maker:
    """Makes the objects of one package, so that links can lead to them."""

    def __init__(self, draw: st.DrawFn, odd: bool) -> None:
        self.draw, self.odd = draw, odd
        self.count = 0

    def one(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def some(self, found: Json, name: str, *values: Any) -> None:
        """Give a field one of these values, or none; now and then an odd one."""
        chance = self.draw(st.integers(0, 9))
        if chance < 5:
            found[name] = self.one(*values)
        elif chance == 5 and self.odd:
            found[name] = self.one(*_ODD)

    def named(self, kind: str) -> Json:
        self.count += 1
        number = (
            self.count
            if self.draw(st.booleans())
            else 0x1000_0000_0000_4000_8000_0000_0000_0000 + self.count
        )
        identifier = str(UUID(int=number))
        found: Json = {
            "identifier": identifier,
            "uri": self.one(
                f"{_BASE}/{kind}/{identifier}",
                f"urn:uuid:{identifier}",
                f"https://é.example/{self.count}",
            ),
            "lastChangeDateTime": self.one(*_MOMENTS),
        }
        if self.odd and self.draw(st.integers(0, 9)) == 0:
            found[self.one("identifier", "uri", "lastChangeDateTime")] = self.one(
                *_ODD, "not a uri", f"{_BASE}/same"
            )
        if self.odd and self.draw(st.integers(0, 9)) == 0:
            found[self.one("x", "my key", "", "@context", "sourcedId")] = self.one(*_ODD, "kept")
        self.some(found, "extensions", {"a": [1, 2]}, {}, {"competency": {"says": 5}})
        return found

    def link(self, *ends: Json) -> Json:
        end = self.one(*ends) if ends else self.named("Other")
        found = {
            "title": self.one("A title", "Another", ""),
            "identifier": end.get("identifier"),
            "uri": end.get("uri"),
        }
        if self.odd and self.draw(st.integers(0, 9)) == 0:
            found[self.one("title", "identifier", "uri", "targetType", "more")] = self.one(
                *_ODD, "CASE", "x"
            )
        return found

    def links(self, *ends: Json) -> list[Json]:
        return [self.link(*ends) for _ in range(self.draw(st.integers(0, 2)))]

    def words(self, found: Json, *names: str) -> None:
        for name in names:
            self.some(found, name, *_WORDS)


@st.composite
def packages(draw: st.DrawFn, odd: bool = True) -> Json:
    """Return a package; ``odd`` lets in what the standard does not."""
    make = _Maker(draw, odd)
    doc = _document(make)
    definitions = {
        array: [_definition(make, array) for _ in range(draw(st.integers(0, 2)))]
        for array in (
            "CFConcepts",
            "CFSubjects",
            "CFLicenses",
            "CFItemTypes",
            "CFAssociationGroupings",
        )
    }
    items = [_item(make, definitions, doc) for _ in range(draw(st.integers(0, 6)))]
    things = [doc, *items, *[one for ones in definitions.values() for one in ones]]
    found: Json = {"CFDocument": doc, "CFItems": items}
    found["CFAssociations"] = [
        *(
            _child(make, item, [doc, *items], definitions)
            for item in items
            if make.one(True, True, False)
        ),
        *(_association(make, things, definitions) for _ in range(draw(st.integers(0, 4)))),
    ]
    make.some(found, "CFDefinitions", definitions)
    make.some(found, "CFRubrics", [_rubric(make, items)])
    make.some(found, "extensions", {"a": 1})
    if odd and draw(st.integers(0, 5)) == 0:
        found[make.one("CFItems", "CFAssociations", "more", "CFDefinitions")] = make.one(
            *_ODD, [1, None]
        )
    return found


def _document(make: _Maker) -> Json:
    doc = make.named("CFDocuments")
    doc |= {"creator": make.one(*_WORDS), "title": make.one(*_WORDS)}
    make.words(doc, "description", "publisher", "notes", "version", "title", "creator")
    make.some(doc, "language", "en", "ja", "en-US", "EN_us", "English language")
    make.some(doc, "adoptionStatus", "Draft", "Adopted")
    make.some(doc, "subject", ["b", "a"], ["a"], ["a", "a"])
    make.some(doc, "subjectURI", make.links())
    make.some(doc, "licenseURI", make.link())
    make.some(doc, "statusStartDate", "2020-01-31", "2020-13-01")
    make.some(
        doc, "officialSourceURL", "https://agency.example/a b", "https://agency.example/doc.pdf"
    )
    make.some(doc, "frameworkType", "CourseCodes")
    make.some(doc, "caseVersion", "1.1")
    make.some(doc, "CFPackageURI", make.link())
    return doc


def _definition(make: _Maker, array: str) -> Json:
    found = make.named(array)
    make.words(
        found, "title", "description", "hierarchyCode", "keywords", "typeCode", "licenseText"
    )
    return found


def _item(make: _Maker, definitions: dict[str, list[Json]], doc: Json) -> Json:
    found = make.named("CFItems")
    found["fullStatement"] = make.one(*_WORDS)
    make.words(
        found,
        "fullStatement",
        "abbreviatedStatement",
        "alternativeLabel",
        "notes",
        "humanCodingScheme",
        "listEnumeration",
    )
    make.some(found, "language", "en", "fr", "en-US", "??")
    make.some(found, "CFItemType", *_KINDS)
    make.some(found, "CFItemTypeURI", make.link(*definitions["CFItemTypes"]))
    make.some(found, "conceptKeywords", ["b", "a"], ["a"])
    make.some(found, "conceptKeywordsURI", make.link(*definitions["CFConcepts"]))
    make.some(found, "subject", ["a"], "a")
    make.some(found, "subjectURI", make.links(*definitions["CFSubjects"]))
    make.some(found, "educationLevel", ["13", "12"], ["KG"])
    make.some(found, "licenseURI", make.link(*definitions["CFLicenses"]))
    make.some(found, "statusEndDate", "2020-01-31", "never")
    make.some(found, "CFDocumentURI", make.link(doc))
    return found


def _child(make: _Maker, item: Json, above: list[Json], definitions: dict[str, list[Json]]) -> Json:
    found = make.named("CFAssociations")
    found |= {
        "associationType": "isChildOf",
        "originNodeURI": make.link(item),
        "destinationNodeURI": make.link(*above),
    }
    make.some(found, "sequenceNumber", 1, 2, 10, 0, 2.0)
    make.some(found, "CFAssociationGroupingURI", make.link(*definitions["CFAssociationGroupings"]))
    return found


def _association(make: _Maker, things: list[Json], definitions: dict[str, list[Json]]) -> Json:
    found = _child(make, make.one(*things), things, definitions)
    found["associationType"] = make.one(*_TYPES, *(("isChildOf", None, 5) if make.odd else ()))
    if make.one(True, False):
        found["destinationNodeURI"] = make.link()
    make.some(found, "notes", *_WORDS)
    return found


def _rubric(make: _Maker, items: list[Json]) -> Json:
    found = make.named("CFRubrics")
    make.words(found, "title", "description")
    make.some(found, "CFRubricCriteria", [_criterion(make, items), _criterion(make, items)])
    return found


def _criterion(make: _Maker, items: list[Json]) -> Json:
    found = make.named("CFRubricCriteria")
    make.words(found, "category", "description")
    make.some(found, "weight", 1, 0.3, 2.0)
    make.some(found, "position", 1, 2, 7)
    make.some(found, "rubricId", "r")
    make.some(found, "CFItemURI", make.link(*items))
    make.some(found, "CFRubricCriterionLevels", [_level(make), _level(make)])
    return found


def _level(make: _Maker) -> Json:
    found = make.named("CFRubricCriterionLevels")
    make.words(found, "description", "quality", "feedback")
    make.some(found, "score", 4, 3, 0.5)
    make.some(found, "position", 1, 2)
    make.some(found, "extensions", [{"a": 1}])
    return found
