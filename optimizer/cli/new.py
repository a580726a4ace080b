"""`concord new`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from concord.errors import BadInput
from concord.export import write_file
from concord.loading import bundled_problems
from concord.models.device_names import DEVICE, names_device

from .scaffold import scaffold

NAME = "new"

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the problem and of its file.")],
) -> None:
    """Write NAME.yaml: a small, complete, commented problem to start from."""
    _require_good(name)
    path = Path(f"{name}.yaml")
    if path.exists():
        raise BadInput.single("this file exists already", file=str(path), remedy="choose another name")
    write_file(path, scaffold(name))
    typer.echo(f"Written to {path}. Next: concord check {path}; concord solve {path}")


def _require_good(name: str) -> None:
    if names_device(name):
        raise BadInput.single(
            f"{name!r} cannot name a problem: {DEVICE}", field="NAME", remedy="choose another"
        )
    if not _SAFE.fullmatch(name):
        raise BadInput.single(
            f"{name!r} cannot name a problem",
            field="NAME",
            remedy="use up to 64 letters, digits, - and _, without folder and ending, such as balkans-1999",
        )
    if name in {problem.name for problem in bundled_problems()}:
        raise BadInput.single(
            f"{name!r} names a bundled problem", field="NAME", remedy="choose another name for yours"
        )
