"""What a plan comes to, on one screen: about 55 lines of 100 columns."""

from __future__ import annotations

from collections import defaultdict
from math import exp, log

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from concord.audit import audit, critic_lines, reductions_sentence
from concord.models import DesignProblem, Plan
from concord.models.plan import BindingRule, OpinionVerdict, SecurityRecord, TerminationReason

from .console import SUMMARY_WIDTH, styled
from .control import control_lines
from .stationing import garrisons_table, missions_table, monitoring_table, senders_table
from .tables import Column, amount, percent, shortened, side_by_side, signed_percent, table, text_column

FUNDS, PAYERS, RULES, RISERS, LAGGARDS = 3, 6, 5, 5, 3
NOTICEABLE = 0.05
"""Million USD that show with one digit."""
THROUGH = 52
"""Columns for the instruments behind a change."""
UNTOLD = log(1.005)
"""Changes that round to 0 %."""
PERIODS = 7
"""More columns of periods do not fit."""
_INSTRUMENTS = {
    "programme": "{}",
    "mission": "mission {}",
    "zone-kind": "monitoring {}",
    "complementarity": "{} together",
    "frontier": "{} along frontiers",
    "posture": "{} posture",
    "backlash": "backlash of {}",
}
_ENDINGS = {
    TerminationReason.OPTIMAL: "proven to be within the gap",
    TerminationReason.TIME_LIMIT: "stopped at the time limit",
    TerminationReason.NODE_LIMIT: "stopped at the node limit",
    TerminationReason.ITERATION_LIMIT: "stopped at the iteration limit",
    TerminationReason.INTERRUPTED: "interrupted",
}


def summary(plan: Plan, problem: DesignProblem) -> RenderableType:
    """The measure, the money, the troops, the monitors, the states, the rules that bind, and a critic."""
    pairs = (
        (_bearers(plan, problem) or _payers(plan, problem), senders_table(plan, problem), (1, 1)),
        (garrisons_table(plan, problem), missions_table(plan, problem), (6, 5)),
        (monitoring_table(plan, problem), _binding(plan), (4, 5)),
    )
    blocks: list[RenderableType | None] = [_headline(plan, problem), _money(plan, problem)]
    blocks += [_paired(*pair) for pair in pairs]
    blocks.append(styled(reductions_sentence(plan, problem, most=4)))
    blocks += [_security(plan, problem), _critic(plan, problem)]
    spaced = [part for block in blocks if block is not None for part in (block, Text())]
    return Constrain(Group(*spaced[:-1]), SUMMARY_WIDTH)


def _paired(left: Table | None, right: Table | None, widths: tuple[int, int]) -> Table | None:
    if left is None or right is None:
        return left or right
    return side_by_side(left, right, widths)


def _headline(plan: Plan, problem: DesignProblem) -> RenderableType:
    measure, years = plan.measure, problem.periods
    span = f"{years[0]}-{years[-1]}" if len(years) > 1 else f"{years[0]}"
    change = signed_percent(measure.value / measure.baseline - 1)
    lines = [
        styled(problem.title if span in problem.title else f"{problem.title}, {span}", "bold"),
        *_recast(plan, problem),
        styled(
            f"Security ({measure.name.value} index, dimensionless): "
            f"{measure.baseline:.4f} without the institution, {measure.value:.4f} with it ({change})"
        ),
        styled(
            f"No plan exceeds {measure.bound:.4f}: gap {percent(measure.gap, 3)}, "
            f"{_ENDINGS[plan.termination.reason]} after {plan.termination.seconds:.1f} s"
        ),
    ]
    if measure.insecurity is not None and measure.baseline_insecurity is not None:
        change = signed_percent(measure.insecurity / measure.baseline_insecurity - 1)
        lines.append(
            styled(
                "Mean insecurity (threats over capacities): "
                f"{measure.baseline_insecurity:.4f} without the institution, "
                f"{measure.insecurity:.4f} with it ({change}); "
                f"no plan goes below {measure.least_insecurity:.4f}"
            )
        )
    lines += _further_proofs(plan)
    if plan.provenance.second_opinion:
        disagrees = plan.provenance.second_opinion_verdict is OpinionVerdict.DISAGREES
        lines.append(
            styled(f"Second opinion: {plan.provenance.second_opinion}", "bold red" if disagrees else "")
        )
        if disagrees:
            lines.append(styled("THE PROOF IS IN DOUBT: two solvers contradict each other.", "bold red"))
    return Group(*lines, *control_lines(plan))


