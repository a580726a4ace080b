"""Cross-checks of the rules against a hegemon: ceilings that leave the whole to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .hegemony import Weight

if TYPE_CHECKING:
    from .finding import Path
    from .problem import DesignProblem

Fault = tuple["Path", str, str, str]
"""Path, message, value and remedy."""


def dominance_faults(problem: DesignProblem) -> Iterator[Fault]:
    """Ceilings on every state under which all together cannot make up a whole."""
    for n, ceiling in enumerate(problem.hegemony):
        able = _able(problem, ceiling.of)
        if able and ceiling.states is None and ceiling.share * len(able) < 1 - 1e-9:
            yield (
                ("hegemony", n, "share"),
                f"the ceiling leaves a part of all {ceiling.of.value} to nobody: {len(able)} can have any",
                f"{ceiling.share:g}",
                f"at least {1 / len(able):.4g}, or name the states that it holds for",
            )


def _able(problem: DesignProblem, weight: Weight) -> set[str]:
    """States that can have a part in a whole, an entry test apart: overlays may leave any of them out."""
    garrisons, region = problem.garrisons, {state.id for state in problem.measured}
    match weight:
        case Weight.MONEY:
            payers = (region if fund.payers == "members" else fund.payers for fund in problem.funds)
            return {payer for names in payers for payer in names}
        case Weight.TROOPS:
            return region if garrisons else set()
        case Weight.HOSTED_TROOPS | Weight.GARRISONS:
            return {site.host for site in garrisons.sites} if garrisons else set()
        case Weight.HEADQUARTERS:
            return {organ.headquarters.host for organ in problem.organs if organ.headquarters}
        case Weight.MONITORS:
            monitors = problem.monitoring.monitors if problem.monitoring else ()
            return {state for monitor in monitors for state, teams in monitor.stock.items() if teams}
