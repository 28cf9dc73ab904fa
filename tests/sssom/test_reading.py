"""SSSOM/TSV in: headers as programs write them, cells as people write them, all faults at once."""

from __future__ import annotations

import pytest

from competency.errors import ParseError
from competency.exchange.imported import File, Kept
from competency.graph.sssom import Extension, read, write
from competency.ontology import expand
from tests.sssom.common import (
    BAKE,
    COLUMNS,
    HEADER,
    ROW,
    SET,
    WELD,
    faults,
    file,
    one,
    read_text,
    table,
)


def test_curies_are_read_as_iris() -> None:
    found = read_text(table(ROW)).records[0]
    assert found.get("subject_id") == BAKE + "check"
    assert found.get("object_id") == WELD + "check"
    assert found.get("mapping_justification") == expand("semapv:ManualMappingCuration")


def test_an_iri_in_full_needs_no_prefix() -> None:
    row = ROW.replace("bake:check", "https://example.org/else/1").replace(
        "weld:check", "urn:uuid:7"
    )
    found = read_text(table(row)).records[0]
    assert (found.get("subject_id"), found.get("object_id")) == (
        "https://example.org/else/1",
        "urn:uuid:7",
    )


def test_opposites_are_read() -> None:
    found = read_text(table(ROW.replace("skos:closeMatch", "comp:contrasts")))
    assert found.records[0].get("predicate_id") == expand("comp:contrasts")


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        (r"Ada|Bo", ("Ada", "Bo")),
        (r"Ada|Bo \| Co", ("Ada", "Bo | Co")),
        (r"Ada\\|Bo", ("Ada\\", "Bo")),
        (r"Ada\\\|Bo\\", ("Ada\\|Bo\\",)),
        (r"C:\ada", (r"C:\ada",)),
        (r" Ada || Bo |", ("Ada", "Bo")),
    ],
)
def test_bars_part_values_and_escaped_ones_do_not(cell: str, values: tuple[str, ...]) -> None:
    assert one(cell, "author_label").slots["author_label"] == values


def test_a_bar_in_a_comment_parts_nothing() -> None:
    assert one("check | test", "comment").slots["comment"] == ("check | test",)


def test_a_cell_in_quotes_may_hold_tabs_breaks_and_quotes() -> None:
    assert one('"say ""go""\tand\nstop"', "comment").get("comment") == 'say "go"\tand\nstop'


def test_a_blank_cell_says_nothing() -> None:
    assert "comment" not in one("  ", "comment").slots


def test_a_row_may_end_before_columns_that_are_empty() -> None:
    found = read_text(table(ROW, columns=f"{COLUMNS}\tcomment\tconfidence"))
    assert "comment" not in found.records[0].slots


def test_rows_of_windows_end_where_they_end() -> None:
    text = table(ROW).replace("\n", "\r\n")
    assert read_text(text) == read_text(table(ROW))


def test_a_byte_order_mark_is_no_text() -> None:
    assert read(File("a.tsv", b"\xef\xbb\xbf" + table(ROW).encode(), "")) == read_text(table(ROW))


def test_a_table_with_commas_is_read_by_its_name() -> None:
    text = table(ROW).replace("\t", ",")
    assert read(file(text, "a.sssom.csv")) == read_text(table(ROW))


def test_what_the_header_says_of_all_counts_for_each_record() -> None:
    found = read_text(table(ROW, header=HEADER + "#mapping_tool: by hand\n"))
    assert found.said_of(found.records[0])["mapping_tool"] == ("by hand",)


def test_where_records_say_it_themselves_the_header_does_not_count() -> None:
    rows = [f"{ROW}\tby ear", f"{ROW.replace('weld:check', 'weld:cool')}\t"]
    header = HEADER + "#mapping_tool: by hand\n"
    found = read_text(table(*rows, columns=f"{COLUMNS}\tmapping_tool", header=header))
    assert [found.said_of(record).get("mapping_tool") for record in found.records] == [
        ("by ear",),
        None,
    ]
    assert "only the column counts" in found.remarks[0].what


