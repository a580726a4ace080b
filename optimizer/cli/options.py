"""Arguments and options that several commands share, and what they turn into."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from concord.doctrine import under
from concord.errors import BadInput, Fault
from concord.loading import bundled_doctrines, bundled_problems, load_doctrine, load_problem
from concord.locking import with_locks
from concord.models import DesignProblem
from concord.models.objective import Measure
from concord.solving.options import SolveOptions, usable_threads

DEFAULT_PROBLEM = "euro-atlantic-1992"
LARGEST_SEED = 2**31 - 1
"""Solvers take seeds of 31 bits."""
MOST_THREADS = 1024
"""More is a slip of the finger."""


def complete_problem(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of bundled problems that begin with what is typed, with their titles."""
    for problem in bundled_problems():
        if problem.name.startswith(incomplete):
            yield problem.name, problem.title


def complete_doctrine(incomplete: str) -> Iterator[tuple[str, str]]:
    """Names of bundled doctrines that begin with what is typed, with their titles."""
    for doctrine in bundled_doctrines():
        if doctrine.name.startswith(incomplete):
            yield doctrine.name, doctrine.title


_PROBLEM_HELP = "A bundled problem (see `concord problems`) or a problem file."
ProblemArgument = Annotated[
    str, typer.Argument(metavar="PROBLEM", help=_PROBLEM_HELP, autocompletion=complete_problem)
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Replace one figure, such as funds.assessed.budget.1994=120."
    ),
]
Overlays = Annotated[
    list[Path] | None,
    typer.Option("--overlay", metavar="FILE", help="Merge a YAML file over the problem."),
]
ObjectiveChoice = Annotated[
    Measure | None, typer.Option("--objective", help="Measure of aggregate security to maximise.")
]
AlphaChoice = Annotated[
    float | None,
    typer.Option("--alpha", help="Maximise the power mean with this aversion to inequality, such as 2."),
]
ThenChoice = Annotated[
    list[str] | None,
    typer.Option(
        "--then",
        metavar="NAME[:SACRIFICE]",
        help="Maximise this measure next, at the cost of that share of those before it (0.001 by default).",
    ),
]
DoctrineChoice = Annotated[
    str | None,
    typer.Option(
        "--doctrine",
        metavar="NAME",
        help="Recast the problem by a doctrine: bundled (see `concord doctrines`), or a file.",
        autocompletion=complete_doctrine,
    ),
]
Locks = Annotated[
    list[str] | None,
    typer.Option(
        "--lock",
        metavar="PATH=VALUE",
        help="Hold, forbid or bound a decision, such as garrisons.Budapest=open, organs.assembly=closed, "
        "'contributions.USA>=20'.",
    ),
]
StayClose = Annotated[
    Path | None,
    typer.Option("--stay-close", metavar="PLAN", help="An agreed plan to depart from as little as allowed."),
]
MaxMoves = Annotated[
    int, typer.Option("--max-moves", min=0, help="Most sites and organs otherwise than in that plan.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on stdout and nothing else there.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what a former run wrote there.")]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write into this file instead of to stdout."),
]


def read_problem(  # noqa: PLR0913 -- one parameter for each option
    reference: str,
    settings: list[str] | None = None,
    overlays: list[Path] | None = None,
    objective: Measure | None = None,
    doctrine: str | None = None,
    alpha: float | None = None,
    locks: list[str] | None = None,
    *,
    then: list[str] | None = None,
) -> DesignProblem:
    """The problem with overlays, settings, objective, doctrine and locks put over it. Raises BadInput."""
    chosen = [*_measure_settings(objective, alpha), *_next_settings(then or [])]
    problem = load_problem(reference, overlays=overlays or (), settings=[*(settings or ()), *chosen])
    recast = problem if doctrine is None else under(problem, load_doctrine(doctrine))
    return with_locks(recast, locks or ())


def _measure_settings(objective: Measure | None, alpha: float | None) -> list[str]:
    """The choice of a measure as settings of its fields; a parameter alone means the measure that has it."""
    if objective is None and alpha is None:
        return []
    measure = Measure.ALPHA if objective is None else objective
    parameter = "null" if alpha is None else repr(float(alpha))
    return [f"objective.measure={measure.value}", f"objective.alpha={parameter}"]


def _next_settings(then: list[str]) -> list[str]:
    """The measures to be maximised next, as a setting; `alpha-2:0.05` is a power mean at a cost of 5 %."""
    entries = []
    for choice in then:
        name, _, sacrifice = choice.partition(":")
        measure, _, alpha = name.partition("-") if name.startswith("alpha-") else (name, "", "")
        fields = {"measure": measure, "alpha": alpha, "sacrifice": sacrifice}
        entries.append("{" + ", ".join(f"{key}: {value}" for key, value in fields.items() if value) + "}")
    return [f"objective.then=[{', '.join(entries)}]"] if entries else []


def solve_options(
    *,
    gap: float | None,
    time_limit: float | None,
    node_limit: int | None,
    seed: int,
    threads: int | None,
    solver: str,
    tidy: bool = True,
) -> SolveOptions:
    """Checked options of a solve. Raises BadInput with every option that is out of range.

    Where no gap is asked for, it depends on the problem: see `with_default_gap`.
    """
    rules = (
        ("--gap", gap, gap is None or 0 < gap < 1, "a share between 0 and 1, such as 0.001"),
        ("--time-limit", time_limit, time_limit is None or 0 < time_limit < math.inf, "seconds above 0"),
        ("--node-limit", node_limit, node_limit is None or node_limit >= 1, "1 node or more"),
        ("--seed", seed, 0 <= seed <= LARGEST_SEED, f"a whole number from 0 to {LARGEST_SEED}"),
        ("--threads", threads, threads is None or 1 <= threads <= MOST_THREADS, f"1 to {MOST_THREADS}"),
    )
    faults = [
        Fault("out of range", field=name, value=str(value), remedy=f"give {allowed}")
        for name, value, sound, allowed in rules
        if not sound
    ]
    if faults:
        raise BadInput(faults)
    options = SolveOptions(
        time_limit=time_limit,
        node_limit=node_limit,
        seed=seed,
        threads=usable_threads() if threads is None else threads,
        solver=solver,
        tidy=tidy,
    )
    return options if gap is None else replace(options, gap=gap)


def with_default_gap(options: SolveOptions, gap: float | None, problem: DesignProblem) -> SolveOptions:
    """The options with the gap that fits the size of `problem`, where none is asked for."""
    from concord.planning import default_gap  # noqa: PLC0415 -- imported late, as all that solves

    return options if gap is not None else replace(options, gap=default_gap(problem))
