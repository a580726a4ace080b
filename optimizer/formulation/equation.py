"""Equations: functions that carry their number, their name and what their dual means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from concord.algebra import Expression, Relation
from concord.formulation.aggregates import Aggregates
from concord.formulation.aim import Aim
from concord.formulation.burden_sharing import BurdenSharing
from concord.formulation.index_sets import IndexSets
from concord.formulation.parameters import Parameters
from concord.formulation.variables import Decisions
from concord.models import DesignProblem, Garrisons


@dataclass(frozen=True)
class Scene:
    """What an equation is written from: the problem, its sets and parameters, and the decisions."""

    problem: DesignProblem
    sets: IndexSets
    parameters: Parameters
    decisions: Decisions
    aggregates: Aggregates

    @property
    def aim(self) -> Aim:
        """What is maximised, and what is kept of other measures."""
        return self.aggregates.aim

    @cached_property
    def burdens(self) -> BurdenSharing:
        """Sets and parameters of the rules on burdens."""
        return BurdenSharing(self.parameters)

    @property
    def sent(self) -> Expression:
        """Units of each state in all garrisons: decisions of their own where a rule on burdens needs them."""
        d = self.decisions
        return d.sent if d.sent.size else d.units.sum("site")

    @property
    def provided(self) -> Expression:
        """Teams of each state at all zones, by type: likewise."""
        d = self.decisions
        return d.provided if d.provided.size else d.teams.sum("zone")

    @property
    def assigned(self) -> Expression:
        """Thousand troops of each garrison at each mission."""
        return self.decisions.assigned * self.parameters.contingent_unit

    @property
    def added_strength(self) -> Expression:
        """Thousand troops at each mission beyond those with which the threats were measured."""
        return self.decisions.strength - self.parameters.counted_in_threats

    @property
    def rules(self) -> Garrisons:
        """Rules of garrisons, for the families that exist only with them."""
        if self.problem.garrisons is None:
            raise ValueError("the problem has no garrisons")
        return self.problem.garrisons


Write = Callable[[Scene], Relation]
UnitOf = Callable[[Scene, object], str]


@dataclass(frozen=True)
class Equation:
    """One numbered equation of docs/formulation.md, or one part of it."""

    number: str
    rule: str
    """Name of the rule in the problem's terms, as the verifier and the plan name it."""
    part: str
    unit: str
    """Unit of the right-hand side; empty where the limit is none of the problem's own: a definition, or a
    limit rounded to whole units. Such an equation is never reported as binding."""
    write: Write
    unit_of: UnitOf | None = None
    """The unit by the first part of a row's label, where rows differ in it; such limits are the user's own
    choice, and binding also where they are 0 and forbid something."""

    @property
    def name(self) -> str:
        """The rule's name, and the part's where the rule has several; unique."""
        return f"{self.rule}.{self.part}" if self.part else self.rule

    @property
    def claim(self) -> str:
        """What then holds: the first line of the function's docstring."""
        return (self.write.__doc__ or "").strip().splitlines()[0]


@dataclass(frozen=True)
class Family:
    """A constraint family: its equations in order, and the condition under which it exists."""

    name: str
    equations: tuple[Equation, ...]
    applies: Callable[[DesignProblem], bool]


def equation(
    number: str, rule: str, *, part: str = "", unit: str = "", unit_of: UnitOf | None = None
) -> Callable[[Write], Equation]:
    """Make a function that writes a relation an equation of its family."""

    def wrap(write: Write) -> Equation:
        return Equation(number, rule, part, unit, write, unit_of)

    return wrap


def family(name: str, module: ModuleType) -> Family:
    """The family that a module of `constraints/` holds, its equations as they stand there."""
    found = [value for value in vars(module).values() if isinstance(value, Equation)]
    return Family(name, tuple(found), module.applies)
