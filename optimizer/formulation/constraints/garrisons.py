"""Garrisons: how many, where, how large, and of whom (equations 3.0-3.13).

3.0   n[g,t] = sum_m n[m,g,t],  n[t] = sum_g n[g,t]
3.1   sum_n y[g,n,t] <= 1
3.2   y[g,n,t] >= y[g,n,t-1]
3.3   unit n[g,t] <= sum_n min(capacity[n], max_troops) y[g,n,t]
3.4   sum_n y[g,n,t] <= e[o,t]
3.5   sum_gn y[g,n,t] <= max_open
3.6   sum_gn y[g,n,T] >= min_open
3.7   sum_{g of host} sum_n y[g,n,t] <= max_per_host
3.8   n[m,g,t] <= max_state_share n[g,t]
3.9   n[host,g,t] <= max_host_share n[g,t]
3.10  sum_m b[m,g,t] >= min_nations sum_n y[g,n,t],  minimum_units b <= n
3.11  |sum_g n[m,g,t] - share[m] n[t]| <= tolerance share[m] n[t] + 1
3.12  sum_g n[m,g,t] <= availability personnel[m] / unit
3.13  in[m,g,t] >= n[m,g,t] - n[m,g,t-1]
"""

from __future__ import annotations

from concord.algebra import Expression, Relation
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over, parameter
from concord.models import DesignProblem


def applies(problem: DesignProblem) -> bool:
    """Wherever there are candidate sites."""
    return problem.garrisons is not None


@equation("3.0", "garrisons.garrisoned")
def add_up_garrison(scene: Scene) -> Relation:
    """A garrison is made of its contingents.

    n[g,t] = sum_m n[m,g,t], units. Dual: the worth of a unit at the garrison, of whatever nation.
    """
    return scene.decisions.garrisoned == scene.decisions.units.sum("state").on(scene.sets.sites)


@equation("3.0", "garrisons.force")
def add_up_force(scene: Scene) -> Relation:
    """All troops are the troops of all garrisons.

    n[t] = sum_g n[g,t], units. Dual: the worth of a unit at any garrison.
    """
    force = scene.decisions.force
    return force == over(scene.decisions.garrisoned.sum("site"), force.index)


@equation("3.1", "garrisons.one_tier", unit="garrisons")
def build_one_tier(scene: Scene) -> Relation:
    """A site has at most one tier.

    sum_n y[g,n,t] <= 1. It is over whole decisions, and has no price of its own.
    """
    return _open(scene) <= 1.0


@equation("3.2", "garrisons.permanence")
def keep_garrisons(scene: Scene) -> Relation:
    """A garrison once built is kept, until its time is over.

    y[g,n,t] >= y[g,n,t-1]. It is over whole decisions, and has no price of its own.
    """
    y, open_to = scene.decisions.garrison, scene.parameters.may_stand
    return (y - y.lag("period", 1, scene.sets.periods)) * open_to[open_to > 0] >= 0.0


@equation("3.3", "garrisons.capacity", unit="thousand troops")
def fit_into_tier(scene: Scene) -> Relation:
    """A garrison holds no more troops than its tier, and none where there is no garrison.

    unit n[g,t] <= sum_n min(capacity[n], max_troops) y[g,n,t], thousand troops. Dual: the rise for room
    for a thousand troops more.
    """
    built = (scene.decisions.garrison * scene.parameters.tier_capacity).sum("tier")
    return scene.decisions.garrisoned * scene.parameters.contingent_unit <= built.on(scene.sets.sites)


@equation("3.4", "garrisons.organ")
def need_command(scene: Scene) -> Relation:
    """A garrison operates only under its organ.

    sum_n y[g,n,t] <= e[o,t]. It is over whole decisions, and has no price of its own.
    """
    organ = scene.rules.organ
    commanded = _open(scene) if organ else _open(scene).select(site=[])
    command = scene.decisions.operating.where(lambda at: at["organ"] == organ).sum("organ")
    return commanded <= over(command, commanded.index)


@equation("3.5", "garrisons.max_open", unit="garrisons")
def limit_number(scene: Scene) -> Relation:
    """No more garrisons than allowed.

    sum_gn y[g,n,t] <= max_open. It is over whole decisions, and has no price of its own.
    """
    most = scene.rules.max_open
    return _open(scene).sum("site") <= (float("inf") if most is None else float(most))


@equation("3.6", "garrisons.min_open", unit="garrisons")
def disperse(scene: Scene) -> Relation:
    """At least so many garrisons stand in the last period.

    sum_gn y[g,n,T] >= min_open. It is over whole decisions, and has no price of its own.
    """
    last = _open(scene).select(period=[scene.sets.periods[-1]])
    return last.sum("site") >= float(scene.rules.min_open)


@equation("3.7", "garrisons.max_per_host", unit="garrisons")
def limit_per_host(scene: Scene) -> Relation:
    """No state hosts more garrisons than allowed.

    sum_{g of host} sum_n y[g,n,t] <= max_per_host. It is over whole decisions, and has no price of its
    own.
    """
    most = scene.rules.max_per_host
    hosts = {site.id: site.host for site in scene.problem.sites}
    return _open(scene).group("site", hosts, to="host") <= (float("inf") if most is None else float(most))


