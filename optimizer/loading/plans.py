"""Plans from files."""

from __future__ import annotations

from pathlib import Path

from concord.models import Plan

from .documents import PLAN_NOUN, read_document
from .judgement import judged

_EXAMPLE = "name the plan.json that `concord solve` wrote"


def load_plan(path: str | Path) -> Plan:
    """The plan in a JSON or YAML file, written by Concord or by hand. Raises BadInput with all faults."""
    return judged(Plan, read_document(Path(path), PLAN_NOUN, _EXAMPLE), [])
