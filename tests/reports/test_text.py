"""The report as text: the first line, the parts, the repeats, what is left out and what is not."""

from __future__ import annotations

from competency.shapes import Location, Report, Severity
from competency.shapes.baseline import Baseline, Known, new_since
from competency.shapes.fingerprint import fingerprint
from competency.shapes.reports import write_report
from competency.shapes.reports.steady import steady
from competency.shapes.reports.text import text_lines
from tests.reports.common import faulty, report, result, warning


def text(*results: object) -> str:
    return write_report(report(*results), "text")  # type: ignore[arg-type]


def shown(found: Report, most: int) -> str:
    return "\n".join(line.text for line in text_lines(steady(found), most, "--all shows them"))


def test_the_first_line_has_the_counts_and_the_first_thing_to_mend_with_place_and_fix() -> None:
    first = text(warning(1), result(3), result(2)).splitlines()[0]
    assert first == (
        "Does not conform: 2 violations, 1 warning. First to mend: violation at welding.ttl:24:5, "
        'performance criterion 2 "Check the seam" (Standard for welders › Prepare): '
        "The part has no place among its siblings. Fix: Count the parts from 1: comp:position 3."
    )


def test_the_first_line_does_without_a_location_a_place_and_a_fix() -> None:
    bare = result(1, location=None, place=(), fix=None)
    assert text(bare).splitlines()[0] == (
        "Does not conform: 1 violation. First to mend: violation: "
        'performance criterion 1 "Check the seam": The part has no place among its siblings.'
    )


def test_warnings_alone_conform_and_the_first_line_says_which_is_first() -> None:
    first = text(warning(1)).splitlines()[0]
    assert first.startswith("Conforms, with 1 warning. First to mend: warning at welding.ttl:12:5,")


def test_a_report_without_results_is_one_short_line() -> None:
    assert text() == "Conforms. Nothing to mend.\n"


def test_a_part_has_its_name_place_and_results_with_found_fix_rule_and_documentation() -> None:
    told = text(result(1, value="three"))
    assert told.split("\n\n")[1] == (
        'performance criterion 1 "Check the seam" in Standard for welders › Prepare\n'
        "  (https://example.org/welding/1)\n"
        "  welding.ttl:12:5: violation: The part has no place among its siblings.\n"
        '    found: comp:position "three"\n'
        "    fix: Count the parts from 1: comp:position 3.\n"
        "    rule: A part has exactly one position, "
        "https://w3id.org/competency/shapes#PartPosition\n"
    )


def test_a_value_that_is_an_iri_is_shortened_and_has_no_quotes() -> None:
    found = result(1, value="https://w3id.org/competency/ns#Group")
    assert "    found: comp:position comp:Group\n" in text(found)


def test_a_cell_of_a_spreadsheet_is_a_location_too() -> None:
    cell = result(1, location=Location("welding.xlsx", cell="Parts!B3"))
    assert "  welding.xlsx:Parts!B3: violation: " in text(cell)


def test_the_part_with_the_worst_result_comes_first_with_all_of_its_results() -> None:
    told = text(warning(1), warning(2), result(2))
    parts = [line for line in told.splitlines() if line.startswith("performance criterion")]
    assert [part.split()[2] for part in parts] == ["2", "1"]
    assert told.index("24:5: violation") < told.index("24:5: warning") < told.index("12:5: warning")


def test_a_warning_that_many_parts_have_is_told_once_with_all_the_parts() -> None:
    told = text(result(1), *(warning(number) for number in range(1, 10)))
    assert told.count("It is not said where") == told.count("Add the lines") == 1
    assert "warning in 9 parts: It is not said where this stands in the source.\n" in told
    assert all(f"  welding.ttl:{12 * number}:5: performance" in told for number in range(1, 10))


def test_a_warning_of_few_parts_stays_with_its_part() -> None:
    told = text(*(warning(number) for number in range(1, 4)))
    assert told.count("  fix: Add the lines") == 3 and "parts:" not in told


def test_violations_are_never_gathered_by_rule() -> None:
    told = text(*(result(number) for number in range(1, 10)))
    assert told.count(": violation: The part has no place") == 9


def test_a_repeated_warning_with_messages_of_its_own_keeps_them() -> None:
    many = [warning(number, message=f"Word {number} is vague.") for number in range(1, 6)]
    told = text(*many)
    assert "warning in 5 parts: A part says where it stands\n" in told
    assert all(f": Word {number} is vague." in told for number in range(1, 6))


def test_the_last_line_says_the_sum_again_and_in_how_many_parts() -> None:
    told = text(result(1), warning(1), warning(2))
    assert told.endswith("\n\n1 violation, 2 warnings in 2 parts.\n")


def test_plain_text_is_never_cut_however_long_it_is() -> None:
    told = text(*(result(number) for number in range(1, 301)))
    assert told.count(": violation: ") == 300 and "more parts" not in told


def test_what_a_terminal_does_not_show_is_counted_and_the_way_to_it_is_named() -> None:
    many = report(*(result(n) for n in range(1, 61)), *(warning(n) for n in range(1, 61)))
    told = shown(many, 50)
    assert told.count(": violation: ") == 50
    assert "\nand 10 more parts; --all shows them\n" in told
    assert "\n  and 50 more parts; --all shows them\n" in told
    assert told.endswith("60 violations, 60 warnings in 60 parts.")


def test_what_moves_a_terminal_is_taken_out_of_labels_values_and_messages() -> None:
    hostile = "\x1b]8;;https://bad.example\x07Click\x1b[2J\u202edoow"
    told = text(result(1, label=hostile, message=hostile, value=hostile, place=(hostile,)))
    assert not {"\x1b", "\x07", "\u202e"} & set(told)
    assert "Click" in told


def test_a_very_long_value_is_cut_where_people_read_it() -> None:
    told = text(result(1, value="x" * 100_000))
    assert "…" in told and len(told) < 2_000


def test_a_part_without_words_is_called_by_its_iri_once() -> None:
    bare = result(1, kind=None, code=None, label=None)
    assert text(bare).count("\nhttps://example.org/welding/1 in ") == 1
    assert "(https://example.org/welding/1)" not in text(bare)


def test_what_a_baseline_left_out_is_said() -> None:
    old, new = result(1), result(2)
    baseline = Baseline((Known(fingerprint(old), ""), Known("gone", "")))
    told = write_report(new_since(report(old, new), baseline), "text")
    assert told.startswith("Does not conform: 1 new violation. First to mend: violation at ")
    assert told.endswith("1 known result left out; 1 of the baseline mended since.\n")
    none = write_report(new_since(report(old), baseline), "text")
    assert none == (
        "Nothing new to mend.\n1 known result left out; 1 of the baseline mended since.\n"
    )


def test_the_text_of_a_report_is_that_of_the_format() -> None:
    found = faulty()
    assert found.text() + "\n" == write_report(found, "text")
    assert found.counts[Severity.violation] == 2
