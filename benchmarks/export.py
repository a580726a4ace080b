"""How long each export of a large plan takes: 200 states, 10 periods, every table full of made-up figures.

python -m benchmarks.export [--states 200] [--periods 10]
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from concord.export.charts import KINDS, ChartKind, chart, picture
from concord.export.flattening import row_type
from concord.export.formats import FORMATS, export
from concord.models import DesignProblem, Plan
from concord.models.objective import Measure
from concord.models.plan import PLAN_TABLES

START = 2000
ROWS_PER_STATE = {"programmes": 12, "contributions": 2, "binding": 2, "contingents": 2, "monitoring": 2}
"""Rows for each state and period, where more than one."""
OF_ALL = {"organs": 6, "balances": 2, "garrisons": 40, "assignments": 60, "expenditures": 200, "fairness": 1}
"""Rows for each period where there are not as many as states."""
INSTRUMENTS = [
    *(f"programme:programme-{n}" for n in range(12)),
    *(f"mission:mission-{n}" for n in range(20)),
    "posture:own",
    "posture:neighbours",
]


def main() -> None:
    """Make the plan, export it in every format, draw every picture, and print seconds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.export", description=__doc__)
    parser.add_argument("--states", type=int, default=200)
    parser.add_argument("--periods", type=int, default=10)
    arguments = parser.parse_args()
    problem = made_up_problem(arguments.states, arguments.periods)
    plan = made_up_plan(problem)
    rows = sum(len(getattr(plan, name)) for name in PLAN_TABLES)
    print(f"{arguments.states} states, {arguments.periods} periods, {rows:,} rows")
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            told(name, partial(export, plan, problem, [name], Path(folder)))
        told("all formats", partial(export, plan, problem, list(FORMATS), Path(folder), overwrite=True))
    for kind in KINDS:
        told(f"picture: {kind}", partial(_draw, plan, problem, kind))


def _draw(plan: Plan, problem: DesignProblem, kind: ChartKind) -> bytes:
    return picture(chart(plan, problem, kind), ".svg")


def told(name: str, work: Callable[[], object]) -> None:
    """Do the work and print the seconds it took, and those that a processor worked for it."""
    started, worked = perf_counter(), process_time()
    work()
    print(f"{name:20} {perf_counter() - started:6.2f} s, processor {process_time() - worked:6.2f} s")


def made_up_problem(states: int, periods: int) -> DesignProblem:
    """A problem that knows every name of the plan."""
    places = [((37 * n) % 360 - 180.0, (23 * n) % 120 - 60.0) for n in range(max(states, 40))]
    return DesignProblem.model_validate(
        {
            "id": "large",
            "title": "A large problem, made up",
            "periods": tuple(range(START, START + periods)),
            "threat_kinds": ({"id": "threat", "name": "threat", "relevance": {"readiness": 1.0}},),
            "states": tuple(
                {
                    "id": f"state-{n}",
                    "name": f"State {n}",
                    "region": f"region-{n % 10}",
                    "population": 1e6,
                    "gdp": 1e4,
                    "longitude": places[n][0],
                    "latitude": places[n][1],
                    "capacities": {"readiness": 1.0},
                    "threats": {"threat": 1.0},
                }
                for n in range(states)
            ),
            "garrisons": {
                "tiers": ({"id": "tier-0", "capacity": 5e3, "setup_cost": 1.0, "upkeep": 1.0},),
                "sites": tuple(
                    {
                        "id": f"site-{n}",
                        "name": f"Site {n}",
                        "host": f"state-{n}",
                        "longitude": places[n][0],
                        "latitude": places[n][1],
                    }
                    for n in range(40)
                ),
            },
            "missions": tuple(
                {
                    "id": f"mission-{n}",
                    "name": f"Mission {n}",
                    "state": f"state-{n}",
                    "longitude": places[n][0],
                    "latitude": places[n][1],
                    "need": 1e3,
                    "deadline": 99.0,
                    "affects": {f"state-{n}": 1.0},
                    "effects": {"threat": 0.1},
                    "cost_per_soldier": 1.0,
                }
                for n in range(20)
            ),
        }
    )


def made_up_plan(problem: DesignProblem) -> Plan:
    """A plan with every table full; figures mean nothing."""
    chance = random.Random(0)
    states = len(problem.states)
    rows = {
        name: tuple(
            filled(row_type(name), period, number, states, chance)
            for period in problem.periods
            for number in range(OF_ALL.get(name, states * ROWS_PER_STATE.get(name, 1)))
        )
        for name in PLAN_TABLES
    }
    return Plan.model_validate(
        {
            "problem": {
                "id": problem.id,
                "title": problem.title,
                "digest": problem.digest(),
                "currency": problem.currency,
                "periods": problem.periods,
            },
            "measure": {"name": Measure.GEOMETRIC, "value": 2.0, "bound": 2.0, "gap": 0.0, "baseline": 1.0},
            "termination": {"reason": "optimal", "seconds": 1.0},
            "provenance": {
                "created": "2000-01-01T00:00:00+00:00",
                "versions": {},
                "solver": "none",
                "options": {},
                "seed": 0,
                "variables": 0,
                "constraints": 0,
                "assumptions": (),
                "imputed": {},
            },
            **rows,
        }
    )


def filled(
    of: type[BaseModel], period: int, number: int, states: int, chance: random.Random
) -> dict[str, Any]:
    """A row with a figure in each field, and names that the problem knows."""
    names = {
        "period": period,
        "state": f"state-{number % states}",
        "payer": f"state-{number % states}",
        "host": f"state-{number % states}",
        "largest": f"state-{number % states}",
        "programme": f"programme-{number // states}",
        "site": f"site-{number % 40}",
        "mission": f"mission-{number % 20}",
        "head": f"head-{number % 20}",
        "attribution": {key: chance.gauss(0, 0.1) for key in INSTRUMENTS},
        "threats": {"threat": chance.random()},
    }
    return {
        name: names.get(name, _value(name, field.annotation, chance))
        for name, field in of.model_fields.items()
    }


def _value(name: str, annotation: Any, chance: random.Random) -> Any:
    options = [option for option in get_args(annotation) if option is not NoneType]
    if get_origin(annotation) in (dict, Mapping):
        return {}
    if get_origin(annotation) is tuple:
        return ()
    if options:
        return _value(name, options[0], chance)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next(iter(annotation))
    values = {bool: True, int: 1, float: chance.uniform(0.1, 100.0)}
    return values.get(annotation, f"{name}-{chance.randrange(9)}")


if __name__ == "__main__":
    main()
