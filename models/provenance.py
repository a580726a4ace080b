"""Where a parameter comes from, and how much it can bear."""

from __future__ import annotations

from enum import StrEnum

from .base import Model
from .quantities import Text


class Basis(StrEnum):
    """How a parameter is known."""

    MEASURED = "measured"
    DERIVED = "derived"
    ASSUMPTION = "assumption"


class ParameterNote(Model):
    """The basis of every parameter that a path matches; the longest matching path speaks."""

    path: Text
    """Dotted path with `*` for any one part, such as `programmes.*.effects` or `states.*.population`."""
    basis: Basis
    source: Text = ""
    """A key of data/SOURCES.md, or a citation."""
    note: Text = ""
