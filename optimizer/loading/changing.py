"""A problem at hand with figures changed by path, as `--set` changes those of a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concord.errors import BadInput, Fault
from concord.models import DesignProblem

from .json_text import parse_json
from .judgement import judged
from .node import Node
from .schema import whole
from .settings import SETTING, apply_setting
from .writing import problem_json

_SHAPE = whole(DesignProblem)


@dataclass(frozen=True, slots=True)
class Changeable:
    """The document of a problem, read once."""

    document: Node

    @classmethod
    def of(cls, problem: DesignProblem) -> Changeable:
        """The document that states `problem`."""
        return cls(parse_json(problem_json(problem), problem.id))

    def changed(self, changes: Mapping[str, Any]) -> DesignProblem:
        """The problem with each path of `changes` set to its value. Raises BadInput with all faults."""
        faults: list[Fault] = []
        document = self.document
        for path, value in changes.items():
            document = apply_setting(document, _SHAPE, f"{path}={_text(path, value)}", faults)
        return judged(DesignProblem, document, faults)


def _text(path: str, value: Any) -> str:
    """The value as YAML takes it."""
    try:
        return json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        remedy = "give a number, a text, true or false, None, or a list or mapping of these"
        raise BadInput(
            [Fault("this cannot stand in a problem", SETTING, None, path, repr(value), remedy)]
        ) from None
