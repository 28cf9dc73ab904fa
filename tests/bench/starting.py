"""What a start costs: of the server, of a check of one small file, of a command that only tells.

    python -m tests.bench.starting

Every round starts a fresh process of each kind, one after the other, and among them two whose
work never changes (Python that does nothing, Python that imports Flask): where those drift, the
machine does. Modules are compiled beforehand, as an installer does it. Nothing here depends on the
size of any data.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from competency._files import folder
from tests.bench.figures import Bed, Figure

ROUNDS, UNTIMED = 7, 1
_WAIT = 0.002  # seconds between attempts to connect
_PATIENCE = 60.0  # seconds until a start counts as failed
_ROOT = Path(__file__).parents[2]
_COMPETENCY = Path(sys.executable).with_name("competency")
_SMALL = folder("graph") / "wcc-behaviours.ttl"

Start = Callable[[], float]


def measure(bed: Bed) -> Iterator[Figure]:
    """Give the medians of fresh processes; ``bed`` only says who is told what goes on."""
    taken = _in_turns(_starts(), bed.tick)
    medians = {name: statistics.median(values) for name, values in taken.items()}
    note = (
        f"a bare Python start {medians['python'] * 1000:.0f} ms, "
        f"with Flask imported {medians['flask'] * 1000:.0f} ms"
    )
    for goal, name, what in _FIGURES:
        yield Figure(goal, 0, what, medians[name], "s", ROUNDS, note)
    yield Figure(
        "import-time",
        0,
        "imports of `competency validate`, by -X importtime",
        1000 * medians["importtime"],
        "ms",
        ROUNDS,
        note,
    )
    wall = [timed - bare for timed, bare in zip(taken["imports"], taken["python"], strict=True)]
    yield Figure(
        "import-time",
        0,
        "the same as wall time beyond a bare start",
        1000 * statistics.median(wall),
        "ms",
        ROUNDS,
        note,
    )


_FIGURES = (
    ("serve-start", "home", "`competency serve` until `/` is answered"),
    ("serve-start", "ready", "`competency serve` until `/ready` is answered"),
    ("validate", "validate", "`competency validate` of one small file"),
    ("version", "version", "`competency --version`"),
    ("help", "help", "`competency --help`"),
)


def _starts() -> dict[str, Start]:
    """Return what is timed: by name, a function that gives the seconds of one fresh process."""
    validate = ("validate", str(_SMALL))
    return {
        "python": lambda: _run(sys.executable, "-c", "pass"),
        "version": lambda: _run(_COMPETENCY, "--version"),
        "help": lambda: _run(_COMPETENCY, "--help"),
        "validate": lambda: _run(_COMPETENCY, *validate),
        "importtime": lambda: _import_time(*validate),
        "imports": lambda: _imports(*validate),
        "home": lambda: _served("/"),
        "ready": lambda: _served("/ready"),
        "flask": lambda: _run(sys.executable, "-c", "import flask"),
    }


def _in_turns(starts: Mapping[str, Start], tick: Callable[[str], None]) -> dict[str, list[float]]:
    """Run each in turn, and all again for each round; the first rounds only warm the disk."""
    taken: dict[str, list[float]] = {name: [] for name in starts}
    for number in range(UNTIMED + ROUNDS):
        for name, start in starts.items():
            tick(f"starting, round {number} of {ROUNDS}: {name}")
            seconds = start()
            if number >= UNTIMED:
                taken[name].append(seconds)
    return taken


def _environment() -> dict[str, str]:
    """Return an environment in which Python keeps what it has compiled, wherever that is off."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def _run(*words: str | Path) -> float:
    """Return how long a command takes; CalledProcessError where it fails."""
    started = time.perf_counter()
    _output(*words)
    return time.perf_counter() - started


def _output(*words: str | Path) -> str:
    """Return what a command says on the side; CalledProcessError where it fails."""
    done = subprocess.run(
        words, cwd=_ROOT, env=_environment(), capture_output=True, text=True, check=True
    )
    return done.stderr


def _import_time(*words: str) -> float:
    """Return the seconds that a command spends in importing, by the interpreter's own count."""
    told = _output(sys.executable, "-X", "importtime", "-m", "competency", *words)
    return sum(_microseconds(line) for line in told.splitlines()) / 1_000_000


def _microseconds(line: str) -> int:
    """Return the time of one module itself, without those it imports.

    >>> _microseconds("import time:       275 |     453544 | competency.cli")
    275
    """
    own = line.removeprefix("import time:").partition("|")[0].strip()
    return int(own) if line.startswith("import time:") and own.isdigit() else 0


def _imports(*words: str) -> float:
    """Return how long a process takes that imports what a command has imported at its end."""
    listing = "import sys; sys.argv[0] = 'competency'\nfrom competency.cli import main\n"
    listing += "try:\n    main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    names = _output(sys.executable, "-c", listing, *words).split()
    ours = [name for name in names if name.isidentifier() or name.replace(".", "_").isidentifier()]
    wanted = "\n".join(f"import {name}" for name in ours if not name.startswith("__m"))
    return _run(sys.executable, "-c", wanted)


def _served(path: str) -> float:
    """Return the seconds from the start of a server until it has answered a request with 200."""
    port = _free_port()
    words = [str(_COMPETENCY), "serve", "--port", str(port)]
    started = time.perf_counter()
    with subprocess.Popen(
        words, cwd=_ROOT, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            while _status(port, path) != 200:
                if server.poll() is not None:
                    raise RuntimeError(f"the server ended before {path} was answered")
                if time.perf_counter() - started > _PATIENCE:
                    raise TimeoutError(f"{path} was not answered in {_PATIENCE:g} seconds")
                time.sleep(_WAIT)
            return time.perf_counter() - started
        finally:
            server.send_signal(signal.SIGTERM)


def _status(port: int, path: str) -> int:
    """Return the status of an answer that was read whole, 0 while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return 0
    finally:
        connection.close()
    return answer.status


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        bed = Bed(0, place, place, place, lambda doing: print(doing, end="\r", file=sys.stderr))
        for figure in measure(bed):
            print(f"{figure.what:55} {figure.value:8.3f} {figure.unit}  ({figure.note})")


if __name__ == "__main__":
    main()
