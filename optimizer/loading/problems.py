"""Design problems from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from concord.errors import BadInput, Fault
from concord.models import DesignProblem

from .bundled import bundled_problems
from .documents import SUFFIXES, is_stream, read_document
from .fields import closest
from .judgement import judged
from .merging import Removal, overlaid
from .node import Node
from .repair import UNKNOWN
from .schema import whole
from .settings import apply_setting
from .tables import Library
from .wording import listed, shown

_SHAPE = whole(DesignProblem)
_EXAMPLE = "begin with `format: concord/problem/1`; `concord new NAME` writes a problem to start from"


def load_problem(
    reference: str | Path, *, overlays: Sequence[str | Path] = (), settings: Sequence[str] = ()
) -> DesignProblem:
    """The problem that `reference` names, overlaid by `overlays` in order and changed by `settings`.

    `reference` is the name of a bundled problem or the path of a YAML or JSON file; an overlay is such a
    file with only what differs; a setting is `path.to.field=value`. Raises BadInput with all faults found.
    """
    path = problem_path(reference)
    faults: list[Fault] = []
    removals: list[Removal] = []
    document = _expanded(path, faults)
    for overlay in overlays:
        try:
            document = overlaid(
                document, _expanded(Path(overlay), faults, "an overlay"), _SHAPE, faults, removals
            )
        except BadInput as error:
            faults.extend(error.faults)
    for setting in settings:
        document = apply_setting(document, _SHAPE, setting, faults)
    try:
        return judged(DesignProblem, document, faults)
    except BadInput as error:
        raise BadInput([_with_removal(fault, removals) for fault in error.faults]) from None


def _with_removal(fault: Fault, removals: Sequence[Removal]) -> Fault:
    """A reference to what an overlay took away, with where it did and what else has to go."""
    for gone in removals:
        if fault.message.startswith(UNKNOWN) and fault.value == gone.name:
            where = f"{gone.place.file}:{gone.place.line}" if gone.place.line else gone.place.file
            return replace(fault, remedy=f"{where} removes {'.'.join(gone.path)}; remove this with it")
    return fault


def problem_path(reference: str | Path) -> Path:
    """The file of a bundled problem or at a path. Raises BadInput with a likely spelling."""
    bundled = {problem.name: problem.path for problem in bundled_problems()}
    if str(reference) in bundled:
        return bundled[str(reference)]
    path = Path(reference)
    if is_stream(path):
        return path
    try:
        exists = path.exists()
        beside = (
            [str(file) for suffix in SUFFIXES for file in path.parent.glob(f"*{suffix}")]
            if not exists
            else []
        )
    except (OSError, ValueError):
        exists, beside = False, []
    if exists:
        return path
    meant = closest(str(reference), [*bundled, *beside])
    remedy = f"did you mean {shown(meant)}? " if meant else ""
    raise BadInput(
        [
            Fault(
                "there is no such problem, neither bundled nor as a file",
                value=shown(reference),
                remedy=f"{remedy}bundled: {listed(list(bundled))}",
            )
        ]
    )


def _expanded(path: Path, faults: list[Fault], noun: str = "a problem") -> Node:
    document = read_document(path, noun, _EXAMPLE)
    return Library(path, faults).expand(document, _SHAPE)
