"""The plan as Markdown: what it comes to, its tables where they are short, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import expm1
from pathlib import Path

from concord.audit import (
    NOTHING_ODD,
    Code,
    audit,
    mission_years,
    reduction_rows,
    reductions_sentence,
)
from concord.models import DesignProblem, Plan

from .about import CAVEAT, About, Fact, about
from .digests import LastSecurity, last_security, payers, senders, spending_by_head
from .flattening import Cell
from .names import Names, signed
from .tables import PERSONS, Kind, PlanTable, TableColumn, tables

LONGEST_TABLE = 60
"""Rows of a table that are shown; the other formats have them all."""
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")


def write(plan: Plan, problem: DesignProblem, path: Path) -> None:
    """Make the report, UTF-8."""
    told = about(plan, problem)
    parts = [
        *head_sections(told),
        *critic_section(plan, problem),
        *_digests(plan, problem),
        *_missions(plan, problem),
        *_reductions(plan, problem),
        *_tables(tables(plan)),
        *tail_sections(told),
    ]
    path.write_text("\n".join(parts) + "\n", encoding="utf-8", newline="\n")


def escaped(text: str) -> str:
    """`text` on one line, without meaning for Markdown or HTML.

    >>> escaped("a|b <i>")
    'a\\\\|b \\\\<i\\\\>'
    """
    line = " ".join("".join(part if part.isprintable() else " " for part in text).split())
    return SPECIAL.sub(r"\\\1", line)


def head_sections(told: About) -> Iterator[str]:
    """Title, description, and the result."""
    yield f"# {escaped(told.title)}\n"
    if told.description:
        yield f"{escaped(told.description)}\n"
    yield f"{escaped(told.headline)}\n"
    yield "## Result\n"
    yield from _facts(told.result)


def tail_sections(told: About) -> Iterator[str]:
    """Where the plan comes from, and what it assumes."""
    yield "## Origin\n"
    yield from _facts(told.origin)
    yield "## What is assumed\n"
    yield f"{CAVEAT}\n"
    if told.notes:
        rows = [(note.path, note.basis, note.source, note.note) for note in told.notes]
        yield from grid(("parameters", "basis", "source", "note"), rows)
    if told.imputed:
        yield "Indices that rest on missing values, filled by medians:\n"
        yield from grid(("state", "indices"), told.imputed)


def columns_section(every: Sequence[PlanTable]) -> Iterator[str]:
    """What each column of each table means."""
    yield "## Columns\n"
    for table in every:
        yield f"### {table.name}\n"
        yield f"{escaped(table.meaning)} Rows: {len(table.rows):,}.\n"
        rows = [
            (column.name, column.kind.value, column.unit, column.meaning) for column in shown_columns(table)
        ]
        yield from grid(("column", "kind", "unit", "meaning"), rows)


def shown_columns(table: PlanTable) -> list[TableColumn]:
    """Columns of a table, the keys of a nested field as one `field.*`."""
    found: dict[str, TableColumn] = {}
    for column in table.columns:
        field, nested, _ = column.name.partition(".")
        name = f"{field}.*" if nested else field
        found.setdefault(name, TableColumn(name, column.kind, column.unit, column.meaning, column.adds_up))
    return list(found.values())


def grid(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> Iterator[str]:
    """A table; the columns at the positions `right` hold numbers."""
    rules = ["---:" if position in right else "---" for position in range(len(heads))]
    yield f"| {' | '.join(map(escaped, heads))} |"
    yield f"| {' | '.join(rules)} |"
    for row in rows:
        yield f"| {' | '.join(map(escaped, row))} |"
    yield ""


def figure(value: Cell, unit: str = "") -> str:
    """A cell as text, for the eye.

    >>> figure(0.1234, "share"), figure(12345.6, "persons"), figure(None), figure(0.00123)
    ('12.3%', '12,346', '', '0.00123')
    >>> figure(753.45, "persons")
    '753'
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if unit == "share":
        return f"{value:.1%}" if abs(value) >= 0.01 or value == 0 else f"{value:.3%}"
    if isinstance(value, int):
        return str(value) if unit == "year" else f"{value:,}"
    whole = unit == PERSONS or abs(value) >= 1000
    return f"{value:,.0f}" if whole else f"{value:.4g}"


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        unit = f" {fact.unit}" if fact.unit not in ("", "share", "index") else ""
        yield f"- {escaped(fact.name)}: {escaped(figure(fact.value, fact.unit) + unit)}"
    yield ""


