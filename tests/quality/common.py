"""What the tests of quality share: Turtle with prefixes, and the checks run over it."""

from __future__ import annotations

from functools import cache

from rdflib import Graph

from competency._files import folder
from competency.ontology.terms import PREFIXES, SHAPES_IRI
from competency.shapes import Report, load_shapes, validate
from competency.shapes.engine import Compiled, compile_shapes

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEAD += "@prefix ex: <https://example.org/> .\n"
FRAMEWORK = "ex:f a comp:Framework .\n"


@cache
def compiled() -> Compiled:
    """Return the checks of quality alone, with the prefixes of the other queries."""
    place = folder("shapes")
    return compile_shapes(load_shapes(place / "quality.ttl", place / "tree.ttl"))


def judge(turtle: str, head: str = FRAMEWORK) -> Report:
    """Return what the checks find in some Turtle."""
    data = Graph().parse(data=HEAD + head + turtle, format="turtle")
    return validate(data, shapes=compiled())


def found(name: str, turtle: str, head: str = FRAMEWORK) -> list[str]:
    """Return what one check finds: the ends of the IRIs of the offenders, in order."""
    report = judge(turtle, head)
    return sorted(r.focus[20:] for r in report if r.shape == f"{SHAPES_IRI}#{name}")


def said(name: str, turtle: str, head: str = FRAMEWORK) -> str:
    """Return the message of the one finding of a check."""
    report = judge(turtle, head)
    [result] = [r for r in report if r.shape == f"{SHAPES_IRI}#{name}"]
    return result.message


def part(name: str, kind: str, more: str, parent: str = "ex:f") -> str:
    """Return a part of the framework in Turtle."""
    return f"ex:{name} a comp:{kind} ; comp:inFramework ex:f ; comp:partOf {parent} ; {more} .\n"


def item(name: str, text: str, more: str = "", language: str = "en") -> str:
    """Return a performance criterion with a text."""
    return part(name, "PerformanceCriterion", f'{more} comp:text "{text}"@{language}')
