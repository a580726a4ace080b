"""Shares of a whole: proportional to keys, within bounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import inf

_ROUNDING = 1e-12


def bounded_shares(keys: Mapping[str, float], floor: float = 0.0, ceiling: float = 1.0) -> dict[str, float]:
    """Shares proportional to `keys`, except that none lies under `floor` or over `ceiling`.

    The shares are `min(ceiling, max(floor, f * key))` with the one factor `f` that makes them sum to 1.

    >>> shares = bounded_shares({"A": 6.0, "B": 3.0, "C": 1.0}, ceiling=0.5)
    >>> {name: round(share, 6) for name, share in shares.items()}
    {'A': 0.5, 'B': 0.375, 'C': 0.125}
    """
    if not keys:
        raise ValueError("a scale needs at least one state")
    if floor * len(keys) > 1 + _ROUNDING or ceiling * len(keys) < 1 - _ROUNDING:
        raise ValueError(f"no shares between {floor} and {ceiling} of {len(keys)} states sum to 1")
    if min(keys.values()) < 0 or sum(keys.values()) <= 0:
        raise ValueError("the keys of a scale must be at least 0 and not all 0")

    def clipped(factor: float) -> dict[str, float]:
        return {key: min(ceiling, max(floor, factor * value)) for key, value in keys.items()}

    largest = max(keys.values())
    keys = {key: value / largest for key, value in keys.items()}
    ends = (bound / value for value in keys.values() if value > 0 for bound in (floor, ceiling))
    breakpoints = sorted(end for end in ends if end < inf)
    below = max((f for f in breakpoints if sum(clipped(f).values()) <= 1), default=0.0)
    above = min((f for f in breakpoints if sum(clipped(f).values()) >= 1), default=below)
    low, high = sum(clipped(below).values()), sum(clipped(above).values())
    factor = below if high == low else below + (above - below) * (1 - low) / (high - low)
    return clipped(factor)


def spread(amount: float, keys: Mapping[str, float], room: Mapping[str, float]) -> dict[str, float]:
    """`amount` in parts proportional to `keys`, none larger than its `room`; what no room holds is left out.

    >>> spread(6.0, {"A": 1.0, "B": 1.0, "C": 1.0}, {"A": 1.0, "B": 9.0, "C": 9.0})
    {'A': 1.0, 'B': 2.5, 'C': 2.5}
    """
    parts = dict.fromkeys(keys, 0.0)
    left, weight = amount, sum(keys.values())
    for name in sorted((n for n in keys if keys[n] > 0), key=lambda n: room[n] / keys[n]):
        parts[name] = min(room[name], left * keys[name] / weight)
        left, weight = left - parts[name], weight - keys[name]
    return parts


def raised_to(shares: Mapping[str, float], floor: float, held: Collection[str]) -> dict[str, float]:
    """`shares` with none under `floor`; the others pay for it in proportion, but for those `held`."""
    return _limited(shares, dict.fromkeys(shares, floor), held, sign=-1)


def lowered_to(
    shares: Mapping[str, float], ceilings: Mapping[str, float], held: Collection[str]
) -> dict[str, float]:
    """`shares` with none over its ceiling; the others take it up in proportion, but for those `held`."""
    return _limited(shares, ceilings, held, sign=1)


def _limited(
    shares: Mapping[str, float], limits: Mapping[str, float], held: Collection[str], sign: int
) -> dict[str, float]:
    """Whoever is beyond its limit is put at it, and the rest scaled to a sum of 1, until nobody is beyond.

    Where nobody is left to be scaled, the sum is not 1.
    """
    result, fixed = dict(shares), set(held)
    while beyond := {
        name
        for name, share in result.items()
        if name in limits and name not in fixed and sign * (share - limits[name]) > _ROUNDING * limits[name]
    }:
        result |= {name: limits[name] for name in beyond}
        fixed |= beyond
        kept = sum(result[name] for name in fixed)
        free = sum(share for name, share in result.items() if name not in fixed)
        if free > 0:
            factor = (1 - kept) / free
            result |= {name: factor * share for name, share in result.items() if name not in fixed}
    return result
