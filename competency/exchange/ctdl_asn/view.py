"""CTDL-ASN: framework and competencies; rubrics and progression models are made beside this.

Hierarchy is isChildOf and hasChild and never an alignment. An unhelpful behaviour is no
ceasn:Competency: its text is in a comment, behind words that say what it is.
"""

from __future__ import annotations

from rdflib import XSD, Literal, URIRef

from competency.exchange import words
from competency.exchange.ctdl_asn.given import COMPETENCIES, is_told, nearest, role_of
from competency.exchange.ctdl_asn.identifying import ctid, languages, list_id, tagged
from competency.exchange.ctdl_asn.progressions import progressions
from competency.exchange.ctdl_asn.rubrics import rubrics
from competency.exchange.entry import Entry
from competency.exchange.making import Making
from competency.exchange.mapping import Loss
from competency.exchange.openings import AUDIENCE, DOUBT, LAW, PRINTED, SOURCE
from competency.exchange.outline import Outline
from competency.exchange.terms import Rows, iris, literals

_FRAMEWORK = (
    ("dcterms:license", "ceasn:license"),
    ("dcterms:creator", "ceasn:creator"),
    ("comp:source", "ceasn:source"),
)
_ALIGNMENTS = (
    ("skos:exactMatch", "ceasn:exactAlignment"),
    ("skos:broadMatch", "ceasn:broadAlignment"),
    ("skos:narrowMatch", "ceasn:narrowAlignment"),
    ("skos:closeMatch", "ceasn:majorAlignment"),
    ("skos:relatedMatch", "ceasn:minorAlignment"),
    ("comp:source", "ceasn:sourceDocumentation"),
    ("comp:atLevel", "asn:hasProgressionLevel"),
    ("comp:qualificationLevel", "ceasn:educationLevelType"),
)


NOT_SAID = "the registry requires it, and nothing here says it"

# Parts that are only words here, and where the words are if not in a comment.
_WORDS = ("text", "texts", "negative", "negatives")
_PLACES = {
    "framework": "ceasn:description",
    "assessments": "asn:hasScope",
    "assessment": "ceasn:description",
}


def make(outline: Outline) -> tuple[Rows, list[Loss]]:
    """Return the triples of a framework, part, level or scale in CTDL-ASN, and what was left out.

    The table says what is lost always; here is added what the registry wants and is not there.
    """
    making = Making(outline)
    for entry in outline.entries:
        if entry.role == "framework":
            _framework(making, entry)
        elif role_of(entry) in COMPETENCIES:
            _competency(making, entry)
    if outline.top.role in _WORDS:
        _comment_only(making, outline.top)
    _bodies(making)
    rubrics(making)
    progressions(making)
    return making.rows, making.losses


def _framework(making: Making, entry: Entry) -> None:
    rows, node, outline = making.rows, entry.node, making.outline
    rows.type(node, "ceasn:CompetencyFramework")
    rows.add(node, "ceterms:ctid", ctid(entry.iri))
    names = tagged(words.by_language(entry.texts("rdfs:label", "dcterms:title")), outline)
    about = [*entry.texts("dcterms:description"), *words.extent(entry),
             *(text for note in entry.notes for text in words.note_texts(note)),
             *_unhelpful(entry)]  # fmt: skip
    _required(making, entry, "ceasn:name", names)
    _required(making, entry, "ceasn:description", words.by_language(tagged(about, outline)))
    stated = outline.languages or languages(entry, outline, names)
    _required(making, entry, "ceasn:inLanguage", [Literal(str(tag)) for tag in stated])
    rows.add(node, "ceasn:rights", *tagged(entry.texts("dcterms:rights"), outline))
    rows.add(node, "ceasn:conceptKeyword", *tagged(entry.texts("comp:sector"), outline))
    rows.add(node, "ceterms:versionCode", *(_plain(t) for t in entry.texts("owl:versionInfo")))
    for ours, theirs in _FRAMEWORK:
        rows.add(node, theirs, *(link for link in entry.links(ours) if not _is_file(entry, link)))
        if len(entry.links(ours)) < len(entry.values(ours)):
            making.lose(entry, ours, f"{theirs} wants an IRI")
    _dates(making, entry)
    _publisher(making, entry)
    for child in _children(entry):
        rows.add(node, "ceasn:hasTopChild", child.node)


