"""The suite of W3C for SPARQL 1.1: the guard refuses nothing of it but LOAD and SERVICE."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from competency.errors import QueryError, QueryRefused
from competency.ontology import PREFIXES
from competency.sparql.guard import prepare, prepare_update

BASE = "http://base.example/"
OUTWARD = re.compile(r"\b(LOAD|SERVICE)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    """Return the folder of the suite; skip where there is none."""
    place = shared / "suites" / "sparql11"
    if not place.is_dir():
        pytest.skip("no folder ../shared/suites/sparql11 here")
    return place


def parses(text: str, *, update: bool) -> bool:
    """Say whether the engine takes a text."""
    store = ox.Store()
    try:
        (store.update if update else store.query)(text, prefixes=PREFIXES, base_iri=BASE)
    except SyntaxError:
        return False
    except RuntimeError:
        return True
    return True


def test_queries_that_the_engine_takes_pass_as_they_are(suite: Path) -> None:
    files = sorted(suite.rglob("*.rq"))
    assert len(files) > 300
    for file in files:
        text = file.read_text(encoding="utf-8")
        if not OUTWARD.search(text) and parses(text, update=False):
            assert prepare(text).text == text, file


def test_updates_that_the_engine_takes_pass_as_they_are(suite: Path) -> None:
    files = sorted(suite.rglob("*.ru"))
    assert len(files) > 100
    for file in files:
        text = file.read_text(encoding="utf-8")
        if not OUTWARD.search(text) and parses(text, update=True):
            assert prepare_update(text).text == text, file


def test_only_load_and_service_are_refused(suite: Path) -> None:
    for file in sorted([*suite.rglob("*.rq"), *suite.rglob("*.ru")]):
        text = file.read_text(encoding="utf-8")
        try:
            (prepare_update if file.suffix == ".ru" else prepare)(text)
        except QueryRefused as error:
            assert OUTWARD.search(str(error)), file
        except QueryError:
            assert "bad" in file.name or not parses(text, update=file.suffix == ".ru"), file


def test_the_data_of_updates_is_read_as_trig(suite: Path) -> None:
    read = 0
    for file in sorted(suite.rglob("*.ru")):
        text = file.read_text(encoding="utf-8")
        if OUTWARD.search(text) or not parses(text, update=True):
            continue
        store = ox.Store()
        for document in prepare_update(text, base=BASE).data:
            store.extend(ox.parse(document, format=ox.RdfFormat.TRIG))
            read += 1
        if re.fullmatch(r"(?s)[^{}]*INSERT DATA[^;]*", text):
            engine = ox.Store()
            engine.update(text, base_iri=BASE)
            assert len(store) == len(engine), file
    assert read > 10
