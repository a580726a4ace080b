"""Yearly figures of states in a CSV file, from which scales of assessments are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from concord.errors import BadInput, Fault
from concord.models.assessment import EconomicRecord
from concord.models.quantities import Identifier

from .almost_numbers import advice
from .csv_rows import Table, read_table
from .diagnosis import in_reading_order
from .fields import did_you_mean
from .schema import Shape
from .wording import listed, shown

REQUIRED = ("state", "year")
FIGURES = ("population", "gni", "gdp", "external_debt")
COLUMNS = (*REQUIRED, "name", *FIGURES, "least_developed")
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
_FIGURE = Shape(scalars=frozenset({float}), bounds=(("ge", 0.0),))
_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)


@dataclass(slots=True)
class StateFigures:
    """What the file says of a state: money in million USD, population in persons, by year."""

    name: str = ""
    least_developed: bool = False
    """In the last year that the file has."""
    last_year: int = 0
    by_year: dict[str, dict[int, float]] = field(default_factory=lambda: {column: {} for column in FIGURES})

    @property
    def income(self) -> dict[int, float]:
        """Gross national income by year; gross domestic product in a year without one."""
        return self.by_year["gdp"] | self.by_year["gni"]


@dataclass(frozen=True, slots=True)
class EconomicFigures:
    """The figures of every state, in the order of the file."""

    file: str
    states: Mapping[str, StateFigures]

    @property
    def last_year(self) -> int:
        """The last year in which any state has an income."""
        return max((year for state in self.states.values() for year in state.income), default=0)

    @property
    def names(self) -> dict[str, str]:
        """Name by state; empty where the file has none."""
        return {state: figures.name for state, figures in self.states.items()}

    def records(self, years: set[int]) -> tuple[EconomicRecord, ...]:
        """What a scale by capacity to pay needs over `years`; a year without a debt has none.

        Raises BadInput with every state that lacks an income or a population in one of the years.
        """
        self.require("gni", years)
        self.require("population", years)
        return tuple(
            EconomicRecord(
                id=name,
                income={year: state.income[year] for year in years},
                population={year: state.by_year["population"][year] for year in years},
                debt={year: state.by_year["external_debt"].get(year, 0.0) for year in years},
                least_developed=state.least_developed,
            )
            for name, state in self.states.items()
        )

    def in_year(self, column: str, year: int) -> dict[str, float]:
        """One figure of each state in one year. Raises BadInput with every state that lacks it."""
        self.require(column, {year})
        return {name: self._series(state, column)[year] for name, state in self.states.items()}

    def require(self, column: str, years: set[int]) -> None:
        """Raise BadInput unless every state has a figure above 0 in all of `years`."""
        series = {name: self._series(state, column) for name, state in self.states.items()}
        lacking = {
            name: missing
            for name, figures in series.items()
            if (missing := [str(year) for year in sorted(years) if figures.get(year, 0.0) <= 0])
        }
        if len(lacking) == len(series) > 1 and len(set(map(tuple, lacking.values()))) == 1:
            lacking = {"no state": next(iter(lacking.values()))}
        remedy = "fill the cells, choose other years, or leave the state out"
        faults = [
            Fault(
                f"{name} {'has a' if name == 'no state' else 'has no'} {column} above 0 in {listed(missing)}",
                self.file,
                field=column,
                remedy=remedy,
            )
            for name, missing in lacking.items()
        ]
        if faults:
            raise BadInput(faults)

    @staticmethod
    def _series(state: StateFigures, column: str) -> dict[int, float]:
        return state.income if column == "gni" else state.by_year[column]


def load_economic_figures(path: Path) -> EconomicFigures:
    """Read a CSV file with a row for each state and year. Raises BadInput with every fault of the file.

    Columns: `state` (a short name), `year`, `population` (persons), `gni` (million USD; where it is empty,
    `gdp` stands in), `external_debt` (million USD; empty: none), `least_developed` (true or false, as in the
    last year of each state), `name`. A column that a scale does not use may be absent.
    """
    faults: list[Fault] = []
    table = read_table(path, faults)
    states: dict[str, StateFigures] = {}
    if table is not None and _sound_header(table, faults):
        seen: set[tuple[str, int]] = set()
        for line, cells in table.rows:
            row = dict(zip(table.header, (cell.strip() for cell in cells), strict=True))
            _take(states, seen, row, _Place(table.file, line, faults))
        if not table.rows:
            faults.append(Fault("the table has no row", table.file, 1, remedy="give a row a state and year"))
    if faults or table is None:
        raise BadInput(in_reading_order(faults))
    return EconomicFigures(table.file, states)


@dataclass(frozen=True, slots=True)
class _Place:
    """A line, and where its faults are gathered."""

    file: str
    line: int
    faults: list[Fault]

    def fault(self, column: str, message: str, value: str, remedy: str) -> None:
        self.faults.append(Fault(message, self.file, self.line, column, shown(value), remedy))


def _sound_header(table: Table, faults: list[Fault]) -> bool:
    before = len(faults)
    for column in REQUIRED:
        if column not in table.header:
            remedy = f"the columns are {', '.join(COLUMNS)}"
            faults.append(Fault("the column is missing", table.file, 1, column, remedy=remedy))
    for column in table.header:
        if column not in COLUMNS:
            remedy = did_you_mean(column, COLUMNS)
            faults.append(Fault("unknown column", table.file, 1, value=shown(column), remedy=remedy))
    return len(faults) == before


def _take(
    states: dict[str, StateFigures], seen: set[tuple[str, int]], row: dict[str, str], place: _Place
) -> None:
    """Put the figures of one row in their place."""
    name, year = row["state"], row["year"]
    try:
        _IDENTIFIER.validate_python(name)
    except ValidationError:
        place.fault("state", "no short name", name, "letters, digits, hyphen, underscore; at most 64")
        return
    if not (year.isascii() and year.isdigit() and 1 <= int(year[:5]) <= 9999):
        place.fault("year", "no year", year, "a whole number such as 2016")
        return
    if (name, int(year)) in seen:
        place.fault("year", f"{name} has two rows for this year", year, "keep one of them")
        return
    seen.add((name, int(year)))
    state = states.setdefault(name, StateFigures())
    state.name = row.get("name") or state.name
    for column in FIGURES:
        figure = _figure(column, row.get(column, ""), place)
        if figure is not None:
            state.by_year[column][int(year)] = figure
    listing = row.get("least_developed", "").casefold()
    if listing not in _YES_NO:
        place.fault("least_developed", "neither true nor false", listing, "true, false, or nothing")
    elif int(year) >= state.last_year:
        state.last_year, state.least_developed = int(year), _YES_NO[listing]


def _figure(column: str, text: str, place: _Place) -> float | None:
    if not text:
        return None
    try:
        figure = float(text) if text.isascii() and "_" not in text else float("nan")
    except ValueError:
        figure = float("nan")
    if not isfinite(figure) or figure < 0:
        allowed = "a number of at least 0 with a decimal point and no separators, or nothing"
        remedy = "; ".join(filter(None, (advice(text, _FIGURE), allowed)))
        place.fault(column, "no figure", text, remedy)
        return None
    return figure
