"""Problems, doctrines and tables that come with Concord."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from .text import read_text
from .yaml_text import resolve_plain

DATA = Path(str(files("concord.data")))
TABLES = DATA / "tables"
PROBLEMS = DATA / "problems"
DOCTRINES = DATA / "doctrines"


@dataclass(frozen=True, slots=True)
class BundledProblem:
    """A problem that comes with Concord; `name` is how to refer to it."""

    name: str
    title: str
    path: Path


@dataclass(frozen=True, slots=True)
class BundledDoctrine:
    """A doctrine that comes with Concord; `name` is how to refer to it."""

    name: str
    title: str
    path: Path


@cache
def bundled_problems() -> tuple[BundledProblem, ...]:
    """The bundled problems by name. Reads titles only, not the problems."""
    return tuple(
        BundledProblem(path.stem, _title(path), path)
        for path in sorted(PROBLEMS.glob("*.yaml"))
        if path.is_file()
    )


@cache
def bundled_doctrines() -> tuple[BundledDoctrine, ...]:
    """The bundled doctrines by name. Reads titles only."""
    paths = sorted(DOCTRINES.glob("*.yaml"))
    return tuple(BundledDoctrine(path.stem, _title(path), path) for path in paths)


@cache
def bundled_tables() -> dict[str, Path]:
    """The bundled tables by name."""
    return {path.stem: path for path in sorted(TABLES.glob("*.csv"))}


def _title(path: Path) -> str:
    for line in read_text(path).splitlines():
        if line.startswith("title:"):
            return str(resolve_plain(line.removeprefix("title:").strip())).strip("'\"")
    return path.stem
