"""Commands whose help shows no type beside a flag: a flag takes no value."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption


def without_types_of_flags(parameters: list[Any]) -> list[Any]:
    """The parameters of a command, flags with nothing in the column of types."""
    for parameter in parameters:
        if isinstance(parameter, TyperOption) and parameter.is_flag and parameter.metavar is None:
            parameter.metavar = ""
    return parameters


class PlainGroup(TyperGroup):
    """A group of commands with such help."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Every parameter, that for help included."""
        return without_types_of_flags(super().get_params(ctx))


class PlainCommand(TyperCommand):
    """A command with such help."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Every parameter, that for help included."""
        return without_types_of_flags(super().get_params(ctx))
