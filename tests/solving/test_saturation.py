"""Saturation: figures raised level by level, checked against raising each alone."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from concord.algebra import MatrixForm, Program
from concord.solving.backends.highs import HighsBackend
from concord.solving.backends.highs_interior import interior_solution
from concord.solving.options import RunLimits
from concord.solving.progress import Progress, SilentWatch, Watch
from concord.solving.reduction import Reduction
from concord.solving.saturation import Family, Level, Saturation, kept_down
from concord.solving.tangents import Tangents
from concord.solving.task import Task
from concord.solving.termination import Limit, Reason
from concord.solving.testing import posed

Values = NDArray[np.float64]
LIMITS = RunLimits(absolute_gap=1e-9)
GAP = 1e-4
NONE = np.zeros(0, np.int64)


def shared(needs: Values, stock: Values) -> MatrixForm:
    """Figures, then `mu`; rows of what the figures use, rows 11.1, and rows for their floors."""
    sorts, count = needs.shape
    least = np.hstack([-np.eye(count), np.ones((count, 1))])
    floors = np.hstack([np.eye(count), np.zeros((count, 1))])
    return posed(
        "max",
        [*np.zeros(count), 1.0],
        np.vstack([np.hstack([needs, np.zeros((sorts, 1))]), least, floors]),
        row_lower=[-np.inf] * (sorts + count) + [0.0] * count,
        row_upper=[*stock, *np.zeros(count), *np.full(count, np.inf)],
    )


class _Posed(Program):
    """A program that is written down as numbers already."""

    def __init__(self, form: MatrixForm) -> None:
        super().__init__("posed")
        self._form = form

    @property
    def width(self) -> int:
        return len(self._form.cost)

    def matrix(self) -> MatrixForm:
        return self._form


def climbed(
    form: MatrixForm, sorts: int, limits: RunLimits = LIMITS, watch: Watch | None = None
) -> list[Level]:
    count, width = len(form.cost) - 1, len(form.cost)
    task = Task(
        program=_Posed(form), repair=lambda point: point, status_quo=np.zeros(width), details=NONE,
        totals=NONE, switches=NONE, economy=NONE, guarded=NONE, preference=np.zeros(0),
    )  # fmt: skip
    family = Family(
        least=sorts + np.arange(count),
        floors=sorts + count + np.arange(count),
        held=np.zeros(count, dtype=np.bool_),
        scale=1.0,
        logs=lambda point: point[:count],
    )
    return list(Saturation(task, family, GAP, watch or SilentWatch()).climb(lambda: limits))


def one_by_one(form: MatrixForm, sorts: int) -> Values:
    """Leximin by definition: at each level, whoever cannot rise alone while nobody falls below it stays."""
    count = len(form.cost) - 1
    levels, free = np.zeros(count), set(range(count))
    while free:
        floors = np.where([n in free for n in range(count)], 0.0, levels - 1e-9)
        lower, upper = form.row_lower.copy(), form.row_upper.copy()
        lower[sorts + count :] = floors
        upper[sorts : sorts + count] = [0.0 if n in free else np.inf for n in range(count)]
        level = HighsBackend().solve(_with(form, form.cost, lower, upper), LIMITS).objective
        lower[sorts + count :] = np.where([n in free for n in range(count)], level - 1e-9, floors)
        alone = {
            n: HighsBackend().solve(_with(form, np.eye(count + 1)[n], lower, upper), LIMITS) for n in free
        }
        stay = {n for n, run in alone.items() if run.objective <= level + 1e-6}
        levels[list(stay)] = level
        free -= stay
    return levels


def _with(form: MatrixForm, cost: Values, lower: Values, upper: Values) -> MatrixForm:
    return replace(form, cost=cost, row_lower=lower, row_upper=upper)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=3),
    st.lists(st.integers(1, 9), min_size=3, max_size=3),
)
def test_levels_are_those_found_by_raising_every_figure_alone(
    rows: list[list[int]], stock: list[int]
) -> None:
    needs = np.vstack([np.array(rows, dtype=float), np.ones(4)])
    form = shared(needs, np.array([*stock[: len(rows)], 6.0]))
    levels = climbed(form, len(needs))
    expected = one_by_one(form, len(needs))
    found = np.full(4, np.nan)
    for level in levels:
        found[level.figures] = level.value
        assert level.value <= level.bound <= level.value + GAP
        assert level.ceiling <= level.value + 2 * GAP
    assert found == pytest.approx(expected, abs=2e-4)


def test_all_that_one_limit_keeps_down_stay_at_once() -> None:
    needs = np.array([[1.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    first, second = climbed(shared(needs, np.array([3.0, 5.0])), 2)
    assert sorted(first.figures.tolist()) == [0, 1, 2]
    assert second.value == pytest.approx(5.0, abs=1e-4)


class _Listener:
    """Hears of two levels, and has had enough."""

    def __init__(self) -> None:
        self.heard: list[Progress] = []

    def report(self, progress: Progress) -> None:
        self.heard.append(progress)

    def stop_requested(self) -> bool:
        return len([progress for progress in self.heard if "left" in progress.phase]) >= 2


def test_every_level_is_reported_and_the_climb_may_be_ended() -> None:
    listener = _Listener()
    levels = climbed(shared(np.eye(4), np.array([1.0, 2.0, 3.0, 4.0])), 4, watch=listener)
    assert [level.value for level in levels] == pytest.approx([1.0, 2.0], abs=1e-4)
    told = [progress for progress in listener.heard if "left" in progress.phase]
    assert [progress.phase for progress in told] == ["levels, 3 ratios left", "levels, 2 ratios left"]
    assert [progress.incumbent for progress in told] == pytest.approx([1.0, 2.0], abs=1e-4)


def test_without_time_there_is_no_level() -> None:
    form = shared(np.ones((1, 3)), np.array([3.0]))
    assert climbed(form, 1, RunLimits(time_limit=0.0)) == []


def test_those_are_kept_down_whose_duals_prove_it_within_the_gap() -> None:
    stay, rise = kept_down(np.array([0.6, 0.3, 0.1, 0.0]), room=0.006, gap=0.011)
    assert (stay.tolist(), rise) == ([0, 1], pytest.approx(0.01))


def test_where_nothing_is_proven_within_the_gap_the_best_proof_is_told() -> None:
    stay, rise = kept_down(np.array([0.1, 0.45, 0.45]), room=0.09, gap=0.01)
    assert (sorted(stay.tolist()), rise) == ([1, 2], pytest.approx(0.1))


def test_what_duals_prove_holds_of_every_point() -> None:
    """`x + 2 y <= 3`, multipliers 1/3 and 2/3, level 0.9: the mean of both rises by 0.15 at most."""
    stay, rise = kept_down(np.array([1 / 3, 2 / 3]), room=0.1, gap=0.2)
    assert sorted(stay.tolist()) == [0, 1]
    corners = [(3 - 2 * 0.9, 0.9), (0.9, (3 - 0.9) / 2)]
    assert max(sum(corner) / 2 for corner in corners) == pytest.approx(0.9 + rise)


def test_an_interior_solution_proves_its_own_bound() -> None:
    form = posed("max", [1.0, 1.0, 0.0], [[1, 2, 1], [3, 1, 0]], row_upper=[4.0, 6.0])
    run = interior_solution(form, (form.lower, form.upper), LIMITS, SilentWatch(), "test")
    assert run.termination.reason is Reason.OPTIMAL
    assert run.objective == pytest.approx(2.8, abs=1e-5)
    assert 2.8 - 1e-9 <= run.bound <= 2.8 + 1e-4
    assert run.row_duals == pytest.approx([0.4, 0.2], abs=1e-4)


def test_a_program_without_a_point_has_no_interior_solution() -> None:
    form = posed("max", [1.0, 0.0], [[1, 1], [1, -1]], row_lower=[3.0, 1.0], row_upper=[1.0, 1.0])
    run = interior_solution(form, (form.lower, form.upper), LIMITS, SilentWatch(), "test")
    assert run.termination.reason is Reason.INFEASIBLE or run.termination.limit is Limit.UNDETERMINED
    assert not math.isfinite(run.termination.objective_bounds.primal) or not run.has_solution


def test_a_reduced_program_has_the_same_best_and_its_duals_go_back_to_their_rows() -> None:
    form = posed(
        "max", [2.0, 1.0, 4.0], [[1, 1, 1], [1, 0, 0], [0, 1, 1]], row_upper=[5.0, 9.0, 4.0],
        lower=[0.0, 0.0, 1.5], upper=[3.0, 3.0, 1.5], offset=1.0,
    )  # fmt: skip
    reduction = Reduction.of(form, NONE)
    assert reduction.columns.tolist() == [0, 1]
    assert 1 not in reduction.rows.tolist()
    none = Tangents(_Posed(form)).rows
    small = HighsBackend().solve(reduction.program(form.row_lower, form.row_upper, none), LIMITS)
    whole = HighsBackend().solve(form, LIMITS)
    assert small.objective == pytest.approx(whole.objective)
    assert reduction.point(small.values) == pytest.approx(whole.values)
    assert small.row_duals is not None
    assert reduction.duals(small.row_duals) == pytest.approx(whole.row_duals)


def test_a_row_that_will_change_stays() -> None:
    form = posed("max", [1.0], [[1.0]], row_upper=9.0, upper=3.0)
    assert Reduction.of(form, NONE).rows.tolist() == []
    assert Reduction.of(form, np.array([0])).rows.tolist() == [0]
