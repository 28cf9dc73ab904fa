"""Relative IRIs, resolved as pyoxigraph does: RFC 3986, section 5.2.

``urllib.parse.urljoin`` knows relative IRIs for some schemes only, and drops empty queries and
fragments.
"""

from __future__ import annotations

import re

_PARTS = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_absolute(iri: str) -> bool:
    """Say whether an IRI begins with a scheme.

    >>> is_absolute("urn:x"), is_absolute("a/b:c")
    (True, False)
    """
    return _SCHEME.match(iri) is not None


def resolve(base: str, reference: str) -> str:
    """Return the IRI that a reference means where ``base`` is the base; RFC 3986, section 5.2.2.

    Dots are left where pyoxigraph leaves them: after a scheme and after an authority of the
    reference's own. Nothing is checked.

    >>> resolve("https://example.org/a/b?q", "../c#"), resolve("urn:a:b", "#c")
    ('https://example.org/c#', 'urn:a:b#c')
    """
    if is_absolute(reference) or not base:
        return reference
    scheme, authority, path, query, _ = _split(base)
    _, other, way, asked, fragment = _split(reference)
    if other is not None:
        authority, path, query = other, way, asked
    elif way:
        path, query = _without_dots(_merged(authority, path, way), authority is None), asked
    elif asked is not None:
        query = asked
    host = "" if authority is None else f"//{authority}"
    return f"{scheme or ''}:{host}{path}{query or ''}{fragment or ''}"


def _split(iri: str) -> tuple[str | None, str | None, str, str | None, str | None]:
    """Return scheme, authority, path, query with ``?`` and fragment with ``#``."""
    found = _PARTS.fullmatch(iri)
    if found is None:  # not reached: the pattern takes every text
        return None, None, iri, None, None
    return found[1], found[2], found[3], found[4], found[5]


def _merged(authority: str | None, path: str, way: str) -> str:
    """Return the path of a reference seen from the path of the base; RFC 3986, section 5.2.3."""
    if way.startswith("/"):
        return way
    if authority is not None and not path:
        return "/" + way
    return path[: path.rfind("/") + 1] + way


def _without_dots(path: str, rootless: bool) -> str:
    """Return a path without ``.`` and ``..``; RFC 3986, section 5.2.4.

    In a ``rootless`` IRI, one without authority, ``..`` may take the first slash away as well.
    """
    if "." not in path:
        return path
    kept: list[str] = []
    steps = path.split("/")
    for step in steps:
        if step == "..":
            if len(kept) > 1 or (kept and (kept[0] or rootless)):
                kept.pop()
        elif step != ".":
            kept.append(step)
    if steps[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
