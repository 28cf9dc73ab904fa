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
from competency._files import folder
from competency.exchange.imported import File
from competency.graph.alignments import Alignment, all_alignments
from competency.graph.sssom import MappingSet, Record, of_graph, read, to_graph, write
from competency.graph.sssom.slots import RECORD_SLOTS
from tests.sssom.common import COLUMNS, ROW, read_text, table
from tests.sssom.test_status import row, rows

pytestmark = pytest.mark.slow
SHIPPED = folder("graph") / "alignments.sssom.tsv"
# What the package says of itself, whatever file it is given.
OF_ITS_OWN = ("unhandled keyword arguments passed: {'mapping_predicates': None}",)

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
        timeout=300,
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


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command of the package; what its libraries deprecate is not said of the file."""
    call = "import warnings; warnings.simplefilter('ignore'); import sssom.cli; sssom.cli.main()"
    return subprocess.run(
        [interpreter(), "-c", call, *map(str, words)], capture_output=True, text=True, timeout=300
    )


@pytest.mark.parametrize("verb", ["validate", "parse", "convert"])
def test_each_command_of_the_package_takes_the_shipped_file(tmp_path: Path, verb: str) -> None:
    out = [] if verb == "validate" else ["-o", tmp_path / "out.tsv"]
    done = command(verb, SHIPPED, *out)
    assert done.returncode == 0
    said = [line for line in done.stderr.splitlines() if line not in OF_ITS_OWN]
    assert said == []


def test_the_rdf_that_the_package_makes_of_the_file_has_the_same_alignments(
    tmp_path: Path,
) -> None:
    out = tmp_path / "theirs.ttl"
    done = command("convert", SHIPPED, "-o", out, "-O", "rdf")
    assert done.returncode == 0, done.stderr
    ours, theirs = KnowledgeGraph(SHIPPED), KnowledgeGraph(out)
    assert told_of(all_alignments(theirs)) == told_of(all_alignments(ours))


def told_of(found: list[Alignment]) -> list[tuple[object, ...]]:
    """Return what is said of alignments; the package knows no language of comments."""
    return [
        (
            *(item.iri, item.subject, item.predicate, item.object, item.justification),
            *(item.confidence, item.author, str(item.date), [str(text) for text in item.comments]),
        )
        for item in found
    ]


def test_of_a_file_with_a_status_the_package_says_only_that_it_drops_it(tmp_path: Path) -> None:
    said, back = passed_on(rows(row("to review"), row("refused", "cool")), tmp_path)
    assert {text.partition(" [")[0] for text in said["told"]} == {"No attr for status"}  # type: ignore[attr-defined]
    denied = [bool(record.get("predicate_modifier")) for record in back.records]
    assert denied == [False, True]


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
