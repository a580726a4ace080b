"""Functions that go to their limits instead of raising, so that absurd plans can be judged too."""

from __future__ import annotations

from math import atan2, cos, exp, expm1, hypot, inf, log, log1p, radians, sin

from concord.models.geography import EARTH_RADIUS_KM


def exponential(figure: float) -> float:
    """e to the power of `figure`; infinite where that is beyond a float.

    >>> exponential(0.0), exponential(1e6)
    (1.0, inf)
    """
    try:
        return exp(figure)
    except OverflowError:
        return inf


def logarithm(figure: float) -> float:
    """Natural logarithm; minus infinity for whatever is not above 0.

    >>> logarithm(1.0), logarithm(-3.0)
    (0.0, -inf)
    """
    return log(figure) if figure > 0 else -inf


def logarithm_above_one(figure: float) -> float:
    """log(1 + figure); minus infinity at and below -1."""
    return log1p(figure) if figure > -1 else -inf


def logarithmic_mean_over_start(growth: float) -> float:
    """L(a, b) / b where log(a / b) = growth: (e^growth - 1) / growth, and 1 where nothing grows.

    >>> logarithmic_mean_over_start(0.0)
    1.0
    """
    if growth == 0:
        return 1.0
    try:
        return expm1(growth) / growth
    except OverflowError:
        return inf


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance from the angle between two vectors (Vincenty's formula on a sphere).

    >>> round(distance_km(52.52, 13.405, 50.0755, 14.4378))  # Berlin to Prague
    281
    """
    phi, psi, turn = radians(lat_a), radians(lat_b), radians(lon_b - lon_a)
    across = hypot(cos(psi) * sin(turn), cos(phi) * sin(psi) - sin(phi) * cos(psi) * cos(turn))
    along = sin(phi) * sin(psi) + cos(phi) * cos(psi) * cos(turn)
    return EARTH_RADIUS_KM * atan2(across, along)
