"""Constraints that each value node keeps by itself (SHACL, sections 4.1, 4.3, 4.4, 4.8)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import SH, Literal, URIRef

from competency.ontology.terms import SHAPES_IRI
from competency.shapes.engine.comparing import is_less
from competency.shapes.engine.datatypes import has_datatype
from competency.shapes.engine.model import Check, EachValue, Hit, Seen
from competency.shapes.engine.running import Run
from competency.shapes.engine.store import holds
from competency.shapes.engine.terms import Term, language_of, string_of, term_of, text_of

CHECK = URIRef(f"{SHAPES_IRI}#CheckConstraintComponent")


class OfClass(EachValue):
    """``sh:class``: value nodes are instances of a class; section 4.1.1."""

    component = SH.ClassConstraintComponent

    def __init__(self, kind: Term, name: str) -> None:
        """Take the class and what it is called."""
        self._kind = kind
        self.words = f"The value is not of the class {name}."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that are none, or literals."""
        return values - run.data.instances(self._kind)


class OfDatatype(EachValue):
    """``sh:datatype``: value nodes are well-typed literals of a datatype; section 4.1.2."""

    component = SH.DatatypeConstraintComponent

    def __init__(self, datatype: Term, name: str) -> None:
        """Take the datatype and what it is called."""
        self._datatype = datatype
        self.words = f"The value is not of the datatype {name}."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that are no such literal; rdflib may have mended what was ill-typed."""
        datatype, written = self._datatype, run.data.written
        return [
            value
            for value in values
            if not has_datatype(value, datatype)
            or (value in written and getattr(written[value], "ill_typed", False))
        ]


class OfNodeKind(EachValue):
    """``sh:nodeKind``: value nodes are IRIs, blank nodes or literals; section 4.1.3."""

    component = SH.NodeKindConstraintComponent

    def __init__(self, kind: URIRef) -> None:
        """Take one of the six kinds."""
        self._signs = NODE_KINDS[kind]
        self.words = f"The value is not of the node kind {kind.fragment}."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those of another kind."""
        return [value for value in values if value[0] not in self._signs]


NODE_KINDS: dict[URIRef, str] = {
    SH.IRI: "<",
    SH.BlankNode: "_",
    SH.Literal: '"',
    SH.BlankNodeOrIRI: "_<",
    SH.BlankNodeOrLiteral: '_"',
    SH.IRIOrLiteral: '<"',
}


class InRange(EachValue):
    """``sh:minInclusive`` and the three like it; section 4.3."""

    def __init__(self, component: URIRef, sign: str, bound: Term) -> None:
        """Take the component, ``<`` or the like, and the bound: the value is on its left."""
        self.component, self._sign, self._bound = component, sign, bound
        self.words = f"The value is not {sign} {text_of(bound)}."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those beyond the bound, and those that cannot be compared with it."""
        return [value for value in values if not self._holds(value)]

    def _holds(self, value: Term) -> bool:
        one, two = (self._bound, value) if self._sign[0] == ">" else (value, self._bound)
        return is_less(one, two, or_equal=len(self._sign) == 2)


class OfLength(EachValue):
    """``sh:minLength`` and ``sh:maxLength``: how many signs a text or IRI has; section 4.4.1."""

    def __init__(self, component: URIRef, least: int, most: int | None) -> None:
        """Take the component and its bounds."""
        self.component, self._least, self._most = component, least, most
        bound = f"shorter than {least}" if most is None else f"longer than {most}"
        self.words = f"The value is {bound} signs."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those too short or too long, and blank nodes."""
        return [value for value in values if value[0] == "_" or not self._fits(string_of(value))]

    def _fits(self, text: str) -> bool:
        return self._least <= len(text) and (self._most is None or len(text) <= self._most)


