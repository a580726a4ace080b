"""From a document to a model, or every fault that stands in the way."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from models.base import Model
from models.checks import Finding
from optimizer.errors import BadInput, Fault

from .diagnosis import fault_of, fault_of_finding, field_errors, findings_of, in_reading_order
from .node import Node
from .plain import plain
from .repair import UNKNOWN, is_consequence, repaired, without_reference
from .schema import Shape, whole

M = TypeVar("M", bound=Model)

_ROUNDS = 6
"""Passes over a repaired document: each may uncover what the faults of the one before hid."""


def judged(model: type[M], document: Node, faults: list[Fault]) -> M:
    """The model that `document` states. Raises BadInput with `faults` and everything else that is wrong."""
    shape = whole(model)
    try:
        value = model.model_validate(plain(document, shape))
    except ValidationError as error:
        found = _everything_wrong(model, document, shape, error)
        raise BadInput(in_reading_order([*faults, *found])) from None
    if faults:
        raise BadInput(in_reading_order(faults))
    return value


def _everything_wrong(model: type[M], document: Node, shape: Shape, error: ValidationError) -> list[Fault]:
    errors = field_errors(error, document, shape)
    faults = [fault_of(spot, detail) for spot, detail in errors]
    current = repaired(document, errors)
    findings = findings_of(error) or _findings(model, current, shape)
    for _ in range(_ROUNDS):
        fresh = [finding for finding in findings if not is_consequence(finding, current, shape)]
        faults += [fault_of_finding(finding, current, shape) for finding in fresh]
        dangling = [finding for finding in findings if finding.message.startswith(UNKNOWN)]
        if not dangling:
            break
        # From the end, so that leaving an entity out does not shift the places of the others.
        for finding in reversed(dangling):
            current = without_reference(current, shape, finding)
        findings = _findings(model, current, shape)
    return faults


def _findings(model: type[M], document: Node, shape: Shape) -> tuple[Finding, ...]:
    try:
        model.model_validate(plain(document, shape))
    except ValidationError as error:
        return findings_of(error)
    return ()
