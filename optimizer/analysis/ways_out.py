"""Single changes that give a problem in conflict a plan, each tried before it is told."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from concord.analysis.admission import Judge
from concord.analysis.explanation import DEFAULTS, Conflict
from concord.analysis.file_rules import FileRule, file_rules, validated, with_values
from concord.analysis.repairs import WIDER, Change, loosened
from concord.models import DesignProblem
from concord.solving.options import SolveOptions
from concord.solving.progress import Deadline, SilentWatch, Watch

DIGITS = 6
"""Significant digits of a figure that is told, and tried as it is told."""


def ways_out(
    problem: DesignProblem, conflict: Conflict, options: SolveOptions, watch: Watch | None = None
) -> tuple[Change, ...]:
    """For each rule of `conflict` the figure with which `problem` has a plan; no figure: without the rule.

    Rules that do not help alone are left out, and so are those for which the time limit of `options`, or a
    minute, came first: it is for everything together.
    """
    time_limit = options.time_limit or DEFAULTS.time_limit or inf
    deadline = Deadline(watch or SilentWatch(), time_limit)
    judge = Judge(replace(options, time_limit=time_limit), deadline)
    rules = {rule.name: rule for rule in file_rules(problem)}
    found: list[Change] = []
    try:
        for ruling in conflict.rules:
            for value in _figures(rules[ruling.rule], ruling.enough):
                changed = validated(with_values(problem, {rules[ruling.rule]: value}))
                if changed is not None and judge.admits(changed) is True:
                    found.append(Change(ruling.rule, ruling.value, value))
                    break
    except KeyboardInterrupt:
        pass
    return tuple(found)


def _figures(rule: FileRule, enough: float | None) -> list[float | None]:
    """What to try: the figure that resolves the conflict by itself, then looser ones."""
    if enough is None:
        return [None]
    wider = [] if rule.sort.whole else [loosened(rule, enough, share) for share in WIDER]
    return [float(f"{value:.{DIGITS}g}") for value in (enough, *wider)]
