"""The package ``sssom``: it reads what we write without a word, and we read what it writes.

It is no dependency, as it brings some 390 MB with it. Where it is in another environment, name
the Python of that in SSSOM_PYTHON.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from competency import KnowledgeGraph
from competency.exchange.imported import File
from competency.graph.sssom import MappingSet, Record, of_graph, read, to_graph, write
from competency.graph.sssom.slots import RECORD_SLOTS
from tests.sssom.common import COLUMNS, ROW, read_text, table

pytestmark = pytest.mark.slow

# Only what is said of the file counts: the package itself uses what its libraries deprecate.
SCRIPT = """
import json, logging, sys, warnings
import sssom.parsers, sssom.validators, sssom.writers
told = []
class Ear(logging.Handler):
    def emit(self, record):
        told.append(record.getMessage())
logging.getLogger().addHandler(Ear())
warnings.simplefilter("error")
warnings.simplefilter("ignore", DeprecationWarning)
found = sssom.parsers.parse_sssom_table(sys.argv[1])
reports = sssom.validators.validate(found)
told += [result.message for report in reports.values() for result in report.results]
rows, columns = len(found.df), sorted(found.df.columns)
sssom.writers.write_tsv(found, sys.argv[2])
print(json.dumps({"told": told, "rows": rows, "columns": columns}))
"""


def interpreter() -> str:
    named = os.environ.get("SSSOM_PYTHON")
    if named is None and importlib.util.find_spec("sssom") is None:
        pytest.skip("the package sssom is not installed, and SSSOM_PYTHON names no Python with it")
    return named or sys.executable


def passed_on(found: MappingSet, folder: Path) -> tuple[dict[str, object], MappingSet]:
    """Return what the package says of a set, and the set as it writes it."""
    ours, theirs = folder / "ours.sssom.tsv", folder / "theirs.sssom.tsv"
    ours.write_bytes(write(found))
    done = subprocess.run(
        [interpreter(), "-c", SCRIPT, str(ours), str(theirs)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    back = read(File(theirs.name, theirs.read_bytes(), ""))
    return json.loads(done.stdout.splitlines()[-1]), back


def test_the_shipped_alignments_are_read_without_a_word_and_come_back(tmp_path: Path) -> None:
    graph = KnowledgeGraph.shipped()
    held = graph.named_graph(graph.base + "alignments")
    said, back = passed_on(of_graph(held), tmp_path)
    assert said["told"] == []
    assert said["rows"] == len(back.records) == len(of_graph(held).records)
    assert set(to_graph(back).triples) == set(held.triples)


def test_every_slot_is_read_without_a_word(tmp_path: Path) -> None:
    texts = {
        "entity": "bake:check",
        "uri": "https://example.org/a",
        "day": "2026-11-26",
        "kind": "skos concept",
        "modifier": "Not",
        "text": "one",
        "words": "one",
        "number": "0.5",
        "share": "0.5",
    }
    ends = COLUMNS.split("\t")
    more = [slot for slot in RECORD_SLOTS if slot.name not in ends]
    cells = ["1:1" if s.name == "mapping_cardinality" else texts[s.range] for s in more]
    columns = "\t".join([*ends, *(slot.name for slot in more)])
    found = read_text(table("\t".join([ROW, *cells]), columns=columns))
    said, back = passed_on(found, tmp_path)
    assert said["told"] == []
    assert back.said_of(back.records[0]) == found.records[0].slots


def test_ugly_texts_come_back(tmp_path: Path) -> None:
    comments = ['say "so"', "two\nlines", "a\ttab", "grün é 😀", "a|b", "#1", "'tis", "- so", "= x"]
    found = read_text(table(ROW))
    many = tuple(
        Record({**found.records[0].slots, "object_id": (f"urn:x:{number}",), "comment": (text,)})
        for number, text in enumerate(comments)
    )
    prefixes = {**found.prefixes, "urn": "urn:"}
    said, back = passed_on(MappingSet(found.slots, many, prefixes), tmp_path)
    assert said["told"] == []
    assert [item.get("comment") for item in back.records] == comments
