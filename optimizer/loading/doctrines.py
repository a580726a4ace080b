"""Doctrines from files."""

from __future__ import annotations

from pathlib import Path

from concord.errors import BadInput, Fault
from concord.models import Doctrine

from .bundled import bundled_doctrines
from .documents import SUFFIXES, read_document
from .fields import closest
from .judgement import judged
from .schema import whole
from .tables import Library
from .wording import listed, shown

_EXAMPLE = "begin with `format: concord/doctrine/1`, like the files that `concord doctrines --json` lists"


def load_doctrine(reference: str | Path) -> Doctrine:
    """The doctrine that `reference` names: bundled, or the path of a YAML or JSON file.

    Raises BadInput with all faults found.
    """
    path = _doctrine_path(reference)
    faults: list[Fault] = []
    document = read_document(path, "a doctrine", _EXAMPLE)
    document = Library(path, faults).expand(document, whole(Doctrine))
    return judged(Doctrine, document, faults)


def _doctrine_path(reference: str | Path) -> Path:
    """The file of a bundled doctrine or at a path. Raises BadInput with a likely spelling."""
    bundled = {doctrine.name: doctrine.path for doctrine in bundled_doctrines()}
    if str(reference) in bundled:
        return bundled[str(reference)]
    path = Path(reference)
    if path.suffix.lower() in SUFFIXES:
        return path
    meant = closest(str(reference), list(bundled))
    remedy = f"did you mean {shown(meant)}? " if meant else ""
    message = "there is no such doctrine, neither bundled nor as a file"
    raise BadInput(
        [Fault(message, value=shown(str(reference)), remedy=f"{remedy}bundled: {listed(list(bundled))}")]
    )
