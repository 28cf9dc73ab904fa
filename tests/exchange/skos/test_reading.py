"""SKOS as files really are: one-way links, odd labels, circles, several schemes, broken files."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef

from competency.exchange.exchange import Reading
from competency.exchange.imported import File, Kept
from competency.exchange.skos import read
from competency.exchange.terms import short, term
from competency.graph import NamedGraph
from tests.exchange.skos.common import (
    EX,
    HEAD,
    file_of,
    out,
    parsed,
    round_trip,
    taken_in,
    the_graph,
)
from tests.exchange.skos.test_round_trip import faults

SCHEME = 'ex:s a skos:ConceptScheme ; dcterms:title "Baking"@en .\n'


def concept(name: str, more: str = "", scheme: str = "ex:s") -> str:
    """Return a concept with a label, and more."""
    inside = f"skos:inScheme {scheme} ; " if scheme else ""
    return f'ex:{name} a skos:Concept ; {inside}skos:prefLabel "{name}"@en {more} .\n'


def said(graph: NamedGraph, name: str) -> dict[str, list[str]]:
    """Return what a graph says of a thing, by prefixed names."""
    return {short(p): [str(v) for v in vs] for p, vs in graph.about(EX + name).items()}


def tree(graph: NamedGraph) -> dict[str, str]:
    """Return what each part stands under."""
    return {
        str(part).removeprefix(EX): str(above).removeprefix(EX)
        for part, above in graph.graph.subject_objects(term("comp:partOf"))
    }


def remarks(text: str) -> list[str]:
    """Return the remarks without where they are."""
    return [f"{remark.kept}: {remark.what}" for remark in taken_in(text).remarks]


# ------------------------------------------------------------------ the tree


@pytest.mark.parametrize(
    "link",
    ["ex:b skos:broader ex:a .", "ex:a skos:narrower ex:b ."],
    ids=["broader", "narrower"],
)
def test_a_link_may_be_said_from_either_end(link: str) -> None:
    text = SCHEME + concept("a") + concept("b") + link
    assert tree(the_graph(text)) == {"a": "s", "b": "a"}
    assert not round_trip(text)


@pytest.mark.parametrize(
    "link",
    ["ex:a skos:topConceptOf ex:s .", "ex:s skos:hasTopConcept ex:a .", ""],
    ids=["topConceptOf", "hasTopConcept", "nothing"],
)
def test_a_concept_without_a_broader_one_is_on_top_whoever_says_so(link: str) -> None:
    text = SCHEME + concept("a") + link
    assert tree(the_graph(text)) == {"a": "s"}
    written = parsed(out(the_graph(text)).data)
    assert (URIRef(EX + "a"), term("skos:topConceptOf"), URIRef(EX + "s")) in written
    assert (URIRef(EX + "s"), term("skos:hasTopConcept"), URIRef(EX + "a")) in written


def test_of_several_broader_concepts_the_first_is_the_place_and_the_others_stay() -> None:
    text = SCHEME + concept("a") + concept("b") + concept("c", "; skos:broader ex:b , ex:a")
    graph = the_graph(text)
    assert tree(graph)["c"] == "b"
    assert said(graph, "c")["skos:broader"] == [EX + "a"]
    assert any("2 broader concepts" in line for line in remarks(text))
    assert not round_trip(text)


def test_a_circle_is_cut_at_its_first_concept_and_comes_back() -> None:
    text = SCHEME + "".join(
        concept(here, f"; skos:broader ex:{above}") for here, above in ("ab", "bc", "ca")
    )
    graph = the_graph(text)
    assert tree(graph) == {"a": "s", "b": "c", "c": "a"}
    assert any("in a circle" in line for line in remarks(text))
    assert not faults(graph)
    assert not round_trip(text)


def test_a_concept_that_is_broader_than_itself_does_no_harm() -> None:
    text = SCHEME + concept("a", "; skos:broader ex:a")
    assert tree(the_graph(text)) == {"a": "s"}
    assert not round_trip(text)


def test_a_long_chain_and_a_long_circle_are_no_problem() -> None:
    size = 1200
    chain = "".join(concept(f"c{n}", f"; skos:broader ex:c{n + 1}") for n in range(size))
    assert len(tree(the_graph(SCHEME + chain + concept(f"c{size}")))) == size + 1
    assert len(tree(the_graph(SCHEME + chain + concept(f"c{size}", "; skos:broader ex:c0")))) > size


def test_a_link_to_a_concept_that_is_nowhere_stays() -> None:
    text = SCHEME + concept("a", "; skos:broader <https://example.com/gone> ; skos:narrower ex:no")
    graph = the_graph(text)
    assert tree(graph) == {"a": "s"}
    assert said(graph, "a")["skos:broader"] == ["https://example.com/gone"]
    assert said(graph, "a")["skos:narrower"] == [EX + "no"]


def test_a_top_concept_with_a_broader_one_is_odd_and_stays_so() -> None:
    text = SCHEME + concept("a") + concept("b", "; skos:broader ex:a ; skos:topConceptOf ex:s")
    assert tree(the_graph(text))["b"] == "a"
    assert any("top concept and has a broader one" in line for line in remarks(text))
    assert not round_trip(text)


# ------------------------------------------------------------------ order


def positions(graph: NamedGraph) -> list[str]:
    found = graph.graph.subject_objects(term("comp:position"))
    return [
        str(part).removeprefix(EX) for part, _ in sorted(found, key=lambda row: int(str(row[1])))
    ]


def test_order_is_that_of_the_file_and_is_called_inferred() -> None:
    text = SCHEME + concept("z") + concept("a") + concept("m")
    graph = the_graph(text)
    assert positions(graph) == ["z", "a", "m"]
    assert str(term("comp:position")) in said(graph, "z")["comp:inferred"]


def test_the_parent_names_its_concepts_in_order() -> None:
    text = SCHEME + concept("z") + concept("a") + "ex:s skos:hasTopConcept ex:a , ex:z ."
    assert positions(the_graph(text)) == ["a", "z"]


def test_a_nameless_collection_of_siblings_says_their_order() -> None:
    order = "[] a skos:OrderedCollection ; dcterms:isPartOf ex:s ; skos:member ex:a , ex:z ;"
    text = SCHEME + concept("a") + concept("z") + order + " skos:memberList ( ex:z ex:a ) ."
    graph = the_graph(text)
    assert positions(graph) == ["z", "a"]
    assert "comp:inferred" not in said(graph, "z")
    assert not round_trip(text)


def test_a_collection_of_others_is_a_second_arrangement_and_stays_as_it_is() -> None:
    text = (
        SCHEME + concept("a") + concept("b")
        + 'ex:g a skos:Collection ; skos:prefLabel "Group"@en ; skos:member ex:b , ex:a .\n'
    )  # fmt: skip
    graph = the_graph(text)
    assert tree(graph) == {"a": "s", "b": "s"}
    assert said(graph, "g")["skos:member"] == [EX + "a", EX + "b"]
    assert "kept aside: skos:member stays as it is (2 times)" in remarks(text)
    assert not round_trip(text)


# ------------------------------------------------------------------ texts and codes


def test_labels_and_definitions_become_titles_and_texts() -> None:
    more = '; skos:definition "To knead."@en , "Kneten."@de ; skos:altLabel "kneading"@en'
    graph = the_graph(SCHEME + concept("a", more))
    assert said(graph, "a")["rdfs:label"] == ["a"]
    assert said(graph, "a")["comp:text"] == ["Kneten.", "To knead."]
    assert said(graph, "a")["comp:wording"] == [str(term("comp:Verbatim"))]
    assert said(graph, "a")["skos:altLabel"] == ["kneading"]


def test_a_second_label_in_one_language_is_kept_as_an_alternative() -> None:
    text = SCHEME + concept("a", ', "A"@EN')
    graph = the_graph(text)
    assert said(graph, "a")["rdfs:label"] == ["a"]
    assert said(graph, "a")["skos:altLabel"] == ["A"]
    assert any("two preferred labels in one language (en)" in line for line in remarks(text))
    labels = list(parsed(out(graph).data).objects(URIRef(EX + "a"), term("skos:prefLabel")))
    assert labels == [Literal("a", lang="en")]


def test_a_text_without_a_language_gets_one_and_goes_out_without() -> None:
    text = SCHEME + 'ex:a a skos:Concept ; skos:prefLabel "Backen" ; skos:definition "Brot" .'
    (graph,) = read(file_of(text), Reading(language="de")).graphs
    label = graph.graph.value(URIRef(EX + "a"), term("rdfs:label"))
    assert label == Literal("Backen", lang="de")
    assert not faults(graph)
    assert not round_trip(text)


def test_english_that_is_called_german_is_data_and_no_error() -> None:
    text = SCHEME + 'ex:a a skos:Concept ; skos:prefLabel "To bake bread"@de .'
    assert said(the_graph(text), "a")["rdfs:label"] == ["To bake bread"]
    assert not round_trip(text)


def test_an_empty_definition_is_no_text_and_stays_empty() -> None:
    text = SCHEME + concept("a", '; skos:definition ""@en')
    graph = the_graph(text)
    assert "comp:text" not in said(graph, "a")
    assert "kept aside: skos:definition is empty, and stays so" in remarks(text)
    assert not faults(graph)
    assert not round_trip(text)


def test_a_concept_without_a_label_is_called_by_its_code_and_goes_out_without() -> None:
    text = SCHEME + 'ex:a a skos:Concept ; skos:inScheme ex:s ; skos:notation "B 1" .'
    graph = the_graph(text)
    assert said(graph, "a")["rdfs:label"] == ["B 1"]
    assert not faults(graph)
    assert not round_trip(text)


def test_a_notation_is_a_code_and_its_datatype_says_whose() -> None:
    text = SCHEME + concept("a", '; skos:notation "1.2" , "B 7"^^ex:guild')
    graph = the_graph(text)
    codes = [graph.about(code) for code in said(graph, "a")["comp:code"]]
    issuers = {
        str(code[str(term("skos:notation"))][0]): code.get(str(term("comp:issuedBy")))
        for code in codes
    }
    assert issuers == {"1.2": None, "B 7": (URIRef(EX + "guild"),)}
    assert said(graph, "guild")["rdfs:label"] == ["guild"]
    assert not faults(graph)
    assert not round_trip(text)


def test_notes_matches_and_properties_of_others_stay_on_the_concept() -> None:
    more = """; skos:scopeNote "In bakeries."@en ; skos:note "Note"@en ; skos:example "A loaf"@en ;
        skos:editorialNote "check"@en ; skos:hiddenLabel "bakin"@en ; skos:historyNote "new"@en ;
        skos:exactMatch <https://example.com/1> ; skos:narrowMatch <https://example.com/2> ;
        ex:smell "sour" ; rdfs:seeAlso <https://example.com/3>"""
    text = SCHEME + concept("a", more)
    graph = the_graph(text)
    found = said(graph, "a")
    assert found["skos:exactMatch"] == ["https://example.com/1"]
    assert found["skos:scopeNote"] == ["In bakeries."]
    assert found[EX + "smell"] == ["sour"]
    aside = [line for line in remarks(text) if line.startswith("kept aside")]
    assert len(aside) == 8
    assert not any("Match" in line for line in aside)
    assert not round_trip(text)


