"""When an independent program agrees with a plan."""

from __future__ import annotations

import pytest

from concord.models import Plan
from concord.solving.options import SolveOptions

GAP = 1e-6
OPTIONS = SolveOptions(gap=GAP, threads=1)


def assert_same_optimum(plan: Plan, independent: float, tolerance: float) -> None:
    """The plan is as good as the optimum found otherwise, and its bound no lower."""
    assert plan.measure.value == pytest.approx(independent, rel=tolerance)
    assert plan.measure.bound >= independent * (1 - tolerance / 10)
