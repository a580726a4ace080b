"""Several plans side by side on one page: what they come to, and what each means for every state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..about import CAVEAT, UNVERIFIED, state_name
from ..digests import last_security, payers, senders
from ..markdown import figure
from ..names import money, signed
from ..tables import PERSONS
from . import contrast
from .contrast import Entrant
from .grids import Grid, Value, number, share, words
from .page import render
from .words import NOTICEABLE, span


def comparison_page(entrants: Sequence[Entrant]) -> str:
    """The comparison, a whole page of HTML that loads nothing."""
    states = _states(entrants)
    return render(
        "comparison.html.j2",
        entrants=entrants,
        span=span,
        caveat=CAVEAT,
        alike=len({entrant.plan.problem.digest for entrant in entrants}) == 1,
        colours=[contrast.COLOURS[place % len(contrast.COLOURS)] for place in range(len(entrants))],
        maps=contrast.maps(entrants),
        securities=contrast.securities(entrants),
        payers=contrast.shares_paid(entrants),
        senders=contrast.shares_sent(entrants),
        result=_result(entrants),
        security=_by_state(entrants, states, "security", "Security of each state in the last year", _changes),
        paid=_by_state(entrants, states, "paid", "Share of all payments", _shares),
        sent=_by_state(entrants, states, "sent", "Troops sent in the last year", _troops),
    )


def _states(entrants: Sequence[Entrant]) -> dict[str, tuple[str, str]]:
    """State to name and region, by name."""
    found = {
        state.id: (state_name(entrant.problem, state.id), state.region.replace("-", " ").title())
        for entrant in reversed(entrants)
        for state in entrant.problem.states
    }
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _result(entrants: Sequence[Entrant]) -> Grid:
    """A row for each figure, a column for each plan."""
    columns = [_figures(entrant) for entrant in entrants]
    rows = tuple(
        (words(name), *(column.get(name, Value("")) for column in columns))
        for name in dict.fromkeys(name for column in columns for name in column)
    )
    heads = ("", *(entrant.label for entrant in entrants))
    return Grid("result", "What each plan comes to", "", heads, rows)


def _figures(entrant: Entrant) -> dict[str, Value]:
    plan, problem = entrant.plan, entrant.problem
    measure, last = plan.measure, max(plan.problem.periods)
    changes, sent = last_security(plan), senders(plan)
    paid = sum(payer.paid for payer in payers(plan))
    found = {
        f"Aggregate security ({measure.name.value})": number(measure.value, f"{measure.value:.4f}"),
        "Without an institution": number(measure.baseline, f"{measure.baseline:.4f}"),
        "No plan exceeds": Value("") if plan.refuted else number(measure.bound, f"{measure.bound:.4f}"),
        "Gap": words(UNVERIFIED) if plan.refuted else number(measure.gap, f"{measure.gap:.3%}"),
        f"Paid in all, {plan.problem.currency}": number(paid, money(paid)),
        f"Borne in all, cash and kind, {plan.problem.currency}": number(
            sum(row.total for row in plan.burdens)
        ),
        "Troops in the last year": number(sum(troops for _, troops in sent)),
        "Garrisons in the last year": number(sum(row.period == last for row in plan.garrisons)),
        "Monitoring teams in the last year": number(
            sum(row.teams for row in plan.monitoring if row.period == last)
        ),
        "Rules that bind": number(len(plan.binding)),
    }
    if measure.baseline > 0:
        change = measure.value / measure.baseline - 1
        found["Change against no institution"] = number(change, signed(change))
    if changes:
        worst = min(changes, key=lambda each: each.with_)
        text = f"{worst.with_:.3g} ({state_name(problem, worst.state)})"
        found["Worst-off state in the last year"] = number(worst.with_, text)
        found["States less secure than without"] = number(sum(each.change < -NOTICEABLE for each in changes))
    gini = {row.subject: row.gini for row in plan.fairness}.get("burden-to-gdp")
    if gini is not None:
        found["Gini coefficient of burden to GDP"] = number(gini, f"{gini:.3f}")
    return found


def _by_state(
    entrants: Sequence[Entrant],
    states: dict[str, tuple[str, str]],
    key: str,
    title: str,
    cells: Callable[[Entrant], dict[str, Value]],
) -> Grid:
    columns = [cells(entrant) for entrant in entrants]
    rows = tuple(
        (words(name), words(region), *(column.get(state, Value("")) for column in columns))
        for state, (name, region) in states.items()
        if any(state in column for column in columns)
    )
    return Grid(key, title, "", ("State", "Region", *(entrant.label for entrant in entrants)), rows)


def _changes(entrant: Entrant) -> dict[str, Value]:
    return {
        each.state: number(each.with_, f"{each.with_:.3f} ({signed(each.change)})")
        for each in last_security(entrant.plan)
    }


def _shares(entrant: Entrant) -> dict[str, Value]:
    return {payer.state: share(payer.share) for payer in payers(entrant.plan)}


def _troops(entrant: Entrant) -> dict[str, Value]:
    return {state: number(troops, figure(troops, PERSONS)) for state, troops in senders(entrant.plan)}


__all__ = ["Entrant", "comparison_page"]
