"""The tables of the report: what is done, where, for whom, and how evenly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from concord.audit import Audit, mission_years, reduction_rows
from concord.models import DesignProblem, Plan
from concord.models.plan import BindingRule

from ..flattening import Cell
from ..markdown import figure
from ..names import Names, money
from ..tables import Kind, PlanTable, TableColumn

MOST_RULES = 200
"""Rules that bind that are shown."""


@dataclass(frozen=True, slots=True)
class Value:
    """A cell: what is read, and the number that it is sorted by."""

    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its heading; columns whose cells have numbers stand to the right."""

    key: str
    title: str
    told: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Whether each column holds numbers."""
        columns = zip(*self.rows, strict=True) if self.rows else ()
        return tuple(any(cell.number is not None for cell in column) for column in columns)


def words(text: str) -> Value:
    """A cell of text."""
    return Value(text)


def number(value: float | None, text: str | None = None) -> Value:
    """A cell of a number, empty where there is none."""
    if value is None:
        return Value("")
    return Value(figure(float(value)) if text is None else text, value)


def share(value: float | None) -> Value:
    """A cell of a share, in per cent."""
    return number(value, "" if value is None else figure(float(value), "share"))


def activity(plan: Plan, problem: DesignProblem, names: Names) -> list[Grid]:
    """Garrisons, missions, zones, reductions, programmes, organs; no grid without rows."""
    made: tuple[Grid, ...] = (
        _garrisons(plan, names),
        _missions(plan, problem, names),
        _zones(plan, problem, names),
    )
    made += (_reductions(plan, problem), _programmes(plan, names), _organs(plan, names))
    return [grid for grid in made if grid.rows]


def _garrisons(plan: Plan, names: Names) -> Grid:
    nations: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
    for posting in plan.contingents:
        nations[posting.site, posting.period][posting.state] = posting.troops
    rows = tuple(
        (
            number(row.period, str(row.period)),
            words(names.sites.get(row.site, row.site)),
            words(names.state(row.host)),
            words(names.tiers.get(row.tier, row.tier) + ("" if row.working else ", being built")),
            number(row.troops, f"{row.troops:,.0f}"),
            number(row.capacity, f"{row.capacity:,.0f}"),
            number(row.cost, money(row.cost)),
            number(row.soldiers_cost, money(row.soldiers_cost)),
            words(", ".join(_postings(nations[row.site, row.period], names))),
        )
        for row in plan.garrisons
    )
    heads = ("Year", "Site", "Host", "Size", "Troops", "Room for", "Building, upkeep", "Soldiers", "From")
    told = f"Building and upkeep of the garrison, and the keep of its soldiers: {plan.problem.currency}."
    return Grid("garrisons", "Garrisons", told, heads, rows)


def _postings(sent: dict[str, float], names: Names) -> Iterator[str]:
    for state, troops in sorted(sent.items(), key=lambda item: (-item[1], item[0])):
        yield f"{names.state(state)} {troops:,.0f}"


def _missions(plan: Plan, problem: DesignProblem, names: Names) -> Grid:
    served: dict[tuple[str, int], list[tuple[str, float, float]]] = defaultdict(list)
    for row in plan.assignments:
        served[row.mission, row.period].append((row.site, row.troops, row.hours))
    rows = []
    for year in mission_years(plan, problem):
        sent = served[year.mission, year.period]
        hours = max((hours for _, _, hours in sent), default=None)
        rows.append(
            (
                number(year.period, str(year.period)),
                words(year.name),
                words(names.state(year.state)),
                number(year.deaths, "" if year.deaths is None else f"{year.deaths:,.0f}"),
                words("yes" if year.consent else "no"),
                number(year.troops, f"{year.troops:,.0f}"),
                number(year.need, f"{year.need:,.0f}"),
                share(year.met),
                number(hours, "" if hours is None else f"{hours:,.0f}"),
                words(", ".join(f"{names.sites.get(s, s)} {t:,.0f}" for s, t, _ in sent)),
                words(", ".join(_postings(dict(year.senders), names)) or year.why_nobody),
            )
        )
    heads = (
        "Year",
        "Mission",
        "In",
        "Deaths",
        "Consent",
        "Troops",
        "Needed",
        "Met",
        "Hours",
        "From garrisons",
        "Soldiers of, or why nobody",
    )
    told = (
        f"Deaths are battle deaths in the two years before {plan.problem.periods[0]}, consent that of the "
        "government in control, hours those from alarm to the last arrival. "
        "Missions that get nobody are there too."
    )
    return Grid("missions", "Missions: need and troops sent", told, heads, tuple(rows))


def _reductions(plan: Plan, problem: DesignProblem) -> Grid:
    """Who reduces forces, by what share of them by then."""
    periods = plan.problem.periods
    rows = tuple(
        (words(row.name), *(share(row.by_year.get(period, 0.0)) for period in periods))
        for row in reduction_rows(plan, problem)
    )
    told = "Share of its forces that a state does without by then."
    return Grid("reductions", "Reductions of forces", told, ("State", *map(str, periods)), rows)


def critic(found: Audit) -> Grid:
    """What is odd about a plan, who gets nobody first."""
    rows = tuple(
        (
            words(finding.code.heading),
            words(finding.severity.value),
            words(finding.sentence),
        )
        for finding in found.findings
    )
    told = "Checks of an expert, run over the plan; concord audit PLAN lists their codes and figures."
    return Grid("critic", "What a critic would say", told, ("About", "Weight", "What"), rows)


def _zones(plan: Plan, problem: DesignProblem, names: Names) -> Grid:
    zones = {zone.id: zone for zone in (problem.monitoring.zones if problem.monitoring else ())}
    teams: dict[tuple[int, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in plan.monitoring:
        teams[row.period, row.zone][row.state] += row.teams
    rows = []
    for (period, name), senders in sorted(teams.items()):
        zone, total = zones.get(name), sum(senders.values())
        rows.append(
            (
                number(period, str(period)),
                words(names.zones.get(name, name)),
                words(names.zone_kinds.get(zone.kind, zone.kind) if zone else ""),
                words(names.states(zone.states) if zone else ""),
                number(total),
                words(", ".join(f"{names.state(s)} {n:g}" for s, n in sorted(senders.items()))),
            )
        )
    heads = ("Year", "Zone", "Kind", "Watched", "Teams", "From")
    return Grid("zones", "Monitored zones", "Nobody watches at home.", heads, tuple(rows))


def _programmes(plan: Plan, names: Names) -> Grid:
    spent: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    where: dict[str, set[str]] = defaultdict(set)
    for row in plan.programmes:
        spent[row.programme][row.period] += row.spending
        where[row.programme].add(row.state)
    periods = plan.problem.periods
    ranked = sorted(spent, key=lambda programme: -sum(spent[programme].values()))
    rows = tuple(
        (
            words(names.programmes.get(programme, programme)),
            number(len(where[programme]), str(len(where[programme]))),
            *(number(spent[programme][period], money(spent[programme][period])) for period in periods),
            number(sum(spent[programme].values()), money(sum(spent[programme].values()))),
        )
        for programme in ranked
    )
    heads = ("Programme", "States", *map(str, periods), "In all")
    return Grid("programmes", "Programmes", f"Spending, {plan.problem.currency}.", heads, rows)


def _organs(plan: Plan, names: Names) -> Grid:
    rows = tuple(
        (
            number(row.period, str(row.period)),
            words(names.organs.get(row.organ, row.organ)),
            words("founded" if row.founded else "at work" if row.working else "being set up"),
            number(row.cost, money(row.cost)),
        )
        for row in plan.organs
    )
    return Grid("organs", "Organs", "", ("Year", "Organ", "State", f"Cost, {plan.problem.currency}"), rows)


def budget(plan: Plan, names: Names) -> Grid:
    """What is paid in and spent in each period."""
    periods = plan.problem.periods
    paid: dict[tuple[str, int], float] = defaultdict(float)
    for payment in plan.contributions:
        paid[payment.fund, payment.period] += payment.amount
    spent: dict[tuple[str, int], float] = defaultdict(float)
    for row in plan.expenditures:
        spent[row.head, row.period] += row.amount
    lines = [
        *(("Paid into " + names.funds.get(key, key), key, paid) for key in dict.fromkeys(k for k, _ in paid)),
        *((names.head(key), key, spent) for key in dict.fromkeys(k for k, _ in spent)),
    ]
    rows = tuple(
        (
            words(label),
            *(number(of[key, period], money(of[key, period])) for period in periods),
            number(sum(of[key, p] for p in periods), money(sum(of[key, p] for p in periods))),
        )
        for label, key, of in lines
    )
    told = f"{plan.problem.currency}: first what comes in, then what it is spent on."
    return Grid("budget", "The budget by year", told, ("", *map(str, periods), "In all"), rows)


def fairness(plan: Plan, names: Names) -> Grid:
    """How evenly burdens and gains fall."""
    rows = tuple(
        (
            words(row.subject.replace("-", " ").replace(":", ": ").capitalize()),
            number(row.gini, f"{row.gini:.3f}"),
            number(row.jain, f"{row.jain:.3f}"),
            number(row.minimum),
            number(row.maximum),
            words(names.state(row.largest)),
            number(row.min_max_ratio, f"{row.min_max_ratio:.3f}"),
            share(row.share_above_scale),
        )
        for row in plan.fairness
    )
    told = (
        "The Gini coefficient is 0 when all are equal and nears 1 when one has all; Jain's index is 1 when "
        "equal. Above scale is the part of the whole borne beyond the shares of the scale."
    )
    heads = ("Of what", "Gini", "Jain", "Least", "Most", "Most is", "Least / most", "Above scale")
    return Grid("fairness", "Fairness", told, heads, rows)


def power(plan: Plan, names: Names) -> Grid:
    """Votes and the power a priori that they give, in the last period."""
    last = max((row.period for row in plan.power), default=0)
    rows = tuple(
        (
            words(names.organs.get(row.organ, row.organ)),
            words(names.state(row.state)),
            number(row.votes, f"{row.votes:,}"),
            number(row.votes_needed, f"{row.votes_needed:,}"),
            share(row.banzhaf),
            share(row.shapley_shubik),
        )
        for row in sorted(plan.power, key=lambda row: (row.organ, -row.banzhaf, row.state))
        if row.period == last
    )
    told = "Power is the share of decisions in which a state turns defeat into success."
    heads = ("Organ", "State", "Votes", "Votes needed", "Banzhaf", "Shapley-Shubik")
    return Grid("power", "Votes and power", told, heads, rows)


def binding(plan: Plan, names: Names) -> Grid:
    """Rules without slack, those whose loosening by a tenth is worth most first."""

    def weight(rule: BindingRule) -> float:
        return -1.0 if rule.price is None else abs(rule.price * rule.limit)

    rows = tuple(
        (
            words(rule.rule),
            words(names.subject(rule.subject)),
            number(rule.limit, f"{figure(rule.limit)} {rule.unit}".strip()),
            words("")
            if rule.price is None
            else number(rule.price, f"{_effect(rule.price)} per {rule.unit or 'unit'}"),
        )
        for rule in sorted(plan.binding, key=weight, reverse=True)[:MOST_RULES]
    )
    told = (
        "Rules that the plan uses up, the weightiest first. The price is what one unit more of the limit "
        "would add to the measure, whole decisions as they are; rules over whole decisions have none."
    )
    if len(plan.binding) > MOST_RULES:
        told += f" {MOST_RULES} of {len(plan.binding):,}; the tables of the plan have all."
    return Grid("binding", "Rules that bind, and their prices", told, ("Rule", "Of", "Limit", "Price"), rows)


def _effect(price: float) -> str:
    """A relative rise in per cent; next to nothing is said to be that."""
    return f"{100 * price:+.2g}%" if abs(price) >= 1e-6 else "below 0.0001%"


def of_table(table: PlanTable, rows: Sequence[Sequence[Cell]], without: Iterable[str], names: Names) -> Grid:
    """Rows of a table of the plan with names for ids; no columns that are empty or named in `without`."""
    hidden = set(without)
    places = [
        place
        for place, column in enumerate(table.columns)
        if column.name not in hidden and any(row[place] not in (None, "") for row in rows)
    ]
    columns = [table.columns[place] for place in places]
    cells = tuple(
        tuple(_cell(row[place], column, names) for place, column in zip(places, columns, strict=True))
        for row in rows
    )
    heads = tuple(_heading(column) for column in columns)
    return Grid(table.name, table.title, table.meaning, heads, cells)


def _heading(column: TableColumn) -> str:
    name = column.name.replace("_", " ").capitalize()
    return (
        f"{name}, {column.unit}"
        if column.unit not in ("", "year", "share", "votes", "teams", "rank")
        else name
    )


def _cell(cell: Cell, column: TableColumn, names: Names) -> Value:
    if cell is None or isinstance(cell, str):
        return words(_known(cell or "", column.name, names))
    if column.kind is Kind.FLAG:
        return words("yes" if cell else "no")
    if column.unit == "year":
        return number(cell, str(cell))
    return number(cell, figure(cell, column.unit))


def _known(text: str, column: str, names: Names) -> str:
    if column in ("state", "payer", "host", "largest", "neighbour"):
        return names.state(text)
    of = {
        "programme": names.programmes,
        "organ": names.organs,
        "fund": names.funds,
        "site": names.sites,
        "tier": names.tiers,
        "mission": names.missions,
        "zone": names.zones,
    }
    return of.get(column, {}).get(text, text)
