"""What a comparison draws: maps of every plan and of their differences, and bars and points side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log

from concord.models import DesignProblem, Plan

from ..about import state_name
from ..charts.places import BINS, focus, made_up
from ..charts.projection import view_of
from ..charts.tracing import Tracer
from ..digests import LastSecurity, last_security, payers, senders
from ..names import money, signed

WIDTH, HEIGHTS = 560.0, (300.0, 420.0)
COLOURS = ("blue", "amber", "teal", "plum", "brick", "olive", "sky")
"""Colours of the page that plans have, by turns."""
SHOWN = 20
"""States that bars and points show."""
DIFFERENCES = (
    (float("-inf"), "lower by a quarter or more"),
    (-0.25, "lower by 5 to 25 %"),
    (-0.05, "lower by up to 5 %"),
    (-0.002, "alike"),
    (0.002, "higher by up to 5 %"),
    (0.05, "higher by 5 to 25 %"),
    (0.25, "higher by a quarter or more"),
)
"""Least relative difference of security, and what it is called."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """A plan that is compared: `label` tells it from the others."""

    label: str
    plan: Plan
    problem: DesignProblem


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the maps: state to its class of colour and what is told of it."""

    title: str
    states: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Maps that share shapes, frame and colours."""

    panels: tuple[Panel, ...]
    classes: tuple[tuple[str, str], ...]
    """Classes of colour that occur, and what they are called."""


@dataclass(frozen=True, slots=True)
class Maps:
    """The maps of a comparison; `differences` has one for each plan but the first, which they refer to."""

    width: float
    height: float
    land: str
    shapes: tuple[tuple[str, str], ...]
    changes: Sheet
    differences: Sheet


@dataclass(frozen=True, slots=True)
class Row:
    """A state with a figure of each plan, none where a plan has none: length of the bar or place (0 to 1)."""

    name: str
    places: tuple[float | None, ...]
    texts: tuple[str, ...]
    before: float | None = None
    """Where the state stands without an institution."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with the marks of their scale (place and text), and how many states are left out."""

    rows: tuple[Row, ...]
    marks: tuple[tuple[float, str], ...] = ()
    left: int = 0


def maps(entrants: Sequence[Entrant]) -> Maps | None:
    """The maps; None where no problem knows a place."""
    places = [place for each in entrants for place in focus(each.plan, each.problem)]
    if not places:
        return None
    ground = all(made_up(each.problem) for each in entrants)
    trace = Tracer(view_of(places, WIDTH, HEIGHTS), made_up=ground)
    known = {state.id: state for each in reversed(entrants) for state in each.problem.measured}
    shapes = tuple((state, path) for state, place in known.items() if (path := trace.state(place)))
    drawn = {state for state, _ in shapes}
    return Maps(
        width=trace.view.width,
        height=trace.view.height,
        land=trace.land(),
        shapes=shapes,
        changes=_sheet([_changes(each, drawn) for each in entrants], "bin", [name for _, name, _ in BINS]),
        differences=_sheet(
            [_differences(entrants[0], each, drawn) for each in entrants[1:]],
            "diff",
            [name for _, name in DIFFERENCES],
        ),
    )


def shares_paid(entrants: Sequence[Entrant]) -> Rows:
    """Shares of all payments."""
    return _bars(
        entrants,
        lambda each: {
            payer.state: (payer.share, f"{money(payer.paid)} {each.plan.problem.currency}, {payer.share:.1%}")
            for payer in payers(each.plan)
        },
    )


def shares_sent(entrants: Sequence[Entrant]) -> Rows:
    """Shares of all troops of the last year."""

    def of(each: Entrant) -> dict[str, tuple[float, str]]:
        sent = senders(each.plan)
        total = sum(troops for _, troops in sent) or 1.0
        return {
            state: (troops / total, f"{troops:,.0f} troops, {troops / total:.1%}") for state, troops in sent
        }

    return _bars(entrants, of)


def securities(entrants: Sequence[Entrant]) -> Rows:
    """Security in the last year on one scale, the states on which the plans differ most first."""
    columns = [{row.state: row for row in last_security(each.plan)} for each in entrants]
    ranked = sorted(_states(columns), key=lambda state: _spread(state, columns), reverse=True)
    shown = [state for state in ranked if _levels(state, columns)][:SHOWN]
    levels = [level for state in shown for level in _levels(state, columns)]
    if not levels:
        return Rows(())
    low, high = min(levels), max(levels)
    scale = _Scale(low, high)
    rows = tuple(
        Row(
            name=_name(entrants, state),
            places=tuple(scale.at(column[state].with_) if state in column else None for column in columns),
            texts=tuple(_told(column.get(state)) for column in columns),
            before=scale.at(next(column[state].without for column in columns if state in column)),
        )
        for state in shown
    )
    return Rows(rows, tuple(scale.marks()), len(ranked) - len(shown))


