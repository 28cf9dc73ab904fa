"""The one table of commands: the module of each, and what it is for, in a line of the help.

A module is imported when its command is run or asked for help, so that a command waits for nothing
that only others need.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import NamedTuple

import click


class Row(NamedTuple):
    """A command: its module in this room, and the first sentence of its help."""

    module: str
    summary: str


COMMANDS: dict[str, Row] = {
    "align": Row(
        "align", "Suggest how parts of frameworks relate, and take back what people decide."
    ),
    "crosswalk": Row(
        "crosswalk", "Show which parts of two or more frameworks match, as one table."
    ),
    "diff": Row(
        "editions",
        "Say what changed between two editions, by default between the current one and its parent.",
    ),
    "editions": Row(
        "editions", "List the editions, the newest first; the published one has a star."
    ),
    "export": Row(
        "exporting", "Write frameworks in another format: CASE, CTDL-ASN, SKOS, a table, RDF."
    ),
    "import": Row(
        "importing",
        "Turn files of any format into frameworks: CASE, CTDL-ASN, SKOS, tables, RDF, documents.",
    ),
    "publish": Row("editions", "Publish frameworks: a new edition, all of it or nothing."),
    "query": Row("query", "Ask a named question, a .rq file, or a SPARQL query of your own."),
    "reason": Row(
        "reason",
        "Say whether frameworks contradict the ontology or themselves, and what follows from them.",
    ),
    "rollback": Row(
        "editions", "Publish an older edition again: the same switch as publishing, the other way."
    ),
    "serve": Row("serve", "Publish frameworks as linked data with pages and a SPARQL endpoint."),
    "site": Row(
        "site",
        "Write the whole site as files: pages, data in all formats, a search that needs no server.",
    ),
    "validate": Row(
        "validate",
        "Check frameworks against the shapes: what is wrong, where, and how to mend it.",
    ),
    "verify": Row(
        "editions",
        "Work out every digest again and compare; by default of the published edition.",
    ),
}


class Later(MutableMapping[str, click.Command]):
    """The commands by name; the module of one is imported, and adds it, when it is looked up."""

    def __init__(self) -> None:
        """Begin with none imported."""
        self._added: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._added:
            import_module(f"competency.cli.{COMMANDS[name].module}")
        return self._added[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._added[name] = command

    def __delitem__(self, name: str) -> None:
        del self._added[name]

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def summaries(width: int) -> list[tuple[str, str]]:
    """Return each command and what it is for, cut to a width as click does it.

    >>> summaries(30)[0]
    ('align', 'Suggest how parts of...')
    """
    return [
        (name, click.Command(name, help=row.summary).get_short_help_str(width))
        for name, row in sorted(COMMANDS.items())
    ]
