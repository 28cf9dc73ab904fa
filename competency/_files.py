"""Where the five folders of plain files are, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

FOLDERS = ("ontology", "shapes", "graph", "sparql", "server")


def folder(name: str) -> Path:
    """Return the folder ``ontology``, ``shapes``, ``graph``, ``sparql`` or ``server``.

    A wheel carries the folders inside the package, and they win; a checkout has them beside it.

    >>> (folder("ontology") / "competency.ttl").is_file()
    True
    """
    package = Path(__file__).resolve().parent
    installed = package / "data" / name
    return installed if installed.is_dir() else package.parent / name
