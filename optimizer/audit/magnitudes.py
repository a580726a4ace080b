"""Effects that are possible, and yet so large that a slip is likelier."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log
from typing import Any, cast

from concord.models import DesignProblem
from concord.models.finding import Path
from concord.models.magnitude_checks import reach

from .case import listed
from .caution import Caution

FAR = 1000.0
"""By a larger factor no single instrument moves a threat."""


def extreme(problem: DesignProblem) -> Iterator[Caution]:
    """Instruments that move a threat by orders of magnitude."""
    far = dict[str, float]()
    for (_, kind), moves in reach(problem).items():
        for move in moves:
            if move.amount > log(FAR):
                name = f"{_named(problem, move.path)} on {kind}"
                far[name] = max(move.amount, far.get(name, 0.0))
    if far:
        told = [f"{name} by a factor of {exp(amount):,.3g}" for name, amount in far.items()]
        yield Caution(
            "effect-size",
            f"at most, a single instrument moves a threat by more than {FAR:,.0f} times: {listed(told, 3)}; "
            "effects are changes of a log, such as 0.3",
        )


def _named(problem: DesignProblem, path: Path) -> str:
    """The path with names in place of numbers."""
    parts, here = list[str](), cast(Any, problem)
    for part in path:
        here = here[part] if isinstance(part, int) else getattr(here, part)
        parts.append(str(getattr(here, "id", part)) if isinstance(part, int) else part)
    return ".".join(parts)
