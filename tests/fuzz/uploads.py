"""Uploads of RDF: any document gives triples, or one error with a place that is inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox
from hypothesis import strategies as st

from competency.errors import CompetencyError, ConversionError, ParseError
from competency.formats import RDF_SYNTAXES, by_name
from competency.graph import NamedGraph, serialize
from competency.graph.guarding import MAX_DEPTH
from competency.graph.loading import named_graphs
from competency.graph.store import parse
from competency.sparql.workers.checker import check_job
from tests.fuzz import mutating
from tests.fuzz.child import Child
from tests.fuzz.mutating import ODD_TEXTS, Bytes
from tests.fuzz.seeds import exports
from tests.fuzz.target import Target, working
from tests.locating.jsonld_texts import jsonld
from tests.locating.rdfxml_texts import rdfxml
from tests.locating.turtle_texts import trig, turtle

BASE = "http://base.example/"
_PIECES = (
    "<", ">", "<<", ">>", "<<(", ")>>", "{|", "|}", "~", "@en--ltr", "@", "^^", ".", ";", ",", "[", "]",
    "(", ")", "{", "}", '"', "'", '"""', "'''", "\\", "\\u12", "\\uD800", "\\U00110000", "#", "_:", ":",
    "a:b", "@prefix", "@base <x> .", "PREFIX", "VERSION '1.2'", "GRAPH", "\x00", "\x0b", "\ufeff", "\r",
    "<x y>", "<http://[>", "<rdf:li>", "&a;", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "]]>", "<![CDATA[", "<!--",
    '"@context":', '"@id":', '"@type":1', "null", "1e999", "-", ",,", "rdf:parseType='Literal'", "xmlns:e=''",
    "rdf:ID='1'", "rdf:about='urn:x'", "xml:lang='x'", "xml:base='//['", "rdf:resource='%'", "é", "😀", "true",
)  # fmt: skip
_OPEN = (
    "[ <urn:p> ",
    "( ",
    "<<( ",
    "{| <urn:p> ",
    "{ ",
    '{"http://p":',
    "[",
    "<e:C><e:p>",
    '{"@list":[',
)
PROFILES = (None, "skos", "ctdl-asn", "case")


@dataclass(frozen=True)
class Asked:
    """A document of a syntax; ``profile`` is one to check it against, "" for none."""

    syntax: str
    data: bytes
    profile: str | None = ""


@dataclass(frozen=True)
class Taken:
    """What came of a document: an error with its place, or what did not come back of its triples."""

    error: str = ""
    place: tuple[int | None, int | None] = (None, None)
    triples: int = 0
    faults: tuple[str, ...] = ()


def take(asked: Asked) -> Taken:
    """Do the work in the child: parse a document, sort it into graphs, take those round."""
    syntax = by_name(asked.syntax)
    try:
        quads = parse(asked.data, syntax, "upload", BASE)
        graphs = named_graphs(asked.data, syntax, "upload", BASE)
    except ParseError as error:
        return Taken(str(error), (error.line, error.column))
    faults = [fault for graph in graphs for fault in round_trip(graph)]
    if sum(len(graph.triples) for graph in graphs) != len(set(quads)):
        faults.append(f"{len(set(quads))} triples, and not as many in the graphs")
    if asked.profile != "":
        _check(asked)
    return Taken(triples=len(quads), faults=tuple(faults))


def take_model(graph: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """Do the work in the child: take triples of a model, in N-Triples, round."""
    rows = [*ox.parse("\n".join(map(" ".join, graph)).encode(), format=ox.RdfFormat.N_TRIPLES)]
    return tuple(round_trip(NamedGraph("urn:g", dict.fromkeys(row.triple for row in rows))))


def round_trip(graph: NamedGraph) -> list[str]:
    """Return the syntaxes that do not give back the triples that were written in them."""
    faults, mine = [], _canonical(graph.triples)
    for syntax in RDF_SYNTAXES:
        try:
            data = serialize(graph, syntax)
        except ConversionError:
            continue
        again = [quad.triple for quad in parse(data, syntax, "again", "http://elsewhere.example/")]
        if _canonical(again) != mine:
            faults.append(f"{syntax.title} loses or changes triples: {data.decode()[-400:]!r}")
    return faults


def _canonical(triples: object) -> set[ox.Quad]:
    found = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)  # type: ignore[attr-defined]
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {*found}


def _check(asked: Asked) -> None:
    """Check a document as ``/validate`` does; an error of ours is an answer."""
    head = {"name": "upload", "size": len(asked.data), "syntax": asked.syntax, "shapes": [],
            "profile": asked.profile, "without": [], "base": BASE, "format": "", "rows": 50,
            "with_reports": ["json"], "most": 10_000_000}  # fmt: skip
    try:
        check_job(head, asked.data)
    except CompetencyError as error:
        assert "\n" not in str(error)


def is_taken_or_placed(child: Child, asked: Asked) -> None:
    """A document gives triples that come back, or an error of one line with its place."""
    found = child.ask(asked)
    assert not found.faults, found.faults
    if found.error:
        line, column = found.place
        text = asked.data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
        lines = re.split(r"\r\n?|\n", text)
        assert len(found.error.splitlines()) == 1, found.error
        assert line is not None and column is not None, found.error
        assert 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1, found.error


