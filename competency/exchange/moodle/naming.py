"""ID numbers and short names: every row has its own, and Moodle takes a hundred signs of each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from competency.exchange.case.identifiers import minted
from competency.exchange.entry import Entry
from competency.exchange.ledger import Ledger
from competency.exchange.sheets import harmless
from competency.exchange.terms import term

SIGNS = 100
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*")


class IdNumbers:
    """Gives each row an ID number: its code if nothing else has it, else the end of its IRI."""

    def __init__(self, ledger: Ledger, rows: Iterable[Entry]) -> None:
        """``rows`` are the framework and the parts that become rows, in order."""
        self.ledger = ledger
        self.found: dict[str, str] = {}
        taken: set[object] = set()
        for entry in rows:
            step = entry.iri.removeprefix(str(ledger.root)).lstrip("/#")
            usual = step or entry.iri.rstrip("/#").rpartition("/")[2]
            code = self._code(entry)
            for number in (code, usual, minted(entry.iri)):
                if _is_usable(number) and same(number) not in taken:
                    break
            taken.add(same(number))
            self.found[entry.iri] = number
            if code and number == code:
                self._carry(entry)

    def _code(self, entry: Entry) -> str:
        codes = self.ledger.codes(entry)[:1]
        return next((str(text) for code in codes for text in code.texts("skos:notation")), "")

    def _carry(self, entry: Entry) -> None:
        code = self.ledger.codes(entry)[0]
        self.ledger.carry(entry, "comp:code", code.node)
        self.ledger.carry(code, "rdf:type", term("comp:Code"))
        self.ledger.carry(code, "skos:notation")


def _is_usable(number: str) -> bool:
    plain = number == number.strip() and "<" not in number and harmless(number) == number
    return bool(number) and plain and len(number) <= SIGNS


def same(number: str) -> object:
    """Return what makes two ID numbers the same to Moodle: numbers count by their value.

    >>> same("1.0") == same("01"), same("A1") == same("A01")
    (True, False)
    """
    return float(number) if _NUMBER.fullmatch(number) and number.isascii() else number


def short(text: str) -> str:
    """Return a text in one line of a hundred signs at most, cut between words.

    >>> short("Weld pipes"), len(short("weld " * 50)) <= SIGNS
    ('Weld pipes', True)
    """
    text = " ".join(text.split())
    if len(text) <= SIGNS:
        return text
    head, _, _ = text[: SIGNS - 1].rpartition(" ")
    return (head or text[: SIGNS - 1]) + "…"
