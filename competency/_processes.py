"""What processes of our own are started with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")


def environment(*more: str) -> dict[str, str]:
    """Return what a process needs to start, and none of our settings and secrets.

    It finds its modules where this process finds them; ``more`` are names that it keeps as well.

    >>> "COMPETENCY_WRITE_TOKEN" in environment("HOME")
    False
    """
    kept = {name: os.environ[name] for name in (*_KEPT, *more) if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(item or str(Path.cwd()) for item in sys.path)}
