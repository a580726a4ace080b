"""Whether a chain of reactions dies out: the spectral radius of a sparse non-negative matrix."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

Reactions = Mapping[tuple[str, str], float]

_ITERATIONS = 2000
_TOLERANCE = 1e-10


def diverging_cycle(reactions: Reactions) -> tuple[float, list[str]] | None:
    """The spectral radius and the cycle of states that drives it, or None where the radius is below 1.

    `reactions[source, target]` is the elasticity of the target's posture to the source's. The radius is
    computed per strongly connected component, by power iteration on `(A + I) / 2`, which is aperiodic.

    >>> diverging_cycle({("A", "B"): 0.5, ("B", "A"): 0.5}) is None
    True
    >>> radius, cycle = diverging_cycle({("A", "B"): 2.0, ("B", "A"): 1.0, ("B", "C"): 9.0})
    >>> round(radius, 6), cycle
    (1.414214, ['A', 'B'])
    """
    incoming: dict[str, dict[str, float]] = defaultdict(dict)
    for (source, target), elasticity in reactions.items():
        incoming[target][source] = elasticity
    if max((sum(row.values()) for row in incoming.values()), default=0.0) < 1:
        return None
    for component in _components(incoming):
        inside = {i: {j: a for j, a in incoming[i].items() if j in component} for i in component}
        radius, vector = _perron(inside)
        if radius >= 1 - 1e-9:
            return radius, _strongest_cycle(inside, vector)
    return None


def _perron(matrix: Mapping[str, Mapping[str, float]]) -> tuple[float, dict[str, float]]:
    vector = dict.fromkeys(matrix, 1.0)
    radius = 0.0
    for _ in range(_ITERATIONS):
        image = {
            i: 0.5 * (vector[i] + sum(a * vector[j] for j, a in row.items())) for i, row in matrix.items()
        }
        size = max(image.values())
        vector = {i: value / size for i, value in image.items()}
        previous, radius = radius, 2 * size - 1
        if abs(radius - previous) < _TOLERANCE:
            break
    return radius, vector


def _strongest_cycle(matrix: Mapping[str, Mapping[str, float]], vector: Mapping[str, float]) -> list[str]:
    """Follow, from the most moved state, whoever moves it most, until somebody comes round again."""
    path = [max(sorted(vector), key=lambda i: vector[i])]
    while True:
        row = matrix[path[-1]]
        strongest = max(sorted(row), key=lambda j: row[j] * vector[j])
        if strongest in path:
            cycle = path[path.index(strongest) :][::-1]
            first = cycle.index(min(cycle))
            return cycle[first:] + cycle[:first]
        path.append(strongest)


def _components(incoming: Mapping[str, Mapping[str, float]]) -> list[set[str]]:
    """Strongly connected components that contain a cycle."""
    nodes = sorted({*incoming, *(j for row in incoming.values() for j in row)})
    outgoing: dict[str, set[str]] = defaultdict(set)
    backward: dict[str, set[str]] = {node: set(incoming.get(node, ())) for node in nodes}
    for target, row in incoming.items():
        for source in row:
            outgoing[source].add(target)
    components, assigned = [], set[str]()
    for node in nodes:
        if node in assigned:
            continue
        component = _reachable(node, outgoing) & _reachable(node, backward)
        assigned |= component or {node}
        if component:
            components.append(component)
    return components


def _reachable(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    """Nodes reached from `start` over at least one edge."""
    reached, frontier = set[str](), list(edges.get(start, ()))
    while frontier:
        node = frontier.pop()
        if node not in reached:
            reached.add(node)
            frontier.extend(edges.get(node, ()))
    return reached
