"""`concord schema`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from concord.export import json_schema
from concord.models import DesignProblem, Plan

NAME = "schema"


class Published(StrEnum):
    """What has a published schema."""

    PLAN = "plan"
    PROBLEM = "problem"


_MODELS: dict[Published, type[Plan] | type[DesignProblem]] = {
    Published.PLAN: Plan,
    Published.PROBLEM: DesignProblem,
}


def command(
    of: Annotated[Published, typer.Argument(metavar="plan|problem", help="What to describe.")],
) -> None:
    """Print the JSON Schema of plans or of problems."""
    typer.echo(json_schema(_MODELS[of]).encode(), nl=False)
