"""The identifiers, languages and numbers that the Credential Registry asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from rdflib import Literal

from competency.exchange.entry import Entry, Thing
from competency.exchange.outline import Outline

_CTID = re.compile(r"ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)


def ctid(iri: str) -> Literal:
    """Return the CTID of a thing: that at the end of its IRI, or a version 5 UUID of the IRI.

    The same IRI always has the same CTID (RFC 4122, section 4.3).

    >>> str(ctid("https://example.org/ce-07c257d6-9119-11e8-b852-782bcb5df6ac"))
    'ce-07c257d6-9119-11e8-b852-782bcb5df6ac'
    """
    found = _CTID.search(iri)
    return Literal(found.group().lower() if found else f"ce-{uuid5(NAMESPACE_URL, iri)}")


def languages(entry: Thing, outline: Outline, texts: Iterable[Literal]) -> list[Literal]:
    """Return the languages of a thing: of its texts, or else those of the framework."""
    own = sorted({text.language for text in texts if text.language})
    stated = [Literal(str(language)) for language in outline.languages]
    return [Literal(language) for language in own] or stated


def tagged(texts: Iterable[Literal], outline: Outline) -> list[Literal]:
    """Return texts with a language, as the registry keeps them by language.

    A text without one is in the language of the framework, or else undetermined (``und``).
    """
    stated = [str(language) for language in outline.languages]
    usual = stated[0] if len(stated) == 1 else "und"
    return [text if text.language else Literal(str(text), lang=usual) for text in texts]


def list_id(entry: Entry) -> list[Literal]:
    """Return the printed number of a part; its position where no sibling has a printed one."""
    numbers = entry.texts("comp:enumeration")
    if not numbers and entry.parent is not None and not entry.parent.numbered:
        numbers = entry.texts("comp:position")
    return [Literal(str(number)) for number in numbers[:1]]
