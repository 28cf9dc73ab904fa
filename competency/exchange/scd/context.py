"""IEEE SCD (1484.20.3): its names, and the JSON-LD context that stands in every file.

The terms are those that the standard's own context has. The names of the types of associations
are not in it; where a link is one of SKOS or of ours, the IRI of that is the type.
"""

from __future__ import annotations

from competency.ontology import COMP, PREFIXES

SCD = "https://opensource.ieee.org/scd/"
CHILD_OF = f"{SCD}AssociationTypes/isChildOf"

_MAPS = ("category", "competencyStatement", "description", "feedback", "name", "typeLabel")
_LINKS = (
    "associationType", "competencyLevel", "destination", "hasCompetencyDefinition",
    "hasCompetencyFramework", "hasCriterion", "hasRubric", "method", "originalFramework",
    "resourceAssociation", "rubricCriterionLevel", "source", "type",
)  # fmt: skip
_NUMBERS = ("position", "score", "weight")


def context() -> dict[str, object]:
    """Return the context: texts by language, links as IRIs, numbers as decimals.

    >>> context()["scd:name"]
    {'@container': '@language'}
    """
    found: dict[str, object] = {
        "@version": 1.1,
        "scd": SCD,
        "skos": PREFIXES["skos"],
        "xsd": PREFIXES["xsd"],
        "comp": str(COMP),
    }
    found |= {f"scd:{name}": {"@container": "@language"} for name in _MAPS}
    found |= {f"scd:{name}": {"@type": "@id"} for name in _LINKS}
    return found | {f"scd:{name}": {"@type": "xsd:decimal"} for name in _NUMBERS}
