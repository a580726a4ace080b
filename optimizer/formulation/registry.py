"""The constraint families in order. A family that its problem does not need costs nothing."""

from __future__ import annotations

from concord.formulation.constraints import (
    agreement,
    benefit,
    burden,
    doctrine,
    funds,
    garrisons,
    hegemony,
    locks,
    measures,
    missions,
    monitoring,
    programmes,
    provision,
    security,
    sharing,
    timetable,
)
from concord.formulation.equation import Equation, Family, family

FAMILIES: tuple[Family, ...] = (
    family("security", security),
    family("funds", funds),
    family("programmes", programmes),
    family("garrisons", garrisons),
    family("missions", missions),
    family("monitoring", monitoring),
    family("burden", burden),
    family("sharing", sharing),
    family("benefit", benefit),
    family("provision", provision),
    family("hegemony", hegemony),
    family("timetable", timetable),
    family("doctrine", doctrine),
    family("measures", measures),
    family("agreement", agreement),
    family("locks", locks),
)

EQUATIONS: dict[str, Equation] = {eq.name: eq for fam in FAMILIES for eq in fam.equations}
