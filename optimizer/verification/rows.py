"""Whether a plan's rows make sense for the problem at all: P.1 to P.7."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from math import isfinite, nan

from .case import Case
from .evaluation import EXCLUSION, NEIGHBOURS, OWN_POSTURE
from .tolerance import Quantity
from .vocabulary import INDEX, Vocabulary, index_of

_AMOUNTS: Mapping[str, Mapping[str, Quantity]] = {
    "contributions": {"amount": Quantity.MONEY},
    "expenditures": {"amount": Quantity.MONEY},
    "balances": {"carried_out": Quantity.MONEY},
    "programmes": {"spending": Quantity.MONEY, "intensity": Quantity.LOGS},
    "frontiers": {"intensity": Quantity.LOGS},
    "contingents": {"units": Quantity.UNITS},
    "assignments": {"troops": Quantity.TROOPS},
    "deployments": {"units": Quantity.UNITS},
    "lift": {"amount": Quantity.LIFT},
    "monitoring": {"teams": Quantity.TEAMS},
    "posture": {"arming": Quantity.LOGS, "reduction": Quantity.LOGS},
}
"""Table to the decisions in it, none of which may be negative."""


def check_rows(case: Case) -> None:
    """That the plan answers this problem, and that every row is a decision that the problem leaves open."""
    _reference(case)
    _known(case)
    _once(case)
    _signs(case)
    _whole(case)
    for table, index, allowed in _scope(case):
        text = f"{table} of {_joined(index)}: the problem has no such thing"
        case.ledger.demand("rows.scope", index, allowed, text)


def _reference(case: Case) -> None:
    stated, problem = case.plan.problem, case.problem
    text = f"the plan answers a problem of another content, {stated.digest[:23]}...".replace("{", "(")
    case.ledger.demand("problem.digest", (problem.id,), stated.digest == problem.digest(), text)
    for field in ("id", "title", "currency", "periods", "doctrine", "left_out"):
        kept = getattr(stated, field) == getattr(problem, field)
        text = "the {0} that the plan states is not the problem's"
        case.ledger.demand("problem.reference", (field,), kept, text)


def _known(case: Case) -> None:
    vocabulary = Vocabulary.of(case.problem)
    for table in INDEX:
        for row in getattr(case.plan, table):
            unknown = [f"{kind} {name}" for kind, name in vocabulary.unknown(table, row)]
            subject = (table, _joined(index_of(table, row)), " and ".join(unknown))
            case.ledger.demand("rows.known", subject, not unknown, "unknown {2} in {0} of {1}")
    kinds = vocabulary.names["threat-kind"]
    instruments = {OWN_POSTURE, NEIGHBOURS, EXCLUSION} | {
        f"{kind}:{name}"
        for kind in ("programme", "mission", "zone-kind", "complementarity")
        for name in vocabulary.names[kind]
    }
    instruments |= {
        f"{kind}:{name}" for kind in ("backlash", "frontier") for name in vocabulary.names["programme"]
    }
    for record in case.plan.security:
        for noun, used, known in (
            ("threat kind", record.threats, kinds),
            ("instrument", record.attribution, instruments),
        ):
            for name in used:
                subject = ("security", f"{record.state}, {record.period}", name)
                text = f"unknown {noun} {{2}} in {{0}} of {{1}}"
                case.ledger.demand("rows.known", subject, name in known, text)


def _once(case: Case) -> None:
    for table in INDEX:
        rows = Counter(index_of(table, row) for row in getattr(case.plan, table))
        for index, times in rows.items():
            text = f"{times} rows in {{0}} of {{1}}"
            case.ledger.demand("rows.once", (table, _joined(index)), times == 1, text)
    for subject, times in Counter(row.subject for row in case.plan.fairness).items():
        text = f"{times} rows in {{0}} of {{1}}"
        case.ledger.demand("rows.once", ("fairness", subject), times == 1, text)


def _signs(case: Case) -> None:
    for table, fields in _AMOUNTS.items():
        for row in getattr(case.plan, table):
            for field, quantity in fields.items():
                text = f"the {field} in {{0}} of {{1}} is {{value}}, and cannot be below {{limit}}"
                subject = (table, _joined(index_of(table, row)))
                case.ledger.at_least("rows.sign", subject, getattr(row, field), 0.0, quantity, text)


def _whole(case: Case) -> None:
    garrisons, monitoring = case.problem.garrisons, case.problem.monitoring
    figures: list[tuple[tuple[str | int, ...], float, Quantity]] = []
    if garrisons and garrisons.contingents.integral:
        figures += [
            (("contingents", _joined(index_of("contingents", row))), row.units, Quantity.UNITS)
            for row in case.plan.contingents
        ]
        figures += [
            (("deployments", _joined(index_of("deployments", row))), row.units, Quantity.UNITS)
            for row in case.plan.deployments
        ]
        figures += [
            (
                ("assignments", _joined(index_of("assignments", row))),
                row.troops / garrisons.contingents.unit,
                Quantity.UNITS,
            )
            for row in case.plan.assignments
        ]
    if monitoring and monitoring.integral:
        figures += [
            (("monitoring", _joined(index_of("monitoring", row))), row.teams, Quantity.TEAMS)
            for row in case.plan.monitoring
        ]
    for subject, figure, quantity in figures:
        text = "{value} in {0} of {1} are not whole; the nearest are {limit}"
        nearest = float(round(figure)) if isfinite(figure) else nan
        case.ledger.equal("rows.whole", subject, figure, nearest, quantity, text)


def _joined(index: tuple[str | int, ...]) -> str:
    return ", ".join(map(str, index))


def _scope(case: Case) -> Iterator[tuple[str, tuple[str | int, ...], bool]]:
    """Every row of known names as (table, index, whether the problem has such a decision)."""
    problem, decisions, plan = case.problem, case.decisions, case.plan
    members = {state.id for state in problem.members}
    measured = {state.id for state in problem.measured}
    payers = {fund.id: {state.id for state in problem.payers(fund)} for fund in problem.funds}
    for payer, fund, period in decisions.paid:
        yield "contributions", (payer, fund, period), payer in payers[fund]
    funds = {fund.id: fund for fund in problem.funds}
    for drawn in decisions.drawn:
        yield "expenditures", drawn, problem.may_pay_for(funds[drawn[0]], drawn[1], drawn[2])
    served = {
        programme.id: {state.id for state in problem.beneficiaries(programme)}
        for programme in problem.programmes
    }
    for state, programme, period in decisions.spending:
        yield "programmes", (state, programme, period), state in served[programme]
    tiers = {site.id: {tier.id for tier in problem.tiers_at(site)} for site in problem.sites}
    for site, tier, period in sorted(decisions.garrisons):
        yield "garrisons", (site, tier, period), tier in tiers[site]
    contributors = case.contributors(problem.garrisons) if problem.garrisons else []
    for state, site, period in decisions.units:
        yield "contingents", (state, site, period), state in contributors
    for state, period in decisions.lift:
        yield "lift", (state, period), state in members and problem.garrisons is not None
    for state, period in decisions.arming:
        yield "posture", (state, period), state in measured
    for row in plan.security:
        if row.state in problem.state_by_id and row.period in problem.periods:
            yield "security", (row.state, row.period), row.state in measured
    yield from _open_to_members(case)


def _open_to_members(case: Case) -> Iterator[tuple[str, tuple[str | int, ...], bool]]:
    """Missions, zones and frontiers are those of members, and so are the monitors."""
    missions = {mission.id for mission in case.problem.open_missions}
    zones = {zone.id for zone in case.problem.open_zones}
    frontiers = {programme.id: case.problem.frontiers(programme) for programme in case.problem.programmes}
    for programme, one, other, period in case.decisions.mutual:
        yield "frontiers", (programme, one, other, period), (one, other) in frontiers[programme]
    for site, mission, period in case.decisions.assigned:
        yield "assignments", (site, mission, period), mission in missions
    for monitor, state, zone, period in case.decisions.teams:
        allowed = zone in zones and state not in case.problem.left_out
        yield "monitoring", (zone, monitor, state, period), allowed
