"""Names that a package offers, imported when somebody first asks for one of them (PEP 562).

A start is to import what it uses and no more. A package writes its imports as for any reader, and
for type checkers, below ``if TYPE_CHECKING:``, one name a line; that is the one table of its names:

    if TYPE_CHECKING:
        from competency.graph.views import Part as Part
    else:
        __getattr__, __dir__ = lazily(__name__)
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

_FORM = ["import", "as"]  # from MODULE import NAME as OURS


def lazily(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return the ``__getattr__`` and ``__dir__`` of a package that is being imported.

    A module of the package that has the name of something it offers has to be imported at once.

    >>> import competency
    >>> competency.Part.__module__, "Part" in dir(competency)
    ('competency.graph.views', True)
    """
    known: dict[str, tuple[str, str]] = {}

    def table() -> dict[str, tuple[str, str]]:
        if not known:
            known.update(_read(package))
        return known

    def get(name: str) -> Any:
        found = None if name.startswith("__") else table().get(name)
        if found is None:
            below = f"{package}.{name}"
            if any(f"{module}.".startswith(f"{below}.") for module, _ in known.values()):
                return import_module(below)
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(found[0]), found[1])
        setattr(sys.modules[package], name, value)
        return value

    return get, lambda: sorted({*vars(sys.modules[package]), *table()})


def _read(package: str) -> dict[str, tuple[str, str]]:
    """Return the names of a package, each with its module and what it is called there."""
    loader: Any = getattr(sys.modules[package].__spec__, "loader", None)
    lines = (loader.get_source(package) or "").splitlines()
    words = (line.split() for line in lines)
    return {row[5]: (row[1], row[3]) for row in words if row[:1] == ["from"] and row[2::2] == _FORM}
