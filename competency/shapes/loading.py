"""Read shapes from files: ours by default, or any others."""

from __future__ import annotations

import difflib
import json
from functools import cache
from pathlib import Path
from xml.sax import SAXException

from rdflib import SH, Graph, URIRef

from competency._files import folder
from competency.errors import ShapesError, SourceError
from competency.formats import by_path

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def load_shapes(*files: str | Path) -> Graph:
    """Return the shapes of these files in one new graph; all our own when no file is named.

    The graph is the caller's: add shapes to it, or switch one off with ``sh:deactivated true``,
    and give it to :func:`validate`. SourceError when a file cannot be read, FormatError when its
    suffix is not that of an RDF syntax, ShapesError when it is not well-formed.

    >>> len(load_shapes()) > 100
    True
    """
    graph = Graph()
    for file in files or sorted(folder("shapes").glob("*.ttl")):
        _read(Path(file), graph)
    return graph


def shapes_named(shapes: Graph, name: str) -> list[URIRef]:
    """Return the shapes with a local name, such as ``DuplicateTexts``, to switch them off.

    ShapesError, which lists close names, where there is none.

    >>> [str(shape).rpartition('#')[2] for shape in shapes_named(load_shapes(), "FrameworkTitle")]
    ['FrameworkTitle']
    """
    known: dict[str, list[URIRef]] = {}
    for shape in {s for kind in (*TARGETS, SH.severity) for s in shapes.subjects(kind)}:
        if isinstance(shape, URIRef):
            local = str(shape).replace("#", "/").rpartition("/")[2]
            known.setdefault(local, []).append(shape)
    if name not in known:
        near = ", ".join(difflib.get_close_matches(name, known))
        raise ShapesError(name, "no such rule" + (f"; did you mean {near}?" if near else ""))
    return known[name]


@cache
def own_shapes() -> Graph:
    """Return our shapes, read once; never handed out, so that nobody changes them."""
    return load_shapes()


def _read(file: Path, graph: Graph) -> None:
    media_type = by_path(file).media_type
    try:
        text = file.read_bytes()
    except OSError as error:
        raise SourceError(str(file), error.strerror or "cannot be read") from error
    try:
        if media_type == "application/ld+json" and _looks_elsewhere(text):
            raise ShapesError(str(file), "its @context is somewhere else; write it into the file")
        graph.parse(data=text, format=media_type, publicID=file.resolve().as_uri())
    except RecursionError as error:
        reason = "brackets are inside each other too deeply; give the inner shapes names"
        raise ShapesError(str(file), reason) from error
    except (SyntaxError, ValueError, SAXException, AssertionError) as error:
        if isinstance(error, ShapesError):
            raise
        raise ShapesError(str(file), _first_line(error)) from error


def _looks_elsewhere(text: bytes) -> bool:
    """Say whether JSON-LD names a context that rdflib would fetch."""
    agenda = [json.loads(text)]
    while agenda:
        item = agenda.pop()
        if isinstance(item, dict):
            contexts = item.get("@context", [])
            contexts = contexts if isinstance(contexts, list) else [contexts]
            if any(isinstance(context, str) for context in contexts) or "@import" in item:
                return True
            agenda.extend(item.values())
        elif isinstance(item, list):
            agenda.extend(item)
    return False


def _first_line(error: Exception) -> str:
    """Return what a parser said, in one line, or the sort of error when it said nothing."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__
