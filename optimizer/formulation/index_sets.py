"""Index sets of the program, read off the problem."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import ceil

import pandas as pd

from concord.formulation.labelling import index_of, without_level
from concord.models import DesignProblem, Head
from concord.models.eligibility import barred_from_site, barred_from_zone
from concord.models.fund import COMMON
from concord.models.geography import great_circle_km


@dataclass(frozen=True)
class IndexSets:
    """Which labels every decision has. A decision that cannot be has no label."""

    problem: DesignProblem

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """All periods in order."""
        return self.problem.periods

    @cached_property
    def states(self) -> pd.Index:
        """`state, period` of the region."""
        return index_of(product((s.id for s in self.problem.measured), self.periods), "state", "period")

    @cached_property
    def threats(self) -> pd.Index:
        """`state, threat, period` where the kind is present."""
        return index_of(
            (
                (state.id, kind.id, t)
                for state in self.problem.measured
                for kind in self.problem.threat_kinds
                if state.initial_threat(kind.id) > 0
                for t in self.periods
            ),
            "state", "threat", "period",
        )  # fmt: skip

    @cached_property
    def programmes(self) -> pd.Index:
        """`state, programme, period` where the programme may run."""
        return index_of(
            (
                (state.id, programme.id, t)
                for programme in self.problem.programmes
                for state in self.problem.beneficiaries(programme)
                for t in self.periods
                if programme.may_run(t)
            ),
            "state", "programme", "period",
        )  # fmt: skip

    @cached_property
    def thresholds(self) -> pd.Index:
        """`programme, period` where it must be decided that a programme runs."""
        switched = {programme.id for programme in self.problem.programmes if programme.is_switched}
        labels = ((k, t) for _, k, t in self.programmes if k in switched)
        return index_of(dict.fromkeys(labels), "programme", "period")

    @cached_property
    def organs(self) -> pd.Index:
        """`organ, period`."""
        return index_of(product((o.id for o in self.problem.organs), self.periods), "organ", "period")

    @cached_property
    def trials(self) -> pd.Index:
        """`precedence, period` where programmes have to come first."""
        tried = [p.id for p in self.problem.timetable.precedence if p.first.organ is None]
        return index_of(product(tried, self.periods), "precedence", "period")

    @cached_property
    def precedences(self) -> pd.Index:
        """`precedence, period`."""
        ids = (p.id for p in self.problem.timetable.precedence)
        return index_of(product(ids, self.periods), "precedence", "period")

    @cached_property
    def experiences(self) -> pd.Index:
        """`experience, period`."""
        ids = (s.id for s in self.problem.timetable.experience)
        return index_of(product(ids, self.periods), "experience", "period")

    @cached_property
    def savings(self) -> pd.Index:
        """`experience, organ, period`."""
        pairs = [(s.id, o) for s in self.problem.timetable.experience for o in s.organs]
        return index_of(
            ((s, o, t) for (s, o), t in product(pairs, self.periods)), "experience", "organ", "period"
        )

    @cached_property
    def restrained(self) -> pd.Index:
        """`state, period` where a state may arm only after abating threats."""
        if self.problem.rules.abate_before_arming is None:
            return self.states[:0]
        if self.problem.dilemma.arming_ceiling > 0:
            return self.states
        arming = {programme.id for programme in self.problem.programmes if programme.arms}
        labels = ((i, t) for i, k, t in self.programmes if k in arming)
        return index_of(dict.fromkeys(labels), "state", "period")

    @cached_property
    def payers(self) -> pd.Index:
        """`payer, fund, period`."""
        return index_of(
            (
                (payer.id, fund.id, t)
                for fund in self.problem.funds
                for payer in self.problem.payers(fund)
                for t in self.periods
            ),
            "payer", "fund", "period",
        )  # fmt: skip

    @cached_property
    def funds(self) -> pd.Index:
        """`fund, period`."""
        return index_of(product((u.id for u in self.problem.funds), self.periods), "fund", "period")

    @cached_property
    def costs(self) -> pd.Index:
        """`head, region, period` where something can cost money."""
        return index_of(
            ((head, region, t) for head, region in self._cost_places() for t in self.periods),
            "head", "region", "period",
        )  # fmt: skip

    def _cost_places(self) -> list[tuple[str, str]]:
        problem, region = self.problem, {state.id: state.region for state in self.problem.states}
        places = [(k.id, state.region) for k in problem.programmes for state in problem.beneficiaries(k)]
        places += [(Head.ORGANS.value, organ.region or COMMON) for organ in problem.organs]
        places += [(Head.GARRISONS.value, region[site.host]) for site in problem.sites]
        places += [(Head.MISSIONS.value, region[mission.state]) for mission in problem.open_missions]
        places += [(Head.LIFT.value, COMMON)] * bool(problem.open_missions)
        places += [(Head.MONITORING.value, region[s]) for zone in problem.open_zones for s in zone.states]
        return list(dict.fromkeys(places))

    @cached_property
    def draws(self) -> pd.Index:
        """`fund, head, region, period` where the fund may pay for what can cost money."""
        return index_of(
            (
                (fund.id, head, region, t)
                for fund in self.problem.funds
                for head, region in self._cost_places()
                if self.problem.may_pay_for(fund, head, region)
                for t in self.periods
            ),
            "fund", "head", "region", "period",
        )  # fmt: skip

    @cached_property
    def tiers(self) -> pd.Index:
        """`site, tier, period`."""
        return index_of(
            (
                (site.id, tier.id, t)
                for site in self.problem.sites
                for tier in self.problem.tiers_at(site)
                for t in self.periods
            ),
            "site", "tier", "period",
        )  # fmt: skip

    @cached_property
    def sites(self) -> pd.Index:
        """`site, period`."""
        return index_of(product((site.id for site in self.problem.sites), self.periods), "site", "period")

    @cached_property
    def contributors(self) -> tuple[str, ...]:
        """Members that can spare at least the least contingent, and may send it in some period."""
        if not self.problem.garrisons:
            return ()
        rules = self.problem.garrisons.contingents
        least = rules.unit * rules.minimum_units
        able = [s.id for s in self.problem.senders if rules.availability * s.military_personnel >= least]
        return tuple(m for m in able if any(self.problem.may_send(m, t) for t in self.periods))

    @cached_property
    def sendings(self) -> pd.Index:
        """`state, period` in which a contributor may have soldiers abroad."""
        return index_of(
            (
                (m, t)
                for m, t in product(self.contributors, self.periods)
                if self.problem.may_send(m, t)
            ),
            "state", "period",
        )  # fmt: skip

    @cached_property
    def postings(self) -> pd.Index:
        """`state, site, period` of contingents."""
        may_send = set(self.sendings)
        barred = {site.id: barred_from_site(self.problem, site) for site in self.problem.sites}
        return index_of(
            (
                (m, site.id, t)
                for m in self.contributors
                for site in self.problem.sites
                for t in self.periods
                if (m, t) in may_send and m not in barred[site.id]
            ),
            "state", "site", "period",
        )  # fmt: skip

    @cached_property
    def presences(self) -> pd.Index:
        """`state, site, period` where it must be known who is present.

        With whole units, the largest share of one state may already imply the least number of nations.
        """
        if not self.problem.garrisons:
            return self.postings[:0]
        rules = self.problem.garrisons.contingents
        implied = (
            rules.integral and rules.minimum_units == 1 and self._nations_by_share() >= rules.min_nations
        )
        return self.postings[:0] if implied else self.postings

    def _nations_by_share(self) -> int:
        """Least number of nations among whom shares of at most `max_state_share` make a whole."""
        share = self.problem.garrisons.contingents.max_state_share if self.problem.garrisons else 1.0
        return ceil(1 / share - 1e-9) if share > 0 else 1

    @cached_property
    def periods_with_force(self) -> pd.Index:
        """`period`, where there are contributors."""
        return index_of(((t,) for t in self.periods if any(t == when for _, when in self.sendings)), "period")

    @cached_property
    def missions(self) -> pd.Index:
        """`mission, period` while the need lasts and the government in control consents."""
        return index_of(
            (
                (mission.id, t)
                for mission in self.problem.open_missions
                for t in self.problem.mission_periods(mission)
            ),
            "mission", "period",
        )  # fmt: skip

    @cached_property
    def strengths(self) -> pd.Index:
        """`mission, period` of missions with a minimum strength."""
        least = {mission.id for mission in self.problem.missions if mission.minimum_strength > 0}
        return index_of(((h, t) for h, t in self.missions if h in least), "mission", "period")

    @cached_property
    def distances(self) -> dict[tuple[str, str], float]:
        """Great-circle km from site to mission, where the mission is within reach."""
        garrisons = self.problem.garrisons
        if not garrisons:
            return {}
        km = {
            (site.id, mission.id): great_circle_km(
                site.latitude, site.longitude, mission.latitude, mission.longitude
            )
            for site in self.problem.sites
            for mission in self.problem.open_missions
        }
        deadline = {mission.id: mission.deadline for mission in self.problem.open_missions}
        return {(g, h): d for (g, h), d in km.items() if garrisons.lift.hours(d) <= deadline[h]}

    @cached_property
    def assignments(self) -> pd.Index:
        """`site, mission, period` within reach while the need lasts."""
        return index_of(
            ((g, h, t) for g, h in self.distances for t in self.periods if (h, t) in self.missions),
            "site", "mission", "period",
        )  # fmt: skip

    @cached_property
    def lifters(self) -> pd.Index:
        """`state, period` of members with transport to pledge."""
        able = [state.id for state in self.problem.members if state.lift > 0]
        return index_of(product(able if self.problem.missions else (), self.periods), "state", "period")

    @cached_property
    def zones(self) -> pd.Index:
        """`zone, period` in which the zone may be watched."""
        return index_of(
            (
                (zone.id, t)
                for zone in self.problem.open_zones
                for t in self.periods
                if zone.open_in(t)
            ),
            "zone", "period",
        )  # fmt: skip

    @cached_property
    def teams(self) -> pd.Index:
        """`monitor, state, zone, period` where the type fits, and a member has teams and may send them."""
        monitoring = self.problem.monitoring
        if not monitoring:
            return index_of((), "monitor", "state", "zone", "period")
        barred = {zone.id: barred_from_zone(self.problem, zone) for zone in self.problem.open_zones}
        open_to = {
            (nation, t)
            for nation in {nation for monitor in monitoring.monitors for nation in monitor.stock}
            for t in self.periods
            if nation not in self.problem.left_out and self.problem.may_watch(nation, t)
        }
        return index_of(
            (
                (monitor.id, nation, zone.id, t)
                for monitor in monitoring.monitors
                for nation, stock in monitor.stock.items()
                for zone in self.problem.open_zones
                if stock > 0 and zone.kind in monitor.kinds and nation not in barred[zone.id]
                for t in self.periods
                if (nation, t) in open_to and zone.open_in(t)
            ),
            "monitor", "state", "zone", "period",
        )  # fmt: skip

    @cached_property
    def watches(self) -> pd.Index:
        """`monitor, zone, period` where anybody can send such a team."""
        return without_level(self.teams, "state").drop_duplicates()

    @cached_property
    def postures(self) -> pd.Index:
        """`state, period` of the region, where anything can move postures."""
        dilemma = self.problem.dilemma
        moved = dilemma.reduction_ceiling > 0 or dilemma.arming_ceiling > 0
        moved = moved or any(programme.posture for programme in self.problem.programmes)
        return self.states if moved else self.states[:0]

    @cached_property
    def frontiers(self) -> pd.Index:
        """`programme, one, other, period` where a programme may work on both sides of a frontier."""
        may_run = set(self.programmes)
        return index_of(
            (
                (programme.id, one, other, t)
                for programme in self.problem.programmes
                for one, other in self.problem.frontiers(programme)
                for t in self.periods
                if {(one, programme.id, t), (other, programme.id, t)} <= may_run
            ),
            "programme", "one", "other", "period",
        )  # fmt: skip

    @cached_property
    def bonuses(self) -> pd.Index:
        """`complementarity, state, period` where both instruments can act."""
        beneficiaries = {k.id: {s.id for s in self.problem.beneficiaries(k)} for k in self.problem.programmes}
        affected = {mission.id: mission.affects for mission in self.problem.missions}
        return index_of(
            (
                (bonus.id, state, t)
                for bonus in self.problem.complementarities
                for state in affected[bonus.mission]
                if state in beneficiaries[bonus.programme]
                for t in self.periods
                if (bonus.mission, t) in self.missions and (state, bonus.programme, t) in self.programmes
            ),
            "complementarity", "state", "period",
        )  # fmt: skip
