"""Random documents of CTDL-ASN, in the many shapes that real ones have."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.exchange.ctdl_asn.common import BASE, CONTEXT, F, Json, bakery, iri, skill
from tests.exchange.frameworks import texts

TAGS = ("en", "en-us", "en-US", "fr", "zh-Hant")
CATEGORIES = ("Abilities", "Domain", "Knowledge", "performance criterion", "Negative indicator",
              "Level", "unit of competency", "competency", "知識")  # fmt: skip
ALIGNMENTS = ("exactAlignment", "broadAlignment", "narrowAlignment", "majorAlignment",
              "minorAlignment", "prerequisiteAlignment")  # fmt: skip


@st.composite
def documents(draw: st.DrawFn, most: int = 8) -> Json:
    """Return a document with one framework, its tree told by parents, by children or by both."""
    count = draw(st.integers(1, most))
    names = [f"c{number}" for number in range(count)]
    parents = {name: draw(st.sampled_from(["", *names[:n]])) for n, name in enumerate(names)}
    told = draw(st.sampled_from(("up", "down", "both")))
    levels = draw(st.booleans())
    nodes = [_skill(draw, name, parents, told, levels) for name in names]
    top = [iri(name) for name in names if not parents[name]]
    framework = _framework(draw, top if told != "up" else [])
    found: list[Json] = [framework, *draw(st.permutations(nodes))]
    if levels:
        found += _scale(draw)
    if draw(st.booleans()):
        found += _rubric(draw, names)
    context = draw(st.sampled_from((CONTEXT, CONTEXT.replace("https", "http"), [CONTEXT])))
    return {"@context": context, "@id": BASE + "graph", "@graph": found}


def _framework(draw: st.DrawFn, top: list[str]) -> Json:
    fields: Json = {
        "name": _texts(draw),
        "publisher": draw(st.sampled_from((None, ["https://registry.example/guild"]))),
        "source": draw(st.sampled_from((None, "https://registry.example/book"))),
        "dateCreated": draw(st.sampled_from((None, "2020-02-03", "2020-02-03T04:05:06Z", "2020"))),
        "publicationStatusType": "http://credreg.net/ctdlasn/vocabs/publicationStatus/Draft",
        "conceptKeyword": draw(st.sampled_from((None, {"en": ["bread", "cake"]}))),
        "hasTopChild": _links(draw, top) if top else None,
    }
    if fields["publisher"]:
        fields["publisherName"] = {"en": ["Guild"]}
    return bakery(**fields)


def _skill(
    draw: st.DrawFn, name: str, parents: dict[str, str], told: str, levels: bool
) -> Json:  # fmt: skip
    below = [iri(child) for child, parent in parents.items() if parent == name]
    above = parents[name]
    fields: Json = {
        "competencyText": _texts(draw),
        "competencyLabel": _texts(draw) if draw(st.booleans()) else None,
        "competencyCategory": {"en": draw(st.sampled_from(CATEGORIES))}
        if draw(st.booleans())
        else None,
        "codedNotation": draw(st.sampled_from((None, "B.1", "B.2"))),
        "altCodedNotation": draw(st.sampled_from((None, ["X1"], ["X1", "X2"]))),
        "listID": draw(st.sampled_from((None, "1", "2b"))),
        "comment": _texts(draw) if draw(st.booleans()) else None,
        "inLanguage": draw(st.sampled_from((None, "en", ["en-US"]))),
        "shouldIndex": draw(st.sampled_from((None, "true", True))),
        "weight": draw(st.sampled_from((None, 0.25, 3))),
        "dateModified": draw(st.sampled_from((None, "2019-03-04", "soon"))),
        "hasChild": _links(draw, below) if below and told != "up" else None,
        "ceterms__versionIdentifier": draw(
            st.sampled_from(
                (None, [{"@type": "ceterms:IdentifierValue", "ceterms:identifierValueCode": "7"}])
            )
        ),
    }
    if told != "down":
        fields["isChildOf" if above else "isTopChildOf"] = _links(
            draw, [iri(above) if above else F]
        )
    if levels and draw(st.booleans()):
        fields["complexityLevel"] = iri(f"level{draw(st.integers(1, 3))}")
    if draw(st.booleans()):
        alignment = draw(st.sampled_from(ALIGNMENTS))
        fields[alignment] = ["https://other.example/x", *draw(st.sampled_from(([], [F])))]
    return skill(name, **fields)


def _texts(draw: st.DrawFn) -> Json:
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=1, max_size=2, unique_by=str.lower))
    return {tag: draw(texts()) for tag in tags}


def _links(draw: st.DrawFn, targets: list[str]) -> Any:
    shapes: list[Any] = [targets, {"@list": targets}, [{"@id": target} for target in targets]]
    if len(targets) == 1:
        shapes += [targets[0], {"@id": targets[0]}]
    return draw(st.sampled_from(shapes))


def _scale(draw: st.DrawFn) -> list[Json]:
    scheme = draw(st.booleans())
    kind, level = (
        ("skos:ConceptScheme", "skos:Concept")
        if scheme
        else ("asn:ProgressionModel", "asn:ProgressionLevel")
    )
    levels = [iri(f"level{number}") for number in (1, 2, 3)]
    found: list[Json] = [{"@id": iri("scale"), "@type": kind, "ceasn:name": _texts(draw),
                          "skos:hasTopConcept": levels}]  # fmt: skip
    for number, name in enumerate(levels, 1):
        one: Json = {"@id": name, "@type": level, "skos:prefLabel": _texts(draw),
                     "skos:inScheme": iri("scale")}  # fmt: skip
        if draw(st.booleans()):
            one["skos:notation"] = str(number)
        found.append(one)
    return found


def _rubric(draw: st.DrawFn, names: list[str]) -> list[Json]:
    ids = draw(st.sampled_from((BASE, "_:")))
    criteria = [f"{ids}criterion{number}" for number in (1, 2)]
    levels = [f"{ids}step{number}" for number in (1, 2)]
    rubric: Json = {"@type": "ceasn:Rubric", "ceasn:name": _texts(draw),
                    "ceasn:hasRubricCriterion": criteria, "ceasn:hasRubricLevel": levels}  # fmt: skip
    found: list[Json] = [rubric if ids == "_:" else rubric | {"@id": iri("rubric")}]
    for criterion in criteria:
        target = {"@type": "ceterms:CredentialAlignmentObject",
                  "ceterms:targetNode": iri(draw(st.sampled_from(names)))}  # fmt: skip
        found.append({"@id": criterion, "@type": "ceasn:RubricCriterion",
                      "ceasn:name": _texts(draw), "ceterms:weight": 0.5,
                      "ceterms:targetCompetency": draw(st.sampled_from(([], [target]))),
                      "ceasn:hasCriterionLevel": [f"{criterion}-{level[-1]}" for level in levels]})  # fmt: skip
    for level in levels:
        found.append({"@id": level, "@type": "ceasn:RubricLevel", "ceasn:name": _texts(draw),
                      "ceasn:hasCriterionLevel": [f"{criterion}-{level[-1]}" for criterion in criteria]})  # fmt: skip
        found += [{"@id": f"{criterion}-{level[-1]}", "@type": "ceasn:CriterionLevel",
                   "ceasn:benchmarkText": _texts(draw),
                   "qdata:percentage": 0.25 * int(level[-1])} for criterion in criteria]  # fmt: skip
    return found