def _further_proofs(plan: Plan) -> list[Text]:
    """Levels of leximin, and measures that were maximised afterwards."""
    lines = []
    if levels := plan.measure.levels:
        shown = ", ".join(f"{level.value:.4f} ({len(level.ratios)})" for level in levels[:6])
        more = f", {len(levels) - 6} more" if len(levels) > 6 else ""
        held = sum(level.whole_decisions_held for level in levels)
        proof = f"; the last {held} with whole decisions held" if held else ""
        lines.append(styled(f"Levels from the worst-off upwards (how many ratios): {shown}{more}{proof}"))
    for after in plan.measure.then:
        name = after.name.value if after.alpha is None else f"{after.name.value} {after.alpha:g}"
        text = f"Then {name}: {after.value:.4f}, no plan that keeps the rest exceeds {after.bound:.4f}"
        if after.insecurity is not None:
            text += f" (mean insecurity {after.insecurity:.4f})"
        lines.append(styled(text))
    return lines


def _recast(plan: Plan, problem: DesignProblem) -> list[Text]:
    """The doctrine, and whom the entry test leaves out."""
    lines = []
    if plan.problem.doctrine:
        lines.append(styled(f"Under the doctrine {plan.problem.doctrine}"))
    if plan.problem.left_out:
        names = ", ".join(_name(problem, state) for state in plan.problem.left_out)
        lines.append(styled(f"Left out by the entry test: {names}"))
    return lines


def _money(plan: Plan, problem: DesignProblem) -> RenderableType | None:
    """Paid into each fund by period, and what the money went to."""
    if not plan.contributions:
        return None
    paid: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.contributions:
        paid[row.fund, row.period] += row.amount
    periods = problem.periods if len(problem.periods) <= PERIODS else problem.periods[-PERIODS + 1 :]
    totals = {fund.id: sum(paid[fund.id, period] for period in problem.periods) for fund in problem.funds}
    largest = sorted(problem.funds, key=lambda fund: -totals[fund.id])[:FUNDS]
    rows = [
        [fund.name, *(amount(paid[fund.id, period]) for period in periods), amount(totals[fund.id])]
        for fund in largest
    ]
    columns = [text_column(f"Paid, {plan.problem.currency}"), *(Column(str(period)) for period in periods)]
    told = [_spending(plan, problem), *_arrears(plan)]
    return Group(table([*columns, Column("in all")], rows, expand=True), *map(styled, told))


def _arrears(plan: Plan) -> list[str]:
    """What of the assessments does not arrive, where anything does not."""
    late = sum(row.arrears for row in plan.contributions)
    if late <= 0:
        return []
    assessed = sum(row.amount for row in plan.contributions)
    return [f"Arrears {amount(late)} of {amount(assessed)} assessed: {percent(1 - late / assessed)} arrives"]


def _spending(plan: Plan, problem: DesignProblem) -> str:
    programmes = {programme.id for programme in problem.programmes}
    spent: dict[str, float] = defaultdict(float)
    for row in plan.expenditures:
        spent["programmes" if row.head in programmes else row.head] += row.amount
    total = sum(spent.values())
    if total <= 0:
        return "Spent on nothing"
    largest_first = sorted(spent.items(), key=lambda item: -item[1])
    return "Spent on " + ", ".join(f"{head} {percent(sum_ / total, 0)}" for head, sum_ in largest_first)


def _bearers(plan: Plan, problem: DesignProblem) -> Table | None:
    """Who bears most, in money and in kind, and what it is of their GDP a year; None where all is money."""
    cash, kind = defaultdict[str, float](float), defaultdict[str, float](float)
    for row in plan.burdens:
        cash[row.state] += row.cash
        kind[row.state] += row.total - row.cash
    if not any(figure >= NOTICEABLE for figure in kind.values()):
        return None
    largest = sorted(cash, key=lambda state: (-cash[state] - kind[state], state))
    gdp = {state: problem.state_by_id[state].gdp * len(problem.periods) for state in largest}
    rows = [
        [
            _name(problem, state),
            amount(cash[state]),
            amount(kind[state]),
            percent((cash[state] + kind[state]) / gdp[state], 3),
        ]
        for state in largest
    ]
    heading = text_column(f"Who bears what ({len(cash)} states)")
    columns = [heading, Column("paid"), Column("in kind"), Column("GDP")]
    return table(columns, shortened(rows, PAYERS), expand=True)


