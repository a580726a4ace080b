"""What a problem comes to, in figures and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from concord.audit import cautions
from concord.formulation.spread import wide_spread
from concord.models import Basis, DesignProblem
from concord.models.provenance import unmarked_parameters
from concord.models.quantities import in_period
from concord.planning import program


@dataclass(frozen=True, slots=True)
class Overview:
    """A problem in figures. Money is in million USD over all periods, troops are persons."""

    id: str
    title: str
    digest: str
    periods: tuple[int, ...]
    counts: dict[str, int]
    money: dict[str, float]
    """Fund to the sum of its budgets."""
    troops_available: float
    """Whole contingents that all members may station at a time."""
    troops_needed: float
    """Sum of the needs of all missions in the period where it is largest."""
    assumptions: int
    """Notes that mark parameters as assumptions."""
    imputed: dict[str, tuple[str, ...]]
    """State to the indices that rest on missing values."""
    unmarked: tuple[str, ...]
    """Figures whose basis no note tells."""
    warnings: tuple[str, ...]


def overview(problem: DesignProblem) -> Overview:
    """The figures and warnings of `problem`."""
    wide = wide_spread(program(problem).matrix())
    available, needed = _troops_available(problem), _troops_needed(problem)
    imputed = {state.id: state.imputed for state in problem.states if state.imputed}
    unmarked = tuple(unmarked_parameters(problem))
    assumptions = sum(note.basis is Basis.ASSUMPTION for note in problem.provenance)
    return Overview(
        id=problem.id,
        title=problem.title,
        digest=problem.digest(),
        periods=problem.periods,
        counts=_counts(problem),
        money={
            fund.id: sum(in_period(fund.budget, period) for period in problem.periods)
            for fund in problem.funds
        },
        troops_available=available,
        troops_needed=needed,
        assumptions=assumptions,
        imputed=imputed,
        unmarked=unmarked,
        warnings=(
            *_knowledge_warnings(assumptions, imputed, unmarked),
            *_design_warnings(problem, available, needed),
            *(caution.sentence for caution in cautions(problem)),
            *((wide,) if wide else ()),
        ),
    )


def _counts(problem: DesignProblem) -> dict[str, int]:
    garrisons, monitoring = problem.garrisons, problem.monitoring
    return {
        "members": len(problem.members),
        "left out": len(problem.left_out),
        "observers": len(problem.states) - len(problem.measured),
        "periods": len(problem.periods),
        "kinds of threat": len(problem.threat_kinds),
        "programmes": len(problem.programmes),
        "complementarities": len(problem.complementarities),
        "organs": len(problem.organs),
        "garrison sites": len(problem.sites),
        "garrison tiers": len(garrisons.tiers) if garrisons else 0,
        "missions": len(problem.missions),
        "zones": len(monitoring.zones) if monitoring else 0,
        "types of monitor": len(monitoring.monitors) if monitoring else 0,
        "influences": len(problem.dilemma.influences),
        "funds": len(problem.funds),
    }


def _troops_available(problem: DesignProblem) -> float:
    if problem.garrisons is None:
        return 0.0
    contingents = problem.garrisons.contingents
    spared = (contingents.availability * state.military_personnel for state in problem.senders)
    if not contingents.integral:
        return sum(spared)
    return contingents.unit * sum(floor(troops / contingents.unit) for troops in spared)


def _troops_needed(problem: DesignProblem) -> float:
    return max(
        sum(
            mission.need
            for mission in problem.open_missions
            if (mission.start or period) <= period <= (mission.end or period)
        )
        for period in problem.periods
    )


def _knowledge_warnings(
    assumptions: int, imputed: dict[str, tuple[str, ...]], unmarked: tuple[str, ...]
) -> Iterator[str]:
    if imputed:
        listed = ", ".join(f"{state} ({', '.join(indices)})" for state, indices in list(imputed.items())[:5])
        more = "" if len(imputed) <= 5 else f", and {len(imputed) - 5} more"
        yield f"indices that rest on missing values, filled by medians: {listed}{more}"
    if assumptions:
        yield f"{assumptions} notes mark parameters as assumptions (concord show PROBLEM provenance)"
    if unmarked:
        yield f"no note tells what {len(unmarked)} figures rest on: {', '.join(unmarked[:3])}, ..."


def _design_warnings(problem: DesignProblem, available: float, needed: float) -> Iterator[str]:
    if needed > available:
        yield f"missions need {needed:,.0f} troops at a time, members may station {available:,.0f}"
    if not problem.funds:
        yield "there is no fund, so that nothing that costs money can be done"
    for fund in problem.funds:
        short = [
            period
            for period in problem.periods
            if fund.commitment is not None
            and in_period(fund.commitment, period) > in_period(fund.budget, period)
        ]
        if short:
            yield f"the commitment of fund {fund.id} exceeds its budget in {', '.join(map(str, short))}"
