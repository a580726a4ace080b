"""The states in the report: the table of all of them, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import exp

from concord.models import DesignProblem, Plan
from concord.models.plan import SecurityRecord

from ..digests import payers, senders
from ..flattening import Cell
from ..names import Names, money, signed
from ..tables import PlanTable, tables
from .grids import Grid, Value, number, of_table, share, words

WHOSE = ("state", "payer", "host")
"""Columns that say whose row it is."""
SMALLEST_PART = 5e-4
"""Contributions to a logarithm that nobody sees."""
MANY_ROWS, MOST_ROWS = 12_000, 40_000
"""Rows of a plan beyond which pages of states show tables of the last period only, or none: size matters."""
MOST_PARTS = 14
"""Instruments that are shown with their effect on a state; the others are one."""
CURVE_WIDTH, CURVE_HEIGHT = 320.0, 96.0


@dataclass(frozen=True, slots=True)
class Part:
    """What an instrument does to security: its change alone, start and width of its bar (0 to 1)."""

    name: str
    change: str
    start: float
    width: float
    falls: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """Security over the periods as points of a line, without and with the institution."""

    without: str
    with_: str
    first: str
    last: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class StatePage:
    """All that the plan says of a state."""

    state: str
    name: str
    told: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    curve: Curve | None
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """The table of states: ids beside their rows."""

    states: tuple[str, ...]
    grid: Grid


def roll(plan: Plan, problem: DesignProblem, names: Names) -> Roll:
    """Every state that has a part in the plan, with its figures; columns without any are left out."""
    columns = _columns(plan, problem)
    ids = tuple(sorted(_taking_part(plan, problem), key=names.state))
    heads = ("State", "Region", *columns)
    rows = tuple(
        (
            words(names.state(state)),
            words(problem.state_by_id[state].region.replace("-", " ").title()),
            *(of.get(state, Value("")) for of in columns.values()),
        )
        for state in ids
    )
    return Roll(ids, Grid("states", "Every state", "", heads, rows))


def state_pages(plan: Plan, problem: DesignProblem, names: Names) -> list[StatePage]:
    """A page for each state of the table."""
    rolled = roll(plan, problem, names)
    records: dict[str, list[SecurityRecord]] = defaultdict(list)
    for row in plan.security:
        records[row.state].append(row)
    grids = _grids(plan, names)
    pages = []
    for state, row_ in zip(rolled.states, rolled.grid.rows, strict=True):
        known, history = problem.state_by_id[state], sorted(records[state], key=lambda row: row.period)
        facts = tuple(
            (head, cell.text) for head, cell in zip(rolled.grid.heads, row_, strict=True) if cell.text
        )
        told = (
            f"{known.population / 1e6:,.1f} million inhabitants, GDP {known.gdp:,.0f} million USD, "
            f"{known.military_personnel:,.0f} under arms."
        )
        pages.append(
            StatePage(
                state=state,
                name=names.state(state),
                told=told,
                facts=facts[1:],
                parts=_parts(history[-1], names) if history else (),
                curve=_curve(history) if len(history) > 1 else None,
                grids=tuple(grids[state]),
            )
        )
    return pages


def _taking_part(plan: Plan, problem: DesignProblem) -> tuple[str, ...]:
    named = {row.state for row in plan.security} | {row.payer for row in plan.contributions}
    named |= {row.state for row in plan.contingents} | {row.state for row in plan.monitoring}
    named |= {row.state for row in plan.burdens}
    return tuple(state.id for state in problem.states if state.id in named)


def _columns(plan: Plan, problem: DesignProblem) -> dict[str, dict[str, Value]]:
    """Heading to cells by state, where there are any."""
    last = max(plan.problem.periods)
    final = {row.state: row for row in plan.security if row.period == last}
    found = {
        f"Security {last} without": {
            s: number(r.baseline_ratio, f"{r.baseline_ratio:.3f}") for s, r in final.items()
        },
        f"Security {last} with": {s: number(r.ratio, f"{r.ratio:.3f}") for s, r in final.items()},
        "Change": {s: _changed(r) for s, r in final.items() if r.baseline_ratio > 0},
    }
    paid = payers(plan)
    found[f"Paid, {plan.problem.currency}"] = {p.state: number(p.paid, money(p.paid)) for p in paid}
    found["Share paid"] = {p.state: share(p.share) for p in paid}
    found["Share by scale"] = {p.state: share(p.scale) for p in paid}
    found |= _borne(plan, problem)
    found[f"Troops sent {last}"] = {s: number(t, f"{t:,.0f}") for s, t in senders(plan)}
    hosted: dict[str, float] = defaultdict(float)
    for row in plan.garrisons:
        if row.period == last:
            hosted[row.host] += row.troops
    found[f"Troops hosted {last}"] = {s: number(t, f"{t:,.0f}") for s, t in hosted.items()}
    standing = {row.state: row for row in plan.standing if row.period == last}
    found["Rank of raw power"] = {s: number(r.power_rank, str(r.power_rank)) for s, r in standing.items()}
    found["Rank of security"] = {
        s: number(r.security_rank, str(r.security_rank)) for s, r in standing.items()
    }
    return {head: cells for head, cells in found.items() if cells}


def _borne(plan: Plan, problem: DesignProblem) -> dict[str, dict[str, Value]]:
    kind: dict[str, float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    for row in plan.burdens:
        kind[row.state] += row.total - row.cash
        whole[row.state] += row.total
    years = len(plan.problem.periods)
    known = {state: problem.state_by_id[state] for state in whole if state in problem.state_by_id}
    inkind = {state: number(amount, money(amount)) for state, amount in kind.items() if amount > 0}
    burden = {
        s: number(whole[s] / known[s].gdp / years, f"{whole[s] / known[s].gdp / years:.3%}") for s in known
    }
    return {f"In kind, {plan.problem.currency}": inkind, "Burden of GDP": burden}


def _changed(row: SecurityRecord) -> Value:
    change = row.ratio / row.baseline_ratio - 1
    return number(change, signed(change))


def _parts(record: SecurityRecord, names: Names) -> tuple[Part, ...]:
    """Bars from the left edge of what falls to the right edge of what rises."""
    ranked = sorted(record.attribution.items(), key=lambda item: -abs(item[1]))
    named = {names.instrument(key): part for key, part in ranked[:MOST_PARTS]}
    named |= {f"{len(ranked) - MOST_PARTS} others": sum(part for _, part in ranked[MOST_PARTS:])}
    seen = {name: part for name, part in named.items() if abs(part) >= SMALLEST_PART}
    low, high = min([0.0, *seen.values()]), max([0.0, *seen.values()])
    reach = (high - low) or 1.0
    return tuple(
        Part(
            name=name,
            change=signed(exp(part) - 1),
            start=(min(part, 0.0) - low) / reach,
            width=abs(part) / reach,
            falls=part < 0,
        )
        for name, part in sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    )


def _curve(history: list[SecurityRecord]) -> Curve:
    ratios = [(row.baseline_ratio, row.ratio) for row in history]
    low, high = min(map(min, ratios)), max(map(max, ratios))
    step, height = CURVE_WIDTH / (len(ratios) - 1), (high - low) or 1.0

    def line(which: int) -> str:
        return " ".join(
            f"{step * place:.1f},{CURVE_HEIGHT * (high - pair[which]) / height:.1f}"
            for place, pair in enumerate(ratios)
        )

    first, last = str(history[0].period), str(history[-1].period)
    return Curve(line(0), line(1), first, last, f"{high:.3g}", f"{low:.3g}")


def left_out(plan: Plan) -> str:
    """What the pages of states do not show, and where it is; empty where they show every row."""
    rows = sum(len(table.rows) for table in tables(plan))
    if rows <= MOST_ROWS:
        return ""
    return (
        f"This plan has {rows:,} rows, too many for a page: the tables of a state, row by row, are in the "
        "workbook (concord export PLAN --to xlsx) and beside plan.json as CSV."
    )


def _grids(plan: Plan, names: Names) -> dict[str, list[Grid]]:
    """Rows of all tables by the state that they are about; security is told above them."""
    found: dict[str, list[Grid]] = defaultdict(list)
    every, last = tables(plan), max(plan.problem.periods)
    shortened = sum(len(table.rows) for table in every) > MANY_ROWS
    if left_out(plan):
        return found
    for table in every:
        column = next((place for place, each in enumerate(table.columns) if each.name in WHOSE), None)
        if column is None or table.name == "security":
            continue
        rows = defaultdict(list)
        for row, period in zip(table.rows, _periods(table), strict=True):
            if not shortened or period in (None, last):
                rows[str(row[column])].append(row)
        for state, own in rows.items():
            grid = of_table(table, own, [table.columns[column].name], names)
            told = (
                f"{grid.told} Only {last}: the tables of the plan have all years." if shortened else grid.told
            )
            found[state].append(replace(grid, told=told))
    return found


def _periods(table: PlanTable) -> list[Cell]:
    """The period of each row; None where the table has none."""
    has = any(column.name == "period" for column in table.columns)
    return table.column("period") if has else [None] * len(table.rows)
