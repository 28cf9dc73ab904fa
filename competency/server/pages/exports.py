"""What pages show of exports: what each format is for, where it is, and what it cannot carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from flask import current_app, url_for

from competency.exchange.exchange import Exchange
from competency.exchange.exchanges import EXCHANGES, written_formats
from competency.exchange.mapping import Loss
from competency.exchange.terms import term
from competency.formats import RDF_SYNTAXES, Format
from competency.graph import Framework, KnowledgeGraph
from competency.ontology import Vocabulary
from competency.server.exporting import Exports, Written, parts_of
from competency.server.languages import N_
from competency.server.languages import gettext as _
from competency.server.links import Download, Links
from competency.server.pages.frame import Crumb
from competency.server.pages.values import Text, property_label, title_of
from competency.server.pages.words import cut
from competency.server.places import absolute

# What each format is for, in half a line, in the order in which pages list them; one that is not
# here says it itself, in English.
PURPOSES = {
    "xlsx": N_("for Excel, LibreOffice and Google Sheets; can be filled in and brought back"),
    "csv": N_("one plain table, for any spreadsheet program"),
    "case": N_("for learning platforms and curriculum systems"),
    "case-1.0": N_("for learning platforms that know the older version only"),
    "ctdl-asn": N_("for the Credential Registry and job boards that read it"),
    "ctdl-asn-csv": N_("the same as a table, for the bulk upload of the Credential Registry"),
    "skos": N_("for thesaurus and taxonomy programs"),
    "schema.org": N_("for web pages and search engines"),
    "scd": N_("for systems that share competency definitions by IEEE 1484.20.3"),
    "opensalt": N_("for OpenSALT, as the workbook that it imports"),
    "opensalt-csv": N_("for OpenSALT, as one table"),
    "opencase-xlsx": N_("for OpenCASE, as the workbook that it imports"),
    "opencase": N_("for OpenCASE, as one table"),
    "osmt": N_("for the Open Skills Management Tool"),
    "compeito": N_("for COMPEITO, as one table"),
    "moodle": N_("for the competencies of Moodle"),
    "sssom": N_("its alignments to other frameworks only, as a table to edit and to share"),
    "turtle": N_("everything, as text that people can read and keep under version control"),
    "jsonld": N_("everything, for programs that read JSON"),
    "rdfxml": N_("everything, for older programs that read XML"),
    "ntriples": N_("everything, one statement a line"),
    "trig": N_("everything, with the name of the graph"),
    "nquads": N_("everything, one statement a line, with the name of the graph"),
}
# Those that most people look for, in this order; the page of a framework has them at hand.
WANTED = ("xlsx", "csv", "case", "ctdl-asn", "skos", "sssom", "turtle", "jsonld")
_SHEETS = ("xlsx", "csv")  # tables of our own
_SHOWN = 40  # parts that a page names for one reason
_NAME = 90  # signs of the name of a part


@dataclass(frozen=True)
class ExportLink:
    """A format that a framework can be had in: its name, what it is for, and where it is.

    ``losses`` is where one learns what it cannot carry, ``about`` the same as ``purpose`` in
    English where nobody has translated it. One that is too large has no ``url``.
    """

    name: str
    title: str
    suffix: str
    purpose: str
    about: str
    url: str
    losses: str


@dataclass(frozen=True)
class Group:
    """Formats that belong together."""

    name: str
    title: str
    links: tuple[ExportLink, ...]


@dataclass(frozen=True)
class Lost:
    """One reason for which things are not carried: how many, of which properties, which parts."""

    why: str
    count: int
    properties: tuple[str, ...]
    parts: tuple[tuple[Text, str | None], ...]
    more: int


@dataclass(frozen=True)
class LossView:
    """What one format cannot carry; ``aside`` is what other programs look past."""

    export: ExportLink
    size: int
    lost: tuple[Lost, ...]
    aside: tuple[Lost, ...]
    lost_count: int
    aside_count: int


@dataclass(frozen=True)
class ExportPage:
    """All formats of a framework, and of one of them what it cannot carry."""

    iri: str
    title: Text
    crumbs: tuple[Crumb, ...]
    page: str
    data: tuple[Download, ...]
    groups: tuple[Group, ...]
    losses: LossView | None
    too_large: str
    case_api: str | None


def ending_of(syntax: Format) -> str:
    """Return the end of the name of a file; formats that share a suffix are told apart in it.

    >>> ending_of(Format("case", "CASE", ("application/json",), (".json",)))
    '.case.json'
    """
    suffix = syntax.suffixes[0]
    if syntax in RDF_SYNTAXES or suffix == f".{syntax.name}" or suffix.count(".") > 1:
        return suffix
    return f".{syntax.name.removesuffix('-' + suffix[1:])}{suffix}"


def export_url(iri: str, name: str) -> str:
    """Return the address of a framework in a format."""
    return url_for("exports.export", name=name, iri=iri, lang=None)


def list_url(iri: str, name: str | None = None) -> str:
    """Return the address of the list of all exports; with a name, of what that one loses."""
    return url_for("exports.index", iri=iri, format=name)


def export_urls(iri: str) -> Iterator[tuple[Format, str]]:
    """Yield every format that is written, with the address of a framework in it."""
    for row in written_formats():
        yield row, export_url(iri, row.name)


def wanted_exports(iri: str) -> tuple[ExportLink, ...]:
    """Return the formats that most people look for, for the page of a framework."""
    if "exports.export" not in current_app.view_functions:
        return ()
    rows = {row.name: row for row in written_formats()}
    return tuple(_link(iri, rows[name]) for name in WANTED if name in rows)


def export_page(
    framework: Framework, links: Links, known: Exports, exchange: Exchange | None
) -> ExportPage:
    """Return what the page of all exports shows; ``exchange`` is the one whose losses it tells.

    Raises what writing raises, where losses are asked for.
    """
    iri, title = framework.iri, title_of(framework)
    large = parts_of(links.site, framework) > known.most_parts
    losses = None
    if exchange is not None:
        losses = _loss_view(iri, exchange, links, known)
    return ExportPage(
        iri=iri,
        title=title,
        crumbs=(Crumb(title, links.page(iri)), Crumb(Text(_("All formats")))),
        page=links.page(iri),
        data=tuple(links.downloads(iri)),
        groups=tuple(_groups(iri, large)),
        losses=losses,
        too_large=f"competency export {iri} --to xlsx" if large else "",
        case_api=_case_api(links.site.graph.elsewhere),
    )


def _case_api(elsewhere: bool) -> str | None:
    """Return the address of the CASE interface, where this server has one."""
    if elsewhere or "case.documents" not in current_app.view_functions:
        return None
    return absolute(url_for("case.documents", version="v1p1", lang=None))


def _link(iri: str, row: Format, *, too_large: bool = False) -> ExportLink:
    about = next((item.about for item in EXCHANGES if item.format == row), "")
    purpose = PURPOSES.get(row.name)
    return ExportLink(
        name=row.name,
        title=row.title,
        suffix=row.suffixes[0],
        purpose=_(purpose) if purpose else "",
        about=about,
        url="" if too_large else export_url(iri, row.name),
        losses="" if too_large or row in RDF_SYNTAXES else list_url(iri, row.name),
    )


def in_order(rows: Iterable[Format]) -> list[Format]:
    """Return formats in the order in which people look for them; those nobody knows of last."""
    known = list(PURPOSES)
    return sorted(rows, key=lambda row: known.index(row.name) if row.name in known else len(known))


def _groups(iri: str, large: bool) -> Iterator[Group]:
    """Yield the formats in groups: tables, then those of other systems, then RDF."""
    rows = in_order(written_formats())
    data = [row for row in rows if row in RDF_SYNTAXES]
    sheets = [row for row in rows if row.name in _SHEETS]
    others = [row for row in rows if row not in data and row not in sheets]
    for name, title, found in (
        ("tables", _("For spreadsheets"), sheets),
        ("systems", _("For other systems"), others),
        ("data", _("As linked data, complete"), data),
    ):
        if found:
            is_large = large and name != "data"
            yield Group(name, title, tuple(_link(iri, row, too_large=is_large) for row in found))


def _loss_view(iri: str, exchange: Exchange, links: Links, known: Exports) -> LossView:
    graph = links.site.graph

    def part(name: str) -> tuple[Text, str | None]:
        if name not in links.site.held:
            return Text(cut(name, _NAME)), None
        return short_title(graph, name), links.page(name)

    written = known.written(links.site, iri, exchange)
    return losses_of(written, _link(iri, exchange.format), graph.vocabulary, part)


def short_title(graph: KnowledgeGraph, iri: str) -> Text:
    """Return what a thing is called, cut where it is long."""
    title = title_of(graph.resource(iri))
    return Text(cut(title.value, _NAME), title.lang)


def losses_of(
    written: Written,
    export: ExportLink,
    words: Vocabulary,
    part: Callable[[str], tuple[Text, str | None]],
) -> LossView:
    """Return what was lost on the way to a format; ``part`` says what a part is called."""
    return LossView(
        export=export,
        size=len(written.document.data),
        lost=tuple(_by_reason(written.losses, words, part)),
        aside=tuple(_by_reason(written.aside, words, part)),
        lost_count=len(written.losses),
        aside_count=len(written.aside),
    )


def _by_reason(
    losses: Iterable[Loss], words: Vocabulary, part: Callable[[str], tuple[Text, str | None]]
) -> Iterator[Lost]:
    """Yield losses by their reason, the commonest first."""
    found: dict[str, list[Loss]] = {}
    for loss in losses:
        found.setdefault(loss.why, []).append(loss)
    for why, group in sorted(found.items(), key=lambda item: -len(item[1])):
        properties = dict.fromkeys(_property(loss.property, words) for loss in group)
        parts = list(dict.fromkeys(loss.part for loss in group))
        shown = tuple(part(iri) for iri in parts[:_SHOWN])
        yield Lost(why, len(group), tuple(properties), shown, len(parts) - len(shown))


def _property(name: str, words: Vocabulary) -> str:
    """Return what people call a property; ``rdf:type`` stands for the part as such."""
    if name == "rdf:type":
        return _("the part itself")
    iri = name if "://" in name or ":" not in name else str(term(name))
    return property_label(words, iri)
