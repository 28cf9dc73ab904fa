"""The doors of this format: packages as values, as bytes, and what they lose."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from competency.errors import FormatError
from competency.exchange.case.context import Object
from competency.exchange.case.incoming import incoming
from competency.exchange.case.losing import Losing
from competency.exchange.case.older import older
from competency.exchange.case.parsing import recognise
from competency.exchange.case.reader import read
from competency.exchange.case.table import TABLE
from competency.exchange.case.writer import PackageWriter, told_document
from competency.exchange.exchange import Exchange, Exported
from competency.exchange.mapping import Loss
from competency.exchange.unreturned import unreturned
from competency.formats import Format
from competency.graph import KnowledgeGraph

VERSIONS = ("1.1", "1.0")
_HALF = re.compile("[\ud800-\udfff]")


def package(
    graph: KnowledgeGraph, iri: str, version: str = "1.1", *, changed: str | None = None
) -> Object:
    """Return a framework as a CFPackage of CASE 1.1 or 1.0: a plain value, ready for JSON.

    Identifiers are version 5 UUIDs of the IRIs; what came from CASE goes out as it came.
    ``changed`` is the moment of last change where the graph names none; without it that is
    1970-01-01T00:00:00Z, so that the same graph always gives the same package. Raises NotFound
    and, for another version, FormatError.

        package(KnowledgeGraph.shipped(), "pub-cscf")["CFDocument"]["title"]
    """
    found = _writer(graph, iri, version, changed).write().package
    return older(found)[0] if version == "1.0" else found


def document(graph: KnowledgeGraph, iri: str, *, changed: str | None = None) -> Object:
    """Return the CFDocument of a framework without the rest of its package, in CASE 1.1.

    It is that of :func:`package`, but for what that puts into its extensions. Raises NotFound.

        document(KnowledgeGraph.shipped(), "https://w3id.org/competency/id/pub-cscf")["title"]
    """
    return told_document(graph, iri, changed)


def losses(graph: KnowledgeGraph, iri: str, version: str = "1.1") -> tuple[Loss, ...]:
    """Return what a reader of the package does not see that does not look into extensions.

    In CASE 1.0 there are none, and it is lost for everybody. Raises NotFound and FormatError.
    """
    return _exported(graph, iri, version)[1]


def write(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a package of CASE 1.1 in JSON; raises NotFound."""
    return _written(graph, iri, "1.1")


def write_older(graph: KnowledgeGraph, iri: str) -> Exported:
    """Return a framework as a package of CASE 1.0 in JSON; raises NotFound."""
    return _written(graph, iri, "1.0")


def _written(graph: KnowledgeGraph, iri: str, version: str) -> Exported:
    found, lost = _exported(graph, iri, version)
    data = encoded(found, indent=2)
    if version != "1.0":
        return Exported(data, aside=lost)
    named = graph.named_graph(graph.framework(iri).graph_name)
    return Exported(data, (*lost, *unreturned(named, data, _OLDER, read, lost)))


def encoded(found: Object, *, indent: int | None = None) -> bytes:
    """Return a value as JSON in UTF-8; half a character, which that cannot hold, is escaped.

    >>> encoded({"title": chr(0xD83D)}) == b'{"title":"' + bytes([92]) + b'ud83d"}' + bytes([10])
    True
    """
    marks = (",", ":") if indent is None else None
    text = json.dumps(found, ensure_ascii=False, indent=indent, separators=marks)
    text = _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
    return text.encode() + b"\n"


def _writer(graph: KnowledgeGraph, iri: str, version: str, changed: str | None) -> PackageWriter:
    if version not in VERSIONS:
        raise FormatError(f"CASE {version}", VERSIONS)
    return PackageWriter(graph, iri, changed)


def _exported(graph: KnowledgeGraph, iri: str, version: str) -> tuple[Object, tuple[Loss, ...]]:
    writer = _writer(graph, iri, version, None)
    written = writer.write()
    told = {writer.root: written.package["CFDocument"], **writer.items}
    rows = [row for rows in written.aside.values() for row in rows]
    lost = list(Losing(writer.given, told, version, written.name).losses(rows))
    found = written.package
    if version == "1.0":
        called = {str(item.get("uri")): str(iri) for iri, item in told.items()}
        found, more = older(found)
        lost += [replace(loss, part=called.get(loss.part, loss.part)) for loss in more]
    return found, tuple(dict.fromkeys(lost))


_OLDER = Format("case-1.0", "CASE 1.0 package", ("application/json",), (".json",))
EXCHANGES: tuple[Exchange, ...] = (
    Exchange(
        Format("case", "CASE 1.1 package", ("application/json",), (".json",)),
        read,
        write,
        recognise,
        TABLE,
        incoming(),
        "What school, college and credential systems exchange; its REST API serves the same."
        " Alignments with other frameworks are associations, and come in as a graph of their own.",
    ),
    Exchange(
        _OLDER,
        read,
        write_older,
        table=TABLE,
        about="For systems that know no 1.1: without extensions, so what has no field is lost. "
        "What comes in is read as 1.1 is.",
    ),
)
