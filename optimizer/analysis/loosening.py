"""By how much a rule must give way: the value nearest to the file's with which there is a plan."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor, isfinite, log10

from concord.analysis.file_rules import FileRule, Looser

Admits = Callable[[float], bool]
Guess = Callable[[float, float], float | None]
"""How far, from 0 to 1, to go from a refused figure to an admitted one; None where nobody knows."""

PRECISION = 1e-3
"""Relative width of the interval in which the value is left."""
_STRIDES = 10
"""How often a limit without an end is multiplied by four."""


def least_loosening(
    rule: FileRule, admits: Admits, precision: float = PRECISION, guess: Guess | None = None
) -> float | None:
    """The value nearest to the file's, to `precision`, that is admitted; None where no number is.

    `admits` is monotonic: it refuses the file's value, and what it admits it admits loosened further. Round
    figures are preferred. A good `guess` spares most questions; a bad one costs two.
    """
    if not rule.numeric:
        return None
    refused, admitted = float(rule.value), _far(rule, admits)
    if admitted is None:
        return None
    for probe in _near_guess(rule, refused, admitted, precision, guess):
        if min(refused, admitted) < probe < max(refused, admitted):
            refused, admitted = (refused, probe) if admits(probe) else (probe, admitted)
    while abs(admitted - refused) > _width(rule, refused, admitted, precision):
        probe = _between(refused, admitted, whole=rule.sort.whole)
        if admits(probe):
            admitted = probe
        else:
            refused = probe
    return admitted


def _near_guess(
    rule: FileRule, refused: float, admitted: float, precision: float, guess: Guess | None
) -> list[float]:
    """A figure a little looser than the guess, and one a little stricter."""
    share = guess(refused, admitted) if guess and not rule.sort.whole else None
    if share is None:
        return []
    if rule.sort.in_logs:
        found = refused * (admitted / refused) ** share
    else:
        found = refused + share * (admitted - refused)
    near = 0.45 * precision * abs(found) * (1 if admitted > refused else -1)
    return [roundest(*sorted((found - 1e-3 * near, found + near))), found - near]


def _width(rule: FileRule, refused: float, admitted: float, precision: float) -> float:
    return 1.0 if rule.sort.whole else max(precision * max(abs(refused), abs(admitted)), 1e-9)


def _far(rule: FileRule, admits: Admits) -> float | None:
    """A number so loose that it is admitted."""
    end = rule.sort.end
    if isfinite(end):
        return float(end) if admits(float(end)) else None
    value = float(rule.value) or 1.0
    for _ in range(_STRIDES if rule.sort.looser is Looser.UP else 0):
        value *= 4
        if admits(value):
            return value
    return None


def _between(one: float, other: float, *, whole: bool) -> float:
    low, high = sorted((one, other))
    if whole:
        return float(floor((low + high) / 2))
    quarter = (high - low) / 4
    return roundest(low + quarter, high - quarter)


def roundest(low: float, high: float) -> float:
    """The number with the fewest digits from `low` to `high`.

    >>> roundest(83.2, 84.9), roundest(0.2476, 0.2512), roundest(-1.0, 2.0)
    (84.0, 0.25, 0.0)
    """
    if low <= 0.0 <= high:
        return 0.0
    if high < 0.0:
        return -roundest(-high, -low)
    size = floor(log10(high))
    for exponent in range(size, size - 16, -1):
        found = float(f"{ceil(low / 10.0**exponent - 1e-9) * 10.0**exponent:.15g}")
        if found <= high:
            return found
    return high
