"""Where the slope of a concave function jumps, from values and slopes at few places (successive lines).

The lines that touch a concave function at two places meet between them. Where the function reaches the point
at which they meet, it is linear on either side, and there is one break-point, exactly; where it stays below,
either half is looked at in the same way. This finds every break-point of a piecewise linear function
(Eisner and Severance 1976, Mathematical techniques for efficient record segmentation). Where the function is
curved, lines always meet above it: there the stretch is narrowed for as long as the slope goes on jumping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Touch:
    """A line that touches the function from above."""

    at: float
    value: float
    slope: float

    def reach(self, at: float) -> float:
        """The height of the line."""
        return self.value + self.slope * (at - self.at)


@dataclass(frozen=True, slots=True)
class Kink:
    """Where the slope jumps, and the slopes on either side."""

    at: float
    value: float
    before: float
    after: float
    exact: bool
    """Whether the function is linear on both sides; otherwise `at` is only as near as was asked for."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Heights are in units of the function, widths in those of its argument."""

    exact: float = 1e-8
    """Heights nearer than this are the same: what values are accurate to."""
    curved: float = 1e-6
    """A curve that stays as near as this to the lines around it is not followed any closer."""
    closest: float = 1e-7
    """Narrower stretches are not divided, as a share of the whole."""


FLAT = 1e-6
"""A change of slope by no more than this share of it is none."""
JUMPING = 0.75
"""Of a slope's change over a stretch, the share left over half of it, from which on it is a jump."""


def kinks(
    touch: Callable[[float], Touch], low: float, high: float, precision: Precision | None = None
) -> Iterator[Kink]:
    """The jumps of the slope between `low` and `high` as they are found, in parts (see `merged`).

    `touch` gives the value and a slope of a concave function at a place: any slope between those on either
    side where it jumps. Jumps across which the function stays within `precision.curved` of a smooth curve
    may be missed where it is curved, none where it is linear on both sides.
    """
    search = _Search(touch, (low, high), precision or Precision())
    yield from search.between(touch(low), touch(high), curved=False)
    while search.stretches:
        yield from search.divided(heappop(search.stretches))


def merged(found: Iterable[Kink], nearest: float = 0.0) -> list[Kink]:
    """Kinks in order, those at the same place, or no further apart than `nearest`, as one."""
    told: list[Kink] = []
    for kink in sorted(found, key=lambda kink: kink.at):
        if told and kink.at - told[-1].at <= nearest:
            last = told.pop()
            steepest, flattest = max(last.before, kink.before), min(last.after, kink.after)
            told.append(Kink(last.at, last.value, steepest, flattest, last.exact and kink.exact))
        else:
            told.append(kink)
    return told


class _Stretch(NamedTuple):
    """A stretch on which the slope changes; that which promises most is looked at first."""

    rank: float
    left: Touch
    right: Touch
    met: Touch
    curved: bool


@dataclass
class _Search:
    """The stretches that are left, that which promises most first."""

    touch: Callable[[float], Touch]
    ends: tuple[float, float]
    precision: Precision
    stretches: list[_Stretch] = field(default_factory=list)

    @property
    def narrowest(self) -> float:
        """Stretches that are no wider are not divided."""
        return self.precision.closest * (self.ends[1] - self.ends[0])

    def between(self, left: Touch, right: Touch, *, curved: bool) -> Iterator[Kink]:
        """Keep a stretch for later, unless the function is linear on it; then one line bends at an end."""
        met = _meeting(left, right)
        if met is None or right.at - left.at <= self.narrowest:
            return
        over = met.value - _chord(left, right, met.at)
        if over > 10 * self.precision.exact:
            heappush(self.stretches, _Stretch(-over, left, right, met, curved))
        elif not curved and left.slope - right.slope > FLAT * (abs(left.slope) + abs(right.slope)):
            end = left if met.at - left.at < right.at - met.at else right
            if self.ends[0] < end.at < self.ends[1]:
                yield Kink(end.at, end.value, left.slope, right.slope, exact=True)

    def divided(self, stretch: _Stretch) -> Iterator[Kink]:
        """Look where the lines meet, and closer around it where the function is curved."""
        _, left, right, met, curved = stretch
        here = self.touch(met.at)
        if met.value - here.value <= self.precision.exact:
            yield Kink(met.at, here.value, left.slope, right.slope, not curved)
        elif met.value - here.value > self.precision.curved:
            yield from self.between(left, here, curved=curved)
            yield from self.between(here, right, curved=curved)
        else:
            half = min((right.at - left.at) / 4, met.at - left.at, right.at - met.at)
            before, after = self.touch(met.at - half), self.touch(met.at + half)
            if before.slope - after.slope < JUMPING * (left.slope - right.slope):
                return
            if half <= self.narrowest:
                yield Kink(met.at, here.value, before.slope, after.slope, exact=False)
            else:
                yield from self.between(before, after, curved=True)


def _meeting(left: Touch, right: Touch) -> Touch | None:
    """Where the lines meet, which is in between; None where the slope does not fall."""
    jump = left.slope - right.slope
    if jump <= 0:
        return None
    at = (right.value - left.value + left.slope * left.at - right.slope * right.at) / jump
    at = min(max(at, left.at), right.at)
    return Touch(at, left.reach(at), left.slope)


def _chord(left: Touch, right: Touch, at: float) -> float:
    share = (at - left.at) / (right.at - left.at)
    return left.value + share * (right.value - left.value)
