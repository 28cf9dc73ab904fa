"""Requests that read, each with what its answer has to be in any state of the data."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from tests.soak.client import FORMATS, Answer
from tests.soak.content import (
    ALIGNED,
    BASE,
    LINKS,
    NAMES,
    State,
    all_marks,
    canonical,
    facts_of,
    iri_of,
    links_of,
    mark_of,
    marks_in,
    marks_of,
    size_of,
    strangers,
)
from tests.soak.model import COUNTER

Fault = Callable[[Answer, State], str | None]


@dataclass(frozen=True)
class Read:
    """A request and what is wrong with an answer to it under a state, or None."""

    path: str
    fault: Fault
    headers: dict[str, str]
    edition: str | None = None
    also: tuple[int, ...] = ()  # statuses that are an answer as well


def _is(answer: Answer, expected: object, actual: object) -> str | None:
    return None if expected == actual else f"expected {expected}, got {str(actual)[:400]}"


def _found(answer: Answer, state: State, name: str) -> str | None:
    """Say what is wrong with the status for a framework that may have been taken out."""
    wanted = (200,) if name in state else (404, 410)
    return None if answer.status in wanted else f"expected {wanted}, got {answer.status}"


def _body(answer: Answer) -> str:
    packed = answer.headers.get("content-encoding") == "gzip"
    return (gzip.decompress(answer.body) if packed else answer.body).decode()


# ------------------------------------------------------------------ queries

_VERSIONS = 'SELECT ?f ?l { ?f a comp:Framework ; rdfs:label ?l FILTER(CONTAINS(?l, "Trade")) }'
_SIZES = (
    "SELECT ?f (COUNT(?c) AS ?n) { ?f a comp:Framework . ?c a comp:Competency ; comp:inFramework ?f "
    'FILTER(STRSTARTS(STR(?f), "https://w3id.org/competency/id/soak-")) } GROUP BY ?f'
)


def query(text: str, chance: random.Random, fault: Fault, accept: str) -> Read:
    """Return a query; now and then with a comment, so that no kept answer fits."""
    if chance.random() < 0.5:
        text += f" # {chance.random()}"
    return Read("/sparql?query=" + quote(text), fault, {"Accept": accept})


def versions(chance: random.Random) -> Read:
    """Ask which version of each framework there is: one state, never a mixture of two."""

    def fault(answer: Answer, state: State) -> str | None:
        expected = {mark_of(name, state[name]) for name in NAMES if name in state}
        return _is(answer, expected, {mark_of(n, v) for n, v, _ in marks_in(_body(answer))})

    kinds = ["text/csv", "application/sparql-results+json", "application/sparql-results+xml",
             "text/tab-separated-values", "text/html"]  # fmt: skip
    return query(_VERSIONS, chance, fault, chance.choice(kinds))


def sizes(chance: random.Random) -> Read:
    """Ask how many competencies each framework has."""

    def fault(answer: Answer, state: State) -> str | None:
        expected = {iri_of(name): str(size_of(state[name])) for name in NAMES if name in state}
        rows = csv.reader(io.StringIO(_body(answer)))
        return _is(answer, expected, dict(row for row in list(rows)[1:] if len(row) == 2))

    return query(_SIZES, chance, fault, "text/csv")


def construct(chance: random.Random) -> Read:
    """Ask for one framework as a graph."""
    name, suffix = chance.choice(NAMES), chance.choice(["ttl", "nt", "jsonld", "rdf"])
    text = f"CONSTRUCT {{ ?s ?p ?o }} FROM <{iri_of(name)}> {{ ?s ?p ?o }}"

    def fault(answer: Answer, state: State) -> str | None:
        if name not in state:  # a graph that is not held is refused
            return None if answer.status in (400, 403, 404) else f"is gone, got {answer.status}"
        found = canonical(_body(answer).encode(), FORMATS[suffix])
        return None if found == facts_of(name, state[name]) else "is not the version of the state"

    read = query(text, chance, fault, FORMATS[suffix].media_type)
    return Read(read.path, fault, read.headers, also=(400, 403, 404))


def ask(chance: random.Random) -> Read:
    """Ask whether the counter is at the number that the state says."""

    def fault(answer: Answer, state: State) -> str | None:
        found = _body(answer).split()[1:]
        return _is(answer, [str(state[COUNTER])] if COUNTER in state else [], found)

    text = "SELECT ?n { GRAPH <urn:soak:counter> { <urn:soak:c> <urn:soak:count> ?n } }"
    return query(text, chance, fault, "text/csv")


# ------------------------------------------------------------------ data and pages


def data(chance: random.Random) -> Read:
    """Ask for a framework in any syntax, by any of its addresses, packed or not."""
    name, suffix = chance.choice(NAMES), chance.choice(list(FORMATS))
    paths = [
        f"/data/soak-{name}.{suffix}",
        "/data?" + urlencode({"iri": iri_of(name), "format": suffix}),
        "/graphs?" + urlencode({"graph": iri_of(name), "format": suffix}),
    ]
    headers = {"Accept-Encoding": "gzip"} if chance.random() < 0.3 else {}
    return Read(chance.choice(paths), exactly(name, suffix), headers, also=(404, 410))


def exactly(name: str, suffix: str) -> Fault:
    def fault(answer: Answer, state: State) -> str | None:
        if answer.status != 200 or name not in state:
            return _found(answer, state, name)
        found = canonical(_body(answer).encode(), FORMATS[suffix])
        return None if found == facts_of(name, state[name]) else "is not the version of the state"

    return fault


def then(chance: random.Random, edition: str) -> Read:
    """Ask for a framework as it was in an edition."""
    name = chance.choice(NAMES)
    if chance.random() < 0.5:
        path, fault = f"/data/soak-{name}.ttl?edition={edition}", exactly(name, "ttl")
    else:
        path, fault = f"/page/soak-{name}?edition={edition}&open=all", _marks(name)
    return Read(path, fault, {"Accept": "*/*"}, edition=edition, also=(404, 410))


def _marks(name: str, *, whole: bool = True, also: str = "") -> Fault:
    """Return what is wrong with a text that holds the marks of one framework, and no old ones."""

    def fault(answer: Answer, state: State) -> str | None:
        if answer.status != 200 or name not in state:
            return _found(answer, state, name)
        text = _body(answer)
        if odd := strangers(text, state):
            return f"holds {odd[:5]}, which are of another edition"
        wanted = {mark_of(name, state[name])}
        wanted |= marks_of(name, state[name]) if whole else set()
        missing = sorted(wanted - {mark_of(*mark) for mark in marks_in(text)})
        return f"lacks {missing[:5]}" if missing else None

    return fault


def page(chance: random.Random) -> Read:
    """Look at the page of a framework or of a part, or at another form of it."""
    name, html = chance.choice(NAMES), {"Accept": "text/html"}
    part = chance.randint(1, 4)
    pages = {
        f"/page/soak-{name}?open=all": True,
        f"/page/soak-{name}/g": True,
        f"/page/soak-{name}/{part}": False,
        f"/wander?iri={iri_of(name)}": True,
        f"/data/soak-{name}.skos.ttl": True,
        f"/data/soak-{name}.ctdl-asn.jsonld": True,
        f"/data/soak-{name}.schema.jsonld": True,
        f"/export/csv?iri={iri_of(name)}": True,
        f"/export/case?iri={iri_of(name)}": True,
    }
    path = chance.choice(list(pages))
    return Read(path, _marks(name, whole=pages[path]), html, also=(404, 410))


def front(chance: random.Random) -> Read:
    """Look at a page about everything: the versions of all frameworks stand on it."""
    path = chance.choice(["/", "/dataset", "/dataset.ttl", "/ims/case/v1p1/CFDocuments?limit=100"])

    def fault(answer: Answer, state: State) -> str | None:
        expected = {mark_of(name, state[name]) for name in NAMES if name in state}
        return _is(
            answer, expected, {mark_of(n, v) for n, v, p in marks_in(_body(answer)) if p is None}
        )

    return Read(path, fault, {"Accept": "text/turtle" if "ttl" in path else "text/html"})


def everything(chance: random.Random) -> Read:
    """Ask for all of it in one file."""

    def fault(answer: Answer, state: State) -> str | None:
        text = _body(answer)
        missing = all_marks(state) - {mark_of(*mark) for mark in marks_in(text)}
        if odd := strangers(text, state):
            return f"holds {odd[:5]}, which are of another edition"
        return f"lacks {sorted(missing)[:5]}" if missing else None

    headers = {"Accept-Encoding": "gzip"} if chance.random() < 0.5 else {}
    return Read("/data/all." + chance.choice(["nq", "trig"]), fault, headers)


# ------------------------------------------------------------------ search and comparison


def search(chance: random.Random) -> Read:
    """Search for a task of a trade: what is found is there, and all of it is found."""
    name = chance.choice(NAMES)
    path = "/search.json?" + urlencode({"q": "task", "framework": iri_of(name), "limit": 100})

    def fault(answer: Answer, state: State) -> str | None:
        found = {mark_of(*mark) for mark in marks_in(_body(answer)) if mark[2]}
        expected = {m for m in all_marks(state, name) if "p0z" not in m}
        return _is(answer, expected, found)

    return Read(path, fault, {})


def compared(chance: random.Random) -> Read:
    """Compare two frameworks: as many pairs as there are alignments."""
    left, right = ALIGNED
    path, key = chance.choice(
        [("/compare.json", "matches"), ("/compare", ""), ("/crosswalk.csv", "")]
    )
    names = {"left": f"soak-{left}", "right": f"soak-{right}"}
    asked = (
        [("framework", f"soak-{n}") for n in ALIGNED] if "cross" in path else list(names.items())
    )

    def fault(answer: Answer, state: State) -> str | None:
        text = _body(answer)
        if odd := strangers(text, state):
            return f"holds {odd[:5]}, which are of another edition"
        if not key:
            return None
        links = links_of(state[LINKS]) if LINKS in state else 0
        return _is(answer, links, len(json.loads(text)[key]))

    return Read(f"{path}?{urlencode(asked)}", fault, {"Accept": "*/*"})


def constant(chance: random.Random) -> Read:
    """Ask for what no publication changes: the data of a shipped framework."""
    name = chance.choice(["pub-cscf", "wcc-behaviours", "nos-pss-spo109", "hkqf-111334L3"])
    suffix = chance.choice(["ttl", "jsonld", "skos.ttl", "nt"])
    return Read(f"/data/{name}.{suffix}", lambda answer, state: None, {})


def thing(chance: random.Random) -> Read:
    """Ask for a thing: it leads to its page or its data."""
    name = chance.choice("abcdgh")
    kind = chance.choice(["text/html", "text/turtle", "application/ld+json"])

    def fault(answer: Answer, state: State) -> str | None:
        ok = f"soak-{name}" in answer.headers.get("location", "")
        return None if answer.status == 303 and ok else f"got {answer.status} {answer.headers}"

    path = chance.choice([f"/id/soak-{name}", "/entity?iri=" + quote(BASE + f"soak-{name}")])
    return Read(path, fault, {"Accept": kind}, also=(303,))
