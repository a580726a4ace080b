"""Effects that come later than their causes."""

from __future__ import annotations

from collections.abc import Mapping

from concord.algebra import Expression, total
from concord.formulation.equation import Scene
from concord.formulation.labelling import parameter


def delayed(scene: Scene, values: Expression, dim: str, delays: Mapping[str, int]) -> Expression:
    """In each row the value as many periods before as `delays` says of its name in `dim`.

    A name left out has no delay, a negative delay looks ahead, and before the first period and after the last
    there is nothing.
    """
    if not any(delays.values()):
        return values
    names: dict[int, list[str]] = {}
    for name in values.index.unique(dim):
        names.setdefault(delays.get(name, 0), []).append(name)
    parts = [
        values.select(**{dim: group}).lag("period", steps, scene.sets.periods)
        for steps, group in names.items()
    ]
    return total(parts, values.index)


def arriving(scene: Scene) -> Expression:
    """Spending on programmes in the period in which it becomes stock, million USD."""
    leads = {k.id: k.lead for k in scene.problem.programmes}
    return delayed(scene, scene.decisions.spending, "programme", leads)


def stock_upkeep(scene: Scene) -> Expression:
    """Cost of maintaining what lasts of the last period's stock, million USD."""
    shares = {k.id: k.upkeep * k.persistence for k in scene.problem.programmes if k.upkeep * k.persistence}
    last = scene.decisions.stock.lag("period", 1, scene.sets.periods)
    return last * parameter(shares, "programme")


def backlash(scene: Scene) -> Expression:
    """Rise of log threats by `state, programme, period, threat` that comes of earlier intensities."""
    harmful = [k for k in scene.problem.programmes if k.backlash]
    earlier = delayed(
        scene,
        scene.decisions.intensity.select(programme=[k.id for k in harmful]),
        "programme",
        {k.id: k.backlash_lag for k in harmful},
    )
    effects = {(k.id, kind): rise for k in harmful for kind, rise in k.backlash.items()}
    return (earlier * parameter(effects, "programme", "threat")) * scene.parameters.present
