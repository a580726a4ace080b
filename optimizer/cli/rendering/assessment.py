"""Scales of assessments as tables; shares in per cent, with the three decimals of the published scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType

from concord.models.assessment import Assessment, MachineScale

from .console import console, styled
from .tables import Column, amount, table, text_column


def step_table(scale: MachineScale) -> RenderableType:
    """One base period: every state through every step."""
    title = f"{scale.years[0]}-{scale.years[-1]}"
    columns = [
        text_column(title),
        Column("income"), Column("%"),
        Column("debt"), Column("%"),
        Column("a head"), Column("relief"), Column("absorbs"), Column("%"),
        Column("floor"), Column("LDC"), Column("ceiling"),
    ]  # fmt: skip
    rows = [
        [
            step.id,
            amount(step.income, 0),
            _percent(step.income_share),
            amount(step.debt_adjustment, 0),
            _percent(step.debt_adjusted_share),
            amount(step.income_per_head, 0),
            amount(step.relief, 0),
            amount(step.absorbed, 0),
            _percent(step.relieved_share),
            _percent(step.floored_share),
            _percent(step.least_developed_share),
            _percent(step.share),
        ]
        for step in scale.steps
    ]
    caption = styled(f"Million USD; threshold {amount(scale.threshold, 0)} USD a head", "table.caption")
    return Group(table(columns, rows), caption)


def scale_table(assessment: Assessment, names: Mapping[str, str]) -> RenderableType:
    """Each state's share by base period, and their mean."""
    scales = assessment.machine_scales
    columns = [
        text_column("state"),
        text_column("name"),
        *(Column(f"{s.years[0]}-{s.years[-1]}") for s in scales),
        Column("scale, %"),
    ]
    ordered = sorted(assessment.shares, key=lambda state: (-assessment.shares[state], state))
    own = [{step.id: step.share for step in scale.steps} for scale in scales]
    rows = [
        [state, names[state], *(_percent(one[state]) for one in own), _percent(assessment.shares[state])]
        for state in ordered
    ]
    return table(columns, rows)


def key_table(
    names: Mapping[str, str], keys: Mapping[str, float], shares: Mapping[str, float]
) -> RenderableType:
    """What each state's share follows, and the share."""
    columns = [text_column("state"), text_column("name"), Column("key"), Column("scale, %")]
    ordered = sorted(shares, key=lambda state: (-shares[state], state))
    rows = [[state, names[state], amount(keys[state], 0), _percent(shares[state])] for state in ordered]
    return table(columns, rows)


def print_tables(tables: Iterable[RenderableType]) -> None:
    """The tables one under another, never narrower than their figures."""
    target = console()
    target.width = max(target.width, 120)
    for number, one in enumerate(tables):
        if number:
            target.print(styled(""))
        target.print(one)


def _percent(share: float) -> str:
    """A share in per cent without a sign.

    >>> _percent(0.22), _percent(0.00001)
    ('22.000', '0.001')
    """
    return f"{100 * share:.3f}"
