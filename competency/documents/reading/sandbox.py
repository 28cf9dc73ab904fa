"""Runs the child process that takes a foreign document apart, and kills it past its time."""

from __future__ import annotations

import json
import signal
import subprocess
import sys

from competency._processes import environment
from competency.documents.reading.limits import MAX_SECONDS, Refused
from competency.errors import DependencyMissing

_PACKAGES = {"docx": "python-docx"}
_TOO_LONG = f"took longer than {MAX_SECONDS} seconds to read; split it or save it again"
_OUT_OF_TIME = getattr(signal, "SIGXCPU", signal.SIGTERM)
_BROKE = "cannot be read: it is damaged, or made to do harm; open it and save it again"


def lines_in_child(data: bytes, media_type: str) -> tuple[list[str], list[str]]:
    """Return lines and pages of a document; Refused says why there are none."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-m", "competency.documents.reading.child", media_type],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MAX_SECONDS,
            env=environment("SYSTEMROOT"),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(_TOO_LONG) from error
    except OSError as error:
        raise Refused(f"no process could be started to read it: {error.strerror}") from error
    if done.returncode == -_OUT_OF_TIME:
        raise Refused(_TOO_LONG)
    if done.returncode != 0:
        raise Refused(_BROKE)
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise Refused(_BROKE) from error
    if "missing" in answer:
        name = str(answer["missing"]).partition(".")[0]
        raise DependencyMissing(_PACKAGES.get(name, name), "documents")
    if "refused" in answer:
        raise Refused(str(answer["refused"]))
    return answer["lines"], answer["pages"]
