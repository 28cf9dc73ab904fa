"""Values of cells: kinds and other terms by their labels, dates, numbers, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from rdflib import XSD, Literal, URIRef

from competency.exchange.case.kinds import kind_of_label, vocabulary
from competency.exchange.sheets import key
from competency.exchange.terms import term
from competency.ontology import COMP

_COMP = str(COMP)
# The kinds that a part can have, in the order of the drop-down list.
KINDS = (
    "Group", "FunctionalArea", "Value", "Competency", "UnitOfCompetency", "ElementOfCompetency",
    "CompetencyLevel", "PositiveIndicator", "NegativeIndicator", "PerformanceCriterion",
    "KnowledgeStatement", "AssessmentCriterion", "Descriptor", "Scope", "Note",
)  # fmt: skip
_VAGUE = ("Indicator", "Statement", "Part")  # understood, but not offered
CHOICES = {
    "comp:wording": ("Verbatim", "Reworded"),
    "comp:labelWording": ("Verbatim", "Reworded"),
    "comp:extent": ("Whole", "Excerpt"),
    "comp:aspect": ("Knowing", "Doing"),
    "comp:repair": ("Rejoined", "Split", "Reordered"),
}
_DATES = (
    (re.compile(r"\d{4}"), "%Y", XSD.gYear),
    (re.compile(r"\d{4}-\d\d"), "%Y-%m", XSD.gYearMonth),
    (re.compile(r"\d{4}-\d\d-\d\d"), "%Y-%m-%d", XSD.date),
)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")


def label_of(iri: str) -> str:
    """Return the label of a term of ours, as cells have it.

    >>> label_of("https://w3id.org/competency/ns#NegativeIndicator")
    'negative indicator'
    """
    return vocabulary().label(iri)


def kind_labels() -> tuple[str, ...]:
    """Return the kinds that are offered, by their labels."""
    return tuple(label_of(_COMP + name) for name in KINDS)


def kind_of(text: str) -> URIRef | None:
    """Return the class that a cell names, in English, French or words of other programs.

    >>> kind_of("Negative  Indicator") == kind_of("indicateur négatif") == kind_of("nonsense")
    False
    """
    found = _labels((*KINDS, *_VAGUE)).get(key(text))
    if found is None and (name := kind_of_label(text)) in KINDS:
        found = _COMP + str(name)
    return URIRef(found) if found else None


@cache
def choices_of(prop: str) -> tuple[str, ...]:
    """Return the IRIs of the terms that a property may have.

    >>> [label_of(iri) for iri in choices_of("comp:wording")]
    ['verbatim', 'reworded']
    """
    known = set(vocabulary().terms)
    return tuple(_COMP + name for name in CHOICES.get(prop, ()) if _COMP + name in known)


def choice_of(text: str, prop: str) -> URIRef | None:
    """Return the term that a cell names, or None.

    >>> choice_of("Reworded", "comp:wording").rpartition("#")[2]
    'Reworded'
    """
    names = tuple(iri.removeprefix(_COMP) for iri in choices_of(prop))
    found = _labels(names).get(key(text))
    return URIRef(found) if found else None


@cache
def _labels(names: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names[::-1]:
        iri = _COMP + name
        shown = (vocabulary().label(iri, "fr"), vocabulary().label(iri), name)
        found |= {key(text): iri for text in shown}
    return found


def date_of(text: str) -> Literal | None:
    """Return a date as precise as it is written, or None for what is none.

    >>> date_of("2024-05").datatype.rpartition("#")[2], date_of("31.5.2024"), date_of("2024-13")
    ('gYearMonth', None, None)
    """
    try:
        for pattern, form, datatype in _DATES:
            if pattern.fullmatch(text):
                datetime.strptime(text, form)
                return Literal(text, datatype=datatype, normalize=False)
        if _MOMENT.fullmatch(text):
            datetime.fromisoformat(text)
            return Literal(text, datatype=XSD.dateTime, normalize=False)
    except ValueError:
        return None
    return None


def decimal_of(text: str) -> Literal | None:
    """Return a number such as 3 or 2.50 as it is written, or None; a comma counts as a point.

    >>> str(decimal_of("2,50")), decimal_of("many")
    ('2.50', None)
    """
    plain = text.replace(",", ".")
    found = _DECIMAL.fullmatch(plain)
    return Literal(plain, datatype=XSD.decimal, normalize=False) if found else None


def truth_of(text: str) -> bool | None:
    """Return whether a cell says yes or no, or None.

    >>> truth_of("Yes"), truth_of("FALSE"), truth_of("perhaps")
    (True, False, None)
    """
    if key(text) in ("yes", "true", "1", "x", "oui", "ja", "si"):
        return True
    return False if key(text) in ("no", "false", "0", "non", "nein") else None


def today_like(text: str) -> str:
    """Return the hint that fits a date written otherwise.

    >>> today_like("31.5.2024")
    'write it as 2024-05-31, 2024-05 or 2024'
    """
    found = re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", text.strip())
    if found:
        try:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return "write year, month and day in this order: 2024-05-31"
        return f"write it as {day.isoformat()}, {day:%Y-%m} or {day:%Y}"
    return "write it as 2024-05-31, 2024-05 or 2024"


def listed(texts: Iterable[str]) -> str:
    """Return texts as they are told to people.

    >>> listed(["a", "b", "c"])
    'a, b or c'
    """
    *most, last = texts
    return f"{', '.join(most)} or {last}" if most else last


def is_competency(kind: URIRef) -> bool:
    """Say whether a kind is a competency, whose level is that of a qualification."""
    return vocabulary().is_a(str(kind), str(term("comp:Competency")))
