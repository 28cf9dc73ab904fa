"""What a worker gives up before it sees a stranger's query: memory, files, network, survival."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
from pathlib import Path

STACK = 512 << 20  # bytes; only what is used is taken. Long flat queries recurse deeply.
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # Linux: clone(2), CLONE_NEWNET, CLONE_NEWUSER
_DIE_WITH_PARENT = 1  # Linux: prctl(2), PR_SET_PDEATHSIG


def confine(memory: int, *, network: bool = False, writes: bool = False) -> None:
    """Limit this process to ``memory`` bytes beside what it holds.

    Unless ``writes`` is given it can write no file, and unless ``network`` is given it loses the
    network where the system lets it (Linux). A limit that the system does not know is left out:
    the parent watches time and memory as well.
    """
    limits = [(resource.RLIMIT_CORE, 0)]
    if not writes:
        limits.append((resource.RLIMIT_FSIZE, 0))
    if held := virtual_memory():
        limits.append((resource.RLIMIT_AS, held + memory + STACK + (64 << 20)))
    for limit, value in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    if not network:
        leave_network()


def leave_network() -> bool:
    """Move to a network of one's own, in which there is nothing; say whether that went."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None:
        return False
    return any(unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USER))


def die_with_parent() -> None:
    """Ask the system to end this process when its parent ends, however that happens (Linux)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)


def virtual_memory() -> int:
    """Return the bytes of address space that this process holds; 0 where that is not known."""
    return _pages("self", 0)


def resident_memory(pid: int) -> int:
    """Return the bytes that a process has in memory; 0 where that is not known."""
    return _pages(str(pid), 1)


def _pages(process: str, column: int) -> int:
    try:
        columns = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
        return int(columns[column]) * resource.getpagesize()
    except (OSError, ValueError, IndexError):
        return 0


def processor_time(pid: int) -> float | None:
    """Return the seconds of the processor that a process has had; None where nobody knows."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        columns = told.rpartition(")")[2].split()
        return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None
