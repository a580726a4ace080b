"""Distances on the sphere."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def great_circle_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance in km between two points in degrees, by the haversine formula.

    >>> round(great_circle_km(52.52, 13.405, 50.0755, 14.4378))  # Berlin to Prague
    281
    """
    north = sin(radians(lat_b - lat_a) / 2) ** 2
    east = sin(radians(lon_b - lon_a) / 2) ** 2
    chord = north + cos(radians(lat_a)) * cos(radians(lat_b)) * east
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
