"""A nonlinear program with integers, written anew for SCIP, has the optimum that Concord proves."""

from __future__ import annotations

from math import log, pi
from typing import Any

import pytest
from pyscipopt import Model, exp, quicksum
from pyscipopt import log as scip_log

from concord.planning import solve
from concord.solving.options import SolveOptions
from tests.support.agreement import OPTIONS, assert_same_optimum
from tests.support.compact import ONE_PERIOD, compact

TONNE_KM = 0.1 * 6371.0088 * pi / 180 * 2.0 / 1e6
"""Million USD that it costs to take a soldier with two tonnes over a degree of a meridian."""
NEAR = 1e-3
STATES = "ABCD"
TIERS = {"small": (600, 2.0, 0.5), "large": (1500, 5.0, 1.0)}
DEGREES = {("west", "ceasefire"): 1, ("west", "border"): 2, ("east", "ceasefire"): 1, ("east", "border"): 0}
NEED, HOST = {"ceasefire": 800, "border": 500}, {"west": "A", "east": "C"}


class Scip:
    """The compact problem of one period, its figures written out by hand."""

    def __init__(self, budget: float, pacification: float) -> None:
        self.budget, self.pacification = budget, pacification
        self.model = Model()
        self.model.hideOutput()
        self.model.setParam("limits/gap", 1e-6)
        add = self.model.addVar
        self.e = {o: add(vtype="B") for o in ("secretariat", "command")}
        self.on = add(vtype="B")
        self.x = {(i, k): add() for i in STATES for k in ("mediation", "defence")}
        self.z = {key: add(ub=3.0) for key in self.x}
        self.y = {(g, n): add(vtype="B") for g in HOST for n in TIERS}
        self.n = {(m, g): add(vtype="I", ub=20) for m in STATES for g in HOST}
        self.b = {key: add(vtype="B") for key in self.n}
        self.a = {key: add(ub=1500) for key in DEGREES}
        self.d = add(vtype="B")
        self.bonus = {i: add(ub=1.0) for i in "AB"}

    def optimum(self, measure: str = "geometric") -> float:
        """The best value of a measure of security."""
        self._rules()
        sides = [self._logs(i) for i in STATES]
        aggregate = self.model.addVar(lb=-10, ub=10)
        getattr(self, f"_{measure}")(aggregate, sides)
        self.model.setObjective(aggregate, "maximize")
        self.model.optimize()
        assert self.model.getStatus() in {"optimal", "gaplimit"}
        return float(self.model.getObjVal())

    def _geometric(self, aggregate: Any, sides: list[Any]) -> None:
        mean = quicksum(logged - threat for _, logged, threat in sides) / len(STATES)
        self.model.addCons(scip_log(aggregate) <= mean)
        self.model.chgVarLb(aggregate, 1e-3)

    def _mean(self, aggregate: Any, sides: list[Any]) -> None:
        ratios = [self.model.addVar(ub=10) for _ in sides]
        for ratio, (_, logged, threat) in zip(ratios, sides, strict=True):
            self.model.addCons(ratio <= exp(logged - threat))
        self.model.addCons(aggregate <= quicksum(ratios) / len(STATES))

    def _ratio_of_totals(self, aggregate: Any, sides: list[Any]) -> None:
        threats = [self.model.addVar(ub=10) for _ in sides]
        for level, (_, _, threat) in zip(threats, sides, strict=True):
            self.model.addCons(level >= exp(threat))
        capacity = quicksum(capacity for capacity, _, _ in sides)
        self.model.addCons(aggregate * quicksum(threats) <= capacity)

    def _rules(self) -> None:
        rule = self.model.addCons
        self.v = {h: quicksum(v for (_, mission), v in self.a.items() if mission == h) for h in NEED}
        for (i, k), z in self.z.items():
            rule(z <= scip_log(1 + self.x[i, k] / 5.0))
            rule(z <= 3.0 * (self.e["secretariat"] if k == "mediation" else self.on))
        rule(quicksum(self.x[i, "mediation"] for i in STATES) <= 40.0 * self.e["secretariat"])
        rule(quicksum(self.x[i, "defence"] for i in STATES) >= 2.0 * self.on)
        rule(self.e["command"] <= self.e["secretariat"])
        self._garrisons()
        self._missions()
        rule(self._cost() <= self.budget)

    def _garrisons(self) -> None:
        rule, force = self.model.addCons, quicksum(self.n.values())
        stands = {g: quicksum(self.y[g, n] for n in TIERS) for g in HOST}
        rule(quicksum(stands.values()) >= 1)
        for g, host in HOST.items():
            units = quicksum(self.n[m, g] for m in STATES)
            rule(stands[g] <= self.e["command"])
            rule(100 * units <= quicksum(TIERS[n][0] * self.y[g, n] for n in TIERS))
            rule(self.n[host, g] <= 0.4 * units)
            rule(quicksum(self.b[m, g] for m in STATES) >= 3 * stands[g])
            for m in STATES:
                rule(self.n[m, g] <= 0.5 * units)
                rule(self.b[m, g] <= self.n[m, g])
        for m in STATES:
            sent = quicksum(self.n[m, g] for g in HOST)
            rule(sent <= 1.5 * 0.25 * force + 1)
            rule(sent >= 0.5 * 0.25 * force - 1)
            rule(sent <= 20)

    def _missions(self) -> None:
        rule = self.model.addCons
        for g in HOST:
            men = {m: 100 * self.n[m, g] for m in STATES}
            rule(self.a[g, "ceasefire"] <= men["C"] + men["D"])
            rule(self.a[g, "ceasefire"] + self.a[g, "border"] <= men["B"] + men["C"] + men["D"])
        rule(self.v["ceasefire"] >= 200 * self.d)
        rule(self.v["ceasefire"] <= NEED["ceasefire"] * self.d)
        rule(self.v["border"] <= NEED["border"])
        for i, bonus in self.bonus.items():
            rule(bonus <= self.v["ceasefire"] / NEED["ceasefire"])
            rule(bonus <= self.z[i, "mediation"] / 3.0)

    def _cost(self) -> Any:
        built = quicksum((TIERS[n][1] + TIERS[n][2]) * y for (_, n), y in self.y.items())
        stationed = quicksum(100 * n * 10.0 / 1000 for n in self.n.values())
        deployed = quicksum(v * 20.0 / 1000 for v in self.v.values())
        moved = quicksum(TONNE_KM * DEGREES[key] * a for key, a in self.a.items() if DEGREES[key])
        organs = 3.0 * self.e["secretariat"] + 1.5 * self.e["command"]
        return quicksum(self.x.values()) + built + stationed + deployed + moved + organs

    def _logs(self, i: str) -> Any:
        rule, add = self.model.addCons, self.model.addVar
        affected = {"A": 0.5, "B": 1.0}.get(i, 0.0)
        fall = self.pacification / 1000 * affected * self.v["ceasefire"]
        fall += 0.3 / 1000 * self.v["border"] * (i == "C") + 0.1 * self.bonus.get(i, 0.0)
        war = -0.2 * self.z[i, "mediation"] - fall
        strife = log(0.6) - 0.1 * self.z[i, "mediation"]
        threat, capacity, logged = add(lb=-5, ub=5), add(lb=0.1, ub=5), add(lb=-5, ub=5)
        shares = [add(ub=1.0), add(ub=1.0)]
        rule(exp(war - threat) <= shares[0])
        rule(exp(strife - threat) <= shares[1])
        rule(quicksum(shares) <= 1)
        gains = 0.375 * 0.5 * (1 + 0.05 * self.z[i, "mediation"]) + 0.625 * (1 + 0.05 * self.z[i, "defence"])
        rule(capacity == gains)
        rule(logged <= scip_log(capacity))
        return capacity, logged, threat


