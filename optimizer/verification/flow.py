"""Whether troops can be told off to missions so that nobody serves where he may not: a maximum flow."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_NEGLIGIBLE = 1e-9

Bars = frozenset[str]
"""Missions in which troops may not serve; troops with the same bars are alike."""
Path = list[tuple[str, Bars]]
"""The mission takes troops with these bars: from the mission of the next pair, at the end from free ones."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Troops that cannot be told off, and the missions that compete for too few."""

    troops: float
    missions: tuple[str, ...]


def shortfall(
    supply: Mapping[str, float], demand: Mapping[str, float], barred: Mapping[str, Collection[str]]
) -> Shortfall:
    """How far `supply` (state to troops) falls short of `demand` (mission to troops).

    `barred` gives the states that may not serve in a mission. Shortest augmenting paths fill the missions one
    by one; where one cannot be filled, the missions reached from it are those that compete.

    >>> shortfall({"A": 3.0, "B": 2.0}, {"m": 3.0, "n": 2.0}, {"m": ["A"], "n": []})
    Shortfall(troops=1.0, missions=('m',))
    """
    free: dict[Bars, float] = {}
    for state, troops in supply.items():
        if troops > 0:
            bars = frozenset(mission for mission in demand if state in barred.get(mission, ()))
            free[bars] = free.get(bars, 0.0) + troops
    serving: dict[tuple[Bars, str], float] = {}
    lacking, competing = 0.0, dict[str, None]()
    for mission, needed in demand.items():
        rest = needed
        while rest > _NEGLIGIBLE:
            path, reached = _path_to_free_troops(mission, free, serving, demand)
            if not path:
                lacking += rest
                competing.update(dict.fromkeys(reached))
                break
            rest -= _shift(path, rest, free, serving)
    return Shortfall(lacking, tuple(name for name in demand if name in competing))


def _path_to_free_troops(
    start: str,
    free: Mapping[Bars, float],
    serving: Mapping[tuple[Bars, str], float],
    demand: Collection[str],
) -> tuple[Path, list[str]]:
    """The shortest path from a mission to free troops, and the missions looked at where there is none."""
    came_from: dict[str, Path] = {start: []}
    queue = deque([start])
    while queue:
        mission = queue.popleft()
        for bars in free:
            if mission in bars:
                continue
            path = [*came_from[mission], (mission, bars)]
            if free[bars] > _NEGLIGIBLE:
                return path, []
            for other in demand:
                if other not in came_from and serving.get((bars, other), 0.0) > _NEGLIGIBLE:
                    came_from[other] = path
                    queue.append(other)
    return [], list(came_from)


def _shift(
    path: Path, wanted: float, free: dict[Bars, float], serving: dict[tuple[Bars, str], float]
) -> float:
    """Move as many troops along `path` as all its steps allow; how many."""
    donors = [mission for mission, _ in path[1:]]
    steps = zip(path, donors, strict=False)
    last = path[-1][1]
    moved = min(wanted, free[last], *(serving[bars, donor] for (_, bars), donor in steps))
    for (mission, bars), donor in zip(path, [*donors, None], strict=True):
        serving[bars, mission] = serving.get((bars, mission), 0.0) + moved
        if donor is None:
            free[bars] -= moved
        else:
            serving[bars, donor] -= moved
    return moved
