"""Doctrines side by side: every plan verified, every figure the plan's, failures told as rows."""

from __future__ import annotations

from typing import Any

import pytest

import concord
from concord.analysis.doctrines import DoctrineComparison, DoctrineRow, Outcome, compare
from concord.errors import BadInput
from concord.loading import bundled_doctrines, load_doctrine
from concord.models import Doctrine
from concord.solving.options import SolveOptions
from concord.solving.progress import Progress
from concord.verification import verify
from tests.support.compact import compact

GAP = 1e-3
SPENT = {f"states/{s}/military_expenditure": spent for s, spent in {"A": 1, "B": 9, "C": 5, "D": 2}.items()}


def doctrine(**fields: Any) -> Doctrine:
    return Doctrine.model_validate({"id": "test", "title": "Test", **fields})


@pytest.fixture(scope="module")
def comparison() -> DoctrineComparison:
    chosen = [load_doctrine(bundled.name) for bundled in bundled_doctrines()]
    return compare(compact(SPENT), chosen, SolveOptions(gap=GAP))


def test_every_doctrine_has_a_plan_that_verifies_and_a_row(comparison: DoctrineComparison) -> None:
    assert len(comparison.results) == len(bundled_doctrines())
    for result in comparison.results:
        assert result.plan is not None
        assert result.problem is not None
        assert verify(result.plan, result.problem).ok
        assert result.row.outcome is Outcome.PLANNED
        assert result.row.measure == result.plan.measure.value


def test_the_table_is_tidy(comparison: DoctrineComparison) -> None:
    table = comparison.table
    assert list(table.columns) == list(DoctrineRow.model_fields)
    assert list(table["doctrine"]) == [bundled.name for bundled in bundled_doctrines()]
    assert table["baseline"].nunique() == 1


def test_nothing_is_worse_than_doing_nothing_but_leaving_states_out(comparison: DoctrineComparison) -> None:
    rows = {result.doctrine.id: result.row for result in comparison.results}
    nothing = rows["do-nothing"]
    assert nothing.measure == pytest.approx(nothing.baseline, rel=1e-9)
    assert (nothing.paid, nothing.arms, nothing.troops, nothing.posture) == (0.0, 0.0, 0.0, 0.0)
    assert nothing.long_run == pytest.approx(nothing.long_run_baseline, rel=1e-9)
    for name in ("balance-of-power", "unipolar", "modest-csce", "collective-security"):
        assert (rows[name].measure or 0.0) >= (nothing.measure or 0.0) * (1 - GAP)


def test_no_doctrine_calls_for_more_than_there_is(comparison: DoctrineComparison) -> None:
    rows = {result.doctrine.id: result.row for result in comparison.results}
    assert {row.available for name, row in rows.items() if name != "modest-csce"} == {2 * (20.0 + 15.0)}
    assert rows["modest-csce"].available == pytest.approx(0.02 * 70.0)
    assert all((row.paid or 0.0) <= (row.available or 0.0) * (1 + 1e-9) for row in rows.values())


def test_figures_are_those_of_the_plan(comparison: DoctrineComparison) -> None:
    result = next(found for found in comparison.results if found.doctrine.id == "unipolar")
    row, plan = result.row, result.plan
    assert plan is not None
    assert row.largest_payer == "B"
    assert row.largest_share == pytest.approx(1.0)
    borne = sum(found.total for found in plan.burdens if found.state == "B")
    assert borne > (row.paid or 0.0)
    assert row.largest_burden == pytest.approx(borne / 2 / 2000.0)
    assert row.arms == pytest.approx(sum(found.spending for found in plan.programmes))
    assert row.troops == pytest.approx(sum(found.troops for found in plan.contingents) / 2)
    last = {found.state: found.ratio for found in plan.security if found.period == 2}
    assert row.worst_ratio == min(last.values()) == last[row.worst_off or ""]
    assert row.posture == pytest.approx(sum(found.posture for found in plan.posture if found.period == 2) / 4)


def test_what_has_no_plan_or_does_not_fit_is_a_row() -> None:
    impossible = compact({"benefit": {"ratio_floor": 50.0}})
    chosen = [
        doctrine(id="hopeless", rules=True),
        doctrine(id="unfit", guarantor="Z"),
        doctrine(id="plain", paradigms=["cooperative"]),
    ]
    rows = [result.row for result in compare(impossible, chosen, SolveOptions(gap=GAP)).results]
    assert [row.outcome for row in rows] == [Outcome.INFEASIBLE, Outcome.UNFIT, Outcome.PLANNED]
    assert rows[0].measure is None
    assert rows[0].detail.startswith("No plan satisfies the rules")
    assert "no state Z" in rows[1].detail


@pytest.mark.parametrize(
    ("chosen", "after", "message"),
    [
        ([], 1, "nothing to compare"),
        ([doctrine(), doctrine()], 1, "named twice"),
        ([doctrine()], 0, "a period"),
    ],
)
def test_a_comparison_of_nothing_is_refused(chosen: list[Doctrine], after: int, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        compare(compact(), chosen, periods_after=after)


def test_a_problem_under_a_doctrine_is_not_compared() -> None:
    recast = concord.under(compact(), doctrine())
    with pytest.raises(BadInput, match="stands under the doctrine test already"):
        compare(recast, [doctrine(id="other")])


class Impatient:
    """Asks for a stop from the start."""

    def report(self, progress: Progress) -> None:
        """Not of interest."""

    def stop_requested(self) -> bool:
        """Always."""
        return True


def test_a_stop_ends_the_comparison() -> None:
    found = compare(compact(), [doctrine(id="one"), doctrine(id="two")], watch=Impatient())
    assert [result.doctrine.id for result in found.results] == ["one"]


def test_the_facade_takes_names_and_doctrines() -> None:
    table = concord.compare_doctrines(
        concord.load("three-states"), ["do-nothing", doctrine(paradigms=["cooperative"])], gap=0.01
    )
    assert list(table["doctrine"]) == ["do-nothing", "test"]


@pytest.mark.slow
def test_on_the_real_problem_collective_security_comes_out_first_and_arms_help_nobody_who_is_at_war() -> None:
    problem = concord.load("euro-atlantic-1992")
    names = ["do-nothing", "balance-of-power", "common-defence", "collective-security"]
    table = concord.compare_doctrines(problem, names, gap=0.03).set_index("doctrine")
    assert table["measure"].idxmax() == "collective-security"
    assert table["measure"].idxmin() == "do-nothing"
    assert (
        table.loc["collective-security", "worst_ratio"] > 1.5 * table.loc["balance-of-power", "worst_ratio"]
    )
    assert table.loc["balance-of-power", "posture"] > 0 > table.loc["collective-security", "posture"]
