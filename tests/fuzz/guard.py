"""The guard of queries and updates: what it lets through is what it says, and nothing else.

The engine itself is the judge. A keyword is told from a word in a text, an IRI or a comment by
spelling it otherwise: only where it was a keyword does the engine now find a syntax error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from hypothesis import strategies as st

from competency.errors import QueryError
from competency.ontology import PREFIXES
from competency.sparql.guard import prepare, prepare_update, rewrite_services
from tests.fuzz.child import Child
from tests.fuzz.sparql_texts import queries, texts, updates
from tests.fuzz.target import Target, working

BASE = "http://base.example/"
RELAY = "http://127.0.0.1:9/relay"
_FORMS = {"SELECT": "QuerySolutions", "ASK": "QueryBoolean", "CONSTRUCT": "QueryTriples",
          "DESCRIBE": "QueryTriples"}  # fmt: skip
_WAYS = ((), ("http://127.0.0.1:9",), ("http://good.example/",))
_VOLATILE = re.compile("now|rand|uuid|bnode", re.IGNORECASE)
_BLANK = re.compile(r"_:\w+")
_DATA = """<urn:a> <urn:b> 1, "a" . <urn:a> <x> <urn:b> .
<urn:g> { <urn:a> <urn:b> 2 . } <urn:h> { <urn:b> <urn:a> "b"@en . <urn:a> a <urn:b> } """


@dataclass(frozen=True)
class Judged:
    """What the guard said of a text, and what the engine did with what it got."""

    refused: str = ""
    place: tuple[int | None, int | None] = (None, None)
    faults: tuple[str, ...] = ()


def judge(asked: tuple[str, str, tuple[str, ...]]) -> Judged:
    """Do the work of a target, in the child: ``query`` or ``update``, a text, services."""
    kind, text, services = asked
    try:
        faults = _query(text, services) if kind == "query" else _update(text)
    except QueryError as error:
        return Judged(str(error), (error.line, error.column))
    return Judged(faults=tuple(faults))


def _query(text: str, services: tuple[str, ...]) -> list[str]:
    prepared = prepare(text, services=services, base=BASE)
    ran = _ran(prepared.text)
    if ran is None:
        return []
    faults = _otherwise(text, prepared.text) if not services else []
    faults += [] if ran in ("", _FORMS[prepared.form]) else [f"is a {ran}, not a {prepared.form}"]
    froms = _keywords(prepared.text, "FROM")
    if len(froms) != len(prepared.default_graphs) + len(prepared.named_graphs):
        faults.append(f"the engine reads FROM at {froms}, the guard {prepared.default_graphs}")
    asks = _keywords(prepared.text, "SERVICE")
    if asks and not services:
        faults.append(f"the engine reads SERVICE at {asks}")
    if asks and services:
        routed = rewrite_services(prepared, lambda iri: RELAY).text
        for at in _keywords(routed, "SERVICE"):
            gap = r"(?:\s|#[^\r\n]*[\r\n])*"
            if not re.match(rf"SERVICE{gap}(?:SILENT{gap})?<{RELAY}>", routed[at:], re.IGNORECASE):
                faults.append(f"SERVICE is not sent to the relay: {routed[at:][:60]!r}")
    return faults


def _otherwise(sent: str, spelled: str) -> list[str]:
    """Say where the engine answers what was sent otherwise than what the guard made of it."""
    if sent == spelled or _VOLATILE.search(sent) or _keywords(sent, "SERVICE"):
        return []
    mine, theirs = _answer(spelled), _answer(sent)
    return [] if theirs in (mine, None) else [f"answers {mine}, not {theirs} as the text sent"]


def _ran(text: str) -> str | None:
    """Return the kind of answer that the engine gives, None where it finds no query in the text.

    It is "" where the engine reads the query but cannot run it.
    """
    answer = _answer(text)
    return None if answer is None else answer[0]


def _answer(text: str) -> tuple[str, list[str]] | None:
    """Return the kind of an answer and what is in it, without the names of blank nodes."""
    try:
        found = _store().query(text, base_iri=BASE, prefixes=PREFIXES)
    except SyntaxError:
        return None
    except RuntimeError:  # such as a function that is not known
        return "", []
    kind, rows = type(found).__name__, []
    if isinstance(found, ox.QueryBoolean):
        return kind, [str(bool(found))]
    try:
        for row in found:
            values = row if isinstance(row, ox.QuerySolution) else str(row).split(" ")
            rows.append(" ".join(_BLANK.sub("_:", str(value)) for value in values))
    except RuntimeError:  # such as SERVICE at a port that is closed
        rows.append("and no more")
    return kind, sorted(rows)


def _update(text: str) -> list[str]:
    prepared = prepare_update(text, base=BASE)
    before, after = _store(), _store()
    try:
        after.update(prepared.text, base_iri=BASE, prefixes=PREFIXES)
    except SyntaxError:
        return []
    except RuntimeError:  # such as a graph to be created that is there already
        return []
    if (sent := _updated(text)) is not None and sent != _canonical(after):
        return ["does otherwise than the text that was sent"]
    written = {*map(_graph, set(before) ^ set(after))}
    faults = []
    if prepared.graphs is not None and not written <= prepared.graphs:
        faults.append(f"wrote to {written}, not only to {set(prepared.graphs)}")
    for word in ("LOAD", "SERVICE"):
        if found := _keywords(prepared.text, word, update=True):
            faults.append(f"the engine reads {word} at {found}")
    for block in prepared.data:
        list(ox.parse(block, format=ox.RdfFormat.TRIG, base_iri=BASE))
    return faults


def _updated(text: str) -> object:
    """Return what an update as it was sent makes of the data, None where the engine refuses it."""
    store = _store()
    try:
        store.update(text, base_iri=BASE, prefixes=PREFIXES)
    except (SyntaxError, RuntimeError):
        return None
    return _canonical(store)


def _canonical(store: ox.Store) -> object:
    found = ox.Dataset(store)
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {*found}, {*map(str, store.named_graphs())}


def _graph(quad: ox.Quad) -> str:
    name = quad.graph_name
    return name.value if isinstance(name, ox.NamedNode) else ""


def _keywords(text: str, word: str, *, update: bool = False) -> list[int]:
    """Return the offsets at which the engine reads a word as a keyword."""
    found = []
    for match in re.finditer(word, text, re.IGNORECASE):
        other = text[: match.start()] + "X" + text[match.start() + 1 :]
        if not _parses(other, update):
            found.append(match.start())
    return found


def _parses(text: str, update: bool) -> bool:
    # What declares a prefix, or uses it, may be what is spelled otherwise: all are declared anew.
    names = re.findall(r"([\w.-]*):", text + text.replace("X", "S") + text.replace("X", "F"))
    prefixes = dict.fromkeys(names, "urn:x:") | PREFIXES
    try:
        if update:
            ox.Store().update(text, base_iri=BASE, prefixes=prefixes)
        else:
            ox.Store().query(text, base_iri=BASE, prefixes=prefixes)
    except SyntaxError:
        return False
    except (RuntimeError, ValueError):
        return True
    return True


def _store() -> ox.Store:
    store = ox.Store()
    store.load(_DATA.encode(), format=ox.RdfFormat.TRIG, base_iri=BASE)
    return store


def holds_for_query(child: Child, example: tuple[str, tuple[str, ...]]) -> None:
    """A query is refused in one line with its place, or is what the guard says it is."""
    text, services = example
    _look(child.ask(("query", text, services)), text)


def holds_for_update(child: Child, text: str) -> None:
    """An update is refused in one line with its place, or writes only where the guard says."""
    _look(child.ask(("update", text, ())), text)


def _look(found: Any, text: str) -> None:
    assert not found.faults, found.faults
    assert "\n" not in found.refused
    line, column = found.place
    if line is not None:
        lines = text.split("\n")
        assert 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1, found.refused


WORK = working("tests.fuzz.guard:judge")
TARGETS = (
    Target("guard-query", holds_for_query, st.tuples(texts(queries), st.sampled_from(_WAYS)), WORK,
           few=60, share=1.5),
    Target("guard-update", holds_for_update, texts(updates), WORK, few=60, share=1.5),
)  # fmt: skip
