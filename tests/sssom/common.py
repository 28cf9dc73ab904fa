"""A small mapping set about baking and welding, and what the tests do with one."""

from __future__ import annotations

import pytest

from competency.errors import ParseError
from competency.exchange.imported import File
from competency.graph.sssom import MappingSet, Record, read

SET = "https://example.org/alignments/bake-weld"
BAKE, WELD = "https://example.org/baking/", "https://example.org/welding#"
HEADER = f"""\
#curie_map:
#  bake: "{BAKE}"
#  comp: "https://w3id.org/competency/ns#"
#  weld: "{WELD}"
#mapping_set_id: {SET}
#mapping_set_title: Baking and welding
#license: https://creativecommons.org/licenses/by/4.0/
"""
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification"
ROW = "bake:check\tskos:closeMatch\tweld:check\tsemapv:ManualMappingCuration"


def file(text: str, name: str = "bake-weld.sssom.tsv") -> File:
    return File(name, text.encode(), "text/tab-separated-values")


def table(*rows: str, columns: str = COLUMNS, header: str = HEADER) -> str:
    return header + "".join(f"{row}\n" for row in (columns, *rows))


def one(cell: str, column: str) -> Record:
    """Return the record of a table with one more column."""
    found = read(file(table(f"{ROW}\t{cell}", columns=f"{COLUMNS}\t{column}")))
    return found.records[0]


def read_text(text: str) -> MappingSet:
    return read(file(text))


def faults(text: str) -> list[str]:
    """Return all that is wrong with a text, each fault on a line with its place."""
    with pytest.raises(ParseError) as caught:
        read_text(text)
    return [str(caught.value), *caught.value.more]
