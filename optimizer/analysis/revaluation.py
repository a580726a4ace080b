"""What a change of a rule is truly worth: another search, garrisons and organs moving with it.

It tells the worth to within the gaps of both plans. The price with the whole decisions held is in pricing.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from concord.analysis.file_rules import FileRule, Looser, file_rules, validated, with_values
from concord.analysis.pricing import Pricer, in_one_program
from concord.errors import BadInput, Fault, Infeasible, NoPlanFound, likely
from concord.models import DesignProblem, Plan
from concord.planning import solve
from concord.solving.options import SolveOptions
from concord.solving.progress import SilentWatch, Watch


@dataclass(frozen=True)
class Revaluation:
    """What a change of rules is truly worth: another search, compared with the plan."""

    rules: tuple[str, ...]
    old: tuple[float, ...]
    new: tuple[float, ...]
    measure: float | None
    """Value of the better of the plan found anew and the old one adapted; null where neither is known."""
    gap: float | None
    effect: float | None
    """Relative difference of that value and the old plan's."""
    at_least: float | None
    """The effect on the best value lies between this and `at_most`, by both plans' bounds."""
    at_most: float | None
    held: float | None
    """The effect with the whole decisions of the plan held; null where they do not admit the change, and
    where the measure takes several programs."""
    one_program: bool
    """Whether the measure is that of one program, whose whole decisions can be held."""

    @property
    def certain(self) -> bool:
        """Whether the sign of the effect is proven: it is larger than the gaps."""
        return self.at_least is not None and self.at_most is not None and self.at_least * self.at_most > 0


def revalue(
    plan: Plan,
    problem: DesignProblem,
    rule: str,
    step: float,
    options: SolveOptions | None = None,
    watch: Watch | None = None,
) -> Revaluation:
    """The plan searched anew with `step` added to a rule: a path, or an equation's name for all its paths.

    Raises BadInput for an unknown rule, and for a figure that the problem cannot have.
    """
    chosen = _named(rule, problem)
    values = {each: float(each.value) + step for each in chosen}
    changed = validated(with_values(problem, values))
    if changed is None:
        figures = ", ".join(f"{each.name} = {value:g}" for each, value in values.items())
        raise BadInput.single(
            "the problem cannot have the figure", field="--step", remedy=f"another step; it makes {figures}"
        )
    one_program = in_one_program(problem)
    held = Pricer(plan, problem, watch or SilentWatch()).effect(values) if one_program else None
    names, old, new = zip(
        *((each.name, float(each.value), value) for each, value in values.items()), strict=True
    )
    found, bound = _searched(changed, options or SolveOptions(), watch)
    before = plan.measure
    # The plan with its whole decisions held is one of the changed problem, and may be the better one.
    adapted = None if held is None else before.value * (1 + held)
    value = max((each for each in (found, adapted) if each is not None), default=None)
    if value is None or bound is None:
        return Revaluation(names, old, new, value, None, None, None, None, held, one_program)
    bound = max(value, bound)
    at_least, at_most = value / before.bound - 1, bound / before.value - 1
    if all((step > 0) == (each.sort.looser is Looser.UP) for each in chosen):
        at_least = max(at_least, 0.0)
    elif all((step > 0) == (each.sort.looser is Looser.DOWN) for each in chosen):
        at_most = min(at_most, 0.0)
    effect, gap = value / before.value - 1, bound / value - 1
    return Revaluation(names, old, new, value, gap, effect, at_least, at_most, held, one_program)


def _searched(
    problem: DesignProblem, options: SolveOptions, watch: Watch | None
) -> tuple[float | None, float | None]:
    """Value of the plan found, and what none exceeds; None where that is not known."""
    try:
        again = solve(problem, options, watch).measure
    except Infeasible:
        return None, None
    except NoPlanFound as reason:
        return None, reason.bound
    return again.value, again.bound


def _named(name: str, problem: DesignProblem) -> list[FileRule]:
    """Numeric rules of that path, or of the equation with that name. Raises BadInput."""
    rules = [rule for rule in file_rules(problem) if rule.numeric and rule.value is not None]
    mine = [rule for rule in rules if rule.name == name]
    mine = mine or [rule for rule in rules if rule.name.startswith(f"{name}.")]
    mine = mine or [rule for rule in rules if name in rule.sort.equations.split(" ")]
    if not mine:
        known = [rule.name for rule in rules]
        remedy = f"known: {', '.join(known[:12])}" + (", ..." if len(known) > 12 else "")
        message = f"no rule with a figure has this name{likely(name, known)}"
        raise BadInput([Fault(message, field="--rule", value=name, remedy=remedy)])
    return mine
