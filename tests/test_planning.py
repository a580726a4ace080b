"""From a problem to a plan: tables that agree with each other, prices that are right, ends that are told."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import Any

import pytest

import concord
from concord import planning
from concord.cli.exit_codes import ExitCode, of_plan
from concord.errors import BadInput, Infeasible, NoPlanFound, SolverFailure
from concord.formulation import formulate
from concord.loading.problems import load_problem
from concord.models import Plan
from concord.models.plan import PLAN_TABLES, OpinionVerdict, TerminationReason
from concord.planning import program, solve
from concord.results.binding import binding
from concord.solving.backends.cbc import CbcBackend
from concord.solving.backends.registry import backend
from concord.solving.options import RunLimits, SolveOptions, processors
from concord.solving.progress import Progress, SilentWatch
from concord.solving.second_opinion import SecondOpinion
from concord.verification import verify
from tests.support.compact import CIVIL, DOCUMENT, compact

GAP = 1e-4
OPTIONS = SolveOptions(gap=GAP, threads=1)
LIVELY: dict[str, Any] = {
    "missions/ceasefire/effects": {"war": 3.0},
    "programmes/defence/gains": {"military-prowess": 0.3},
    "dilemma/influences": [{"source": "A", "target": "B", "spillover": 1.5, "reaction": 0.2}],
}
"""Changes that make every instrument worth while."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return solve(compact(LIVELY), OPTIONS)


def summed(rows: Any, *keys: str, amount: str = "amount") -> dict[Any, float]:
    """Totals of a table by the fields `keys`."""
    totals: dict[Any, float] = defaultdict(float)
    for row in rows:
        totals[tuple(getattr(row, key) for key in keys)] += getattr(row, amount)
    return dict(totals)


# Tables -------------------------------------------------------------------------------------------------


def test_every_table_has_rows_where_every_instrument_is_worth_while(plan: Plan) -> None:
    empty = [name for name in PLAN_TABLES if not getattr(plan, name)]
    assert empty == []


def test_what_is_assessed_by_scale_buys_only_what_of_it_arrives() -> None:
    rates = dict.fromkeys("ABCD", 0.94)
    fund = {"id": "coalition", "name": "Coalition", "payers": "members", "budget": 10.0, "delivery": rates}
    scale = {"rule": "capacity-to-pay", "capacity_to_pay": {"ceiling": 0.5}}
    problem = compact(CIVIL | {"funds": [fund | {"scale": scale, "carry_over": False}]})
    plan = solve(problem, OPTIONS)
    assert verify(plan, problem).ok
    assessed = sum(row.amount for row in plan.contributions)
    assert assessed == pytest.approx(20.0)
    assert sum(row.arrears for row in plan.contributions) == pytest.approx(0.06 * assessed)
    assert sum(row.amount for row in plan.expenditures) == pytest.approx(0.94 * assessed)
    assert all(row.share == pytest.approx(row.scale_share) for row in plan.contributions)


def test_what_a_fund_has_is_spent_or_carried(plan: Plan) -> None:
    paid, spent = (summed(rows, "fund", "period") for rows in (plan.contributions, plan.expenditures))
    for late, arrears in summed(plan.contributions, "fund", "period", amount="arrears").items():
        paid[late] -= arrears
    before = dict.fromkeys(("assessed", "regional"), 0.0)
    for row in plan.balances:
        assert row.paid == pytest.approx(paid.get((row.fund, row.period), 0.0), abs=1e-6)
        assert row.drawn == pytest.approx(spent.get((row.fund, row.period), 0.0), abs=1e-6)
        assert row.carried_in == before[row.fund]
        assert row.carried_in + row.paid == pytest.approx(row.drawn + row.carried_out, abs=1e-5)
        before[row.fund] = row.carried_out
    assert sum(paid.values()) == pytest.approx(sum(spent.values()) + sum(before.values()), abs=1e-5)


def test_every_head_costs_what_its_table_says(plan: Plan) -> None:
    spent = summed(plan.expenditures, "head")
    expected = {
        ("mediation",): sum(row.spending for row in plan.programmes if row.programme == "mediation"),
        ("defence",): sum(row.spending for row in plan.programmes if row.programme == "defence"),
        ("organs",): sum(row.cost for row in plan.organs),
        ("garrisons",): sum(row.cost for row in plan.garrisons)
        + sum(row.troops * 10.0 / 1000 for row in plan.contingents),
        ("missions",): sum(row.troops * 20.0 / 1000 for row in plan.assignments),
        ("lift",): sum(0.1 * row.troops * row.distance_km * 2.0 / 1e6 for row in plan.assignments),
        ("monitoring",): sum(row.teams * 500.0 / 1000 for row in plan.monitoring),
    }
    for head, cost in expected.items():
        assert spent.get(head, 0.0) == pytest.approx(cost, abs=1e-5), head


