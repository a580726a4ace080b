"""Plans and schemas as JSON."""

from __future__ import annotations

import json

from concord.export import json_schema, plan_json
from concord.models import DesignProblem, Plan


def test_a_plan_reads_back_without_loss(plan: Plan) -> None:
    assert Plan.model_validate_json(plan_json(plan)) == plan


def test_the_layout_is_always_the_same(plan: Plan) -> None:
    assert plan_json(plan) == plan_json(Plan.model_validate_json(plan_json(plan)))
    assert plan_json(plan).splitlines()[1] == '  "format": "concord/plan/1",'


def test_the_schema_of_plans_requires_what_a_plan_cannot_lack() -> None:
    schema = json.loads(json_schema(Plan))
    assert {"problem", "measure", "termination", "provenance"} <= set(schema["required"])
    assert schema["additionalProperties"] is False


def test_the_schema_explains_fields() -> None:
    schema = json.loads(json_schema(DesignProblem))
    assert schema["$defs"]["State"]["properties"]["population"]["description"] == "Persons."
