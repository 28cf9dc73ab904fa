"""The files that frameworks of a batch go into: named by the IRI, no two alike, in one folder."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path, PurePath
from urllib.parse import unquote

from competency.errors import CompetencyError
from competency.formats import by_name
from competency.graph.gathering import OWN, own_set
from competency.graph.loading import named_graphs, read_file

SUFFIX = ".ttl"
_LONGEST = 80  # characters of a name, without its suffix
# Names that Windows keeps for devices, whatever suffix they have.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def file_stem(iri: str) -> str:
    """Return a name for the file of a framework: the last step of its IRI, in plain letters.

    >>> file_stem("https://w3id.org/competency/id/pub-cscf"), file_stem("urn:uuid:8a/../..")
    ('pub-cscf', 'uuid-8a')
    >>> file_stem("https://example.org/")[:10]
    'framework-'
    """
    path = re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*:(//[^/?#]*)?", "", unquote(iri))
    steps = (_plain(step) for step in reversed(re.split(r"[/?#]", path)))
    found = next((step for step in steps if step), "") or f"framework-{_digest(iri)}"
    return f"framework-{found}" if _DEVICES.match(found) else found[:_LONGEST].rstrip("-.")


class Names:
    """Gives each framework a name that no other has; the same frameworks get the same names.

    >>> names = Names()
    >>> names.of("https://a.example/welding"), names.of("https://b.example/Welding")[:8]
    ('welding', 'Welding-')
    """

    def __init__(self) -> None:
        """Begin with no name taken."""
        self._taken: set[str] = set()

    def of(self, iri: str) -> str:
        """Return the name of a framework: the last step of its IRI, with a digest if taken."""
        stem = file_stem(iri)
        name = stem if stem.casefold() not in self._taken else f"{stem}-{_digest(iri)}"
        self._taken.add(name.casefold())
        return name


class Places:
    """Gives each framework of a batch its file; the same batch again gets the same files.

    places = Places(Path("out")); places.of("https://example.org/welding", Path("welding.json"))
    """

    def __init__(self, folder: Path, suffix: str = SUFFIX) -> None:
        """Give out names in a folder, which need not be there yet."""
        self._folder, self._suffix = folder, suffix
        self._taken: set[str] = set()
        self._stems: dict[str, str] = {}  # of files by the name of the set for their alignments

    def of(self, iri: str, source: PurePath) -> Path:
        """Return the file of a framework: a free name, or that of a file which holds it already.

        Frameworks whose IRIs end alike get the name of their file, or a digest, as well. The
        alignments that came with a framework go by the name of its file.
        """
        stem = self._stems.get(iri) or file_stem(iri)
        names = [stem, f"{stem}-{_plain(source.stem) or 'file'}"[: 2 * _LONGEST]]
        names += [f"{stem}-{_digest(iri + str(source) + str(n))}" for n in range(100)]
        for name in names:
            path = self._folder / f"{name}{self._suffix}"
            if path.name.casefold() not in self._taken and _is_free(path, iri):
                break
        self._taken.add(path.name.casefold())
        self._stems[own_set(iri)] = f"{path.stem}{OWN.replace('/', '-')}"
        return path


def _is_free(path: Path, iri: str) -> bool:
    """Say whether a file is not there, or holds the framework of this IRI."""
    if not path.exists():
        return not path.is_symlink()
    try:
        graphs = named_graphs(read_file(path), by_name("turtle"), str(path), "urn:")
    except CompetencyError:
        return False
    return any(graph.name == iri for graph in graphs)


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._]+", "-", text).strip("-._")[:_LONGEST]


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
