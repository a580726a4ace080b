"""Along which frontiers a programme works, and what is wrong with naming them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from concord.models import DesignProblem
from tests.support.compact import compact

MUTUAL = "programmes/mediation/mutual"


def frontiers(problem: DesignProblem) -> tuple[tuple[str, str], ...]:
    return problem.frontiers(problem.programmes[0])


def test_frontiers_are_the_zones_of_two_states() -> None:
    assert frontiers(compact()) == (("A", "B"), ("C", "D"))
    assert frontiers(compact({"monitoring": None})) == ()


def test_a_kind_of_zone_that_is_named_leaves_out_the_others() -> None:
    lake = {"id": "lake", "effects": {}, "ceiling": 1}
    kinds = [*compact().model_dump(mode="json")["monitoring"]["kinds"], lake]
    changes = {"monitoring/kinds": kinds, "monitoring/zones/cd/kind": "lake"}
    along = {"effects": {"war": 0.1}, "along": "frontier"}
    assert frontiers(compact({MUTUAL: along, **changes})) == (("A", "B"),)


def test_pairs_replace_the_zones() -> None:
    assert frontiers(compact({MUTUAL: {"effects": {"war": 0.1}, "pairs": [["B", "C"]]}})) == (("B", "C"),)


def test_a_frontier_needs_the_programme_on_both_sides() -> None:
    assert frontiers(compact({"programmes/mediation/states": ["A", "B", "C"]})) == (("A", "B"),)


def test_a_programme_without_the_field_has_no_frontier() -> None:
    assert frontiers(compact({MUTUAL: None})) == ()


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"pairs": [["A", "Z"]]}, "unknown state of the programme"),
    ({"pairs": [["A", "A"]]}, "the state of the programme is named twice"),
    ({"pairs": [["A", "B"], ["B", "A"]]}, "the frontier is named twice"),
    ({"along": "moon"}, "unknown kind of zone"),
    ({"along": "frontier", "pairs": [["A", "B"]]}, "frontiers are named twice"),
    ({"effects": {"riot": 0.1}}, "unknown threat kind"),
]


@pytest.mark.parametrize(("fields", "message"), FAULTS, ids=str)
def test_what_is_wrong_is_named(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        compact({MUTUAL: {"effects": {"war": 0.1}} | fields})
