"""The rules: the files ``sparql/rules/*.rq``, each a CONSTRUCT query with its comments.

A rule sees what is stated and what has followed so far as the default graph, and the axioms of
the ontology as the graph ``<https://w3id.org/competency/ns>``.

    # title: What holds between two things in both directions
    # description: Exact, close and related matches, and opposites.
    # axiom: owl:SymmetricProperty
    # step: 1

Rules of a lower step come first, only so that less has to be run again.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property

from competency._files import folder

_HEADER = re.compile(r"^# *(title|description|axiom|step): *(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """A rule: its name, its query, and what its comments say of it."""

    name: str
    text: str

    @cached_property
    def title(self) -> str:
        """Return what the rule gives, in words."""
        return " ".join(self._header("title")) or self.name

    @cached_property
    def description(self) -> str:
        """Return an example, and what is left out."""
        return " ".join(self._header("description"))

    @cached_property
    def axiom(self) -> str:
        """Return the axioms of OWL that the rule carries out."""
        return " ".join(self._header("axiom"))

    @cached_property
    def step(self) -> int:
        """Return when the rule comes."""
        return int(" ".join(self._header("step")) or 1)

    def _header(self, key: str) -> list[str]:
        return [value.strip() for name, value in _HEADER.findall(self.text) if name == key]


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules, by step and name.

    >>> [rule.name for rule in rules()][-2:]
    ['ranges', 'superclasses']
    """
    files = (folder("sparql") / "rules").glob("*.rq")
    found = (Rule(file.stem, file.read_text(encoding="utf-8")) for file in files)
    return tuple(sorted(found, key=lambda rule: (rule.step, rule.name)))


@cache
def rules_digest() -> str:
    """Return a number for the rules and the ontology they read: with another one, more follows."""
    parts = [rule.name + rule.text for rule in rules()]
    parts.append((folder("ontology") / "competency.ttl").read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
