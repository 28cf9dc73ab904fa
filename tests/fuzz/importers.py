"""The importers: any bytes give an import, or one line that says why there is none."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from competency.documents.layouts import LAYOUTS
from tests.fuzz import mutating
from tests.fuzz.child import Child
from tests.fuzz.importing import WRITTEN, Asked, Read
from tests.fuzz.mutating import Bytes
from tests.fuzz.seeds import seeds
from tests.fuzz.target import Target, working

_JSON, _TABLES = (".json", ".jsonld"), (".csv", ".tsv")
_RDF = (".ttl", ".rdf", ".nt", ".nq", ".trig")
_SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf", ".xlsx", ".csv", ".tsv", ".sssom.tsv", ".json",
             ".jsonld", ".ttl", ".rdf", ".nt", ".nq", ".trig", "", ".skos.ttl", ".ctdl.json", ".xls")  # fmt: skip
_HEADS = (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"<?xml version='1.0'?>", b"{", b"[", b"\xff\xfe",
          b"\xef\xbb\xbf", b"@prefix : <urn:> .\n", b"# a\n- b\n", b"1 A\n1.1 B\n", b"\xd0\xcf\x11\xe0",
          b"#curie_map:\n#  a: urn:a\nsubject_id\tpredicate_id\tobject_id\n", b"a,b\n", b"{\\rtf1")  # fmt: skip
_names = st.sampled_from(_SUFFIXES)
_to = st.sampled_from(WRITTEN)


def is_read_or_refused(child: Child, asked: Asked) -> None:
    """A file is read, or refused in one line; what is read can be saved and comes back."""
    well(child.ask(asked))


def well(found: Read) -> None:
    """Look at what came of a file."""
    assert not found.faults, found.faults
    if found.error:
        assert found.line.strip() and len(found.line.splitlines()) == 1, found.line
        assert len(found.line) < 2000, found.line
        assert "would be lost" not in found.line, found.line


def mutated(child: Child, example: tuple[tuple[str, ...], float, Bytes, str | None, str]) -> None:
    """A valid document with something amiss is read, or refused in one line."""
    suffixes, which, change, suffix, to = example
    well(child.ask(asked_of(suffixes, which, change, suffix, to)))


def asked_of(
    suffixes: tuple[str, ...], which: float, change: Bytes, suffix: str | None, to: str
) -> Asked:
    """Return a seed that was changed; ``suffix`` is another than its own."""
    known = seeds(*suffixes)
    file = known[int(which * len(known))]
    name = file.name if suffix is None else f"other{suffix}"
    return Asked(name, change(file.data), to=to)


def _examples(suffixes: tuple[str, ...], change: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    other = st.sampled_from((None,) * 20 + _SUFFIXES)
    return st.tuples(st.just(suffixes), st.floats(0, 0.9999), change, other, _to)


_noise = st.builds(
    lambda suffix, head, rest, layout, to: Asked("noise" + suffix, head + rest, None, layout, to),
    _names, st.sampled_from(_HEADS), st.binary(max_size=200) | st.text(max_size=80).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ),
    st.sampled_from((None, None, None, *(one.name for one in LAYOUTS))), _to,
)  # fmt: skip
READ = working("tests.fuzz.importing:read")
TARGETS = (
    Target("import-json", mutated, _examples(_JSON, mutating.trees()), READ, few=25, share=1.5),
    Target("import-table", mutated, _examples(_TABLES, mutating.tables()), READ, few=30, share=1.5),
    Target("import-rdf", mutated, _examples(_RDF, mutating.texts()), READ, few=15),
    Target("import-noise", is_read_or_refused, _noise, READ, few=30),
)
