"""Which file an address of the application becomes, and which addresses become none.

The layout is that of the server with file names for addresses: ``/page/a`` is ``page/a.html``,
``/data/a.ttl`` keeps its name, ``/`` is ``index.html``, and every language but the first has a
folder that mirrors the rest. What the server answers with a redirect leads straight to where the
redirect would lead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from competency.exchange import Profile
from competency.exchange.exchanges import written_formats
from competency.formats import RDF_SYNTAXES, Format, by_name
from competency.server.negotiation import HTML
from competency.server.pages.exports import ending_of
from competency.server.profiles import JSON, OWN, TOKENS, split_token
from competency.server.static_site.names import (
    apart,
    name_of_iri,
    name_of_path,
    name_of_state,
    split_suffix,
)

LANGUAGE = "lang"
# States that a script makes of the page itself: their links lead to the page as it is.
_OF_SCRIPT = frozenset(("open",))
_DATA = ("resources.data", "resources.data_of")
_EXPORTS = ("exports.export", "exports.index")
# What leads to something else, and to the page of what: a path or an IRI.
_PAGES = ("resources.page", "resources.page_of", "resources.thing", "resources.entity")


@dataclass(frozen=True)
class Target:
    """A file of the site, and the address of the application whose answer is in it.

    ``thing`` is the IRI of what the file is the page of: whoever writes the page of a thing
    writes it in all languages, and its data. Files of data themselves have no ``path``.
    """

    file: str
    path: str = ""
    thing: str = ""


class Layout:
    """The files of one site: for things below a base, in some languages, the first at the top."""

    def __init__(self, base: str, languages: tuple[str, ...], stems: Iterable[str] = ()) -> None:
        """Lay out a site whose own things live below the IRI ``base``.

        ``stems`` are names that are known before, such as ``ns/Code`` and ``ns/code``: those that
        differ only in case get other names, as there are disks that take them for one.
        """
        self._base, self.languages = base, languages
        last: dict[str, str] = {}
        self._unlike: set[str] = set()
        for stem in sorted(stems, reverse=True):
            if last.setdefault(stem.lower(), stem) != stem:
                self._unlike.add(stem)

    def folder(self, language: str) -> str:
        """Return the beginning of the names of the pages in a language."""
        return "" if language == self.languages[0] else f"{language}/"

    def target(self, endpoint: str, address: str) -> Target:
        """Return the file of an address that leads to ``endpoint``, which the application made.

        >>> layout = Layout("https://example.org/id/", ("en", "fr"))
        >>> layout.target("terms.vocabulary", "/ns?lang=fr").file
        'fr/ns.html'
        >>> layout.target("resources.thing", "/id/a").file
        'page/a.html'
        """
        parts = urlsplit(address)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        path = unquote(parts.path)
        if endpoint == "static":
            return Target(path.lstrip("/"))
        asked = next((value for key, value in pairs if key == LANGUAGE), "")
        language = asked if asked in self.languages else self.languages[0]
        state = [pair for pair in pairs if pair[0] not in (LANGUAGE, *_OF_SCRIPT)]
        if endpoint in _DATA:  # whoever writes the thing writes this
            return Target(self._of_data(path, dict(pairs), language))
        if endpoint in _PAGES:
            given = dict(state)
            iri = given.pop("iri", "") or self._base + path.lstrip("/").partition("/")[2]
            return self._page(iri, language, list(given.items()))
        if endpoint in _EXPORTS:
            return self._export(path, language, state)
        stem, suffix = split_suffix(path.lstrip("/") or "index")
        name = (
            self._alone(name_of_path(stem)) + name_of_state(state, self._base) + (suffix or ".html")
        )
        spoken = [(LANGUAGE, language)] if asked else []
        return Target(self.folder(language) + name, _address(path, [*state, *spoken]))

    def page(self, iri: str, language: str) -> Target:
        """Return the file of the page of a thing.

        >>> Layout("https://example.org/id/", ("en", "fr")).page("https://example.org/id/a/b", "fr")
        Target(file='fr/page/a/b.html', path='/page/a/b?lang=fr', thing='https://example.org/id/a/b')
        """
        return self._page(iri, language, [])

    def data(self, iri: str, profile: Profile, syntax: Format, language: str = "") -> Target:
        """Return the file of the data of a thing in a profile and a syntax.

        The list of all its documents is a page as well, and so in a language.
        """
        path, suffix = self.path_of(iri), syntax.suffixes[0]
        folder = self.folder(language) if language else ""
        file = folder + self.data_stem(iri, profile) + suffix
        asked = [(LANGUAGE, language)] if language else []
        if not path:
            asked += [("iri", iri), ("_profile", profile.token), ("format", syntax.name)]
            return Target(file, _address("/data", asked))
        token = f".{profile.token}" if self._says(path, profile) else ""
        return Target(file, _address(f"/data/{path}{token}{suffix}", asked))

    def data_stem(self, iri: str, profile: Profile) -> str:
        """Return the name of the data of a thing in a profile, without the suffix.

        >>> from competency.server.profiles import ALTERNATES, OWN
        >>> layout = Layout("https://example.org/id/", ("en",))
        >>> layout.data_stem("https://example.org/id/a", OWN)
        'data/a'
        >>> layout.data_stem("urn:a", ALTERNATES)
        'iri/urn/a.alt'
        """
        path = self.path_of(iri)
        token = f".{profile.token}" if self._says(path or iri, profile) else ""
        return self._alone(self.stem_of(iri, "data")) + token

    def _says(self, path: str, profile: Profile) -> bool:
        """Say whether the name has to say which profile it is, as Links has it."""
        return profile is not OWN or path.rpartition(".")[2] in TOKENS

    def _page(self, iri: str, language: str, state: list[tuple[str, str]]) -> Target:
        path = self.path_of(iri)
        stem = self._alone(self.stem_of(iri, "page"))
        file = f"{self.folder(language)}{stem}{name_of_state(state, self._base)}.html"
        fields = [*([] if path else [("iri", iri)]), *state, (LANGUAGE, language)]
        address = _address(f"/page/{path}" if path else "/page", fields)
        return Target(file, address, "" if state else iri)

    def _export(self, path: str, language: str, state: list[tuple[str, str]]) -> Target:
        """Return the file of a framework in another format, or the page that lists them.

        >>> layout = Layout("https://example.org/id/", ("en", "fr"))
        >>> iri = "?iri=https://example.org/id/a"
        >>> layout.target("exports.export", "/export/turtle" + iri).file
        'export/a.ttl'
        >>> layout.target("exports.index", "/export" + iri + "&lang=fr").file
        'fr/export/a.html'
        """
        iri = dict(state).get("iri", "")
        below = self.path_of(iri)
        stem = f"export/{name_of_path(below) if below else name_of_iri(iri)}"
        name = path.removeprefix("/export").lstrip("/")
        if name:
            ending = ending_of(by_name(name, written_formats()))
            return Target(stem + ending, _address(path, state))
        rest = [pair for pair in state if pair[0] != "iri"]
        file = f"{self.folder(language)}{stem}{name_of_state(rest, self._base)}.html"
        return Target(file, _address(path, [*state, (LANGUAGE, language)]))

    def _of_data(self, path: str, given: dict[str, str], language: str) -> str:
        """Return the name of the file of data that an address of the application names."""
        if "iri" in given:
            token, suffix = given.get("_profile", ""), given.get("format", "")
            name = self._alone(name_of_iri(given["iri"])) + (f".{token}" if token else "")
            suffix = by_name(suffix, (*RDF_SYNTAXES, HTML, JSON)).suffixes[0]
        else:
            stem, suffix = split_suffix(path.lstrip("/"))
            path, profile = split_token(stem)
            token = f".{profile.token}" if profile else ""
            name = self._alone(name_of_path(path)) + token
        return (self.folder(language) if suffix == ".html" else "") + name + suffix

    def stem_of(self, iri: str, root: str) -> str:
        """Return the name of a thing below ``page`` or ``data``, or that of an IRI elsewhere."""
        path = self.path_of(iri)
        return f"{root}/{name_of_path(path)}" if path else name_of_iri(iri)

    def _alone(self, stem: str) -> str:
        return apart(stem) if stem in self._unlike else stem

    def path_of(self, iri: str) -> str:
        """Return the path of an IRI below the base, or an empty text where it has none."""
        path = iri.removeprefix(self._base)
        return "" if path == iri else path


def _address(path: str, fields: list[tuple[str, str]]) -> str:
    return quote(path) + ("?" + urlencode(fields) if fields else "")
