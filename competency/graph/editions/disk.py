"""What publishing needs of a disk: files that are there whole, names that are flipped at once.

A file counts as written when it and the folder that names it have been synchronised; a name is
changed by ``rename``, which no crash can leave half done (POSIX, rename).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from competency.errors import CompetencyError, StorageError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Bring a file or a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(path: Path) -> None:
    """Bring all files of the disk that ``path`` is on to it, and hear of what it could not write.

    Where the system cannot do that for one disk (it is Linux that can), it is asked for them all,
    and says nothing of errors.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if syncfs(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(path))
    finally:
        os.close(descriptor)


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file and bring it to the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_synced(path: Path, data: bytes) -> None:
    """Put a file in the place of another at once, and bring both name and content to the disk."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write_synced(beside, data)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    sync(path.parent)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file that never changes a second name; copy it where the disk has no hard links."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise
        shutil.copy2(source, target)


def link_all(names: Iterable[str], source: Path, target: Path) -> None:
    """Give files of one folder second names in another; see :func:`link_or_copy`.

    The folders are opened once, since there may be ten thousand files.
    """
    here, there = (os.open(folder, os.O_RDONLY) for folder in (source, target))
    try:
        for name in names:
            try:
                os.link(name, name, src_dir_fd=here, dst_dir_fd=there)
            except OSError:
                link_or_copy(source / name, target / name)
    finally:
        os.close(here)
        os.close(there)


def sizes(folder: Path, place: str) -> dict[str, int]:
    """Return the size of each file in ``place`` of a folder, by its path there; none if it is gone.

    sizes(edition.folder, "graphs")
    """
    try:
        with os.scandir(folder / place) as found:
            return {f"{place}/{item.name}": item.stat().st_size for item in found}
    except FileNotFoundError:
        return {}


def same_file(one: Path, other: Path) -> bool:
    """Say whether two names are of one file."""
    try:
        return one.samefile(other)
    except OSError:
        return False


@contextlib.contextmanager
def said_plainly(place: Path) -> Iterator[None]:
    """Turn what a disk refuses into a StorageError of one line; nothing was published then."""
    try:
        yield
    except CompetencyError:
        raise
    except OSError as error:
        full = error.errno in _NO_ROOM or "No space left" in str(error)
        reason = "the disk is full; make room and publish again" if full else _reason(error)
        raise StorageError(str(place), f"{reason}; nothing has changed") from error


@contextlib.contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[bool]:
    """Hold a lock that ends with the process that holds it; yield whether it was had."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT if not shared else os.O_RDONLY, 0o666)
    try:
        yield _lock(descriptor, shared, wait)
    finally:
        os.close(descriptor)


def lock_shared(path: Path) -> int:
    """Return an open file whose shared lock lasts until it is closed: a reader's sign of use."""
    descriptor = os.open(path, os.O_RDONLY)
    _lock(descriptor, True, True)
    return descriptor


def _lock(descriptor: int, shared: bool, wait: bool) -> bool:
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _reason(error: OSError) -> str:
    return error.strerror or " ".join(str(error).split()) or "cannot be written"
