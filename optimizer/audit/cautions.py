"""What is worth knowing about a problem before it is solved."""

from __future__ import annotations

from concord.models import DesignProblem

from .caution import Caution
from .magnitudes import extreme
from .possibility import impossible
from .units import implausible


def cautions(problem: DesignProblem) -> tuple[Caution, ...]:
    """What its figures make impossible together, and figures that look like slips, or in another unit."""
    return (*impossible(problem), *implausible(problem), *extreme(problem))