def _is_file(entry: Entry, link: URIRef) -> bool:
    """Say whether a link leads to what stands for the file that the framework was read from."""
    return str(link) == f"{entry.iri}/source" and is_told(entry.outline)


def _dates(making: Making, entry: Entry) -> None:
    """Say dates that are whole; the registry takes no months and years."""
    for ours, theirs in (("created", "dateCreated"), ("modified", "dateModified")):
        for date in entry.texts(f"dcterms:{ours}"):
            if date.datatype in (XSD.date, XSD.dateTime):
                making.rows.add(entry.node, f"ceasn:{theirs}", date)
            else:
                making.lose(entry, f"dcterms:{ours}", "the registry wants a whole date")


def _publisher(making: Making, entry: Entry) -> None:
    values = entry.values("dcterms:publisher")
    bodies = [making.outline.thing(iri) for iri in iris(values)]
    names = [*literals(values), *(text for body in bodies for text in body.texts("rdfs:label"))]
    told = is_told(making.outline)  # then a publisher of whom the file has but the name has an IRI
    links = (iri for iri in iris(values) if not (told and iri.startswith(f"{entry.iri}/org/")))
    making.rows.add(entry.node, "ceasn:publisher", *links)
    making.rows.add(entry.node, "ceasn:publisherName", *tagged(names, making.outline))


def _bodies(making: Making) -> None:
    """Remember the bodies that are not named: only a publisher is."""
    top = making.outline.top
    named = top.links("dcterms:publisher") if top.role == "framework" else []
    for body in making.outline.of_class("org:Organization"):
        if body.node not in named:
            for name in ("rdf:type", "rdfs:label") if body.types else ("rdfs:label",):
                making.lose(body, name, "CTDL-ASN names the publisher, and no other body")


def _competency(making: Making, entry: Entry) -> None:
    rows, node, outline = making.rows, entry.node, making.outline
    rows.type(node, "ceasn:Competency")
    rows.add(node, "ceterms:ctid", ctid(entry.iri))
    titles = tagged(entry.texts("rdfs:label"), outline)
    titles, others = words.one_per_language(titles)
    texts = tagged(words.by_language(words.definitions(entry)), outline)
    said = {(text.language or "").lower() for text in texts}
    whole = [*texts, *(t for t in titles if (t.language or "").lower() not in said)]
    whole = texts if texts and is_told(outline) else whole
    _required(making, entry, "ceasn:competencyText", whole)
    rows.add(node, "ceasn:competencyLabel", *(titles if texts else ()))
    _required(making, entry, "ceasn:inLanguage", languages(entry, outline, whole))
    rows.add(node, "ceasn:isPartOf", outline.framework)
    rows.add(node, "ceasn:competencyCategory", words.kind_label(entry))
    codes = [Literal(code) for code in words.codes(entry)]
    rows.add(node, "ceasn:codedNotation", *codes[:1])
    rows.add(node, "ceasn:altCodedNotation", *codes[1:])
    rows.add(node, "ceasn:listID", *list_id(entry))
    _tree(making, entry)
    for ours, theirs in _ALIGNMENTS:
        rows.add(node, theirs, *entry.links(ours))
    rows.add(node, "ceasn:comment", *tagged([*others, *_comments(entry, texts)], outline))


def _required(making: Making, entry: Entry, name: str, values: list[Literal]) -> None:
    """Say what the registry requires, or that it is not there."""
    making.rows.add(entry.node, name, *values)
    if not values:
        making.lose(entry, name, NOT_SAID)


