"""A crawler that reads a site as a search engine would, and says what is wrong with it.

It begins at ``/`` and follows every link of every page to the same host: ``href``, ``src``,
``action`` of forms, and ``Link`` headers. A fault is an address that does not answer 200 (after
redirects), a fragment that its page does not have, a page without data beside it, an alternate of
another media type than its link says, an id that a page has twice, a page without a language.

Some pages have no end of states (a search, a comparison, a query). Addresses with parameters are
counted by their first step and the names of their parameters, ``lang`` left out, and only the
first STATES of each sort are asked for.
"""

from __future__ import annotations

import http.client
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urljoin, urlsplit

from flask import Flask

from competency.formats import RDF_SYNTAXES, RESULT_FORMATS

STATES = 30
ACCEPT = {"Accept": "text/html, */*;q=0.8"}
_REDIRECTS = 5
_PARTS = {
    "a": ("href",),
    "area": ("href",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href",),
    "img": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src",),
    "use": ("href",),
}
_DATA_ATTRIBUTES = ("data-suggest", "data-index")
_HEADER_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[a-zA-Z*]+="(?:[^"\\]|\\.)*")*)')
_TYPES = {
    suffix: row.media_types for row in (*RDF_SYNTAXES, *RESULT_FORMATS) for suffix in row.suffixes
}
_TYPES |= {".html": ("text/html",), ".json": ("application/json",), ".svg": ("image/svg+xml",)}
_TYPES |= {".xml": ("application/xml", "application/opensearchdescription+xml")}
_TYPES |= {".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",)}


@dataclass(frozen=True)
class Answer:
    """What a site answers: the address is the one at the end of redirects."""

    address: str
    status: int
    media_type: str
    links: tuple[str, ...]
    body: bytes


Fetch = Callable[[str], tuple[int, dict[str, str], bytes]]


