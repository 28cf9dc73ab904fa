"""A server in a process of its own, as an operator starts it; stopped by its process id."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

TOKEN = "a-token-for-tests"  # noqa: S105
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@dataclass
class Server:
    """A running server: its port, its process, and what it says on standard error."""

    port: int
    process: subprocess.Popen[bytes]
    log: BinaryIO

    def said(self) -> str:
        """Return all that it has said; the place where it goes on writing stays."""
        handle = self.log.fileno()
        return os.pread(handle, os.fstat(handle).st_size, 0).decode(errors="replace")

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

    def wait_for_running(self, number: int, seconds: float = 60) -> None:
        """Wait until so many queries run; AssertionError with how many there were past that time."""
        until = time.monotonic() + seconds
        while (found := self._running()) != number:
            assert time.monotonic() < until, f"{found} queries run, not {number}"
            time.sleep(0.05)

    def _running(self) -> int:
        lines = self.ask("GET", "/metrics")[2].decode().splitlines()
        row = next(line for line in lines if line.startswith("competency_queries_running"))
        return int(float(row.split()[1]))

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def started(*words: str | Path, token: bool = True) -> Server:
    """Start a server; AssertionError with what it said when it does not come up."""
    given = {name: value for name, value in os.environ.items() if "COMPETENCY_" not in name}
    log = tempfile.TemporaryFile()  # noqa: SIM115 - a pipe that nobody reads would stop it once that is full
    process = subprocess.Popen(
        [sys.executable, "-m", "competency", "serve", "--port", "0", *map(str, words)],
        stderr=log,
        stdout=subprocess.DEVNULL,
        env=given | {"COMPETENCY_WRITE_TOKEN": TOKEN if token else ""},
    )
    running = Server(0, process, log)
    until = time.monotonic() + 120
    while not (found := re.search(r"^serving on http://127\.0\.0\.1:(\d+)/", running.said(), re.M)):
        if process.poll() is not None or time.monotonic() > until:
            running.kill()
            with log:
                raise AssertionError(running.said() or "it says nothing")
        time.sleep(0.02)
    running.port = int(found[1])
    return running


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
            running.log.close()