@equation("3.8", "garrisons.state_share", unit="units")
def stay_multinational(scene: Scene) -> Relation:
    """No state has more than its largest share of a garrison.

    n[m,g,t] <= max_state_share n[g,t], units. Over whole contingents, it has no price of its own.
    """
    share = scene.rules.contingents.max_state_share
    units = scene.decisions.units.where(
        lambda at: at["state"].isin(scene.sets.contributors if share < 1 else ())
    )
    return units <= over(scene.decisions.garrisoned * share, units.index)


@equation("3.9", "garrisons.host_share", unit="units")
def limit_host(scene: Scene) -> Relation:
    """No host has more than its largest share of a garrison on its soil.

    n[host,g,t] <= max_host_share n[g,t], units. Over whole contingents, it has no price of its own.
    """
    share = scene.rules.contingents.max_host_share
    hosts = {(site.host, site.id): 1.0 for site in scene.problem.sites if share < 1}
    own = (scene.decisions.units * parameter(hosts, "state", "site")).sum("state")
    return own <= over(scene.decisions.garrisoned * share, own.index)


@equation("3.10", "garrisons.nations", unit="units")
def man_garrisons(scene: Scene) -> Relation:
    """An open garrison has at least the least contingents of the least number of nations.

    n[g,t] >= min_nations minimum_units sum_n y[g,n,t], units. Over whole contingents, it has no price of
    its own.
    """
    rules = scene.rules.contingents
    return scene.decisions.garrisoned >= _open(scene) * float(rules.min_nations * rules.minimum_units)


@equation("3.10", "garrisons.nations", part="present", unit="nations")
def gather_nations(scene: Scene) -> Relation:
    """Every garrison gathers at least so many nations (where the largest share does not imply it).

    sum_m b[m,g,t] >= min_nations sum_n y[g,n,t]. It is over whole decisions, and has no price of its own.
    """
    present = scene.decisions.presence.sum("state")
    return present >= over(_open(scene) * float(scene.rules.contingents.min_nations), present.index)


@equation("3.10", "garrisons.minimum_units", part="present")
def count_only_present(scene: Scene) -> Relation:
    """A nation is present only with at least the least contingent.

    minimum_units b[m,g,t] <= n[m,g,t], units. Over whole contingents, it has no price of its own.
    """
    d = scene.decisions
    return d.presence * float(scene.rules.contingents.minimum_units) <= over(d.units, d.presence.index)


@equation("3.10", "garrisons.minimum_units", part="absent")
def send_at_least_minimum(scene: Scene) -> Relation:
    """A nation that is not counted as present sends nobody.

    n[m,g,t] <= available[m] b[m,g,t], units. Over whole contingents, it has no price of its own.
    """
    d = scene.decisions
    absent = d.presence if d.presence.integer else d.presence.select(state=[])
    return over(d.units, absent.index) <= absent * scene.parameters.available_units


@equation("3.13", "contingents.arrivals")
def count_arrivals(scene: Scene) -> Relation:
    """What a contingent has more than in the period before has arrived; the fewer arrivals the better.

    in[m,g,t] >= n[m,g,t] - n[m,g,t-1], units. Over whole contingents, it has no price of its own.
    """
    d = scene.decisions
    return d.arrivals >= d.units - d.units.lag("period", 1, scene.sets.periods)


@equation("3.11", "contingents.scale", part="above", unit="units")
def send_no_more_than_scale(scene: Scene) -> Relation:
    """No state sends more than its share of all troops, within the tolerance and one unit.

    sum_g n[m,g,t] <= (1 + tolerance) share[m] n[t] + 1, units. Over whole contingents, it has no price of
    its own.
    """
    sent, due = _sent_and_due(scene)
    return sent <= due * (1 + scene.rules.contingents.tolerance) + 1.0


@equation("3.11", "contingents.scale", part="below", unit="units")
def send_no_less_than_scale(scene: Scene) -> Relation:
    """No state sends less than its share of all troops, within the tolerance and one unit.

    sum_g n[m,g,t] >= (1 - tolerance) share[m] n[t] - 1, units. Over whole contingents, it has no price of
    its own.
    """
    sent, due = _sent_and_due(scene)
    return sent >= due * (1 - scene.rules.contingents.tolerance) - 1.0


@equation("3.12", "contingents.availability")
def spare_what_is_available(scene: Scene) -> Relation:
    """No state sends more than it can spare.

    unit sum_g n[m,g,t] <= availability personnel[m], in units rounded down. Over whole contingents, it
    has no price of its own.
    """
    available = scene.parameters.available_units
    sent = scene.sent
    return sent <= over(available, sent.index)


@equation("3.12", "contingents.availability", part="together")
def muster_what_is_available(scene: Scene) -> Relation:
    """No more troops in all than the scale lets the least able state follow (implied by 3.11 and 3.12).

    n[t] <= min(sum_m A[m], min_m (A[m] + 1) / ((1 - tolerance) share[m])), units, A what m can spare.
    Over whole contingents, it has no price of its own.
    """
    return scene.decisions.force <= over(scene.parameters.muster, scene.decisions.force.index)


def _open(scene: Scene) -> Expression:
    """1 where a garrison operates, by site and period."""
    return scene.decisions.garrison.sum("tier").on(scene.sets.sites)


def _sent_and_due(scene: Scene) -> tuple[Expression, Expression]:
    """Units that states send, and their shares of all units; empty where the problem has no scale."""
    share = scene.parameters.contingent_share
    due = scene.decisions.force * share
    return over(scene.sent, share.index), due
