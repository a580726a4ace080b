"""What a cross-check of a problem finds."""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]
"""Names and positions that lead to a field."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault found by looking at several fields together."""

    path: Path
    message: str
    value: str | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.message}"
