"""Several files and folders put into a folder at once: all of them appear, each whole, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .folder import refusal, refusing, staging_beside, sync_folder

Rest = Callable[[], None]
"""What is left to do for a file, and may be done while others are made."""
Writer = Callable[[Path], Rest | None]
"""Makes a file or a folder at a path; what it gives back makes it whole."""


def publish(folder: Path, writers: Mapping[str, Writer], *, overwrite: bool = False) -> list[Path]:
    """Let each of `writers` make the entry of `folder` that it is named for; gives the paths.

    Raises BadInput where an entry is there already and may not be overwritten, and where the file system
    refuses; `folder` is then as it was.
    """
    taken = [name for name in writers if os.path.lexists(folder / name)]
    if taken and not overwrite:
        raise refusal(folder / taken[0], "this exists already", "name another folder, or give --overwrite")
    with refusing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with staging_beside(folder / "export") as staging:
            _make(staging, writers)
            for name in writers:
                _sync(staging / name)
            _swap(staging, folder, list(writers))
        sync_folder(folder)
    return [folder / name for name in writers]


def _make(staging: Path, writers: Mapping[str, Writer]) -> None:
    with ThreadPoolExecutor(max_workers=1) as aside:
        begun = []
        for name, write in writers.items():
            if (rest := write(staging / name)) is not None:
                begun.append(aside.submit(rest))
        for work in begun:
            work.result()


def _swap(staging: Path, folder: Path, names: list[str]) -> None:
    """Move the entries in; where one cannot be, what was there before is put back."""
    attic = staging / ".former"
    attic.mkdir()
    former = [name for name in names if os.path.lexists(folder / name)]
    try:
        for name in names:
            if name in former:
                (folder / name).rename(attic / name)
            (staging / name).rename(folder / name)
    except BaseException:
        for name in names:
            if os.path.lexists(attic / name):
                _remove(folder / name)
                (attic / name).rename(folder / name)
            elif name not in former:
                _remove(folder / name)
        raise


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Make a file, or the files of a folder, durable."""
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
