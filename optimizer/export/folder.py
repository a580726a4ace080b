"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from optimizer.errors import BadInput, Fault


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
        if target.exists() and not target.is_dir():
            raise refusal(path, "the output folder is a file", "name a folder with --out")
        if Path.cwd().is_relative_to(target):
            raise refusal(
                path, "the output folder is replaced whole", "name a folder below the current one with --out"
            )
        present = sorted(entry.name for entry in target.iterdir()) if target.is_dir() else []
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

    def fill(self, files: Mapping[str, str]) -> Path:
        """Write every file, name to text, and let the folder appear; gives the folder's path.

        Raises BadInput where the file system refuses; nothing then appears.
        """
        with refusing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with staging_beside(self.path) as staging:
                for name, text in files.items():
                    _write_through(staging / name, text)
                sync_folder(staging)
                return self._move_in(staging)

    def _move_in(self, staging: Path) -> Path:
        target = _first_free(self.path) if self.numbered else self.path
        if target.is_dir() and not self.overwrite:
            target.rmdir()
        if not target.exists():
            staging.rename(target)
        else:
            with staging_beside(target) as attic:
                former = attic / "former"
                target.rename(former)
                try:
                    staging.rename(target)
                except BaseException:
                    former.rename(target)
                    raise
        sync_folder(target.parent)
        return target


def write_file(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write `text` so that the file appears whole.

    Raises BadInput where the file system refuses, and where the name is taken unless it may be overwritten.
    """
    if os.path.lexists(path) and (not overwrite or path.is_dir()):
        remedy = "name another file" if path.is_dir() else "name another file, or give --overwrite"
        raise refusal(path, "this exists already", remedy)
    with refusing(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
        staged = Path(name)
        try:
            _write_through(staged, text)
            staged.chmod(0o666 & ~_umask())
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)


def _first_free(wanted: Path) -> Path:
    if not os.path.lexists(wanted):
        return wanted
    return next(path for n in count(2) if not os.path.lexists(path := wanted.with_name(f"{wanted.name}-{n}")))


def _require_writable(target: Path) -> None:
    """Try what `fill` will do, so that a long solve is not in vain."""
    existing = next(folder for folder in target.parents if folder.exists())
    with refusing(target), staging_beside(existing / target.name):
        pass


@contextmanager
def staging_beside(target: Path) -> Iterator[Path]:
    """A hidden folder beside `target`, removed with what is left in it."""
    staging = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    staging.chmod(0o777 & ~_umask())
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write_through(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable, where the system can (Windows cannot open a folder)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    """The process's mask: temporary files are private, results are as the user wants files to be."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what the file system refuses at `path` into BadInput."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise refusal(path, f"cannot write here: {reason}", "name another place with --out") from error


def refusal(path: Path, message: str, remedy: str) -> BadInput:
    """The error for a place that cannot be written."""
    return BadInput([Fault(message, file=str(path), remedy=remedy)])
