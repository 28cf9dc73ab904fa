"""The W3C tests of the SPARQL 1.1 Protocol, Service Description and Graph Store Protocol."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from tests.w3c import comparing
from tests.w3c.client import Answer, Endpoint
from tests.w3c.engines import OverHttp
from tests.w3c.exchanges import Exchange, Script, scripts
from tests.w3c.manifests import NO_SUITE, RDF, suite

pytestmark = pytest.mark.slow

place = suite()
SCRIPTS = scripts(place) if place else []
XML, JSON = "application/sparql-results+xml", "application/sparql-results+json"
FORMS = {
    "boolean": {XML, JSON},
    "tabular": {XML, JSON, "text/csv", "text/tab-separated-values"},
    "RDF": {
        "application/rdf+xml",
        "text/turtle",
        "application/n-triples",
        "application/n-quads",
        "application/trig",
        "application/ld+json",
    },
}
SD = "http://www.w3.org/ns/sparql-service-description#"
# The schema of a service description: each property leads from a class to a class, or anywhere.
SCHEMA = {
    "endpoint": ("Service", ""),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "inputFormat": ("Service", ""),
    "resultFormat": ("Service", ""),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", ""),
    "graph": ("NamedGraph", "Graph"),
}
KNOWN = {
    "feature": {
        "DereferencesURIs",
        "UnionDefaultGraph",
        "RequiresDataset",
        "EmptyGraphs",
        "BasicFederatedQuery",
    },
    "supportedLanguage": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
}
BROADER = {"Dataset": "GraphCollection", "NamedGraph": "Graph"}


def _named(*kinds: str) -> list[object]:
    return [pytest.param(s, id=s.name) for s in SCRIPTS if s.kind in kinds] or [NO_SUITE]


@pytest.mark.skipif(not place, reason="no folder ../shared with the W3C tests here")
def test_all_51_tests_over_http_are_found_in_the_manifests() -> None:
    kinds = [script.kind for script in SCRIPTS]
    assert [kinds.count(kind) for kind in sorted(set(kinds))] == [14, 34, 3]


@pytest.mark.parametrize("script", _named("ProtocolTest"))
def test_the_protocol_is_followed(script: Script, endpoint: Endpoint) -> None:
    if script.graphs:
        OverHttp(endpoint).load({})
    for name, path in script.graphs.items():
        headers = {"Content-Type": "application/n-triples"}
        answer = endpoint.send("PUT", endpoint.graph(name), headers, path.read_bytes())
        assert answer.status in (200, 201, 204), answer
    _play(script, endpoint)


@pytest.mark.parametrize("script", _named("GraphStoreProtocolTest"))
def test_the_graph_store_is_kept(script: Script, endpoint: Endpoint) -> None:
    OverHttp(endpoint).load({})
    _play(script, endpoint)


@pytest.mark.parametrize("script", _named("ServiceDescriptionTest"))
def test_the_service_is_described(script: Script, endpoint: Endpoint) -> None:
    answer = endpoint.send("GET", endpoint.query)
    assert answer.status == 200 and answer.media in FORMS["RDF"], answer
    graph = ox.Dataset(comparing.parse(answer.media, answer.body, endpoint.query))
    assert len(graph) > 0
    if script.name == "has-endpoint-triple":
        found = graph.quads_for_predicate(ox.NamedNode(SD + "endpoint"))
        assert [str(quad.object) for quad in found] == [f"<{endpoint.query}>"]
    if script.name == "conforms-to-schema":
        assert _against_the_schema(graph) == []


def _play(script: Script, endpoint: Endpoint) -> None:
    """Send the requests in their order and check each answer."""
    variables: dict[str, str] = {}
    for exchange in script.exchanges:
        answer = _send(exchange, script, endpoint, variables)
        asked = f"{exchange.method} {exchange.target}"
        assert answer.status in exchange.statuses, f"{asked}: {answer}"
        assert _mistakes(exchange, answer) == [], f"{asked}: {answer}"
        if exchange.location:
            variables[exchange.location] = answer.headers["location"]


def _send(
    exchange: Exchange, script: Script, endpoint: Endpoint, variables: dict[str, str]
) -> Answer:
    target, text = exchange.target, exchange.sent.text
    for variable, value in variables.items():
        target = target.replace(variable, value)
        text = text and text.replace(variable, value)
    if target.startswith("/gsp"):
        url = endpoint.graphs + target.removeprefix("/gsp")
    else:
        start = endpoint.update if exchange.is_update(script.name) else endpoint.query
        url = start + target.removeprefix("/sparql/")
    body = None if text is None else text.encode(exchange.sent.encoding)
    return endpoint.send(exchange.method, url, exchange.sent.headers, body)


def _mistakes(exchange: Exchange, answer: Answer) -> list[str]:
    """Say what an answer with a good status lacks."""
    wanted, found = exchange.expected, []
    if wanted.media and answer.media != wanted.media:
        found.append(f"the media type is {answer.media!r}, not {wanted.media}")
    if exchange.form and answer.media not in FORMS[exchange.form]:
        found.append(f"{answer.media!r} is no media type for {exchange.form}")
    if exchange.boolean is not None and _outcome(answer) != exchange.boolean:
        found.append(f"the answer is not {exchange.boolean}")
    if exchange.location and "location" not in answer.headers:
        found.append("there is no header Location")
    if wanted.text is not None:
        graph = comparing.outcome(wanted.media, wanted.text.encode(wanted.encoding))
        found += filter(None, [comparing.differ(graph, _outcome(answer))])
    return found


def _outcome(answer: Answer) -> comparing.Outcome:
    return comparing.outcome(answer.media, answer.body)


def _against_the_schema(graph: ox.Dataset) -> list[str]:
    """Return the triples that the schema of service descriptions does not allow."""
    kinds: dict[str, set[str]] = {}
    for quad in graph.quads_for_predicate(ox.NamedNode(RDF + "type")):
        kind = str(quad.object)[1:-1].removeprefix(SD)
        kinds.setdefault(str(quad.subject), set()).update({kind, BROADER.get(kind, kind)})
    services = [node for node, found in kinds.items() if "Service" in found]
    mistakes = [] if len(services) == 1 else [f"{len(services)} services"]
    for quad in graph:
        if quad.predicate.value.startswith(SD):
            mistakes += _mistake(quad, kinds)
    return mistakes


def _mistake(quad: ox.Quad, kinds: dict[str, set[str]]) -> list[str]:
    """Return a triple that the schema does not allow; a class may be left unsaid."""
    name, value = quad.predicate.value.removeprefix(SD), str(quad.object)[1:-1]
    if name not in SCHEMA or isinstance(quad.object, ox.Literal):
        return [str(quad)]
    of, to = SCHEMA[name]
    unlike = of not in kinds.get(str(quad.subject), {of})
    unlike = unlike or (bool(to) and to not in kinds.get(str(quad.object), {to}))
    unknown = value.startswith(SD) and value.removeprefix(SD) not in KNOWN.get(name, ())
    return [str(quad)] if unlike or unknown else []
