"""What a site is made from, as one digest: where nothing of it changed, nothing need be written.

It covers the graphs, the options, and the software: this package with its plain files, and the
libraries whose versions can change a byte. Nothing in a site depends on the time or the place.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import competency
from competency._files import folder
from competency.formats import by_name
from competency.graph import KnowledgeGraph, serialize

_LIBRARIES = (
    "babel", "flask", "jinja2", "markupsafe", "openpyxl", "pyoxigraph", "rdflib", "werkzeug",
)  # fmt: skip
_FOLDERS = ("ontology", "shapes", "sparql")
_SERVED = ("templates", "static", "messages")


def fingerprint(graph: KnowledgeGraph, options: object) -> str:
    """Return the digest of everything that a site of ``graph`` depends on.

    ``options`` is what was asked for, in a form that JSON can hold.
    """
    whole = hashlib.sha256(json.dumps(options, sort_keys=True).encode())
    whole.update(competency.__version__.encode())
    for name in _LIBRARIES:
        whole.update(f"{name} {version(name)}\n".encode())
    for file, root in _files():
        whole.update(f"{file.relative_to(root)} {_digest(file.read_bytes())}\n".encode())
    for part in _graphs(graph):
        whole.update(part.encode())
    return whole.hexdigest()


def _graphs(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the name and the digest of each graph; an edition knows them without reading."""
    yield f"base {graph.base}\n"
    if graph.edition is not None:
        manifest = graph.edition.manifest
        yield f"edition {manifest.edition} {manifest.created} {manifest.digest}\n"
        return
    for named in graph.graphs():
        yield f"{named.name} {_digest(serialize(named, by_name('ntriples')))}\n"


def _files() -> Iterator[tuple[Path, Path]]:
    """Yield every file that has a part in how a site looks, with the folder it is below."""
    package = Path(competency.__file__).parent
    places = [(package, "*.py"), *((folder(name), "*") for name in _FOLDERS)]
    places += [(folder("server") / name, "*") for name in _SERVED]
    for root, pattern in places:
        for file in sorted(root.rglob(pattern)):
            if file.is_file():
                yield file, root


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