def deep_is_refused(child: Child, example: tuple[str, str, int]) -> None:
    """However deep a document is nested, it is parsed or refused, and past the limit refused."""
    syntax, opening, times = example
    found = child.ask(
        Asked(syntax, b"<urn:s> <urn:p> " * (opening != "{ ") + opening.encode() * times)
    )
    assert found.error and len(found.error.splitlines()) == 1
    if (
        times > MAX_DEPTH
        and f"{syntax}" in ("turtle", "trig")
        and opening.strip() in ("(", "{", "[ <urn:p>")
    ):
        assert "inside each other" in found.error, found.error


def keeps_triples(child: Child, graph: tuple[tuple[str, ...], ...]) -> None:
    """Whatever texts and IRIs hold, all syntaxes keep triples as they are."""
    assert not (faults := child.ask(graph)), faults


@st.composite
def _spoilt(draw: st.DrawFn, whole: st.SearchStrategy[str]) -> bytes:
    """Return a document with pieces put in, cut out or repeated in some places."""
    text = draw(whole)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        way = draw(st.integers(0, 3))
        length = draw(st.integers(0, 30)) if way != 1 else 0
        piece = draw(st.sampled_from(_PIECES)) if way < 2 else ""
        text = (
            text[:at]
            + piece
            + (text[at : at + length] * 2 if way == 3 else "")
            + text[at + length :]
        )
    return text.encode("utf-8", "surrogatepass")


def documents(syntax: str) -> st.SearchStrategy[Asked]:
    """Return documents of a syntax, most of them with something amiss."""
    whole = {
        "turtle": turtle().map(str),
        "trig": trig().map(str),
        "jsonld": jsonld(),
        "rdfxml": rdfxml(),
    }
    profile = st.sampled_from(("",) * 12 + PROFILES)
    return st.builds(Asked, st.just(syntax), _spoilt(whole[syntax]), profile)


@st.composite
def _exported(draw: st.DrawFn) -> Asked:
    """Return a shipped framework with something amiss, in a syntax that its suffix names."""
    known = {
        ".ttl": "turtle",
        ".jsonld": "jsonld",
        ".rdf": "rdfxml",
        ".nt": "ntriples",
        ".trig": "trig",
    }
    suffix = draw(st.sampled_from(sorted(known)))
    change: Bytes = draw(mutating.trees() if suffix == ".jsonld" else mutating.texts())
    files = [file for file in exports(suffix) if file.name == f"seed{suffix}"]
    data = change(files[draw(st.integers(0, 9)) % len(files)].data)
    return Asked(known[suffix], data, draw(st.sampled_from(("", "", *PROFILES))))


_iri = st.sampled_from((
    "urn:a", "urn:b", "http://e.example/#", "http://e.example/a/1", "http://e.example/é", "urn:x:a%20b",
    "http://e.example/a'b(c)", "http://e.example/?q=1&r=<2".replace("<", ""), "http://e.example/a,b;c",
    "https://w3id.org/competency/ns#label", "https://w3id.org/competency/ns#", "tag:e,1:", "urn:a.b.", "urn:1",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/1999/02/22-rdf-syntax-ns#_1",
    "http://e.example/a#b#c".replace("#c", ""), "http://e.example/-", "http://e.example/日本", "http://e.example/../x",
)).map(lambda iri: f"<{iri}>")  # fmt: skip
_chars = st.characters(codec="utf-8", exclude_characters="\0")
_text = (st.sampled_from(ODD_TEXTS) | st.text(_chars, max_size=10)).map(
    lambda text: '"' + "".join(f"\\U{ord(sign):08X}" for sign in text if sign != "\0") + '"'
)
_literal = st.one_of(
    _text,
    st.builds("{}@{}".format, _text, st.sampled_from(("en", "fr-ca", "zh-hant", "x-a"))),
    st.builds("{}^^{}".format, _text, _iri),
    st.builds('"{}"^^<http://www.w3.org/2001/XMLSchema#{}>'.format, st.sampled_from(
        ("1", "01", "+1", "1.0", "1.50", "true", "1e5", "INF", " 1 ", "x", "-0", "2024-01-01", "")
    ), st.sampled_from(("integer", "decimal", "boolean", "double", "date", "string", "float", "anyURI"))),
)  # fmt: skip
_blank = st.sampled_from(("_:a", "_:b", "_:c1"))
_model = st.lists(
    st.tuples(_iri | _blank, _iri, _iri | _blank | _literal | _literal, st.just(".")), max_size=8
).map(tuple)
TAKE = working("tests.fuzz.uploads:take")
TARGETS = (
    Target("upload-turtle", is_taken_or_placed, documents("turtle"), TAKE, 15),
    Target("upload-trig", is_taken_or_placed, documents("trig"), TAKE, 15),
    Target("upload-jsonld", is_taken_or_placed, documents("jsonld"), TAKE, 15),
    Target("upload-rdfxml", is_taken_or_placed, documents("rdfxml"), TAKE, 15),
    Target("upload-framework", is_taken_or_placed, _exported(), TAKE, few=6),
    Target("upload-round-trip", keeps_triples, _model, working("tests.fuzz.uploads:take_model"), 30, 0.7),
    Target("upload-deep", deep_is_refused, st.tuples(
        st.sampled_from([row.name for row in RDF_SYNTAXES]), st.sampled_from(_OPEN),
        st.integers(1, 200) | st.sampled_from((5_000, 100_000))), TAKE, 20, 0.4),
)  # fmt: skip
