"""schema.org: DefinedTermSet and DefinedTerm.

A term that has terms below it is a set of them as well (schema.org lets a thing have several
types), so that the tree stays. An unhelpful behaviour is in no set that a framework lists: it is
named as one, typed as one, and stands in a set of its own kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal, URIRef

from competency.exchange import words
from competency.exchange.entry import Entry, Thing
from competency.exchange.making import Making
from competency.exchange.mapping import Loss
from competency.exchange.outline import Outline
from competency.exchange.terms import Rows

_TERMS = ("group", "competency", "level", "requirement", "assessment", "assessments")
_REWORDED = words.english("Texts are reworded; they are not to be quoted as the publisher's.")
_PLAIN = (
    ("dcterms:rights", "schema:copyrightNotice"),
    ("dcterms:license", "schema:license"),
    ("dcterms:publisher", "schema:publisher"),
    ("dcterms:creator", "schema:creator"),
    ("dcterms:issued", "schema:datePublished"),
    ("dcterms:modified", "schema:dateModified"),
    ("dcterms:created", "schema:dateCreated"),
    ("dcterms:spatial", "schema:spatialCoverage"),
    ("dcterms:language", "schema:inLanguage"),
    ("owl:versionInfo", "schema:version"),
    ("comp:source", "schema:isBasedOn"),
    ("comp:sector", "schema:keywords"),
    ("comp:documentType", "schema:additionalType"),
    ("comp:namedOrganisation", "schema:mentions"),
    ("comp:legalReference", "schema:mentions"),
)


def make(outline: Outline) -> tuple[Rows, list[Loss]]:
    """Return the triples of a framework, part, level or scale in schema.org."""
    making = Making(outline)
    for entry in outline.entries:
        if entry.role == "framework":
            _framework(making, entry)
        elif entry.role in _TERMS:
            _term(making, entry)
        elif entry.role in ("negative", "negatives"):
            _unhelpful(making, entry)
    if outline.top.role in ("text", "texts") and outline.top.holder is not None:
        texts = [text for note in outline.entries for text in words.note_texts(note)]
        making.rows.add(outline.top.holder.node, "schema:description", *texts)
    _around(making)
    return making.rows, making.losses


def names(entry: Entry) -> list[Literal]:
    """Return what a part is called: its title, its text, its code; unhelpful ones say so."""
    found = words.plain(entry.texts("rdfs:label") or entry.texts("comp:text"))
    if entry.role == "negative":
        found = [words.unhelpful(text) for text in found]
    return found or [Literal(code) for code in words.codes(entry)[:1]]


def descriptions(entry: Entry) -> list[Literal]:
    """Return what describes a part and is not its name: its text, else its descriptors."""
    named = {str(text) for text in names(entry)}
    return [text for text in words.definitions(entry) if str(text) not in named]


def set_above(entry: Entry) -> Entry | None:
    """Return the nearest set that a part stands in: a part of the tree, or the framework."""
    roles = (*_TERMS, "framework", "negatives")
    return next((item for item in entry.upwards() if item.role in roles), None)


def listed(entry: Entry) -> Iterator[Entry]:
    """Yield the terms directly below that somebody may be asked for, in order."""
    return (part for part in entry.outline.parts(entry.iri) if part.role in _TERMS)


def _framework(making: Making, entry: Entry) -> None:
    rows, node = making.rows, entry.node
    rows.type(node, "schema:DefinedTermSet")
    _common(making, entry)
    rows.add(node, "schema:description", *entry.texts("dcterms:description"))
    rows.add(node, "schema:description", *descriptions(entry), *_notes(entry))
    rows.add(node, "schema:description", *words.extent(entry), *_reworded(making))
    for ours, theirs in _PLAIN:
        rows.add(node, theirs, *entry.values(ours))
    for text in entry.texts("comp:audience"):
        people = next(making.blanks)
        rows.type(people, "schema:Audience")
        rows.add(people, "schema:audienceType", text)
        rows.add(node, "schema:audience", people)
    rows.add(node, "schema:hasDefinedTerm", *(part.node for part in listed(entry)))


def _reworded(making: Making) -> list[Literal]:
    texts = (part for part in making.outline.entries if part.role != "framework")
    return [_REWORDED] if any("Reworded" in words.local(p, "comp:wording") for p in texts) else []


def _term(making: Making, entry: Entry) -> None:
    rows, node = making.rows, entry.node
    rows.type(node, "schema:DefinedTerm")
    below = list(listed(entry))
    if below:
        rows.type(node, "schema:DefinedTermSet")
        rows.add(node, "schema:hasDefinedTerm", *(part.node for part in below))
    _common(making, entry)
    rows.add(node, "schema:inDefinedTermSet", making.outline.framework)
    above = set_above(entry)
    if above is not None:
        rows.add(node, "schema:inDefinedTermSet", above.node)
    rows.add(node, "schema:additionalType", URIRef(entry.kind))
    rows.add(node, "schema:description", *descriptions(entry), *_notes(entry))
    rows.add(node, "schema:sameAs", *entry.links("skos:exactMatch"))
    _levels(making, entry, bool(below))


def _levels(making: Making, entry: Entry, is_set: bool) -> None:
    """Say the level of a set of terms; schema.org gives a level to works, not to terms."""
    for name in ("comp:atLevel", "comp:qualificationLevel"):
        if is_set:
            making.rows.add(entry.node, "schema:educationalLevel", *entry.links(name))
        elif entry.links(name):
            making.lose(entry, name, "schema.org gives a level to sets of terms, not to a term")


def _unhelpful(making: Making, entry: Entry) -> None:
    """Say an unhelpful behaviour, or a group of them, where nobody takes it for a requirement."""
    rows, node = making.rows, entry.node
    above = set_above(entry)
    _common(making, entry)
    if entry.role == "negatives":
        rows.type(node, "schema:DefinedTermSet")
        below = [part for part in entry.parts if part.role == "negative"]
        rows.add(node, "schema:hasDefinedTerm", *(part.node for part in below))
        rows.add(node, "schema:isPartOf", *([above.node] if above else []))
        texts = [*entry.texts("comp:text"), *_notes(entry)]
        rows.add(node, "schema:description", words.UNHELPFUL_NOTE, *texts)
        return
    rows.type(node, "schema:DefinedTerm")
    rows.add(node, "schema:additionalType", URIRef(entry.kind))
    rows.add(node, "schema:description", *entry.texts("comp:text"), *_notes(entry))
    rows.add(node, "schema:description", words.UNHELPFUL_NOTE)
    if above is not None and above.role == "negatives":
        rows.add(node, "schema:inDefinedTermSet", above.node)
    else:
        making.lose(entry, "comp:partOf", "in a set of helpful behaviours it would read as one")


def _notes(entry: Entry) -> list[Literal]:
    """Return the texts below a part that are not what defines it already."""
    said = {str(text) for text in descriptions(entry)}
    found = [text for note in entry.notes for text in words.note_texts(note)]
    return [text for text in found if str(text) not in said]


def _common(making: Making, entry: Entry) -> None:
    """Say names, codes and the printed number."""
    rows, node = making.rows, entry.node
    named = names(entry)
    rows.add(node, "schema:name", *named)
    if not named:
        making.lose(entry, "schema:name", "it has neither a title nor a text nor a code")
    for place in entry.values("comp:occurrence"):
        thing = making.outline.thing(place)
        others = [*thing.texts("rdfs:label"), *thing.texts("comp:text")]
        rows.add(node, "schema:alternateName", *(text for text in others if text not in named))
    if entry.role == "framework":
        rows.add(node, "schema:alternateName", *_other_titles(entry, named))
    else:
        numbers = [Literal(str(number)) for number in entry.texts("comp:enumeration")]
        rows.add(node, "schema:termCode", *(Literal(code) for code in words.codes(entry)), *numbers)
    for code in entry.values("comp:code"):
        rows.add(node, "schema:identifier", code)
        _code(making, making.outline.thing(code), entry)


def _other_titles(entry: Entry, named: list[Literal]) -> list[Literal]:
    return [text for text in entry.texts("dcterms:title") if text not in named]


def _code(making: Making, code: Thing, entry: Entry) -> None:
    rows = making.rows
    rows.type(code.node, "schema:PropertyValue")
    rows.add(code.node, "schema:value", *code.texts("skos:notation"))
    rows.add(code.node, "schema:name", *code.texts("rdfs:label"))
    body = words.issuer(code, entry)
    rows.add(code.node, "schema:propertyID", *([Literal(body)] if body else []))


def _around(making: Making) -> None:
    """Say levels and scales as terms and sets; sources, laws and bodies by their names."""
    rows, outline = making.rows, making.outline
    for scale in outline.of_class("comp:LevelScale"):
        rows.type(scale.node, "schema:DefinedTermSet")
        rows.add(scale.node, "schema:publisher", *scale.values("dcterms:publisher"))
        rows.add(scale.node, "schema:hasDefinedTerm", *outline.levels(scale.iri))
    for level in outline.of_class("comp:Level"):
        rows.type(level.node, "schema:DefinedTerm")
        rows.add(level.node, "schema:inDefinedTermSet", *level.links("comp:inScale"))
        rows.add(level.node, "schema:description",
                 *level.texts("dcterms:description", "comp:text"))  # fmt: skip
        ranks = level.texts("comp:rank")
        rows.add(level.node, "schema:termCode", *(Literal(str(rank)) for rank in ranks))
    for source in outline.of_class("comp:Source"):
        rows.add(source.node, "schema:encodingFormat", *source.values("dcterms:format"))
    for kind, theirs in _NAMED.items():
        for thing in outline.of_class(kind):
            rows.type(thing.node, *theirs)
            rows.add(thing.node, "schema:name", *thing.texts("rdfs:label"))


_NAMED: dict[str, tuple[str, ...]] = {
    "comp:LevelScale": (),
    "comp:Level": (),
    "comp:Source": ("schema:CreativeWork",),
    "comp:LegalReference": ("schema:Legislation",),
    "org:Organization": ("schema:Organization",),
}