def test_an_rdfs_label_that_repeats_the_label_is_left_out_and_another_is_kept() -> None:
    text = SCHEME + concept("a", '; rdfs:label "a"@en') + concept("b", '; rdfs:label "Bee"@en')
    graph = the_graph(text)
    assert said(graph, "a")["rdfs:label"] == ["a"]
    assert said(graph, "b")["skos:altLabel"] == ["Bee"]
    kinds = [remark.kept for remark in taken_in(text).remarks]
    assert kinds.count(Kept.dropped) == kinds.count(Kept.odd) == 1


# ------------------------------------------------------------------ kinds


@pytest.mark.parametrize("word", ["Negative indicator", "Unhelpful behaviour", "Contra-indicator"])
def test_what_its_type_calls_negative_is_a_negative_indicator(word: str) -> None:
    text = SCHEME + concept("a", f'; dcterms:type "{word}"@en')
    graph = the_graph(text)
    assert str(term("comp:NegativeIndicator")) in said(graph, "a")["rdf:type"]
    assert said(graph, "a")["comp:text"] == ["a"]
    written = parsed(out(graph).data)
    assert not list(written.objects(URIRef(EX + "a"), term("skos:topConceptOf")))
    assert str(written.value(URIRef(EX + "a"), term("skos:prefLabel"))).startswith("Unhelpful")