def test_garrisons_hold_their_contingents_and_no_more_are_told_off(plan: Plan) -> None:
    posted = summed(plan.contingents, "site", "period", amount="troops")
    told_off = summed(plan.assignments, "site", "period", amount="troops")
    for row in plan.garrisons:
        assert row.troops == pytest.approx(posted[row.site, row.period])
        assert told_off.get((row.site, row.period), 0.0) <= row.troops + 1e-3
        assert row.troops <= row.capacity


def test_a_plan_is_made_whole_and_priced_where_a_state_can_gain_nothing() -> None:
    reached = {"programmes/mediation/states": ["A", "C", "D"], "programmes/defence/states": ["A", "C"]}
    nothing_else = {
        "missions": None, "complementarities": None, "monitoring": None, "garrisons": None, "dilemma": None,
        "programmes/defence/posture": 0.0, "timetable": None, "rules": None, "burden_sharing": None,
        "hegemony": None, "benefit": {"nobody_worse_off": True},
    }  # fmt: skip
    plan = solve(compact(reached | nothing_else), OPTIONS)
    last = {row.state: row for row in plan.security if row.period == 2}
    assert last["B"].ratio == pytest.approx(last["B"].baseline_ratio)
    assert last["A"].ratio > 1.05 * last["A"].baseline_ratio
    assert any(row.price for row in plan.binding)


def test_shares_are_of_the_whole(plan: Plan) -> None:
    for total in summed(plan.contributions, "fund", "period", amount="share").values():
        assert total == pytest.approx(1.0)
    scales = {row.payer: row.scale_share for row in plan.contributions if row.fund == "assessed"}
    assert scales == pytest.approx({"A": 0.1, "B": 0.2, "C": 0.3, "D": 0.4})
    assert {row.scale_share for row in plan.contributions if row.fund == "regional"} <= {None}


def test_the_attribution_of_a_gain_leaves_nothing_over(plan: Plan) -> None:
    for row in plan.security:
        gained = log(row.ratio / row.baseline_ratio)
        assert sum(row.attribution.values()) == pytest.approx(gained, abs=1e-9)
    named = {instrument for row in plan.security for instrument in row.attribution}
    assert {"programme:mediation", "mission:ceasefire", "zone-kind:frontier"} <= named
    assert {"complementarity:settlement", "posture:own", "posture:neighbours"} <= named


def test_the_measure_is_the_mean_of_the_ratios(plan: Plan) -> None:
    mean = sum(log(row.ratio) for row in plan.security) / len(plan.security)
    before = sum(log(row.baseline_ratio) for row in plan.security) / len(plan.security)
    assert log(plan.measure.value) == pytest.approx(mean, abs=1e-9)
    assert log(plan.measure.baseline) == pytest.approx(before, abs=1e-9)
    assert plan.measure.gap == pytest.approx(plan.measure.bound / plan.measure.value - 1)


def test_a_plan_reads_back_from_json_without_loss(plan: Plan) -> None:
    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_the_same_problem_gives_the_same_plan(plan: Plan) -> None:
    again = solve(compact(LIVELY), OPTIONS)
    for name in PLAN_TABLES:
        assert getattr(again, name) == getattr(plan, name), name


# Prices -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "subject", "figure", "values"),
    [
        ("funds.budget", "assessed, 2", "funds/assessed/budget", lambda step: {1: 20.0, 2: 20.0 + step}),
        ("funds.budget", "regional, 1", "funds/regional/budget", lambda step: {1: 15.0 + step, 2: 15.0}),
    ],
)
def test_the_price_of_a_rule_is_what_loosening_it_brings(
    rule: str, subject: str, figure: str, values: Any
) -> None:
    options, step = SolveOptions(gap=1e-7, threads=1), 0.1
    base = {**CIVIL, "funds/assessed/affordability": None, "funds/assessed/earmarks": []}
    tight, plain, loose = (solve(compact({**base, figure: values(by)}), options) for by in (-step, 0.0, step))
    expected = (loose.measure.value - tight.measure.value) / (2 * step * plain.measure.value)
    price = next(row.price for row in plain.binding if (row.rule, row.subject) == (rule, subject))
    assert price == pytest.approx(expected, rel=0.02)


def test_a_rule_with_slack_is_not_binding() -> None:
    rich = solve(compact({**LIVELY, "organs/secretariat/ceiling": 1e6}), OPTIONS)
    assert "organs.ceiling" not in {row.rule for row in rich.binding}
    assert all(row.price is None or row.price > 0 for row in rich.binding)


