"""A server in a process of its own, as an operator starts it; stopped by its process id."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOKEN = "a-token-for-tests"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@dataclass
class Server:
    """A running server: its port and its process."""

    port: int
    process: subprocess.Popen[str]

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> tuple[int, dict[str, str], bytes]:
        """Send one request and return status, headers (names in small letters) and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return response.status, named, response.read()
        finally:
            connection.close()

    def is_in_memory(self, seconds: float) -> bool:
        """Wait until what it serves is held in memory, for so long; say whether it is."""
        until = time.monotonic() + seconds
        while b"\ncompetency_in_memory 1" not in self.ask("GET", "/metrics")[2]:
            if time.monotonic() > until:
                return False
            time.sleep(0.2)
        return True

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def started(*words: str | Path, token: bool = True) -> Server:
    """Start a server; AssertionError with what it said when it does not come up."""
    environment = {**os.environ, "COMPETENCY_WRITE_TOKEN": TOKEN if token else ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "competency", "serve", "--port", "0", *map(str, words)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        if line.startswith("serving on http://127.0.0.1:"):
            return Server(int(line.split(":")[2].partition("/")[0]), process)
        said.append(line)
    process.wait()
    process.stderr.close()
    raise AssertionError("".join(said))


@contextmanager
def server(*words: str | Path, token: bool = True) -> Iterator[Server]:
    """Give a running server and end it gently afterwards."""
    running = started(*words, token=token)
    try:
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        try:
            running.process.wait(30)
        finally:
            if running.process.stderr is not None:
                running.process.stderr.close()
