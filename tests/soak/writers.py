"""Requests that write: over HTTP in every way there is, and from the command line beside it."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from tests.servers import BEARER
from tests.soak.client import FORMATS, Answer, Client
from tests.soak.content import LINKS, NAMES, PAIR, facts_of, iri_of, turtle_of
from tests.soak.model import BY, COUNTER, Change, Ledger, Write

ALONE = [name for name in NAMES if name not in PAIR]
GOING = ("e", "f")  # these two are also taken out now and then
_UNKNOWN = "not known"  # what the server says when it cannot tell whether a write was published
_UPDATE = BEARER | {"Content-Type": "application/sparql-update"}
_ONE_MORE = """PREFIX s: <urn:soak:>
DELETE { GRAPH s:counter { s:c ?p ?o } }
INSERT { GRAPH s:counter { s:c s:count ?n ; s:by BY } }
WHERE { OPTIONAL { GRAPH s:counter { s:c s:count ?b } } OPTIONAL { GRAPH s:counter { s:c ?p ?o } }
        BIND(COALESCE(?b, 0) + 1 AS ?n) }"""


class Writers:
    """Sends writes and notes in the ledger what was promised."""

    def __init__(self, place: Path, ledger: Ledger, scratch: Path) -> None:
        """Write to the server on ``place``; files for the command line go to ``scratch``."""
        self._place, self._ledger, self._scratch = place, ledger, scratch
        self._removing = threading.Lock()
        self.wrong: list[str] = []

    # -------------------------------------------------------------- over HTTP

    def put(self, client: Client, chance: random.Random) -> Answer:
        """Put a new version of a framework, in any syntax."""
        name, suffix = chance.choice([*ALONE, LINKS]), chance.choice(["ttl", "nt", "ttl", "nq"])
        version = self._ledger.version()
        body, kind = document(name, version, suffix)
        headers = BEARER | {"Content-Type": kind}
        write = self._begin(f"PUT {name} version {version} as {suffix}", {name: version})
        return self._end(write, client.ask("PUT", address(name), body, headers))

    def update(self, client: Client, chance: random.Random) -> Answer:
        """Publish by SPARQL Update: one framework, two at once, or one more on the counter."""
        version = self._ledger.version()
        names = chance.choice([(chance.choice(ALONE),), PAIR])
        if chance.random() < 0.5:
            text = _ONE_MORE.replace("BY", str(version))
            write = self._begin(f"counter by {version}", {COUNTER: 0, BY: version})
        else:
            text = replacing(names, version)
            write = self._begin(f"UPDATE {names} to {version}", dict.fromkeys(names, version))
        return self._end(write, client.ask("POST", "/update", text.encode(), _UPDATE))

    def remove(self, client: Client, chance: random.Random) -> Answer:
        """Take a framework out, or bring it back by POST where it is out."""
        name = chance.choice(GOING)
        with self._removing:
            write = self._begin(f"DELETE {name}", {name: None})
            return self._end(write, client.ask("DELETE", address(name), None, dict(BEARER)))

    def refused(self, client: Client, chance: random.Random) -> Answer:
        """Send what the shapes refuse, what nobody can read, or without the token."""
        name, version = chance.choice(ALONE), self._ledger.version()
        turtle, headers = turtle_of(name, version), BEARER | {"Content-Type": "text/turtle"}
        spoilt: list[tuple[str, dict[str, str], int]] = [
            (turtle.replace('rdfs:label "Trade', 'rdfs:comment "Trade'), headers, 422),
            (turtle[:-40], headers, 400),
            (turtle, {"Content-Type": "text/turtle"}, 401),
            (turtle, headers | {"Authorization": "Bearer no"}, 401),
            (turtle, headers | {"Content-Type": "text/weird"}, 415),
        ]
        body, said, status = chance.choice(spoilt)
        write = self._begin(f"refused PUT {name} version {version}", {name: version})
        answer = self._end(write, client.ask("PUT", address(name), body.encode(), said))
        if answer.status not in (status, 503, 0):
            self.wrong.append(f"expected {status}: {answer.short}")
        return answer

    def _begin(self, what: str, change: Change) -> Write:
        return self._ledger.begin(what, change, time.monotonic())

    def _end(self, write: Write, answer: Answer) -> Answer:
        if answer.status in (200, 201, 204):
            self._ledger.end(write, "in", answer.ended, answer.headers.get("edition", ""))
        elif answer.status == 0 or _UNKNOWN in answer.text:
            self._ledger.end(write, "unknown", answer.ended)
        else:
            self._ledger.end(write, "out", answer.ended)
        return answer

    # -------------------------------------------------------------- half, or nobody listening

    def half(self, chance: random.Random, send: Callable[[bytes, float], None]) -> None:
        """Send a write and leave: in the middle of it, or before its answer is there."""
        name, version = chance.choice(ALONE), self._ledger.version()
        body, kind = document(name, version, "ttl")
        head = f"PUT {address(name)} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
        head += f"Authorization: {BEARER['Authorization']}\r\nContent-Length: {len(body)}\r\n\r\n"
        whole = chance.random() < 0.5
        write = self._begin(f"vanished PUT {name} version {version}", {name: version})
        sent = body if whole else body[: chance.randrange(len(body))]
        send(head.encode() + sent, chance.random() * 0.5)
        self._ledger.end(write, "unknown" if whole else "out", time.monotonic())

    # -------------------------------------------------------------- from the command line

    def publish(self, chance: random.Random) -> Answer:
        """Publish with the command, one framework or the two that go together."""
        version = self._ledger.version()
        names = chance.choice([(chance.choice(ALONE),), PAIR])
        with tempfile.TemporaryDirectory(dir=self._scratch) as place:
            files = [Path(place, f"{name}.ttl") for name in names]
            for name, file in zip(names, files, strict=True):
                file.write_text(turtle_of(name, version), encoding="utf-8")
            write = self._begin(
                f"command: publish {names} {version}", dict.fromkeys(names, version)
            )
            answer = self._command("publish", *map(str, files))
        edition = answer.text.split()[0] if answer.status == 200 else ""
        fate = {200: "in"}.get(answer.status, "out")
        self._ledger.end(write, fate, answer.ended, edition)
        return answer

    def roll_back(self, chance: random.Random) -> Answer:
        """Publish an older edition again with the command."""
        names = sorted(self._ledger.states)[-6:]
        target = chance.choice(names) if names and chance.random() < 0.8 else None
        self._ledger.rolling = time.monotonic()
        answer = self._command("rollback", *(("--to", target) if target else ()))
        if answer.status == 200:
            self._ledger.roll_back(answer.text.split()[0], answer.began, answer.ended)
        self._ledger.rolling = math.inf
        return answer

    def verify(self, chance: random.Random) -> Answer:
        """Have all digests worked out again."""
        return self._command("verify")

    def _command(self, name: str, *words: str) -> Answer:
        line = [name, *words, "--data", str(self._place)]
        answer = Answer("competency " + " ".join(line), time.monotonic())
        done = subprocess.run(
            [sys.executable, "-m", "competency", *line], capture_output=True, check=False,
            env=os.environ | {"TMPDIR": str(self._scratch)},
        )  # fmt: skip
        answer.ended = time.monotonic()
        answer.status = 200 if done.returncode == 0 else 500 + done.returncode
        answer.body = done.stdout if done.returncode == 0 else done.stderr
        return answer


def address(name: str) -> str:
    """Return where a graph is written to."""
    return "/graphs?graph=" + quote(iri_of(name), safe="")


def document(name: str, version: int, suffix: str) -> tuple[bytes, str]:
    """Return a framework in a version and a syntax, and the media type of that."""
    if suffix == "ttl":
        return turtle_of(name, version).encode(), "text/turtle"
    lines = "".join(f"{line} .\n" for line in sorted(facts_of(name, version)))
    return lines.encode(), FORMATS["nt" if suffix == "nq" else suffix].media_type


def replacing(names: tuple[str, ...], version: int) -> str:
    """Return an update that puts versions in the place of what is there."""
    parts = [f"DROP SILENT GRAPH <{iri_of(name)}>" for name in names]
    for name in names:
        lines = " .\n".join(sorted(facts_of(name, version))).replace("_:", f"_:{name}")
        parts.append(f"INSERT DATA {{ GRAPH <{iri_of(name)}> {{ {lines} }} }}")
    return " ;\n".join(parts)
