"""Several files and folders put into a folder at once: all of them appear, each whole, or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .refusing import refusal, refusing
from .staging import move_in, staging_in, sync

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
        with staging_in(folder) as staging:
            _make(staging, writers)
            for name in writers:
                sync([*(staging / name).rglob("*"), staging / name])
            move_in(staging, folder, list(writers), overwrite=overwrite)
        sync([folder])
    return [folder / name for name in writers]


def _make(staging: Path, writers: Mapping[str, Writer]) -> None:
    with ThreadPoolExecutor(max_workers=1) as aside:
        begun = []
        for name, write in writers.items():
            if (rest := write(staging / name)) is not None:
                begun.append(aside.submit(rest))
        for work in begun:
            work.result()
