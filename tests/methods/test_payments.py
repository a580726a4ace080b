"""Payers pay what the scales ask, unless a rule stands against it, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from concord.models import Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.verification import verify
from tests.support.compact import CIVIL, compact

OPTIONS = SolveOptions(gap=1e-2, threads=1)
FREE: dict[str, Any] = CIVIL | {
    "funds/assessed/tolerance": 0.4,
    "funds/assessed/delivery": {},
    "burden_sharing": [],
    "hegemony": [],
}
"""Changes under which nobody has a reason to depart from the scale."""


def _departures(plan: Plan) -> list[float]:
    """By what share each payer exceeds its scale, in each fund with a scale and period."""
    return [row.share / row.scale_share - 1 for row in plan.contributions if row.scale_share]


@pytest.mark.parametrize("tidy", [False, True])
def test_payers_pay_what_the_scale_asks_once_the_plan_is_tidy(tidy: bool) -> None:
    plan = solve(compact(FREE), replace(OPTIONS, tidy=tidy))
    assert (max(map(abs, _departures(plan))) < 1e-6) == tidy


def test_what_one_payer_cannot_afford_the_others_pay_in_proportion() -> None:
    """Of 20 million the scale asks 8 of D, which may pay no more than 6: the others pay 14 in place of 12."""
    changes = FREE | {"locks": [{"decision": "contributions.D.assessed", "most": 6.0}]}
    problem = compact(changes)
    plan = solve(problem, OPTIONS)
    paid = {row.payer: row for row in plan.contributions if row.fund == "assessed" and row.period == 1}
    assert sum(row.amount for row in paid.values()) == pytest.approx(20.0)
    assert paid["D"].amount == pytest.approx(6.0)
    others = [row.share / (row.scale_share or 0.0) for payer, row in paid.items() if payer != "D"]
    assert others == pytest.approx([14 / 12] * 3)


def test_where_payments_have_reasons_the_plan_is_worth_the_same_and_departs_less() -> None:
    """What D pays late buys nothing, so that a plan spares D: that stays."""
    problem = compact({})
    before, after = (solve(problem, replace(OPTIONS, tidy=tidy)) for tidy in (False, True))
    assert after.measure.value == pytest.approx(before.measure.value, rel=1e-9)
    assert sum(map(abs, _departures(after))) < sum(map(abs, _departures(before)))
    assert max(map(abs, _departures(after))) > 0.05
    assert verify(after, problem).ok
