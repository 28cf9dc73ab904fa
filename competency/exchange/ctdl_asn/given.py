"""What is known of a framework that came from CTDL-ASN, so that it goes back as it was."""

from __future__ import annotations

from rdflib import URIRef

from competency.exchange.ctdl_asn.context import full
from competency.exchange.entry import Entry, Thing
from competency.exchange.outline import Outline
from competency.exchange.terms import term

COMPETENCIES = ("group", "competency", "level", "requirement")
RUBRIC, CRITERION_LEVEL, RUBRIC_LEVEL = (
    full(f"ceasn:{name}") for name in ("Rubric", "CriterionLevel", "RubricLevel")
)
_WHOLES = {full("ceasn:CompetencyFramework"), full("ceterms:Collection")}
_SCALES = {
    full(name) for name in ("asn:ProgressionModel", "ceasn:ProficiencyScale", "skos:ConceptScheme")
}
_TYPE, _CATEGORY = str(term("rdf:type")), "ceasn:competencyCategory"


def is_told(outline: Outline) -> bool:
    """Say whether a framework or scale was read from CTDL-ASN: then nothing is derived for it."""
    top = outline.thing(outline.framework)
    if str(term("comp:LevelScale")) in top.types:
        return not _SCALES.isdisjoint(top.types)
    return not _WHOLES.isdisjoint(top.types) or is_made(top)


def is_made(framework: Thing) -> bool:
    """Say whether a framework was made while a file without one was read."""
    return URIRef(_TYPE) in framework.values("comp:inferred")


def role_of(entry: Entry) -> str:
    """Return what a part becomes: its role, but for what CTDL-ASN itself told otherwise.

    An unhelpful behaviour with a category of CTDL-ASN was a competency in the file, and its
    category says that it is no desirable one: so it goes back.
    """
    if RUBRIC in entry.types:
        return "assessments"
    if CRITERION_LEVEL in entry.types:
        return "benchmark"
    if entry.role == "negative" and entry.values(_CATEGORY):
        return "requirement"
    if entry.role == "negatives" and any(
        part.values(_CATEGORY) for part in entry.outline.walk(entry.iri)
    ):
        return "group"
    return entry.role


def nearest(entry: Entry) -> Entry | None:
    """Return the nearest part above that goes out as a competency; a circle ends the way up."""
    here, seen = entry.parent, {entry.iri}
    while here is not None and here.iri not in seen:
        if role_of(here) in COMPETENCIES:
            return here
        seen.add(here.iri)
        here = here.parent
    return None


def is_comment(note: Entry) -> bool:
    """Say whether a note or unhelpful behaviour is a comment of a file, and no more than that."""
    above = note.parent
    known = {"comp:inFramework", "comp:partOf", "comp:position", "comp:section", "comp:text",
             "comp:wording", "rdf:type"}  # fmt: skip
    return (
        above is not None
        and note.iri.startswith(f"{above.iri}/comment/")
        and {str(term(name)) for name in known}.issuperset(note.about)
        and note.types in ({str(term("comp:Note"))}, {str(term("comp:NegativeIndicator"))})
    )
