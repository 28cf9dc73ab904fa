"""Small files in several formats, about baking and welding."""

from __future__ import annotations

import json
from typing import Any

HOST = "https://server.example/ims/case/v1p1"
TURTLE = b"""@prefix comp: <https://w3id.org/competency/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/welding> a comp:Framework ; rdfs:label "Welding"@en .
<https://example.org/welding/1> a comp:Competency ; rdfs:label "Prepare"@en ;
    comp:inFramework <https://example.org/welding> ; comp:partOf <https://example.org/welding> ;
    comp:position 1 .
"""
SKOS = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/baking> a skos:ConceptScheme ; skos:prefLabel "Baking"@en ;
    skos:hasTopConcept <https://example.org/baking/dough> .
<https://example.org/baking/dough> a skos:Concept ; skos:prefLabel "Makes dough"@en ;
    skos:topConceptOf <https://example.org/baking> .
"""
TEXT = b"Front desk\n\n- Look up when a guest comes in\n- Say good morning\n"


def uuid(number: int) -> str:
    """Return an identifier of CASE."""
    return f"{number:08x}-0000-4000-8000-000000000000"


def package(number: int = 1, title: str = "Baking", items: int = 2, **more: Any) -> dict[str, Any]:
    """Return a small package of CASE; those of other numbers have other IRIs."""

    def named(kind: str, key: int, **fields: Any) -> dict[str, Any]:
        found = {"identifier": uuid(key), "uri": f"{HOST}/{kind}/{uuid(key)}"}
        return found | {"lastChangeDateTime": "2026-06-05T04:23:43+00:00"} | fields

    first = number * 100
    return {
        "CFDocument": named("CFDocuments", first, creator="A body", title=title) | more,
        "CFItems": [
            named("CFItems", first + n, fullStatement=f"Kneads dough {n} times")
            for n in range(1, items + 1)
        ],
    }


def case_bytes(number: int = 1, title: str = "Baking", items: int = 2, **more: Any) -> bytes:
    """Return the same as a file that people could read."""
    return json.dumps(package(number, title, items, **more), indent=2).encode()


def listed(*numbers: int) -> bytes:
    """Return the list of CFDocuments in which a server names packages."""
    return json.dumps(
        {
            "CFDocuments": [
                {
                    "identifier": uuid(number * 100),
                    "uri": f"{HOST}/CFDocuments/{uuid(number * 100)}",
                    "title": f"Framework {number}",
                    "CFPackageURI": {
                        "title": f"Framework {number}",
                        "identifier": uuid(number * 100),
                        "uri": f"{HOST}/CFPackages/{uuid(number * 100)}",
                    },
                }
                for number in numbers
            ]
        }
    ).encode()
