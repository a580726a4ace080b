"""Doctrine: which instruments have to come before which (equations 10.1 and 10.2).

10.1  z[i,k,t] <= zmax[k] armed[i,t] for arms,  own[i,t] <= arming_ceiling armed[i,t]
10.2  z[i,k,t] >= share zmax[k] armed[i,t] for every abating programme open to i
"""

from __future__ import annotations

from collections.abc import Iterable

from concord.algebra import Expression, Relation
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over
from concord.models import DesignProblem, Programme


def applies(problem: DesignProblem) -> bool:
    """Wherever arms have to wait."""
    return problem.rules.abate_before_arming is not None


@equation("10.1", "doctrine.abate_before_arming", part="programmes")
def decide_to_arm(scene: Scene) -> Relation:
    """A programme of arms has an effect only in a state that has decided to arm."""
    arms = _intensity(scene, (k for k in scene.problem.programmes if k.arms))
    return arms <= over(scene.decisions.armed * scene.parameters.max_intensity, arms.index)


@equation("10.1", "doctrine.abate_before_arming", part="own")
def decide_to_arm_alone(scene: Scene) -> Relation:
    """A state arms on its own account only if it has decided to arm."""
    d, ceiling = scene.decisions, scene.problem.dilemma.arming_ceiling
    arming = d.arming if ceiling > 0 else d.arming.select(state=[])
    return arming <= over(d.armed * ceiling, arming.index)


@equation("10.2", "doctrine.abate_before_arming", part="abated", unit="intensity")
def abate_first(scene: Scene) -> Relation:
    """A state that arms runs every abating programme open to it with its stated share of intensity."""
    d, share = scene.decisions, scene.problem.rules.abate_before_arming or 0.0
    abating = _intensity(scene, (k for k in scene.problem.programmes if k.abates))
    least = over(d.armed * (scene.parameters.max_intensity * share), abating.index)
    return over(abating, least.index) >= least


def _intensity(scene: Scene, programmes: Iterable[Programme]) -> Expression:
    """Intensities of some programmes."""
    return scene.decisions.intensity.select(programme=[k.id for k in programmes])
