"""Parameters of threats, capacities, programmes and the dilemma, as labelled series."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from concord.formulation.index_sets import IndexSets
from concord.formulation.labelling import parameter
from concord.models import MILITARY_DIMENSIONS, CapacityDimension, DesignProblem


@dataclass(frozen=True)
class SecurityParameters:
    """Numbers of threats, capacities, programmes and organs."""

    problem: DesignProblem
    sets: IndexSets

    # Security -----------------------------------------------------------------------------------------

    @cached_property
    def initial_threat(self) -> dict[tuple[str, str], float]:
        """T0 by (state, threat), where positive."""
        return {
            (state.id, kind.id): state.initial_threat(kind.id)
            for state in self.problem.measured
            for kind in self.problem.threat_kinds
            if state.initial_threat(kind.id) > 0
        }

    @cached_property
    def present(self) -> pd.Series[float]:
        """1 for each `state, threat` that is present: a join with it drops the others."""
        return parameter(dict.fromkeys(self.initial_threat, 1.0), "state", "threat")

    @cached_property
    def log_baseline_threat(self) -> pd.Series[float]:
        """`log T0 + drift t` by `state, threat, period`."""
        drift = {state.id: state.drift for state in self.problem.measured}
        position = {t: n for n, t in enumerate(self.sets.periods)}
        return parameter(
            {
                (i, kind, t): math.log(self.initial_threat[i, kind]) + drift[i].get(kind, 0.0) * position[t]
                for i, kind, t in self.sets.threats
            },
            "state", "threat", "period",
        )  # fmt: skip

    @cached_property
    def capacity_weight(self) -> dict[tuple[str, CapacityDimension], float]:
        """`kappa` by (state, dimension): how far each capacity is of use against the state's threats."""
        weight = {}
        for state in self.problem.measured:
            faced = sum(
                self.initial_threat.get((state.id, kind.id), 0.0) for kind in self.problem.threat_kinds
            )
            for q in state.capacities:
                weight[state.id, q] = sum(
                    self.initial_threat.get((state.id, kind.id), 0.0) / faced * kind.relevance.get(q, 0.0)
                    for kind in self.problem.threat_kinds
                )
        return weight

    @cached_property
    def weighted_capacity(self) -> dict[tuple[str, CapacityDimension], float]:
        """`kappa * c0` by (state, dimension): each capacity as far as it is of use against threats."""
        return {
            (state.id, q): self.capacity_weight[state.id, q] * level
            for state in self.problem.measured
            for q, level in state.capacities.items()
        }

    @cached_property
    def initial_capacity(self) -> pd.Series[float]:
        """C0 by `state`."""
        return parameter(
            {s.id: sum(self.weighted_capacity[s.id, q] for q in s.capacities) for s in self.problem.measured},
            "state",
        )

    @cached_property
    def military_capacity(self) -> pd.Series[float]:
        """Part of C0 that moves with the posture, by `state`."""
        return parameter(
            {
                s.id: sum(self.weighted_capacity.get((s.id, q), 0.0) for q in MILITARY_DIMENSIONS)
                for s in self.problem.measured
            },
            "state",
        )

    @cached_property
    def log_baseline_ratio(self) -> pd.Series[float]:
        """`log S0` by `state, period`: the security ratio without the institution."""
        threat = self.log_baseline_threat.map(math.exp).groupby(level=["state", "period"]).sum()
        return parameter(
            {(i, t): math.log(self.initial_capacity[i] / threat[i, t]) for i, t in self.sets.states},
            "state", "period",
        )  # fmt: skip

    # Programmes and organs ----------------------------------------------------------------------------

    @cached_property
    def scale(self) -> pd.Series[float]:
        """s by `state, programme`."""
        return parameter(
            {
                (state.id, k.id): self.problem.programme_scale(k, state)
                for k in self.problem.programmes
                for state in self.problem.beneficiaries(k)
            },
            "state", "programme",
        )  # fmt: skip

    @cached_property
    def max_intensity(self) -> pd.Series[float]:
        """zmax by `programme`."""
        return parameter({k.id: k.max_intensity for k in self.problem.programmes}, "programme")

    @cached_property
    def persistence(self) -> pd.Series[float]:
        """delta by `programme`, where positive."""
        return parameter({k.id: k.persistence for k in self.problem.programmes if k.persistence}, "programme")

    @cached_property
    def abatement(self) -> pd.Series[float]:
        """epsilon by `programme, threat`."""
        return parameter(
            {(k.id, kind): e for k in self.problem.programmes for kind, e in k.effects.items()},
            "programme", "threat",
        )  # fmt: skip

    @cached_property
    def capacity_gain(self) -> pd.Series[float]:
        """Rise of C per unit of intensity, by `state, programme`."""
        return parameter(
            {
                (s.id, k.id): sum(self.weighted_capacity.get((s.id, q), 0.0) * g for q, g in k.gains.items())
                for k in self.problem.programmes
                if k.gains
                for s in self.problem.beneficiaries(k)
            },
            "state", "programme",
        )  # fmt: skip

    @cached_property
    def programme_posture(self) -> pd.Series[float]:
        """pi by `programme`, where it moves the posture."""
        return parameter({k.id: k.posture for k in self.problem.programmes if k.posture}, "programme")

    @cached_property
    def minimum_scale(self) -> pd.Series[float]:
        """Least total spending by `programme`, where there is one."""
        return parameter(
            {k.id: k.minimum_scale for k in self.problem.programmes if k.minimum_scale > 0}, "programme"
        )

    @cached_property
    def switched(self) -> tuple[str, ...]:
        """Programmes of which it must be decided that they run."""
        return tuple(k.id for k in self.problem.programmes if k.is_switched)

    @cached_property
    def organ_of(self) -> dict[str, str]:
        """Programme to the organ that it needs."""
        return {k.id: k.organ for k in self.problem.programmes if k.organ}

    @cached_property
    def setup_cost(self) -> pd.Series[float]:
        """By `organ`."""
        return parameter({organ.id: organ.setup_cost for organ in self.problem.organs}, "organ")

    @cached_property
    def upkeep(self) -> pd.Series[float]:
        """By `organ`."""
        return parameter({organ.id: organ.upkeep for organ in self.problem.organs}, "organ")

    # Posture ------------------------------------------------------------------------------------------

    @cached_property
    def most_arming(self) -> pd.Series[float]:
        """Most by which a state may arm on its own account, by `state`: 0 for one left out."""
        ceiling, left_out = self.problem.dilemma.arming_ceiling, self.problem.left_out
        return parameter({s.id: 0.0 if s.id in left_out else ceiling for s in self.problem.measured}, "state")

    @cached_property
    def most_reduction(self) -> pd.Series[float]:
        """Most by which a state may reduce its forces, by `state`: 0 for one left out or exempt."""
        dilemma, left_out = self.problem.dilemma, self.problem.left_out
        exempt = {s.id for s in self.problem.measured if s.at_war and dilemma.exempt_at_war}
        return parameter(
            {
                s.id: 0.0 if s.id in left_out or s.id in exempt else dilemma.reduction_ceiling
                for s in self.problem.measured
            },
            "state",
        )

    @cached_property
    def spillover(self) -> pd.Series[float]:
        """sigma by `source, state, threat`, on the kinds that respond to posture."""
        responding = [kind.id for kind in self.problem.threat_kinds if kind.responds_to_posture]
        return parameter(
            {
                (influence.source, influence.target, kind): influence.spillover
                for influence in self.problem.dilemma.influences
                for kind in responding
                if influence.spillover > 0 and (influence.target, kind) in self.initial_threat
            },
            "source", "state", "threat",
        )  # fmt: skip

    @cached_property
    def reaction(self) -> pd.Series[float]:
        """rho by `source, state`."""
        return parameter(
            {(i.source, i.target): i.reaction for i in self.problem.dilemma.influences if i.reaction > 0},
            "source", "state",
        )  # fmt: skip
