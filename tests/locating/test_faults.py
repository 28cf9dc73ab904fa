"""The acceptance test: a Turtle file with twenty faults gives twenty results with their places."""

from __future__ import annotations

import pytest

from competency import KnowledgeGraph
from competency.checking.locating import locate
from competency.formats import by_name
from competency.graph.loading import named_graphs
from competency.shapes import validate
from tests.locating.marks import BASE, unmarked

TWENTY_FAULTS = r'''# Un phare 🗼: twenty faults, each marked where a report has to point.
@base <https://example.org/> .
@prefix comp: <https://w3id.org/competency/ns#> .
PREFIX dcterms: <http://purl.org/dc/terms/>
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix l: <lights/> .

<lights> a comp:Framework ;
    rdfs:label ⟦FrameworkTitleTagged⟧"Keepers of lights 🗼" ;
    dcterms:description "What keepers of a lighthouse do."@en ,	⟦FrameworkDescriptionTagged⟧"L'\u00e9clat" ;
    dcterms:language "en" , ⟦FrameworkLanguageCode⟧"English" ;
    dcterms:issued ⟦FrameworkIssued⟧'last year' ;	dcterms:modified	⟦FrameworkModified⟧"""when
it "rained" ; it
poured""" ; dcterms:publisher l:us ;
    dcterms:license <https://example.org/licence#2> ;
    comp:extent ⟦ExtentKnown⟧comp:Half ;
    comp:source [ a comp:Source ; rdfs:label "Handbook"@en ; comp:lineCount ⟦SourceLineCount⟧-40 ] .

l:us a org:Organization ; rdfs:label "Guild"@en .

l:lamp a comp:UnitOfCompetency ;
    rdfs:label "Tend the lamp"@en ;
    comp:code [ a comp:Code ; skos:notation "L-1" ; comp:issuedBy l:us ] , # and one without signs [
        ⟦CodeNotation⟧[ a comp:Code ; comp:issuedBy l:us ] , ⟦CodeIssuer⟧[ a comp:Code ; skos:notation "L-2" ] ;
    comp:credit [ a comp:Credit ; comp:creditScheme l:us ; comp:creditValue ⟦CreditNumber⟧"three" ] ;
    comp:inFramework <lights> ; comp:partOf <lights> ; comp:position 1 ; comp:lines "2" .

⟦PartParent⟧l:wick a comp:ElementOfCompetency ;
    rdfs:label "Trim the wick"@en ;
    comp:inFramework <lights> ; comp:position 1 ; comp:lines "3" .

<lights/oil> a comp:PerformanceCriterion ;
    comp:text ⟦TextNotBlank⟧"   "@en ; comp:wording ⟦WordingKnown⟧comp:Sung ;
    comp:inFramework <lights> ; comp:partOf l:lamp ; comp:position 1 ; comp:lines "5" .

l:glass a comp:PerformanceCriterion ;
    comp:text "Clean the panes of the lantern room."@en ; comp:wording comp:Reworded ;
    comp:inFramework <lights> ; comp:partOf l:lamp ; comp:position 2 ; comp:lines ⟦Lines⟧"six" .

⟦PositionTwice⟧l:stairs a comp:PerformanceCriterion ;
    comp:text "Keep the stairs dry."@en ; comp:wording comp:Reworded ;
    comp:inFramework <lights> ; comp:partOf l:lamp ; comp:position 2 ; comp:lines "7" .

l:log a comp:Competency ; rdfs:label ⟦PartTitleTagged⟧"Keep the log" ;
    comp:inFramework <lights> ; comp:partOf <lights> ;
    comp:position ⟦PartPositionNumber⟧2.0 ; comp:lines "8" .

l:scale a comp:LevelScale ; rdfs:label "Steps"@en ; comp:cumulative ⟦ScaleCumulative⟧"yes" .
l:low a comp:Level ; rdfs:label "Helper"@en ; comp:inScale l:scale ; comp:rank ⟦LevelRank⟧"1" .

l:stairs skos:closeMatch <https://example.org/cutting/brush> .
[] a comp:Alignment , owl:Axiom ;
    owl:annotatedSource l:stairs ; owl:annotatedProperty skos:closeMatch ;
    owl:annotatedTarget <https://example.org/cutting/brush> ;
    sssom:mapping_justification semapv:ManualMappingCuration ;
    sssom:confidence ⟦AlignmentConfidence⟧1.8 .
'''


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_twenty_faults_give_twenty_results_each_at_its_line_and_column(line_break: str) -> None:
    data, places = unmarked("\ufeff" + TWENTY_FAULTS.replace("\n", line_break))
    places = {rule: place if place[0] > 1 else (1, place[1] - 1) for rule, place in places.items()}
    graph = KnowledgeGraph(base=BASE)
    graph.add(*named_graphs(data, by_name("turtle"), "lights.ttl", BASE))
    report = locate(validate(graph.merged()), "lights.ttl", data, "turtle", BASE)
    found = [
        (result.shape.partition("#")[2], result.location and str(result.location))
        for result in report
    ]
    wanted = [(rule, f"lights.ttl:{line}:{column}") for rule, (line, column) in places.items()]
    assert len(report) == len(places) == 20
    assert sorted(found, key=str) == sorted(wanted)
