"""The figure nearest to the file's that is admitted."""

from __future__ import annotations

import pytest

from concord.analysis.file_rules import FileRule, file_rules
from concord.analysis.loosening import PRECISION, least_loosening, roundest
from tests.support.compact import compact


def rule(name: str) -> FileRule:
    return next(rule for rule in file_rules(compact({"funds/assessed/commitment": 8.0})) if rule.name == name)


@pytest.mark.parametrize("least", [20.5, 25.0, 31.4159, 1234.5])
@pytest.mark.parametrize("guessed", [True, False])
def test_a_limit_is_raised_by_no_more_than_is_needed(least: float, guessed: bool) -> None:
    def guess(refused: float, admitted: float) -> float:
        return (least - refused) / (admitted - refused)

    found = least_loosening(
        rule("funds.assessed.budget"), lambda v: v >= least, guess=guess if guessed else None
    )
    assert found is not None
    assert least <= found <= least * (1 + PRECISION)


def test_a_wrong_guess_does_no_harm() -> None:
    for share in (0.0, 0.01, 0.5, 1.0):
        found = least_loosening(
            rule("funds.assessed.budget"), lambda v: v >= 31.0, guess=lambda _a, _b, share=share: share
        )
        assert found == pytest.approx(31.0, rel=PRECISION)


def test_a_demand_is_lowered_at_most_to_its_end() -> None:
    commitment = rule("funds.assessed.commitment")
    assert least_loosening(commitment, lambda v: v <= 3.0) == pytest.approx(3.0, rel=PRECISION)
    assert least_loosening(commitment, lambda v: v < 0.0) is None


def test_counts_stay_whole() -> None:
    asked: list[float] = []

    def admits(value: float) -> bool:
        asked.append(value)
        return value <= 1

    assert least_loosening(rule("garrisons.contingents.min_nations"), admits) == 1
    assert all(value == int(value) for value in asked)


def test_switches_have_no_degrees() -> None:
    assert least_loosening(rule("benefit.nobody_worse_off"), lambda _: True) is None


def test_round_figures_are_preferred() -> None:
    assert roundest(83.2, 84.9) == 84.0
    assert roundest(-84.9, -83.2) == -84.0
    assert roundest(99.7, 1203.0) == 1000.0