def test_a_class_of_ours_is_the_kind_of_the_part() -> None:
    text = SCHEME + concept("a", "; dcterms:type comp:KnowledgeStatement")
    graph = the_graph(text)
    assert said(graph, "a")["rdf:type"] == [str(term("comp:KnowledgeStatement"))]
    assert said(graph, "a")["comp:text"] == ["a"]


# ------------------------------------------------------------------ schemes


def test_each_scheme_is_a_framework_of_its_own() -> None:
    text = SCHEME + concept("a") + 'ex:t a skos:ConceptScheme ; dcterms:title "Welding"@en .\n'
    text += concept("b", "; skos:exactMatch ex:a", "ex:t")
    first, second = taken_in(text).graphs
    assert (first.name, second.name) == (EX + "s", EX + "t")
    assert (tree(first), tree(second)) == ({"a": "s"}, {"b": "t"})
    assert said(second, "b")["skos:exactMatch"] == [EX + "a"]
    assert not faults(first) and not faults(second)


def test_schemes_in_one_named_graph_are_told_apart() -> None:
    text = HEAD + "ex:g { " + SCHEME + concept("a") + "ex:t a skos:ConceptScheme . }"
    file = File("two.trig", text.encode(), "application/trig")
    assert [graph.name for graph in read(file, Reading()).graphs] == [EX + "s", EX + "t"]


