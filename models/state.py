"""States: who they are, what they can do, and what they feel threatened by."""

from __future__ import annotations

from enum import StrEnum

from .assessment import EconomicRecord
from .base import Model
from .quantities import (
    Elasticity,
    Headcount,
    Identifier,
    Index,
    Latitude,
    Longitude,
    MillionUSD,
    NonNegative,
    Period,
    Positive,
    Switch,
    Text,
)


class CapacityDimension(StrEnum):
    """The seven capacities from which a state's security is made."""

    ECONOMIC_OUTPUT = "economic-output"
    GROWTH_PRODUCTIVITY = "growth-productivity"
    MILITARY_PROWESS = "military-prowess"
    READINESS = "readiness"
    PROJECTION = "projection"
    SOCIAL_COHESION = "social-cohesion"
    POLITICAL_LEGITIMACY = "political-legitimacy"


MILITARY_DIMENSIONS = (
    CapacityDimension.MILITARY_PROWESS,
    CapacityDimension.READINESS,
    CapacityDimension.PROJECTION,
)
"""The dimensions that a change of military posture moves."""


class Role(StrEnum):
    """A member belongs to the region: counted in the measure, served if admitted. An observer only pays."""

    MEMBER = "member"
    OBSERVER = "observer"


class State(Model):
    """A political unit."""

    id: Identifier
    name: Text
    role: Role = Role.MEMBER
    region: Identifier
    """Subregion, for earmarks and regional rules."""
    population: Positive
    """Persons."""
    gdp: Positive
    """Gross domestic product, million USD a year."""
    gni: Positive | dict[Period, Positive] | None = None
    """Gross national income, million USD: one figure, or by year for scales with base periods; none: GDP."""
    external_debt: MillionUSD | dict[Period, MillionUSD] = 0.0
    """External debt stock, million USD: one figure, or by year; 0 where the debt burden does not count."""
    least_developed: Switch = False
    """Whether the state is on the list of the least developed countries."""
    military_expenditure: MillionUSD = 0.0
    military_personnel: Headcount = 0.0
    """Persons under arms; the ceiling of contingents is a share of it."""
    at_war: Switch = False
    """Whether there is war on the state's own soil, as known when the plan is made."""
    sanctioned: Switch = False
    """Whether the state is under an arms embargo, or suspended from the organisation."""
    lift: NonNegative = 0.0
    """Transport that the state can pledge, million tonne-km a period."""
    capital: Text = ""
    latitude: Latitude
    longitude: Longitude
    capacities: dict[CapacityDimension, Index] = {}
    """Index of each dimension before the institution acts; 1 is the median state."""
    threats: dict[Identifier, Index] = {}
    """Actual level of each threat kind before the institution acts; a kind left out is absent."""
    perceived: dict[Identifier, Positive] = {}
    """Factor from the actual to the perceived level of a kind; 1 where left out."""
    drift: dict[Identifier, Elasticity] = {}
    """Change of the logarithm of a threat per period if nothing is done."""
    imputed: tuple[Text, ...] = ()
    """Indices that rest on a missing value and were filled by a median."""

    @property
    def is_member(self) -> bool:
        """Whether the state belongs to the region, so that it is counted in the measure."""
        return self.role is Role.MEMBER

    def economic_record(self) -> EconomicRecord:
        """What a scale by capacity to pay knows of the state."""
        return EconomicRecord(
            id=self.id,
            income=self.gdp if self.gni is None else self.gni,
            population=self.population,
            debt=self.external_debt,
            least_developed=self.least_developed,
        )

    def initial_threat(self, kind: str) -> float:
        """Perceived level of `kind` before anything is done; 0 where the kind is absent."""
        return self.threats.get(kind, 0.0) * self.perceived.get(kind, 1.0)
