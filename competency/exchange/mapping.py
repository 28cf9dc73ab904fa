"""What becomes of each of our terms in another vocabulary, as a table; and what was lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from competency.exchange.entry import Entry, Thing
from competency.exchange.outline import Outline
from competency.exchange.terms import short, term

# The kinds of things that belong to parts, as tables name them.
_AROUND = {
    "comp:Code": "code",
    "comp:Occurrence": "occurrence",
    "comp:Credit": "credit",
    "comp:Level": "level of a scale",
    "comp:LevelScale": "scale",
    "comp:Source": "source",
    "comp:LegalReference": "law",
    "org:Organization": "organisation",
    "comp:Omission": "omission",
}


@dataclass(frozen=True)
class Loss:
    """Something that a view could not carry: of which part, which property, and why.

    ``part`` is an IRI, ``property`` a prefixed name; ``rdf:type`` stands for the part as such.
    """

    part: str
    property: str
    why: str


@dataclass(frozen=True)
class Rule:
    """One row of a table: a property of ours, what it becomes, and what is lost on the way.

    ``about`` says whose property it is: ``framework``, ``part``, ``text``, ``code`` ...
    """

    about: str
    source: str
    becomes: str = ""
    loses: str = ""


@dataclass(frozen=True)
class Fate:
    """What becomes of the parts of one role: ``part`` of the view, ``text`` of another, or out."""

    role: str
    becomes: str
    about: str = "part"
    loses: str = ""


class Table:
    """The table of one profile: fates of parts by role, rules for properties."""

    def __init__(self, fates: Iterable[Fate], rules: Iterable[Rule], otherwise: str) -> None:
        """Keep fates and rules; ``otherwise`` is why a property without a rule is lost."""
        self.fates = {fate.role: fate for fate in fates}
        self.rules = {(rule.about, rule.source): rule for rule in rules}
        self.otherwise = otherwise

    def losses(self, outline: Outline) -> tuple[Loss, ...]:
        """Return what the table says is lost of a framework or part, in the order of the parts."""
        parts = [entry for entry in outline.entries if entry.role in self.fates]
        found = [loss for entry in parts for loss in self._of_entry(entry)]
        for thing in (outline.top, *outline.around):
            about = next((v for k, v in _AROUND.items() if str(term(k)) in thing.types), None)
            if about:
                found += self._of_thing(thing, about)
        return tuple(dict.fromkeys(found))

    def _of_entry(self, entry: Entry) -> list[Loss]:
        fate = self.fates[entry.role]
        whole = [Loss(entry.iri, "rdf:type", fate.loses)] if fate.loses else []
        if fate.about == "out":
            return whole
        return [*whole, *self._of_thing(entry, fate.about, fate.loses)]

    def _of_thing(self, thing: Thing, about: str, otherwise: str = "") -> list[Loss]:
        found = []
        for iri in sorted(thing.about):
            name = short(iri)
            rule = self.rules.get((about, name))
            why = otherwise or self.otherwise if rule is None else rule.loses
            if why and name != "rdf:type":
                found.append(Loss(thing.iri, name, why))
        return found
