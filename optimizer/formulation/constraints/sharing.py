"""The whole burden: what states bear in money and in kind, and how evenly (equations 6.4-6.10).

6.4   sent[m,t] = sum_g n[m,g,t],  sum_m sent[m,t] = n[t],  sent[m,t] <= sum_g share[m,g] n[g,t],
      sent[m,t] <= n[t] - (min_nations - 1) minimum_units sum_gn y[g,n,t]
6.5   provided[a,m,t] = sum_z teams[a,m,z,t],  sum_m provided = sum_z teams[a,z,t]
6.6   burden[i,t] = sum_u pay[i,u,t] + what is sent and not paid back,  b[r,i,t] = 1000 mean burden / GDP[i]
6.7   b[r,i,t] <= 1000 affordability[r]
6.8   max_i b - min_i b <= 1000 spread[r],  max_i b <= ratio[r] min_i b
6.9   sum_k (2k - n - 1) b_(k) <= n gini[r] sum_i b[r,i,t]
6.10  |burden_i - share_i sum_j burden_j| <= tolerance share_i sum_j burden_j
"""

from __future__ import annotations

import pandas as pd

from concord.algebra import Expression, Relation, total
from concord.formulation.burden_sharing import INPUTS, THOUSANDTHS
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import index_of, members, over, parameter
from concord.models import Contingents, DesignProblem

PER_GDP = "thousandths of GDP"


def applies(problem: DesignProblem) -> bool:
    """Wherever there are rules on burdens."""
    return bool(problem.burden_sharing)


@equation("6.4", "burden.sent")
def add_up_sent(scene: Scene) -> Relation:
    """What a state has abroad is what it has in all garrisons."""
    d = scene.decisions
    return d.sent == over(d.units.sum("site"), d.sent.index)


@equation("6.4", "burden.sent", part="force")
def make_up_force(scene: Scene) -> Relation:
    """All states together have abroad what stands in all garrisons (implied, and without details)."""
    sent = scene.decisions.sent.sum("state")
    return sent == over(scene.decisions.force, sent.index)


@equation("6.4", "burden.sent", part="room")
def find_room(scene: Scene) -> Relation:
    """No state has more abroad than its largest shares of all garrisons (implied, and without details)."""
    d, rules = scene.decisions, _contingents(scene)
    hosts = {site.id: site.host for site in scene.problem.sites}
    room = {
        (m, g): min(rules.max_state_share, rules.max_host_share if host == m else 1.0)
        for m in dict.fromkeys(d.sent.index.get_level_values("state"))
        for g, host in hosts.items()
    }
    return d.sent <= over((d.garrisoned * parameter(room, "state", "site")).sum("site"), d.sent.index)


@equation("6.4", "burden.sent", part="company")
def leave_room_for_others(scene: Scene) -> Relation:
    """No state has more abroad than what other nations must leave it (implied, and without details)."""
    d, rules = scene.decisions, _contingents(scene)
    others = float((rules.min_nations - 1) * rules.minimum_units)
    left = d.garrisoned.sum("site") - (d.garrison * others).sum("site", "tier")
    return d.sent <= over(left, d.sent.index)


@equation("6.5", "burden.provided")
def add_up_provided(scene: Scene) -> Relation:
    """What a state has out as monitors is what it has at all zones."""
    d = scene.decisions
    return d.provided == over(d.teams.sum("zone"), d.provided.index)


@equation("6.5", "burden.provided", part="together")
def make_up_watch(scene: Scene) -> Relation:
    """All states together have out what watches all zones (implied, and without details)."""
    provided = scene.decisions.provided.sum("state")
    return provided == over(scene.decisions.watching.sum("zone"), provided.index)


@equation("6.5", "burden.provided", part="room")
def watch_others(scene: Scene) -> Relation:
    """No state has out more teams than watch zones of others (implied, and without details)."""
    d, zones = scene.decisions, scene.problem.open_zones
    states = dict.fromkeys(d.provided.index.get_level_values("state"))
    foreign = parameter({(z.id, m): 1.0 for z in zones for m in states if m not in z.states}, "zone", "state")
    return d.provided <= over((d.watching * foreign).sum("zone"), d.provided.index)


@equation("6.6", "burden.whole")
def add_up_burden(scene: Scene) -> Relation:
    """A burden is money paid and whatever is sent without being paid back."""
    d, p = scene.decisions, scene.parameters
    index = d.burden.index
    paid, arrears = d.contribution.sum("fund"), (d.contribution * p.arrears_rate).sum("fund")
    parts = [
        paid.rename(payer="state"),
        -arrears.rename(payer="state"),
        d.sent * p.unit_burden,
        d.lift * p.lift_burden,
        (d.provided * p.team_burden).sum("monitor"),
    ]
    return d.burden == total([over(part, index) for part in parts], index)


@equation("6.6", "burden.whole", part="relative")
def relate_to_gdp(scene: Scene) -> Relation:
    """A relative burden is the mean burden over a rule's spell in thousandths of GDP."""
    d = scene.decisions
    within = d.burden.rename(period="within") * scene.burdens.averages
    return d.relative_burden == within.sum("within").on(d.relative_burden.index)


@equation("6.7", "burden.affordability", unit=PER_GDP)
def bear_what_is_affordable(scene: Scene) -> Relation:
    """No state bears more of its GDP than it can afford."""
    limits = scene.burdens.limit("affordability") * THOUSANDTHS
    borne = _of(scene, limits)
    return borne <= over(limits, borne.index)


