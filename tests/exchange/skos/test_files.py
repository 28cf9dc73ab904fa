"""Files of SKOS: every syntax, many schemes in one, and files that are broken or hostile."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest
from rdflib import BNode

from competency.errors import CompetencyError, ParseError
from competency.exchange.exchange import Reading
from competency.exchange.imported import File
from competency.exchange.skos import read
from competency.exchange.skos.reading import recognise
from competency.formats import RDF_SYNTAXES, Format
from competency.graph import NamedGraph, serialize
from tests.exchange.skos.common import EX, HEAD, differences, file_of, out, parsed, taken_in
from tests.exchange.skos.test_reading import SCHEME, concept, said, tree

# ------------------------------------------------------------------ every syntax


@pytest.mark.parametrize("syntax", RDF_SYNTAXES, ids=lambda syntax: syntax.name)
def test_every_syntax_of_rdf_gives_the_same(syntax: Format) -> None:
    graph = NamedGraph.of(EX + "s", parsed(SCHEME + concept("a", '; skos:notation "1"')))
    file = File("scheme" + syntax.suffixes[0], serialize(graph, syntax), syntax.media_type)
    (found,) = read(file, Reading()).graphs
    assert tree(found) == {"a": "s"}
    assert said(found, "a")["comp:code"] == [EX + "a/code/1"]


def test_json_ld_of_others_with_a_context_of_its_own_is_read() -> None:
    document = {
        "@context": {"@vocab": "http://www.w3.org/2004/02/skos/core#", "id": "@id", "type": "@type",
                     "prefLabel": {"@container": "@language"}},
        "id": EX + "s", "type": "ConceptScheme", "prefLabel": {"en": "Baking"},
        "hasTopConcept": [{"id": EX + "a", "type": "Concept", "prefLabel": {"en": "a", "de": "b"},
                           "narrower": [{"id": EX + "b", "type": "Concept",
                                         "prefLabel": {"en": "b"}}]}],
    }  # fmt: skip
    file = File("scheme.json", json.dumps(document).encode(), "application/json")
    assert recognise(file)
    (graph,) = read(file, Reading()).graphs
    assert tree(graph) == {"a": "s", "b": "a"}


# ------------------------------------------------------------------ broken files


def test_a_broken_file_is_told_with_line_and_column() -> None:
    with pytest.raises(ParseError) as error:
        taken_in(SCHEME + 'ex:a a skos:Concept ; skos:prefLabel "no end .\n')
    assert error.value.line and error.value.column


def test_rdf_without_concepts_is_refused() -> None:
    with pytest.raises(ParseError, match="neither a scheme nor a concept"):
        taken_in('ex:a rdfs:label "a"@en .')


def test_a_base_that_is_no_iri_is_refused() -> None:
    with pytest.raises(ParseError, match="choose another base"):
        read(file_of(concept("a", scheme="")), Reading(base="no base "))


def test_mutated_and_cut_files_give_only_errors_of_ours(shared: Path) -> None:
    data = (shared / "samples" / "skos" / "kim-digcomp.ttl").read_bytes()
    chance = random.Random(7)  # noqa: S311
    for _ in range(60):
        cut = bytearray(data[: chance.randrange(len(data))] if chance.random() < 0.4 else data)
        for _ in range(chance.randrange(1, 6)):
            if cut:
                cut[chance.randrange(len(cut))] = chance.choice(b'<>"@.;,[]()a:\\\n\xff0')
        try:
            imported = read(File("kim.ttl", bytes(cut), "text/turtle"), Reading())
            for graph in imported.graphs:
                out(graph)
        except CompetencyError:
            continue


def test_deep_nesting_is_refused_before_it_is_read() -> None:
    text = HEAD + "ex:s a skos:ConceptScheme ; ex:p " + "[ ex:p " * 5000 + "1" + " ]" * 5000 + " ."
    file = File("deep.ttl", text.encode(), "text/turtle")
    with pytest.raises(CompetencyError):
        read(file, Reading())


# ------------------------------------------------------------------ several schemes


def test_every_scheme_of_a_file_goes_out_by_itself_and_together_they_are_the_file() -> None:
    text = SCHEME + 'ex:t a skos:ConceptScheme ; dcterms:title "Welding"@en ; ex:by ex:guild .\n'
    text += "ex:s ex:by ex:guild . ex:guild ex:seat [ ex:city 'Ghent' ] .\n"
    text += concept("a", "; skos:topConceptOf ex:s") + concept("c", "; skos:broader ex:a")
    text += concept("b", "; skos:topConceptOf ex:t ; skos:exactMatch ex:a", "ex:t")
    text += 'ex:g a skos:Collection ; skos:prefLabel "Mine"@en ; skos:member ex:b .'
    written = [out(graph) for graph in taken_in(text).graphs]
    assert not any(one.losses for one in written)
    lines = [line for one in written for line in differences(text, one.data) if "added" in line]
    assert lines == []
    together = {
        f"{s} {p} {o}"
        for one in written
        for s, p, o in parsed(one.data)
        if not isinstance(s, BNode) and not isinstance(o, BNode)
    }
    before = {
        f"{s} {p} {o}"
        for s, p, o in parsed(text)
        if not isinstance(s, BNode) and not isinstance(o, BNode)
    }
    assert before <= together
    assert all(b"Ghent" in one.data for one in written)


# ------------------------------------------------------------------ large files


def seconds(text: str) -> float:
    """Return the time of the process, the better of two: the garbage of others counts in one."""
    return min(_seconds(file_of(text)) for _ in range(2))


def _seconds(file: File) -> float:
    start = time.process_time()
    read(file, Reading())
    return time.process_time() - start


@pytest.mark.parametrize(
    "line",
    [
        "ex:s{n} a skos:ConceptScheme . ex:c{n} skos:inScheme ex:s{n} .",
        "ex:g{n} a skos:OrderedCollection ; dcterms:isPartOf ex:s ; skos:member ex:c{n} .",
        "ex:n{n} ex:p ex:n{m} .",
        "ex:c{n} skos:inScheme ex:s ; skos:broader ex:c{m} ; dcterms:publisher ex:p .",
        "ex:c{n} skos:inScheme ex:s ; dcterms:type comp:NegativeIndicator ; skos:broader ex:c{m} ."
        " ex:g{n} a skos:Collection ; skos:member ex:c{n} ; dcterms:isPartOf ex:c{m} .",
    ],
    ids=["schemes", "collections", "chain", "concepts", "negatives"],
)
def test_the_time_of_reading_grows_with_the_file_and_no_faster(line: str) -> None:
    def text(size: int) -> str:
        rows = (line.format(n=n, m=n + 1) for n in range(size))
        return SCHEME + concept("c") + "\n".join(rows)

    seconds(text(50))
    small, large = seconds(text(200)), seconds(text(1000))
    assert large < 12 * small + 0.2
