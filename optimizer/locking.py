"""Locks written in one line, such as `garrisons.Budapest=open`, and a problem with further locks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from concord.errors import BadInput, Fault
from concord.models import DesignProblem, Keep, Lock, Span
from concord.models.finding import Finding

OPTION = "--lock"
HORIZON_MARK = "total"
"""Behind a path: the sum over all periods, as in `contributions.USA.total>=100`."""
_FIGURES = {"=": "exactly", ">=": "least", "<=": "most"}
_EXAMPLES = "such as garrisons.Budapest=open, organs.assembly=closed, contributions.USA>=20"


def parse_lock(text: str) -> Lock:
    """The lock that `text` states: `PATH=open|closed|included`, or `PATH=`, `>=` or `<=` and a figure.

    A period as a part of the path limits the lock to it; `total` makes a figure hold for the sum over all
    periods. Raises BadInput.

    >>> parse_lock("contributions.USA.1994>=20").periods
    (1994,)
    """
    match = re.fullmatch(r"\s*([^<>=\s]+)\s*(<=|>=|=)\s*(\S+)\s*", text)
    if match is None:
        raise _fault("a lock needs a path and what to hold it at", text)
    path, sign, demand = match.groups()
    parts = path.split(".")
    periods = tuple(int(part) for part in parts if re.fullmatch(r"\d{1,4}", part))
    names = [part for part in parts if part != HORIZON_MARK and not re.fullmatch(r"\d{1,4}", part)]
    fields: dict[str, Any] = {"decision": ".".join(names), "periods": periods or None}
    if HORIZON_MARK in parts:
        fields["over"] = "horizon"
    if sign == "=" and demand in set(Keep):
        fields["keep"] = Keep(demand)
    else:
        fields[_FIGURES[sign]] = _figure(demand, text)
    try:
        return Lock(**fields)
    except ValidationError as error:
        raise _fault(f"{error.errors()[0]['msg'][:1].lower()}{error.errors()[0]['msg'][1:]}", text) from None


def written(lock: Lock) -> str:
    """The lock in one line, as `parse_lock` reads it; where it has two bounds, the line gives both.

    >>> written(parse_lock("contributions.USA.1994>=20"))
    'contributions.USA.1994>=20'
    """
    marks = [HORIZON_MARK] if lock.over is Span.HORIZON else []
    path = ".".join([lock.decision, *map(str, lock.periods or ()), *marks])
    if lock.keep is not None:
        return f"{path}={lock.keep.value}"
    figures = ((">=", lock.least), ("<=", lock.most), ("=", lock.exactly))
    return ", ".join(f"{path}{sign}{figure:g}" for sign, figure in figures if figure is not None)


def with_locks(problem: DesignProblem, locks: Iterable[Lock | str]) -> DesignProblem:
    """`problem` with further locks, as models or in one line each. Raises BadInput where they do not fit."""
    further = [parse_lock(lock) if isinstance(lock, str) else lock for lock in locks]
    if not further:
        return problem
    fields = {name: getattr(problem, name) for name in type(problem).model_fields}
    try:
        return DesignProblem(**fields | {"locks": (*problem.locks, *further)})
    except ValidationError as error:
        raise BadInput([_told(finding, problem, further) for finding in _findings(error)]) from None


def _findings(error: ValidationError) -> Iterable[Finding]:
    for detail in error.errors():
        found: tuple[Finding, ...] = detail.get("ctx", {}).get("findings", ())
        yield from found


def _told(finding: Finding, problem: DesignProblem, further: list[Lock]) -> Fault:
    number = finding.path[1] if len(finding.path) > 1 else None
    new = isinstance(number, int) and number >= len(problem.locks)
    where = further[number - len(problem.locks)].decision if new and isinstance(number, int) else None
    return Fault(finding.message, OPTION, None, where, finding.value, finding.remedy)


def _figure(demand: str, text: str) -> float:
    try:
        return float(demand)
    except ValueError:
        raise _fault(f"{demand!r} is neither a figure nor one of {', '.join(Keep)}", text) from None


def _fault(message: str, text: str) -> BadInput:
    return BadInput([Fault(message, OPTION, value=text, remedy=f"write PATH=VALUE, {_EXAMPLES}")])
