"""Doctrines: rules by kind of instrument that recast any problem, so that they can be compared on it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from .base import Model
from .membership import Membership
from .programme import Paradigm, Programme
from .provenance import ParameterNote
from .quantities import Identifier, Positive, Share, Switch, Text
from .state import CapacityDimension

STRONGEST = "strongest"
"""As a guarantor: the member with the largest military expenditure; of several, with the largest GDP."""


class Instrument(StrEnum):
    """What an institution may do besides its programmes."""

    ORGANS = "organs"
    PEACEKEEPING = "peacekeeping"
    """Garrisons, missions and their complementarities with programmes."""
    MONITORING = "monitoring"
    REDUCTIONS = "reductions"
    """Reductions of forces by agreement."""


class Doctrine(Model):
    """A way to security: what of a problem it keeps, what it adds, who is in, and who pays."""

    format: Literal["concord/doctrine/1"] = "concord/doctrine/1"
    id: Identifier
    title: Text
    description: Text = ""
    paradigms: tuple[Paradigm, ...] = ()
    """Kinds of programme that may run; the others are taken out of the problem."""
    instruments: tuple[Instrument, ...] = ()
    """Instruments besides programmes that are kept; the others are taken out."""
    brings: tuple[Programme, ...] = ()
    """Programmes that the doctrine adds. An effect on a kind of threat that the problem lacks is left out,
    and so is a programme that is of no use against any."""
    rules: Switch = False
    """Whether the institution's rules stay: promises, minima, ceilings on a hegemon, earmarks, purposes.

    Without them the doctrine is free to use its instruments and all the money as well as it can."""
    membership: Membership | None = None
    """Entry test in place of the problem's; none: the problem's own."""
    least_quantile: dict[CapacityDimension, Share] = {}
    """Raises the entry test to this quantile of an index over the region: 0.3 leaves out up to 3 in 10."""
    guarantor: Identifier | None = None
    """The one state that pays into every fund and sends all troops, or `strongest`; none: nobody alone."""
    budget_share: Share = 1.0
    """Share of every budget and commitment that the doctrine calls for."""
    organ_size: Annotated[Positive, Field(le=1)] = 1.0
    """Factor of the organs' costs and administrative ceilings."""
    provenance: tuple[ParameterNote, ...] = ()
    """What the figures that the doctrine brings rest on."""
