"""Alignments of skills: name, address and framework of something else, in numbered columns."""

from __future__ import annotations

from collections.abc import Set
from itertools import count, takewhile

from rdflib import URIRef

from competency.exchange.building import FrameworkBuilder
from competency.exchange.columns import Columns
from competency.exchange.osmt.headers import Column, alignment
from competency.exchange.sheets import Record
from competency.graph.store import is_absolute

FRAMEWORK = "Alignment Framework"
Three = tuple[str, str, str]


def alignments_in(record: Record) -> list[tuple[Column, Column, Column]]:
    """Return the columns of the alignments that a table has, as far as they are numbered on."""
    numbered = (alignment(number) for number in count(1))
    return [
        *takewhile(
            lambda three: any(record.has(name) for column in three for name in column.headers),
            numbered,
        )
    ]


class Alignments:
    """Says what skills are aligned with: skos:relatedMatch, as OSMT does not say how near it is.

    The name and the framework are said of the target where all rows agree on them; else they
    stay in the columns they stood in, beside the skill.
    """

    def __init__(self, builder: FrameworkBuilder, columns: Columns, urls: Set[str]) -> None:
        """``urls`` are the addresses of the skills themselves: a match leads elsewhere."""
        self.builder, self.columns, self.urls = builder, columns, urls
        self._known: dict[str, tuple[str, str]] = {}

    def say(self, part: URIRef, record: Record) -> None:
        """Say the alignments of one row."""
        found: list[Three] = []
        for three in alignments_in(record):
            name, url, framework = (record.get(*column.headers) for column in three)
            found.append((name, url, framework))
        while found and not any(found[-1]):
            found.pop()
        urls = [url for _, url, _ in found]
        plain = urls == sorted(set(urls)) and all(map(self._is_plain, found))
        for _, url, _ in found:
            if is_absolute(url) and url not in self.urls:
                self.builder.add(part, "skos:relatedMatch", URIRef(url))
        for number, texts in enumerate(found, 1):
            if plain:
                self._target(texts, record)
            else:
                self._aside(part, texts, number, record)

    def _is_plain(self, three: Three) -> bool:
        name, url, framework = three
        if not is_absolute(url) or url in self.urls:
            return False
        return self._known.get(url, (name, framework)) == (name, framework)

    def _target(self, three: Three, record: Record) -> None:
        name, url, framework = three
        if url in self._known:
            return
        self._known[url] = (name, framework)
        self.builder.add(URIRef(url), "rdfs:label", self.builder.words(name))
        where = record.where(FRAMEWORK)
        self.columns.keep(URIRef(url), FRAMEWORK, [framework] if framework else [], where)

    def _aside(self, part: URIRef, three: Three, number: int, record: Record) -> None:
        for text, column in zip(three, alignment(number), strict=True):
            where = next((name for name in column.headers if record.has(name)), column.header)
            self.columns.keep(part, column.header, [text] if text else [], record.where(where))
