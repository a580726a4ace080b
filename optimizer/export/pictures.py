"""What pictures there are, for those that only choose one: the libraries that draw take a second to load."""

from __future__ import annotations

from enum import StrEnum


class ChartKind(StrEnum):
    """What a picture shows."""

    MAP = "map"
    BURDEN = "burden"
    SECURITY = "security"
    FLOW = "flow"


PICTURE_ENDINGS = (".svg", ".png")
"""Endings of the files that pictures are written into."""
