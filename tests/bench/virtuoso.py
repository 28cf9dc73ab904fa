"""Virtuoso as Debian packs it, unpacked into a place of its own: nothing is installed.

Its settings are those of its package but for memory, time and the rows of an answer, which it
would cut at 10,000 without a word.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Bed
from tests.bench.peers import (
    LIMIT,
    LOADING,
    Peer,
    PeerMissing,
    free_port,
    running,
    vocabulary_quads,
    wait_for,
)

PACKAGES = ("virtuoso-opensource-7-bin", "libpcre3")
BUFFERS = 170_000  # of 8 kB: what its documentation says for 2 GB
SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
MaxClientConnections = 20
ThreadsPerQuery = 4
MaxQueryMem = 2G
CheckpointInterval = 600
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 20
MaxClientConnections = 20
MaxKeepAlives = 20
KeepAliveTimeout = 60
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = {limit:.0f}
"""


@contextlib.contextmanager
def virtuoso(bed: Bed, seconds: float = LIMIT) -> Iterator[Peer]:
    """Give Virtuoso with the data loaded, which allows a query so many seconds.

    PeerMissing where it cannot be had.
    """
    root = _unpacked(bed)
    place = bed.place / "virtuoso"
    loaded = place / "whole"
    if not loaded.exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    sql, http = free_port(), free_port()
    settings = SETTINGS.format(
        sql=sql,
        http=http,
        folder=bed.quads.parent,
        buffers=BUFFERS,
        dirty=BUFFERS * 3 // 4,
        limit=seconds,
    )
    (place / "virtuoso.ini").write_text(settings, encoding="ascii")
    words: list[str | Path] = [
        root / "usr/bin/virtuoso-t",
        "+foreground",
        "+configfile",
        "virtuoso.ini",
    ]
    with running(words, place, LD_LIBRARY_PATH=_libraries(root)) as process:
        peer = Peer("Virtuoso", _version(root), process, http, "/sparql", "text/plain")
        wait_for(peer, LOADING)
        if not loaded.exists():
            bed.tick("Virtuoso loads")
            peer.seconds = _load(root, sql, bed)
            loaded.touch()
        yield peer


def _load(root: Path, port: int, bed: Bed) -> float:
    """Load the data with its bulk loader and return the seconds it took."""
    started = time.perf_counter()
    vocabulary = vocabulary_quads(bed)
    asked = [
        f"ld_dir('{file.parent}', '{file.name}', 'urn:none');" for file in (bed.quads, vocabulary)
    ]
    _sql(root, port, "\n".join([*asked, "rdf_loader_run();", "checkpoint;"]))
    wrong = _sql(
        root,
        port,
        "SELECT COUNT(*) FROM DB.DBA.load_list WHERE ll_error IS NOT NULL OR ll_state <> 2;",
    )
    if wrong.split()[-1:] != ["0"]:
        raise PeerMissing("its loader reports an error")
    return time.perf_counter() - started


def _sql(root: Path, port: int, text: str) -> str:
    """Send statements with its own client, as the user its package begins with."""
    words = [
        root / "usr/bin/isql-vt",
        f"127.0.0.1:{port}",
        "dba",
        "dba",
        "VERBOSE=OFF",
        "BANNER=OFF",
        "PROMPT=OFF",
    ]
    try:
        done = subprocess.run(
            [*map(str, words)], input=text, capture_output=True, text=True, timeout=LOADING,
            check=False, env={"LD_LIBRARY_PATH": _libraries(root)},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise PeerMissing(f"not loaded in {LOADING:.0f} s") from error
    if "Error" in done.stderr:
        raise PeerMissing(done.stderr.strip().splitlines()[0])
    return done.stdout


def _unpacked(bed: Bed) -> Path:
    """Return the folder that its packages are unpacked in, fetched with apt where missing."""
    root = bed.place.parent / "tools" / "virtuoso"
    if (root / "whole").exists():
        return root
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise PeerMissing("there is no apt-get here")
    bed.tick("fetching Virtuoso")
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    files = _downloaded(root)
    if not files and os.geteuid() == 0:  # the lists of packages may be missing
        subprocess.run(["apt-get", "update"], capture_output=True, check=False)
        files = _downloaded(root)
    if not files:
        raise PeerMissing("apt-get has no virtuoso-opensource-7-bin")
    for file in files:
        subprocess.run(["dpkg-deb", "-x", file, root], check=True)
        file.unlink()
    (root / "whole").touch()
    return root


def _downloaded(root: Path) -> list[Path]:
    """Return the files of its packages, none where they cannot be had."""
    words = ["apt-get", "download", *PACKAGES]
    done = subprocess.run(words, cwd=root, capture_output=True, check=False)
    return [] if done.returncode else sorted(root.glob("*.deb"))


def _libraries(root: Path) -> str:
    return ":".join(str(place) for place in sorted(root.glob("**/lib/*-linux-gnu")))


def _version(root: Path) -> str:
    """Return its version as the program says it."""
    said = subprocess.run(
        [root / "usr/bin/virtuoso-t", "--version"], capture_output=True, text=True, check=False,
        env={"LD_LIBRARY_PATH": _libraries(root)},
    )  # fmt: skip
    words = (said.stdout + said.stderr).split()
    if "Version" not in words:
        raise PeerMissing("it does not start here")
    return words[words.index("Version") + 1]
