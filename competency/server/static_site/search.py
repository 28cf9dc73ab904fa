"""Search without a server: what a script in the browser looks through, and its page.

The index holds every framework and part with its words; a large one comes in several files. The
page says what it needs and lists the frameworks where there is no script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from flask import Response, url_for

from competency.errors import NotFound
from competency.formats import Format
from competency.graph.search.entries import Content, Entry
from competency.server.links import Links
from competency.server.pages.framework import card_of
from competency.server.responses import send, send_page
from competency.server.site import Document, Site
from competency.server.static_site.app import StaticApp

PAGE, INDEX, FILE = "search.page", "static_search.index", "static_search.file"
ENTRIES = 1_500  # of one file of the index
_JSON = Format("json", "JSON", ("application/json",), (".json",))
_SIGNS = {"positive": 1, "negative": -1}


@dataclass
class Numbered:
    """Words that entries name by number: each is sent once."""

    numbers: dict[str, int] = field(default_factory=dict)

    def __call__(self, word: str) -> int:
        """Return the number of a word, a new one where it has none."""
        return self.numbers.setdefault(word, len(self.numbers))


class SearchIndex:
    """The index of one site, as JSON that a browser loads."""

    def __init__(self, site: Site, app: StaticApp, entries: int = ENTRIES) -> None:
        """Index all graphs of ``site``, so many entries to a file."""
        self._kinds, self._frameworks = Numbered(), Numbered()
        self._site, self._layout = site, app.layout
        rows = self._rows()
        self.files: list[list[object]] = []
        while chunk := list(islice(rows, entries)):
            self.files.append(chunk)

    def head(self) -> dict[str, object]:
        """Return what all files of the index share: the kinds and the frameworks, by number."""
        titles = {item.iri: item.title for item in self._site.graph.summaries()}
        label = self._site.graph.vocabulary.label
        return {
            "files": [url_for(FILE, number=n) for n in range(1, len(self.files) + 1)],
            "kinds": {
                language: [label(kind, language) for kind in self._kinds.numbers]
                for language in self._layout.languages
            },
            "frameworks": [titles.get(iri, iri) for iri in self._frameworks.numbers],
        }

    def _rows(self) -> Iterator[object]:
        vocabulary = self._site.graph.vocabulary
        for graph in self._site.graph.graphs():
            for entry in Content(graph, vocabulary).entries():
                if entry.iri in self._site.held:
                    yield self._row(entry)

    def _row(self, entry: Entry) -> list[object]:
        """Return an entry: address, framework, kind, sign, codes, and its words by language."""
        return [
            self._layout.page(entry.iri, self._layout.languages[0]).file,
            self._frameworks(entry.framework),
            self._kinds(entry.kind),
            _SIGNS.get(entry.polarity or "", 0),
            list(entry.codes),
            [[item.language, item.label, item.text] for item in entry.wordings],
        ]


def add_search(app: StaticApp, site: Site, links: Links) -> None:
    """Put the search of a site of files in the place of that of a server."""
    index = SearchIndex(site, app)

    def page() -> Response:
        cards = [card_of(item, links) for item in site.graph.summaries()]
        return send_page("static-search.html", cards=cards)

    def whole() -> Response:
        return _send(index.head())

    def file(number: int) -> Response:
        if not 1 <= number <= len(index.files):
            raise NotFound("file of the search index", str(number))
        return _send(index.files[number - 1])

    app.answer_with("/search", PAGE, page)
    app.answer_with("/search/index.json", INDEX, whole)
    app.answer_with("/search/<int:number>.json", FILE, file)


def _send(value: object) -> Response:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return send(Document.of(text.encode() + b"\n"), _JSON)
