"""Names that are no files on Windows, whatever their ending."""

from __future__ import annotations

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
DEVICE = "Windows keeps this name for a device, so that no file or folder can have it"


def names_device(name: str) -> bool:
    """Whether Windows has a device of this name.

    >>> names_device("CON"), names_device("lpt1"), names_device("congo")
    (True, True, False)
    """
    return name.casefold() in _DEVICES
