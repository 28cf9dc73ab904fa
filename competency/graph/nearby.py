"""Names that are close to a wrong one, so that an error can say what was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_MOST = 2_000  # names that are looked at; each costs some microseconds


def close_names(iri: str, names: Iterable[str], base: str) -> list[str]:
    """Return up to three of ``names`` that are close to ``iri``, those beside it before others.

    What all names begin with, ``base``, is not compared: it would make all of them alike.

    >>> close_names("urn:x/peopel", ["urn:x/people", "urn:x/places"], "urn:x/")
    ['urn:x/people']
    """
    known = list(names)
    parent = iri.rpartition("/")[0]
    near = [name for name in known if name.startswith(parent)] if parent else []
    paths = {name.removeprefix(base): name for name in (near or known)[:_MOST]}
    return [paths[path] for path in difflib.get_close_matches(iri.removeprefix(base), paths)]
