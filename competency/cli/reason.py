"""competency reason: can all of it be true, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from competency.cli.group import FILES, data_option, graph_of, main
from competency.cli.printing import print_json, waiting
from competency.formats import RDF_SYNTAXES, by_name
from competency.graph import KnowledgeGraph, NamedGraph, serialize
from competency.graph.reasoning import infer, rules
from competency.graph.reasoning.checking import Checked, check_graph
from competency.graph.reasoning.telling import Told, told
from competency.graph.writing import serialize_dataset
from competency.ontology.hermit import SECONDS

_SYNTAXES = [row.name for row in RDF_SYNTAXES]
_MANY = ("trig", "nquads")


@main.command()
@FILES
@data_option()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", *_SYNTAXES]),
    default="text",
    show_default=True,
    metavar="FORMAT",
    help=f"text, json, or what follows as RDF: {', '.join(_SYNTAXES)}.",
)
@click.option("--no-check", is_flag=True, help="Say only what follows; this needs no Java.")
@click.option(
    "--seconds",
    type=click.FloatRange(1),
    default=SECONDS,
    show_default=True,
    help="How long HermiT may think, explanations included.",
)
def reason(
    files: tuple[Path, ...], data: Path | None, style: str, no_check: bool, seconds: float
) -> None:
    """Say whether frameworks contradict the ontology or themselves, and what follows from them.

    HermiT decides, which comes with pip install 'competency[reason]'. A contradiction is explained:
    the fewest statements that cannot all be true, and the axioms they go against. A FILE may also
    be an ontology of your own that builds on ours: a class that can have no member is explained.

    What follows (classes in the field's vocabularies, inverses, the framework of a part, matches
    the other way round) is in a graph of its own, without what is stated: docs/reasoning.md.

    Exit 0 when all is consistent, 1 when it is not, 2 when that could not be found out.

    \b
    competency reason my-framework.ttl
    competency reason my-framework.ttl --format turtle --no-check
    competency reason --data DIR --format trig --no-check
    """
    graph = graph_of(files, data)
    checked = [] if no_check else _checked(graph, seconds)
    consistent = all(item.answer.consistent for item in checked)
    follows = _follows(graph, published=data is not None) if consistent else None
    contradictions = [item for found in checked for item in told(found)]
    if style == "json":
        print_json(_plain(checked, contradictions, follows))
    else:
        on_stderr = style != "text"
        if not no_check:
            click.echo("\n".join(_verdict(graph, checked, contradictions)), err=on_stderr)
        if follows is not None and on_stderr:
            _print_graphs(follows[0], style)
        elif follows is not None:
            click.echo("\n".join(_counted(*follows)))
    raise SystemExit(0 if all(item.answer for item in checked) else 1)


def _checked(graph: KnowledgeGraph, seconds: float) -> list[Checked]:
    with waiting(f"asking HermiT about {len(graph):,} triples"):
        return [*check_graph(graph, seconds)]


# ---------------------------------------------------------------------- what follows


def _follows(graph: KnowledgeGraph, *, published: bool) -> tuple[list[NamedGraph], Counter[str]]:
    """Return what follows from each graph that something follows from, and how much by which rule.

    Files are read together: what one of them says of classes and properties counts for all.
    """
    found: list[NamedGraph] = []
    counts: Counter[str] = Counter()
    more = () if published else [triple for named in graph.graphs() for triple in named.triples]
    for named in graph.graphs():
        inferred = infer(named, more)
        counts.update(inferred.counts)
        if inferred.graph.triples:
            found.append(inferred.graph)
    return found, counts


def _counted(graphs: list[NamedGraph], counts: Counter[str]) -> Iterator[str]:
    total = sum(len(graph.triples) for graph in graphs)
    number = f"{len(graphs)} {'graph' if len(graphs) == 1 else 'graphs'}"
    yield f"{total:,} triples follow from {number}, by these rules:"
    for rule in rules():
        if counts[rule.name]:
            yield f"  {counts[rule.name]:>7,}  {rule.name}: {rule.title}"


def _print_graphs(graphs: list[NamedGraph], style: str) -> None:
    """Print what follows: with names of graphs where the syntax has them."""
    syntax = by_name(style)
    if style in _MANY:
        data = serialize_dataset(graphs, syntax)
    else:
        triples = (triple for graph in graphs for triple in graph.triples)
        data = serialize(NamedGraph("", triples), syntax)
    click.echo(data, nl=False)


# ---------------------------------------------------------------------- the verdict


def _verdict(
    graph: KnowledgeGraph, checked: list[Checked], contradictions: list[Told]
) -> Iterator[str]:
    """Yield the lines that say whether all is consistent, and why not."""
    apart = "" if len(checked) == 1 else f", each of {len(checked)} graphs by itself"
    if all(item.answer for item in checked):
        yield f"consistent: {len(graph):,} triples and the ontology{apart}"
        return
    if any(not item.answer.consistent for item in checked):
        yield f"not consistent: {len(graph):,} triples and the ontology{apart}"
    else:
        yield "consistent, but not every class can have a member"
    for number, item in enumerate(contradictions, 1):
        yield f"\n{number}. {item.what}"
        yield from (f"     {line}" for line in item.statements)
        if item.axioms:
            yield "   since" if item.statements else "   because"
            yield from (f"     {line}" for line in item.axioms)
    if not all(item.answer.complete for item in checked):
        yield "\nThere may be more: mend these, or give it more --seconds, and look again."
    if any(not item.answer.consistent for item in checked):
        yield "\nWhat follows is not worked out: from a contradiction everything follows."


def _plain(
    checked: list[Checked],
    contradictions: list[Told],
    follows: tuple[list[NamedGraph], Counter[str]] | None,
) -> dict[str, Any]:
    """Return everything as plain values for programs; ``consistent`` is null where not asked."""
    found: dict[str, Any] = {
        "consistent": all(item.answer.consistent for item in checked) if checked else None,
        "complete": all(item.answer.complete for item in checked),
        "unsatisfiable": sorted({iri for item in checked for iri in item.answer.unsatisfiable}),
        "contradictions": [item.to_dict() for item in contradictions],
        "follows": None,
    }
    if follows is not None:
        graphs, counts = follows
        sizes = {graph.name: len(graph.triples) for graph in graphs}
        found["follows"] = {"graphs": sizes, "rules": dict(counts)}
    return found
