"""How even a distribution is, from the definitions."""

from __future__ import annotations

from collections.abc import Collection


def gini(figures: Collection[float]) -> float:
    """Gini coefficient: mean difference between pairs over twice the mean; 0 where nothing is borne.

    >>> gini([0.0, 1.0]), gini([2.0, 2.0]), gini([0.0, 0.0])
    (0.5, 0.0, 0.0)
    """
    total = sum(figures)
    if not total:
        return 0.0
    return sum(abs(one - other) for one in figures for other in figures) / (2 * len(figures) * total)


def jain(figures: Collection[float]) -> float:
    """Jain's index: the square of the sum over n times the sum of squares; 1 where nothing is borne.

    >>> jain([0.0, 1.0]), jain([2.0, 2.0]), jain([0.0, 0.0])
    (0.5, 1.0, 1.0)
    """
    largest = max(map(abs, figures), default=0.0)
    if not largest:
        return 1.0
    # Divided by the largest first, so that no square is beyond a float.
    scaled = [figure / largest for figure in figures]
    return sum(scaled) ** 2 / (len(scaled) * sum(figure * figure for figure in scaled))
