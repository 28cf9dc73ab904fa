"""What standards have no term for, said in words: so that people at least can read it.

The words are English and tagged so, whatever the language of the framework; only the warning
before an unhelpful behaviour is in the language of its text, where that is one of a few.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from rdflib import Literal

from competency.exchange.entry import Entry, Thing
from competency.exchange.leadins import is_open, opened
from competency.exchange.openings import (
    ASPECT,
    CREDIT,
    NOTICES,
    REPAIRED,
    TITLE_REWORDED,
    UNHELPFUL,
    WORDING,
)

_EXTENT = {
    "Excerpt": "Only some of the framework is held.",
    "Whole": "The whole framework is held.",
}
_EMPTY = "left empty in the source"
_PLACES = (("page", "page", "page"), ("section", "section", "section"), ("lines", "line", "lines"))
_NOBODY = {
    "en": "An unhelpful behaviour: it shows that somebody lacks the competency."
    " Nobody ought to do it.",
    "fr": "Un comportement à éviter : il montre que la compétence manque.",
}
UNHELPFUL_NOTE = Literal(_NOBODY["en"], lang="en")


def local(thing: Thing, name: str) -> list[str]:
    """Return the ends of the IRIs that a property leads to, such as ``Reworded``."""
    return [iri.rpartition("#")[2] for iri in thing.links(name)]


def english(text: str) -> Literal:
    """Return an English text."""
    return Literal(text, lang="en")


def wording(thing: Thing) -> list[Literal]:
    """Return what is to be said about whose words a text is in."""
    return [english(WORDING[name]) for name in local(thing, "comp:wording") if name in WORDING]


def extent(framework: Thing) -> list[Literal]:
    """Return whether all of a framework is held, in words."""
    return [english(_EXTENT[name]) for name in local(framework, "comp:extent") if name in _EXTENT]


def remarks(entry: Entry) -> list[Literal]:
    """Return, in sentences, what only our own vocabulary can say of a text and its title."""
    found = [text for item in (entry, *entry.notes) for text in wording(item)]
    if "Reworded" in local(entry, "comp:labelWording"):
        found.append(english(TITLE_REWORDED))
    if repairs := local(entry, "comp:repair"):
        done = ", ".join(sorted(name.lower() for name in repairs))
        found.append(english(f"{REPAIRED}{done}."))
    for aspect in local(entry, "comp:aspect"):
        found.append(english(f"{ASPECT}{aspect.lower()}."))
    return list(dict.fromkeys(found + _notices(entry)))


def _notices(entry: Entry) -> list[Literal]:
    label = entry.outline.graph.vocabulary.label
    return [
        english(f"{start}: {', '.join(sorted(label(str(iri)) for iri in found))}.")
        for name, start in NOTICES
        if (found := entry.links(name))
    ]


def citation(entry: Entry) -> Literal | None:
    """Return where in the source a part is printed: document, page, section and lines."""
    steps = [
        f"{one if all(map(str.isdigit, found)) and len(found) == 1 else more} {', '.join(found)}"
        for name, one, more in _PLACES
        if (found := sorted(map(str, entry.texts(f"comp:{name}"))))
    ]
    if not steps:
        return None
    title = _source_title(entry)
    return english(", ".join([title, *steps] if title else steps))


def _source_title(entry: Entry) -> str:
    outline = entry.outline
    places = entry.links("comp:source") or outline.thing(outline.framework).links("comp:source")
    titles = [text for place in places for text in outline.thing(place).texts("rdfs:label")]
    return next(iter(titles), "")


def credit(entry: Entry) -> list[Literal]:
    """Return the credit of a unit with its reservation and scheme, in words."""
    found = []
    for node in entry.values("comp:credit"):
        thing = entry.outline.thing(node)
        value = thing.first("comp:creditValue")
        qualifier = next(iter(thing.texts("comp:creditQualifier")), None)
        schemes = [
            entry.outline.thing(iri).first("rdfs:label") or str(iri)
            for iri in thing.links("comp:creditScheme")
        ]
        scheme = f", {schemes[0]}" if schemes else ""
        if value:
            found.append(
                english(f"{CREDIT}: {value}{scheme}" + (f" ({qualifier})" if qualifier else ""))
            )
    return found


def labelled(note: Entry) -> list[Literal]:
    """Return the texts of a note or scope, each behind its titles in the same language.

    The titles are those of the groups of notes it stands in, and its own. A field that was left
    empty says so.
    """
    # What stands over a part that is no text holds more than texts.
    over = takewhile(lambda item: item.role in ("text", "texts"), note.upwards())
    groups = [item for item in over if item.role == "texts"]
    titles: dict[str | None, list[str]] = {}
    for item in (*groups[::-1], note):
        for title in item.texts("rdfs:label"):
            titles.setdefault(title.language, []).append(str(title))
    texts = note.texts("comp:text")
    if not texts and "true" in map(str, note.values("comp:isEmpty")):
        texts = [english(_EMPTY)]
    return [
        Literal(": ".join([*titles.get(text.language, []), text]), lang=text.language)
        for text in texts
    ]


def note_texts(note: Entry) -> list[Literal]:
    """Return what a text below a part adds to what is said of it."""
    return opened(note) if is_kind(note, "Descriptor") else labelled(note)


def is_kind(entry: Entry, name: str) -> bool:
    """Say whether a part is of a kind, such as ``Scope``."""
    return entry.kind.rpartition("#")[2] == name


def unhelpful(text: Literal) -> Literal:
    """Return the text of a negative indicator such that nobody takes it for advice.

    >>> str(unhelpful(Literal("Talks over people.", lang="en")))
    'Unhelpful behaviour: Talks over people.'
    """
    start = UNHELPFUL.get((text.language or "en").partition("-")[0].lower(), UNHELPFUL["en"])
    return Literal(f"{start}{text}", lang=text.language)


def unhelpful_note(language: str) -> str:
    """Return what an unhelpful behaviour is, in a language that we have, else in English."""
    return _NOBODY.get(language.partition("-")[0].lower(), _NOBODY["en"])


def by_language(texts: Iterable[Literal], between: str = " ") -> list[Literal]:
    """Return one text for each language: those that come first, then the others behind them."""
    found: dict[str, Literal] = {}
    for text in texts:
        tag = (text.language or "").lower()
        before = found.get(tag)
        found[tag] = Literal(f"{before}{between}{text}", lang=before.language) if before else text
    return list(found.values())


def one_per_language(texts: Iterable[Literal]) -> tuple[list[Literal], list[Literal]]:
    """Return the first text of each language, and what is left over (SKOS Reference, S14)."""
    first: dict[str, Literal] = {}
    others = []
    for text in texts:
        tag = (text.language or "").lower()
        if tag in first:
            others.append(text)
        else:
            first[tag] = text
    return list(first.values()), others


def plain(texts: Iterable[Literal]) -> list[Literal]:
    """Return texts with their language, and whatever else was a literal as a plain string."""
    return [text if text.language else Literal(str(text)) for text in texts]


def issuer(thing: Thing, entry: Entry) -> str | None:
    """Return the name of the body that issued a code."""
    bodies = [entry.outline.thing(iri) for iri in thing.links("comp:issuedBy")]
    return next((name for body in bodies if (name := body.first("rdfs:label"))), None)


def codes(entry: Entry) -> list[str]:
    """Return the codes of a part; that of the body which also coded the framework comes first."""
    outline = entry.outline
    bodies = {
        body
        for code in outline.thing(outline.framework).values("comp:code")
        for body in outline.thing(code).values("comp:issuedBy")
    }
    things = [outline.thing(code) for code in entry.values("comp:code")]
    things.sort(key=lambda thing: not bodies & set(thing.values("comp:issuedBy")))
    return [str(text) for thing in things for text in thing.texts("skos:notation")]


def behind(start: str, text: Literal) -> Literal:
    """Return a text behind an English word that says what it is; in other languages alone.

    >>> str(behind("Sector", Literal("Retail", lang="en")))
    'Sector: Retail'
    """
    english_too = (text.language or "en").partition("-")[0].lower() == "en"
    return Literal(f"{start}: {text}", lang=text.language) if english_too else text


def definitions(entry: Entry) -> list[Literal]:
    """Return what defines a part: its own text, or else the descriptors right below it."""
    if entry.texts("comp:text"):
        return opened(entry)
    leads = {str(iri) for iri in entry.links("comp:leadIn")}
    texts = [
        text
        for note in entry.notes
        if is_kind(note, "Descriptor")
        for text in opened(note)
        if note.iri not in leads or not is_open(str(text))
    ]
    return by_language(texts)


def kind_label(entry: Entry) -> Literal:
    """Return the kind of a part in words, such as ``knowledge statement``."""
    return english(entry.outline.graph.vocabulary.label(entry.kind))
