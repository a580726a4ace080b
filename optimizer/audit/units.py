"""Figures that look as if they were given in another unit, or in each other's place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from concord.models import DesignProblem, Fund, State
from concord.models.geography import great_circle_km
from concord.models.quantities import in_period

from .case import amount, listed
from .caution import Caution

POOREST, RICHEST = 50.0, 200_000.0
"""USD a head between which the GDP of every state of the last hundred years lies."""
FEW, FEWEST = 1_000.0, 500.0
"""Inhabitants: no state has fewer than the first but the Vatican, and none fewer than the second."""
DEAREST = 1_000.0
"""Thousand USD a year that no soldier costs."""
MOST_OF_GDP = 0.05
"""Share of the payers' GDP that no common budget reaches."""
LONELY_KM, DISTANT_KM, HOST_KM = 1_500.0, 4_000.0, 8_000.0
"""Distances: from which a swap of coordinates is tried; at which a state is far from all others; at which a
place is far from the capital of its host."""
CLOSER = 3.0
"""Coordinates are swapped where the swap brings a place so many times closer."""


def implausible(problem: DesignProblem) -> Iterator[Caution]:
    """Populations, products, costs, budgets and coordinates that no state or institution has."""
    yield from _states(problem)
    yield from _soldiers(problem)
    yield from _budgets(problem)
    yield from _state_coordinates(problem)
    yield from _place_coordinates(problem)


def _states(problem: DesignProblem) -> Iterator[Caution]:
    odd = [f"{state.id} {amount(_a_head(state))}" for state in problem.states if not _is_plausible(state)]
    if odd:
        yield Caution(
            "gdp-per-head",
            f"GDP a head outside {POOREST:,.0f} to {RICHEST:,.0f} USD: {listed(odd, 5)}; "
            "gdp is in million USD, population in persons",
        )
    few = [
        f"{state.id} {state.population:,g}"
        for state in problem.states
        if state.population < (FEWEST if _is_plausible(state) else FEW)
    ]
    if few:
        yield Caution(
            "population",
            f"fewer than {FEW:,.0f} inhabitants: {listed(few, 5)}; population is in persons, "
            "not in thousands or millions",
        )


def _a_head(state: State) -> float:
    return state.gdp * 1e6 / state.population


def _is_plausible(state: State) -> bool:
    return POOREST <= _a_head(state) <= RICHEST


def _soldiers(problem: DesignProblem) -> Iterator[Caution]:
    figures = [
        (f"missions.{mission.id}.cost_per_soldier", mission.cost_per_soldier) for mission in problem.missions
    ]
    if problem.garrisons:
        rules = problem.garrisons.contingents
        figures += [
            ("garrisons.contingents.cost_per_soldier", rules.cost_per_soldier),
            ("garrisons.contingents.sender_cost", rules.sender_cost),
        ]
    dear = [f"{path} {figure:,.0f}" for path, figure in figures if figure > DEAREST]
    if dear:
        yield Caution(
            "soldier-cost",
            f"a soldier costs more than 1 million USD a year: {listed(dear, 5)}; these are in thousand USD",
        )


def _budgets(problem: DesignProblem) -> Iterator[Caution]:
    for fund in problem.funds:
        largest = max(problem.periods, key=lambda period: in_period(fund.budget, period))
        budget, product = in_period(fund.budget, largest), _product(problem, fund)
        if product > 0 and budget > MOST_OF_GDP * product:
            times = budget / product
            told = f"{times:,.0f} times" if times >= 2 else f"{times:.0%} of"
            yield Caution(
                "budget",
                f"the budget of fund {fund.id}, {budget:,.0f} million USD in {largest}, is {told} the "
                "yearly GDP of its payers; budgets are in million USD",
            )


def _product(problem: DesignProblem, fund: Fund) -> float:
    """GDP of the payers, without those whose own figure is implausible where others are left."""
    payers = problem.payers(fund)
    plausible = [payer for payer in payers if _is_plausible(payer)]
    return sum(payer.gdp for payer in plausible or payers)


def _state_coordinates(problem: DesignProblem) -> Iterator[Caution]:
    """Members that are far from every other state, and whether swapped coordinates would be nearer."""
    swapped, distant = [], []
    for state in problem.measured:
        others = [(each.latitude, each.longitude) for each in problem.states if each.id != state.id]
        if not others:
            return
        km = _nearest((state.latitude, state.longitude), others)
        if _is_swapped(state.latitude, state.longitude, others):
            swapped.append(state.id)
        elif km > DISTANT_KM:
            distant.append(f"{state.id} {km:,.0f} km")
    if swapped:
        yield Caution(
            "coordinates-swapped",
            f"latitude and longitude look swapped: {listed(swapped, 5)}; swapped they are near other states",
        )
    if distant:
        yield Caution("coordinates-far", f"far from every other state: {listed(distant, 5)}")


def _place_coordinates(problem: DesignProblem) -> Iterator[Caution]:
    """Sites and missions that are far from the capital of their host."""
    places = [(f"site {s.id}", s.host, s.latitude, s.longitude) for s in problem.sites]
    places += [(f"mission {m.id}", m.state, m.latitude, m.longitude) for m in problem.missions]
    swapped, distant = [], []
    for label, host, latitude, longitude in places:
        capital = problem.state_by_id[host]
        at_home = [(capital.latitude, capital.longitude)]
        km = _nearest((latitude, longitude), at_home)
        if _is_swapped(latitude, longitude, at_home):
            swapped.append(label)
        elif km > HOST_KM:
            distant.append(f"{label} {km:,.0f} km from {capital.name}")
    if swapped:
        yield Caution(
            "coordinates-swapped",
            f"latitude and longitude look swapped: {listed(swapped, 5)}; swapped they are near their host",
        )
    if distant:
        yield Caution("coordinates-far", f"far from their host: {listed(distant, 5)}")


def _is_swapped(latitude: float, longitude: float, others: list[tuple[float, float]]) -> bool:
    if abs(longitude) > 90:
        return False
    km = _nearest((latitude, longitude), others)
    return km > LONELY_KM and _nearest((longitude, latitude), others) * CLOSER < km


def _nearest(place: tuple[float, float], others: Iterable[tuple[float, float]]) -> float:
    return min(great_circle_km(*place, *other) for other in others)
