"""Every type of page, once: where it is, on which server, and what it needs to come about.

What is asked of all pages (accessibility, weight, width, no script, time to render) goes over this
table, so a new type of page is one line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from competency._files import folder

BASE = "https://w3id.org/competency/id/"
WHO = "SELECT ?framework ?title { ?framework a comp:Framework ; rdfs:label ?title }"
DOCUMENT = """Serving people

1 Listening
  1.1 Hears people out before answering
  1.2 Asks back when something is unclear
2 Helping
  Does not:
  • Interrupts people
"""
FAULTY = (folder("server") / "static" / "example-bakery.ttl").read_text(encoding="utf-8")
SOUND = (folder("graph") / "pub-cscf.ttl").read_text(encoding="utf-8")
BROKEN = FAULTY.replace("comp:position 3 ;", "comp:position 3", 1)


@dataclass(frozen=True)
class PageType:
    """A type of page, by an example of it.

    ``site`` is the server it is on: "shipped" serves the frameworks of this repository, "published"
    a data directory with several editions. ``document`` is a text to send with the form.
    """

    name: str
    path: str
    site: Literal["shipped", "published"] = "shipped"
    status: int = 200
    document: str = ""

    def __str__(self) -> str:
        return self.name


def _iri(path: str) -> str:
    return quote(BASE + path, safe="/:")


def _shipped(name: str, path: str, **more: int | str) -> PageType:
    return PageType(name, path, "shipped", **more)  # type: ignore[arg-type]


def _published(name: str, path: str, **more: int | str) -> PageType:
    return PageType(name, path, "published", **more)  # type: ignore[arg-type]


PAGE_TYPES = (
    _shipped("home", "/"),
    _shipped("home in French", "/?lang=fr"),
    _shipped("framework", "/page/wcc-behaviours"),
    _shipped("framework, all open", "/page/nos-pss-spo109?open=all"),
    _shipped("framework in French", "/page/pub-cscf?lang=fr"),
    _shipped("framework by level", "/page/pub-cscf?view=levels"),
    _shipped("competency with levels", "/page/pwgsc-client-service/competency"),
    _shipped("group", "/page/pub-cscf/g1"),
    _shipped("competency", "/page/wcc-behaviours/v1/c1"),
    _shipped("unit", "/page/nos-pss-spo109/1"),
    _shipped("statement", "/page/nos-pss-spo109/1/pc/8"),
    _shipped("unhelpful behaviour", "/page/wcc-behaviours/v1/unhelpful/1"),
    _shipped("level", "/page/pub-cscf/c01/base"),
    _shipped("scale", "/page/pwgsc-client-service/scale"),
    _shipped("source", "/page/nos-pss-spo109/source"),
    _shipped("publisher", "/page/nos-pss-spo109/org/sqa"),
    _shipped("code", "/page/nos-pss-spo109/code/pss-spo109"),
    _shipped("alignment", "/page/alignments/pub-wcc/1"),
    _shipped("set of alignments", "/page/alignments"),
    _shipped("forms of a thing", "/data/wcc-behaviours/v1/c1.alt.html"),
    _shipped("search", "/search"),
    _shipped("search results", "/search?q=customer"),
    _shipped("search results in French", "/search?q=service&lang=fr"),
    _shipped("choice of a comparison", "/compare"),
    _shipped(
        "comparison", f"/compare?left={_iri('pwgsc-client-service')}&right={_iri('wcc-behaviours')}"
    ),
    _shipped("choice of frameworks to align", "/align"),
    _shipped(
        "suggestions",
        f"/align?left={_iri('pub-cscf')}&right={_iri('wcc-behaviours')}&contrasts=1",
    ),
    _shipped("suggestions in French", "/align?left=pub-cscf&right=nos-pss-spo109&lang=fr"),
    _shipped("choice of a crosswalk", "/crosswalk"),
    _shipped(
        "crosswalk with chains",
        "/crosswalk?framework=pub-cscf&framework=pwgsc-client-service&framework=hkqf-111334L3&chains=3",
    ),
    _shipped(
        "crosswalk in French", "/crosswalk?framework=pub-cscf&framework=hkqf-111334L3&lang=fr"
    ),
    _shipped("part that others ask for", "/page/wcc-behaviours/v1/c1/b2"),
    _shipped("graph of all", "/wander"),
    _shipped("graph of a framework", f"/wander?iri={_iri('wcc-behaviours')}"),
    _shipped("query", "/sparql"),
    _shipped("question", "/sparql?question=negative-indicators"),
    _shipped("answer", f"/sparql?query={quote(WHO)}"),
    _shipped("query that is wrong", "/sparql?query=SELECT", status=400),
    _shipped("exports", f"/export?iri={_iri('wcc-behaviours')}"),
    _shipped("losses in French", f"/export?iri={_iri('pub-cscf')}&format=case&lang=fr"),
    _shipped("import", "/import"),
    _shipped("draft", "/import", document=DOCUMENT),
    _shipped("import of data", "/import", document=SOUND),
    _shipped("import that cannot be read", "/import", document=BROKEN, status=400),
    _shipped("check", "/validate"),
    _shipped("report in French", "/validate?lang=fr", document=FAULTY),
    _shipped("report with faults", "/validate", document=FAULTY),
    _shipped("report without faults", "/validate", document=SOUND),
    _shipped("report of a document in words", "/validate", document=DOCUMENT),
    _shipped("text that cannot be read", "/validate", document=BROKEN, status=400),
    _shipped("vocabulary", "/ns"),
    _shipped("term", "/ns/NegativeIndicator"),
    _shipped("shapes", "/shapes"),
    _shipped("shape", "/shapes/PositionTwice"),
    _shipped("data set", "/dataset"),
    _shipped("no editions", "/editions"),
    _shipped("no history", f"/history?iri={_iri('wcc-behaviours')}"),
    _shipped("not found", "/page/nothing", status=404),
    _published("editions", "/editions"),
    _published("edition", "/editions/2"),
    _published("history", "/history/baking"),
    _published("changes", f"/changes?iri={_iri('baking')}&from=1&to=2"),
    _published("older edition", "/page/baking?edition=1"),
    _published("gone", "/page/baking/1/2", status=410),
    _published("right to left", "/page/kitchen?lang=ar"),
    _published("statement from right to left", "/page/kitchen/1/1?lang=ar"),
)