def _digests(plan: Plan, problem: DesignProblem) -> Iterator[str]:
    names = Names(problem)
    name = names.state
    if paid := payers(plan):
        yield f"## Who pays, {escaped(plan.problem.currency)}\n"
        rows = [
            (name(r.state), figure(r.paid), figure(r.share, "share"), figure(r.scale, "share")) for r in paid
        ]
        yield from grid(("state", "paid", "share", "share by the scale"), rows, right=(1, 2, 3))
    if spent := spending_by_head(plan):
        yield f"## What the money is spent on, {escaped(plan.problem.currency)}\n"
        yield from grid(
            ("head", "spent"), [(names.head(head), figure(sum_)) for head, sum_ in spent], right=(1,)
        )
    if sent := senders(plan):
        yield f"## Who sends troops, {max(plan.problem.periods)}\n"
        yield from grid(("state", "troops"), [(name(s), figure(t, "persons")) for s, t in sent], right=(1,))
    if changes := last_security(plan):
        yield f"## Security of each state, {max(plan.problem.periods)}\n"
        yield from grid(
            ("state", "without", "with", "change", "through, each alone"),
            [
                (name(c.state), f"{c.without:.3f}", f"{c.with_:.3f}", signed(c.change), _through(c, names))
                for c in changes
            ],
            right=(1, 2, 3),
        )


def critic_section(plan: Plan, problem: DesignProblem) -> Iterator[str]:
    """What is odd about the plan: every finding under the heading of its code."""
    yield "## What a critic would say\n"
    found = audit(plan, problem)
    if not found.oddities:
        yield f"{NOTHING_ODD}\n"
    for code, findings in found.by_code().items():
        if code is Code.REDUCTIONS:
            continue
        yield f"{escaped(code.heading)} ({findings[0].severity.value}):\n"
        yield from (f"- {escaped(finding.sentence)}" for finding in findings[:LONGEST_TABLE])
        if len(findings) > LONGEST_TABLE:
            yield f"- and {len(findings) - LONGEST_TABLE} more"
        yield ""


def _missions(plan: Plan, problem: DesignProblem) -> Iterator[str]:
    """Missions with their troops by period, the deadliest conflict first, those without anybody included."""
    rows, name = mission_years(plan, problem), Names(problem).state
    if not rows:
        return
    yield "## Missions: need and troops sent\n"
    troops = {(row.mission, row.period): figure(row.troops, PERSONS) for row in rows}
    consent: dict[str, list[int]] = {row.mission: [] for row in rows}
    for row in rows:
        if row.consent:
            consent[row.mission].append(row.period)
    every = {row.mission: row for row in sorted(rows, key=lambda row: (-(row.deaths or 0.0), -row.need))}
    periods = plan.problem.periods
    yield from grid(
        ("mission", "in", "deaths", "consent", "need", *map(str, periods)),
        [
            (
                row.name,
                name(row.state),
                figure(row.deaths, PERSONS),
                consent_words(consent[mission], [each.period for each in rows if each.mission == mission]),
                figure(row.need, PERSONS),
                *(troops.get((mission, period), "") for period in periods),
            )
            for mission, row in every.items()
        ],
        right=(2, 4, *range(5, 5 + len(periods))),
    )


def consent_words(given: Sequence[int], needed: Sequence[int]) -> str:
    """Whether the government in control admits a mission.

    >>> consent_words([], [1993]), consent_words([1993], [1993]), consent_words([1994], [1993, 1994])
    ('no', 'yes', 'from 1994')
    """
    if not given:
        return "no"
    return "yes" if len(given) == len(needed) else f"from {min(given)}"


def _reductions(plan: Plan, problem: DesignProblem) -> Iterator[str]:
    """Who is asked to reduce forces, and by what share by then."""
    yield "## Reductions of forces\n"
    yield f"{escaped(reductions_sentence(plan, problem))}\n"
    if rows := reduction_rows(plan, problem):
        periods = plan.problem.periods
        yield from grid(
            ("state", *map(str, periods)),
            [
                (row.name, *(figure(row.by_year.get(period, 0.0), "share") for period in periods))
                for row in rows
            ],
            right=range(1, 1 + len(periods)),
        )


def _through(change: LastSecurity, names: Names) -> str:
    strongest = [(key, part) for key, part in change.parts if abs(part) >= 0.005][:4]
    return ", ".join(f"{names.instrument(key)} {signed(expm1(part))}" for key, part in strongest)


def _tables(every: Sequence[PlanTable]) -> Iterator[str]:
    yield "## Tables\n"
    for table in every:
        if not table.rows:
            continue
        shown = (
            f", the first {LONGEST_TABLE} of {len(table.rows):,} rows"
            if len(table.rows) > LONGEST_TABLE
            else ""
        )
        yield f"### {escaped(table.title)}{shown}\n"
        yield f"{escaped(table.meaning)}\n"
        plain = [position for position, column in enumerate(table.columns) if "." not in column.name]
        columns = [table.columns[position] for position in plain]
        rows = [
            [figure(row[position], table.columns[position].unit) for position in plain]
            for row in table.rows[:LONGEST_TABLE]
        ]
        heads = [
            f"{column.name} ({column.unit})" if column.unit not in ("", column.name) else column.name
            for column in columns
        ]
        right = [place for place, column in enumerate(columns) if column.kind in (Kind.WHOLE, Kind.NUMBER)]
        yield from grid(heads, rows, right)
