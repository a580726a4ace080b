"""Parameters of the program as labelled series, derived from the problem.

Troops are in thousands and money in million USD inside the program, so that coefficients stay near 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from concord.formulation.index_sets import IndexSets
from concord.formulation.labelling import index_of, parameter
from concord.models import MILITARY_DIMENSIONS, CapacityDimension, DesignProblem, Head
from concord.models.fund import COMMON
from concord.models.quantities import in_period


@dataclass(frozen=True)
class Parameters:
    """Numbers of the problem, on the dimensions that the equations name."""

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

    # Garrisons and missions ---------------------------------------------------------------------------

    @cached_property
    def contingent_unit(self) -> float:
        """Thousand troops in one unit."""
        return self.problem.garrisons.contingents.unit / 1000 if self.problem.garrisons else 0.0

    @cached_property
    def soldier_cost(self) -> float:
        """Thousand USD that the institution pays a soldier stationed, refunds to his sender included."""
        if not self.problem.garrisons:
            return 0.0
        rules = self.problem.garrisons.contingents
        return rules.cost_per_soldier + rules.reimbursed * rules.sender_cost

    @cached_property
    def unit_burden(self) -> float:
        """Million USD a contingent unit that its sender bears itself."""
        if not self.problem.garrisons:
            return 0.0
        rules = self.problem.garrisons.contingents
        return self.contingent_unit * (1 - rules.reimbursed) * rules.sender_cost

    @cached_property
    def lift_cost(self) -> float:
        """Million USD that the institution pays per million tonne-km, refunds included."""
        if not self.problem.garrisons:
            return 0.0
        lift = self.problem.garrisons.lift
        return lift.cost + lift.reimbursed * lift.sender_cost

    @cached_property
    def lift_burden(self) -> float:
        """Million USD per million tonne-km that the pledging state bears itself."""
        lift = self.problem.garrisons.lift if self.problem.garrisons else None
        return (1 - lift.reimbursed) * lift.sender_cost if lift else 0.0

    @cached_property
    def may_stand(self) -> pd.Series[float]:
        """1 by `site, tier, period` where a garrison decided in the first period may stand, else 0."""
        lead = self.problem.garrisons.lead if self.problem.garrisons else 0
        sites, ready = {site.id: site for site in self.problem.sites}, self.sets.periods[0] + lead
        return parameter(
            {(g, n, t): float(sites[g].may_stand(t) and t >= ready) for g, n, t in self.sets.tiers},
            "site", "tier", "period",
        )  # fmt: skip

    @cached_property
    def tier_capacity(self) -> pd.Series[float]:
        """Thousand troops by `tier`, no more than any garrison may have."""
        garrisons = self.problem.garrisons
        most = garrisons.max_troops if garrisons and garrisons.max_troops is not None else math.inf
        return parameter(
            {tier.id: min(tier.capacity, most) / 1000 for tier in (garrisons.tiers if garrisons else ())},
            "tier",
        )

    @cached_property
    def tier_setup(self) -> pd.Series[float]:
        """Million USD by `tier`."""
        tiers = self.problem.garrisons.tiers if self.problem.garrisons else ()
        return parameter({tier.id: tier.setup_cost for tier in tiers}, "tier")

    @cached_property
    def tier_upkeep(self) -> pd.Series[float]:
        """Million USD by `tier`."""
        tiers = self.problem.garrisons.tiers if self.problem.garrisons else ()
        return parameter({tier.id: tier.upkeep for tier in tiers}, "tier")

    @cached_property
    def available_units(self) -> pd.Series[float]:
        """Most units by contributing `state`; whole units where contingents are whole."""
        if not self.problem.garrisons:
            return parameter({}, "state")
        rules = self.problem.garrisons.contingents
        spare = {
            m: rules.availability * self.problem.state_by_id[m].military_personnel / rules.unit
            for m in self.sets.contributors
        }
        whole = math.floor if rules.integral else float
        return parameter({m: whole(units + 1e-9) for m, units in spare.items()}, "state")

    @cached_property
    def contingent_share(self) -> pd.Series[float]:
        """Share of all troops by contributing `state, period`; empty where the problem has no scale."""
        scale = self.problem.garrisons.contingents.scale if self.problem.garrisons else None
        if scale is None:
            return parameter({}, "state", "period")
        sending = {t: [m for m, when in self.sets.sendings if when == t] for t in self.sets.periods}
        return parameter(
            {
                (m, t): share
                for t, states in sending.items()
                if states
                for m, share in scale.shares([self.problem.state_by_id[m] for m in states]).items()
            },
            "state", "period",
        )  # fmt: skip

    @cached_property
    def muster(self) -> pd.Series[float]:
        """Most units in all by `period`: what all can spare, and what the least able can follow."""
        available, least = self.available_units, 0.0
        if self.problem.garrisons:
            least = 1 - self.problem.garrisons.contingents.tolerance
        most: dict[int, float] = {}
        for t in self.sets.periods_with_force:
            able = [m for m, when in self.sets.sendings if when == t]
            follow = [
                (available[m] + 1) / (least * share)
                for m in able
                if least > 0 and (share := self.contingent_share.get((m, t), 0.0)) > 0
            ]
            most[t] = min([sum(available[m] for m in able), *follow])
        return parameter(most, "period")

    @cached_property
    def need(self) -> pd.Series[float]:
        """Thousand troops by `mission`."""
        return parameter({h.id: h.need / 1000 for h in self.problem.missions}, "mission")

    @cached_property
    def minimum_strength(self) -> pd.Series[float]:
        """Thousand troops by `mission`, where there is a least strength."""
        return parameter(
            {h.id: h.minimum_strength / 1000 for h in self.problem.missions if h.minimum_strength > 0},
            "mission",
        )

    @cached_property
    def standing(self) -> pd.Series[float]:
        """Thousand troops that stay at least, in whole units, by `mission, period`, where there are any."""
        garrisons = self.problem.garrisons
        ready = self.sets.periods[0] + (garrisons.lead if garrisons else 0)
        missions = {h.id: h for h in self.problem.missions}
        return parameter(
            {
                (h, t): self.in_whole_units(min(missions[h].standing, missions[h].need)) / 1000
                for h, t in self.sets.missions
                if missions[h].standing > 0 and ready <= t <= (missions[h].standing_until or t)
            },
            "mission", "period",
        )  # fmt: skip

    def in_whole_units(self, troops: float) -> float:
        """As many of `troops` as make whole contingent units, where these are whole."""
        rules = self.problem.garrisons.contingents if self.problem.garrisons else None
        return math.floor(troops / rules.unit + 1e-9) * rules.unit if rules and rules.integral else troops

    @cached_property
    def counted_in_threats(self) -> pd.Series[float]:
        """Thousand troops with which the threats were measured, by `mission, period`; else 0."""
        missions = {h.id: h for h in self.problem.missions}
        return parameter(
            {
                (h, t): missions[h].standing / 1000 if missions[h].measured_with_standing else 0.0
                for h, t in self.sets.missions
            },
            "mission", "period",
        )  # fmt: skip

    @cached_property
    def pacification(self) -> pd.Series[float]:
        """beta times affectedness per thousand troops, by `mission, state, threat`."""
        return parameter(
            {
                (h.id, i, kind): beta * affected
                for h in self.problem.missions
                for i, affected in h.affects.items()
                for kind, beta in h.effects.items()
                if (i, kind) in self.initial_threat
            },
            "mission", "state", "threat",
        )  # fmt: skip

    @cached_property
    def bonus_effect(self) -> pd.Series[float]:
        """zeta by `complementarity, threat`."""
        return parameter(
            {(s.id, kind): e for s in self.problem.complementarities for kind, e in s.effects.items()},
            "complementarity", "threat",
        )  # fmt: skip

    @cached_property
    def confidence(self) -> pd.Series[float]:
        """phi by `programme, one, other, state, threat`, of both states of a frontier."""
        return parameter(
            {
                (programme.id, *pair, i, kind): effect
                for programme in self.problem.programmes
                if programme.mutual
                for pair in self.problem.frontiers(programme)
                for i in pair
                for kind, effect in programme.mutual.effects.items()
                if (i, kind) in self.initial_threat
            },
            "programme", "one", "other", "state", "threat",
        )  # fmt: skip

    @cached_property
    def haul(self) -> pd.Series[float]:
        """Million tonne-km per thousand troops, by `site, mission`."""
        tonnes = self.problem.garrisons.lift.tonnes_per_soldier if self.problem.garrisons else 0.0
        return parameter(
            {arc: km * tonnes / 1000 for arc, km in self.sets.distances.items()}, "site", "mission"
        )

    # Monitoring ---------------------------------------------------------------------------------------

    @cached_property
    def team_effort(self) -> pd.Series[float]:
        """Effort of one team by `monitor`."""
        monitors = self.problem.monitoring.monitors if self.problem.monitoring else ()
        return parameter({monitor.id: monitor.effort for monitor in monitors}, "monitor")

    @cached_property
    def team_cost(self) -> pd.Series[float]:
        """Million USD that the institution pays a team, refunds to its sender included, by `monitor`."""
        monitors = self.problem.monitoring.monitors if self.problem.monitoring else ()
        return parameter({a.id: (a.cost + a.reimbursed * a.sender_cost) / 1000 for a in monitors}, "monitor")

    @cached_property
    def team_burden(self) -> pd.Series[float]:
        """Million USD a team that its sender bears itself, by `monitor`, where it bears anything."""
        monitors = self.problem.monitoring.monitors if self.problem.monitoring else ()
        borne = {a.id: (1 - a.reimbursed) * a.sender_cost / 1000 for a in monitors}
        return parameter({monitor: cost for monitor, cost in borne.items() if cost > 0}, "monitor")

    @cached_property
    def stock(self) -> pd.Series[float]:
        """Teams by `monitor, state`."""
        monitors = self.problem.monitoring.monitors if self.problem.monitoring else ()
        return parameter(
            {(a.id, nation): teams for a in monitors for nation, teams in a.stock.items()}, "monitor", "state"
        )

    @cached_property
    def zone_ceiling(self) -> pd.Series[float]:
        """Most effort by `zone`."""
        monitoring = self.problem.monitoring
        kinds = {kind.id: kind.ceiling for kind in monitoring.kinds} if monitoring else {}
        zones = monitoring.zones if monitoring else ()
        return parameter({zone.id: kinds[zone.kind] for zone in zones}, "zone")

    @cached_property
    def zone_minimum(self) -> pd.Series[float]:
        """Least effort by `zone`, where there is one."""
        zones = self.problem.monitoring.zones if self.problem.monitoring else ()
        return parameter({zone.id: zone.minimum for zone in zones if zone.minimum > 0}, "zone")

    @cached_property
    def reassurance(self) -> pd.Series[float]:
        """mu by `zone, state, threat`."""
        monitoring = self.problem.monitoring
        effects = {kind.id: kind.effects for kind in monitoring.kinds} if monitoring else {}
        return parameter(
            {
                (zone.id, i, kind): mu
                for zone in (monitoring.zones if monitoring else ())
                for i in zone.states
                for kind, mu in effects[zone.kind].items()
                if (i, kind) in self.initial_threat
            },
            "zone", "state", "threat",
        )  # fmt: skip

    # Money ---------------------------------------------------------------------------------------------

    @cached_property
    def region_of(self) -> dict[str, str]:
        """State to region."""
        return {state.id: state.region for state in self.problem.states}

    def fund_figure(self, field: str) -> pd.Series[float]:
        """`budget` or `commitment` by `fund, period`, where given."""
        return parameter(
            {
                (fund.id, t): in_period(getattr(fund, field), t)
                for fund in self.problem.funds
                if getattr(fund, field) is not None
                for t in self.sets.periods
            },
            "fund", "period",
        )  # fmt: skip

    @cached_property
    def scale_share(self) -> pd.Series[float]:
        """Share by `payer, fund` of the funds with a scale."""
        return parameter(
            {
                (payer, fund.id): share
                for fund in self.problem.funds
                if fund.scale
                for payer, share in fund.scale.shares(
                    self.problem.payers(fund), fund.floor, fund.ceiling
                ).items()
            },
            "payer", "fund",
        )  # fmt: skip

    @cached_property
    def arrears_rate(self) -> pd.Series[float]:
        """Share of what is assessed that does not arrive, by `payer, fund`, where there is one."""
        return parameter(
            {
                (payer.id, fund.id): 1 - fund.delivered(payer.id)
                for fund in self.problem.funds
                for payer in self.problem.payers(fund)
                if fund.delivered(payer.id) < 1
            },
            "payer", "fund",
        )  # fmt: skip

    def place(self, head: Head, region: str | None = COMMON) -> pd.Series[float]:
        """1 at a head, and at a region unless that is None: a product with it puts a cost in its place."""
        if region is None:
            return parameter({head.value: 1.0}, "head")
        return pd.Series([1.0], index=index_of([(head.value, region)], "head", "region"))
