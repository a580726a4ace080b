"""Constrained types admit what they are for and refuse the rest."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from concord.models import quantities
from concord.models.quantities import in_period

ADMITTED = [
    ("Identifier", "mediation"),
    ("Identifier", "007"),
    ("Identifier", "A-b_c"),
    ("Elasticity", -1.5),
    ("Elasticity", 2),
    ("Positive", 1e-9),
    ("NonNegative", 0),
    ("Share", 0),
    ("Share", 1),
    ("Hours", 0.5),
    ("Count", 0),
    ("Period", 1993),
    ("Latitude", -90),
    ("Longitude", 180),
    ("Switch", False),
    ("PerPeriod", 5.0),
    ("PerPeriod", {1993: 5.0}),
]
REFUSED = [
    ("Identifier", ""),
    ("Identifier", "two words"),
    ("Identifier", "-x"),
    ("Identifier", "x" * 65),
    ("Identifier", "a\n"),
    ("Identifier", 7),
    ("Text", 7),
    ("Text", "x" * 4001),
    ("Elasticity", "1.5"),
    ("Elasticity", True),
    ("Elasticity", float("nan")),
    ("Elasticity", float("inf")),
    ("Elasticity", 28),
    ("Elasticity", -28),
    ("Effect", -1e-9),
    ("Effect", 1000),
    ("Intensity", 0),
    ("Count", 10**400),
    ("Positive", 1e-13),
    ("Positive", 0),
    ("NonNegative", -1e-9),
    ("NonNegative", float("inf")),
    ("Share", 1.01),
    ("Share", -0.01),
    ("Hours", 0),
    ("Count", 1.0),
    ("Count", -1),
    ("Count", True),
    ("Period", 0),
    ("Period", 1993.0),
    ("Latitude", 90.1),
    ("Longitude", -180.1),
    ("Switch", 1),
    ("Switch", "true"),
    ("PerPeriod", -1),
    ("PerPeriod", {"1993": 5.0}),
]


@pytest.mark.parametrize(("name", "value"), ADMITTED)
def test_admits(name: str, value: Any) -> None:
    assert TypeAdapter(getattr(quantities, name)).validate_python(value) == value


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_refuses(name: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(getattr(quantities, name)).validate_python(value)


def test_a_period_left_out_counts_as_nothing() -> None:
    assert [in_period({1993: 5.0}, period) for period in (1993, 1994)] == [5.0, 0.0]
    assert in_period(3, 1994) == 3.0