def test_prices_tell_what_they_are_in_and_are_unknown_without_duals(plan: Plan) -> None:
    priced = [row for row in plan.binding if row.price is not None]
    assert priced
    assert all(row.price_unit == f"relative rise of the measure per {row.unit}" for row in priced)
    formulation = formulate(compact(LIVELY))
    outcome = planning.search(compact(LIVELY), OPTIONS)
    assert outcome.values is not None
    rules = binding(formulation, outcome.values, None)
    assert rules
    assert {(row.price, row.price_unit) for row in rules} == {(None, None)}


# Other solvers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("solver", ["highs", "scip", "cbc"])
def test_a_second_opinion_agrees(solver: str) -> None:
    plan = solve(compact(), OPTIONS, second_opinion=solver)
    assert plan.provenance.second_opinion is not None
    assert plan.provenance.second_opinion.endswith("agrees within the gap")
    assert plan.provenance.second_opinion_verdict is OpinionVerdict.AGREES


THREE = "three-states"
NEXT = "then: [{measure: mean, sacrifice: 0.05}]"


@pytest.mark.parametrize("solver", ["scip", "cbc"])
@pytest.mark.parametrize(
    ("objective", "words"),
    [
        ("{measure: mean}", "agrees within the gap"),
        ("{measure: alpha, alpha: 0.5}", "agrees within the gap"),
        ("{measure: alpha, alpha: 0.9999999}", "agrees within the gap"),
        ("{measure: ratio-of-totals}", "agrees within the gap"),
        (
            "{measure: minimum, " + NEXT + "}",
            "on minimum agrees within the gap; on mean agrees within the gap",
        ),
        (
            "{measure: leximin, " + NEXT + "}",
            "on leximin agrees within the gap; on mean agrees within the gap",
        ),
    ],
)
def test_a_second_opinion_is_on_the_programs_whose_bounds_are_told(
    solver: str, objective: str, words: str
) -> None:
    problem = load_problem(THREE, settings=[f"objective={objective}"])
    made = solve(problem, SolveOptions(gap=0.01, threads=1), second_opinion=solver).provenance
    assert str(made.second_opinion).endswith(f": {words}")
    assert made.second_opinion_verdict is OpinionVerdict.AGREES


@pytest.mark.parametrize(
    ("objective", "gap"), [("geometric", 0.05), ("geometric", 0.01), ("minimum", 0.01), ("mean", 0.05)]
)
def test_the_program_that_is_handed_over_proves_the_bound(objective: str, gap: float) -> None:
    outcome = planning.search(compact(LIVELY | {"objective": {"measure": objective}}), SolveOptions(gap=gap))
    bounds = outcome.termination.objective_bounds
    assert outcome.alone
    run = backend("highs").solve(outcome.relaxation, RunLimits(), None, SilentWatch())
    assert bounds.primal - 1e-6 <= run.objective <= bounds.dual + 1e-6


def test_where_parts_prove_the_bound_nobody_is_asked_and_the_proof_is_not_in_doubt() -> None:
    mean = compact({"objective": {"measure": "mean"}})
    plan = solve(mean, SolveOptions(gap=1.5e-3, threads=1), second_opinion="scip")
    made = plan.provenance
    assert plan.termination.reason is TerminationReason.OPTIMAL
    assert str(made.second_opinion).endswith("not asked, the bound is that of the parts of a divided program")
    assert made.second_opinion_verdict is OpinionVerdict.NONE
    assert of_plan(plan) is ExitCode.SUCCESS


def test_the_gravest_of_several_opinions_is_that_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter([OpinionVerdict.DISAGREES, OpinionVerdict.AGREES])

    def opine(program: Any, solver: Any, *_: object, **__: object) -> SecondOpinion:
        return SecondOpinion(solver.name, solver.version(), None, None, next(given), "...", 0.0)

    monkeypatch.setattr(planning, "ask_second_opinion", opine)
    problem = load_problem(THREE, settings=["objective={measure: minimum, " + NEXT + "}"])
    plan = solve(problem, SolveOptions(gap=0.01, threads=1), second_opinion="cbc")
    assert plan.provenance.second_opinion_verdict is OpinionVerdict.DISAGREES
    assert str(plan.provenance.second_opinion).endswith(": on minimum ...; on mean ...")


def test_a_second_solver_that_cannot_take_the_program_is_refused_before_the_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(planning.methods, "search", lambda *_: pytest.fail("the search began"))
    with pytest.raises(BadInput, match="second-opinion"):
        solve(compact(), OPTIONS, second_opinion="cp-sat")


def test_a_second_solver_that_breaks_down_costs_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise SolverFailure("out of order")

    monkeypatch.setattr(CbcBackend, "solve", break_down)
    made = solve(compact(), OPTIONS, second_opinion="cbc").provenance
    assert made.second_opinion_verdict is OpinionVerdict.NONE
    assert str(made.second_opinion).endswith("gives no opinion: out of order")


