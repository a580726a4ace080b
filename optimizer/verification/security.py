"""What a plan states about security, against the true functions: S.4 to S.8, baselines and attribution."""

from __future__ import annotations

from concord.models.plan import SecurityRecord

from .case import Case
from .evaluation import StateSecurity
from .tolerance import Quantity

INDEX, LOGS = Quantity.INDEX, Quantity.LOGS


def check_security(case: Case) -> None:
    """Every record of every member and period, and that there is one."""
    stated = {(row.state, row.period): row for row in case.plan.security}
    for index, true in case.evaluation.security.items():
        text = "the capacity of {0} in {1} is {value}, and must be above {limit}"
        case.ledger.at_least("security.positive_capacity", index, true.capacity, 1e-9, INDEX, text)
        row = stated.get(index)
        text = "the plan has no record of the security of {0} in {1}"
        case.ledger.demand("figures.security", index, row is not None, text)
        if row is not None:
            _record(case, row, true)
            _attribution(case, row, true)


def _record(case: Case, row: SecurityRecord, true: StateSecurity) -> None:
    subject, ledger = (row.state, row.period), case.ledger
    for kind in {**true.threats, **row.threats}:
        text = "the threat {2} to {0} in {1} is stated as {value}, and is {limit}"
        level, right = row.threats.get(kind, 0.0), true.threats.get(kind, 0.0)
        ledger.equal("security.threats", (*subject, kind), level, right, INDEX, text)
    for name, noun, level, right in (
        ("security.threat", "total threat", row.threat, true.threat),
        ("security.capacity", "capacity", row.capacity, true.capacity),
        ("security.ratio", "security ratio", row.ratio, true.ratio),
        ("figures.security", "baseline capacity", row.baseline_capacity, true.baseline_capacity),
        ("figures.security", "baseline threat", row.baseline_threat, true.baseline_threat),
        ("figures.security", "baseline ratio", row.baseline_ratio, true.baseline_ratio),
    ):
        text = f"the {noun} of {{0}} in {{1}} is stated as {{value}}, and is {{limit}}"
        ledger.equal(name, subject, level, right, INDEX, text)


def _attribution(case: Case, row: SecurityRecord, true: StateSecurity) -> None:
    for instrument in {**true.attribution, **row.attribution}:
        part, right = row.attribution.get(instrument, 0.0), true.attribution.get(instrument, 0.0)
        text = "the part of {2} in {0} in {1} is stated as {value}, and is {limit}"
        subject = (row.state, row.period, instrument)
        case.ledger.equal("figures.security", subject, part, right, LOGS, text)
