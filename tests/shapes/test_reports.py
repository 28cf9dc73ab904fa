"""Reports: they name the part, the rule and the fix, in every form; and what cannot be done."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SH, Dataset, Graph, URIRef

from competency._files import folder
from competency.errors import FormatError, ParseError, ShapesError, SourceError
from competency.ontology.terms import SHAPES_IRI
from competency.shapes import Severity, load_shapes, validate
from tests.test_shapes import SHAPES, VOCABULARY, graph_of, targets

SHIPPED = ["hkqf-111334L3", "nos-pss-spo109", "pub-cscf", "pwgsc-client-service", "wcc-behaviours"]

# A small framework without any fault; tests break it in one place or another.
SOUND = """
ex:welding a comp:Framework ; rdfs:label "Welding"@en ; dcterms:description "For welders."@en ;
    dcterms:language "en" ; comp:extent comp:Excerpt ; comp:source ex:document ;
    comp:notStated dcterms:publisher , dcterms:issued , dcterms:license .
ex:document a comp:Source ; rdfs:label "Welding, text"@en ; comp:lineCount 9 .
ex:unit a comp:UnitOfCompetency ; rdfs:label "Weld ships"@en ; comp:code ex:code ;
    comp:inFramework ex:welding ; comp:partOf ex:welding ; comp:position 1 ; comp:lines "1" .
ex:code a comp:Code ; skos:notation "W1" ; comp:notStated comp:issuedBy .
ex:theory a comp:Group ; rdfs:label "Theory"@en ; comp:enumeration "2.1" ;
    comp:inFramework ex:welding ; comp:partOf ex:welding ; comp:position 2 ; comp:lines "2" .
ex:metals a comp:Group ; rdfs:label "Metals"@en ; comp:enumeration "2.1.1" ;
    comp:inFramework ex:welding ; comp:partOf ex:theory ; comp:position 1 ; comp:lines "3" .