def test_a_column_of_the_files_own_is_kept() -> None:
    found = read_text(table(f"{ROW}\tred", columns=f"{COLUMNS}\tcolour"))
    assert found.records[0].get("colour") == "red"
    assert found.extensions["colour"] == Extension(f"{SET}/column/colour")
    assert [remark.kept for remark in found.remarks] == [Kept.aside]


def test_a_declared_column_has_its_own_property() -> None:
    header = (
        HEADER + "#extension_definitions:\n#- slot_name: shift\n#  property: comp:shift\n"
        "#  type_hint: xsd:integer\n"
    )
    found = read_text(table(f"{ROW}\t2", columns=f"{COLUMNS}\tshift", header=header))
    assert found.extensions["shift"] == Extension(expand("comp:shift"), expand("xsd:integer"))


def test_the_header_may_be_a_file_of_its_own() -> None:
    metadata = "".join(line.removeprefix("#") for line in HEADER.splitlines(keepends=True))
    found = read(file(table(ROW, header="")), File("a.yml", metadata.encode(), ""))
    assert found == read_text(table(ROW))


def test_what_the_table_says_itself_wins_over_the_file_beside_it() -> None:
    metadata = File("a.yml", b"mapping_set_title: Old\nmapping_tool: by hand\n", "")
    found = read(file(table(ROW)), metadata)
    assert found.slots["mapping_set_title"] == ("Baking and welding",)
    assert found.slots["mapping_tool"] == ("by hand",)


def test_a_fault_in_the_file_beside_it_is_told_with_its_place() -> None:
    with pytest.raises(ParseError, match=r"^a\.yml:2:1: mapping_date: 'soon' is no date"):
        read(
            file(table(ROW)),
            File("a.yml", b"license: https://example.org/\nmapping_date: soon\n", ""),
        )


def test_a_set_without_an_iri_gets_one_of_its_file_name() -> None:
    found = read_text(table(ROW, header='#curie_map:\n#  bake: "urn:b:"\n#  weld: "urn:w:"\n'))
    assert found.iri == "https://w3id.org/competency/id/bake-weld"
    assert len(found.remarks) == 2


def test_a_prefix_that_everybody_knows_is_taken_with_a_remark() -> None:
    found = read_text(table(f"{ROW}\tesco:skill", columns=f"{COLUMNS}\tsubject_source"))
    assert found.records[0].get("subject_source") == expand("esco:skill")
    assert "the prefix esco is not in curie_map" in found.remarks[0].what


def test_a_row_that_is_there_twice_is_kept_once() -> None:
    found = read_text(table(ROW, ROW))
    assert len(found.records) == 1
    assert str(found.remarks[0]) == "odd: line 10: the same as line 9; one is kept"


def test_a_header_that_a_spreadsheet_quoted_and_padded_is_read() -> None:
    lines = HEADER.splitlines()
    quoted = [f'"{line.replace(chr(34), chr(34) * 2)}"\t\t\t' for line in lines]
    assert read_text(table(ROW, header="\n".join(quoted) + "\n")) == read_text(table(ROW))


def test_all_faults_are_told_at_once_with_line_and_column() -> None:
    text = table(
        ROW.replace("skos:closeMatch", "comp:partOf") + "\t0.8",
        ROW.replace("weld:check", "wled:check") + "\t80",
        "bake:check\tskos:closeMatch\t\tsemapv:ManualMappingCuration\tsure",
        columns=f"{COLUMNS}\tconfidence",
    )
    assert [fault.split(": ", 2)[0] for fault in faults(text)] == [
        "bake-weld.sssom.tsv:9:12",
        "bake-weld.sssom.tsv:10:28",
        "bake-weld.sssom.tsv:10:68",
        "bake-weld.sssom.tsv:11:28",
        "bake-weld.sssom.tsv:11:58",
    ]


