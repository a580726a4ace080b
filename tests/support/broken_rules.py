"""Which rules of a changed problem a plan breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concord.models import DesignProblem, Plan
from concord.verification import verify

Build = Callable[..., tuple[Plan, DesignProblem]]
"""The fixture `build`: the clean plan and its problem, with changes."""


def broken(build: Build, **changes: Any) -> dict[tuple[str, str], float]:
    """What rules are broken, by name and subject, and by how much."""
    plan, problem = build(problem=changes)
    return {(v.name, v.subject): v.amount for v in verify(plan, problem).violations}
