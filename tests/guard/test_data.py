"""The data of an update as TriG, in which a literal has the form it was written in."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from competency.sparql.guard import prepare_update


def objects(text: str) -> list[str]:
    """Return the objects of the data of an update, with graphs, as they are written."""
    found = []
    for document in prepare_update(text).data:
        for quad in ox.parse(document, format=ox.RdfFormat.TRIG):
            graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f" in {quad.graph_name}"
            found.append(str(quad.object).partition("^^")[0].strip('"') + graph)
    return found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("<u:s> <u:p> 1.50 , 01, +1.0e0 , -.5 , .5E-3", ["1.50", "01", "+1.0e0", "-.5", ".5E-3"]),
        ("<u:s> <u:p> 1 ; <u:q> 2 ;; .", ["1", "2"]),
        ("<u:s> <u:p> 1 . <u:s> <u:p> 2", ["1", "2"]),
        ("<u:s> <u:p> 1 GRAPH <u:g> { <u:s> <u:p> 2 } <u:s> <u:p> 3", ["1", "2 in <u:g>", "3"]),
        (
            "<u:s> <u:p> 1 . GRAPH <u:g> { <u:s> <u:p> 2 . } . <u:s> <u:p> 3 .",
            ["1", "2 in <u:g>", "3"],
        ),
        ("GRAPH <u:g> {} GRAPH <u:h> { <u:s> <u:p> 2 } # .\n .", ["2 in <u:h>"]),
        ("<u:s> <u:p> TRUE , false, True", ["true", "false", "true"]),
        ("<u:s> a comp:Framework", ["<https://w3id.org/competency/ns#Framework>"]),
        (
            "<u:s> e:p e:a.b.c , e:d\\,e , e:%41 , e:x.",
            [f"<u:e{local}>" for local in ("a.b.c", "d,e", "%41", "x")],
        ),
        (
            "<u:s> <u:p> '''a\n'}' ''' , 'it\\u0027s'",
            ["a\\n'}' ", "it's"],
        ),
        ("<u:s> <u:p> '1'^^xsd:nonNegativeInteger , 'a'@en-GB", ["1", 'a"@en-gb']),
        ("<u:s> <u:p> <../c> , <#d>", ["<http://base/c>", "<http://base/a/b#d>"]),
        ("", []),
        ("# only a comment }\n", []),
    ],
)
def test_literals_keep_the_form_they_were_written_in(data: str, found: list[str]) -> None:
    assert objects(f"BASE <http://base/a/b> PREFIX e: <u:e> INSERT DATA {{ {data} }}") == found


def test_each_block_has_the_prologue_in_force_before_it() -> None:
    text = "PREFIX e: <u:1> INSERT DATA { <u:s> <u:p> e:a }; PREFIX e: <u:2> CLEAR ALL; INSERT DATA { <u:s> <u:p> e:a }"
    assert objects(text) == ["<u:1a>", "<u:2a>"]


def test_blank_nodes_and_collections_are_those_of_one_block() -> None:
    text = "INSERT DATA { _:a <u:p> [ <u:q> (1.0 [] ()) ] GRAPH <u:g> { _:a <u:p> 2 } }"
    (document,) = prepare_update(text).data
    quads = [*ox.parse(document, format=ox.RdfFormat.TRIG)]
    assert len(quads) == 9 and quads[-1].subject in {quad.subject for quad in quads[:-1]}


def test_only_insert_data_is_data() -> None:
    text = "DELETE DATA { <u:s> <u:p> 1 }; INSERT { <u:s> <u:p> 1 } WHERE {}; DELETE WHERE { ?s ?p ?o }"
    assert prepare_update(text).data == ()


def test_a_base_that_is_given_is_written_and_an_unknown_one_is_not_guessed() -> None:
    (document,) = prepare_update("INSERT DATA { <s> <p> 1 }", base="http://base/").data
    assert document.startswith("BASE <http://base/>\n")
    (document,) = prepare_update("INSERT DATA { <s> <p> 1 }").data
    with pytest.raises(SyntaxError):
        list(ox.parse(document, format=ox.RdfFormat.TRIG))


def test_data_of_rdf_12_is_read_too() -> None:
    text = "INSERT DATA { << <u:s> <u:p> 1.0 ~ <u:r> >> <u:q> <<( <u:s> <u:p> 2.0 )>> {| <u:a> 3.0 |} }"
    assert "3.0" in objects(text)
