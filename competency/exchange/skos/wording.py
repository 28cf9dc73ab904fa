"""SKOS in: labels and definitions, one a language, each with a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import BNode, Literal
from rdflib.term import Node

from competency.exchange import words
from competency.exchange.entry import Thing
from competency.exchange.skos.statements import Statements
from competency.exchange.terms import term


@dataclass
class Texts:
    """What is said of the values of a property that holds texts.

    ``said`` is one text a language; ``exact`` are the values that ``said`` says without a
    difference, ``second`` those in a language that has one already. The others (without a
    language, or no text at all) have to stay as they are beside what is said.
    """

    said: list[Literal] = field(default_factory=list)
    exact: list[Node] = field(default_factory=list)
    second: list[Literal] = field(default_factory=list)


def texts(values: Iterable[Node], language: str) -> Texts:
    """Return one text a language; what has no language is in ``language`` if that is free.

    >>> texts([Literal("a"), Literal("b", lang="fr")], "en").said
    [rdflib.term.Literal('b', lang='fr'), rdflib.term.Literal('a', lang='en')]
    """
    found, seen = Texts(), set[str]()
    literals = [v for v in values if isinstance(v, Literal) and str(v).strip()]
    for value in sorted(literals, key=lambda text: not text.language):
        tag = (value.language or language).lower()
        if tag not in seen:
            seen.add(tag)
            found.said.append(value if value.language else Literal(str(value), lang=tag))
            found.exact += [value] if value.language else []
        elif value.language:
            found.second.append(value)
    return found


def whose_words(note: Node) -> str | None:
    """Return whose words a text is in, where a note is the sentence of our view that says so.

    >>> whose_words(Literal("Bake well.", lang="en")) is None
    True
    """
    return next((name for name in ("Reworded", "Verbatim") if note == _sentence(name)), None)


def _sentence(name: str) -> Literal | None:
    about = {str(term("comp:wording")): (term(f"comp:{name}"),)}
    return next(iter(words.wording(Thing(BNode(), about))), None)


def languages(statements: Statements, subjects: Iterable[Node]) -> list[str]:
    """Return the languages of preferred labels, the most frequent first."""
    found = Counter(
        value.language.lower()
        for subject in subjects
        for value in statements.values(subject, "skos:prefLabel")
        if isinstance(value, Literal) and value.language
    )
    return sorted(found, key=lambda tag: (-found[tag], tag))


def without_warning(text: Literal) -> Literal:
    """Return the text of an unhelpful behaviour without the words that our view puts before it.

    >>> str(without_warning(Literal("Unhelpful behaviour: Shouts.", lang="en")))
    'Shouts.'
    """
    start = str(words.unhelpful(Literal("", lang=text.language)))
    if str(text).startswith(start) and str(text) != start:
        return Literal(str(text).removeprefix(start), lang=text.language)
    return text


def ends_alike(definitions: Iterable[Literal], labels: Iterable[Literal]) -> bool:
    """Say whether definitions are labels behind words that lead in to them."""
    ends = {(label.language or "").lower(): str(label) for label in labels}
    found = list(definitions)
    return bool(found) and all(
        (tag := (text.language or "").lower()) in ends
        and str(text) != ends[tag]
        and ends[tag].strip(".… ")
        and str(text).endswith(ends[tag].lstrip(".… "))
        for text in found
    )
