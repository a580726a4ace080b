"""What the tidy stage prefers, worked out by hand."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from concord.formulation.preferences import marked_forces, preferred_postings, rivals_together
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


def test_rivals_are_paired_in_every_garrison_and_period_that_both_may_stand_in() -> None:
    relations = [
        {"one": "D", "other": "C", "kind": "rivals"},
        {"one": "B", "other": "C", "kind": "neighbours"},
    ]
    scene = formulated(WEIGHTS | {"relations": relations}).scene
    pairs, periods = rivals_together(scene)
    labels = labels_of(scene.decisions.units.labels)
    found = {
        tuple(labels[place] for place in row.indices) for row in (pairs[[n]] for n in range(pairs.shape[0]))
    }
    both = {label[1:] for label in labels if label[0] == "C"} & {
        label[1:] for label in labels if label[0] == "D"
    }
    assert len(both) >= 2
    assert {frozenset(pair) for pair in found} == {frozenset({("C", *at), ("D", *at)}) for at in both}
    assert sorted(periods) == sorted(period for _, period in both)
    assert set(pairs.data) == {1.0}


def test_an_army_is_marked_at_shares_from_a_thousandth_to_a_tenth() -> None:
    """100 soldiers in a company, of armies of 100,000: 1, 2, 5, 10, 20, 50 and 100 companies."""
    scene = formulated(WEIGHTS).scene
    units = scene.decisions.units
    forces, marks, periods = marked_forces(scene)
    assert set(periods) == {1, 2}
    armies = {(label[0], label[-1]) for label in labels_of(units.labels)}
    assert len(marks) == 7 * len(armies)
    assert marks.tolist() == [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0] * len(armies)
    serving = np.zeros(forces.shape[1])
    serving[units.columns] = 1.0
    sites = Counter((label[0], label[-1]) for label in labels_of(units.labels))
    assert sorted(forces @ serving) == sorted(np.repeat(list(sites.values()), 7))
