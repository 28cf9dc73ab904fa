"""A data directory to browse: four editions of a bakery, Arabic beside English, and hostile text.

The hostile framework says in every place that takes a text or an IRI what would run as a script
if a page wrote it as it is. ``alert`` is what a test listens for.
"""

from __future__ import annotations

from pathlib import Path

from competency.graph import publish
from tests.baking import BASE, graph_of, publish_all
from tests.conftest import PREFIXES

KITCHEN = f"""{PREFIXES}
<{BASE}kitchen> a comp:Framework ; rdfs:label "Kitchen"@en , "المطبخ"@ar ;
    dcterms:description "What cooks do."@en , "ما يفعله الطهاة."@ar .
<{BASE}kitchen/1> a comp:Group ; comp:inFramework <{BASE}kitchen> ; comp:partOf <{BASE}kitchen> ;
    comp:position 1 ; rdfs:label "Washing"@en , "الغسل"@ar .
<{BASE}kitchen/1/1> a comp:PositiveIndicator ; comp:inFramework <{BASE}kitchen> ;
    comp:partOf <{BASE}kitchen/1> ; comp:position 1 ; comp:code [ skos:notation "K-1" ] ;
    comp:text "Washes hands before cooking."@en , "يغسل يديه قبل الطبخ."@ar .
<{BASE}kitchen/1/2> a comp:NegativeIndicator ; comp:inFramework <{BASE}kitchen> ;
    comp:partOf <{BASE}kitchen/1> ; comp:position 2 ;
    comp:text "Leaves knives lying about."@en , "يترك السكاكين في كل مكان."@ar .
"""

IMAGE = "<img src=x onerror=alert(1)>"
BREAK = "</script></title></textarea></style><script>alert(2)</script>"
QUOTE = "\"'><svg onload=alert(3)>"
RUNS = "javascript:alert(4)"
TEMPLATE = "{{ 6*7 }} {% raw %} ${alert(5)} &lt;b&gt; %(num)s"
HOSTILE = BASE + "hostile"


def _said(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _turtle() -> str:
    """Return the hostile framework in Turtle."""
    place = f"comp:inFramework <{HOSTILE}> ; comp:partOf"
    return f"""{PREFIXES}
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<{HOSTILE}> a comp:Framework ; rdfs:label {_said(IMAGE)}@en ;
    dcterms:description {_said(BREAK)}@en ; dcterms:source <{RUNS}> ;
    dcterms:publisher [ a org:Organization ; rdfs:label {_said(QUOTE)} ; rdfs:seeAlso <{RUNS}> ] ;
    rdfs:seeAlso <{RUNS}> , <data:text/html,%3Cscript%3Ealert(6)%3C/script%3E> , <JaVaScRiPt:alert(7)> ;
    dcterms:issued {_said(IMAGE)} ; dcterms:identifier {_said(QUOTE)} .
<{HOSTILE}/1> a comp:Group ; {place} <{HOSTILE}> ; comp:position 1 ; rdfs:label {_said(QUOTE)}@en ;
    skos:closeMatch <{RUNS}> .
<{HOSTILE}/1/1> a comp:PositiveIndicator ; {place} <{HOSTILE}/1> ; comp:position 1 ;
    comp:text {_said(BREAK)}@en ; comp:code [ skos:notation {_said(IMAGE)} ] ;
    skos:closeMatch <{BASE}baking/1/1> , <{RUNS}> .
<{HOSTILE}/1/2> a comp:NegativeIndicator ; {place} <{HOSTILE}/1> ; comp:position 2 ;
    comp:text {_said(TEMPLATE)}@en ; comp:example {_said(IMAGE)} .
<{RUNS}> a comp:Note ; {place} <{HOSTILE}> ; comp:position 2 ; rdfs:label {_said(RUNS)}@en .
"""


def publish_site(place: Path) -> Path:
    """Publish all of it and return the directory."""
    directory = publish_all(place)
    publish(directory, graph_of(KITCHEN).graphs(), gate=False, note="kitchen")
    publish(directory, graph_of(_turtle()).graphs(), gate=False, note=IMAGE)
    return place
