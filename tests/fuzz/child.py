"""A process that does one job again and again, with limits; its death is told, not suffered.

    with Child("tests.fuzz.guard:run") as child:
        child.ask(("ASK {}", "query"))

Engines and parsers written in C crash, hang and eat memory. So they work in a child: a crash, more
than CPU_SECONDS of work or more than MEMORY bytes is an AssertionError here that says so. Limits
are for what is out of all proportion, and count work, not time: the machine may be busy.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import time
import traceback
from types import TracebackType
from typing import IO, Any, Self

CPU_SECONDS = 30  # of one job
PATIENCE = 600.0  # seconds that a job may wait for its turn on a busy machine
MEMORY = 3 << 30  # bytes of addresses, all libraries included


class Child:
    """A process that calls one function with what it is sent, and sends back what that returns."""

    def __init__(self, job: str, cpu: int = CPU_SECONDS) -> None:
        """Name the function as ``module:function``; it is started with the first job."""
        self._job, self._cpu = job, cpu
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start nothing yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the process."""
        self.close()

    def ask(self, asked: Any) -> Any:
        """Return what the job returns; AssertionError where it raised, died or took too much."""
        process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None
        try:
            pickle.dump(asked, process.stdin)
            process.stdin.flush()
            ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
            assert ready, f"hangs: no answer after {PATIENCE:.0f} seconds"
            fine, answer = pickle.load(process.stdout)  # noqa: S301 - from our own child
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            raise AssertionError(self._last_words(process)) from None
        except BaseException:
            self.close()
            raise
        assert fine, f"an error that is not ours in the child:\n{answer}"
        return answer

    def close(self) -> None:
        """Kill the process, where there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    _close(pipe)
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.child", self._job, str(self._cpu)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def _last_words(self, process: subprocess.Popen[bytes]) -> str:
        code = process.wait(PATIENCE)
        self.close()
        if code == -signal.SIGXCPU:
            return f"takes more than {self._cpu} seconds of work"
        name = signal.Signals(-code).name if code < 0 else f"exit {code}"
        return f"the process died of {name}"


def _close(pipe: IO[bytes]) -> None:
    with contextlib.suppress(BrokenPipeError):
        pipe.close()


def confine(cpu: int, memory: int = MEMORY) -> None:
    """Give this process its memory, and ``cpu`` more seconds of work."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allow(cpu)


def allow(cpu: int) -> None:
    """Let this process work so many seconds from now on."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + cpu + 1, most))


def main() -> None:
    """Do jobs until there are none."""
    module, _, name = sys.argv[1].partition(":")
    cpu = int(sys.argv[2])
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    job = getattr(importlib.import_module(module), name)
    confine(cpu)
    while True:
        try:
            asked = pickle.load(inward)  # noqa: S301 - from our own parent
        except EOFError:
            return
        allow(cpu)
        try:
            answer = True, job(asked)
        except BaseException:  # noqa: BLE001 - whatever it is, the parent says so
            answer = False, traceback.format_exc()
        pickle.dump(answer, outward)
        outward.flush()


if __name__ == "__main__":
    main()
