"""The plan as JSON, and the published schemas."""

from __future__ import annotations

import json

from concord.models import DesignProblem, Plan


def plan_json(plan: Plan) -> str:
    """The plan as JSON text with a fixed layout; `Plan.model_validate_json` reads it back without loss."""
    return plan.model_dump_json(indent=2) + "\n"


def json_schema(model: type[Plan] | type[DesignProblem]) -> str:
    """The JSON Schema of plans or of problems, as text; field descriptions are the models' docstrings."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
