"""What the commands that ask about a plan share: its problem, a session, and tables of differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import RenderableType

from .export import require_match
from .options import solve_options
from .plan_reading import read_with_problem
from .rendering.tables import Column, amount, table, text_column
from .solve import DEFAULTS

if TYPE_CHECKING:
    from concord.analysis.differences import Difference, Effect
    from concord.models import DesignProblem, Plan
    from concord.solving.options import SolveOptions

MOST_OF_A_KIND, MOST_ROWS = 8, 30
SameGap = Annotated[
    float | None, typer.Option("--gap", help="Relative gap to prove; that asked of the plan by default.")
]


@dataclass(frozen=True, slots=True)
class Question:
    """A plan with the problem that it answers."""

    plan: Plan
    problem: DesignProblem
    path: Path


def asked(plan: Path, problem: str | None, command: str) -> Question:
    """The plan and its problem. Raises BadInput where they are not there, or do not belong together."""
    read, against, path = read_with_problem(plan, problem, command)
    require_match(read, against, path)
    return Question(read, against, path)


def same_options(
    plan: Plan,
    gap: float | None,
    time_limit: float | None,
    seed: int | None = None,
    threads: int | None = None,
) -> SolveOptions:
    """Options of a search that is to be compared with the plan's."""
    used = plan.provenance.options.get("gap")
    asked_of_plan = float(used) if isinstance(used, int | float) else None
    return solve_options(
        gap=asked_of_plan if gap is None else gap,
        time_limit=time_limit,
        node_limit=None,
        seed=DEFAULTS.seed if seed is None else seed,
        threads=threads,
        solver=DEFAULTS.solver,
    )


def difference_table(rows: Sequence[Difference], names: Sequence[str]) -> RenderableType:
    """One row a difference, the largest amounts of each kind; says how many are not shown."""
    columns = [text_column("differs"), text_column("of"), *map(Column, names), text_column("unit")]
    lines = []
    for of in dict.fromkeys(row.of for row in rows):
        kind = sorted((row for row in rows if row.of == of), key=_size, reverse=True)
        lines += [
            [row.subject, of, *(_cell(value, row.unit) for value in row.values), row.unit]
            for row in kind[:MOST_OF_A_KIND]
        ]
        if len(kind) > MOST_OF_A_KIND:
            lines.append([f"and {len(kind) - MOST_OF_A_KIND} more", of, *[""] * len(names), ""])
    return table(columns, lines)


def _size(row: Difference) -> float:
    """How far the amounts lie apart; whole decisions come before any amount."""
    if any(isinstance(value, str) for value in row.values):
        return float("inf")
    amounts = [float(value or 0.0) for value in row.values]
    return max(amounts) - min(amounts)


def effect_table(effects: Sequence[Effect], total: float) -> RenderableType:
    """What each instrument makes of the difference, in percent of the measure."""
    lines = [[effect.instrument, f"{100 * effect.logs:+.3f}"] for effect in effects[:MOST_ROWS]]
    rest = sum(effect.logs for effect in effects[MOST_ROWS:])
    if len(effects) > MOST_ROWS:
        lines.append([f"{len(effects) - MOST_ROWS} others", f"{100 * rest:+.3f}"])
    lines.append(["in all", f"{100 * total:+.3f}"])
    return table([text_column("instrument"), Column("log points")], lines)


def _cell(value: Any, unit: str) -> str:
    from concord.analysis.differences import TROOPS  # noqa: PLC0415 -- imported late, as all analysis

    if value is None:
        return "-"
    return value if isinstance(value, str) else amount(value, 0 if unit == TROOPS else 1)