def _payers(plan: Plan, problem: DesignProblem) -> Table | None:
    """Who pays most, and what the scales would make them pay, both as shares of all money."""
    if not plan.contributions:
        return None
    into: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.contributions:
        into[row.fund, row.period] += row.amount
    paid: dict[str, float] = defaultdict(float)
    assessed: dict[str, float] = defaultdict(float)
    total = sum(into.values()) or 1.0
    for row in plan.contributions:
        paid[row.payer] += row.amount
        expected = row.share if row.scale_share is None else row.scale_share
        assessed[row.payer] += expected * into[row.fund, row.period]
    largest = sorted(paid, key=lambda payer: (-paid[payer], payer))
    rows = [
        [
            _name(problem, payer),
            amount(paid[payer]),
            percent(paid[payer] / total),
            percent(assessed[payer] / total),
        ]
        for payer in largest
    ]
    heading = text_column(f"Who pays ({len(paid)} states)")
    columns = [heading, Column("paid"), Column("share"), Column("scale")]
    return table(columns, shortened(rows, PAYERS), expand=True)


def _binding(plan: Plan) -> Table | None:
    """The rules whose loosening by a tenth would raise the measure most come first."""
    if not plan.binding:
        return None

    def importance(rule: BindingRule) -> float:
        return -1.0 if rule.price is None else abs(rule.price * rule.limit)

    strongest = sorted(plan.binding, key=importance, reverse=True)[:RULES]
    rows = [[_rule(rule, plan.problem.periods), _price(rule)] for rule in strongest]
    return table([text_column(f"Rules that bind ({len(plan.binding)})"), Column("price")], rows, expand=True)


def _rule(rule: BindingRule, periods: tuple[int, ...]) -> str:
    """The period first, since the end may be cut."""
    parts = rule.subject.split(", ")
    years = [part for part in parts if part in map(str, periods)]
    rest = ", ".join(part for part in parts if part not in years)
    return " ".join([*years, rule.rule, *([f"({rest})"] if rest else [])])


def _price(rule: BindingRule) -> str:
    if rule.price is None:
        return "-"
    unit = rule.unit.replace("million ", "m ").replace("thousand ", "1,000 ")
    return f"{100 * rule.price:+.2g} % per {unit}"


def _security(plan: Plan, problem: DesignProblem) -> Table | None:
    """Members whose security changes most and least in the last period, and the instruments behind it."""
    last = [record for record in plan.security if record.period == problem.periods[-1]]
    if not last:
        return None
    ranked = sorted(last, key=lambda record: (record.baseline_ratio / record.ratio, record.state))
    risers, rest = ranked[:RISERS], ranked[RISERS:]
    omitted = (
        [["...", "", "", "", f"({len(rest) - LAGGARDS} members in between)"]] if len(rest) > LAGGARDS else []
    )
    rows = [
        *(_change(record, problem) for record in risers),
        *omitted,
        *(_change(record, problem) for record in rest[-LAGGARDS:]),
    ]
    columns = [
        text_column(f"Security in {problem.periods[-1]}"),
        Column("without"),
        Column("with"),
        Column("change"),
        text_column("through", THROUGH),
    ]
    return table(columns, rows, expand=True)


def _critic(plan: Plan, problem: DesignProblem) -> RenderableType:
    """What is odd about the plan, on a few lines."""
    lines = critic_lines(audit(plan, problem))
    return Group(styled("What a critic would say", "bold"), *map(styled, lines))


def _change(record: SecurityRecord, problem: DesignProblem) -> list[str]:
    return [
        _name(problem, record.state),
        f"{record.baseline_ratio:.3f}",
        f"{record.ratio:.3f}",
        signed_percent(record.ratio / record.baseline_ratio - 1),
        _instruments(record),
    ]


def _instruments(record: SecurityRecord) -> str:
    """The instruments that move a state's security most, with the change each makes alone, and all others."""
    strongest = sorted(record.attribution.items(), key=lambda item: -abs(item[1]))
    told, left = list[str](), sum(record.attribution.values())
    for key, change in strongest:
        family, _, name = key.partition(":")
        words, effect = _INSTRUMENTS.get(family, key).format(name), signed_percent(exp(change) - 1, 0)
        others = [] if abs(left - change) < UNTOLD else [_others(left - change)]
        if not told:
            words = _cut(words, THROUGH - len(", ".join([f" {effect}", *others])))
        words = f"{words} {effect}"
        if abs(change) < UNTOLD or len(", ".join([*told, words, *others])) > THROUGH:
            break
        told.append(words)
        left -= change
    return ", ".join([*told, *([_others(left)] if abs(left) >= UNTOLD else [])])


def _cut(words: str, room: int) -> str:
    """The words, or as many letters of them as there is room for: the strongest instrument is always told.

    >>> _cut("notification-and-observation along frontiers", 20)
    'notification-and-ob…'
    """
    return words if len(words) <= room else f"{words[: room - 1]}…"


def _others(change: float) -> str:
    return f"others {signed_percent(exp(change) - 1, 0)}"


def _name(problem: DesignProblem, state: str) -> str:
    known = problem.state_by_id.get(state)
    return known.name if known else state
