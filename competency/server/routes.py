"""Every route in words: what it is for, what it takes and what it gives.

The OpenAPI document is made from this table and the routes there are; a test says that both are
the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from competency.exchange.exchanges import written_formats
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS
from competency.server.submission import TAKEN
from competency.shapes.reports import report_formats

HTML_TYPE, JSON_TYPE = "text/html", "application/json"
RDF_TYPES = tuple(row.media_type for row in RDF_SYNTAXES)
RESULT_TYPES = tuple(row.media_type for row in RESULT_FORMATS)
EXPORT_TYPES = tuple(dict.fromkeys(row.media_type for row in written_formats()))
REPORT_TYPES = tuple(row.media_type for row in report_formats() if row.media_type != HTML_TYPE)
FORM = "application/x-www-form-urlencoded"

# Query and header parameters: what they mean. Those of the header are marked as such.
PARAMETERS: Mapping[str, str] = {
    "iri": "The IRI of something that is held.",
    "format": "A format by its short name, such as turtle; stronger than Accept.",
    "_mediatype": "Media types or short names, the most wanted first; stronger than Accept.",
    "_profile": "Profiles by token or <IRI>, the most wanted first; alt lists all there are.",
    "Accept-Profile": "Profiles by IRI in angle brackets, with quality values.",
    "edition": "The number of the edition to answer from; the published one without it.",
    "from": "The number of the older edition, by default that of the version before; of an import "
    "the format that the file is in, by default what is in it says so.",
    "to": "The number of the newer edition, by default that of the published one; of an import "
    "the format that is wanted of the file.",
    "losses": "Present for what the wanted format cannot carry, in the place of the file.",
    "layout": "The layout of a document in words; by default it is recognised.",
    "Accept-Datetime": "A time: leads to what was published then (RFC 7089, Memento).",
    "lang": "The language of the page, such as fr; stronger than Accept-Language.",
    "page": "The page of a list that has several, counted from 1.",
    "query": "A SPARQL 1.1 query.",
    "question": "The name of a question that is written already.",
    "timeout": "Seconds that the query or the check may take.",
    "default-graph-uri": "A graph that a query sees as its default graph.",
    "named-graph-uri": "A graph that a query sees under its name.",
    "graph": "The IRI of a named graph.",
    "default": "Present for the default graph.",
    "If-Match": "ETags, one of which the graph must have; * where it must be there.",
    "If-None-Match": "ETags, none of which the graph may have; * where it must not be there.",
    "view": "levels shows a framework level by level.",
    "q": 'Words to look for; "in quotes" they stay together, -word must not be there.',
    "framework": "A framework, by IRI or path below the base; may be repeated. A search finds only "
    "what is in one of them, a crosswalk is the table between them.",
    "kind": "Only this kind of thing, such as Competency; may be repeated.",
    "level": "Only at this level: an IRI or a path below the base; may be repeated.",
    "polarity": "positive or negative: only helpful or only unhelpful behaviours.",
    "left": "The framework on one side, by IRI or path.",
    "right": "The framework on the other side, by IRI or path.",
    "spine": "The framework whose parts are the first rows, by default the first that is named.",
    "chains": "The longest chain of alignments that something is concluded from; 1 for none.",
    "find": "Words of titles: the form lists the frameworks that have them.",
    "do": "find shows the form with what was found, and not what it is about.",
    "gaps": "no leaves out the parts that match nothing.",
    "per_part": "The most suggestions that any part is in, from 1 to 100; 5 without it.",
    "contrasts": "1 for opposites as well: an unhelpful behaviour and a helpful one.",
    "reviewer": "The name of who decided.",
    "limit": "How many results a page has.",
    "name": "The name of the document that is sent; its suffix says what it is.",
    "profile": "The profile to check against: the rules of our own vocabulary without it.",
    "without": "The names of rules to leave out, with spaces or commas between them.",
    "open": "all or none: how much of the tree is unfolded.",
    "offset": "How many results to leave out before the first.",
    "sort": "The field to sort by; without it the order is that of the IRIs.",
    "orderBy": "asc or desc: the direction of the sorting.",
    "filter": "Comparisons of fields with texts, such as title~'bread' AND language='en'.",
    "fields": "Only these fields, with commas between them.",
}
_CONDITIONS = ("If-Match", "If-None-Match")  # of a write
HEADERS = frozenset(("Accept-Profile", "Accept-Datetime", *_CONDITIONS))
REQUIRED = frozenset(("iri",))
_IN_TIME = ("edition", "Accept-Datetime")
_NEGOTIATED = ("_mediatype", "_profile", "Accept-Profile", *_IN_TIME)


@dataclass(frozen=True)
class Route:
    """What one method of a route is for, its parameters, and media types in and out.

    A parameter that is required elsewhere and not here ends in a question mark. Of a write, what
    it gives is the report of the shapes; it ``creates`` what may not have been there before.
    """

    summary: str
    query: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    status: int = 200
    token: bool = False
    creates: bool = False


_REPORT = (JSON_TYPE, *RDF_TYPES)  # of what the shapes refuse
_GRAPHS = {
    "GET": Route("Return a graph as it was authored.", ("graph", "default"), RDF_TYPES),
    "PUT": Route(
        "Put a graph in the place of the one of its name.",
        ("graph", "default", *_CONDITIONS), _REPORT,
        (*RDF_TYPES, "multipart/form-data"), 204, token=True, creates=True,
    ),
    "POST": Route(
        "Add triples to a graph; without a name, to the graphs that the document is about.",
        ("graph", "default", *_CONDITIONS), _REPORT, (*RDF_TYPES, "multipart/form-data"), 204,
        token=True, creates=True,
    ),
    "DELETE": Route(
        "Take a graph out.", ("graph", "default", *_CONDITIONS), _REPORT, (), 204, token=True,
    ),
}  # fmt: skip
_DIRECT = {method: replace(row, query=row.query[2:]) for method, row in _GRAPHS.items()}
_TABLES = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_COMPARISON = (JSON_TYPE, *_TABLES, "text/tab-separated-values", *RDF_TYPES)
_SSSOM_TYPE = "text/tab-separated-values"
_SUGGESTIONS = (JSON_TYPE, _SSSOM_TYPE, "text/csv")
_CROSSWALK = ("framework", "spine", "chains", "gaps")
_QUERY = ("query", "question", "format", "timeout", "default-graph-uri", "named-graph-uri", "lang")
_SEARCH = ("q", "framework", "kind", "level", "polarity", "page", "limit", "lang")

ROUTES: Mapping[str, Route | Mapping[str, Route]] = {
    "home.index": Route(
        "The frameworks; a client that wants RDF is led to the description of the data set.",
        ("page", "_mediatype", "lang"), (HTML_TYPE,),
    ),
    "home.dataset": Route(
        "The description of everything: DCAT and VoID.",
        ("page", "_mediatype", "lang"), (HTML_TYPE, *RDF_TYPES),
    ),
    "catalogue.data": Route("The description of everything in one syntax.", (), RDF_TYPES),
    "catalogue.void": Route("Leads to the description of everything.", status=303),
    "resources.thing": Route(
        "A thing: leads to its page or its data, by media type and profile.",
        _NEGOTIATED, status=303,
    ),
    "resources.entity": Route(
        "A thing by its IRI, whoever coined it: leads to its page or its data.",
        ("iri", *_NEGOTIATED), status=303,
    ),
    "resources.page": Route(
        "The page of a thing.",
        ("_mediatype", "_profile", "view", "open", "lang", *_IN_TIME), (HTML_TYPE,),
    ),
    "resources.page_of": Route(
        "The page of a thing, by its IRI.",
        ("iri", "_mediatype", "_profile", "view", "open", "lang", *_IN_TIME), (HTML_TYPE,),
    ),
    "resources.data": Route(
        "The data of a thing. The name is its path and a suffix, and before that the token of a "
        "profile other than our own: c01.ttl, c01.skos.jsonld, c01.alt.json. Without a suffix it "
        "leads to what suits.",
        ("_mediatype", "_profile", *_IN_TIME), RDF_TYPES,
    ),
    "resources.data_of": Route(
        "The data of a thing, by its IRI.", ("iri", "format", *_NEGOTIATED), RDF_TYPES
    ),
    "resources.whole": Route(
        "Everything in one file, with the names of the graphs.",
        _IN_TIME, ("application/trig", "application/n-quads"),
    ),
    "terms.vocabulary": Route(
        "The vocabulary.", ("_mediatype", "lang"), (HTML_TYPE, *RDF_TYPES)
    ),
    "terms.vocabulary_in": Route("The vocabulary in one syntax.", (), RDF_TYPES),
    "terms.term": Route(
        "One term of the vocabulary.",
        ("_mediatype", "lang"), (HTML_TYPE, *RDF_TYPES),
    ),
    "terms.term_in": Route("One term of the vocabulary in one syntax.", (), RDF_TYPES),
    "terms.shape_in": Route("One shape in one syntax.", (), RDF_TYPES),
    "terms.context": Route("The JSON-LD context.", (), ("application/ld+json",)),
    "terms.shapes": Route("The shapes.", ("_mediatype", "lang"), (HTML_TYPE, *RDF_TYPES)),
    "terms.shapes_in": Route("The shapes in one syntax.", (), RDF_TYPES),
    "terms.shape": Route(
        "One shape.",
        ("_mediatype", "lang"), (HTML_TYPE, *RDF_TYPES),
    ),
    "endpoint.sparql": {
        "GET": Route(
            "Answer a query (SPARQL 1.1 Protocol); without one, the editor or the service "
            "description.", _QUERY, (*RESULT_TYPES, *RDF_TYPES, HTML_TYPE),
        ),
        "POST": Route(
            "Answer a query.", (), (*RESULT_TYPES, *RDF_TYPES, HTML_TYPE),
            (FORM, "application/sparql-query"),
        ),
    },
    "endpoint.terms": Route("The terms that the editor completes.", ("lang",), (JSON_TYPE,)),
    "search.page": Route(
        "Search all frameworks and parts; a page of what was found, or JSON.",
        _SEARCH, (HTML_TYPE, JSON_TYPE),
    ),
    "search.data": Route("Search all frameworks and parts.", _SEARCH, (JSON_TYPE,)),
    "search.opensearch": Route(
        "What a browser needs to offer this search.", (), ("application/opensearchdescription+xml",)
    ),
    "compare.index": Route(
        "Two frameworks side by side, by their alignments.",
        ("left", "right", "find", "do", "format", "lang"), (HTML_TYPE, *_COMPARISON),
    ),
    "compare.data": Route("The comparison as data.", ("left", "right"), _COMPARISON),
    "crosswalk.index": Route(
        "A table between two or more frameworks: which parts match; without any, which have "
        "alignments.",
        (*_CROSSWALK, "find", "do", "page", "format", "lang"), (HTML_TYPE, JSON_TYPE, *_TABLES),
    ),
    "crosswalk.data": Route(
        "The table as data: json, csv or xlsx.", _CROSSWALK, (JSON_TYPE, *_TABLES)
    ),
    "compare.wander": Route(
        "A picture of a framework or part and what it is aligned with.",
        ("iri?", "lang"), (HTML_TYPE,),
    ),
    "align.index": Route(
        "Suggestions of alignments between two frameworks, for people to decide.",
        ("left", "right", "per_part", "contrasts", "find", "do", "page", "format", "lang"),
        (HTML_TYPE, *_SUGGESTIONS),
    ),
    "align.decide": Route(
        "Decide suggestions. A form gives the table back or the next page, and nothing is "
        "stored; with the token JSON or SSSOM publishes what was decided.",
        ("left", "right", "reviewer", "lang"), (HTML_TYPE, JSON_TYPE, _SSSOM_TYPE),
        (FORM, "multipart/form-data", JSON_TYPE, _SSSOM_TYPE),
    ),
    "align.data": Route(
        "The suggestions as data: .sssom.tsv to decide in, .json, .csv.",
        ("left", "right", "per_part", "contrasts"), _SUGGESTIONS,
    ),
    "updates.update": Route(
        "Run an update (SPARQL 1.1 Protocol), behind the shapes.",
        (), _REPORT, (FORM, "application/sparql-update"), 204, token=True,
    ),
    "graphs.indirect": _GRAPHS,
    "graphs.direct": _DIRECT,
    "imports.form": Route("The form that takes a document.", ("lang",), (HTML_TYPE,)),
    "imports.template": Route(
        "An empty table to fill in and to import: a workbook (xlsx) or CSV (csv).", (),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"),
    ),
    "imports.upload": Route(
        "Read a file of any format: what is in it, or with to= one of its frameworks in another "
        "format. Nothing is stored.",
        ("name", "from", "to", "iri?", "losses", "layout", "format", "lang"),
        (HTML_TYPE, *dict.fromkeys((*RDF_TYPES, JSON_TYPE, *EXPORT_TYPES))),
        ("multipart/form-data", "application/octet-stream"),
    ),
    "exports.index": Route(
        "The formats that a framework can be had in; with format= what that one cannot carry.",
        ("iri", "format", "lang", "edition"), (HTML_TYPE, JSON_TYPE),
    ),
    "exports.export": Route(
        "A framework in one of the formats of the field, as a file.",
        ("iri", "edition"), EXPORT_TYPES,
    ),
    "validation.form": Route("The form that takes a text to be checked.", ("lang",), (HTML_TYPE,)),
    "validation.check": Route(
        "Check a document: what to mend, by part and line. Status 200 whether it conforms or not.",
        ("name", "profile", "without", "format", "timeout", "lang"), (HTML_TYPE, *REPORT_TYPES),
        (*TAKEN, FORM, "multipart/form-data"),
    ),
    "versions.editions": Route(
        "The editions that are here, the newest first.", ("lang",), (HTML_TYPE, JSON_TYPE)
    ),
    "versions.editions_in_json": Route("The editions as JSON.", (), (JSON_TYPE,)),
    "versions.edition": Route(
        "An edition, and what changed with it; a number, or a number and .json.",
        ("lang",), (HTML_TYPE, JSON_TYPE),
    ),
    "versions.history": Route(
        "The versions of a thing.", ("iri", "lang"), (HTML_TYPE, JSON_TYPE)
    ),
    "versions.history_at": Route(
        "The versions of a thing, by its path.", ("lang",), (HTML_TYPE, JSON_TYPE)
    ),
    "versions.history_in_json": Route("The versions of a thing as JSON.", ("iri",), (JSON_TYPE,)),
    "versions.changes": Route(
        "What changed with a thing between two editions.",
        ("iri", "from", "to", "lang"), (HTML_TYPE, JSON_TYPE, "application/rdf-patch"),
    ),
    "versions.changes_in": Route(
        "The same as JSON (json) or as an RDF patch (rdfp).",
        ("iri", "from", "to"), (JSON_TYPE, "application/rdf-patch"),
    ),
    "versions.timemap": Route(
        "All past states of an address (RFC 7089, section 5).", (), ("application/link-format",)
    ),
    "case.documents": Route(
        "List the frameworks as CFDocuments of CASE, a page at a time.",
        ("limit", "offset", "sort", "orderBy", "filter", "fields"), (JSON_TYPE,),
    ),
    "case.document": Route("Return a framework as a CFDocument.", (), (JSON_TYPE,)),
    "case.package": Route("Return a framework whole, as a CFPackage.", (), (JSON_TYPE,)),
    "case.item": Route("Return a part of a framework as a CFItem.", (), (JSON_TYPE,)),
    "case.item_associations": Route(
        "Return a CFItem with the associations that it is at one end of.", (), (JSON_TYPE,)
    ),
    "case.association": Route("Return a CFAssociation.", (), (JSON_TYPE,)),
    "case.association_grouping": Route("Return a CFAssociationGrouping.", (), (JSON_TYPE,)),
    "case.concept": Route("Return a CFConcept and those below it.", (), (JSON_TYPE,)),
    "case.item_type": Route("Return a CFItemType and those below it.", (), (JSON_TYPE,)),
    "case.license": Route("Return a CFLicense.", (), (JSON_TYPE,)),
    "case.subject": Route("Return a CFSubject and those below it.", (), (JSON_TYPE,)),
    "case.rubric": Route(
        "Return a CFRubric with its criteria and their levels.", (), (JSON_TYPE,)
    ),
    "openapi.document": Route("This document.", (), (JSON_TYPE,)),
    "sitemap.index": Route("The list of the sitemaps.", (), ("application/xml",)),
    "sitemap.chunk": Route("Up to 2,000 addresses of pages.", (), ("application/xml",)),
    "sitemap.robots": Route("What robots may fetch.", (), ("text/plain",)),
    "operations.health": Route("Whether the server lives.", (), (JSON_TYPE,)),
    "operations.ready": Route("Whether the server can answer.", (), (JSON_TYPE,)),
    "operations.metrics": Route("Figures for Prometheus.", (), ("text/plain",)),
    "static": Route("Styles, scripts and pictures of the pages.", (), ("*/*",)),
}  # fmt: skip
