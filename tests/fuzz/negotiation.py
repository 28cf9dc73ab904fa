"""Negotiation: any header has an answer or a 406, and qualities are obeyed (RFC 9110, section 12).

The model beside it is made from the RFC alone: what is most specific counts, then the quality,
then our own order. It reads headers as they were made, not as texts.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from hypothesis import strategies as st

from competency.errors import CompetencyError, FormatError
from competency.formats import RDF_SYNTAXES, RESULT_FORMATS, Format
from competency.server import negotiation, profiles
from competency.server.languages import INTERFACE, reader, register_languages
from competency.server.negotiation import HTML
from competency.server.profiles import JSON
from tests.fuzz.child import Child
from tests.fuzz.target import Target, working

TABLES: dict[str, tuple[Format, ...]] = {
    "rdf": RDF_SYNTAXES, "results": RESULT_FORMATS, "json": (JSON,), "page first": (HTML, JSON),
}  # fmt: skip
_KINDS = sorted(
    {
        kind
        for table in TABLES.values()
        for row in table
        for kind in (*row.media_types, *row.aliases)
    }
)
_RANGES = (*_KINDS, "text/*", "application/*", "image/png", "*/*", "text/html", "image/*")
_QUALITIES = ("", "0", "1", "0.5", "0.50", "0.501", "0.001", "1.000", "0.0", "0.999", "1.")
_OTHER = ("", ";charset=utf-8", '; profile="a, b;q=0"', ";v=b3", '; x="\\""', "; level=1")
_TAGS = ("en", "fr", "fr-CA", "EN-gb", "de", "zh-Hant", "*", "en-US-x-a", "i-klingon")
_NOISE = ',;q=0."\\<>* /\t=Q1\x01-_ é'


@dataclass(frozen=True)
class Range:
    """One range of a header as it was made: what it names, its parameters, its quality."""

    name: str
    other: str = ""
    quality: str = ""

    @property
    def weight(self) -> float:
        """Return the quality as a number, 1 where there is none."""
        return float(self.quality) if self.quality else 1.0


def written(ranges: list[Range], gap: str, equals: str) -> str:
    """Return the header that has these ranges."""
    parts = (
        f"{one.name}{one.other}" + (f";{gap}{equals}{one.quality}" if one.quality else "")
        for one in ranges
    )
    return f"{gap},{gap}".join(parts)


def wanted(ranges: list[Range], kind: str) -> list[float]:
    """Return the qualities of the most specific ranges that match a media type (section 12.5.1)."""
    for name in (kind, kind.partition("/")[0] + "/*", "*/*"):
        if found := [one.weight for one in ranges if one.name.lower() == name]:
            return found
    return [0.0]


def model(ranges: list[Range], table: tuple[Format, ...], page: bool) -> str | None:
    """Return the name of the form to send, or "406"; None where the header contradicts itself."""
    if not ranges:
        return table[0].name
    named = {one.name.lower() for one in ranges}
    rows = table
    if page:
        rows = (HTML, *table) if named & {HTML.media_type, *HTML.aliases} else (*table, HTML)
    best, quality = "406", 0.0
    taken = {one.name.lower() for one in ranges if one.weight > 0}
    wide = not any(taken & {*row.media_types} for row in (HTML, *rows))
    for row in rows:
        names = (*row.media_types, *row.aliases) if wide else row.media_types
        kinds = [row.media_type, *(kind for kind in names if kind in named)]
        found = [wanted(ranges, kind) for kind in kinds]
        if any(len(set(one)) > 1 for one in found):
            return None
        if max(one[0] for one in found) > quality:
            best, quality = row.name, max(one[0] for one in found)
    return best


def choose(asked: tuple[str, str, bool]) -> str:
    """Do the work in the child: a header, a table, whether there is a page."""
    header, table, page = asked
    try:
        found = negotiation.choose(header, TABLES[table], page=page).name
    except FormatError as error:
        assert "\n" not in str(error)
        return "406"
    negotiation.prefers_page(header)
    return found


def negotiate(asked: profiles.Asked) -> tuple[str, str] | str:
    """Do the work in the child: all that a request says of the form it wants."""
    try:
        profile, form = profiles.negotiate(asked)
    except CompetencyError as error:
        return type(error).__name__
    return profile.token, form.name


def languages(header: str) -> tuple[str, tuple[str, ...]]:
    """Do the work in the child: the language of the interface, and those that are wanted."""
    app = Flask("languages")
    register_languages(app)
    with app.test_request_context(environ_overrides={"HTTP_ACCEPT_LANGUAGE": header}):
        return reader().interface, reader().wanted


def quality_is_obeyed(child: Child, example: tuple[list[Range], str, str, str, bool]) -> None:
    """A header that is well made gets what the RFC says."""
    ranges, gap, equals, table, page = example
    answer = child.ask((written(ranges, gap, equals), table, page))
    assert answer in (
        expected := model(ranges, TABLES[table], page),
        answer if not expected else "",
    )


def any_header_is_answered(child: Child, example: tuple[str, str, bool]) -> None:
    """Whatever a header holds, and however much of it, there is an answer or a 406."""
    header, table, page = example
    answer = child.ask((header, table, page))
    assert answer in ("406", "html", *(row.name for row in TABLES[table]))


def profiles_are_answered(child: Child, asked: profiles.Asked) -> None:
    """Whatever a request says of profiles and media types, there is an answer or a 406."""
    found = child.ask(asked)
    assert found == "FormatError" or (found[0] in profiles.TOKENS and found[1])


def languages_are_obeyed(child: Child, example: tuple[list[Range], str, str]) -> None:
    """The interface is in the language that is wanted most, of those that it has."""
    ranges, gap, equals = example
    here, tags = child.ask(written(ranges, gap, equals))
    primary = [(one.name.lower().partition("-")[0], one.weight) for one in ranges]
    refused = {tag for tag, weight in primary if weight <= 0}
    ordered = sorted((one for one in primary if one[1] > 0), key=lambda one: -one[1])
    spoken = [tag for tag, _ in ordered if tag in INTERFACE]
    expected = [*spoken, *(tag for tag in INTERFACE if tag not in refused), INTERFACE[0]]
    assert here == expected[0] and tags


def any_language_is_answered(child: Child, header: str) -> None:
    """Whatever Accept-Language holds, the page is in a language."""
    here, tags = child.ask(header)
    assert here in INTERFACE and tags


def _ranges(names: tuple[str, ...], other: tuple[str, ...]) -> st.SearchStrategy[list[Range]]:
    name = st.sampled_from(names).flatmap(lambda one: st.sampled_from((one, one, one.upper())))
    one = st.builds(Range, name, st.sampled_from(other), st.sampled_from(_QUALITIES))
    return st.lists(one, max_size=6)


_gap = st.sampled_from(("", " ", "  ", "\t"))
_equals = st.sampled_from(("q=", "q=", "Q="))
_tables = st.sampled_from(sorted(TABLES))
_noise = st.text(_NOISE, max_size=12) | st.text(
    st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=30
)


@st.composite
def _headers(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    """Return a header that may be wrong, and may be very long."""
    pieces = st.lists(
        st.sampled_from((*names, *_OTHER, ",", ";q=", ";q=0.5", "q")) | _noise, max_size=9
    )
    text = "".join(draw(pieces))
    return text * draw(st.sampled_from((1, 1, 1, 40, 2000)))


_iris = tuple(f"<{one.iri}>" for one in profiles.KNOWN)
_name = st.sampled_from((*profiles.TOKENS, *_iris, "<urn:x>", "<", ">", "alt,skos"))
_maybe_names = st.none() | st.lists(_name | _noise, max_size=4).map(",".join)
_asked = st.builds(
    profiles.Asked,
    st.none() | _headers(_RANGES),
    st.none() | _headers(_iris),
    st.none()
    | st.lists(st.sampled_from((*_KINDS, "ttl", "page")) | _noise, max_size=3).map(",".join),
    _maybe_names,
)
_LANGUAGES = working("tests.fuzz.negotiation:languages")
_CHOOSE = working("tests.fuzz.negotiation:choose")
TARGETS: tuple[Target, ...] = (
    Target("accept-quality", quality_is_obeyed,
           st.tuples(_ranges(_RANGES, _OTHER), _gap, _equals, _tables, st.booleans()), _CHOOSE, 60, 0.5),
    Target("accept-any", any_header_is_answered,
           st.tuples(_headers(_RANGES), _tables, st.booleans()), _CHOOSE, 40, 0.5),
    Target("profiles", profiles_are_answered, _asked, working("tests.fuzz.negotiation:negotiate"), 40, 0.5),
    Target("language-quality", languages_are_obeyed, st.tuples(_ranges(_TAGS[:6], ("",)), _gap, _equals),
           _LANGUAGES, 40, 0.3),
    Target("language-any", any_language_is_answered, _headers(_TAGS), _LANGUAGES, 30, 0.3),
)  # fmt: skip
