"""The graph store over HTTP: what is put is what is got, or nothing is there and a line says why."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from hypothesis import strategies as st

from competency.formats import by_name
from tests.fuzz.target import Target
from tests.fuzz.uploads import BASE, documents
from tests.fuzz.uploads import Asked as Document
from tests.servers import BEARER, Server, server

_PARSERS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@contextlib.contextmanager
def _running() -> Iterator[Server]:
    with (
        tempfile.TemporaryDirectory(prefix="competency-fuzz-") as place,
        server("--data", Path(place) / "data", "--no-gate") as running,
    ):
        yield running


def put_is_got(running: Server, example: tuple[Document, str]) -> None:
    """A document that is put is got as it was, or it is refused and nothing changed."""
    document, name = example
    syntax = by_name(document.syntax)
    path = "/graphs?graph=" + quote(name, safe="")
    kind = {"Content-Type": syntax.media_type}
    before = running.ask("GET", path, headers={"Accept": "application/n-triples"})
    status, _, body = running.ask("PUT", path, document.data, kind | BEARER)
    assert status < 500, body
    after = running.ask("GET", path, headers={"Accept": "application/n-triples"})
    if status >= 400:
        record = json.loads(body)
        assert len(str(record["detail"]).splitlines()) == 1, record
        assert (before[0], before[2]) == (after[0], after[2])
        return
    assert status in (201, 204)
    sent = _canonical(document.data, _PARSERS[document.syntax], name)
    if not any(isinstance(quad.graph_name, ox.NamedNode) for quad in sent):
        assert _canonical(after[2], ox.RdfFormat.N_TRIPLES, BASE) == sent
    running.ask("DELETE", path, headers=BEARER)


def _canonical(data: bytes, syntax: ox.RdfFormat, base: str) -> set[ox.Quad]:
    found = ox.Dataset(ox.parse(data.removeprefix(b"\xef\xbb\xbf"), format=syntax, base_iri=base))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {*found}


_names = st.sampled_from(("urn:g:1", "http://e.example/g", "http://e.example/é", "urn:g:%20#a"))
TARGETS = (
    Target("graphs", put_is_got, st.tuples(st.one_of(*(documents(name) for name in _PARSERS)), _names),
           _running, few=8),
)  # fmt: skip
