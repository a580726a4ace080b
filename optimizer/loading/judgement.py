"""From a document to a model, or every fault that stands in the way."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from concord.errors import BadInput, Fault
from concord.models.base import Model
from concord.models.finding import Finding

from .diagnosis import MOST_TOLD, fault_of, fault_of_finding, field_errors, findings_of, in_reading_order
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
    if error.error_count() > MOST_TOLD:  # no cross-checks then
        return _first_faults(document, shape, error)
    faults = [
        fault_of(spot, detail)
        for spot, detail in field_errors(error, document, shape)
        # What a faulty table left out has been told already.
        if not spot.nearest.placeholder
    ]
    current, findings = _repaired_until_judged(model, document, shape, error)
    for _ in range(_ROUNDS):
        fresh = [finding for finding in findings if not is_consequence(finding, current, shape)]
        faults += [fault_of_finding(finding, current, shape) for finding in fresh]
        dangling = [finding for finding in findings if finding.message.startswith(UNKNOWN)]
        if not dangling:
            break
        # From the end, so that leaving an entity out does not shift the places of the others.
        for finding in reversed(dangling):
            current = without_reference(current, shape, finding)
        current, findings = _repaired_until_judged(model, current, shape, _error(model, current, shape))
    return faults


def _first_faults(document: Node, shape: Shape, error: ValidationError) -> list[Fault]:
    """Of very many errors the first, and how many more there are: nobody reads them all."""
    told = [fault_of(spot, detail) for spot, detail in field_errors(error, document, shape)[:MOST_TOLD]]
    more = error.error_count() - len(told)
    rest = Fault(f"about {more} more problems", remedy="correct these first")
    return [*told, rest]


def _repaired_until_judged(
    model: type[M], document: Node, shape: Shape, error: ValidationError | None
) -> tuple[Node, tuple[Finding, ...]]:
    """The document without errors in single fields, as far as that can be, and what the cross-checks find.

    A key put right may bring to light an error in what stands under it, hence the rounds.
    """
    for _ in range(_ROUNDS):
        errors = field_errors(error, document, shape) if error else []
        if error is None or not errors:
            break
        document = repaired(document, errors)
        error = _error(model, document, shape)
    return document, findings_of(error) if error else ()


def _error(model: type[M], document: Node, shape: Shape) -> ValidationError | None:
    try:
        model.model_validate(plain(document, shape))
    except ValidationError as error:
        return error
    return None
