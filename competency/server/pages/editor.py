"""What the editor of the SPARQL page is told: addresses, prefixes, formats, terms and its words.

The editor is a script that is built from ``server/front``. The page and its form work without
it, so where it was not built the page does not mention it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from urllib.parse import urlsplit

from flask import url_for
from rdflib import URIRef

from competency._files import folder
from competency.errors import EndpointError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, Format
from competency.graph import Summary
from competency.ontology import COMP, PREFIXES, own_vocabulary, shorten
from competency.server.languages import gettext as _
from competency.server.languages import ngettext, ngettext_noop
from competency.server.site import Document, Site

MAX_HELD = 200  # places of publishers whose IRIs lead to a page here
_PLACE = "__place__"  # in an address, where the editor puts a path or an IRI
_SCRIPTS = ("built/editor.js",)
_BORROWED = ("dcterms", "org", "prov", "rdf", "rdfs", "schema", "skos", "xsd")


def editor_scripts() -> tuple[str, ...]:
    """Return the paths below ``static`` of the editor's scripts, or none where it was not built."""
    static = folder("server") / "static"
    return _SCRIPTS if all((static / name).is_file() for name in _SCRIPTS) else ()


def editor_settings(site: Site) -> dict[str, object]:
    """Return what the page hands to the editor as a block of JSON.

    ``held`` and ``entity`` lead from an IRI to its page here, as ``Links.to`` does for the form.
    """
    return {
        "endpoint": url_for("endpoint.sparql"),
        "terms": url_for("endpoint.terms"),
        "base": site.graph.base,
        "thing": url_for("resources.thing", path=_PLACE),
        "entity": url_for("resources.entity", iri=_PLACE),
        "held": held_places(site),
        "vocabularies": {
            PREFIXES["comp"]: url_for("terms.vocabulary"),
            PREFIXES["compsh"]: url_for("terms.shapes"),
        },
        "prefixes": PREFIXES,
        "formats": {
            "rows": _formats(RESULT_FORMATS),
            "truth": _formats(RESULT_FORMATS[:2]),
            "triples": _formats(RDF_SYNTAXES),
        },
        "words": editor_words(),
    }


def held_places(site: Site) -> list[str]:
    """Return the beginnings of the IRIs of frameworks that keep the names of their publishers."""
    ours = (site.graph.base, PREFIXES["comp"], PREFIXES["compsh"])
    found = (item.iri for item in frameworks_of(site))
    starts = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in found}
    return sorted(
        start for start in starts if not start.startswith(ours) and urlsplit(start).netloc
    )[:MAX_HELD]


def frameworks_of(site: Site) -> list[Summary]:
    """Return every framework in short, or none where the engine that holds them does not answer.

    The page is there to say so; it must not fail for want of what it proposes.
    """
    try:
        return site.summaries
    except EndpointError:
        return []


def _formats(table: tuple[Format, ...]) -> list[dict[str, str]]:
    return [{"name": row.name, "title": row.title, "type": row.media_type} for row in table]


# ------------------------------------------------------------------ terms to complete


@lru_cache(maxsize=8)
def terms_document(language: str) -> Document:
    """Return the terms that a query may name, as JSON: ours with label and definition first.

    The terms of other vocabularies are those that ours refers to.
    """
    vocabulary = own_vocabulary()
    rows = [
        {
            "name": shorten(iri),
            "kind": _kind(iri),
            "label": vocabulary.label(iri, language),
            "about": vocabulary.definition(iri),
        }
        for iri in vocabulary.terms
    ]
    rows += [{"name": name, "kind": _kind(name)} for name in _borrowed()]
    return Document.of(json.dumps({"terms": rows}, ensure_ascii=False).encode())


def _kind(name: str) -> str:
    """Say whether a name is a property, by how vocabularies spell them, or a class or a thing."""
    vocabulary = own_vocabulary()
    if name.startswith(str(COMP)):
        return "property" if name in vocabulary.properties else "class"
    local = name.rpartition(":")[2]
    return "property" if local[:1].islower() and not name.startswith("xsd:") else "class"


def _borrowed() -> list[str]:
    named = {
        str(node) for row in own_vocabulary().graph for node in row if isinstance(node, URIRef)
    }
    short = {shorten(iri) for iri in named}
    return sorted(name for name in short if name.partition(":")[0] in _BORROWED)


# ------------------------------------------------------------------ words


def editor_words() -> dict[str, str]:
    """Return the texts of the editor in the language of the page; ``{name}`` is filled in there."""
    return {
        **_words_of_asking(),
        **_words_of_answers(),
        **_words_of_charts(),
        **_counted("rows", *ngettext_noop("%(num)s row", "%(num)s rows")),
        **_counted("triples", *ngettext_noop("%(num)s triple", "%(num)s triples")),
    }


def _counted(name: str, one: str, many: str) -> dict[str, str]:
    """Return both forms of a counted message, the number left open."""
    return {
        f"{name}.one": ngettext(one, many, 1, num="{num}"),
        f"{name}.other": ngettext(one, many, 2, num="{num}"),
    }


def _words_of_asking() -> dict[str, str]:
    return {
        "query": _("SPARQL query"),
        "keys": _("Escape, then Tab, leaves the editor."),
        "running": _("The query runs …"),
        "cancel": _("Cancel"),
        "cancelled": _("Cancelled; the server stops working on it."),
        "unreachable": _("The server could not be reached."),
        "refused": _("The server answered with status {status}."),
        "place": _("Line {line}, column {column}"),
        "link": _("Copy link"),
        "copied": _("Link copied"),
        "not-copied": _("The link is in the address bar; the browser did not let us copy it."),
        "too-long": _("The query is too long for a link: {length} of {most} bytes."),
        "variable": _("variable"),
        "prefix": _("prefix"),
        "function": _("function"),
    }


def _words_of_answers() -> dict[str, str]:
    return {
        "answer": _("Answer"),
        "seconds": _("{seconds} s"),
        "yes": _("Yes"),
        "no": _("No"),
        "none": _("No rows"),
        "no-triples": _("No triples"),
        "views": _("Views of the answer"),
        "table": _("Table"),
        "chart": _("Chart"),
        "raw": _("Raw"),
        "format": _("Format"),
        "download": _("Download"),
        "loading": _("Loading …"),
        "sort": _("Sort by {name}"),
        "pages": _("Pages of the table"),
        "previous": _("Previous"),
        "next": _("Next"),
        "shown": _("{first} to {last} of {num}"),
        "cut": _("Shown here: the first {shown} of {num} characters. The file has all of it."),
        "subject": _("subject"),
        "predicate": _("predicate"),
        "object": _("object"),
    }


def _words_of_charts() -> dict[str, str]:
    return {
        "labels": _("Labels"),
        "values": _("Values"),
        "kind": _("Kind"),
        "bars": _("Bars"),
        "line": _("Line"),
        "chart-of": _("{values} by {labels}"),
        "same-table": _("The table has the same values."),
        "chart-cut": _("Drawn here: the first {shown} of {num} rows."),
        "no-rows": _("There is nothing to draw: the answer has no rows."),
        "no-number": _(
            "No chart: no column holds only numbers. Count or add something up, such as {example}."
        ),
        "not-rows": _("No chart: only the rows of a SELECT query can be drawn."),
    }
