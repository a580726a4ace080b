"""Staying close to what was agreed (equation 13.1).

13.1  sum over agreed sites of 1 - y[g,n,T], over other sites of sum_n y[g,n,T], likewise organs <= max_moves
"""

from __future__ import annotations

from concord.algebra import Relation, total
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import index_of, members, parameter
from concord.models import DesignProblem


def applies(problem: DesignProblem) -> bool:
    """Wherever there is an agreement."""
    return problem.agreement is not None


@equation("13.1", "agreement.moves")
def stay_close(scene: Scene) -> Relation:
    """A plan departs from the agreement in no more sites and organs than allowed.

    sum over agreed sites of 1 - y[g,n,T], over other sites of sum_n y[g,n,T], likewise organs <= max_moves,
    a number. Dual: none of its own, since it is a rule over whole decisions, which are held where prices are
    told.
    """
    agreement = scene.problem.agreement
    if agreement is None:
        raise ValueError("the problem has no agreement")
    d, last = scene.decisions, scene.sets.periods[-1]
    sites = {
        (site, tier, t): -1.0 if site in agreement.garrisons else 1.0
        for site, tier, t in members(d.garrison.index)
        if t == last and agreement.garrisons.get(site, tier) == tier
    }
    organs = {
        (organ, t): -1.0 if organ in agreement.organs else 1.0
        for organ, t in members(d.operating.index)
        if t == last
    }
    agreed = sum(sign < 0 for sign in (*sites.values(), *organs.values()))
    parts = [
        (d.garrison * parameter(sites, "site", "tier", "period")).sum("site", "tier"),
        (d.operating * parameter(organs, "organ", "period")).sum("organ"),
    ]
    return total(parts, index_of([(last,)], "period")) <= float(agreement.max_moves - agreed)