class _Scale:
    """Logarithmic, with a little room at either end."""

    def __init__(self, low: float, high: float) -> None:
        room = 0.04 * (log(high / low) or 1.0)
        self.low, self.high = log(low) - room, log(high) + room

    def at(self, level: float) -> float | None:
        return (log(level) - self.low) / (self.high - self.low) if level > 0 else None

    def marks(self) -> Iterator[tuple[float, str]]:
        powers = range(floor(self.low / log(10)), ceil(self.high / log(10)) + 1)
        for mark in (digit * 10.0**power for power in powers for digit in (1, 2, 3, 5)):
            if self.low <= log(mark) <= self.high:
                yield (log(mark) - self.low) / (self.high - self.low), f"{mark:g}"


def _changes(entrant: Entrant, drawn: set[str]) -> tuple[Panel, set[int]]:
    used, states = set(), []
    for row in last_security(entrant.plan):
        if row.state in drawn:
            number = max(place for place, (least, _, _) in enumerate(BINS) if row.change >= least)
            used.add(number)
            states.append((row.state, f"bin{number}", f"{_of(entrant, row.state)}: {_told(row)}"))
    measure = entrant.plan.measure
    whole = f" ({signed(measure.value / measure.baseline - 1)})" if measure.baseline > 0 else ""
    return Panel(entrant.label + whole, tuple(states)), used


def _differences(first: Entrant, other: Entrant, drawn: set[str]) -> tuple[Panel, set[int]]:
    base = {row.state: row.with_ for row in last_security(first.plan) if row.with_ > 0}
    used, states = set(), []
    for row in last_security(other.plan):
        if row.state in drawn and row.state in base:
            apart = row.with_ / base[row.state] - 1
            number = max(place for place, (least, _) in enumerate(DIFFERENCES) if apart >= least)
            used.add(number)
            tip = (
                f"{_of(other, row.state)}: {row.with_:.3g} in {other.label}, {base[row.state]:.3g} in "
                f"{first.label} ({signed(apart)})"
            )
            states.append((row.state, f"diff{number}", tip))
    return Panel(f"{other.label} against {first.label}", tuple(states)), used


def _sheet(found: Sequence[tuple[Panel, set[int]]], prefix: str, names: Sequence[str]) -> Sheet:
    used = set().union(*(numbers for _, numbers in found)) if found else set()
    classes = tuple((f"{prefix}{number}", names[number]) for number in sorted(used))
    return Sheet(tuple(panel for panel, _ in found), classes)


def _bars(entrants: Sequence[Entrant], of: Callable[[Entrant], dict[str, tuple[float, str]]]) -> Rows:
    columns = [of(each) for each in entrants]

    def largest(state: str) -> float:
        return max(column[state][0] for column in columns if state in column)

    ranked = sorted(_states(columns), key=lambda state: (-largest(state), state))
    top = largest(ranked[0]) if ranked else 1.0
    rows = tuple(
        Row(
            name=_name(entrants, state),
            places=tuple(column[state][0] / (top or 1.0) if state in column else None for column in columns),
            texts=tuple(column[state][1] if state in column else "nothing" for column in columns),
        )
        for state in ranked[:SHOWN]
    )
    return Rows(rows, left=len(ranked) - len(rows))


def _states(columns: Sequence[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(state for column in columns for state in column))


def _levels(state: str, columns: Sequence[Mapping[str, LastSecurity]]) -> list[float]:
    rows = [column[state] for column in columns if state in column]
    return [level for row in rows for level in (row.without, row.with_) if level > 0]


def _spread(state: str, columns: Sequence[Mapping[str, LastSecurity]]) -> tuple[float, float]:
    """How far plans are apart on a state, and then how far from no institution."""
    levels = [column[state].with_ for column in columns if state in column and column[state].with_ > 0]
    every = _levels(state, columns)
    return (log(max(levels) / min(levels)), log(max(every) / min(every))) if levels else (0.0, 0.0)


def _told(row: LastSecurity | None) -> str:
    if row is None:
        return "nothing is recorded"
    return f"{row.without:.3g} without, {row.with_:.3g} with the institution ({signed(row.change)})"


def _of(entrant: Entrant, state: str) -> str:
    return state_name(entrant.problem, state)


def _name(entrants: Sequence[Entrant], state: str) -> str:
    """The name of a state by the first problem that knows it."""
    return next((_of(each, state) for each in entrants if state in each.problem.state_by_id), state)
