"""One import name: what is installed is `concord` alone, all of it, and lives beside a user's own modules."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

import pytest

import concord
from concord import facade

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
FOLDERS: dict[str, str] = SETTINGS["package-dir"]
THEIRS = ("models.py", "optimizer.py", "data/__init__.py")
USE = """
import concord, data, models, optimizer
problem = concord.load("three-states")
plan = concord.solve(problem)
assert concord.verify(plan, problem).ok and len(plan.frames["organs"])
assert [data.WHOSE, models.WHOSE, optimizer.WHOSE] == ["theirs"] * 3
"""


def files(folder: Path) -> dict[str, bytes]:
    """What every file of a folder holds, apart from what Python, tools and other packages put there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    inner = ((path, path.relative_to(folder)) for path in found)
    return {
        name.as_posix(): path.read_bytes()
        for path, name in inner
        if not any(part.startswith((".", "__pycache__")) for part in name.parts)
    }


def test_nothing_imports_a_folder_by_its_name() -> None:
    """Within a checkout that would work, and load everything a second time under another name."""
    name = r"(?:optimizer|models|data)\b"
    by_folder = re.compile(rf"^\W*(?:from {name}[.\w]* import|import {name})", re.MULTILINE)
    read = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").rglob("*.py")]
    read += [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "benchmarks").glob("*.py")]
    read += (ROOT / "tests").rglob("*.py")
    read += [path for folder in FOLDERS.values() for path in (ROOT / folder).rglob("*.py")]
    assert [path for path in read if by_folder.search(path.read_text(encoding="utf-8"))] == []


def test_every_package_of_the_tree_is_listed() -> None:
    tree = {
        ".".join([package, *path.parent.relative_to(ROOT / folder).parts])
        for package, folder in FOLDERS.items()
        for path in (ROOT / folder).rglob("__init__.py")
    }
    assert sorted(tree) == SETTINGS["packages"]


@pytest.mark.parametrize(("package", "folder"), FOLDERS.items())
def test_what_is_installed_is_this_tree(package: str, folder: str) -> None:
    """Otherwise the tests try something else than what is here: install again (CONTRIBUTING.md)."""
    installed = files(Path(str(import_module(package).__file__)).parent)
    if package == "concord":
        within = tuple(f"{each.removeprefix('concord.')}/" for each in FOLDERS if each != "concord")
        installed = {name: text for name, text in installed.items() if not name.startswith(within)}
    here = files(ROOT / folder)
    assert sorted(installed) == sorted(here)
    assert [name for name, text in here.items() if installed[name] != text] == []


def test_the_package_offers_what_the_facade_has() -> None:
    assert concord.__all__ == facade.__all__
    assert set(concord.__all__) <= set(dir(concord))
    assert [name for name in concord.__all__ if getattr(concord, name) is not getattr(facade, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'slove'"):
        concord.slove  # noqa: B018 -- looking is what fails


def test_a_subpackage_does_not_hide_the_function_of_its_name() -> None:
    import_module("concord.audit")
    assert concord.audit is facade.audit


@pytest.mark.parametrize("module", ["concord", "concord.__main__"])
def test_importing_the_command_is_light(module: str) -> None:
    """Only so is Ctrl-C answered from the first moment on."""
    code = f"import sys, {module}; print({{'numpy', 'pandas', 'pydantic', 'typer'}} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder, with modules that have the names of our folders."""
    for name in THEIRS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("WHOSE = 'theirs'\n", encoding="utf-8")
    return tmp_path


def test_a_script_may_have_modules_of_any_name_beside_it(folder: Path) -> None:
    (folder / "script.py").write_text(USE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_notebook_may_have_modules_of_any_name_beside_it(folder: Path) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(USE)])
    resources = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()


def test_the_command_runs_in_a_folder_with_modules_of_any_name(folder: Path) -> None:
    command = [sys.executable, "-m", "concord", "solve", "three-states", "--export", "html"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder / "plans" / "three-states" / "three-states.html").is_file()


@pytest.mark.slow
def test_the_wheel_holds_one_package_and_all_of_it(checkout: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, checkout]
    subprocess.run(build, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = ZipFile(wheel).namelist()
    ours = {name for name in held if ".dist-info/" not in name}
    trees = {
        f"{package.replace('.', '/')}/{name}" for package, at in FOLDERS.items() for name in files(ROOT / at)
    }
    assert wheel.name.startswith("concord_design-")
    assert ours == trees
