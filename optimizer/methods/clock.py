"""One time limit over several searches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from time import perf_counter

from concord.solving.options import SolveOptions


@dataclass(frozen=True)
class Clock:
    """Options of a whole solve, of which each search gets what is left."""

    options: SolveOptions
    begin: float = field(default_factory=perf_counter)

    @property
    def seconds(self) -> float:
        """Wall clock since the solve began."""
        return perf_counter() - self.begin

    @property
    def out_of_time(self) -> bool:
        """Whether nothing is left of the time limit."""
        limit = self.options.time_limit
        return limit is not None and self.seconds >= limit

    def with_share(self, share: float) -> Clock:
        """The same clock with a share of the time limit."""
        limit = self.options.time_limit
        return replace(
            self, options=replace(self.options, time_limit=None if limit is None else limit * share)
        )

    def left(self, share_of_gap: float = 1.0, share_of_time: float = 1.0) -> SolveOptions:
        """Options of the next search, to a share of the gap and with a share of what time is left."""
        limit = self.options.time_limit
        left = None if limit is None else max(0.0, limit - self.seconds) * share_of_time
        return replace(self.options, time_limit=left, gap=self.options.gap * share_of_gap)
