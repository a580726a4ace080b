"""`concord verify`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Group, RenderableType

from concord.models import DesignProblem, Plan
from concord.verification import ON_TRUST, RULES, Verification, verify

from .exit_codes import ExitCode
from .options import (
    AlphaChoice,
    AsJson,
    DoctrineChoice,
    Locks,
    ObjectiveChoice,
    Overlays,
    Settings,
    ThenChoice,
    read_problem,
)
from .plan_reading import PlanArgument, ProblemOfPlan, read_with_reference
from .rendering.console import console, styled
from .rendering.tables import Column, amount, table, text_column

NAME = "verify"
MOST_MESSAGES = 50
"""More scroll away; one slip in a plan breaks many rules."""
TOLERANCE = 1e-6
"""By how much a plan within a solver's tolerances may exceed what exact rows allow, relative."""

Bound = Annotated[
    bool,
    typer.Option("--bound", help="Recompute the bound of the plan's whole decisions from its certificate."),
]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    plan: PlanArgument,
    problem: ProblemOfPlan = None,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    alpha: AlphaChoice = None,
    then: ThenChoice = None,
    doctrine: DoctrineChoice = None,
    locks: Locks = None,
    bound: Bound = False,
    as_json: AsJson = False,
) -> None:
    """Recompute the figures of a plan and check every rule of the problem, also of a plan edited by hand."""
    read, reference, _ = read_with_reference(plan, problem, NAME)
    against = read_problem(reference, settings, overlays, objective, doctrine, alpha, locks, then=then)
    verification = verify(read, against)
    held, told = _bound(read, against) if bound else (None, "")
    if as_json:
        typer.echo(_json(verification, {"held_bound": held} if bound else {}).encode())
    else:
        console().print(_findings(verification, against), soft_wrap=True)
        if bound:
            console().print(styled(told), soft_wrap=True)
    confirmed = verification.ok and (not bound or _admits(held, read.measure.value))
    raise typer.Exit(ExitCode.SUCCESS if confirmed else ExitCode.VIOLATIONS)


def _bound(plan: Plan, problem: DesignProblem) -> tuple[float | None, str]:
    """The bound with whole decisions held, None where nothing proves one, and what to say of it."""
    from concord.analysis.certificate import held_bound, why_none  # noqa: PLC0415

    reason = why_none(problem, plan)
    held = None if reason else held_bound(problem, plan)
    if held is None:
        return None, f"Bound not checked: {reason or 'the multipliers of the certificate prove none'}."
    value = plan.measure.value
    words = f"With these whole decisions no plan is better than {held:.8g} (checked here, without a solver"
    words += f"; {held / value - 1:.2g} above the plan's {value:.8g})."
    if not _admits(held, value):
        words = f"The plan's value {value:.8g} exceeds what its whole decisions allow, {held:.8g}."
    solver = plan.provenance.solver
    return (
        held,
        f"{words}\nOver all whole decisions the bound is {plan.measure.bound:.8g}: the word of {solver}.",
    )


def _admits(held: float | None, value: float) -> bool:
    """Whether a bound is proven and, up to the solver's tolerances, not below the plan's value."""
    return held is not None and held >= value * (1 - TOLERANCE)


def _json(verification: Verification, more: dict[str, float | None]) -> str:
    content = {
        "ok": verification.ok,
        "violations": [asdict(violation) for violation in verification.violations],
        "checked": dict(verification.checked),
        "on_trust": list(ON_TRUST),
        **more,
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _findings(verification: Verification, problem: DesignProblem) -> RenderableType:
    broken: dict[str, int] = {}
    for violation in verification.violations:
        broken[violation.rule] = broken.get(violation.rule, 0) + 1
    rows = [
        [number, name, amount(verification.checked[number], 0), str(broken.get(number, "-"))]
        for name, number in RULES.items()
        if verification.checked.get(number)
    ]
    columns = [text_column("rule"), text_column("name"), Column("checked"), Column("broken")]
    total = amount(sum(verification.checked.values()), 0)
    if verification.ok:
        verdict = styled(f"The plan keeps all rules of {problem.id}: {total} instances checked.", "green")
    else:
        count = len(verification.violations)
        verdict = styled(f"{count} of {total} instances are broken in {problem.id}:", "red")
    messages = [styled(str(violation)) for violation in verification.violations[:MOST_MESSAGES]]
    if len(verification.violations) > MOST_MESSAGES:
        messages.append(styled(f"and {len(verification.violations) - MOST_MESSAGES} more; --json lists all"))
    trust = styled(f"Taken on the solver's word: {'; '.join(ON_TRUST)}.")
    return Group(table(columns, rows), styled(""), verdict, *messages, trust)