class OfPattern(EachValue):
    """``sh:pattern``: texts and IRIs match a regular expression; section 4.4.3."""

    component = SH.PatternConstraintComponent

    def __init__(self, pattern: str, flags: str) -> None:
        """Take an expression of XPath with its flags; ValueError when it is none."""
        self._expression = _expression(pattern, flags)
        self._asked = term_of(Literal(pattern)), term_of(Literal(flags))
        self.words = f"The value does not match the pattern {pattern}"
        if self._expression is None and not self._is_known():
            raise ValueError(f"{pattern!r} is no regular expression")

    def _is_known(self) -> bool:
        return holds("REGEX($0, $1, $2) || true = !REGEX($0, $1, $2)", '""', *self._asked)

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that do not match, and blank nodes."""
        return [value for value in values if value[0] == "_" or not self._matches(value)]

    def _matches(self, value: Term) -> bool:
        if self._expression is not None:
            return self._expression.search(string_of(value)) is not None
        return holds("REGEX(STR($0), $1, $2)", value, *self._asked)


_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
_DOLLAR = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*+\])|\$", re.DOTALL)


def _expression(pattern: str, flags: str) -> re.Pattern[str] | None:
    """Return an expression of XPath as one of Python, or None where Python has none like it.

    Without the flag "m", ``$`` stands for the very end; Python's also stands before a last break.
    """
    if set(flags) - set("imsxq"):
        raise ValueError(f"{flags!r} are no flags of a regular expression")
    if "q" in flags:
        return re.compile(re.escape(pattern), re.IGNORECASE if "i" in flags else 0)
    if "m" not in flags:
        pattern = _DOLLAR.sub(lambda match: match[1] or r"\Z", pattern)
    if re.search(r"\\[pPiIcCZAb]|-\[", pattern.replace(r"\Z", "")):
        return None
    try:
        return re.compile(pattern, sum(_FLAGS[flag] for flag in set(flags)))
    except (re.error, OverflowError, RecursionError):
        return None


class InLanguage(EachValue):
    """``sh:languageIn``: texts are tagged with one of these languages; section 4.4.4."""

    component = SH.LanguageInConstraintComponent

    def __init__(self, ranges: Iterable[str]) -> None:
        """Take basic language ranges: ``en`` allows ``en-GB`` as well."""
        self._ranges = tuple(item.lower() for item in ranges)
        self.words = f"The language is not one of {', '.join(self._ranges)}."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those in another language or in none."""
        return [value for value in values if value[0] != '"' or not self._allows(value)]

    def _allows(self, value: Term) -> bool:
        tag = language_of(value)
        return tag is not None and any(
            item == "*" or tag == item or tag.startswith(f"{item}-") for item in self._ranges
        )


class OneOf(EachValue):
    """``sh:in``: value nodes are members of a list; section 4.8.3."""

    component = SH.InConstraintComponent

    def __init__(self, allowed: Iterable[Term]) -> None:
        """Take the members."""
        self._allowed = frozenset(allowed)
        self.words = "The value is not one of those allowed."

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return those that are not in the list."""
        return values - self._allowed


class Checked(EachValue):
    """``compsh:check``: texts pass a check of ours that is written in Python.

    What the check returns fills ``{?found}`` in the message of the shape.
    """

    component = CHECK

    def __init__(self, check: Check, name: str) -> None:
        """Take the check and its name."""
        self._check = check
        self.words = f"The check {name} found: {{?found}}"

    def _found(self, value: Term) -> str | None:
        return self._check(text_of(value), language_of(value)) if value[0] == '"' else None

    def bad(self, run: Run, values: frozenset[Term]) -> Iterable[Term]:
        """Return the literals that do not pass."""
        return [value for value in values if self._found(value) is not None]

    def hits(self, run: Run, seen: Seen) -> Iterator[Hit]:
        """Give each literal that does not pass, with what was found in it."""
        found = {value: words for value in seen.distinct if (words := self._found(value))}
        for focus, values in seen.values.items() if found else ():
            for value in values:
                if value in found:
                    yield Hit(focus, value, told={"found": found[value]})
