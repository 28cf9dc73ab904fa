"""competency site: everything as files, for any web host."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from competency.cli.group import FILES, data_option, graph_of, main
from competency.cli.printing import progress_bar

if TYPE_CHECKING:
    from competency.graph import KnowledgeGraph


@main.command()
@click.argument("outdir", type=click.Path(path_type=Path, file_okay=False))
@FILES
@data_option()
@click.option("--url", default="", metavar="URL", help="Where the site will stand.")
@click.option(
    "--lang",
    "languages",
    default="",
    metavar="TAGS",
    help="The languages of the pages, the first at the top: en,fr. Default: all there are.",
)
@click.option("--title", default="Competency", show_default=True, help="The title of the site.")
@click.option("--force", is_flag=True, help="Write into a folder that holds other files.")
def site(
    outdir: Path,
    files: tuple[Path, ...],
    data: Path | None,
    url: str,
    languages: str,
    title: str,
    force: bool,
) -> None:
    """Write the whole site as files: pages, data in all formats, a search that needs no server.

    Any web host can serve OUTDIR, in any folder. What did not change is not written again, and
    what is gone is removed; files of your own in OUTDIR stay. With --url there are also the
    sitemap, and in w3id/ the redirects from the IRIs of things to their pages and data.

    \b
    competency site OUTDIR my-framework.ttl --url https://example.org/skills/
    competency site OUTDIR --data DIR --lang en
    """  # fmt: skip
    from competency.server.static_site import SiteOptions, write_site

    options = SiteOptions(_address(url), _tags(languages), title, force)
    graph, begin = graph_of(files, data), time.monotonic()
    _check_languages(graph, options.languages)
    with progress_bar("writing") as progress:
        tally, alike = write_site(graph, outdir, options, progress)
    for one, other in alike[:1]:
        more = f", and {len(alike) - 1} more" if len(alike) > 1 else ""
        click.echo(f"{one} and {other} differ only in case{more}", err=True)
    click.echo(
        f"{outdir}: {tally.written:,} files written, {tally.unchanged:,} unchanged, "
        f"{tally.removed:,} removed; {tally.size / 1e6:.1f} MB, {time.monotonic() - begin:.1f} s"
    )


def _address(url: str) -> str:
    if url and not url.startswith(("http://", "https://")):
        raise click.BadParameter("write it with http:// or https://", param_hint="--url")
    return url


def _tags(text: str) -> tuple[str, ...]:
    """Return the language tags in a list with commas; UsageError for what is no tag."""
    from competency.server.tags import is_tag

    tags = tuple(dict.fromkeys(tag.strip() for tag in text.split(",") if tag.strip()))
    for tag in tags:
        if not is_tag(tag):
            raise click.BadParameter(f"{tag} is no language tag", param_hint="--lang")
    return tags


def _check_languages(graph: KnowledgeGraph, tags: tuple[str, ...]) -> None:
    """Refuse a language that neither the pages nor any framework are written in."""
    from competency.server.languages import INTERFACE
    from competency.server.tags import best

    there = tuple(dict.fromkeys((*INTERFACE, *(t for g in graph.graphs() for t in g.languages))))
    for tag in tags:
        if best([tag], there) is None:
            said = f"no pages in {tag}; there are {', '.join(there)}"
            raise click.BadParameter(said, param_hint="--lang")