def _tree(making: Making, entry: Entry) -> None:
    """Say parent and children, both ways, passing over what is no competency."""
    rows, framework = making.rows, making.outline.framework
    above = nearest(entry)
    if above is None:
        rows.add(entry.node, "ceasn:isTopChildOf", framework)
    else:
        rows.add(entry.node, "ceasn:isChildOf", above.node)
    for child in _children(entry):
        rows.add(entry.node, "ceasn:hasChild", child.node)
    if entry.kind.endswith("#KnowledgeStatement"):
        holder = next((item for item in entry.upwards() if item.role == "competency"), None)
        if holder is not None:
            rows.add(holder.node, "ceasn:knowledgeEmbodied", entry.node)


def _children(entry: Entry) -> list[Entry]:
    """Return the competencies whose nearest competency or framework above this is, in order."""
    return [part for part in _reach(entry) if role_of(part) in COMPETENCIES]


def _reach(entry: Entry) -> list[Entry]:
    """Return what is below a part, down to the next competencies and no further, in order."""
    found: list[Entry] = []
    seen, waiting = {entry.iri}, entry.parts[::-1]
    while waiting:
        part = waiting.pop()
        if part.iri not in seen:
            seen.add(part.iri)
            found.append(part)
            waiting += [] if role_of(part) in COMPETENCIES else part.parts[::-1]
    return found


def _comments(entry: Entry, texts: list[Literal]) -> list[Literal]:
    """Return what is said of a part in words: notes, unhelpful behaviours, remarks, place."""
    said = " ".join(texts)
    notes = [text for note in entry.notes for text in words.note_texts(note)]
    laws = [law for item in (entry, *entry.notes) for law in item.links("comp:legalReference")]
    occurrences = [entry.outline.thing(node) for node in entry.values("comp:occurrence")]
    others = [t for o in occurrences for t in (*o.texts("rdfs:label"), *o.texts("comp:text"))]
    told = is_told(entry.outline)  # then the file says all this itself, or there is none of it
    place = None if told and not entry.values("comp:page") else words.citation(entry)
    return [
        *(text for text in notes if told or str(text) not in said),
        *(words.behind(AUDIENCE, text) for text in entry.texts("comp:audience")),
        *(words.behind(PRINTED, text) for text in others),
        *(words.behind(LAW, t) for law in laws for t in _names(entry, law)),
        *words.credit(entry),
        *_unhelpful(entry),
        *(() if told else _remarks(entry)),
        *(words.behind(DOUBT, text) for text in entry.texts("comp:doubt")),
        *([words.behind(SOURCE, place)] if place else []),
    ]


def _remarks(entry: Entry) -> list[Literal]:
    """Return what only our vocabulary says of a part, and whose words the unhelpful ones are."""
    warnings = (part for part in _reach(entry) if role_of(part) in ("negative", "negatives"))
    found = [*words.remarks(entry), *(text for part in warnings for text in words.wording(part))]
    return list(dict.fromkeys(found))


def _names(entry: Entry, iri: URIRef) -> list[Literal]:
    return entry.outline.thing(iri).texts("rdfs:label")


def _unhelpful(entry: Entry) -> list[Literal]:
    """Return the unhelpful behaviours below a part and below no other competency."""
    return [text for part in _reach(entry) for text in _warning(part)]


def _warning(part: Entry) -> list[Literal]:
    """Return the words of an unhelpful behaviour, or of a note on one; nothing of other parts."""
    role = role_of(part)
    if role == "negative":
        return [words.unhelpful(text) for text in part.texts("comp:text", "rdfs:label")]
    if role == "negatives":
        return [words.unhelpful(text) for text in part.texts("comp:text")]
    on_one = role in ("text", "texts") and part.holder and role_of(part.holder) in _WORDS
    return [words.unhelpful(text) for text in words.note_texts(part)] if on_one else []


def _comment_only(making: Making, top: Entry) -> None:
    """Say a part that is only words here in the place where its words are."""
    holder = next((item for item in top.upwards() if item.role not in _WORDS), None)
    if holder is None:
        return
    texts = [
        text
        for part in making.outline.entries
        for text in _warning(part)
        or (words.note_texts(part) if part.role in ("text", "texts") else [])
    ]
    name = _PLACES.get(holder.role, "ceasn:comment")
    making.rows.add(holder.node, name, *tagged(texts, making.outline))


def _plain(text: Literal) -> Literal:
    return Literal(str(text))
