"""Constrained types. The name of a type says its unit; a value outside its range does not validate.

Numbers are strict: a text that looks like a number is refused, so that `1,5` never becomes something else.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StringConstraints

Identifier = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64, strict=True)
]
"""A short name used in references: letters, digits, hyphen, underscore."""

Text = Annotated[str, StringConstraints(max_length=4000, strict=True)]
"""Free text, never interpreted."""

MOST = 1e12
"""No figure of a problem is larger, whatever its unit: a slip in its zeros is told, not solved."""

LEAST = 1e-12
"""No figure that must be positive is smaller."""
MOST_LOGS = 27.7
"""No figure that is a logarithm is larger, nor lower than minus this: a factor of `MOST`, or one over it."""

Positive = Annotated[float, Field(strict=True, ge=LEAST, le=MOST, allow_inf_nan=False)]
NonNegative = Annotated[float, Field(strict=True, ge=0, le=MOST, allow_inf_nan=False)]

Figure = Annotated[float, Field(strict=True)]
"""A number of a plan, of any size; neither text nor a switch."""
Whole = Annotated[int, Field(strict=True)]
"""A whole number of a plan; neither text nor a switch."""

Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
"""A share of a whole, 0 to 1."""

Index = NonNegative
"""A dimensionless index on which 1 is the median state."""

Elasticity = Annotated[float, Field(strict=True, ge=-MOST_LOGS, le=MOST_LOGS, allow_inf_nan=False)]
"""Change of a logarithm, or a relative one, per unit of the instrument or per period."""

Effect = Annotated[float, Field(strict=True, ge=0, le=MOST_LOGS, allow_inf_nan=False)]
"""Change of a logarithm whose direction is known."""

Logs = Effect
"""A logarithm that is not negative."""

Intensity = Annotated[float, Field(strict=True, ge=LEAST, le=MOST_LOGS, allow_inf_nan=False)]
"""The logarithm that a programme's spending comes to."""

MillionUSD = NonNegative
"""Million US dollars of the problem's price year."""

ThousandUSD = NonNegative
"""Thousand US dollars, used per head (equivalently million USD per thousand heads)."""

Headcount = NonNegative
"""Persons."""

Hours = Positive
Multiple = Annotated[float, Field(strict=True, ge=1, le=MOST, allow_inf_nan=False)]
"""Times as much, at most."""

Several = Annotated[int, Field(strict=True, ge=1, le=int(MOST))]
"""A number of things of which there is at least one."""

Count = Annotated[int, Field(strict=True, ge=0, le=int(MOST))]
Period = Annotated[int, Field(strict=True, ge=1, le=9999)]
"""A period is named by a whole number, usually a calendar year."""

Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
Switch = StrictBool

PerPeriod = NonNegative | dict[Period, NonNegative]
"""One figure for every period, or a table from period to figure (a period left out counts as 0)."""


def in_period(figure: PerPeriod, period: int) -> float:
    """The figure that holds in `period`.

    >>> in_period(3.0, 1994), in_period({1994: 5.0}, 1994), in_period({1994: 5.0}, 1995)
    (3.0, 5.0, 0.0)
    """
    return float(figure.get(period, 0.0)) if isinstance(figure, dict) else float(figure)