ex:scale a comp:LevelScale ; rdfs:label "Levels"@en ; comp:cumulative true .
ex:level a comp:Level ; rdfs:label "Master"@en ; comp:inScale ex:scale ; comp:rank 1 .
"""


def broken(*changes: tuple[str, str]) -> Graph:
    """Return the sound framework with some of its words replaced."""
    turtle = SOUND
    for old, new in changes:
        assert old in turtle
        turtle = turtle.replace(old, new)
    return graph_of(turtle)


# ------------------------------------------------------------------ what a report says


def test_a_sound_framework_has_no_result_at_all() -> None:
    report = validate(graph_of(SOUND))
    assert report.conforms and len(report) == 0, report.text()


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_shipped_framework_has_no_result_at_all(slug: str) -> None:
    report = validate(Graph().parse(folder("graph") / f"{slug}.ttl"))
    assert len(report) == 0, report.text()


def test_an_empty_graph_conforms() -> None:
    assert validate(Graph()).conforms


def test_a_missing_title_is_one_result_that_names_the_framework() -> None:
    [result] = validate(broken(('rdfs:label "Welding"@en ; ', "")))
    assert (result.rule, result.name) == ("A framework has a title", "framework")
    assert result.fix is not None and result.fix.startswith("Give the framework a title")


def test_a_position_used_twice_is_one_result_that_names_the_later_part_and_the_other() -> None:
    report = validate(broken(("comp:position 2", "comp:position 1")))
    [result] = report
    assert result.name == 'unit of competency W1 "Weld ships"'
    assert result.rule == "Siblings have different positions"
    assert "Position 1" in result.message and "https://example.org/theory" in result.message
    assert result.fix is not None and result.fix.startswith("Count the parts")


def test_a_cycle_is_one_result_that_names_one_of_its_parts() -> None:
    report = validate(
        broken(
            ("comp:partOf ex:welding ; comp:position 2", "comp:partOf ex:metals ; comp:position 1")
        )
    )
    [result] = report
    assert result.name == 'group 2.1.1 "Metals"'
    assert result.rule == "No part stands under itself"
    assert result.fix is not None and result.fix.startswith("Follow comp:partOf")


def test_a_level_without_rank_order_is_one_result_that_names_the_level() -> None:
    [result] = validate(broken((" ; comp:rank 1", "")))
    assert result.name == 'level "Master"'
    assert result.message.startswith("The level has no rank order")
    assert result.fix is not None and "comp:rank 2" in result.fix


def test_four_faults_at_once_give_four_results() -> None:
    report = validate(
        broken(
            ('rdfs:label "Welding"@en ; ', ""),
            (" ; comp:rank 1", ""),
            ("comp:partOf ex:welding ; comp:position 2", "comp:partOf ex:metals ; comp:position 1"),
            (
                "ex:scale a",
                'ex:copy a comp:Group ; rdfs:label "Copy"@en ; comp:inFramework ex:welding ; '
                'comp:partOf ex:welding ; comp:position 1 ; comp:lines "4" . ex:scale a',
            ),
        )
    )
    assert sorted((result.shape.rpartition("#")[2], result.name) for result in report) == [
        ("Cycle", 'group 2.1.1 "Metals"'),
        ("FrameworkTitle", "framework"),
        ("LevelOrder", 'level "Master"'),
        ("PositionTwice", 'unit of competency W1 "Weld ships"'),
    ]


def test_two_reports_of_the_same_data_are_equal() -> None:
    data = broken(('rdfs:label "Welding"@en ; ', ""), (" ; comp:rank 1", ""))
    assert validate(data) == validate(data)


def test_the_report_on_several_frameworks_is_that_on_each_of_them() -> None:
    first = broken(("comp:position 2", "comp:position 3"), ('comp:lines "3"', 'comp:lines "99"'))
    turtle = first.serialize(format="turtle").replace("example.org/", "example.com/")
    second = Graph().parse(data=turtle, format="turtle")
    assert len(validate(first)) == 2
    assert list(validate(first + second)) == sorted(
        [*validate(first), *validate(second)], key=lambda found: (found.severity, found.focus)
    )


def test_the_shipped_frameworks_together_have_no_result() -> None:
    everything = Graph()
    for slug in SHIPPED:
        everything.parse(folder("graph") / f"{slug}.ttl")
    assert len(validate(everything)) == 0


def test_no_graph_is_changed_by_validation() -> None:
    data, shapes, vocabulary = graph_of(SOUND), load_shapes(), VOCABULARY.graph
    before = [set(graph) for graph in (data, shapes, vocabulary)]
    validate(data, shapes=shapes, vocabulary=vocabulary)
    assert [set(graph) for graph in (data, shapes, vocabulary)] == before


def test_the_terms_of_the_ontology_are_never_reported() -> None:
    report = validate(graph_of(SOUND) + VOCABULARY.graph + SHAPES)
    assert len(report) == 0, report.text()


def test_a_class_of_ones_own_counts_as_the_class_it_is_under() -> None:
    own = SOUND.replace("a comp:Group", "a ex:Chapter") + "ex:Chapter rdfs:subClassOf comp:Group ."
    assert len(validate(graph_of(own))) == 0
    [result] = validate(graph_of(own.replace('rdfs:label "Theory"@en ;', "")))
    assert (result.kind, result.code) == (None, "2.1")


def test_all_graphs_of_a_dataset_are_looked_at_together() -> None:
    dataset = Dataset()
    for triple in broken(('rdfs:label "Welding"@en ; ', "")):
        place = "https://example.org/a" if triple[1] == RDF.type else "https://example.org/b"
        dataset.graph(URIRef(place)).add(triple)
    assert [result.rule for result in validate(dataset)] == ["A framework has a title"]


def test_a_part_without_a_title_is_named_by_the_beginning_of_its_text() -> None:
    text = "Checks every seam with the gauge before the next layer is laid, and again after it."
    [result] = validate(
        graph_of(
            SOUND
            + f"""ex:check a comp:PositiveIndicator ;
        comp:text "{text}"@en ; comp:inFramework ex:welding ; comp:partOf ex:metals ;
        comp:position 1 ; comp:lines "4" ."""
        )
    )
    assert result.label is not None
    assert result.label.endswith("…") and len(result.label) <= 60
    assert text.startswith(result.label[:-1])


def test_a_part_with_several_codes_is_named_by_the_first_of_them() -> None:
    data = broken(('rdfs:label "Weld ships"@en ; ', ""))
    data += graph_of(
        "ex:unit comp:code ex:b . ex:b a comp:Code ; "
        'skos:notation "A9" ; comp:notStated comp:issuedBy .'
    )
    [result] = validate(data)
    assert result.code == "A9"


@pytest.mark.slow
def test_threads_that_validate_at_once_get_the_same_report() -> None:
    data = broken(("comp:position 2", "comp:position 3"), ('"W1"', '""'))
    expected = validate(data)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(validate, [data] * 8)) == [expected] * 8


# ------------------------------------------------------------------ the forms of a report


THREE = broken(
    ('rdfs:label "Welding"@en ; ', ""),
    ('dcterms:description "For welders."@en ;', ""),
    ("dcterms:issued , ", ""),
    ('"Metals"@en', '"<b>Metals</b> & more"'),
)


def test_results_come_with_the_worst_first_and_then_by_part() -> None:
    report = validate(THREE)
    assert [str(result.severity) for result in report] == [
        "violation",
        "violation",
        "warning",
        "warning",
        "info",
    ]
    assert [result.focus[20:] for result in report][:2] == ["metals", "welding"]
    assert not report.conforms
    assert report.counts == {Severity.violation: 2, Severity.warning: 2, Severity.info: 1}


def test_parts_with_numbers_come_in_the_order_of_the_numbers() -> None:
    parts = "".join(
        f'ex:p{number} comp:text "x" ; comp:wording comp:Reworded .' for number in (10, 9, 1)
    )
    found = [result.focus for result in validate(graph_of(parts))]
    assert found == [f"https://example.org/p{number}" for number in (1, 9, 10)]


def test_results_can_be_asked_for_from_a_severity_upwards() -> None:
    report = validate(THREE)
    assert [len(report.at_least(severity)) for severity in Severity] == [2, 4, 5]
    assert report.at_least("warning") == report.at_least(Severity.warning)
    with pytest.raises(ValueError, match="not a valid Severity"):
        report.at_least("fatal")


def test_severities_are_ordered_by_weight() -> None:
    assert max(Severity) is Severity.violation
    assert Severity.info <= Severity.warning < Severity.violation >= Severity.violation


def test_the_text_begins_with_the_sum_and_groups_results_by_part() -> None:
    text = validate(THREE).text()
    assert text.startswith("Does not conform: 2 violations, ")
    assert text.count("  (https://example.org/welding)\n") == 1
    assert "    fix: Give the framework a title" in text
    assert "\x1b" not in text


def test_a_result_prints_as_one_line_with_name_message_and_fix() -> None:
    [result] = validate(broken((" ; comp:rank 1", "")))
    line = str(result)
    assert line.startswith('violation: level "Master" (https://example.org/level): The level has')
    assert " Fix: Add the number" in line and "\n" not in line


def test_the_json_form_holds_all_that_the_results_hold() -> None:
    report = validate(THREE)
    told = json.loads(json.dumps(report.to_dict()))
    assert told["conforms"] is False
    assert told["counts"] == {"violation": 2, "warning": 2, "info": 1}
    assert told["results"][1]["rule"] == "A framework has a title"
    assert told["results"][1]["path"] == str(RDFS.label)


def test_the_table_escapes_everything_that_comes_from_data() -> None:
    table = validate(THREE)._repr_html_()
    assert "<b>" not in table and "&lt;b&gt;Metals&lt;/b&gt; &amp; more" in table


def test_a_long_table_is_cut_and_says_how_much_is_left() -> None:
    parts = "".join(
        f'ex:p{number} comp:text "x" ; comp:wording comp:Reworded .' for number in range(25)
    )
    table = validate(graph_of(parts))._repr_html_()
    assert table.count("<tr>") == 21 and "and 5 more" in table


def test_the_standard_report_is_there_as_the_engine_gave_it() -> None:
    report = validate(THREE)
    assert len(set(report.graph.subjects(RDF.type, SH.ValidationReport))) == 1
    assert len(set(report.graph.objects(None, SH.result))) == len(report)
    assert "compsh:FrameworkTitle" in report.graph.serialize(format="turtle")


# ------------------------------------------------------------------ what cannot be done


def test_a_rule_can_be_switched_off_in_a_graph_of_shapes() -> None:
    shapes = load_shapes()
    off = Graph().parse(data=f"<{SHAPES_IRI}#FrameworkTitle> <{SH.deactivated}> true .")
    assert len(validate(broken(('rdfs:label "Welding"@en ; ', "")), shapes=shapes + off)) == 0


def test_shapes_without_our_words_are_told_with_the_words_of_the_engine() -> None:
    shapes = graph_of(
        "ex:Rule a sh:NodeShape ; sh:targetClass comp:Framework ; sh:nodeKind sh:BlankNode ."
    )
    [result] = validate(graph_of(SOUND), shapes=shapes)
    assert (result.rule, result.fix) == ("https://example.org/Rule", None)
    assert result.message and result.severity is Severity.violation


@pytest.mark.parametrize(
    "turtle",
    [
        "ex:Rule a sh:NodeShape ; sh:path rdfs:label .",
        "ex:Rule a sh:NodeShape ; sh:targetClass comp:Framework ; "
        'sh:sparql [ sh:select "SELECT $this {" ] .',
        "ex:Rule a sh:NodeShape ; sh:targetClass comp:Framework ; "
        'sh:sparql [ sh:select "SELECT $this { $this ?p ?o MINUS { $this a ?o } }" ] .',
    ],
    ids=["a node shape with a path", "a query that does not parse", "a query with MINUS"],
)
def test_shapes_that_cannot_be_used_are_an_error(turtle: str) -> None:
    with pytest.raises(ShapesError):
        validate(graph_of(SOUND), shapes=graph_of(turtle))


def test_a_shapes_file_that_is_not_well_formed_is_an_error_that_names_it(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(ShapesError, match=r"mine\.ttl: at line 1"):
        load_shapes(file)


def test_a_shapes_file_with_deep_brackets_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text("<urn:s> <urn:p> " + "[ <urn:p> " * 3000 + "1" + " ]" * 3000 + " .")
    with pytest.raises(ShapesError, match=r"mine\.ttl: brackets are inside each other"):
        load_shapes(file)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # in the JSON-LD reader of rdflib
def test_a_shapes_file_that_would_fetch_something_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonld"
    file.write_text('{"@context": "http://localhost:9/context", "@id": "urn:s"}')
    with pytest.raises(ShapesError, match="its @context is somewhere else"):
        load_shapes(file)
    file.write_text('{"@context": {"p": "urn:p"}, "@id": "urn:s", "p": 1}')
    assert len(load_shapes(file)) == 1


@pytest.mark.parametrize(("name", "error"), [("none.ttl", SourceError), ("none.txt", FormatError)])
def test_a_shapes_file_that_is_not_there_or_no_rdf_is_an_error(
    name: str, error: type[Exception]
) -> None:
    with pytest.raises(error, match="none"):
        load_shapes(name)


def test_shapes_can_be_read_from_several_files() -> None:
    files = [folder("shapes") / name for name in ("level.ttl", "part.ttl")]
    assert set(targets(load_shapes(*files))) < set(targets(SHAPES))


def nested(depth: int) -> str:
    rows = (
        f"""ex:p{n} a comp:Group ; rdfs:label "{n}"@en ; comp:inFramework ex:welding ;
            comp:partOf ex:p{n - 1} ; comp:position 1 ; comp:lines "1" ."""
        for n in range(1, depth)
    )
    return "\n".join(rows).replace("ex:p0", "ex:metals")


@pytest.mark.slow
def test_parts_can_be_nested_a_thousand_deep() -> None:
    assert len(validate(graph_of(SOUND + nested(1000)))) == 0


def test_parts_nested_hundreds_deep_are_an_error_of_the_reference_and_not_a_crash() -> None:
    shapes = graph_of(
        "ex:Rule a sh:NodeShape ; sh:targetNode ex:p1499 ; "
        "sh:sparql [ sh:select "
        '"SELECT $this { $this <https://w3id.org/competency/ns#partOf>+ $this }" ] .'
    )
    data = graph_of(SOUND + nested(1500))
    assert validate(data, shapes=shapes).conforms
    with pytest.raises(ParseError, match="too deeply"):
        validate(data, shapes=shapes, engine="reference")


def with_backslash() -> Graph:
    """Return data with a fault of a part that has a backslash in its IRI."""
    data = Graph()
    for triple in broken(('comp:lines "1"', 'comp:lines "99"')):
        odd = [URIRef(n.replace("unit", "\\1")) if isinstance(n, URIRef) else n for n in triple]
        data.add((odd[0], odd[1], odd[2]))
    return data


def test_an_iri_with_a_backslash_is_told_as_any_other() -> None:
    [result] = validate(with_backslash())
    assert result.rule == "Lines are lines of the source"
    assert result.focus == "https://example.org/\\1"


def test_an_iri_with_a_backslash_is_an_error_of_the_reference_and_not_a_crash() -> None:
    with pytest.raises(ParseError, match="an IRI has a backslash in it"):
        validate(with_backslash(), engine="reference")


def test_there_is_no_other_engine() -> None:
    with pytest.raises(ValueError, match="slow"):
        validate(Graph(), engine="slow")


def test_texts_with_backslashes_in_odd_places_are_results_and_not_a_crash() -> None:
    report = validate(
        graph_of(r"""
        ex:a a comp:Group ; comp:inFramework ex:w , "\\1" ; comp:partOf ex:w , "\\1" ;
            comp:position "\\1" , "\\1"^^xsd:integer ; comp:lines "9\\1" ; comp:enumeration "1\\1" ;
            comp:contrasts "\\1" ; comp:leadIn "\\1" ; comp:notStated "\\1" ; comp:inferred "\\1" ;
            comp:code "\\1" , [ skos:notation "\\1" ] .
        ex:b a comp:Group ; comp:inFramework ex:w ; comp:partOf ex:w ; comp:enumeration "1\\1" ;
            comp:position "\\1" , "\\1"^^xsd:integer ; comp:code [ skos:notation "\\1" ] .
        ex:x a comp:Level ; comp:inScale ex:s ; comp:rank "\\1" ; comp:higherThan "\\1" .
        ex:y a comp:Level ; comp:inScale ex:s ; comp:rank "\\1" . ex:s a comp:LevelScale .
        ex:z a comp:Level ; comp:inScale ex:s ; comp:rank "\\1"^^xsd:integer ;
            comp:higherThan ex:t .
        ex:t a comp:Level ; comp:inScale ex:s ; comp:rank "\\2"^^xsd:integer .
        ex:w a comp:Framework ; comp:source ex:d , ex:e ; dcterms:issued "\\1"^^xsd:gYear .
        ex:d a comp:Source ; comp:lineCount 1 . ex:e comp:lineCount "\\1"^^xsd:integer .
        ex:c a comp:Credit ; comp:creditValue "\\1"^^xsd:decimal .""")
    )
    assert not report.conforms
