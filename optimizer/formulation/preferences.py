"""What the tidy stage prefers where plans are worth the same: who is posted where.

Postings change neither value nor cost, so that the best of them may be chosen when everything else is
decided: few nations in a garrison, soldiers and observers from near, and few of them on the move.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.geography import great_circle_km
from optimizer.formulation.equation import Scene
from optimizer.formulation.labelling import members

Values = NDArray[np.float64]


def preferred_postings(scene: Scene) -> Values:
    """Cost of each detail, in their order, dimensionless (minimised).

    Nations are not among them: presence (3.10) counts no more of them than a garrison must have."""
    d, weights = scene.decisions, scene.problem.preferences
    return np.concatenate(
        [
            weights.distance * _thousand_km(scene, d.units.index, "site") + weights.strain * _strain(scene),
            np.zeros(d.presence.size),
            np.full(d.arrivals.size, weights.arrivals),
            weights.distance * _thousand_km(scene, d.teams.index, "zone"),
        ]
    )


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


def _strain(scene: Scene) -> Values:
    """Per cent of its state's forces that a unit is, to a tenth, for each posting."""
    unit = 1000 * scene.parameters.contingent_unit
    states = scene.problem.state_by_id
    return np.array(
        [
            round(100 * unit / states[m].military_personnel, 1)
            for m, _, _ in members(scene.decisions.units.index)
        ],
        dtype=np.float64,
    )


def _sites(scene: Scene) -> dict[str, tuple[float, float]]:
    return {site.id: (site.latitude, site.longitude) for site in scene.problem.sites}


def _zones(scene: Scene) -> dict[str, tuple[float, float]]:
    """A zone is where the first of its states has its capital."""
    states = scene.problem.state_by_id
    return {
        zone.id: (states[zone.states[0]].latitude, states[zone.states[0]].longitude)
        for zone in scene.problem.open_zones
    }