def test_concepts_without_a_scheme_get_one_made_after_the_file() -> None:
    text = concept("a", scheme="") + concept("b", "; skos:broader ex:a", scheme="")
    (graph,) = read(file_of(text, "Bread & more.ttl"), Reading(base=EX)).graphs
    assert graph.name == EX + "Bread-more"
    assert tree(graph) == {"a": "Bread-more", "b": "a"}
    assert any("one is made for it (2 concepts)" in line for line in remarks(text))
    assert not faults(graph)


def test_a_concept_without_a_scheme_follows_its_broader_one() -> None:
    text = SCHEME + 'ex:t a skos:ConceptScheme ; dcterms:title "T"@en .\n' + concept("a")
    text += concept("b", "; skos:broader ex:a", scheme="")
    assert tree(taken_in(text).graphs[0]) == {"a": "s", "b": "a"}


def test_a_concept_in_several_schemes_has_its_place_in_the_first() -> None:
    text = SCHEME + "ex:t a skos:ConceptScheme .\n" + concept("a", "; skos:inScheme ex:t")
    first, _ = taken_in(text).graphs
    assert said(first, "a")["skos:inScheme"] == [EX + "t"]
    assert any("in several schemes" in line for line in remarks(text))


def test_a_scheme_that_is_only_named_is_one_and_this_is_odd() -> None:
    text = concept("a")
    graph = the_graph(text)
    assert graph.name == EX + "s"
    assert any("not described as one" in line for line in remarks(text))
    assert not faults(graph)


@pytest.mark.parametrize("name", ["skos:prefLabel", "rdfs:label", "dcterms:title"])
def test_the_title_of_a_scheme_comes_back_from_where_it_was(name: str) -> None:
    text = f'ex:s a skos:ConceptScheme ; {name} "Baking"@en .\n' + concept("a")
    assert said(the_graph(text), "s")["rdfs:label"] == ["Baking"]
    assert not round_trip(text)


def test_nameless_concepts_get_names_by_their_place() -> None:
    text = SCHEME + 'ex:s skos:hasTopConcept [ a skos:Concept ; skos:prefLabel "a"@en ] .'
    assert tree(the_graph(text)) == {"s/concept/1": "s"}


def test_a_scheme_that_is_a_concept_too_is_read_as_a_scheme() -> None:
    text = SCHEME + "ex:s a skos:Concept .\n" + concept("a")
    assert tree(the_graph(text)) == {"a": "s"}
    assert any("S9" in line for line in remarks(text))
