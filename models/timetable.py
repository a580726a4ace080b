"""The timetable: when things may be, must be, and what has to come first."""

from __future__ import annotations

from .base import Model
from .quantities import Identifier, MillionUSD, Several, Share


def within(period: int, earliest: int | None, latest: int | None) -> bool:
    """Whether `period` lies in a window, open on the side where a limit is None.

    >>> within(1994, 1993, None), within(1994, None, 1993)
    (True, False)
    """
    return (earliest is None or earliest <= period) and (latest is None or period <= latest)


class Activity(Model):
    """Something that runs: an organ; or else a programme, or every programme, in a region, or everywhere."""

    organ: Identifier | None = None
    programme: Identifier | None = None
    region: Identifier | None = None
    least: MillionUSD = 0.0
    """Spending of a period, million USD, from which programmes that have to come first count as run."""


class Precedence(Model):
    """One activity may run only after another has: Europe first as a test bed, other regions after it."""

    id: Identifier
    first: Activity
    """What has to run first."""
    then: Activity
    """What has to wait; a region without a programme waits with its garrisons too."""
    periods: Several = 1
    """How many periods the first has to have run before."""


class Experience(Model):
    """What is learned in a test bed makes later organs cheaper to set up."""

    id: Identifier
    test_bed: Identifier
    """The organ whose operation teaches."""
    periods: Several = 1
    """How many periods it has to have operated before."""
    organs: tuple[Identifier, ...]
    """Organs that profit if founded afterwards."""
    reduction: Share
    """Part of the set-up cost that is then saved."""


class Timetable(Model):
    """What has to come first, and what it teaches. When single things may be stands with them."""

    precedence: tuple[Precedence, ...] = ()
    experience: tuple[Experience, ...] = ()
