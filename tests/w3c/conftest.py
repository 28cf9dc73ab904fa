"""A server of our own for the W3C tests, or the one that COMPETENCY_W3C_ENDPOINT names."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.w3c.client import Endpoint

_READY = re.compile(r"serving on (http://\S+?)/? ")
_START = 60.0  # seconds that the server may take to start
_STOP = 20.0


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Return the server that is tested: three addresses in the environment, or our own."""
    token = secrets.token_hex(16)
    if given := os.environ.get("COMPETENCY_W3C_ENDPOINT"):
        query, update, graphs = given.split()
        found = Endpoint(query, update, graphs, token, ours=False)
        yield found
        found.close()
        return
    with _serving(tmp_path_factory.mktemp("w3c"), token) as url:
        found = Endpoint(f"{url}/sparql", f"{url}/update", f"{url}/graphs", token)
        yield found
        found.close()


@contextmanager
def _serving(place: Path, token: str) -> Iterator[str]:
    """Run ``competency serve`` in a process of its own; give its address, and end it after."""
    command = [sys.executable, "-m", "competency", "serve", "--data", str(place / "data")]
    command += ["--no-gate", "--default-graph", "own", "--port", "0"]
    said = place / "stderr.txt"
    environment = {**os.environ, "COMPETENCY_WRITE_TOKEN": token}
    with said.open("wb") as stderr:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=stderr, env=environment
        )
    try:
        yield _address(process, said)
    finally:
        process.terminate()
        try:
            process.wait(_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    """Wait until the server says where it is."""
    end = time.monotonic() + _START
    while time.monotonic() < end:
        if ready := _READY.search(said.read_text(encoding="utf-8", errors="replace")):
            return ready[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    text = said.read_text(encoding="utf-8", errors="replace")
    pytest.fail(f"the server did not start (exit {process.poll()}): {text[-2000:]}")
