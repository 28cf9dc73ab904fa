"""What was judged before: results by the digest of everything that they came from.

In memory the last ones are kept; with a folder they are kept in files as well, one for each shard.
A file is believed when it has the digest that stands in its first line, and is made again
otherwise. Where nothing can be written, nothing is kept, and that is no fault.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import threading
import time
from collections import OrderedDict
from pathlib import Path

from competency.graph.judging.records import dump_results, load_results
from competency.shapes import Result

FOLDER = "judged"  # in a data directory
MOST_KEPT = 2_048  # shards in memory
MOST_BYTES = 64 << 20  # of the files in a folder
_OLD = 3_600.0  # seconds after which a file that was never finished is litter
_MOST_RESULTS = 2_000  # of one shard; more are not kept in memory
_DIGITS = frozenset("0123456789abcdef")

Results = tuple[Result, ...]


class Cache:
    """Results of shards by key, a SHA-256 in hexadecimal; for any number of threads.

    >>> cache = Cache()
    >>> cache.put("00" * 32, ())
    >>> cache.get("00" * 32), cache.get("11" * 32)
    ((), None)
    """

    def __init__(
        self,
        folder: str | os.PathLike[str] | None = None,
        *,
        most: int = MOST_KEPT,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Keep the last ``most`` results in memory, and in files of ``folder`` where one is named.

        The folder is made when there is something to keep.
        """
        self._folder = Path(folder) if folder is not None else None
        self._most, self._most_bytes = most, most_bytes
        self._kept: OrderedDict[str, Results] = OrderedDict()
        self._lock = threading.Lock()
        self._unpruned = False
        self.hits = self.misses = 0

    def get(self, key: str) -> Results | None:
        """Return the results that are kept under a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        if found is None and self._folder is not None:
            found = _read(self._place(key))
            if found is not None:
                self._keep(key, found)
        with self._lock:
            self.hits += found is not None
            self.misses += found is None
        return found

    def put(self, key: str, results: Results) -> None:
        """Keep results under a key."""
        self._keep(key, results)
        if self._folder is not None:
            with contextlib.suppress(OSError):
                _write(self._place(key), results)
                self._unpruned = True

    def prune(self) -> None:
        """Remove the files that were of no use longest, until the rest is small enough."""
        if self._folder is None or not self._unpruned:
            return
        self._unpruned = False
        now, files = time.time(), []
        with contextlib.suppress(OSError):
            for place in self._folder.glob("*/*"):
                status = place.stat()
                if place.suffix == ".part" and now - status.st_mtime > _OLD:
                    place.unlink(missing_ok=True)
                files.append((status.st_mtime, status.st_size, place))
            left = sum(size for _, size, _ in files)
            for _, size, place in sorted(files):
                if left <= self._most_bytes:
                    break
                place.unlink(missing_ok=True)
                left -= size

    def _keep(self, key: str, results: Results) -> None:
        if len(results) > _MOST_RESULTS:
            return
        with self._lock:
            self._kept[key] = results
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def _place(self, key: str) -> Path:
        if self._folder is None or len(key) != 64 or not _DIGITS.issuperset(key):
            raise ValueError("a key is a SHA-256 in hexadecimal")
        return self._folder / key[:2] / key[2:]


def _read(place: Path) -> Results | None:
    """Return the results in a file that is whole, and note that it was of use."""
    try:
        head, _, body = place.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != head:
            return None
        found = load_results(body)
    except (OSError, ValueError):
        return None
    with contextlib.suppress(OSError):
        os.utime(place)
    return found


def _write(place: Path, results: Results) -> None:
    """Write a file whole or not at all."""
    body = dump_results(results)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_name(f"{secrets.token_hex(8)}.part")
    try:
        beside.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        beside.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