@equation("6.8", "burden.extremes", part="highest")
def find_highest(scene: Scene) -> Relation:
    """Nobody bears more than the highest burden."""
    borne = _between(scene)
    return borne <= over(scene.decisions.highest, borne.index)


@equation("6.8", "burden.extremes", part="lowest")
def find_lowest(scene: Scene) -> Relation:
    """Nobody bears less than the lowest burden."""
    borne = _between(scene)
    return borne >= over(scene.decisions.lowest, borne.index)


@equation("6.8", "burden.spread", unit=PER_GDP)
def keep_burdens_close(scene: Scene) -> Relation:
    """The highest burden exceeds the lowest by no more than the spread."""
    limits = scene.burdens.limit("spread") * THOUSANDTHS
    apart = (scene.decisions.highest - scene.decisions.lowest).where(lambda at: at["rule"].isin(limits.index))
    return apart <= over(limits, apart.index)


@equation("6.8", "burden.ratio", unit=PER_GDP)
def keep_burdens_comparable(scene: Scene) -> Relation:
    """The highest burden is no more than so many times the lowest."""
    highest = scene.decisions.highest * (scene.burdens.limit("ratio") * 0.0 + 1.0)
    return highest <= over(scene.decisions.lowest * scene.burdens.limit("ratio"), highest.index)


@equation("6.9", "burden.ranking", part="sum")
def keep_sums(scene: Scene) -> Relation:
    """What leaves a comparator is in sum what enters it."""
    left = scene.decisions.ranked.sum("side")
    return left == over(_entering(scene).sum("input"), left.index)


@equation("6.9", "burden.ranking", part="higher")
def rank_pairs(scene: Scene) -> Relation:
    """The higher figure that leaves a comparator is at least both that enter it."""
    higher = scene.decisions.ranked.where(lambda at: at["side"] == "higher").sum("side")
    both = _entering(scene)
    return over(higher, both.index) >= both


@equation("6.9", "burden.gini", unit=PER_GDP)
def share_evenly(scene: Scene) -> Relation:
    """The Gini coefficient of relative burdens is no more than allowed."""
    sharing = scene.burdens
    limits = sharing.limit("gini")
    whole = _of(scene, limits).sum("state")
    apart = (scene.decisions.ranked * sharing.rank_weights).sum("comparator", "side").on(sharing.even)
    return apart <= over(whole * limits, sharing.even)


@equation("6.10", "burden.sacrifice", part="whole")
def add_up_sacrifice(scene: Scene) -> Relation:
    """The whole burden is that of all who share it."""
    shared = scene.decisions.shared
    borne = (scene.decisions.relative_burden * scene.burdens.gdp).sum("state")
    return shared == over(borne, shared.index)


@equation("6.10", "burden.equal_sacrifice", part="above", unit="million USD")
def sacrifice_no_more(scene: Scene) -> Relation:
    """Nobody bears more of the whole burden than equal sacrifice asks, within the tolerance."""
    borne, due = _borne_and_due(scene, 1.0)
    return borne <= due


@equation("6.10", "burden.equal_sacrifice", part="below", unit="million USD")
def sacrifice_no_less(scene: Scene) -> Relation:
    """Nobody bears less of the whole burden than equal sacrifice asks, within the tolerance."""
    borne, due = _borne_and_due(scene, -1.0)
    return borne >= due


def _of(scene: Scene, limits: pd.Series[float]) -> Expression:
    """Relative burdens of the rules that have a limit."""
    return scene.decisions.relative_burden.where(lambda at: at["rule"].isin(limits.index))


def _between(scene: Scene) -> Expression:
    """Relative burdens of the rules on the largest and the smallest."""
    rules = scene.burdens.bounded.get_level_values("rule")
    return scene.decisions.relative_burden.where(lambda at: at["rule"].isin(rules))


def _entering(scene: Scene) -> Expression:
    """What enters every comparator: `rule, comparator, input, period`."""
    d, sharing = scene.decisions, scene.burdens
    index = index_of(
        (
            (rule, number, place, t)
            for rule, number, side, t in members(sharing.ranked)
            if side == "lower"
            for place in INPUTS
        ),
        "rule", "comparator", "input", "period",
    )  # fmt: skip
    wires = d.ranked.rename(comparator="source", side="branch") * sharing.entering_wires
    figures = d.relative_burden * sharing.entering_figures
    return total([wires.sum("source", "branch"), figures.sum("state")], index)


def _borne_and_due(scene: Scene, sign: float) -> tuple[Expression, Expression]:
    """Mean burdens in million USD, and the end of the range that equal sacrifice leaves."""
    d, sharing = scene.decisions, scene.burdens
    tolerance = parameter(
        {rule.id: rule.equal_sacrifice.tolerance for rule in sharing.rules if rule.equal_sacrifice}, "rule"
    )
    borne = _of(scene, tolerance) * sharing.gdp
    due = d.shared * sharing.sacrifice * (1 + sign * tolerance)
    return borne, over(due, borne.index)


def _contingents(scene: Scene) -> Contingents:
    """Rules of contingents; where there are no garrisons, those that nobody is under."""
    garrisons = scene.problem.garrisons
    return garrisons.contingents if garrisons else Contingents()
