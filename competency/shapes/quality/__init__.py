"""Checks of quality that SHACL cannot say, and the names of all checks of quality.

A shape of ``shapes/quality.ttl`` asks for such a check by name with ``compsh:check``, beside its
``sh:path``; other SHACL engines do not know the property and skip it. Each check is a function of
a text and its language tag. It returns what it found, for ``{?found}`` in the message of the
shape, or ``None`` when the text passes.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from rdflib import DCTERMS, SH, Graph, Literal, URIRef

from competency.ontology.terms import SHAPES_IRI
from competency.shapes.loading import own_shapes
from competency.shapes.quality.hidden import hidden_sign
from competency.shapes.quality.language import other_language
from competency.shapes.quality.mojibake import mojibake

Check = Callable[[str, str | None], str | None]

CHECKS: MappingProxyType[str, Check] = MappingProxyType(
    {"hidden": hidden_sign, "language": other_language, "mojibake": mojibake}
)
CHECK = URIRef(f"{SHAPES_IRI}#check")
QUALITY = URIRef(f"{SHAPES_IRI}#Quality")


def quality_names(shapes: Graph | None = None) -> list[str]:
    """Return the names of the checks of quality among some shapes (ours by default), sorted.

    They are the local names of the shapes: ``DuplicateTexts`` is ``compsh:DuplicateTexts``.

    >>> "DuplicateTexts" in quality_names()
    True
    """
    graph = own_shapes() if shapes is None else shapes
    found = graph.subjects(DCTERMS.isPartOf, QUALITY)
    return sorted(str(shape).rpartition("#")[2] for shape in found)


def without_quality(shapes: Graph) -> Graph:
    """Return a copy of shapes with all checks of quality switched off, as the publish gate may.

    The shapes given are not changed.

    >>> from competency.shapes import load_shapes
    >>> len(without_quality(load_shapes())) > len(load_shapes())
    True
    """
    copy = Graph()
    for triple in shapes:
        copy.add(triple)
    for shape in shapes.subjects(DCTERMS.isPartOf, QUALITY):
        copy.set((shape, SH.deactivated, Literal(True)))
    return copy
