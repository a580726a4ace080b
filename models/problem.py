"""The design problem: everything an analyst states, validated as a whole."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from math import sqrt
from statistics import median
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from .agreement import Agreement
from .base import Model
from .burden import BurdenRule
from .checks import findings
from .dilemma import SecurityDilemma
from .eligibility import Relation, RelationKind, bar_at_home
from .fairness import BenefitRules
from .fund import COMMON, PROGRAMMES, Fund, Head
from .hegemony import Span, WeightCeiling
from .lock import Lock
from .membership import Membership
from .mission import Mission
from .objective import Objective, WeightRule
from .organ import Organ
from .preferences import Preferences
from .programme import Complementarity, Programme, SizeBy
from .provenance import ParameterNote
from .provision import weak_members
from .quantities import Identifier, Period, Text
from .rules import Rules
from .site import Contingents, Garrisons, Lift, Site, Tier
from .state import State
from .threat import ThreatKind
from .timetable import Activity, Timetable
from .zone import Monitoring, MonitorType, Zone

FORMAT: Literal["concord/problem/1"] = "concord/problem/1"


class DesignProblem(Model):
    """States, threats, instruments, money and rules: the input of the optimizer."""

    format: Literal["concord/problem/1"] = FORMAT
    id: Identifier
    title: Text
    description: Text = ""
    doctrine: Identifier | None = None
    """The doctrine that recast the problem; none: the problem as its author states it."""
    currency: Text = "million USD"
    """What money is counted in, price year included."""
    periods: Annotated[tuple[Period, ...], Field(min_length=1)]
    """Consecutive whole numbers, usually calendar years."""
    objective: Objective = Objective()
    threat_kinds: Annotated[tuple[ThreatKind, ...], Field(min_length=1)]
    states: Annotated[tuple[State, ...], Field(min_length=1)]
    membership: Membership = Membership()
    relations: tuple[Relation, ...] = ()
    """Rivals and neighbours, for rules on who may send soldiers where and who reduces forces together."""
    dilemma: SecurityDilemma = SecurityDilemma()
    programmes: tuple[Programme, ...] = ()
    complementarities: tuple[Complementarity, ...] = ()
    organs: tuple[Organ, ...] = ()
    garrisons: Garrisons | None = None
    missions: tuple[Mission, ...] = ()
    monitoring: Monitoring | None = None
    funds: tuple[Fund, ...] = ()
    burden_sharing: tuple[BurdenRule, ...] = ()
    benefit: BenefitRules = BenefitRules()
    hegemony: tuple[WeightCeiling, ...] = ()
    """Ceilings on one state's share of money, troops, hosts and monitors."""
    timetable: Timetable = Timetable()
    rules: Rules = Rules()
    preferences: Preferences = Preferences()
    """What the tidy stage prefers among plans that are worth the same."""
    agreement: Agreement | None = None
    """A plan that this one must stay close to."""
    locks: tuple[Lock, ...] = ()
    """Decisions that are made, promised or out of the question."""
    provenance: tuple[ParameterNote, ...] = ()

    @model_validator(mode="after")
    def _cross_check(self) -> Self:
        found = tuple(findings(self))
        if found:
            raise PydanticCustomError(
                "cross_check",
                "{summary}",
                {"summary": "; ".join(str(finding) for finding in found), "findings": found},
            )
        return self

    def __repr__(self) -> str:
        """What a problem is, in a few lines."""
        return (
            f"<DesignProblem {self.id}: {self.title}\n"
            f"  {len(self.states)} states, {min(self.periods)} to {max(self.periods)}, "
            f"maximises {self.objective.measure}\n"
            f"  {len(self.funds)} funds, {len(self.programmes)} programmes, {len(self.organs)} organs, "
            f"{len(self.sites)} sites>"
        )

    __str__ = __repr__

    @cached_property
    def measured(self) -> tuple[State, ...]:
        """States of the region: counted in the measure, whether the entry test admits them or not."""
        return tuple(state for state in self.states if state.is_member)

    @cached_property
    def members(self) -> tuple[State, ...]:
        """States of the region that the entry test admits: served by the institution, and contributing."""
        return tuple(state for state in self.measured if self.membership.admits(state))

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Ids of the states of the region that the entry test leaves out."""
        return tuple(state.id for state in self.measured if not self.membership.admits(state))

    @cached_property
    def state_by_id(self) -> dict[str, State]:
        """States by id."""
        return {state.id: state for state in self.states}

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Candidate garrison sites in members; empty where the problem has no garrisons."""
        sites = self.garrisons.sites if self.garrisons else ()
        return tuple(site for site in sites if site.host not in self.left_out)

    @cached_property
    def open_missions(self) -> tuple[Mission, ...]:
        """Missions that the institution may take on: its host is not left out, and consents at some time."""
        return tuple(mission for mission in self.missions if self.mission_periods(mission))

    def mission_periods(self, mission: Mission) -> tuple[int, ...]:
        """Periods in which `mission` may stand: it is needed, and the government in control consents."""
        if mission.state in self.left_out or not mission.consent:
            return ()
        first = max(self.periods[0], mission.start or 0, mission.consent_from or 0)
        return tuple(range(first, (mission.end or self.periods[-1]) + 1))

    @cached_property
    def hosting(self) -> frozenset[tuple[str, int]]:
        """State and period wherever a mission may stand on the state's soil."""
        return frozenset(
            (mission.state, period) for mission in self.missions for period in self.mission_periods(mission)
        )

    def may_send(self, state: str, period: int) -> bool:
        """Whether no rule keeps the soldiers of `state` at home in `period`."""
        return self.garrisons is not None and not bar_at_home(self, self.garrisons.contingents, state, period)

    def may_watch(self, state: str, period: int) -> bool:
        """Whether no rule keeps the observers of `state` at home in `period`."""
        return self.monitoring is not None and not bar_at_home(self, self.monitoring, state, period)

    def related(self, kind: RelationKind, state: str) -> frozenset[str]:
        """States that are rivals, or neighbours, of `state`."""
        return self._related.get((kind, state), frozenset())

    @cached_property
    def _related(self) -> dict[tuple[RelationKind, str], frozenset[str]]:
        found: dict[tuple[RelationKind, str], set[str]] = {}
        for relation in self.relations:
            found.setdefault((relation.kind, relation.one), set()).add(relation.other)
            found.setdefault((relation.kind, relation.other), set()).add(relation.one)
        return {key: frozenset(states) for key, states in found.items()}

    @cached_property
    def open_zones(self) -> tuple[Zone, ...]:
        """Zones that may be watched at some time: every state of them is inside."""
        zones = self.monitoring.zones if self.monitoring else ()
        return tuple(
            zone
            for zone in zones
            if not set(zone.states) & set(self.left_out) and any(map(zone.open_in, self.periods))
        )

    @cached_property
    def senders(self) -> tuple[State, ...]:
        """Members that may send troops, whether or not they can spare any."""
        named = self.garrisons.contingents.contributors if self.garrisons else None
        return self.members if named is None else tuple(s for s in self.members if s.id in named)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Heads of expenditure: every programme, then organs, garrisons, missions, lift, monitoring."""
        return (*(programme.id for programme in self.programmes), *(head.value for head in Head))

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Regions in which money is spent, in order of first appearance; the common region last."""
        return (*dict.fromkeys(state.region for state in self.states), COMMON)

    def payers(self, fund: Fund) -> tuple[State, ...]:
        """States that pay into `fund`; none that is left out."""
        if fund.payers == "members":
            exempt = self.weak if self.benefit.weak_states and self.benefit.weak_states.zero_rated else ()
            return tuple(member for member in self.members if member.id not in exempt)
        return tuple(self.state_by_id[payer] for payer in fund.payers if payer not in self.left_out)

    @cached_property
    def weak(self) -> tuple[str, ...]:
        """Ids of the members that count as weak; none where no rule speaks of them."""
        rules = self.benefit.weak_states
        return weak_members(rules, self.members, self.threat_kinds) if rules else ()

    @cached_property
    def bearers(self) -> tuple[State, ...]:
        """States that can bear any of the burden: payers, and members that are to send at their own cost."""
        able = {payer.id for fund in self.funds for payer in self.payers(fund)}
        able |= {member.id for member in self.members if self._sending_costs}
        return tuple(state for state in self.states if state.id in able)

    @cached_property
    def _sending_costs(self) -> bool:
        """Whether anything that members send is not paid back to them in full."""
        sent: list[Contingents | Lift | MonitorType] = []
        if self.garrisons:
            sent += [self.garrisons.contingents, self.garrisons.lift]
        if self.monitoring:
            sent += self.monitoring.monitors
        return any(thing.sender_cost > 0 and thing.reimbursed < 1 for thing in sent)

    def sharers(self, rule: BurdenRule) -> tuple[State, ...]:
        """States whose burdens `rule` looks at; none that is left out."""
        if rule.states == "members":
            return self.members
        if rule.states == "bearers":
            return self.bearers
        return tuple(self.state_by_id[state] for state in rule.states if state not in self.left_out)

    def spans(self, over: Span) -> dict[int, tuple[int, ...]]:
        """Spells over which a rule takes averages, each named by its last period."""
        if over is Span.HORIZON:
            return {self.periods[-1]: self.periods}
        return {period: (period,) for period in self.periods}

    def may_pay_for(self, fund: Fund, head: str, region: str) -> bool:
        """Whether `fund` may spend on `head` in `region`."""
        return self._among(head, fund.purposes) and (fund.regions is None or region in fund.regions)

    def _among(self, head: str, purposes: tuple[str, ...] | None) -> bool:
        if purposes is None or head in purposes:
            return True
        return PROGRAMMES in purposes and head in {programme.id for programme in self.programmes}

    def serves(
        self, head: str, region: str, purposes: tuple[str, ...] | None, regions: tuple[str, ...] | None
    ) -> bool:
        """Whether spending on `head` in `region` falls under an earmark's purposes and regions."""
        return self._among(head, purposes) and (regions is None or region in regions)

    def beneficiaries(self, programme: Programme) -> tuple[State, ...]:
        """States where `programme` may run."""
        if programme.states is None:
            region = next((organ.region for organ in self.organs if organ.id == programme.organ), None)
            return tuple(state for state in self.members if region in (None, state.region))
        return tuple(self.state_by_id[state] for state in programme.states if state not in self.left_out)

    def frontiers(self, programme: Programme) -> tuple[tuple[str, str], ...]:
        """Pairs of states along whose frontier `programme` may work on both sides; each pair once."""
        if programme.mutual is None:
            return ()
        pairs = programme.mutual.pairs
        if pairs is None:
            zones = self.monitoring.zones if self.monitoring else ()
            kinds = {programme.mutual.along} - {None}
            pairs = tuple(
                (zone.states[0], zone.states[1])
                for zone in zones
                if len(zone.states) == 2 and (not kinds or zone.kind in kinds)
            )
        served = {state.id for state in self.beneficiaries(programme)}
        once = {frozenset(pair): pair for pair in reversed(pairs) if served.issuperset(pair)}
        return tuple(reversed(once.values()))

    def seated(self, organ: Organ, period: int) -> tuple[str, ...]:
        """States that sit in `organ` in `period`; none that is left out."""
        members = [state.id for state in self.members]
        filled = organ.seats.filled(members, self.periods.index(period))
        return tuple(state for state in filled if state not in self.left_out)

    def undertakings(self, activity: Activity) -> tuple[tuple[str, str], ...]:
        """State and programme wherever an activity of programmes is; nothing for one of an organ."""
        if activity.organ is not None:
            return ()
        return tuple(
            (state.id, programme.id)
            for programme in self.programmes
            if activity.programme in (None, programme.id)
            for state in self.beneficiaries(programme)
            if activity.region in (None, state.region)
        )

    def tiers_at(self, site: Site) -> tuple[Tier, ...]:
        """Tiers that may be built at `site`."""
        tiers = self.garrisons.tiers if self.garrisons else ()
        return tiers if site.tiers is None else tuple(tier for tier in tiers if tier.id in site.tiers)

    def programme_scale(self, programme: Programme, state: State) -> float:
        """Million USD that bring the intensity log(2) of `programme` in `state`."""
        if programme.scaling.by is SizeBy.NOTHING:
            return programme.scale
        size = programme.scaling.by.value
        middle = median(getattr(member, size) for member in self.measured)
        return float(programme.scale * (getattr(state, size) / middle) ** programme.scaling.exponent)

    def state_weights(self) -> dict[str, float]:
        """Weight of each state in the measure, summing to 1."""
        match self.objective.weights:
            case WeightRule.EQUAL:
                raw = {state.id: 1.0 for state in self.measured}
            case WeightRule.POPULATION:
                raw = {state.id: state.population for state in self.measured}
            case WeightRule.POPULATION_SQUARE_ROOT:
                raw = {state.id: sqrt(state.population) for state in self.measured}
            case WeightRule.TABLE:
                raw = {state.id: self.objective.table.get(state.id, 0.0) for state in self.measured}
        total = sum(raw.values())
        return {state: weight / total for state, weight in raw.items()}

    def period_weights(self) -> dict[int, float]:
        """Discounted weight of each period, summing to 1."""
        raw = [(1 + self.objective.discount) ** -step for step in range(len(self.periods))]
        return {period: weight / sum(raw) for period, weight in zip(self.periods, raw, strict=True)}

    def digest(self) -> str:
        """SHA-256 of the problem's canonical JSON, as `sha256:...`: equal exactly when the content is."""
        canonical = json.dumps(
            self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=True
        )
        return "sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest()
