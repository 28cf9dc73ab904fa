"""The language of a page: what the reader asked for, and the words of the interface in it.

``?lang=`` is stronger than Accept-Language (RFC 9110, section 12.5.4). The interface is in one of
INTERFACE; content is in whichever of its own languages the reader likes best. The messages are
in English here and in the templates; ``server/messages/`` has them in other languages, as the
translators wrote them.
"""

from __future__ import annotations

import gettext as catalogues
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, cast
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from flask import Flask, Request, Response, current_app, has_request_context, request
from markupsafe import Markup
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from competency._files import folder
from competency.server.negotiation import with_qualities
from competency.server.tags import direction, is_tag, own_name, primary

INTERFACE = ("en", "fr")
# Whose conventions for numbers, lists and dates are followed.
_CONVENTIONS = {"en": "en_GB", "fr": "fr"}
_PARAMETER = "lang"
SAME_PAGE = "competency.same_page"  # an application whose pages have other addresses says where
_KEPT = "competency.reader"  # where a request keeps what was found out about its reader
_MANY = 20  # tags of one Accept-Language header; nobody reads more languages
# Where there is data and no page: ``?lang=`` does not go along to it, nor to an address with a
# suffix. The first step of the path says so.
_DATA = frozenset(("data", "graphs", "health", "metrics", "ready", "static", "update"))


@dataclass(frozen=True)
class Reader:
    """Who asks: the language named in the address, those wanted, that of the interface."""

    named: str | None = None
    wanted: tuple[str, ...] = ("en",)
    interface: str = "en"


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language: its tag, its name in itself, the address."""

    tag: str
    label: str
    url: str
    current: bool

    @property
    def direction(self) -> str:
        """Return the way the name is written."""
        return direction(self.tag)


def reader() -> Reader:
    """Return what is known of the reader of this request; outside of one, English is read.

    A ``?lang=`` that is no language tag is as good as none: a page breaks for no typing error.
    """
    if not has_request_context():
        return Reader()
    if _KEPT not in request.environ:
        request.environ[_KEPT] = _reader(request)
    return cast(Reader, request.environ[_KEPT])


def interface() -> str:
    """Return the language of the interface for this request, ``en`` outside of one."""
    return reader().interface


def wanted() -> tuple[str, ...]:
    """Return the language tags that the reader wants, the most wanted first."""
    return reader().wanted


def gettext(message: str, /, **values: object) -> str:
    """Return a message of the interface in its language, with ``%(name)s`` filled in."""
    found = _catalogue(interface()).gettext(message)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the form of a message that fits ``num``, which is filled in as ``%(num)s``.

    >>> ngettext("%(num)s part", "%(num)s parts", 1200)
    '1,200 parts'
    """
    found = _plural(one, many, num)
    return found % ({"num": number(num)} | values) if "%" in found else found


def N_(message: str) -> str:
    """Mark a message for translation where it is written; ``gettext`` translates it later."""
    return message


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark a message for translation where it is written, before anybody counts."""
    return one, many


def convention() -> str:
    """Return the locale whose numbers, dates and lists the interface has."""
    return _CONVENTIONS[interface()]


def number(value: int) -> str:
    """Return a number as readers of the interface write it.

    >>> number(12345)
    '12,345'
    """
    small = -1000 < value < 1000  # nothing to group, and most numbers of a page are
    return str(value) if small else format_decimal(value, locale=convention())


def same_page(tag: str) -> str:
    """Return the address of the page of this request in another language, relative to it."""
    if own := current_app.extensions.get(SAME_PAGE):
        return str(own(tag))
    fields = [pair for pair in request.args.items(multi=True) if pair[0] != _PARAMETER]
    return "?" + urlencode([*fields, (_PARAMETER, tag)])


def register_languages(app: Flask) -> None:
    """Let ``app`` speak: messages in templates, ``?lang=`` in links, headers that say so."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    install = app.jinja_env.install_gettext_callables  # type: ignore[attr-defined]
    install(lambda text: _catalogue(interface()).gettext(text), _plural, newstyle=True)
    app.jinja_env.globals["ngettext"] = _ngettext_in_page
    app.jinja_env.filters["number"] = number
    app.context_processor(_context)
    app.url_defaults(_keep_language)
    app.after_request(_say_language)


def _context() -> dict[str, Any]:
    """Return what every template knows of languages."""
    here = interface()
    links = [LanguageLink(tag, own_name(tag), same_page(tag), tag == here) for tag in INTERFACE]
    return {
        "language": here,
        "direction": direction(here),
        "language_links": links if has_request_context() else [],
        "language_named": _named(),
    }


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    """Give the links of a page the language that its own address names."""
    if (tag := _named()) and not _is_data(endpoint):
        values.setdefault(_PARAMETER, tag)


def _is_data(endpoint: str) -> bool:
    paths = [rule.rule for rule in current_app.url_map.iter_rules(endpoint)]
    return any("." in path or path.split("/")[1] in _DATA for path in paths)


def _say_language(response: Response) -> Response:
    """Say of what was made for its reader that it was (RFC 9110, sections 8.5 and 12.5.5)."""
    if _KEPT in request.environ:
        response.vary.add("Accept-Language")
        if response.mimetype == "text/html":
            response.content_language.add(interface())
    return response


def _named() -> str | None:
    """Return the language that the address names, or None where it names none."""
    if not has_request_context() or _PARAMETER not in request.args:  # get() of nothing is slow
        return None
    found = request.args[_PARAMETER]
    return found if is_tag(found) else None


def _reader(asked: Request) -> Reader:
    named = _named()
    said = with_qualities(asked.headers.get("Accept-Language"))
    accepted = parse_accept_header(said, LanguageAccept)
    header = [(tag, quality) for tag, quality in accepted[:_MANY] if is_tag(tag)]
    tags = [tag for tag, quality in header if quality > 0]
    if named:
        tags.insert(0, named)
    spoken = [primary(tag) for tag in tags if primary(tag) in INTERFACE]
    refused = [primary(tag) for tag, quality in header if quality <= 0]
    spoken += [tag for tag in INTERFACE if tag not in refused]
    here = next(iter(spoken), INTERFACE[0])
    return Reader(named, tuple(tags) or (here,), here)


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    """Return the messages in a language, read once from their source."""
    file = folder("server") / "messages" / f"{language}.po"
    if language == INTERFACE[0]:
        return catalogues.NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def _plural(one: str, many: str, num: int) -> str:
    return _catalogue(interface()).ngettext(one, many, num)


def _ngettext_in_page(one: str, many: str, num: int, /, **values: object) -> Markup:
    """Return what ``ngettext`` returns, with the values escaped."""
    message = Markup(_plural(one, many, num))  # noqa: S704 - ours, not a reader's
    return message % ({"num": number(num)} | values)
