"""Content negotiation by profile (W3C, dx-prof-conneg): which vocabulary data come in.

A profile is named by its IRI in ``Accept-Profile`` and by IRI or token in ``?_profile=``; what
the address says counts before what the headers say (section 6.4). ``alt`` is the profile under
which a thing lists all the documents there are about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Request
from werkzeug.exceptions import BadRequest

from competency.errors import FormatError
from competency.exchange import PROFILES, Profile, profile_named
from competency.formats import RDF_SYNTAXES, Format
from competency.server.negotiation import HTML, choose, named_format, prefers_page

ALTERNATES = Profile(
    token="alt",  # noqa: S106
    iri="http://www.w3.org/ns/dx/connegp/altr",
    title="Alternate representations",
    description="Every document about a thing: each profile in each media type.",
)
OWN = PROFILES[0]
KNOWN = (*PROFILES, ALTERNATES)
TOKENS = frozenset(profile.token for profile in KNOWN)
JSON = Format("json", "JSON", ("application/json",), (".json",))
_RANGE = re.compile(r"<([^<>\s]*)>\s*(?:;\s*[qQ]\s*=\s*([0-9.]+)\s*)?(?:;[^,]*)?(?:,|$)")
_NAME = re.compile(r"<([^<>]*)>|([^,<>\s]+)")


def table_of(profile: Profile) -> tuple[Format, ...]:
    """Return the forms in which a profile comes, a page for people first where it has one."""
    return (HTML, *_data_forms(profile)) if profile is ALTERNATES else RDF_SYNTAXES


def _data_forms(profile: Profile) -> tuple[Format, ...]:
    return (*RDF_SYNTAXES, JSON) if profile is ALTERNATES else RDF_SYNTAXES


def find_profile(name: str) -> Profile | None:
    """Return the profile of a token or an IRI, or None where there is none here.

    >>> find_profile("alt").title, find_profile("nothing")
    ('Alternate representations', None)
    """
    if name.rstrip("#") in (ALTERNATES.token, ALTERNATES.iri):
        return ALTERNATES
    try:
        return profile_named(name)
    except FormatError:
        return None


def names_in(value: str) -> list[str]:
    """Return the names in a ``_profile`` parameter, the most wanted first.

    >>> names_in("skos,<http://example.org/a,b>, alt")
    ['skos', 'http://example.org/a,b', 'alt']
    """
    return [iri or token for iri, token in _NAME.findall(value)]


def named_profiles(value: str) -> list[Profile]:
    """Return the known ones of the profiles that ``?_profile=`` names, the most wanted first."""
    found = (find_profile(name) for name in names_in(value))
    return [profile for profile in dict.fromkeys(found) if profile]


def accepted_profiles(header: str | None) -> list[Profile] | None:
    """Return the known profiles of an ``Accept-Profile`` header, or None where it asks for none.

    IRIs stand in angle brackets; what cannot be read is left out, and a header of which nothing
    can be read asks for none.

    >>> [item.token for item in accepted_profiles("<urn:x>, <http://www.w3.org/ns/dx/connegp/altr>")]
    ['alt']
    """
    ranges = [(iri, _quality(q)) for iri, q in _RANGE.findall(header or "")]
    if not ranges:
        return None
    ranges.sort(key=lambda item: -item[1])
    found = (find_profile(iri) for iri, quality in ranges if quality > 0)
    refused = [find_profile(iri) for iri, quality in ranges if quality <= 0]
    return [item for item in dict.fromkeys(found) if item and item not in refused]


def available(profiles: Iterable[Profile]) -> list[str]:
    """Return profiles as messages list them: token and IRI."""
    return [f"{profile.token} <{profile.iri}>" for profile in profiles]


def split_token(path: str) -> tuple[str, Profile | None]:
    """Cut the token of a profile from the end of a path, where it has one.

    >>> split_token("pub-cscf/c01.alt")[0], split_token("a.b")
    ('pub-cscf/c01', ('a.b', None))
    """
    rest, _, token = path.rpartition(".")
    if rest and token in TOKENS:
        return rest, next(profile for profile in KNOWN if profile.token == token)
    return path, None


def _quality(text: str) -> float:
    """Return a quality value; one that is no number from 0 to 1 counts as 1, as an absent one."""
    try:
        quality = float(text)
    except ValueError:
        return 1.0
    return quality if 0 <= quality <= 1 else 1.0


@dataclass(frozen=True)
class Asked:
    """What a request asks for: its headers, and ``?_mediatype=`` and ``?_profile=``."""

    accept: str | None = None
    accept_profile: str | None = None
    media_type: str | None = None
    profile: str | None = None

    @classmethod
    def by(cls, request: Request) -> Asked:
        """Return what a request asks for; BadRequest for a parameter that is given twice."""
        headers, arguments = request.headers, request.args
        for name in ("_mediatype", "_profile"):
            if len(arguments.getlist(name)) > 1:
                reason = f"give {name} once; several values stand in it with commas between"
                raise BadRequest(reason)
        return cls(
            headers.get("Accept"),
            headers.get("Accept-Profile"),
            arguments.get("_mediatype"),
            arguments.get("_profile"),
        )

    @property
    def in_address(self) -> bool:
        """Say whether the address itself names a media type or a profile."""
        return bool(self.media_type or self.profile)


def negotiate(asked: Asked, offered: Sequence[Profile] = PROFILES) -> tuple[Profile, Format]:
    """Return the profile and the form that suit a request best; a page has our own profile.

    ``offered`` are the profiles in which the thing can be had; the list of them always can.

    The profile comes first and the media type second (dx-prof-conneg, section 7.1): a page, which
    conforms to no profile, is the way out where the header names a profile that comes in no
    media type that is wanted. FormatError lists what there is when nothing suits.

    >>> [part.title for part in negotiate(Asked("text/html", media_type="ttl"))]
    ['Competency ontology', 'Turtle']
    """
    wanted = named_profiles(asked.profile) if asked.profile else None
    if wanted is None:
        wanted = accepted_profiles(asked.accept_profile)
    if wanted is None:
        return OWN, _form(asked, RDF_SYNTAXES, page=True)
    wanted = [profile for profile in wanted if profile in offered or profile is ALTERNATES]
    for profile in wanted:
        try:
            return profile, _form(asked, _data_forms(profile), page=profile is ALTERNATES)
        except FormatError:
            continue
    if (not asked.profile or OWN in wanted) and _takes_page(asked):
        return OWN, HTML
    kind = f"_mediatype={asked.media_type}" if asked.media_type else asked.accept or "*/*"
    name = f"_profile={asked.profile}" if asked.profile else f"profile {asked.accept_profile}"
    raise FormatError(f"{name} in {kind}", [*_media_types(), *available((*offered, ALTERNATES))])


def _form(asked: Asked, table: tuple[Format, ...], *, page: bool) -> Format:
    """Return the form of a table that ``?_mediatype=`` or else the Accept header asks for."""
    if asked.media_type:
        return named_format(asked.media_type, (*table, HTML) if page else table)
    return choose(asked.accept, table, page=page)


def _takes_page(asked: Asked) -> bool:
    """Say whether a page is among what a request names."""
    if asked.media_type:
        return named_format(asked.media_type, (*RDF_SYNTAXES, JSON, HTML)) is HTML
    return prefers_page(asked.accept)


def _media_types() -> list[str]:
    return [row.media_type for row in (*RDF_SYNTAXES, HTML)]
