"""`concord price`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Group, RenderableType

from concord.errors import BadInput, Fault

from .exit_codes import ExitCode
from .explain import figure
from .export import require_match
from .options import (
    AsJson,
    DoctrineChoice,
    ObjectiveChoice,
    Overlays,
    Settings,
    read_problem,
    solve_options,
    with_default_gap,
)
from .plan_reading import PlanArgument, ProblemOfPlan, read_with_reference
from .rendering.console import console, styled
from .rendering.progress import watched
from .rendering.tables import Column, table, text_column
from .solve import DEFAULTS, Gap, Quiet, Seed, Threads, TimeLimit

if TYPE_CHECKING:
    from concord.analysis.pricing import Price, Prices
    from concord.analysis.revaluation import Revaluation

NAME = "price"

RuleName = Annotated[
    str | None,
    typer.Option(
        "--rule", metavar="RULE", help="Search anew with this rule changed: a path, or an equation."
    ),
]
Step = Annotated[
    float | None, typer.Option("--step", metavar="STEP", help="What to add to the rule; may be negative.")
]
Most = Annotated[int, typer.Option("--most", min=1, help="How many rules to price, dearest first.")]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    plan: PlanArgument,
    problem: ProblemOfPlan = None,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    doctrine: DoctrineChoice = None,
    rule: RuleName = None,
    step: Step = None,
    most: Most = 10,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    seed: Seed = DEFAULTS.seed,
    threads: Threads = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell what the rules that bind a plan cost; with --rule and --step, by a search of its own."""
    if (rule is None) != (step is None):
        missing, given = ("--step", "--rule") if step is None else ("--rule", "--step")
        raise BadInput([Fault(f"{given} needs {missing}", field=missing, remedy="give both, or neither")])
    options = solve_options(
        gap=gap, time_limit=time_limit, node_limit=None, seed=seed, threads=threads, solver=DEFAULTS.solver
    )
    read, reference, path = read_with_reference(plan, problem, NAME)
    against = read_problem(reference, settings, overlays, objective, doctrine)
    require_match(read, against, path)
    options = with_default_gap(options, gap, against)
    from concord.analysis.pricing import prices  # noqa: PLC0415
    from concord.analysis.revaluation import revalue  # noqa: PLC0415

    found: Prices | Revaluation
    with watched(quiet=quiet) as watch:
        if rule is None or step is None:
            found = prices(read, against, most, watch, time_limit)
            page = _table(found)
        else:
            found = revalue(read, against, rule, step, options, watch)
            page = _revaluation(found)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False).encode())
    else:
        console().print(page)
    raise typer.Exit(ExitCode.SUCCESS)


def _table(found: Prices) -> RenderableType:
    parts: list[RenderableType] = [
        styled("What rules cost, garrisons, organs, contingents and teams being held as they are:")
    ]
    if found.prices:
        columns = [text_column("rule"), Column("is"), text_column("one step"), text_column("holds")]
        parts.append(table(columns, [_row(price) for price in found.prices]))
        parts += [
            styled(
                "Effects are relative changes of the measure. A price holds, to a tenth, at least so far."
            ),
            styled("A step changes the figure in every year for which it is given."),
        ]
    if found.left_out:
        parts.append(styled(f"{found.left_out} more rules bind and cost less (--most)."))
    if any(not price.solved for price in found.prices):
        short = "Where it was not tried, time was short, and the price is the dual values' (--time-limit)."
        parts.append(styled(short, "yellow"))
    if found.unpriced:
        late = f"Not priced within the time limit: {', '.join(found.unpriced)}."
        parts.append(styled(late, "yellow"))
    if found.whole:
        parts.append(
            styled(
                f"Without a price, since only whole decisions could profit: {', '.join(found.whole)}. "
                "What they are worth takes a search of its own (--rule, --step)."
            )
        )
    if found.switches:
        parts.append(styled(f"Binding, and no figures: {', '.join(found.switches)}."))
    return Group(*parts)


def _row(price: Price) -> list[str]:
    return [
        price.rule,
        f"{figure(price.value)} {price.unit}",
        _words(price),
        f"{figure(price.holds_from)} to {figure(price.holds_to)}" if price.solved else "not tried",
    ]


def _words(price: Price) -> str:
    """The effect of a step to either side; of both where they differ, of one where only that is known."""
    step = f"{price.step:g} {price.unit}"
    looser, stricter = price.looser, price.stricter
    if not price.solved and looser is not None:
        return f"{step} looser: {_effect(looser)}"
    if looser is not None and stricter is not None and abs(looser + stricter) <= 0.05 * abs(looser):
        return f"{step} looser: {_effect(looser)}, stricter the same less"
    looser_text = "nothing that is continuous" if looser is None else _effect(looser)
    stricter_text = "not with these whole decisions" if stricter is None else _effect(stricter)
    return f"{step} looser: {looser_text}, stricter: {stricter_text}"


def _effect(share: float) -> str:
    """A small relative change, with three digits that count.

    >>> _effect(0.000213), _effect(-0.0222)
    ('+0.0213 %', '-2.22 %')
    """
    return f"{100 * share:+.3g} %"


def _revaluation(found: Revaluation) -> RenderableType:
    changes = "; ".join(
        f"{rule} from {figure(old)} to {figure(new)}"
        for rule, old, new in zip(found.rules, found.old, found.new, strict=True)
    )
    lines = [styled(changes, "bold")]
    if found.effect is None or found.at_least is None or found.at_most is None:
        lines.append(styled("No plan was found for that: concord explain tells why, if there is none."))
    else:
        between = f"{_effect(found.at_least)} and {_effect(found.at_most)}"
        lines += [
            styled(f"The best plan found: {_effect(found.effect)} (security {found.measure:.5f})."),
            styled(f"Of the best plans the effect is proven to lie between {between}."),
        ]
        if not found.certain:
            lines.append(
                styled(
                    "The gaps of the two plans are larger than the effect: ask for a smaller --gap.", "yellow"
                )
            )
    if not found.one_program:
        return Group(*lines)
    held = "they do not admit it" if found.held is None else _effect(found.held)
    lines.append(styled(f"With garrisons, organs, contingents and teams held: {held}."))
    return Group(*lines)
