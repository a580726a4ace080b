"""No hegemon: what one state may be of the whole (equations 8.1-8.5 and 8.8).

8.1  sum_{t in s} sum_u pay[i,u,t] <= share sum_{t in s} sum_u paid[u,t]
8.2  sum_{t in s} sum_g n[i,g,t] <= share sum_{t in s} n[t]
8.3  sum_{t in s} sum_{g of i} n[g,t] <= share sum_{t in s} n[t]
8.4  sum_{t in s} sum_{g of i},n y[g,n,t] <= share sum_{t in s} sum_gn y[g,n,t]
8.5  sum_{t in s} sum_az teams[a,i,z,t] <= share sum_{t in s} sum_az teams[a,z,t]
8.8  sum_{t in s} sum_{o of i} e[o,t] <= share sum_{t in s} sum_o e[o,t]

The span s is a period or the horizon. The dual of each is the worth of letting one state have one unit more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

import pandas as pd

from concord.algebra import Expression, Relation
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import index_of, over, parameter
from concord.models import DesignProblem, Weight, WeightCeiling

ROUNDING = 1e-9
"""Share of the whole that shares may be off by when they are added up."""


def applies(problem: DesignProblem) -> bool:
    """Wherever a ceiling is stated."""
    return bool(problem.hegemony)


@equation("8.1", "hegemony.money", unit="million USD")
def share_the_bill(scene: Scene) -> Relation:
    """No state pays more than its largest share of all money."""
    d = scene.decisions
    paid = d.contribution.rename(payer="state").sum("fund")
    return _under_ceiling(scene, Weight.MONEY, paid, d.collected.sum("fund"))


@equation("8.2", "hegemony.troops", unit="units")
def share_the_ranks(scene: Scene) -> Relation:
    """No state sends more than its largest share of all troops."""
    return _under_ceiling(scene, Weight.TROOPS, scene.sent, scene.decisions.force)


@equation("8.2", "hegemony.troops", part="together")
def send_what_others_match(scene: Scene) -> Relation:
    """No more troops in all than the others can match (implied by 3.11, 3.12 and 8.2)."""
    available = {str(m): float(n) for m, n in scene.parameters.available_units.items()}
    ceilings = _ceilings(scene, Weight.TROOPS)
    most = {ceiling.id: _most_under(ceiling, available) for ceiling in ceilings}
    for ceiling in ceilings:
        most[ceiling.id] = min([most[ceiling.id], *_most_by_scale(scene, ceiling)])
    return _no_more_than(scene, Weight.TROOPS, scene.decisions.force, most)


@equation("8.3", "hegemony.hosted_troops", unit="units")
def share_the_stationing(scene: Scene) -> Relation:
    """No state hosts more than its largest share of all troops."""
    d = scene.decisions
    hosted = d.garrisoned.group("site", _hosts(scene), to="state")
    return _under_ceiling(scene, Weight.HOSTED_TROOPS, hosted, d.force)


@equation("8.4", "hegemony.garrisons", unit="garrisons")
def share_the_sites(scene: Scene) -> Relation:
    """No state hosts more than its largest share of all garrisons."""
    standing = scene.decisions.garrison.sum("tier")
    hosted = standing.group("site", _hosts(scene), to="state")
    return _under_ceiling(scene, Weight.GARRISONS, hosted, standing.sum("site"))


@equation("8.5", "hegemony.monitors", unit="teams")
def share_the_watch(scene: Scene) -> Relation:
    """No state provides more than its largest share of all monitoring teams."""
    d = scene.decisions
    sent = scene.provided.sum("monitor")
    return _under_ceiling(scene, Weight.MONITORS, sent, d.watching.sum("monitor", "zone"))


@equation("8.5", "hegemony.monitors", part="together")
def watch_what_others_match(scene: Scene) -> Relation:
    """No more monitoring teams in all than the others can match (implied by 5.3 and 8.5)."""
    stock = scene.parameters.stock.groupby(level="state").sum()
    available = {str(m): float(n) for m, n in stock.items()}
    most = {c.id: _most_under(c, available) for c in _ceilings(scene, Weight.MONITORS)}
    teams = scene.decisions.watching.sum("monitor", "zone")
    return _no_more_than(scene, Weight.MONITORS, teams, most)


@equation("8.8", "hegemony.headquarters", unit="organs")
def share_the_seats(scene: Scene) -> Relation:
    """No state is home to more than its largest share of all organs that are at home anywhere."""
    homes = {organ.id: organ.headquarters.host for organ in scene.problem.organs if organ.headquarters}
    housed = scene.decisions.operating.where(lambda at: at["organ"].isin(list(homes)))
    hosted = housed.group("organ", homes, to="state")
    return _under_ceiling(scene, Weight.HEADQUARTERS, hosted, housed.sum("organ"))


def _under_ceiling(scene: Scene, weight: Weight, part: Expression, whole: Expression) -> Relation:
    """Each state's part, by state and period, against the ceiling's share of the whole, by period."""
    ceilings, periods = _ceilings(scene, weight), scene.sets.periods
    held = parameter(
        {
            (c.id, i, t, c.span_of(t)): 1.0
            for c in ceilings
            for i in dict.fromkeys(part.index.get_level_values("state"))
            if c.holds_for(i)
            for t in periods
        },
        "ceiling", "state", "period", "span",
    )  # fmt: skip
    had = (part * held).sum("period")
    allowed = (_every_period(scene, whole) * _spans(ceilings, periods)).sum("period")
    share = parameter({c.id: c.share for c in ceilings}, "ceiling")
    return had <= over(allowed * share, had.index)


def _no_more_than(scene: Scene, weight: Weight, whole: Expression, most: Mapping[str, float]) -> Relation:
    """The whole, by period, against the most that a ceiling leaves in a period."""
    spans = _spans(_ceilings(scene, weight), scene.sets.periods)
    total = (_every_period(scene, whole) * spans).sum("period")
    limits = spans.groupby(level=["ceiling", "span"]).sum() * parameter(most, "ceiling")
    return total <= over(limits, total.index)


def _ceilings(scene: Scene, weight: Weight) -> list[WeightCeiling]:
    return [ceiling for ceiling in scene.problem.hegemony if ceiling.of is weight]


def _spans(ceilings: Iterable[WeightCeiling], periods: Iterable[int]) -> pd.Series[float]:
    """1 at each ceiling, period and the span that the period belongs to."""
    return parameter(
        {(c.id, t, c.span_of(t)): 1.0 for c in ceilings for t in periods}, "ceiling", "period", "span"
    )


def _every_period(scene: Scene, whole: Expression) -> Expression:
    return whole.on(index_of(((t,) for t in scene.sets.periods), "period"))


def _hosts(scene: Scene) -> dict[str, str]:
    return {site.id: site.host for site in scene.problem.sites}


def _most_under(ceiling: WeightCeiling, available: Mapping[str, float]) -> float:
    """Largest whole of which no state under the ceiling has more than its share, nor than is available.

    Of the states under the ceiling, those with most may be held by their share and the others by what is
    available: `whole <= rest + number share whole`, for every number of them.
    """
    others, most = [n for i, n in available.items() if not ceiling.holds_for(i)], float("inf")
    held = sorted((n for i, n in available.items() if ceiling.holds_for(i)), reverse=True)
    for number in range(len(held) + 1):
        if number * ceiling.share >= 1 - ROUNDING:
            break
        most = min(most, fsum([*others, *held[number:]]) / (1 - number * ceiling.share))
    return most


def _most_by_scale(scene: Scene, ceiling: WeightCeiling) -> list[float]:
    """Largest wholes of which a state may send so little as the ceiling demands, by the scale of 3.11.

    The scale asks something of a state only when it may send, so that it has to be free to in every period.
    """
    tolerance = scene.rules.contingents.tolerance if scene.problem.garrisons else 0.0
    shares = scene.parameters.contingent_share.groupby(level="state")
    always = shares.min()[shares.size() == len(scene.sets.periods)]
    due = {i: share * (1 - tolerance) for i, share in always.items()}
    return [
        1 / (least - ceiling.share)
        for i, least in due.items()
        if ceiling.holds_for(str(i)) and least > ceiling.share + 1e-9
    ]