class Page(HTMLParser):
    """What a page links to, and what in it can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self.ids: Counter[str] = Counter()
        self.language: str | None = None
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found.get("lang")
        if "id" in found:
            self.ids[found["id"]] += 1
        names = (*_PARTS.get(tag, ()), *_DATA_ATTRIBUTES)
        if tag == "form" and found.get("method", "get").lower() != "get":
            names = ()
        self.links += [found[name] for name in names if name in found]
        if tag == "link" and "alternate" in found.get("rel", "").split() and "type" in found:
            self.alternates.append((found["type"], found.get("href", "")))


@dataclass
class Crawl:
    """A crawl: what was read, and what is wrong with it."""

    fetch: Fetch
    host: str = "http://localhost"
    by_suffix: bool = False  # a plain file server knows few media types
    states: int = STATES
    most: int = 1_000_000  # addresses
    pages: dict[str, Page] = field(default_factory=dict)
    read: dict[str, Answer] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    _fragments: list[tuple[str, str, str]] = field(default_factory=list)
    _alternates: list[tuple[str, str, str]] = field(default_factory=list)
    _waiting: deque[tuple[str, str]] = field(default_factory=deque)
    _known: set[str] = field(default_factory=set)
    _sorts: Counter[str] = field(default_factory=Counter)

    def run(self, start: str = "/") -> Crawl:
        """Read everything that can be reached from ``start``."""
        self._add(start, "", self.host + start)
        while self._waiting and len(self.read) < self.most:
            self._read(*self._waiting.popleft())
        for page, target, fragment in self._fragments:
            self._check_fragment(page, target, fragment)
        for page, target, media_type in self._alternates:
            self._check_type(page, target, media_type)
        return self

    def _read(self, address: str, page: str) -> None:
        answer = self._follow(address, page)
        self.read[address] = answer
        if answer.status != 200:
            self.faults.append(f"{page}: {address} answers {answer.status}")
            return
        if answer.address != address:
            self.read.setdefault(answer.address, answer)
        for link in answer.links:
            self._add(link, address, answer.address)
        if answer.media_type == "text/html" and answer.address not in self.pages:
            self._read_page(answer)

    def _read_page(self, answer: Answer) -> None:
        here = answer.address
        page = Page(answer.body.decode())
        self.pages[here] = page
        self.faults += [
            f"{here}: the id {name} is there {n} times" for name, n in page.ids.items() if n > 1
        ]
        if not page.language:
            self.faults.append(f"{here}: no language")
        if not page.alternates:
            self.faults.append(f"{here}: no data beside it")
        for media_type, link in page.alternates:
            target = urljoin(here, link)
            if target.startswith(self.host + "/"):
                self._alternates.append((here, target, media_type))
        for link in page.links:
            self._add(link, here, here)

    def _add(self, link: str, page: str, base: str) -> None:
        target, fragment = urldefrag(urljoin(base, link.strip()))
        scheme = urlsplit(target).scheme
        if scheme in ("http", "https") and not target.startswith(self.host + "/"):
            if target != self.host:
                return
            target += "/"
        if scheme not in ("http", "https"):
            if scheme not in ("data", "mailto"):
                self.faults.append(f"{page}: a link to {target}")
            return
        if fragment and not fragment.startswith(":~:"):
            self._fragments.append((page, target, fragment))
        if target not in self._known:
            self._known.add(target)
            if self._wanted(target):
                self._waiting.append((target, page))

    def _wanted(self, target: str) -> bool:
        """Say whether an address is asked for; of the states of a sort only the first are."""
        parts = urlsplit(target)
        names = sorted(
            {key for key, _ in parse_qsl(parts.query, keep_blank_values=True)} - {"lang"}
        )
        if not names:
            return True
        sort = f"/{parts.path.strip('/').partition('/')[0]}?{'&'.join(names)}"
        self._sorts[sort] += 1
        if self._sorts[sort] > self.states:
            self.left_out[sort] += 1
            return False
        return True

    def _follow(self, address: str, page: str) -> Answer:
        here = address
        for _ in range(_REDIRECTS):
            status, headers, body = self.fetch(here[len(self.host) :])
            if status in (301, 302, 303, 307, 308):
                here = urldefrag(urljoin(here, headers.get("location", "")))[0]
                if here.startswith(self.host + "/"):
                    continue
            media_type = headers.get("content-type", "").partition(";")[0].strip()
            links = tuple(_links(headers.get("link", "")))
            return Answer(here, status, media_type, links, body)
        self.faults.append(f"{page}: {address} redirects without end")
        return Answer(here, 508, "", (), b"")

    def _check_fragment(self, page: str, target: str, fragment: str) -> None:
        answer = self.read.get(target)
        found = self.pages.get(answer.address) if answer else None
        if found and not {fragment, unquote(fragment)} & found.ids.keys():
            self.faults.append(f"{page}: {target} has no #{fragment}")

    def _check_type(self, page: str, target: str, media_type: str) -> None:
        answer = self.read.get(target)
        if answer is None or answer.status != 200:
            return  # left out, or a fault already
        found: tuple[str, ...] = (answer.media_type,)
        if self.by_suffix:
            found = _TYPES.get("." + urlsplit(answer.address).path.rpartition(".")[2], ())
        if media_type.partition(";")[0].strip() not in found:
            self.faults.append(f"{page}: {target} is {' or '.join(found)}, not {media_type}")


def _links(header: str) -> Iterator[str]:
    """Yield the targets of a Link header that are documents here (RFC 8288)."""
    for target, attributes in _HEADER_LINK.findall(header):
        if 'rel="profile"' not in attributes:
            yield target


def fetch_from_app(app: Flask) -> Fetch:
    """Return what asks an application, as a browser asks a server."""
    client = app.test_client()

    def fetch(target: str) -> tuple[int, dict[str, str], bytes]:
        with client.get(target, headers=ACCEPT) as answer:
            headers = {
                name.lower(): ", ".join(answer.headers.getlist(name)) for name, _ in answer.headers
            }
            return answer.status_code, headers, answer.data

    return fetch


def fetch_over_http(host: str, port: int) -> Fetch:
    """Return what asks a server over one connection, opened again when the server closes it."""
    connection = http.client.HTTPConnection(host, port, timeout=30)

    def fetch(target: str) -> tuple[int, dict[str, str], bytes]:
        connection.request("GET", quote(target, safe="/:?#[]@!$&'()*+,;=%~"), headers=ACCEPT)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, answer.read()

    return fetch
