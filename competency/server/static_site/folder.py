"""The folder that a site is written to: what changed is written, what is gone is removed.

A manifest in the folder names every file of the site with its SHA-256. A file that is not in it
was put there by somebody else, and stays as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from competency.errors import SourceError
from competency.graph.loading import write_file

MANIFEST = ".competency-site.json"
_LAYOUT = 1


@dataclass
class Tally:
    """How many files were written, left as they were and removed, and the bytes of them all."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    size: int = 0

    @property
    def files(self) -> int:
        """Return how many files the site has."""
        return self.written + self.unchanged


class SiteFolder:
    """A folder that holds a site, or will hold one.

    folder = SiteFolder(Path("public"))
    folder.write("index.html", b"<!doctype html>...")
    folder.finish("the digest of what the site was made from")
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        """Take a folder that is new, empty, or was written before; SourceError for any other.

        ``force`` takes any folder, and lets the site replace files of somebody else.
        """
        self.path, self.tally = path, Tally()
        self._force = force
        self._now: dict[str, str] = {}
        self._lower: dict[str, str] = {}
        self.alike: list[tuple[str, str]] = []  # names that differ only in case
        self.key, self._before = self._read_manifest()

    def _read_manifest(self) -> tuple[str, Mapping[str, str]]:
        with self._said_plainly():
            self.path.mkdir(parents=True, exist_ok=True)
            file = self.path / MANIFEST
            if not file.exists():
                if not self._force and next(self.path.iterdir(), None) is not None:
                    reason = "holds files that are no site of ours; name a new folder, or --force"
                    raise SourceError(str(self.path), reason)
                self._save("", {})
                return "", {}
            return _manifest_of(file)

    def begin(self) -> None:
        """Note that the site is being written, for the run after one that does not end."""
        self._save("", self._before)

    def write(self, name: str, data: bytes) -> None:
        """Put a file into the site; one that has these bytes already is not touched."""
        self._claim(name, hashlib.sha256(data).hexdigest())
        self.tally.size += len(data)
        place = self.path / name
        with self._said_plainly(name):
            if _holds(place, data):
                self.tally.unchanged += 1
                return
            if place.exists() and name not in self._before and self.key and not self._force:
                raise SourceError(str(place), "is not ours, and the site needs its name; --force")
            place.parent.mkdir(parents=True, exist_ok=True)
        write_file(place, data)
        self.tally.written += 1

    def _claim(self, name: str, digest: str) -> None:
        """Note a name; two files of one name are a mistake, of one name but for case a danger."""
        if name in self._now:
            raise SourceError(str(self.path / name), "two documents of the site have this name")
        if (other := self._lower.setdefault(name.lower(), name)) != name:
            self.alike.append((other, name))
        self._now[name] = digest

    def is_whole(self, key: str) -> bool:
        """Say whether the folder holds a site that was made from the same, file by file."""
        return self.key == key and all(
            self._digest(name) == digest for name, digest in self._before.items()
        )

    def keep(self) -> None:
        """Keep the site as it is."""
        self._now = dict(self._before)
        self.tally.unchanged = len(self._now)
        self.tally.size = sum((self.path / name).stat().st_size for name in self._now)

    def finish(self, key: str) -> Tally:
        """Remove what is not part of the site any more, and write the manifest."""
        with self._said_plainly():
            for name in sorted(self._before.keys() - self._now.keys(), reverse=True):
                self._remove(name)
            self._save(key, self._now)
        return self.tally

    def _remove(self, name: str) -> None:
        place = self.path / name
        if not place.is_file() or not place.resolve().is_relative_to(self.path.resolve()):
            return
        place.unlink()
        self.tally.removed += 1
        for above in place.relative_to(self.path).parents:
            if above != Path():
                with contextlib.suppress(OSError):  # somebody else has something there
                    (self.path / above).rmdir()

    def _save(self, key: str, files: Mapping[str, str]) -> None:
        said = {"layout": _LAYOUT, "made_from": key, "files": dict(sorted(files.items()))}
        data = json.dumps(said, indent=0, ensure_ascii=False).encode() + b"\n"
        file = self.path / MANIFEST
        if not file.is_file() or file.read_bytes() != data:
            write_file(file, data)

    def _digest(self, name: str) -> str:
        try:
            return hashlib.sha256((self.path / name).read_bytes()).hexdigest()
        except OSError:
            return ""

    @contextlib.contextmanager
    def _said_plainly(self, name: str = "") -> Iterator[None]:
        """Turn what the disk refuses into one line."""
        try:
            yield
        except SourceError:
            raise
        except OSError as error:
            reason = error.strerror or "cannot be written"
            raise SourceError(str(self.path / name), reason) from error


def _holds(place: Path, data: bytes) -> bool:
    """Say whether a file has these bytes; its size is looked at first."""
    same = place.is_file() and place.stat().st_size == len(data)
    return same and place.read_bytes() == data


def _manifest_of(file: Path) -> tuple[str, dict[str, str]]:
    """Return the key and the files of a manifest; a name that leads out of the folder is dropped.

    A manifest without a key is that of a run that did not end.
    """
    try:
        said = json.loads(file.read_bytes())
        key, files = said["made_from"], said["files"]
        found = {str(name): str(digest) for name, digest in files.items() if _is_inside(str(name))}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = "is not a manifest of a site; remove it, or name a new folder"
        raise SourceError(str(file), reason) from error
    return str(key), found


def _is_inside(name: str) -> bool:
    place = PurePosixPath(name)
    return bool(name) and not place.is_absolute() and ".." not in place.parts and "\\" not in name
