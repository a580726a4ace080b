"""Design problems from files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models import DesignProblem
from optimizer.errors import BadInput, Fault

from .bundled import bundled_problems
from .documents import SUFFIXES, read_document
from .fields import closest
from .judgement import judged
from .merging import overlaid
from .node import Node
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
    document = _expanded(path, faults)
    for overlay in overlays:
        try:
            document = overlaid(document, _expanded(Path(overlay), faults, "an overlay"), _SHAPE, faults)
        except BadInput as error:
            faults.extend(error.faults)
    for setting in settings:
        document = apply_setting(document, _SHAPE, setting, faults)
    return judged(DesignProblem, document, faults)


def problem_path(reference: str | Path) -> Path:
    """The file of a bundled problem or at a path. Raises BadInput with a likely spelling."""
    bundled = {problem.name: problem.path for problem in bundled_problems()}
    if str(reference) in bundled:
        return bundled[str(reference)]
    path = Path(reference)
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
