"""Named questions: the ``sparql/*.rq`` files, each with title and parameters in its comments.

A parameter ``?word`` is a line ``VALUES ?word { "customer" }`` in the query: the value there is
the default, ``UNDEF`` means any. The file is plain SPARQL that any engine runs as it stands.

    # title: Statements that mention a word
    # description: Looks in every text, capitals aside.
    # parameter: word (text): the word to look for
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from competency._files import folder
from competency.errors import NotFound, ParameterError
from competency.graph import KnowledgeGraph
from competency.ontology import expand
from competency.sparql.querying import run_query
from competency.sparql.results import Answer

_HEADER = re.compile(r"^# *(title|description|parameter): *(.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"(\w+) +\((iri|text|integer)\): *(.+)")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a question: its name, kind (iri, text, integer), default and meaning."""

    name: str
    kind: str
    default: str | None
    description: str


@dataclass(frozen=True)
class Question:
    """A named question: the text of its query and what its comments say of it."""

    name: str
    text: str

    @cached_property
    def title(self) -> str:
        """Return the question in words."""
        return (self._header("title") or [self.name])[0]

    @cached_property
    def description(self) -> str:
        """Return what the answer holds."""
        return " ".join(self._header("description"))

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """Return the parameters, with the defaults that the query itself holds."""
        found = (_PARAMETER.fullmatch(line) for line in self._header("parameter"))
        return tuple(
            Parameter(item[1], item[2], self._default(item[1]), item[3]) for item in found if item
        )

    def bind(self, base: str, **values: str) -> str:
        """Return the query with values in place of defaults; ParameterError says what is wrong.

        An IRI may be given in full, with one of our prefixes, or as a path below ``base``.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.text
        for name, value in values.items():
            if name not in known:
                there = ", ".join(known) or "none"
                raise ParameterError(
                    name, f"question {self.name} has no such parameter; it has: {there}"
                )
            term = _term(known[name], value, base)
            text = _bound(text, name, term)
        return text

    def _header(self, key: str) -> list[str]:
        return [value.strip() for name, value in _HEADER.findall(self.text) if name == key]

    def _default(self, name: str) -> str | None:
        found = _values(name).search(self.text)
        value = found[2].strip() if found else "UNDEF"
        return None if value == "UNDEF" else value.strip('"')


def questions(place: Path | None = None) -> tuple[Question, ...]:
    """Return the questions of a folder of ``.rq`` files, by default those that are shipped.

    >>> "negative-indicators" in [question.name for question in questions()]
    True
    """
    files = sorted((place or folder("sparql")).glob("*.rq"))
    return tuple(Question(file.stem, file.read_text(encoding="utf-8")) for file in files)


def find_question(name: str) -> Question:
    """Return the question of that name; NotFound names those close to it."""
    known = {question.name: question for question in questions()}
    if name not in known:
        raise NotFound("question", name, difflib.get_close_matches(name, known))
    return known[name]


def run_question(graph: KnowledgeGraph, name: str, **values: str) -> Answer:
    """Answer a named question; values are text, whatever the kind of the parameter.

    Raises NotFound or ParameterError.

        run_question(graph, "negative-indicators", framework="wcc-behaviours")
    """
    return run_query(graph, find_question(name).bind(graph.base, **values))


def _values(name: str) -> re.Pattern[str]:
    """Return the pattern of the line that holds a parameter's value."""
    return re.compile(rf"(VALUES +\?{re.escape(name)} *\{{ *)(.*?)( *\}})")


def _bound(text: str, name: str, term: str) -> str:
    """Return the text with the value of one parameter replaced."""
    found = _values(name).search(text)
    return text if found is None else text[: found.start(2)] + term + text[found.end(2) :]


def _term(parameter: Parameter, value: str, base: str) -> str:
    """Return a value as a SPARQL term, escaped by the engine's own writer."""
    if parameter.kind == "text":
        return str(ox.Literal(value))
    if parameter.kind == "integer":
        if not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise ParameterError(parameter.name, f"{value!r} is not a whole number")
        return str(int(value))
    iri = expand(value)
    try:
        return str(ox.NamedNode(iri if ":" in iri else base + iri))
    except ValueError as error:
        raise ParameterError(
            parameter.name, f"{value!r} is not an IRI or a path below {base}"
        ) from error
