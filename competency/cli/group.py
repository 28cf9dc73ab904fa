"""The group of commands, and the one place where our errors become one line and exit 2."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from competency import __version__
from competency.cli.commands import Later, summaries
from competency.errors import CompetencyError, SourceError

if TYPE_CHECKING:  # whatever holds data is imported by the commands that need it
    from competency.graph import KnowledgeGraph

_Command = TypeVar("_Command", bound=Callable[..., Any])


class FilePath(click.Path):
    """The path of a file that is read; an address is refused, as nothing is fetched.

    >>> FilePath().convert("my.ttl", None, None)
    PosixPath('my.ttl')
    """

    def __init__(self) -> None:
        """Give paths, whatever is there."""
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; SourceError where it is an address."""
        if isinstance(value, str) and value.lower().startswith(("http://", "https://")):
            raise SourceError(value, "is an address; save it as a file first")
        return super().convert(value, param, ctx)


FILES = click.argument("files", nargs=-1, type=FilePath())


def data_option(*, required: bool = False) -> Callable[[_Command], _Command]:
    """Return the option that names a data directory."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="The data directory: its editions, and which of them is published.",
        required=required,
    )


def output_option(text: str, kind: click.Path) -> Callable[[_Command], _Command]:
    """Return the option that names what to write; ``-`` is standard output, as if none were given.

    >>> option = output_option("Write it here.", click.Path())
    """
    return click.option(
        "-o", "--output", "output", type=kind, metavar="OUT", help=text, callback=_named
    )


def _named(_context: click.Context, _option: click.Parameter, given: Any) -> Any:
    return None if str(given) == "-" else given


def absolute_iri(_context: click.Context, _option: click.Parameter, given: Any) -> Any:
    """Return an IRI or several as they are; BadParameter for one that is not absolute.

    It is the callback of an option, and takes what click gives.
    """
    from competency.graph.store import is_absolute

    for iri in (given,) if isinstance(given, str) else given:
        if not is_absolute(iri):
            raise click.BadParameter(f"{iri!r} is not an absolute IRI")
    return given


class Commands(click.Group):
    """The group of commands, each of which is imported when it is wanted."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what commands there are, without importing any."""
        rows = summaries(formatter.width - 6 - max(map(len, self.commands)))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; print a CompetencyError as one line without a traceback.

        rdflib logs a traceback for every date that is none; the report says that in words.
        """
        import logging

        logging.getLogger("rdflib").setLevel(logging.ERROR)
        try:
            return super().invoke(ctx)
        except CompetencyError as error:
            for line in (str(error), *getattr(error, "more", ())):
                click.echo(f"competency: error: {line}", err=True)
            return ctx.exit(2)


@click.group(
    cls=Commands,
    commands=Later(),
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "COMPETENCY"},
)
@click.version_option(__version__, prog_name="competency")
def main() -> None:
    """Competency frameworks as a knowledge graph: query, publish and validate them.

    Commands work on the five frameworks that come with the package when no file is named.

    \b
    competency serve                       browse and query at http://127.0.0.1:8000
    competency query --list                the questions that are ready to ask
    competency validate my-framework.ttl   is it a good framework, and if not, why not?
    competency align --all                 which of their parts mean the same?
    competency publish my-framework.ttl --data DIR
    """


def graph_of(files: tuple[Path, ...], data: Path | None = None) -> KnowledgeGraph:
    """Load the files that were named, or what a directory has published, or what is shipped."""
    from competency.graph import DataDirectory, KnowledgeGraph

    if files and data:
        raise click.UsageError("name files or --data, not both")
    if data:
        return KnowledgeGraph.of(DataDirectory(data).require())
    return KnowledgeGraph(*files) if files else KnowledgeGraph.shipped()
