"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count
from pathlib import Path

from concord.errors import BadInput

from .publishing import publish
from .refusing import refusal, refusing
from .staging import clear, staged_in, staging_in


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """Where the files of a plan go: checked when it is claimed, filled in one step when they are ready."""

    path: Path
    overwrite: bool = False
    numbered: bool = False
    """Whether the first free one of `path`, `path-2`, `path-3`, ... is taken when the folder is filled."""

    @classmethod
    def named(cls, path: Path, *, overwrite: bool, ours: Collection[str]) -> OutputFolder:
        """The folder `path`, new or empty; with `overwrite` also one with no file but those named in `ours`.

        Raises BadInput where that is not so, and where the folder cannot be written.
        """
        target = path.expanduser().resolve()
        for place in (target.parent, target):
            clear(place)
        if target.exists() and not target.is_dir():
            raise refusal(path, "the output folder is a file", "name a folder with --out")
        if Path.cwd().is_relative_to(target):
            raise refusal(
                path, "the output folder is replaced whole", "name a folder below the current one with --out"
            )
        present = sorted(entry.name for entry in target.iterdir()) if target.is_dir() else []
        if staged_in(target):
            message = "another run is writing into the output folder"
            raise refusal(path, message, "wait for its end, or name another folder with --out")
        if present and not overwrite:
            raise refusal(
                path, "the output folder is not empty", "name another with --out, or give --overwrite"
            )
        foreign = [name for name in present if name not in ours]
        if foreign:
            message = f"the output folder holds what is no file of a plan: {', '.join(foreign[:3])}"
            raise refusal(path, message, "name another folder with --out")
        _require_writable(target)
        return cls(target, overwrite=overwrite)

    @classmethod
    def next_free(cls, parent: Path, name: str) -> OutputFolder:
        """`parent/name`, or the first of `name-2`, `name-3`, ... that is free by then. Raises BadInput."""
        target = parent.resolve() / name
        _require_writable(target)
        return cls(target, numbered=True)

    def elsewhere(self) -> OutputFolder:
        """The first of `path-2`, `path-3`, ... that is free by then, for when `path` no longer is."""
        return replace(self, overwrite=False, numbered=True)

    def asked_for(self, path: Path) -> bool:
        """Whether `path` is where the files were to go, or one of the numbered places beside it."""
        return path.parent == self.path.parent if self.numbered else path == self.path

    def fill(self, files: Mapping[str, str]) -> Path:
        """Write every file, name to text, and let the folder appear; gives the folder's path.

        Raises BadInput where the file system refuses; nothing then appears.
        """
        while True:
            target = first_free(self.path) if self.numbered else self.path
            overwrite = self.overwrite or _is_empty(target)
            try:
                publish(target.parent, {target.name: partial(_write_folder, files)}, overwrite=overwrite)
            except BadInput:
                if self.numbered and os.path.lexists(target):
                    continue
                raise
            return target


def write_file(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write `text` so that the file appears whole.

    Raises BadInput where the file system refuses, and where the name is taken unless it may be overwritten.
    """
    require_free(path, overwrite=overwrite)
    publish(path.parent, {path.name: partial(_write_text, text)}, overwrite=overwrite)


def require_free(path: Path, *, overwrite: bool = False) -> None:
    """Raise BadInput where `write_file` would: for when much work comes before the writing."""
    if os.path.lexists(path) and not (overwrite and path.is_file()):
        remedy = "name another file, or give --overwrite" if path.is_file() else "name another file"
        raise refusal(path, "this exists already", remedy)
    if not path.parent.is_dir():
        raise refusal(path, "cannot write here: no such folder", "name a file in a folder that exists")


def first_free(wanted: Path, ending: str = "") -> Path:
    """`wanted`, or the first of `name-2`, `name-3`, ... that is free, the number standing before `ending`."""
    stem = wanted.name.removesuffix(ending)
    numbered = (wanted.with_name(f"{stem}-{n}{ending}") for n in count(2))
    return next(path for path in chain([wanted], numbered) if not os.path.lexists(path))


def _require_writable(target: Path) -> None:
    """Try what `fill` will do, so that a long solve is not in vain."""
    existing = next(folder for folder in target.parents if folder.exists())
    with refusing(target), staging_in(existing):
        pass


def _is_empty(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _write_folder(files: Mapping[str, str], path: Path) -> None:
    path.mkdir()
    for name, text in files.items():
        _write_text(text, path / name)


def _write_text(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
