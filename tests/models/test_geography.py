"""Great-circle distances against known ones and the laws of a metric."""

from __future__ import annotations

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.models.geography import EARTH_RADIUS_KM, great_circle_km

POINT = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((0.0, 0.0), (0.0, 90.0), EARTH_RADIUS_KM * pi / 2),
        ((90.0, 0.0), (-90.0, 123.0), EARTH_RADIUS_KM * pi),
        ((0.0, 179.0), (0.0, -179.0), EARTH_RADIUS_KM * pi / 90),
        ((48.8566, 2.3522), (51.5074, -0.1278), 343.6),  # Paris to London
    ],
)
def test_known_distances(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert great_circle_km(*a, *b) == pytest.approx(km, rel=1e-3)


@given(POINT, POINT)
def test_distance_is_symmetric_and_at_most_half_the_globe(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    distance = great_circle_km(*a, *b)
    assert distance == pytest.approx(great_circle_km(*b, *a), abs=1e-6)
    assert 0 <= distance <= EARTH_RADIUS_KM * pi + 1e-6


@given(POINT, POINT, POINT)
def test_a_detour_is_never_shorter(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
) -> None:
    assert great_circle_km(*a, *c) <= great_circle_km(*a, *b) + great_circle_km(*b, *c) + 1e-5
