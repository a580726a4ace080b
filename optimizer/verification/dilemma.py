"""The security dilemma and benefit: S.3, 5.8, 5.9, 5.11, 7.1, 7.2."""

from __future__ import annotations

from collections import defaultdict

from concord.models.eligibility import RelationKind

from .arithmetic import logarithm
from .case import Case
from .tolerance import Quantity

LOGS = Quantity.LOGS


def check_dilemma(case: Case) -> None:
    """Every rule over arming, reductions and posture."""
    rules = case.problem.dilemma
    decisions, ledger = case.decisions, case.ledger
    for (state, period), amount in decisions.arming.items():
        text = "{0} arms by {value} in {1}, allowed {limit}"
        most = 0.0 if state in case.problem.left_out else rules.arming_ceiling
        ledger.at_most("dilemma.arming_ceiling", (state, period), amount, most, LOGS, text)
    for (state, period), amount in decisions.reduction.items():
        text = "{0} reduces its forces by {value} in {1}, allowed {limit}"
        most = 0.0 if state in case.problem.left_out else rules.reduction_ceiling
        ledger.at_most("dilemma.reduction_ceiling", (state, period), amount, most, LOGS, text)
        if rules.exempt_at_war and case.problem.state_by_id[state].at_war:
            text = "{0} reduces its forces by {value} in {1} while there is war on its own soil"
            ledger.at_most("dilemma.exempt_at_war", (state, period), amount, 0.0, LOGS, text)
    for (state, period), posture in case.evaluation.posture.items():
        text = "the posture of {0} in {1} is {value}, its self-defence requires {limit}"
        ledger.at_least("dilemma.self_defence", (state, period), posture, -rules.posture_floor, LOGS, text)
    stated = {(row.state, row.period) for row in case.plan.posture}
    for index, posture in case.evaluation.posture.items():
        text = "the plan has no record of the posture of {0} in {1}"
        moved = not abs(posture) <= ledger.tolerance.logs
        ledger.demand("dilemma.posture", index, index in stated or not moved, text)
    for row in case.plan.posture:
        text = "the posture of {0} in {1} is stated as {value}, and settles at {limit}"
        index = (row.state, row.period)
        true = case.evaluation.posture.get(index, 0.0)
        ledger.equal("dilemma.posture", index, row.posture, true, LOGS, text)
    if rules.reciprocity is not None:
        _reciprocity(case, rules.reciprocity)
    if rules.reduction_per_effort is not None:
        _monitored_reductions(case, rules.reduction_per_effort, rules.monitoring_lead)


def _reciprocity(case: Case, share: float) -> None:
    """5.11: rivals reduce together, and nobody alone."""
    inside = {state.id for state in case.problem.measured}
    rivals: defaultdict[str, set[str]] = defaultdict(set)
    for relation in case.problem.relations:
        if relation.kind is RelationKind.RIVALS:
            rivals[relation.one].add(relation.other)
            rivals[relation.other].add(relation.one)
    for (state, period), amount in case.decisions.reduction.items():
        others = rivals[state] & inside
        least = min((case.decisions.reduction.get((other, period), 0.0) for other in others), default=0.0)
        text = "{0} reduces its forces by {value} in {1}, what its rivals do allows {limit}"
        most = (1 + share) * least
        case.ledger.at_most("dilemma.reciprocity", (state, period), amount, most, LOGS, text)


def _monitored_reductions(case: Case, per_effort: float, lead: int) -> None:
    monitoring = case.problem.monitoring
    verifying = {kind.id for kind in monitoring.kinds if kind.verifies} if monitoring else set()
    zones = [zone for zone in monitoring.zones if zone.kind in verifying] if monitoring else []
    effort = case.decisions.effort(case.problem)
    for (state, period), amount in case.decisions.reduction.items():
        watched = sum(effort.get((z.id, period - lead), 0.0) for z in zones if state in z.states)
        text = (
            f"{{0}} reduces its forces by {{value}} in {{1}}, monitoring in {period - lead} allows {{limit}}"
        )
        limit = per_effort * watched
        case.ledger.at_most("dilemma.monitored_reduction", (state, period), amount, limit, LOGS, text)


def check_benefit(case: Case) -> None:
    """Nobody worse off, and the floors on security ratios, in logs."""
    rules = case.problem.benefit
    start = rules.ratio_floor_from if rules.ratio_floor_from is not None else case.last
    for (state, period), security in case.evaluation.security.items():
        subject = (state, period)
        if state in case.problem.left_out:
            continue
        if rules.nobody_worse_off and period >= (rules.nobody_worse_off_from or period):
            text = "the log of {0}'s security ratio in {1} is {value}, without the institution {limit}"
            least = security.log_baseline_ratio
            case.ledger.at_least("benefit.nobody_worse_off", subject, security.log_ratio, least, LOGS, text)
        floor = rules.ratio_floors.get(state, rules.ratio_floor)
        if floor is not None and period >= start:
            text = "the log of {0}'s security ratio in {1} is {value}, required {limit}"
            case.ledger.at_least(
                "benefit.ratio_floor", subject, security.log_ratio, logarithm(floor), LOGS, text
            )