@pytest.mark.parametrize(
    ("relation", "mend"),
    [
        ("comp:partOf", "between two write skos:broadMatch"),
        ("skos:broader", "between two write skos:broadMatch"),
        ("skos:narrower", "between two write skos:narrowMatch"),
        ("rdfs:subClassOf", "between two write skos:broadMatch"),
        ("owl:sameAs", "write skos:exactMatch"),
        ("skos:related", "write skos:relatedMatch"),
        ("comp:follows", "write one of skos:exactMatch, skos:closeMatch"),
    ],
)
def test_what_is_no_relation_of_alignments_is_refused_with_what_to_write(
    relation: str, mend: str
) -> None:
    (fault,) = faults(table(ROW.replace("skos:closeMatch", relation)))
    assert mend in fault


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("confidence", "80", "80 is no number from 0 to 1; write 0.8"),
        ("confidence", "nan", "nan is no number from 0 to 1"),
        ("mapping_date", "26.11.2026", "write year, month and day: 2026-11-26"),
        ("mapping_date", "2026-02-30", "is no date"),
        ("predicate_modifier", "no", "write Not or leave it empty"),
        ("author_id", "me", "'me' is no IRI"),
        ("author_id", "guild:1", "the prefix of guild:1 is not declared"),
        ("license", "free", "'free' is no IRI"),
        ("subject_type", "rdfs literal", "a literal has none"),
        ("similarity_score", "much", "'much' is no number"),
    ],
)
def test_a_wrong_value_is_told_with_how_to_mend_it(column: str, cell: str, reason: str) -> None:
    (fault,) = faults(table(f"{ROW}\t{cell}", columns=f"{COLUMNS}\t{column}"))
    assert fault.startswith(f"bake-weld.sssom.tsv:9:{len(ROW) + 2}: {column}: ")
    assert reason in fault


def test_that_nothing_matches_is_no_alignment() -> None:
    (fault,) = faults(table(ROW.replace("weld:check", "sssom:NoTermFound")))
    assert "says that nothing matches" in fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "a.tsv:1:1: no table; its first row names subject_id"),
        ("\n\n", "a.tsv:3:1: no table"),
        ("subject_id\n", "a.tsv:1:1: the column predicate_id is not there"),
        (f"{COLUMNS}\tsubject_id\n", "a.tsv:1:57: the column subject_id is there twice"),
        (f"{COLUMNS}\tmapping_set_title\n", "a.tsv:1:57: mapping_set_title is said of the whole"),
        (f"{COLUMNS}\tmy column\n", "a.tsv:1:57: 'my column' is no name of a column"),
        (f'{COLUMNS}\n"a', 'a.tsv:2:1: the quote (") that opens here is never closed'),
        (f'{COLUMNS}\n"a"b\t', 'a.tsv:2:1: a quote (") inside a quoted cell'),
        (f"#license: [\n{COLUMNS}\n", "a.tsv:1:11: the header is no YAML: the bracket is never"),
        (f"#license: &x y\n{COLUMNS}\n", "a.tsv:1:11: the header is no YAML: & begins what"),
        (f"#license\n{COLUMNS}\n", "a.tsv:1:2: the header is no YAML: no key and value"),
        (f"#a: 1\n#a: 2\n{COLUMNS}\n", "a.tsv:2:2: the header is no YAML: the key 'a' is there"),
        (f"#a: 1\n#  b: 2\n{COLUMNS}\n", "a.tsv:1:5: the header is no YAML: a text with a colon"),
        (f"#curie_map: x\n{COLUMNS}\n", "a.tsv:1:2: curie_map is no list of prefixes"),
        (
            f"#curie_map:\n#  a b: c\n{COLUMNS}\n",
            "a.tsv:2:4: the header is no YAML: a text with a colon",
        ),
        ("a\0b", "a.tsv:1: a NUL sign"),
    ],
)
def test_a_broken_file_is_told_with_the_place(text: str, fault: str) -> None:
    with pytest.raises(ParseError) as caught:
        read(File("a.tsv", text.encode(), ""))
    assert str(caught.value).startswith(fault)


