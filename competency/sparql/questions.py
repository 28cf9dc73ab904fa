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
from competency.sparql.guard import tokens
from competency.sparql.querying import run_query
from competency.sparql.results import Answer

_HEADER = re.compile(r"^# *(title|description|parameter): *(.+)$", re.MULTILINE)
_VALUES = re.compile(
    r"""VALUES\s+\?(?P<name>\w+)\s*\{\s*
        (?P<value>UNDEF|<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|[+-]?\d+|[A-Za-z][\w-]*:[\w-]*)\s*\}""",
    re.VERBOSE,
)
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,18}")
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

        An IRI may be given in full, with one of our prefixes, or as a path below ``base``. An
        empty value leaves the default, as an empty field of a form does.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                there = ", ".join(known) or "none"
                reason = f"question {self.name} has no such parameter; it has: {there}"
                raise ParameterError(name, reason)
        terms = {name: _term(known[name], value, base) for name, value in values.items() if value}
        return self._with(terms)

    def _with(self, terms: dict[str, str]) -> str:
        """Put terms in place of defaults, all at once: no value is ever searched for another."""
        pieces, at = [], 0
        for found in self._lines():
            if found["name"] in terms:
                pieces += [self.text[at : found.start("value")], terms[found["name"]]]
                at = found.end("value")
        return "".join([*pieces, self.text[at:]])

    def _lines(self) -> list[re.Match[str]]:
        """Return the places of values, those in comments left out."""
        comments = [
            range(start, start + len(token))
            for kind, token, start in tokens(self.text)
            if kind == "comment"
        ]
        return [
            found
            for found in _VALUES.finditer(self.text)
            if not any(found.start() in comment for comment in comments)
        ]

    def _header(self, key: str) -> list[str]:
        return [value.strip() for name, value in _HEADER.findall(self.text) if name == key]

    def _default(self, name: str) -> str | None:
        values = (found["value"] for found in self._lines() if found["name"] == name)
        value = next(values, "UNDEF")
        return None if value == "UNDEF" else value.strip('"<>')


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


def _term(parameter: Parameter, value: str, base: str) -> str:
    """Return a value as a SPARQL term, escaped by the engine's own writer."""
    kinds = {"text": "a text", "integer": "a whole number", "iri": f"an IRI or a path below {base}"}
    try:
        if parameter.kind == "text":
            return str(ox.Literal(value))
        if parameter.kind == "integer":
            if not _WHOLE_NUMBER.fullmatch(value):
                raise ValueError(value)
            return str(int(value))
        iri = expand(value)
        return str(ox.NamedNode(iri if ":" in iri else base + iri))
    except ValueError as error:
        raise ParameterError(parameter.name, f"{value!r} is not {kinds[parameter.kind]}") from error
