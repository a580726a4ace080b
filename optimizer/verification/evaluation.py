"""Security as a plan's decisions make it, by the true functions (S.1 to S.10), split over instruments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from concord.models.objective import Measure
from concord.models.problem import DesignProblem
from concord.models.programme import Programme
from concord.models.state import MILITARY_DIMENSIONS, State

from .arithmetic import exponential, logarithm, logarithmic_mean_over_start
from .decisions import Decisions
from .measures import aggregate, over_all
from .posture import solve_posture

OWN_POSTURE = "posture:own"
NEIGHBOURS = "posture:neighbours"
EXCLUSION = "exclusion"

ThreatFalls = dict[str, dict[str, float]]
"""Instrument to threat kind to the fall of its logarithm."""


@dataclass(frozen=True, slots=True)
class StateSecurity:
    """A member's security in a period, with and without the institution, in index units."""

    capacity: float
    threats: dict[str, float]
    """By kind, leaving out kinds that are absent."""
    threat: float
    log_ratio: float
    baseline_capacity: float
    baseline_threat: float
    log_baseline_ratio: float
    attribution: dict[str, float]
    """Instrument to its part in log_ratio - log_baseline_ratio, of which the parts are an exact sum."""

    @property
    def ratio(self) -> float:
        """Capacity over threat."""
        return exponential(self.log_ratio)

    @property
    def baseline_ratio(self) -> float:
        """Capacity over threat without the institution."""
        return exponential(self.log_baseline_ratio)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every measured state's security, posture, and the measure of aggregate security."""

    security: dict[tuple[str, int], StateSecurity]
    """By state and period."""
    posture: dict[tuple[str, int], float]
    """By state and period, in logs."""
    value: float
    baseline: float


def evaluate(problem: DesignProblem, decisions: Decisions) -> Evaluation:
    """Security of every state of the region in every period of `problem` under `decisions`.

    Never raises for decisions read by `read_decisions`: where they are absurd, figures are infinite or not
    numbers. Degrees of complementarities are the largest that troops and intensities allow.
    """
    posture = solve_posture(problem, decisions)
    fields = _Fields(problem, decisions, posture)
    security = {
        (state.id, period): fields.security(state, period)
        for period in problem.periods
        for state in problem.measured
    }
    return Evaluation(security, posture, *_measures(problem, security))


def _measures(
    problem: DesignProblem, security: Mapping[tuple[str, int], StateSecurity]
) -> tuple[float, float]:
    """The measure of the problem, with and without the institution."""
    if problem.objective.measure is Measure.RATIO_OF_TOTALS:
        return (
            over_all(problem, {index: (it.capacity, it.threat) for index, it in security.items()}),
            over_all(
                problem,
                {index: (it.baseline_capacity, it.baseline_threat) for index, it in security.items()},
            ),
        )
    return (
        aggregate(problem, problem.objective, {index: it.log_ratio for index, it in security.items()}),
        aggregate(
            problem, problem.objective, {index: it.log_baseline_ratio for index, it in security.items()}
        ),
    )


