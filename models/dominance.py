"""Cross-checks of the rules against a hegemon: ceilings that leave the whole to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .hegemony import Weight

if TYPE_CHECKING:
    from .problem import DesignProblem
    from .references import Path

Fault = tuple["Path", str, str, str]
"""Path, message, value and remedy."""


def dominance_faults(problem: DesignProblem) -> Iterator[Fault]:
    """Ceilings under which those who can bear a whole cannot make it up."""
    for n, ceiling in enumerate(problem.hegemony):
        able = _able(problem, ceiling.of)
        if able and all(map(ceiling.holds_for, able)) and ceiling.share * len(able) < 1 - 1e-9:
            yield (
                ("hegemony", n, "share"),
                f"the ceiling leaves a part of all {ceiling.of.value} to nobody: {len(able)} can have any",
                f"{ceiling.share:g}",
                f"at least {1 / len(able):.4g}, or name the states that it holds for",
            )


def _able(problem: DesignProblem, weight: Weight) -> set[str]:
    """States that can have a part in a whole."""
    match weight:
        case Weight.MONEY:
            return {payer.id for fund in problem.funds for payer in problem.payers(fund)}
        case Weight.TROOPS:
            return {state.id for state in problem.members} if problem.garrisons else set()
        case Weight.HOSTED_TROOPS | Weight.GARRISONS:
            return {site.host for site in problem.sites}
        case Weight.MONITORS:
            monitors = problem.monitoring.monitors if problem.monitoring else ()
            return {state for monitor in monitors for state, teams in monitor.stock.items() if teams}
