"""The columns of our own sheets: what each holds, in which words people look for it, and help.

Headers are compared by their letters and digits only, and each has other names that spreadsheets
of frameworks use. A text in another language stands in a column of its own: ``title (fr)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from competency.exchange.sheets import key

PARTS, FRAMEWORK, LEVELS = "Parts", "Framework", "Levels"
ORGANISATIONS, LINKS, OTHER, HELP = "Organisations", "Links", "Other statements", "Help"
_LANGUAGE = re.compile(r"(.*\S)\s*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\)\s*")


@dataclass(frozen=True, eq=False)  # there is one of each, which makes looking up fast
class Column:
    """A column, or a row of the sheet Framework: its header, its property, its other names.

    ``sort`` is how a cell is read: ``words`` (a text in a language), ``text``, ``date``, ``link``,
    ``choice`` (terms of ours by their labels), ``body`` (an organisation), or ``own`` for what
    the reader knows by name. ``core`` columns are always written.
    """

    header: str
    prop: str
    sort: str
    help: str
    names: tuple[str, ...] = ()
    width: float = 14
    core: bool = False


def _column(
    header: str, prop: str, sort: str, names: str, width: float, help_: str, *, core: bool = False
) -> Column:
    found = tuple(name for name in names.split("|") if name)
    return Column(header, prop, sort, help_, found, width, core)


PART_COLUMNS: tuple[Column, ...] = (
    _column("id", "", "own", "identifier|uri|iri|part id|ref|reference", 14,
            "A short name of the row that no other row has, such as 1.2 or WELD-3. It becomes the"
            " last step of the web address and must not change later. Left blank, it is made from"
            " the code, else from the place of the row. A row that begins with # is not read.",
            core=True),
    _column("parent id", "comp:partOf", "own", "parent|is child of|child of|parent identifier|"
            "under|belongs to", 12,
            "The id (or the code) of the row under which this one stands. Blank: it stands directly"
            " under the framework. Not needed where the outline column is filled.", core=True),
    _column("outline", "comp:partOf", "own", "outline number|hierarchy|smart level|numbering|"
            "wbs|structure", 10,
            "1, 1.1, 1.1.1 ...: 1.1 stands under 1. Fill this column or the parent id, not both."),
    _column("kind", "rdf:type", "own", "type|item type|category|cf item type|statement type", 20,
            "What the row is; choose from the list. A behaviour that shows the contrary of the"
            " competency is a negative indicator.", core=True),
    _column("number", "comp:enumeration", "text", "printed number|list enumeration|no|bullet", 9,
            "The number or letter printed before the text, such as 2.1 or b)."),
    _column("code", "comp:code", "own", "human coding scheme|coded notation|notation|unit code|"
            "competency code|skill code", 14,
            "An official code of this part. For a second code add the columns: code 2, code 2"
            " issued by.", core=True),
    _column("code issued by", "comp:issuedBy", "body", "issued by|code issuer|issuer", 16,
            "The organisation that gave out the code."),
    _column("title", "rdfs:label", "words", "name|label|competency|competency name|skill|"
            "skill name|heading|short title|abbreviated statement|competency label", 34,
            "The short name of a competency, unit, group or level. For another language add a"
            " column such as: title (fr).", core=True),
    _column("statement", "comp:text", "words", "full statement|text|description|indicator|"
            "behaviour|behavior|competency text|criterion|definition|behavioural indicator|"
            "behavioral indicator|performance criterion", 60,
            "The full text, word for word. For another language add a column such as: statement"
            " (fr).", core=True),
    _column("lead-in", "comp:leadIn", "own", "lead in id|lead-in id|stem", 12,
            "The id of the row whose words stand before this text, such as: You must be able"
            " to ..."),
    _column("level", "comp:atLevel", "own", "proficiency level|competency level|"
            "qualification level|skill level|at level", 14,
            "The level, by its title or id in the sheet Levels.", core=True),
    _column("credit", "comp:creditValue", "own", "credits|credit value|credit points", 8,
            "How many credits a unit counts: 3 or 2.5."),
    _column("credit note", "comp:creditQualifier", "own", "credit qualifier", 16,
            "A reservation printed with the credits, such as: for reference only."),
    _column("audience", "comp:audience", "words", "for whom|target group", 18,
            "The people this part is about."),
    _column("note", "skos:note", "words", "notes|comment|comments|remark|remarks", 30,
            "A remark that asks for nothing."),
    _column("scope note", "skos:scopeNote", "words", "scope|range", 30,
            "Where, to whom and within which limits the part applies."),
    _column("aspect", "comp:aspect", "choice", "", 10,
            "Whether the text asks for knowing or doing."),
    _column("wording", "comp:wording", "choice", "statement wording", 12,
            "verbatim: the words of the source. reworded: yours. Blank counts as verbatim."),
    _column("title wording", "comp:labelWording", "choice", "", 12,
            "Whether the title is the publisher's own or reworded."),
    _column("empty", "comp:isEmpty", "own", "is empty|left empty", 8,
            "yes, where the source has this field and left it empty."),
    _column("page", "comp:page", "text", "pages|page number", 8,
            "The page of the source on which this is printed."),
    _column("lines", "comp:lines", "text", "line|line numbers", 8,
            "The lines of the source text, such as 12-14."),
    _column("section", "comp:section", "text", "source section", 14,
            "The section, sheet or cell of the source, where it has no pages or lines."),
    _column("repair", "comp:repair", "choice", "", 14,
            "What was done to the text that came out of the source."),
    _column("doubt", "comp:doubt", "words", "doubts|editorial note", 24,
            "What whoever read the source was not sure of."),
    _column("language", "", "own", "lang|language code", 10,
            "The language of this row where it is not that of the framework: en, fr, de ..."),
    _column("position", "comp:position", "own", "order|sequence number|sort order", 9,
            "The place among the rows with the same parent. Blank: the order of the rows counts."),
    _column("links", "", "own", "alignments", 30,
            "A link on each line: exact match https://example.org/x, or: assesses 1.2."),
)  # fmt: skip

FACTS: tuple[Column, ...] = (
    _column("iri", "", "own", "uri|id|identifier|web address|framework iri", 40,
            "The web address that names the framework for good. Blank: it is made from the title."),
    _column("title", "rdfs:label", "words", "name|framework|framework title|framework name", 40,
            "The title of the framework. For another language add a row such as: title (fr)."),
    _column("language", "dcterms:language", "own", "lang|language code", 40,
            "The language of the texts, as a code: en, fr, de, es, nl, zh ..."),
    _column("description", "dcterms:description", "words", "abstract|summary", 40,
            "What the framework is for, in a sentence or two."),
    _column("publisher", "dcterms:publisher", "body", "published by", 40,
            "The organisation that published it."),
    _column("author", "dcterms:creator", "body", "creator|authors|written by", 40,
            "The organisation that wrote it."),
    _column("licence", "dcterms:license", "link", "license|license url|licence url", 40,
            "The web address of the licence, such as"
            " https://creativecommons.org/licenses/by/4.0/."),
    _column("rights", "dcterms:rights", "words", "copyright|rights statement", 40,
            "Who holds the rights, in words."),
    _column("version", "owl:versionInfo", "text", "version number|edition", 40,
            "The version as it is printed."),
    _column("issued", "dcterms:issued", "date", "publication date|date published|published|date"
            "|year", 40, "The date of publication: 2024-05-31, 2024-05 or 2024."),
    _column("modified", "dcterms:modified", "date", "last change|last changed|date modified|"
            "updated|last change date time", 40, "The date of the last change."),
    _column("created", "dcterms:created", "date", "date created", 40,
            "The date on which it was made."),
    _column("extent", "comp:extent", "choice", "", 40,
            "whole: all of the framework is here. excerpt: only some of it."),
    _column("document type", "comp:documentType", "words", "framework type|type|type of document",
            40, "What the document calls itself, such as: national occupational standard."),
    _column("sector", "comp:sector", "words", "industry|trade", 40,
            "The trade or field of work."),
    _column("audience", "comp:audience", "words", "for whom|target group", 40,
            "The people it is about."),
    _column("note", "skos:note", "words", "notes|comment|comments|remark|remarks", 40,
            "A remark on the framework."),
    _column("code", "comp:code", "own", "framework code", 40,
            "An official code of the framework."),
    _column("code issued by", "comp:issuedBy", "body", "issued by|code issuer|issuer", 40,
            "The organisation that gave out the code."),
    _column("code id", "", "own", "", 40, "A short name of the code itself; leave it alone."),
    _column("source", "comp:source", "own", "source document|source title", 40,
            "The document from which the framework was taken."),
    _column("complete", "", "own", "", 40,
            "yes: nothing is added when this file is read. The export writes it; leave it alone."),
)  # fmt: skip

LEVEL_COLUMNS: tuple[Column, ...] = (
    _column("id", "", "own", "identifier|uri|iri|level id", 14,
            "A short name of the level that nothing else has. Blank: it is made from the rank."),
    _column("title", "rdfs:label", "words", "name|label|level|level name", 24,
            "What the level is called, such as: Level 3 or Expert."),
    _column("rank", "comp:rank", "own", "order|number|sequence", 8,
            "1 for the lowest level, 2 for the next ... Blank where the source gives no order."),
    _column("description", "dcterms:description", "words", "descriptor|definition|statement", 50,
            "What the level means."),
    _column("higher than", "comp:higherThan", "own", "above", 14,
            "The level just below, where there are no ranks."),
    _column("scale", "rdfs:label", "words", "scale title|scale name", 24,
            "The scale that the level belongs to."),
    _column("scale id", "comp:inScale", "own", "scale iri", 14,
            "A short name of the scale. Blank: it is made from its title."),
)  # fmt: skip

BODY_COLUMNS: tuple[Column, ...] = (
    _column("id", "", "own", "identifier|uri|iri", 20, "A short name of the organisation."),
    _column("name", "rdfs:label", "words", "title|label", 40, "Its name."),
)

# What the sheet of the framework asks for, filled or not.
ASKED = ("iri", "title", "language", "description", "publisher", "author", "licence", "rights",
         "version", "issued", "extent", "document type", "sector", "audience",
         "source")  # fmt: skip

LINK_HEADERS = ("from", "relation", "to")
OTHER_HEADERS = ("subject", "property", "value", "type", "mark", "while")

# Words for relations, in the sheet Links and in the column of links.
RELATIONS = {
    "comp:assesses": "assesses",
    "comp:repeats": "repeats",
    "comp:rewords": "rewords",
    "comp:contrasts": "contrasts with",
    "skos:exactMatch": "exact match",
    "skos:closeMatch": "close match",
    "skos:broadMatch": "broad match",
    "skos:narrowMatch": "narrow match",
    "skos:relatedMatch": "related match",
    "rdfs:seeAlso": "see also",
}


def parted(header: str) -> tuple[str, str]:
    """Return a header without the language behind it, and that language.

    >>> parted("Title (FR)"), parted("Title (core)"), parted("note")
    (('Title', 'fr'), ('Title (core)', ''), ('note', ''))
    """
    found = _LANGUAGE.fullmatch(header)
    return (found[1], found[2].lower()) if found else (header, "")


@cache
def _by_key(columns: tuple[Column, ...]) -> dict[str, Column]:
    found = {key(name): column for column in columns[::-1] for name in column.names}
    return found | {key(column.header): column for column in columns}


def column_of(header: str, columns: tuple[Column, ...]) -> Column | None:
    """Return the column that a header names, without a language; None for one of nobody's.

    >>> column_of("Full Statement", PART_COLUMNS).header
    'statement'
    """
    return _by_key(columns).get(key(header))


def known(headers: Iterable[str], columns: tuple[Column, ...]) -> int:
    """Return how many of these headers name a column."""
    return sum(column_of(parted(header)[0], columns) is not None for header in headers)


def is_instruction(cells: Iterable[str]) -> bool:
    """Say whether a row begins with #.

    >>> is_instruction(("# fill this in", "")), is_instruction(("1", "#"))
    (True, False)
    """
    return next(iter(cells), "").lstrip().startswith("#")
