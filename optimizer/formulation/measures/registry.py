"""From a stated measure to its form."""

from __future__ import annotations

from concord.errors import BadInput
from concord.formulation.equation import Scene
from concord.formulation.measures.frame import LogMeasure, MeasureForm, Values
from concord.formulation.measures.geometric import Geometric
from concord.formulation.measures.minimum import Leximin, Minimum
from concord.formulation.measures.power_mean import PowerMean
from concord.formulation.measures.ratio_of_totals import RatioOfTotals
from concord.formulation.measures.sum_of_powers import SumOfPowers
from concord.models import Measure, StatedMeasure


def form_of(stated: StatedMeasure) -> MeasureForm:
    """The form of a measure."""
    plain = stated.plain
    match plain.measure:
        case Measure.MINIMUM:
            return Minimum(plain)
        case Measure.LEXIMIN:
            return Leximin(plain)
        case Measure.RATIO_OF_TOTALS:
            return RatioOfTotals(plain)
        case _ if plain.aversion == 1:
            return Geometric(plain)
        case _ if plain.aversion > 1:
            return PowerMean(plain)
        case _:
            return SumOfPowers(plain)


def floor_form_of(stated: StatedMeasure) -> LogMeasure:
    """The form of a measure that has a floor. Raises BadInput where the floor would not be convex."""
    form = form_of(stated)
    if isinstance(form, LogMeasure):
        return form
    raise BadInput.single(
        f"a floor under {stated.label} does not leave a convex set of plans",
        field="objective.floors",
        remedy="put it under geometric, harmonic, minimum, or alpha with 1 or more",
    )


def settle_measures(scene: Scene, point: Values) -> None:
    """Set the decisions of every measure of the program in `point`, in place."""
    for stated in scene.aim.measures.values():
        form_of(stated).settle(scene, point)
