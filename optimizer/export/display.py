"""How plans show in notebooks, and their tables as frames.

Models know neither pandas nor pictures; what they are shown by is lent to them here.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from concord.models import DesignProblem, Plan
from concord.models.plan import PLAN_TABLES

from .flattening import flat_rows, header, row_type
from .pictures import ChartKind

if TYPE_CHECKING:
    import pandas as pd

MOST_REMEMBERED = 16
_PROBLEMS: dict[str, DesignProblem] = {}
"""Problems solved lately by digest: a plan alone does not say where things are."""


def remember(problem: DesignProblem) -> None:
    """Keep `problem` at hand, so that plans that answer it can be drawn."""
    _PROBLEMS.pop(digest := problem.digest(), None)
    _PROBLEMS[digest] = problem
    for oldest in list(_PROBLEMS)[:-MOST_REMEMBERED]:
        del _PROBLEMS[oldest]


def frames(plan: Plan) -> Mapping[str, pd.DataFrame]:
    """Every table of `plan` as a tidy frame, by name: one row for each thing that happens.

    >>> import concord
    >>> plan = concord.solve(concord.load("three-states"))
    >>> list(plan.frames["organs"].columns)
    ['organ', 'period', 'founded', 'cost', 'working', 'host', 'city']
    """
    import pandas as pd  # noqa: PLC0415 -- most uses of the package need no frames

    found = {}
    for name in PLAN_TABLES:
        flat = flat_rows(getattr(plan, name))
        found[name] = pd.DataFrame(flat, columns=header(flat, row_type(name)))
    return found


def html(plan: Plan) -> str:
    """The plan as a notebook shows it: figures, what operates, and the map where its problem is at hand."""
    last = max(plan.problem.periods)
    measure = plan.measure
    garrisons = [f"{r.site} ({r.tier})" for r in plan.garrisons if r.working and r.period == last]
    paid: dict[str, float] = {}
    for row in plan.contributions:
        paid[row.payer] = paid.get(row.payer, 0.0) + row.amount
    payers = sorted(paid, key=lambda payer: -paid[payer])[:5]
    lines = {
        "Aggregate security": f"{measure.value:.4f}, without the institution {measure.baseline:.4f}",
        "Proof": f"no plan is better than {measure.bound:.4f} (gap {measure.gap:.3%})",
        f"Organs, {last}": ", ".join(r.organ for r in plan.organs if r.working and r.period == last),
        f"Garrisons, {last}": ", ".join(garrisons),
        f"Pay most, {plan.problem.currency}": ", ".join(f"{each} {paid[each]:,.0f}" for each in payers),
    }
    cells = "".join(
        f"<tr><th style='text-align:left'>{escape(name)}</th>"
        f"<td style='text-align:left'>{escape(told or 'none')}</td></tr>"
        for name, told in lines.items()
    )
    return f"<h4>{escape(plan.problem.title)}</h4><table>{cells}</table>{_map(plan)}"


def _map(plan: Plan) -> str:
    problem = _PROBLEMS.get(plan.problem.digest)
    if problem is None:
        return ""
    from .charts import chart, picture  # noqa: PLC0415 -- what draws takes a second to load

    return picture(chart(plan, problem, ChartKind.MAP), ".svg").decode()


def lend_to_plans() -> None:
    """Give plans `frames` and their look in notebooks."""
    Plan.frames = property(frames)  # type: ignore[attr-defined]
    Plan._repr_html_ = html  # type: ignore[attr-defined]
