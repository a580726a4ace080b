"""Locks: decisions that are not open any more, because they are made, promised or out of the question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import StringConstraints

from .base import Model
from .hegemony import HORIZON, Span
from .quantities import NonNegative, Period, Text
from .timetable import within

if TYPE_CHECKING:
    from .problem import DesignProblem

LockPath = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(\.[A-Za-z0-9][A-Za-z0-9_-]*)*$", max_length=260, strict=True)
]
"""A kind of decision and names that say which of them are meant, joined by dots."""


class Keep(StrEnum):
    """What may be asked of a garrison or an organ without a figure; `closed` of any decision."""

    OPEN = "open"
    """It operates in every period named, or in every period in which it can."""
    CLOSED = "closed"
    """It never operates; nothing is paid, sent or spent."""
    INCLUDED = "included"
    """It operates in at least one of the periods."""


class Lock(Model):
    """One decision, or the sum of several, held, forbidden or bounded: say `keep`, or give figures."""

    decision: LockPath
    """Such as `garrisons.Budapest`, `contributions.USA.assessed`, `contingents.POL`, `organs.secretariat`.
    What the path leaves open is summed: `contributions.USA` is all that the United States pay."""
    keep: Keep | None = None
    exactly: NonNegative | None = None
    """In the unit of the decision: number of garrisons or organs, units, teams, million USD, troops, logs."""
    least: NonNegative | None = None
    most: NonNegative | None = None
    periods: tuple[Period, ...] | None = None
    """Periods that it holds for; none: all, or for `keep: open` all in which it can be."""
    over: Span = Span.PERIOD
    """Whether figures hold in every period, or for the sum over the periods."""
    reason: Text = ""

    @property
    def kind(self) -> str:
        """The kind of decision, such as `garrisons`."""
        return self.decision.partition(".")[0]

    @property
    def names(self) -> tuple[str, ...]:
        """What the path names after the kind."""
        return tuple(self.decision.split(".")[1:])

    @property
    def minimum(self) -> float | None:
        """The least that it demands; none: nothing."""
        if self.keep in (Keep.OPEN, Keep.INCLUDED):
            return 1.0
        return self.least if self.exactly is None else self.exactly

    @property
    def maximum(self) -> float | None:
        """The most that it allows; none: anything."""
        if self.keep is Keep.CLOSED:
            return 0.0
        return self.most if self.exactly is None else self.exactly


@dataclass(frozen=True, slots=True)
class Lockable:
    """A kind of decision that may be locked."""

    dimensions: tuple[str, ...]
    """What tells such decisions apart, periods aside."""
    unit: str
    operates: bool = False
    """Whether it operates or not, so that it can be kept open."""


LOCKABLE: Mapping[str, Lockable] = MappingProxyType(
    {
        "garrisons": Lockable(("site", "tier"), "garrisons", operates=True),
        "organs": Lockable(("organ",), "organs", operates=True),
        "contingents": Lockable(("state", "site"), "contingent units"),
        "monitors": Lockable(("state", "zone", "monitor"), "teams"),
        "contributions": Lockable(("payer", "fund"), "million USD"),
        "programmes": Lockable(("programme", "state"), "million USD"),
        "spending": Lockable(("head", "region", "fund"), "million USD"),
        "missions": Lockable(("mission", "site"), "troops"),
        "lift": Lockable(("state",), "million tonne-km"),
        "arming": Lockable(("state",), "logs"),
        "reduction": Lockable(("state",), "logs"),
    }
)
"""Kinds of decision by the first word of a lock's path."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A lock on the decisions of a problem."""

    name: str
    """Its path, with a number behind where a path has several locks."""
    lock: Lock
    at: Mapping[str, str]
    """Dimension to the name that the path gives; other dimensions are summed over."""
    spans: Mapping[int | str, tuple[int, ...]]
    """Name of each span that it holds over to the periods of the span."""

    @property
    def unit(self) -> str:
        """What its figures are in."""
        return LOCKABLE[self.lock.kind].unit

    def holds(self, label: Mapping[str, object]) -> bool:
        """Whether a decision, by its dimensions, is among those that the path means."""
        return all(label[dimension] == name for dimension, name in self.at.items())


def locked(problem: DesignProblem) -> tuple[Locked, ...]:
    """The locks of a sound problem, each with the decisions and periods that it means."""
    count: dict[str, int] = {}
    found = []
    for lock in problem.locks:
        count[lock.decision] = number = count.get(lock.decision, 0) + 1
        name = lock.decision if number == 1 else f"{lock.decision} ({number})"
        found.append(Locked(name, lock, resolved(problem, lock) or {}, _spans(problem, lock)))
    return tuple(found)


def resolved(problem: DesignProblem, lock: Lock) -> dict[str, str] | None:
    """Dimension to name for what the path names, in the order of the dimensions where a name could be two
    things; None where the problem has no such decision."""
    found: dict[str, str] = {}
    known = names_known(problem, lock.kind)
    for name in lock.names:
        free = (dim for dim, names in known.items() if dim not in found and name in names)
        dimension = next(free, None)
        if dimension is None:
            return None
        found[dimension] = name
    return found if lock.kind in LOCKABLE else None


def names_known(problem: DesignProblem, kind: str) -> dict[str, frozenset[str]]:
    """Names that decisions of this kind have, by dimension; states that are left out have none."""
    members = frozenset(state.id for state in problem.members)
    monitoring = problem.monitoring
    every = {
        "site": frozenset(site.id for site in problem.sites),
        "tier": frozenset(tier.id for tier in problem.garrisons.tiers) if problem.garrisons else frozenset(),
        "organ": frozenset(organ.id for organ in problem.organs),
        "state": frozenset(state.id for state in problem.senders) if kind == "contingents" else members,
        "zone": frozenset(zone.id for zone in problem.open_zones),
        "monitor": frozenset(each.id for each in monitoring.monitors) if monitoring else frozenset(),
        "payer": frozenset(payer.id for fund in problem.funds for payer in problem.payers(fund)),
        "fund": frozenset(fund.id for fund in problem.funds),
        "programme": frozenset(programme.id for programme in problem.programmes),
        "head": frozenset(problem.heads),
        "region": frozenset(problem.regions),
        "mission": frozenset(each.id for each in problem.missions if each.state not in problem.left_out),
    }
    return {dim: every[dim] for dim in (LOCKABLE[kind].dimensions if kind in LOCKABLE else ())}


def _spans(problem: DesignProblem, lock: Lock) -> dict[int | str, tuple[int, ...]]:
    periods = lock.periods
    if periods is None:
        open_in = tuple(_can_operate(problem, lock)) if lock.keep is Keep.OPEN else ()
        periods = open_in or problem.periods
    if lock.keep is Keep.INCLUDED or (lock.keep is None and lock.over is Span.HORIZON):
        return {HORIZON: periods}
    return {period: (period,) for period in periods}


def _can_operate(problem: DesignProblem, lock: Lock) -> Iterator[int]:
    """Periods in which what is to be kept open can operate, by its window and its lead."""
    named, first = set(lock.names), problem.periods[0]
    if lock.kind == "organs":
        organs = [organ for organ in problem.organs if not named or organ.id in named]
        windows = [(organ.earliest, organ.latest, organ.lead) for organ in organs]
    else:
        ids = {site.id for site in problem.sites}
        sites = [site for site in problem.sites if not named & ids or site.id in named]
        lead = problem.garrisons.lead if problem.garrisons else 0
        windows = [(site.earliest, site.latest, lead) for site in sites]
    for period in problem.periods:
        if any(within(period, early, late) and period >= first + lead for early, late, lead in windows):
            yield period
