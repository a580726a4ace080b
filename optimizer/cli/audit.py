"""`concord audit`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import typer
from rich.console import Group, RenderableType
from rich.padding import Padding

from concord.audit import NOTHING_ODD, Audit, Finding, Severity, audit

from .options import (
    AlphaChoice,
    AsJson,
    DoctrineChoice,
    Locks,
    ObjectiveChoice,
    Overlays,
    Settings,
    ThenChoice,
    read_problem,
)
from .plan_reading import PlanArgument, ProblemOfPlan, read_with_reference
from .rendering.console import console, styled

NAME = "audit"
STYLES = {Severity.SERIOUS: "bold red", Severity.MINOR: "", Severity.NOTE: "dim"}


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    plan: PlanArgument,
    problem: ProblemOfPlan = None,
    settings: Settings = None,
    overlays: Overlays = None,
    objective: ObjectiveChoice = None,
    alpha: AlphaChoice = None,
    then: ThenChoice = None,
    doctrine: DoctrineChoice = None,
    locks: Locks = None,
    as_json: AsJson = False,
) -> None:
    """List what an expert would find odd in a plan: conflicts nobody goes to, whose soldiers serve, and more.

    The plan may keep every rule and be proven, and still be odd: the exit code is 0 whatever is found.
    """
    read, reference, _ = read_with_reference(plan, problem, NAME)
    against = read_problem(reference, settings, overlays, objective, doctrine, alpha, locks, then=then)
    found = audit(read, against)
    if as_json:
        typer.echo(json.dumps(_content(found), indent=2, ensure_ascii=False).encode())
    else:
        console().print(_page(found, against.title))


def _content(found: Audit) -> dict[str, Any]:
    findings = [{"check": finding.check, **asdict(finding)} for finding in found.findings]
    return {"oddities": len(found.oddities), "findings": findings}


def _page(found: Audit, title: str) -> RenderableType:
    parts: list[RenderableType] = [styled(title, "bold"), styled(_verdict(found))]
    for code, findings in found.by_code().items():
        heading = f"{code.heading} ({code.value}, check {code.check}, {_worst(findings).value})"
        parts += [styled(""), styled(heading, STYLES[_worst(findings)])]
        parts += [Padding(styled(f"- {finding.sentence}"), (0, 0, 0, 2)) for finding in findings]
    return Group(*parts)


def _worst(findings: list[Finding]) -> Severity:
    ranks = list(Severity)
    return min((finding.severity for finding in findings), key=ranks.index)


def _verdict(found: Audit) -> str:
    if not found.oddities:
        return NOTHING_ODD
    serious = sum(finding.severity is Severity.SERIOUS for finding in found.oddities)
    number = len(found.oddities)
    return f"{number} {'oddity' if number == 1 else 'oddities'}, {serious} of them serious"
