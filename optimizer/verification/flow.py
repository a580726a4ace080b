"""Whether troops can be told off to missions so that nobody serves where he may not: a maximum flow."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Troops that cannot be told off, and the missions that compete for too few."""

    troops: float
    missions: tuple[str, ...]


def shortfall(
    supply: Mapping[str, float], demand: Mapping[str, float], barred: Mapping[str, Collection[str]]
) -> Shortfall:
    """How far `supply` (state to troops) falls short of `demand` (mission to troops).

    `barred` gives the states that may not serve in a mission. Augmenting paths over shortest alternations
    fill the missions; where one cannot be filled, the missions reached from it are those that compete.

    >>> shortfall({"A": 3.0, "B": 2.0}, {"m": 3.0, "n": 2.0}, {"m": ["A"], "n": []})
    Shortfall(troops=1.0, missions=('m',))
    """
    free = {state: troops for state, troops in supply.items() if troops > 0}
    serving: dict[tuple[str, str], float] = {}
    lacking, competing = 0.0, dict[str, None]()
    for mission, needed in demand.items():
        rest = needed
        while rest > _NEGLIGIBLE:
            path, reached = _path_to_free_troops(mission, free, serving, demand, barred)
            if not path:
                lacking += rest
                competing.update(dict.fromkeys(reached))
                break
            rest -= _shift(path, rest, free, serving)
    return Shortfall(lacking, tuple(name for name in demand if name in competing))


Path = list[tuple[str, str]]
"""Pairs (mission, state): the state's troops go to the mission, taken from the mission of the next pair."""


def _path_to_free_troops(
    start: str,
    free: Mapping[str, float],
    serving: Mapping[tuple[str, str], float],
    demand: Mapping[str, float],
    barred: Mapping[str, Collection[str]],
) -> tuple[Path, list[str]]:
    """The shortest path from a mission to a state with free troops, and the missions looked at."""
    came_from: dict[str, Path] = {start: []}
    queue = deque([start])
    while queue:
        mission = queue.popleft()
        states = {*free, *(state for state, _ in serving)} - set(barred.get(mission, ()))
        for state in sorted(states):
            path = [*came_from[mission], (mission, state)]
            if free.get(state, 0.0) > _NEGLIGIBLE:
                return path, []
            for other in demand:
                if other not in came_from and serving.get((state, other), 0.0) > _NEGLIGIBLE:
                    came_from[other] = path
                    queue.append(other)
    return [], list(came_from)


def _shift(path: Path, wanted: float, free: dict[str, float], serving: dict[tuple[str, str], float]) -> float:
    """Move as many troops along `path` as all its steps allow; how many."""
    donors = [mission for mission, _ in path[1:]]
    steps = zip(path, donors, strict=False)
    last = path[-1][1]
    moved = min(wanted, free[last], *(serving[state, donor] for (_, state), donor in steps))
    for (mission, state), donor in zip(path, [*donors, None], strict=True):
        serving[state, mission] = serving.get((state, mission), 0.0) + moved
        if donor is None:
            free[state] -= moved
        else:
            serving[state, donor] -= moved
    return moved
