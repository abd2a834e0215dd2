"""Each package's docstring is its map: it names every module, and nothing that is not there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = [
    folder.parent
    for top in ("bot", "admin", "storage", "conversations")
    for folder in (ROOT / top).rglob("__init__.py")
]
NOT_MODULES = {"templates", "static", "library", "migrations", "main", "keys", "__pycache__"}
LONGEST = 300  # lines; past that there is a second idea in the module


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_map_names_every_module(package: Path) -> None:
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or ""
    modules = {path.stem for path in package.glob("*.py")} | {
        path.name for path in package.iterdir() if path.is_dir() and path.name not in NOT_MODULES
    }
    missing = {name for name in modules - {"__init__"} if not re.search(rf"\b{name}\b", docstring)}
    assert missing == set()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_map_names_nothing_else(package: Path) -> None:
    docstring = ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or ""
    entries = re.findall(r"^([a-z_]+)  +\S", docstring, re.MULTILINE)
    entries += [
        name
        for line in re.findall(r"^- ([^:]+):", docstring, re.MULTILINE)
        for name in re.findall(r"`([a-z_]+)`", line)
    ]
    unknown = [
        name for name in entries if not (package / f"{name}.py").exists() and not (package / name).is_dir()
    ]
    assert unknown == []


def test_no_module_is_long() -> None:
    sources = [path for package in PACKAGES for path in package.glob("*.py")]
    sources += (ROOT / "tests").rglob("*.py")
    long = [str(path.relative_to(ROOT)) for path in sources if len(path.read_text().splitlines()) > LONGEST]
    assert long == []
