"""What regions, equals and weak states may count on: 7.3 to 7.6, from the definitions."""

from __future__ import annotations

from math import log

from concord.models.fund import COMMON
from concord.models.provision import EqualTreatment, SpendingFloor, Treatment, WeakStates

from .arithmetic import logarithm
from .case import Case
from .tolerance import Quantity

MONEY, LOGS = Quantity.MONEY, Quantity.LOGS


def check_provision(case: Case) -> None:
    """Every floor on spending, every pair of equals, every weak state."""
    rules = case.problem.benefit
    for floor in rules.spending_floors:
        _floor(case, floor)
    for rule in rules.equal_treatment:
        _equals(case, rule)
    if rules.weak_states:
        _weak(case, rules.weak_states)


def _floor(case: Case, floor: SpendingFloor) -> None:
    peopled = list(dict.fromkeys(state.region for state in case.problem.members))
    named = list(floor.regions) if floor.regions else peopled + [COMMON] * floor.together
    groups = [named] if floor.together else [[region] for region in named]
    for last, spell in case.problem.spans(floor.over).items():
        for regions in groups:
            heads = sum(
                state.population
                for state in case.problem.members
                if COMMON in regions or state.region in regions
            )
            spent = sum(
                amount
                for (_, head, region, period), amount in case.decisions.drawn.items()
                if region in regions
                and period in spell
                and case.problem.serves(head, region, floor.purposes, None)
            )
            least = max(floor.amount, floor.per_head * heads / 1e6)
            subject = (floor.id, last) if floor.together else (floor.id, regions[0], last)
            where = "all together" if floor.together else "{1}"
            text = f"{{value}} a period go to {where} up to {last}, and {{0}} requires {{limit}}"
            mean = spent / len(spell)
            case.ledger.at_least("benefit.spending_floor", subject, mean, least, MONEY, text)


def _equals(case: Case, rule: EqualTreatment) -> None:
    members = {state.id: state for state in case.problem.members}
    served = {s.id for k in case.problem.programmes for s in case.problem.beneficiaries(k)}
    for last, spell in case.problem.spans(rule.over).items():
        for pair in _pairs_of_equals(case, rule):
            if rule.of is Treatment.SPENDING and not served.issuperset(pair):
                continue
            for one, other in (pair, pair[::-1]):
                subject = (rule.id, one, other, last)
                if rule.of is Treatment.SPENDING:
                    text = "{1} receives {value} a head up to {3}, and {limit} is allowed beside {2}"
                    mine, theirs = (
                        sum(
                            amount
                            for (where, _, period), amount in case.decisions.spending.items()
                            if where == name and period in spell
                        )
                        * 1e6
                        / members[name].population
                        / len(spell)
                        for name in (one, other)
                    )
                    limit, unit = rule.factor * theirs, Quantity.PER_HEAD
                else:
                    text = "the gain of {1} up to {3} is {value}, and {limit} is allowed beside {2}"
                    mine, theirs = (
                        sum(_gain(case, name, period) for period in spell) / len(spell)
                        for name in (one, other)
                    )
                    limit, unit = theirs + log(rule.factor), LOGS
                case.ledger.at_most("benefit.equal_treatment", subject, mine, limit, unit, text)


def _pairs_of_equals(case: Case, rule: EqualTreatment) -> list[tuple[str, str]]:
    """Members whose total threats and incomes a head differ by no more than the bands."""
    among = [s for s in case.problem.members if rule.states is None or s.id in rule.states]
    threat = {s.id: sum(s.initial_threat(kind.id) for kind in case.problem.threat_kinds) for s in among}
    income = {s.id: s.gdp / s.population for s in among}

    def near(figures: dict[str, float], a: str, b: str, band: float) -> bool:
        return max(figures[a], figures[b]) <= band * min(figures[a], figures[b]) * (1 + 1e-12)

    ids = [state.id for state in among]
    return [
        (a, b)
        for n, a in enumerate(ids)
        for b in ids[n + 1 :]
        if near(threat, a, b, rule.threat_band) and near(income, a, b, rule.income_band)
    ]


def _gain(case: Case, name: str, period: int) -> float:
    """Falls of the logs of threats, weighted by what they were, and capacity added relative to the first."""
    state, record = case.problem.state_by_id[name], case.evaluation.security[name, period]
    step = case.problem.periods.index(period)
    levels = {kind.id: state.initial_threat(kind.id) for kind in case.problem.threat_kinds}
    abated = sum(
        level * (logarithm(level) + state.drift.get(kind, 0.0) * step - logarithm(record.threats[kind]))
        for kind, level in levels.items()
        if level > 0
    )
    return abated / sum(levels.values()) + record.capacity / record.baseline_capacity - 1


def _weak(case: Case, rules: WeakStates) -> None:
    periods = case.problem.periods
    for name in case.problem.weak:
        state = case.problem.state_by_id[name]
        if rules.spending_per_head > 0:
            spent = sum(amount for (where, *_), amount in case.decisions.spending.items() if where == name)
            least = rules.spending_per_head * state.population / 1e6
            text = "programmes spend {value} a period in {0}, which is weak; required {limit}"
            case.ledger.at_least("benefit.weak_spending", (name,), spent / len(periods), least, MONEY, text)
        if rules.gain is not None:
            record = case.evaluation.security[name, case.last]
            least = record.log_baseline_ratio + log(rules.gain)
            text = "the log of {0}'s security ratio in {1} is {value}; required {limit}, {0} being weak"
            subject = (name, case.last)
            case.ledger.at_least("benefit.weak_gain", subject, record.log_ratio, least, LOGS, text)
