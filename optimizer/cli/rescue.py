"""Where files go that took a search to make, when their folder was taken while it ran."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

from concord.errors import BadInput
from concord.export import OutputFolder, write_file
from concord.export.folder import first_free
from concord.export.naming import safe_name

from .export import shown_path
from .rendering.console import console


def filled(folder: OutputFolder, files: Mapping[str, str], name: str) -> Path:
    """Write `files` into `folder`, or beside it, or as a last resort into `name` among temporary files.

    Gives the path of the folder that was filled; `folder.asked_for(path)` says whether it is the one asked
    for. Raises BadInput where none can be written.
    """
    try:
        return folder.fill(files)
    except BadInput as refused:
        temporary = OutputFolder(Path(gettempdir(), safe_name(name)), numbered=True)
        for other in (folder.elsewhere(), temporary):
            with suppress(BadInput):
                path = other.fill(files)
                console(stderr=True).print(str(refused), soft_wrap=True)
                return path
        raise


def written(path: Path, text: str, *, overwrite: bool) -> bool:
    """Write `text` to `path`, or beside it, or as a last resort among temporary files.

    Gives whether it is at `path`. Raises BadInput where no file can be written.
    """
    try:
        write_file(path, text, overwrite=overwrite)
    except BadInput as refused:
        for place in (path, Path(gettempdir(), path.name)):
            other = first_free(place, path.suffix)
            with suppress(BadInput):
                write_file(other, text)
                console(stderr=True).print(f"{refused}\nWritten to {shown_path(other)}", soft_wrap=True)
                return False
        raise
    return True