@pytest.mark.parametrize(("budget", "pacification"), [(20.0, 0.4), (60.0, 0.4), (60.0, 3.0)])
def test_a_nonlinear_program_with_integers_has_the_same_optimum(budget: float, pacification: float) -> None:
    changes = {"funds/assessed/budget": budget, "missions/ceasefire/effects": {"war": pacification}}
    plan = solve(compact(ONE_PERIOD | changes), OPTIONS)
    assert_same_optimum(plan, Scip(budget, pacification).optimum(), 1e-4)


@pytest.mark.parametrize(
    ("measure", "budget", "pacification"),
    [("mean", 20.0, 0.4), ("ratio-of-totals", 20.0, 0.4), ("ratio-of-totals", 60.0, 3.0)],
)
def test_measures_that_are_not_concave_have_the_same_optimum(
    measure: str, budget: float, pacification: float
) -> None:
    changes = {"funds/assessed/budget": budget, "missions/ceasefire/effects": {"war": pacification}}
    problem = compact(ONE_PERIOD | changes | {"objective": {"measure": measure}})
    independent = Scip(budget, pacification).optimum(measure.replace("-", "_"))
    plan = solve(problem, SolveOptions(gap=NEAR, threads=1))
    assert plan.measure.value >= independent * (1 - NEAR)
    assert independent * (1 - 1e-5) <= plan.measure.bound <= plan.measure.value * (1 + NEAR)
