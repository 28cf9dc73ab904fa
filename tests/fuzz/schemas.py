"""The OpenAPI document against a running server, by schemathesis in an environment of its own.

Its dependencies come into nobody's environment: it is installed below ``.venv`` when it is first
wanted. The server has a new data directory each time, and is asked with the token and without.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.fuzz.running import KEPT
from tests.servers import TOKEN, server

VERSION = "4.32.5"
_ROOT = Path(__file__).resolve().parents[2]
_PLACE = _ROOT / ".venv" / "schemathesis"
_CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_headers_conformance", "response_schema_conformance", "missing_required_header",
    "unsupported_method", "allow_header_conformance", "ignored_auth",
)  # fmt: skip
_SHOWN = 12_000  # characters of what it says


def installed() -> Path:
    """Return the program, which is installed where it is not yet."""
    program = _PLACE / "bin" / "schemathesis"
    if not program.exists():
        print(f"installing schemathesis {VERSION} into {_PLACE.relative_to(_ROOT)}", flush=True)
        venv.create(_PLACE, with_pip=True, clear=True)
        words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([_PLACE / "bin" / "python", *words, f"schemathesis=={VERSION}"], check=True)
    return program


def disagreements(seconds: float, seed: int, *, token: bool) -> tuple[int, str]:
    """Return how many requests were sent, and where document and server disagree ("" nowhere)."""
    program = installed()
    kept = KEPT / "openapi"
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="competency-fuzz-") as place:
        data = _published(Path(place) / "data")
        with server("--data", data, "--timeout", "5") as running:
            words: list[str | Path] = [
                program, "run", f"http://127.0.0.1:{running.port}/openapi.json", "--no-color",
                "--checks", ",".join(_CHECKS), "--phases", "coverage,fuzzing", "--seed", str(seed),
                "--max-time", str(int(seconds) + 1), "--max-redirects", "0", "--warnings", "off",
                "--continue-on-failure", "--request-timeout", "120",
            ]  # fmt: skip
            words += ["--header", f"Authorization: Bearer {TOKEN}"] if token else []
            done = subprocess.run(words, cwd=kept, capture_output=True, text=True)
    said = done.stdout + done.stderr
    return _number_of_requests(said), said[-_SHOWN:] if done.returncode else ""


def _published(place: Path) -> Path:
    names = ("pub-cscf.ttl", "wcc-behaviours.ttl", "hkqf-111334L3.ttl", "alignments.sssom.tsv")
    files = [_ROOT / "graph" / name for name in names]
    words: list[str | Path] = [
        sys.executable,
        "-m",
        "competency",
        "publish",
        "--no-gate",
        "--data",
        place,
        *files,
    ]
    subprocess.run(words, check=True, capture_output=True)
    return place


def _number_of_requests(said: str) -> int:
    line = next((line for line in said.splitlines() if " generated" in line), "0")
    return int(line.split()[0].replace(",", ""))
