"""What the tidy stage prefers, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.formulation.preferences import preferred_postings
from tests.support.cases import formulated, labels_of

WEIGHTS = {"preferences": {"distance": 2.0, "arrivals": 3.0, "strain": 0.0}}


def costs(name: str) -> dict[tuple[object, ...], float]:
    """Costs of one kind of detail by label."""
    scene = formulated(WEIGHTS).scene
    d = scene.decisions
    blocks = {"units": d.units, "presence": d.presence, "arrivals": d.arrivals, "teams": d.teams}
    ends = np.cumsum([block.size for block in blocks.values()])
    parts = np.split(preferred_postings(scene), ends)
    assert len(parts[-1]) == 0
    part = dict(zip(blocks, parts, strict=False))[name]
    return dict(zip(labels_of(blocks[name].labels), part.tolist(), strict=True))


def test_a_unit_that_arrives_costs_its_weight_and_presence_counts_nobody() -> None:
    assert set(costs("arrivals").values()) == {3.0}
    assert set(costs("presence").values()) == {0.0}


@pytest.mark.parametrize(("state", "thousand_km"), [("A", 0.1), ("B", 0.1), ("C", 0.2), ("D", 0.3)])
def test_a_unit_costs_its_way_from_the_capital_to_a_tenth_of_a_thousand_km(
    state: str, thousand_km: float
) -> None:
    """Degrees of a meridian are 111 km; the site lies a degree of longitude beside A, about 85 km."""
    assert costs("units")[state, "west", 1] == pytest.approx(2.0 * thousand_km)


def test_a_team_costs_its_way_to_the_first_state_of_its_zone() -> None:
    teams = costs("teams")
    assert teams["team", "D", "ab", 1] == pytest.approx(2.0 * 0.3)
    assert teams["team", "C", "ab", 2] == pytest.approx(2.0 * 0.2)
    assert teams["team", "B", "cd", 1] == pytest.approx(2.0 * 0.1)
