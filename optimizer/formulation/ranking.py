"""Sorting networks: the sum of all differences of n figures by O(n log^2 n) rows instead of O(n^2).

A comparator takes two figures to a higher and a lower one with the same sum. Relaxed to `higher >= both`, the
wires of a network that sorts bound every sum with rising weights from above, and are exact where that sum is
to be small: the weights' permutahedron is described exactly by the network (Goemans 2015, who also shows that
no description has fewer than order n log n rows). Batcher's merge exchange (Knuth, TAOCP 3, 5.2.2 M) has few
comparators at every size met here.
"""

from __future__ import annotations

from dataclasses import dataclass

Wire = int | tuple[int, str]
"""The number of a figure that enters, or number and side of the comparator that a figure leaves."""
LOWER, HIGHER = "lower", "higher"


@dataclass(frozen=True)
class Network:
    """A sorting network: what enters each comparator, and what leaves the whole, in rising order."""

    comparators: tuple[tuple[Wire, Wire], ...]
    sorted: tuple[Wire, ...]


def sorting_network(size: int) -> Network:
    """A network that sorts `size` figures.

    >>> sorting_network(2)
    Network(comparators=((0, 1),), sorted=((0, 'lower'), (0, 'higher')))
    """
    wires: list[Wire] = list(range(size))
    comparators: list[tuple[Wire, Wire]] = []
    for low, high in _merge_exchange(size):
        comparators.append((wires[low], wires[high]))
        wires[low], wires[high] = (len(comparators) - 1, LOWER), (len(comparators) - 1, HIGHER)
    return Network(tuple(comparators), tuple(wires))


def _merge_exchange(size: int) -> list[tuple[int, int]]:
    """Places that Batcher's merge exchange compares, in order."""
    pairs: list[tuple[int, int]] = []
    top = 1 << max(size - 1, 0).bit_length() >> 1
    step = top
    while step:
        reach, residue, distance = top, 0, step
        while True:
            pairs += [(i, i + distance) for i in range(size - distance) if i & step == residue]
            if reach == step:
                break
            distance, reach, residue = reach - step, reach // 2, step
        step //= 2
    return pairs
