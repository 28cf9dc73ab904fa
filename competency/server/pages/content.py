"""The language of what a page shows: one for each framework, the one its reader likes best.

A framework that is there in several languages is shown in one of them. What it says only in
another is shown in that, with its tag, rather than left out.
"""

from __future__ import annotations

from flask import g, has_request_context

from competency.graph import Resource
from competency.server.languages import LanguageLink, same_page, wanted
from competency.server.tags import best, own_name


def language_of(resource: Resource) -> str:
    """Return the language that a framework, or what belongs to it, is shown in; empty for none.

    It is the one of its own that the reader wants most, else its main language.
    """
    found = resource.languages
    return best(wanted(), found) or next(iter(found), "")


def order_of(resource: Resource) -> tuple[str, ...]:
    """Return the languages in which to look for a text, the one of the page first."""
    if not has_request_context():
        return ("en",)
    kept: dict[str, tuple[str, ...]] = g.setdefault("content_languages", {})
    if resource.graph_name not in kept:
        order = (language_of(resource), *wanted(), *resource.languages)
        kept[resource.graph_name] = tuple(dict.fromkeys(tag for tag in order if tag))
    return kept[resource.graph_name]


def languages_of(resource: Resource) -> list[LanguageLink]:
    """Return links to the same page in each language of a framework, none where it has but one."""
    shown, tags = language_of(resource), resource.languages
    if len(tags) < 2:
        return []
    return [LanguageLink(tag, own_name(tag), same_page(tag), tag == shown) for tag in sorted(tags)]
