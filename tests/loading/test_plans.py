"""Plans read back without loss; a plan edited by hand is told what is wrong with it."""

from __future__ import annotations

import json
import re
from inspect import get_annotations
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.errors import BadInput
from concord.loading import load_plan
from concord.models import Plan

PLAN: dict[str, Any] = {
    "problem": {"id": "small", "title": "Small", "digest": "sha256:0", "currency": "USD", "periods": [1993]},
    "measure": {"name": "geometric", "value": 1.1, "bound": 1.2, "gap": 0.09, "baseline": 1.0},
    "termination": {"reason": "optimal", "seconds": 0.5},
    "contributions": [
        {"payer": "AAA", "fund": "common", "period": 1993, "amount": 7.5, "share": 1.0, "scale_share": None}
    ],
    "lift": [{"state": "AAA", "period": 1993, "amount": 1e-9}],
    "provenance": {
        "created": "2026-01-01T00:00:00Z",
        "versions": {"concord": "0.1.0"},
        "solver": "highs",
        "options": {"gap": 0.001, "seed": 0, "time_limit": None, "solver": "highs"},
        "seed": 0,
        "variables": 1,
        "constraints": 1,
        "assumptions": [],
        "imputed": {"AAA": ["economic"]},
    },
}


def faults(path: Any) -> Any:
    with pytest.raises(BadInput) as caught:
        load_plan(path)
    return caught.value.faults


@given(
    amount=st.floats(allow_nan=False, allow_infinity=False),
    title=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_a_plan_reads_back_without_loss(tmp_path_factory: Any, amount: float, title: str) -> None:
    values = json.loads(json.dumps(PLAN))
    values["contributions"][0]["amount"] = amount
    values["problem"]["title"] = title
    plan = Plan.model_validate(values)
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    path.write_text(plan.model_dump_json(indent=2), "utf-8", newline="\n")
    assert load_plan(path) == plan


def test_faults_of_a_plan_have_line_and_field(write: Any) -> None:
    text = (
        json.dumps(PLAN, indent=2)
        .replace('"amount": 7.5', '"amount": "7,5"')
        .replace('"optimal"', '"optmal"')
    )
    wrong_word, wrong_number = faults(write("plan.json", text.replace('"gap": 0.09', '"gap": 0.09')))
    lines = text.splitlines()
    assert lines[wrong_number.line - 1].strip().startswith('"amount"')
    assert (wrong_number.field, wrong_number.value) == ("contributions.0.amount", "7,5")
    assert "write 7.5" in wrong_number.remedy
    assert wrong_word.field == "termination.reason"
    assert "did you mean optimal?" in wrong_word.remedy


def test_a_plan_that_is_missing_is_one_fault(write: Any) -> None:
    write("other.json", "{}")
    (fault,) = faults("plan.json")
    assert fault.message == "there is no such file"


def test_a_problem_given_for_a_plan_is_told_so(write: Any, small: str) -> None:
    (fault,) = faults(write("plan.yaml", small))
    assert fault.message == "this is a problem, and a plan is expected"


LOOSE = {
    "an amount in quotes": (("contributions", 0, "amount"), "16.83", "a number is expected"),
    "a switch for an amount": (("contributions", 0, "arrears"), False, "a number is expected"),
    "a year in quotes": (("contributions", 0, "period"), "1993", "a whole number is expected"),
    "a fraction that is whole": (("provenance", "seed"), 0.0, "a whole number is expected"),
    "a switch for a count": (("provenance", "variables"), True, "a whole number is expected"),
    "a bound in quotes": (("measure", "bound"), "1.2", "a number is expected"),
    "seconds in quotes": (("termination", "seconds"), "0.5", "a number is expected"),
    "lift in quotes": (("lift", 0, "amount"), "1", "a number is expected"),
}


@pytest.mark.parametrize("kind", LOOSE)
def test_text_and_switches_are_no_numbers_of_a_plan(write: Any, kind: str) -> None:
    (*parents, last), value, message = LOOSE[kind]
    plan = json.loads(json.dumps(PLAN))
    section = plan
    for parent in parents:
        section = section[parent]
    section[last] = value
    (fault,) = faults(write("plan.json", json.dumps(plan)))
    assert fault.message == message
    with pytest.raises(ValueError, match="valid"):
        Plan.model_validate(plan)


def _loose(model: Any, seen: set[Any]) -> list[str]:
    """Numbers and switches of a model, and of those in it, that take anything but what they are."""
    if model in seen:
        return []
    seen.add(model)
    found = []
    written = {name: str(said) for base in model.__mro__ for name, said in get_annotations(base).items()}
    for name, field in model.model_fields.items():
        for inner in _models(field.annotation):
            found += _loose(inner, seen)
        if re.search(r"\b(int|float|bool)\b", written[name]):
            found.append(f"{model.__name__}.{name}")
    return found


def _models(annotation: Any) -> list[Any]:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]


def test_every_number_of_a_plan_is_strict() -> None:
    # Options are told as they were given, a switch as 0 or 1.
    assert _loose(Plan, set()) == ["Provenance.options"]
