"""A few small frameworks in several languages, and what is found in them."""

from __future__ import annotations

from competency import KnowledgeGraph
from competency.graph import Asked, Found
from tests.conftest import PREFIXES

FRAMEWORK = f"""{PREFIXES}
@base <https://example.org/f/> .
<> a comp:Framework ; rdfs:label "Retail"@en , "Vente"@fr ; comp:code <code> .
<code> a comp:Code ; skos:notation "SPO-109.1" .
<scale/1> a comp:Level ; rdfs:label "Level 1"@en , "Niveau 1"@fr .
<scale/2> a comp:Level ; rdfs:label "Level 2"@en .
<c1> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 1 ;
  rdfs:label "Client relations"@en , "Compétences en relation clientèle"@fr ;
  comp:atLevel <scale/1> ; comp:enumeration "C1" .
<c1/good> a comp:PositiveIndicator ; comp:inFramework <> ; comp:partOf <c1> ; comp:position 1 ;
  comp:text "Keeps running the shop when customers complain."@en ,
    "Communique avec la clientèle, même fâchée."@fr .
<c1/bad> a comp:NegativeIndicator ; comp:inFramework <> ; comp:partOf <c1> ; comp:position 2 ;
  comp:text "Runs away from customers."@en .
<c2> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 2 ;
  rdfs:label "Zürich café crème"@en ; comp:atLevel <scale/2> ; comp:text "Serves cœur de bœuf."@en .
<zh> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 3 ;
  rdfs:label "客户服务能力"@zh ; comp:text "员工能够倾听客户的需要。"@zh .
<ja> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 4 ;
  rdfs:label "お客様サービス"@ja .
<ko> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 5 ;
  rdfs:label "고객서비스를 제공한다"@ko .
<ar> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 6 ;
  rdfs:label "خِدْمَة العملاء"@ar .
<hostile> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 7 ;
  rdfs:label "<img src=x onerror=alert(1)> imperilled"@en .
"""
OTHER = f"""{PREFIXES}
@base <https://example.org/g/> .
<> a comp:Framework ; rdfs:label "Wholesale"@en .
<c1> a comp:Competency ; comp:inFramework <> ; comp:partOf <> ; comp:position 1 ;
  rdfs:label "Customers of wholesale"@en .
"""


def graph() -> KnowledgeGraph:
    """Return both frameworks."""
    made = KnowledgeGraph()
    made.parse(FRAMEWORK)
    made.parse(OTHER)
    return made


def names(found: Found) -> list[str]:
    """Return what was found, by the end of its IRI."""
    return [hit.iri.removeprefix("https://example.org/") for hit in found.hits]


def ask(made: KnowledgeGraph, words: str, asked: Asked | None = None) -> list[str]:
    """Return what has all of the words."""
    found = made.search(words, asked)
    return [] if found.some else names(found)
