"""The parts into which a spatial branch and bound has divided a program, and the bound of the whole."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field

from concord.solving.box import Box
from concord.solving.tangents import Tangents


@dataclass(order=True)
class Part:
    """A box, the best first."""

    rank: float
    number: int
    """The first, which is the whole, has 0."""
    box: Box = field(compare=False)
    tangents: Tangents = field(compare=False)
    whole: bool = field(compare=False)
    """Whether nothing is divided off."""

    @property
    def bound(self) -> float:
        """That no point in the box exceeds."""
        return -self.rank


@dataclass
class Parts:
    """Parts that are open, and the largest bound of those that are done with."""

    waiting: list[Part] = field(default_factory=list)
    closed: float = -math.inf
    count: int = 0

    def __bool__(self) -> bool:
        """Whether any is open."""
        return bool(self.waiting)

    @property
    def bound(self) -> float:
        """That of the whole: the largest of all parts."""
        return max([self.closed, *(part.bound for part in self.waiting)])

    def add(self, bound: float, box: Box, tangents: Tangents, *, whole: bool) -> None:
        """Open a part."""
        heapq.heappush(self.waiting, Part(-bound, self.count, box, tangents, whole))
        self.count += 1

    def best(self) -> Part:
        """Take out the part with the largest bound, to be closed or divided."""
        return heapq.heappop(self.waiting)

    def close(self, bound: float) -> None:
        """Be done with a part."""
        self.closed = max(self.closed, bound)