class _Fields:
    """A problem and decisions, indexed by the states that they bear on."""

    def __init__(
        self, problem: DesignProblem, decisions: Decisions, posture: Mapping[tuple[str, int], float]
    ) -> None:
        self.problem, self.decisions, self.posture = problem, decisions, posture
        self.at_mission, self.effort = decisions.at_mission(), decisions.effort(problem)
        self.programmes: dict[str, Programme] = {programme.id: programme for programme in problem.programmes}
        self.beneficiaries = {
            programme.id: {state.id for state in problem.beneficiaries(programme)}
            for programme in problem.programmes
        }
        self.missions = {mission.id: mission for mission in problem.missions}
        self.responsive = [kind.id for kind in problem.threat_kinds if kind.responds_to_posture]
        self.zone_effects: dict[str, list[tuple[str, str, Mapping[str, float]]]] = defaultdict(list)
        if problem.monitoring:
            kinds = {kind.id: kind for kind in problem.monitoring.kinds}
            for zone in problem.monitoring.zones:
                for watched in zone.states:
                    self.zone_effects[watched].append((zone.id, zone.kind, kinds[zone.kind].effects))
        self.spillovers: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for influence in problem.dilemma.influences:
            self.spillovers[influence.target].append((influence.source, influence.spillover))

    def security(self, state: State, period: int) -> StateSecurity:
        step = self.problem.periods.index(period)
        initial = {kind.id: state.initial_threat(kind.id) for kind in self.problem.threat_kinds}
        before = {
            kind: logarithm(level) + state.drift.get(kind, 0.0) * step
            for kind, level in initial.items()
            if level > 0
        }
        falls = self._threat_falls(state, period)
        growth = {kind: -sum(fall.get(kind, 0.0) for fall in falls.values()) for kind in before}
        after = {kind: before[kind] + growth[kind] for kind in before}
        log_before, log_after = _log_sum(before), _log_sum(after)
        useful = self._useful_capacity(state, initial)
        capacity_before = sum(useful.values())
        gains = self._capacity_gains(state, period, useful)
        capacity = capacity_before + sum(gains.values())
        attribution = _threat_parts(before, growth, falls, (log_before, log_after))
        growth_of_capacity = logarithm(capacity) - logarithm(capacity_before)
        for instrument, gain in gains.items():
            part = gain / (capacity_before * logarithmic_mean_over_start(growth_of_capacity) or 1.0)
            attribution[instrument] = attribution.get(instrument, 0.0) + part
        return StateSecurity(
            capacity,
            {kind: exponential(level) for kind, level in after.items()},
            exponential(log_after),
            logarithm(capacity) - log_after,
            capacity_before,
            exponential(log_before),
            logarithm(capacity_before) - log_before,
            attribution,
        )

    def _useful_capacity(self, state: State, initial: Mapping[str, float]) -> dict[str, float]:
        """Each dimension before the institution acts, weighted by its use against the state's threats."""
        total = sum(initial.values())
        return {
            dimension: level
            * sum(
                initial[kind.id] / total * kind.relevance.get(dimension, 0.0)
                for kind in self.problem.threat_kinds
            )
            for dimension, level in state.capacities.items()
        }

    def _capacity_gains(self, state: State, period: int, useful: Mapping[str, float]) -> dict[str, float]:
        """Instrument to the capacity that it adds (S.6)."""
        gains = {
            f"programme:{name}": self.decisions.intensity.get((state.id, name, period), 0.0)
            * sum(gain * useful.get(dimension, 0.0) for dimension, gain in programme.gains.items())
            for name, programme in self.programmes.items()
            if programme.gains
        }
        military = sum(useful.get(dimension, 0.0) for dimension in MILITARY_DIMENSIONS)
        return {**gains, OWN_POSTURE: military * self.posture.get((state.id, period), 0.0)}

    def _threat_falls(self, state: State, period: int) -> ThreatFalls:
        """Instrument to the fall of the logarithm of each threat kind (S.4)."""
        falls: ThreatFalls = {}
        for instrument, amount, effects in (
            *self._programmes_and_missions(state, period),
            *self._zones_and_bonuses(state, period),
            *self._frontiers(state, period),
        ):
            if amount:
                of_instrument = falls.setdefault(instrument, {})
                for kind, effect in effects.items():
                    of_instrument[kind] = of_instrument.get(kind, 0.0) + amount * effect
        pressure = sum(
            spillover * self.posture.get((source, period), 0.0)
            for source, spillover in self.spillovers.get(state.id, ())
        )
        if pressure:
            falls[NEIGHBOURS] = dict.fromkeys(self.responsive, -pressure)
        if self.problem.membership.exclusion and state.id in self.problem.left_out:
            alarm = self.problem.membership.exclusion * self._weight_inside(state)
            falls[EXCLUSION] = dict.fromkeys(self.responsive, -alarm)
        return falls

    def _weight_inside(self, state: State) -> float:
        """Of all that others than `state` spend on their forces, the part that those inside spend."""
        others = [other for other in self.problem.measured if other.id != state.id]
        outside = sum(o.military_expenditure for o in others if o.id in self.problem.left_out)
        total = sum(other.military_expenditure for other in others)
        return (total - outside) / total if total > 0 else 0.0

    def _programmes_and_missions(
        self, state: State, period: int
    ) -> Iterator[tuple[str, float, Mapping[str, float]]]:
        for name, programme in self.programmes.items():
            yield (
                f"programme:{name}",
                self.decisions.intensity.get((state.id, name, period), 0.0),
                programme.effects,
            )
            yield (
                f"backlash:{name}",
                self.decisions.intensity.get((state.id, name, period - programme.backlash_lag), 0.0),
                {kind: -rise for kind, rise in programme.backlash.items()},
            )
        for name, mission in self.missions.items():
            troops = self.at_mission.get((name, period), 0.0)
            if mission.measured_with_standing and period in self.problem.mission_periods(mission):
                troops -= mission.standing
            yield f"mission:{name}", mission.affects.get(state.id, 0.0) * troops / 1000, mission.effects

    def _zones_and_bonuses(
        self, state: State, period: int
    ) -> Iterator[tuple[str, float, Mapping[str, float]]]:
        for zone, kind, effects in self.zone_effects.get(state.id, ()):
            yield f"zone-kind:{kind}", self.effort.get((zone, period), 0.0), effects
        for bonus in self.problem.complementarities:
            mission, programme = self.missions[bonus.mission], self.programmes[bonus.programme]
            if state.id in mission.affects and state.id in self.beneficiaries[programme.id]:
                strength = self.at_mission.get((mission.id, period), 0.0) / mission.need
                intensity = self.decisions.intensity.get((state.id, programme.id, period), 0.0)
                degree = max(0.0, min(1.0, strength, intensity / programme.max_intensity))
                yield f"complementarity:{bonus.id}", degree, bonus.effects

    def _frontiers(self, state: State, period: int) -> Iterator[tuple[str, float, Mapping[str, float]]]:
        for name, programme in self.programmes.items():
            if programme.mutual:
                quiet = sum(
                    self.decisions.mutual.get((name, *pair, period), 0.0)
                    for pair in self.problem.frontiers(programme)
                    if state.id in pair
                )
                yield f"frontier:{name}", quiet, programme.mutual.effects


def _log_sum(logs: Mapping[str, float]) -> float:
    """log of the sum of exponentials, without overflow."""
    highest = max(logs.values())
    return highest + logarithm(sum(exponential(level - highest) for level in logs.values()))


def _threat_parts(
    before: Mapping[str, float],
    growth: Mapping[str, float],
    falls: ThreatFalls,
    totals: tuple[float, float],
) -> dict[str, float]:
    """Logarithmic mean Divisia index: each instrument's part in the fall of the log of total threat.

    A kind weighs by the logarithmic mean of its levels before and after over that of the totals.
    """
    log_before, log_after = totals
    whole = logarithmic_mean_over_start(log_after - log_before) or 1.0
    weights = {
        kind: exponential(level - log_before) * logarithmic_mean_over_start(growth[kind]) / whole
        for kind, level in before.items()
    }
    return {
        instrument: sum(weights.get(kind, 0.0) * fall for kind, fall in of_kind.items())
        for instrument, of_kind in falls.items()
    }
