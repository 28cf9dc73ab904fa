"""The tests of protocol, description and graph store: their requests, read from the manifests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.w3c.manifests import BASE, MF, RDF, RDFS, UT, Triples

CNT = "http://www.w3.org/2011/content#"
HT = "http://www.w3.org/2011/http#"
HTS = "http://www.w3.org/2011/http-statusCodes#"
MANIFESTS = (
    "protocol/manifest.ttl",
    "service-description/manifest.ttl",
    "graph-store-protocol/manifest-direct.ttl",
    "graph-store-protocol/manifest-indirect.ttl",
)
KINDS = ("ProtocolTest", "ServiceDescriptionTest", "GraphStoreProtocolTest")
STATUSES = {
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
    "OK": (200,),
    "Created": (201,),
    "NoContent": (204,),
    "NotFound": (404,),
}


@dataclass(frozen=True)
class Message:
    """What is sent, or what has to come back: headers and a text."""

    headers: dict[str, str]
    text: str | None
    encoding: str

    @property
    def media(self) -> str:
        """Return the media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()


@dataclass(frozen=True)
class Exchange:
    """One request and what its answer has to be."""

    method: str
    target: str
    sent: Message
    statuses: frozenset[int]
    expected: Message
    boolean: bool | None
    form: str  # of the results: "boolean", "tabular", "RDF", or nothing
    location: str  # the variable that stands for the header Location from here on, or nothing

    def is_update(self, test: str) -> bool:
        """Whether this goes to the address for updates."""
        fields = parse_qs(urlsplit(self.target).query)
        if self.sent.media == "application/x-www-form-urlencoded" and self.sent.text:
            fields |= parse_qs(self.sent.text)
        direct = self.sent.media == "application/sparql-update"
        return direct or "update" in fields or test.startswith("bad_update_")


@dataclass(frozen=True)
class Script:
    """A test over HTTP: graphs that have to be there, and exchanges in their order."""

    name: str
    kind: str
    graphs: dict[str, Path]
    exchanges: tuple[Exchange, ...]


def scripts(root: Path) -> list[Script]:
    """Return the tests over HTTP: also the one that is in its file but in no list of entries."""
    found = []
    for place in MANIFESTS:
        manifest = Triples(root / place, BASE + place)
        found += [_script(manifest, test, root) for test in manifest.typed(*KINDS)]
    return found


def _script(manifest: Triples, test: str, root: Path) -> Script:
    graphs = {
        manifest.one(node, RDFS + "label"): root
        / manifest.one(node, UT + "graph").removeprefix(BASE)
        for node in manifest.all(test, UT + "graphData")
    }
    requests = manifest.items(manifest.one(manifest.one(test, MF + "action"), HT + "requests"))
    return Script(
        name=test.rpartition("#")[2],
        kind=manifest.one(test, RDF + "type").removeprefix(MF),
        graphs=graphs,
        exchanges=tuple(_exchange(manifest, request) for request in requests),
    )


def _exchange(manifest: Triples, node: str) -> Exchange:
    answer = manifest.one(node, HT + "resp")
    named = [name.removeprefix(HTS) for name in manifest.all(answer, MF + "expectedStatus")]
    boolean = manifest.one(answer, MF + "expectedBoolean")
    return Exchange(
        method=manifest.one(node, HT + "methodName"),
        target=manifest.one(node, HT + "absolutePath"),
        sent=_message(manifest, node),
        statuses=frozenset(code for name in named for code in STATUSES[name]),
        expected=_message(manifest, answer),
        boolean=boolean == "true" if boolean else None,
        form=manifest.one(answer, MF + "expectedFormat"),
        location=manifest.one(answer, MF + "expectedLocation"),
    )


def _message(manifest: Triples, node: str) -> Message:
    headers = {
        manifest.one(header, HT + "fieldName").lower(): manifest.one(header, HT + "fieldValue")
        for header in manifest.items(manifest.one(node, HT + "headers"))
    }
    body = manifest.one(node, HT + "body")
    text = manifest.one(body, CNT + "chars") if body else None
    return Message(headers, text, manifest.one(body, CNT + "characterEncoding") or "UTF-8")