def test_a_file_in_another_encoding_is_told() -> None:
    with pytest.raises(ParseError, match=r"a\.tsv:2:3: no UTF-8; save it as UTF-8"):
        read(File("a.tsv", f"{COLUMNS}\nbrûler".encode("cp1252"), ""))


def test_a_cell_too_many_is_told() -> None:
    (fault,) = faults(table(f"{ROW}\tmore"))
    assert "is there a tab too many?" in fault


def test_one_record_id_names_one_record() -> None:
    rows = [f"{ROW}\tweld:1", f"{ROW.replace('weld:check', 'weld:cool')}\tweld:1"]
    (fault,) = faults(table(*rows, columns=f"{COLUMNS}\trecord_id"))
    assert fault.startswith(f"bake-weld.sssom.tsv:10:{len(rows[1]) - 5}: record_id: weld:1 names")


def test_very_many_faults_are_counted() -> None:
    told = faults(table(*[f"x:{number}\ty\tz:b\tq:r" for number in range(300)]))
    assert len(told) == 201
    assert told[-1] == "bake-weld.sssom.tsv: and 1000 more faults"


def test_a_formula_is_harmless_in_the_file_and_itself_when_read() -> None:
    found = read_text(table(f"{ROW}\t'=1+1", columns=f"{COLUMNS}\tcomment"))
    assert found.records[0].get("comment") == "=1+1"
    assert b"\t'=1+1\n" in write(found)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.sssom.tsv", table(ROW).encode("utf-16"), "a.sssom.tsv:1:1: is in UTF-16 (Excel calls"),
        ("a.sssom.tsv", b"PK\x03\x04", "a.sssom.tsv:1:1: is a workbook; save the sheet as text"),
        ("a.sssom.tsv", b"", "a.sssom.tsv:1:1: no table; its first row names subject_id"),
        (
            "a.sssom.tsv",
            table(f"{ROW}\t0,65", columns=f"{COLUMNS}\tconfidence").encode(),
            "a.sssom.tsv:9:68: confidence: 0,65 is no number from 0 to 1; write 0.65",
        ),
        (
            "a.sssom.tsv",
            table(f"{ROW}\tmore").encode(),
            "a.sssom.tsv:9:68: a cell beyond the 4 columns; is there a tab too many?",
        ),
    ],
)
def test_what_a_spreadsheet_did_to_a_table_is_told(name: str, data: bytes, said: str) -> None:
    with pytest.raises(ParseError) as caught:
        read(File(name, data, ""))
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("sign", "word"), [(";", "semicolons"), (",", "commas")])
def test_a_table_with_other_signs_between_its_cells_is_read(sign: str, word: str) -> None:
    rows = [line if line.startswith("#") else line.replace("\t", sign)
            for line in table(ROW).splitlines()]  # fmt: skip
    text = "\n".join(f'"{line}"{sign * 3}' if line.startswith("#") else line for line in rows)
    found = read(file(text))
    assert found.records == read(file(table(ROW))).records
    assert found.slots == read(file(table(ROW))).slots
    assert [f"the cells are parted by {word}" in str(remark) for remark in found.remarks] == [True]


def test_a_mark_at_the_start_and_breaks_of_another_system_are_nothing_odd() -> None:
    text = table(ROW)
    marked = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert read(File("bake-weld.sssom.tsv", marked, "")) == read(file(text))


@pytest.mark.parametrize(
    "text",
    [
        table(ROW, columns="\t".join([COLUMNS, *(f"c{n}" for n in range(1_500))])),
        table(ROW + "\t" * 30_000),
        table(ROW + '\t""' * 30_000),
    ],
    ids=["columns", "cells", "cells in quotes"],
)
def test_a_table_far_too_wide_is_refused_at_once(text: str) -> None:
    with pytest.raises(ParseError, match=r"1,504 columns|cells in one row") as caught:
        read_text(text)
    assert caught.value.line and not caught.value.more
