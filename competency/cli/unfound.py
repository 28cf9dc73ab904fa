"""What to say of a query that found nothing, where a name in it may be the reason."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from competency.errors import NotFound
from competency.ontology import COMP, expand, shorten

if TYPE_CHECKING:
    from competency.graph import KnowledgeGraph
    from competency.sparql import Question

_TERM = re.compile(rf"comp:(\w+)|<{re.escape(str(COMP))}(\w+)>")


def is_nothing(answer: Any) -> bool:
    """Say whether an answer has no rows or triples, or only counts of none."""
    if answer.form == "ASK":
        return False
    rows = list(answer) if answer.form == "SELECT" and len(answer) == 1 else []
    return len(answer) == 0 or any(set(map(str, row.values())) == {"0"} for row in rows)


def reasons(graph: KnowledgeGraph, question: Question, values: Mapping[str, str]) -> Iterator[str]:
    """Give what may be wrong with a question: things that are not held, classes that have no thing.

    A parameter may name what only links lead to, so that a name that is not held is no error.

        list(reasons(graph, Question("typed", "SELECT * { ?s a comp:Framwork }"), {}))
    """
    for parameter in question.parameters:
        value = values.get(parameter.name)
        if parameter.kind == "iri" and value:
            yield from _not_held(graph, parameter.name, value)
    for iri in _terms(question.text):
        yield from _unknown(graph, iri, question.text)


def _not_held(graph: KnowledgeGraph, name: str, value: str) -> Iterator[str]:
    iri = expand(value)
    try:
        graph.resource(iri if ":" in iri else graph.base + iri)
    except NotFound as error:
        near = [one.iri for one in graph.frameworks if one.path in _near(graph, value)]
        shown = (one.removeprefix(graph.base) for one in dict.fromkeys((*near, *error.near)))
        yield f"parameter {name}: " + str(NotFound("resource", value, list(shown)[:3]))


def _near(graph: KnowledgeGraph, value: str) -> list[str]:
    paths = [one.path for one in graph.frameworks if one.path]
    return difflib.get_close_matches(value.removeprefix(graph.base), paths)


def _terms(text: str) -> list[str]:
    """Return the terms of our vocabulary in a query, each once, those in texts left out."""
    from competency.sparql.guard import tokens

    code = " ".join(token for kind, token, _ in tokens(text) if kind not in ("comment", "text"))
    found = (str(COMP) + (match[1] or match[2]) for match in _TERM.finditer(code))
    return list(dict.fromkeys(found))


def _unknown(graph: KnowledgeGraph, iri: str, text: str) -> Iterator[str]:
    """Say that a term is not in the vocabulary, or that only classes below a class have things."""
    from competency.sparql import run_query

    below = graph.vocabulary.subclasses(iri) - {iri}
    if iri not in graph.vocabulary.terms:
        near = difflib.get_close_matches(iri, graph.vocabulary.terms, cutoff=0.8)
        yield str(NotFound("term", shorten(iri), map(shorten, near)))
    elif below and "subClassOf" not in text and not run_query(graph, f"ASK {{ ?s a <{iri}> }}"):
        kinds = " ".join(f"<{one}>" for one in sorted(below))
        if run_query(graph, f"ASK {{ VALUES ?kind {{ {kinds} }} ?s a ?kind }}"):
            name = shorten(iri)
            yield f"{name}: only classes below it have things; write a/rdfs:subClassOf* {name}"
