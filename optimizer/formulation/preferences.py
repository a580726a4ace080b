"""What the tidy stage prefers where plans are worth the same: who is posted where.

Postings change neither value nor cost, so that the best of them may be chosen when everything else is
decided: few nations in a garrison, soldiers and observers from near, few of them on the move, and no army
that sends a large part of itself while others sit at home.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from concord.formulation.equation import Scene
from concord.formulation.labelling import members
from concord.models.eligibility import RelationKind
from concord.models.geography import great_circle_km

Values = NDArray[np.float64]

MARKS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
"""Shares of an army: with each that is abroad, sending more is harder."""


def preferred_postings(scene: Scene) -> Values:
    """Cost of each detail, in their order, dimensionless (minimised).

    Nations are not among them, for presence (3.10) counts no more of them than a garrison must have, nor is
    strain (`marked_forces`): both have columns of their own in the tidy stage."""
    d, weights = scene.decisions, scene.problem.preferences
    return np.concatenate(
        [
            weights.distance * _thousand_km(scene, d.units.index, "site"),
            np.zeros(d.presence.size),
            np.full(d.arrivals.size, weights.arrivals),
            weights.distance * _thousand_km(scene, d.teams.index, "zone"),
        ]
    )


def marked_forces(scene: Scene) -> tuple[sparse.csr_array, Values, NDArray[np.int64]]:
    """All units of a state in a period, once for each of `MARKS` that they can exceed, as rows over the
    columns of the program; the whole units that each mark allows; and the period of each.
    """
    units, states = scene.decisions.units, scene.problem.state_by_id
    company = 1000 * scene.parameters.contingent_unit
    serving = defaultdict[tuple[str, int], list[int]](list)
    for (state, _, period), column in zip(members(units.index), units.columns, strict=True):
        serving[state, period].append(column)
    forces, marks, periods = list[list[int]](), list[float](), list[int]()
    for (state, period), columns in serving.items():
        forces += [columns] * len(MARKS)
        periods += [period] * len(MARKS)
        marks += [np.floor(states[state].military_personnel * mark / company) for mark in MARKS]
    rows = np.repeat(np.arange(len(forces)), [len(columns) for columns in forces])
    ones, flat = np.ones(len(rows)), np.array(list(chain.from_iterable(forces)), dtype=np.int64)
    shape = (len(forces), 1 + max(units.columns, default=-1))
    matrix = sparse.csr_array((ones, (rows, flat)), shape=shape)
    return matrix, np.array(marks), np.array(periods, dtype=np.int64)


def rivals_together(scene: Scene) -> tuple[sparse.csr_array, NDArray[np.int64]]:
    """The pairs of rivals that may stand in one garrison, as rows over `units` with a 1 for each of the two;
    and the period of each.
    """
    rivals = {
        frozenset((relation.one, relation.other))
        for relation in scene.problem.relations
        if relation.kind is RelationKind.RIVALS
    }
    barracks = defaultdict[tuple[str, int], list[tuple[int, str]]](list)
    for place, (state, site, period) in enumerate(members(scene.decisions.units.index)):
        barracks[site, period].append((place, state))
    pairs, periods = list[tuple[int, int]](), list[int]()
    for (_, period), nations in barracks.items():
        for (one, first), (other, second) in combinations(nations, 2):
            if frozenset((first, second)) in rivals:
                pairs.append((one, other))
                periods.append(period)
    rows, flat = np.repeat(np.arange(len(pairs)), 2), np.array(pairs, dtype=np.int64).ravel()
    shape = (len(pairs), scene.decisions.units.size)
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, flat)), shape=shape)
    return matrix, np.array(periods, dtype=np.int64)


def _thousand_km(scene: Scene, index: pd.Index, place: str) -> Values:
    """Thousand km, to a tenth, from the capital of the state to the place, for each label."""
    places = _sites(scene) if place == "site" else _zones(scene)
    states = scene.problem.state_by_id
    pairs = list(
        zip(members(index.get_level_values("state")), members(index.get_level_values(place)), strict=True)
    )
    known = {
        (m, where): round(great_circle_km(states[m].latitude, states[m].longitude, *places[where]) / 1000, 1)
        for m, where in dict.fromkeys(pairs)
    }
    return np.array([known[pair] for pair in pairs], dtype=np.float64)


def _sites(scene: Scene) -> dict[str, tuple[float, float]]:
    return {site.id: (site.latitude, site.longitude) for site in scene.problem.sites}


def _zones(scene: Scene) -> dict[str, tuple[float, float]]:
    """A zone is where the first of its states has its capital."""
    states = scene.problem.state_by_id
    return {
        zone.id: (states[zone.states[0]].latitude, states[zone.states[0]].longitude)
        for zone in scene.problem.open_zones
    }
