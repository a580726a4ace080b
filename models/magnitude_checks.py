"""Whether threats and capacities stay figures that can be reckoned with, whatever is done.

Everything that moves security moves logarithms, and a slip in one of them is a factor beyond all bounds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import log, log1p
from typing import TYPE_CHECKING, NamedTuple

from .finding import Finding, Path
from .programme import Programme
from .quantities import MOST, MOST_LOGS, in_period

if TYPE_CHECKING:
    from .problem import DesignProblem

FARTHEST = 50.0
"""No instruments together move the log of a threat farther."""
LEAST_SCALE = 1e-3
"""Million USD: what a programme costs at least; a plan does not tell much smaller amounts from nothing."""
_ROUNDS = 10_000
_REMEDY = f"a move of 1 is a factor of e; an index is 0, or from {1 / MOST:g} to {MOST:g}"


Influenced = tuple[Path, list[str], Mapping[str, float], float]
"""Place of an instrument, states that it reaches, its effects, and the most that there is of it."""


class Move(NamedTuple):
    """The most by which one instrument, named by its place in the problem, may move the log of a threat."""

    path: Path
    amount: float


def magnitude_findings(problem: DesignProblem) -> Iterator[Finding]:
    """Threats and capacities beyond all bounds, at the start, by their drift, or by what moves them."""
    yield from _indices(problem)
    yield from _scales(problem)
    told = set[Path]()
    for (state, kind), moves in reach(problem).items():
        together = sum(move.amount for move in moves)
        largest = max(moves, key=lambda move: move.amount, default=None)
        if largest and together > FARTHEST and largest.path not in told:
            told.add(largest.path)
            yield Finding(
                largest.path,
                f"the log of {kind} of {state} may move by {together:.4g} in all, by {largest.amount:.4g} "
                "through this alone: a factor beyond all bounds",
                None,
                "lower it: programmes count in full at their max_intensity, missions at their need",
            )


def reach(problem: DesignProblem) -> dict[tuple[str, str], list[Move]]:
    """How far each instrument may move each present threat, by state and kind of threat."""
    found: dict[tuple[str, str], list[Move]] = {
        (state.id, kind.id): []
        for state in problem.measured
        for kind in problem.threat_kinds
        if state.initial_threat(kind.id) > 0
    }
    intensity = {programme.id: most_intensity(problem, programme) for programme in problem.programmes}
    for path, states, effects, most in (
        *_programmes(problem, intensity),
        *_missions(problem),
        *_zones(problem),
        *_postures(problem, intensity),
    ):
        for state, times in Counter(states).items():
            for kind, effect in effects.items():
                if (state, kind) in found and effect:
                    found[state, kind].append(Move(path, abs(effect) * most * times))
    return found


def _programmes(problem: DesignProblem, intensity: Mapping[str, float]) -> Iterator[Influenced]:
    for n, programme in enumerate(problem.programmes):
        served, most = [state.id for state in problem.beneficiaries(programme)], intensity[programme.id]
        yield ("programmes", n, "effects"), served, programme.effects, most
        yield ("programmes", n, "backlash"), served, programme.backlash, most
        if programme.mutual:
            sides = [side for pair in problem.frontiers(programme) for side in pair]
            yield ("programmes", n, "mutual", "effects"), sides, programme.mutual.effects, most


def _missions(problem: DesignProblem) -> Iterator[Influenced]:
    affected = {mission.id: mission.affects for mission in problem.missions}
    for n, mission in enumerate(problem.missions):
        for state, share in mission.affects.items():
            yield ("missions", n, "effects"), [state], mission.effects, share * mission.need / 1000
    for n, bonus in enumerate(problem.complementarities):
        yield ("complementarities", n, "effects"), list(affected[bonus.mission]), bonus.effects, 1.0


def _zones(problem: DesignProblem) -> Iterator[Influenced]:
    zones = problem.monitoring.zones if problem.monitoring else ()
    for n, kind in enumerate(problem.monitoring.kinds if problem.monitoring else ()):
        watched = [state for zone in zones if zone.kind == kind.id for state in zone.states]
        teams = sum(
            monitor.effort * sum(monitor.stock.values())
            for monitor in (problem.monitoring.monitors if problem.monitoring else ())
            if kind.id in monitor.kinds
        )
        yield ("monitoring", "kinds", n, "effects"), watched, kind.effects, min(kind.ceiling, teams)


def _postures(problem: DesignProblem, intensity: Mapping[str, float]) -> Iterator[Influenced]:
    responding = {kind.id: 1.0 for kind in problem.threat_kinds if kind.responds_to_posture}
    yield ("membership", "exclusion"), list(problem.left_out), responding, problem.membership.exclusion
    postures = most_posture(problem, intensity)
    for n, influence in enumerate(problem.dilemma.influences):
        path, by = ("dilemma", "influences", n, "spillover"), influence.spillover * postures[influence.source]
        yield path, [influence.target], responding, by


def most_intensity(problem: DesignProblem, programme: Programme) -> float:
    """The intensity that `programme` reaches with all the money there is, where it is cheapest."""
    money = sum(in_period(fund.budget, period) for fund in problem.funds for period in problem.periods)
    scales = [problem.programme_scale(programme, state) for state in problem.beneficiaries(programme)]
    return min(programme.max_intensity, log1p(money / min(scales))) if scales else 0.0


def most_posture(problem: DesignProblem, intensity: Mapping[str, float]) -> dict[str, float]:
    """The largest posture of each state, in logs, with every state's answer to every other's.

    The answers add up to something, since the reactions die out; those to more than any figure are cut off.
    """
    dilemma = problem.dilemma
    moved = {state.id: dilemma.arming_ceiling + dilemma.posture_floor for state in problem.states}
    for programme in problem.programmes:
        for state in problem.beneficiaries(programme):
            moved[state.id] += abs(programme.posture) * intensity[programme.id]
    reached, added = dict(moved), dict(moved)
    reactions = [influence for influence in dilemma.influences if influence.reaction > 0]
    for _ in range(_ROUNDS if reactions else 0):
        answer = dict.fromkeys(added, 0.0)
        for influence in reactions:
            answer[influence.target] += influence.reaction * added[influence.source]
        added = answer
        reached = {state: posture + added[state] for state, posture in reached.items()}
        if max(added.values()) < 1e-6 or max(reached.values()) > MOST:
            break
    return reached


def _scales(problem: DesignProblem) -> Iterator[Finding]:
    """Programmes that next to nothing would bring to full strength somewhere."""
    for n, programme in enumerate(problem.programmes):
        scales = {
            state.id: problem.programme_scale(programme, state) for state in problem.beneficiaries(programme)
        }
        cheapest = min(scales, key=scales.__getitem__, default=None)
        if cheapest is not None and scales[cheapest] < LEAST_SCALE:
            yield Finding(
                ("programmes", n, "scale"),
                f"the programme costs next to nothing in {cheapest}: its scale there, in million USD, is "
                f"below {LEAST_SCALE:g}",
                f"{scales[cheapest]:g}",
                "raise the scale, or look for a slip in what it is scaled by (population, GDP)",
            )


def _indices(problem: DesignProblem) -> Iterator[Finding]:
    """Threats and capacities that are beyond all bounds without the institution."""
    later = len(problem.periods) - 1
    for n, state in enumerate(problem.states):
        if not state.is_member:
            continue
        threats = {kind.id: state.initial_threat(kind.id) for kind in problem.threat_kinds}
        present = {kind: threat for kind, threat in threats.items() if threat > 0}
        for kind, threat in present.items():
            drift = state.drift.get(kind, 0.0) * later
            if abs(log(threat)) > MOST_LOGS:
                message = "the perceived threat, the index times its factor, is beyond all bounds"
                yield Finding(("states", n, "threats", kind), message, f"{threat:g}", _REMEDY)
            elif abs(log(threat) + drift) > MOST_LOGS:
                message = f"by its drift the log of the threat moves by {drift:.4g} in {later} periods"
                yield Finding(("states", n, "drift", kind), message, None, "lower it; " + _REMEDY)
        if not present:
            continue
        faced = sum(present.values())
        useful = sum(
            present.get(kind.id, 0.0) / faced * kind.relevance.get(dimension, 0.0) * level
            for kind in problem.threat_kinds
            for dimension, level in state.capacities.items()
        )
        if useful > 0 and abs(log(useful)) > MOST_LOGS:
            message = "the capacity that is of use against the state's threats is beyond all bounds"
            yield Finding(("states", n, "capacities"), message, f"{useful:g}", _REMEDY)