def test_a_second_solver_gets_seed_threads_and_what_is_left_of_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[RunLimits] = []
    truly = CbcBackend.solve

    def listen(self: CbcBackend, program: Any, limits: RunLimits, *rest: Any) -> Any:
        seen.append(limits)
        return truly(self, program, limits, *rest)

    monkeypatch.setattr(CbcBackend, "solve", listen)
    solve(compact(), SolveOptions(gap=GAP, threads=3, seed=5, time_limit=100.0), second_opinion="cbc")
    assert (seen[0].seed, seen[0].threads) == (5, min(3, processors()))
    assert 0 < (seen[0].time_limit or 0) < 100


@pytest.mark.parametrize(
    ("limit", "advice"), [({"time_limit": 0.0}, "--time-limit"), ({"node_limit": 0}, "--node-limit")]
)
def test_the_limit_that_struck_is_the_one_to_raise(limit: dict[str, Any], advice: str) -> None:
    with pytest.raises(NoPlanFound) as caught:
        solve(compact(LIVELY), SolveOptions(gap=GAP, threads=1, **limit))
    assert advice in str(caught.value.hint)


def test_nobody_is_asked_after_an_interruption() -> None:
    class Stopping:
        def __init__(self) -> None:
            self.found = False

        def report(self, progress: Progress) -> None:
            self.found = progress.incumbent is not None

        def stop_requested(self) -> bool:
            return self.found

    made = solve(compact(LIVELY), OPTIONS, Stopping(), second_opinion="cbc").provenance
    assert made.second_opinion_verdict is OpinionVerdict.NONE
    assert "not asked" in str(made.second_opinion)


@pytest.mark.parametrize("solver", ["scip", "cbc"])
def test_another_solver_finds_the_same_measure(plan: Plan, solver: str) -> None:
    other = solve(compact(LIVELY), SolveOptions(gap=GAP, threads=1, solver=solver))
    assert other.termination.reason is TerminationReason.OPTIMAL
    assert other.measure.value <= plan.measure.bound * (1 + 1e-9)
    assert plan.measure.value <= other.measure.bound * (1 + 1e-9)


def test_a_solver_that_cannot_take_the_program_is_refused() -> None:
    with pytest.raises(BadInput):
        solve(compact(), SolveOptions(gap=GAP, threads=1, solver="cp-sat"))


# Ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"benefit/ratio_floor": 5.0},
        {"funds/assessed/budget": 1.0, "funds/regional/budget": 0.0},
        {"organs/command/earliest": 2, "organs/secretariat/earliest": 2, "monitoring/zones/ab/minimum": 1.0},
        {"garrisons/contingents/min_nations": 4, "states/D/military_personnel": 1000.0},
        {"funds/assessed/commitment": 21.0},
    ],
    ids=["floor", "money", "time", "nations", "commitment"],
)
def test_rules_that_contradict_each_other_are_infeasible(changes: dict[str, Any]) -> None:
    with pytest.raises(Infeasible):
        solve(compact(changes), OPTIONS)


def test_without_time_no_plan_is_found() -> None:
    with pytest.raises(NoPlanFound):
        solve(compact(LIVELY), SolveOptions(gap=GAP, threads=1, time_limit=0.0))


def test_progress_is_told_in_terms_of_the_measure() -> None:
    class Listening:
        reports: list[Progress] = []

        def report(self, progress: Progress) -> None:
            self.reports.append(progress)

        def stop_requested(self) -> bool:
            return False

    plan = solve(compact(LIVELY), OPTIONS, Listening())
    bounds = [report.bound for report in Listening.reports if report.bound is not None]
    found = [report.incumbent for report in Listening.reports if report.incumbent is not None]
    assert bounds
    assert all(bound >= plan.measure.value * (1 - 1e-9) for bound in bounds)
    assert all(value <= plan.measure.value * (1 + 1e-9) for value in found)


@pytest.mark.parametrize(("problem", "gap"), [("three-states", 1e-4), ("southeast-asia-1991", 1e-2)])
def test_the_gap_asked_for_by_default_depends_on_the_size_of_the_program(problem: str, gap: float) -> None:
    assert planning.default_gap(load_problem(problem)) == gap


@pytest.mark.parametrize(("options", "gap"), [({}, 1e-4), ({"gap": 0.3}, 0.3)])
def test_python_asks_for_the_same_gap_as_the_command(options: dict[str, Any], gap: float) -> None:
    plan = concord.solve(load_problem("three-states"), threads=1, **options)
    assert plan.provenance.options["gap"] == gap
    assert plan.measure.gap <= gap


def test_the_program_can_be_had_without_solving_it() -> None:
    found = program(compact())
    assert found.name == DOCUMENT["id"]
    assert set(found.curves) == {
        "security.intensity",
        "security.threat_share",
        "security.log_capacity",
        "measures.penalty",
    }
