"""Scales of assessments: shares that sum to 1 within floor and ceiling."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from concord.models import DesignProblem, Scale, ScaleRule
from concord.models.shares import bounded_shares

KEYS = st.dictionaries(st.text("ABCDEFGH", min_size=1), st.floats(0.001, 1e6), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("rule", "shares"),
    [
        (ScaleRule.EQUAL, (1 / 3, 1 / 3, 1 / 3)),
        (ScaleRule.POPULATION, (0.125, 0.25, 0.625)),
        (ScaleRule.GDP, (0.125, 0.25, 0.625)),
    ],
)
def test_each_rule_follows_its_key(
    sound: dict[str, object], rule: ScaleRule, shares: tuple[float, ...]
) -> None:
    states = DesignProblem.model_validate(sound).states
    assert tuple(Scale(rule=rule).shares(states).values()) == pytest.approx(shares)


def test_a_table_is_taken_as_it_stands(sound: dict[str, object]) -> None:
    states = DesignProblem.model_validate(sound).states
    assert Scale(rule=ScaleRule.TABLE, table={"A": 0.3, "C": 0.7}).shares(states) == pytest.approx(
        {"A": 0.3, "B": 0.0, "C": 0.7}
    )


def test_what_the_ceiling_cuts_off_is_spread_in_proportion() -> None:
    assert bounded_shares({"A": 8.0, "B": 1.0, "C": 1.0}, ceiling=0.6) == pytest.approx(
        {"A": 0.6, "B": 0.2, "C": 0.2}
    )


def test_what_the_floor_adds_is_taken_in_proportion() -> None:
    assert bounded_shares({"A": 6.0, "B": 3.9, "C": 0.1}, floor=0.1) == pytest.approx(
        {"A": 0.9 * 6 / 9.9, "B": 0.9 * 3.9 / 9.9, "C": 0.1}
    )


@given(keys=KEYS, floor=st.floats(0, 0.2), ceiling=st.floats(0.1, 1))
def test_shares_sum_to_one_within_the_bounds(keys: dict[str, float], floor: float, ceiling: float) -> None:
    assume(floor <= ceiling and floor * len(keys) <= 1 <= ceiling * len(keys))
    shares = bounded_shares(keys, floor, ceiling)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(floor - 1e-12 <= share <= ceiling + 1e-12 for share in shares.values())


@given(keys=KEYS, ceiling=st.floats(0.1, 1))
def test_a_larger_key_never_has_a_smaller_share(keys: dict[str, float], ceiling: float) -> None:
    assume(ceiling * len(keys) >= 1)
    shares = bounded_shares(keys, 0.0, ceiling)
    ordered = sorted(keys, key=lambda name: keys[name])
    assert all(shares[a] <= shares[b] + 1e-12 for a, b in pairwise(ordered))


@pytest.mark.parametrize(
    ("keys", "floor", "ceiling"),
    [({}, 0.0, 1.0), ({"A": 1.0}, 0.0, 0.5), ({"A": 1.0, "B": 1.0}, 0.6, 1.0), ({"A": 0.0}, 0.0, 1.0)],
)
def test_impossible_bounds_are_refused(keys: dict[str, float], floor: float, ceiling: float) -> None:
    with pytest.raises(ValueError, match=r"scale|shares"):
        bounded_shares(keys, floor, ceiling)
