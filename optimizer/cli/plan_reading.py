"""A plan named on the command line, and the problem that it answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from concord.errors import BadInput
from concord.loading import bundled_problems, load_plan
from concord.models import DesignProblem, Plan
from concord.verification import verify

from .exit_codes import ExitCode
from .options import complete_problem, read_problem
from .rendering.console import console, styled

PlanArgument = Annotated[
    Path, typer.Argument(metavar="PLAN", help="A plan.json, or the folder that holds it.")
]
ProblemOfPlan = Annotated[
    str | None,
    typer.Argument(
        metavar="[PROBLEM]",
        help="The problem; by default the problem.json beside the plan, else the bundled problem it names.",
        autocompletion=complete_problem,
    ),
]


def read_with_problem(plan: Path, problem: str | None, command: str) -> tuple[Plan, DesignProblem, Path]:
    """A plan, the problem that it answers, and the path of the plan's file. Raises BadInput."""
    read, reference, path = read_with_reference(plan, problem, command)
    return read, read_problem(reference), path


def read_with_reference(plan: Path, problem: str | None, command: str) -> tuple[Plan, str, Path]:
    """A plan, where its problem is, and the path of the plan's file.

    The problem is the one named, or else where `problem_of` finds it. Raises BadInput.
    """
    read, path = read_plan(plan)
    return read, problem or problem_of(read, path, command), path


def read_plan(plan: Path) -> tuple[Plan, Path]:
    """The plan in a file, or in the plan.json of a folder, and the path of the file. Raises BadInput."""
    path = plan / "plan.json" if plan.is_dir() else plan
    if not path.exists():
        raise BadInput.single(
            "there is neither a folder with a plan.json nor a plan file of this name",
            file=str(plan),
            remedy="name a folder that concord solve --out wrote, or a plan.json",
        )
    return load_plan(path), path


def judged(plan: Plan, problem: DesignProblem, path: Path) -> Plan:
    """The plan, marked where it does not verify; that is told on stderr, too."""
    found = verify(plan, problem).violations
    if not found:
        return plan
    reason = f"{len(found)} {'figure or rule' if len(found) == 1 else 'figures and rules'} do not hold"
    reason += f", such as: {found[0].message}"
    console(stderr=True).print(styled(f"{path} does not verify: {reason}"), soft_wrap=True)
    return plan.marked_as_refuted(reason)


def leave(*plans: Plan) -> None:
    """End with the exit code that the verifier's findings call for."""
    if any(plan.refuted for plan in plans):
        raise typer.Exit(ExitCode.VIOLATIONS)


def problem_of(plan: Plan, path: Path, command: str) -> str:
    """Where the problem of `plan` is: beside the plan, or bundled.

    Raises BadInput if in neither place, with how to name it to `command`.
    """
    beside = path.parent / "problem.json"
    if beside.is_file():
        return str(beside)
    if plan.problem.id in {bundled.name for bundled in bundled_problems()}:
        return plan.problem.id
    raise BadInput.single(
        f"there is no problem.json beside the plan, and no bundled problem is named {plan.problem.id!r}",
        file=str(path),
        remedy=f"name the problem: concord {command} PLAN PROBLEM",
    )
