"""Plans of the bundled problems beside what was deployed in their years.

    python -m benchmarks.backcast [PLAN_FOLDER ...] [--write docs/validation.md] [--gap 0.02]

A folder is one that `concord solve` wrote, with plan.json and problem.json. Without folders the bundled
problems are solved first, which takes minutes. `--write` puts the tables between the markers of that page.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from scipy.stats import spearmanr

from concord import load, load_plan, solve
from concord.models import DesignProblem, Plan

TABLES = Path(__file__).parents[1] / "data" / "tables"
PROBLEMS = (
    "regional-fund-1993",
    "euro-atlantic-1992",
    "west-africa-1990",
    "central-africa-1990",
    "southeast-asia-1991",
)
ORGANISATIONS = frozenset({"United Nations", "ECOWAS", "OAU", "South Pacific states"})
"""Who counts as an organisation among those that sent forces; all others are coalitions or states."""
SPENT_1993 = 3600.0
"""Million USD that peacekeeping of the United Nations cost in 1993."""
CONTRIBUTORS_YEAR = 1994
WORLDWIDE = 0.75
"""Senders and money are compared where more than this share of the contributors are members."""
FEW = 4
"""A correlation over fewer missions is not told."""
LARGEST = 10
SOLDIERS = 0.5
"""Fewer are nobody: a plan's troops are whole contingents but for the last digits."""
BEGIN, END = "<!-- tables of benchmarks.backcast -->", "<!-- end of the tables -->"
CONTINENTS: Mapping[str, str] = {
    "western-europe": "Western and Northern Europe",
    "northern-europe": "Western and Northern Europe",
    "southern-europe": "Southern Europe with Turkey",
    "central-europe": "Central and Eastern Europe",
    "eastern-europe": "Central and Eastern Europe",
    "baltic": "Central and Eastern Europe",
    "balkans": "Central and Eastern Europe",
    "caucasus": "Caucasus and Central Asia",
    "central-asia": "Caucasus and Central Asia",
    "north-america": "North America",
    "caribbean": "Latin America",
    "central-america": "Latin America",
    "south-america": "Latin America",
    "eastern-africa": "Africa",
    "middle-africa": "Africa",
    "northern-africa": "Africa",
    "southern-africa": "Africa",
    "western-africa": "Africa",
    "southern-asia": "South Asia",
    "eastern-asia": "East and Southeast Asia, Pacific",
    "south-eastern-asia": "East and Southeast Asia, Pacific",
    "oceania": "East and Southeast Asia, Pacific",
    "western-asia": "Middle East",
}


@dataclass(frozen=True)
class MissionRecord:
    """One mission in plan and record; strengths are the largest of the plan's years."""

    name: str
    need: float
    deaths: float
    consent: bool
    consent_from: int | None
    standing: float
    planned: float
    organisations: float
    others: float
    troops_of_organisations: float

    @property
    def everybody(self) -> float:
        """All that stood there, whoever sent it."""
        return self.organisations + self.others


Figure = Callable[[MissionRecord], float]


def missions_of(problem: DesignProblem, plan: Plan, deployed: pd.DataFrame) -> list[MissionRecord]:
    """Missions of the problem with what the plan sends and what stood there in the plan's years.

    `deployed` is the table of that name. Forces of a year are added up; the year with most counts, for
    organisations, for all others, and for troops of organisations each by itself.
    """
    mine = deployed[(deployed["problem"] == problem.id) & deployed["year"].isin(problem.periods)]
    sent: dict[tuple[str, int], float] = {}
    for row in plan.assignments:
        sent[row.mission, row.period] = sent.get((row.mission, row.period), 0.0) + row.troops
    records = []
    for mission in problem.missions:
        here = mine[mine["mission"] == mission.id]
        by_organisation = here["by"].isin(ORGANISATIONS)
        planned = max((sent.get((mission.id, year), 0.0) for year in problem.periods), default=0.0)
        records.append(
            MissionRecord(
                name=mission.name,
                need=mission.need,
                deaths=mission.deaths or 0.0,
                consent=mission.consent,
                consent_from=mission.consent_from,
                standing=mission.standing,
                planned=planned if planned > SOLDIERS else 0.0,
                organisations=_largest(here[by_organisation]),
                others=_largest(here[~by_organisation]),
                troops_of_organisations=_largest(here[by_organisation & (here["kind"] == "troops")]),
            )
        )
    return records


def _largest(forces: pd.DataFrame) -> float:
    """Strength of the year with most."""
    return float(forces.groupby("year")["strength"].sum().max()) if len(forces) else 0.0


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's, ties with mean ranks; NaN where there are few pairs, or one side is all the same."""
    if len(first) < FEW or len(set(first)) < 2 or len(set(second)) < 2:
        return math.nan
    return float(spearmanr(first, second).statistic)


def correlation(records: Iterable[MissionRecord], one: Figure, other: Figure) -> float:
    """Spearman's over some missions."""
    chosen = list(records)
    return rank_correlation([one(each) for each in chosen], [other(each) for each in chosen])


def overlap(records: Sequence[MissionRecord], size: int = LARGEST) -> tuple[int, int]:
    """How many of the largest of the plan are among the largest of the record, and of how many at most.

    Missions without anybody are in neither; of equals the one that the problem names first goes first.
    """
    planned = _first(records, lambda each: each.planned, size)
    deployed = _first(records, lambda each: each.organisations, size)
    return len(planned & deployed), min(len(planned), len(deployed))


def _first(records: Sequence[MissionRecord], figure: Figure, size: int) -> set[str]:
    ranked = sorted((each for each in records if figure(each) > 0), key=figure, reverse=True)
    return {each.name for each in ranked[:size]}


def senders(plan: Plan, year: int = CONTRIBUTORS_YEAR) -> dict[str, float]:
    """Soldiers of each state in missions of the plan in one year."""
    troops: dict[str, float] = {}
    for row in plan.deployments:
        if row.period == year:
            troops[row.state] = troops.get(row.state, 0.0) + row.troops
    return {state: number for state, number in troops.items() if number > SOLDIERS}


def sender_correlation(
    planned: Mapping[str, float], contributors: Mapping[str, float], states: Iterable[str]
) -> float:
    """Spearman's over some states of soldiers in the plan and in the record."""
    chosen = sorted(states)
    return rank_correlation(
        [planned.get(state, 0.0) for state in chosen], [contributors.get(state, 0.0) for state in chosen]
    )


def shares(troops: Mapping[str, float], regions: Mapping[str, str]) -> dict[str, float]:
    """Share of each region in the soldiers."""
    total = sum(troops.values())
    result: dict[str, float] = {}
    for state, number in troops.items():
        region = CONTINENTS.get(regions.get(state, ""), "elsewhere")
        result[region] = result.get(region, 0.0) + number / total
    return result


def money(plan: Plan) -> dict[int, float]:
    """What a plan spends on missions and garrisons, by year."""
    spent: dict[int, float] = {}
    for row in plan.expenditures:
        if row.head in ("missions", "garrisons"):
            spent[row.period] = spent.get(row.period, 0.0) + row.amount
    return dict(sorted(spent.items()))


def page(problem: DesignProblem, plan: Plan, deployed: pd.DataFrame) -> str:
    """The section on one plan: a table of missions, correlations, overlap."""
    records = missions_of(problem, plan, deployed)
    years = f"{problem.periods[0]}-{problem.periods[-1]}"
    lines = [
        f"### `{problem.id}`, {years}",
        "",
        f"Plan proven to {plan.measure.gap:.1%}. Troops are the largest of the years.",
        "",
        "| mission | need | deaths | consent | standing | plan | organisations | others |",
        "|---|---:|---:|---|---:|---:|---:|---:|",
    ]
    ranked = sorted(records, key=lambda each: (-each.planned, -each.organisations, -each.others, each.name))
    for each in ranked:
        consent = "no" if not each.consent else f"from {each.consent_from}" if each.consent_from else "yes"
        figures = (each.standing, each.planned, each.organisations, each.others)
        counts = " | ".join(_count(figure) for figure in figures)
        lines.append(f"| {each.name} | {_count(each.need)} | {_count(each.deaths)} | {consent} | {counts} |")
    lines += ["", *_correlations(records), ""]
    common, most = overlap(records)
    if len(records) > LARGEST:
        lines += [f"Of the {most} largest, {common} are the same in plan and record.", ""]
    return "\n".join(lines)


def _correlations(records: Sequence[MissionRecord]) -> list[str]:
    """A table of Spearman's, by which missions and which figures; or why there is none."""
    consenting = [each for each in records if each.consent]
    new = [each for each in consenting if each.standing == 0]
    groups = (
        ("all missions", records),
        ("with consent", consenting),
        ("without standing ones", [each for each in records if each.standing == 0]),
        ("with consent, without standing ones", new),
    )

    def planned(each: MissionRecord) -> float:
        return each.planned

    def organisations(each: MissionRecord) -> float:
        return each.organisations

    comparisons: tuple[tuple[Figure, Figure], ...] = (
        (planned, organisations),
        (planned, lambda each: each.troops_of_organisations),
        (planned, lambda each: each.everybody),
        (lambda each: each.need, organisations),
        (lambda each: each.need if each.consent else 0.0, organisations),
        (lambda each: each.deaths, organisations),
    )
    lines = [
        "| rank correlation over | missions | plan, organisations | plan, their troops without observers "
        "| plan, everybody | need alone, organisations | need where there is consent, organisations "
        "| deaths alone, organisations |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, group in groups:
        figures = " | ".join(_figure(correlation(group, one, other)) for one, other in comparisons)
        lines.append(f"| {name} | {len(group)} | {figures} |")
    return lines


def contributors_page(
    problem: DesignProblem, plan: Plan, contributors: Mapping[str, float], regions: Mapping[str, str]
) -> str:
    """Who sends soldiers in the plan and who did, with shares by region; and the money."""
    planned = senders(plan)
    members = {state.id for state in problem.members}
    here = {state: troops for state, troops in contributors.items() if state in members}
    either = set(planned) | set(here)
    both = set(planned) & set(here)
    lines = [
        f"### Who sends soldiers: `{problem.id}`, {CONTRIBUTORS_YEAR}",
        "",
        f"{len(planned)} states send soldiers in the plan, {len(here)} of its {len(members)} members did, "
        f"{len(both)} are in both. Rank correlation over all members: "
        f"{_figure(sender_correlation(planned, here, members))}; over the {len(either)} that send in either: "
        f"{_figure(sender_correlation(planned, here, either))}; over the {len(both)} that send in both: "
        f"{_figure(sender_correlation(planned, here, both))}.",
        "",
        "| region of the senders | plan | record |",
        "|---|---:|---:|",
    ]
    plan_shares, record_shares = shares(planned, regions), shares(here, regions)
    ranked = sorted({*plan_shares, *record_shares}, key=lambda each: (-record_shares.get(each, 0.0), each))
    lines += [
        f"| {region} | {plan_shares.get(region, 0.0):.0%} | {record_shares.get(region, 0.0):.0%} |"
        for region in ranked
    ]
    spent = ", ".join(f"{amount:,.0f} in {year}" for year, amount in money(plan).items())
    lines += [
        "",
        f"On missions and garrisons the plan spends, in {problem.currency}: {spent}. Peacekeeping of the "
        f"United Nations cost some {SPENT_1993:,.0f} million USD in 1993.",
        "",
    ]
    return "\n".join(lines)


def _count(number: float) -> str:
    return f"{number:,.0f}" if number else "0"


def _figure(number: float) -> str:
    return "-" if math.isnan(number) else f"{number:.2f}"


def between_markers(text: str, tables: str) -> str:
    """The page with other tables between the markers. Raises ValueError where it has none."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs the lines {BEGIN!r} and {END!r}")
    return f"{head}{BEGIN}\n\n{tables.strip()}\n\n{END}{tail}"


def report(pairs: Iterable[tuple[DesignProblem, Plan]]) -> str:
    """All sections. Senders are compared for problems of the whole world alone."""
    deployed = pd.read_csv(TABLES / "deployed-1990-1996.csv")
    sent = pd.read_csv(TABLES / "contributors-1994.csv")
    contributors = {
        str(state): float(troops) for state, troops in zip(sent["state"], sent["troops"], strict=True)
    }
    states = pd.read_csv(TABLES / "states-1992.csv", keep_default_na=False)
    regions = {str(state): str(region) for state, region in zip(states["id"], states["region"], strict=True)}
    parts, later = [], []
    for problem, plan in pairs:
        parts.append(page(problem, plan, deployed))
        members = {state.id for state in problem.members}
        if len(members & contributors.keys()) > WORLDWIDE * len(contributors):
            later.append(contributors_page(problem, plan, contributors, regions))
    return "\n".join(parts + later)


def main() -> None:
    """Read or solve, compare, print or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="PLAN_FOLDER")
    parser.add_argument("--write", type=Path, help="page that has the markers")
    parser.add_argument("--gap", type=float, default=0.02)
    given = parser.parse_args()

    if given.folders:
        pairs = [(load(folder / "problem.json"), load_plan(folder / "plan.json")) for folder in given.folders]
    else:
        problems = [load(name) for name in PROBLEMS]
        pairs = [(problem, solve(problem, gap=given.gap)) for problem in problems]
    tables = report(pairs)
    if given.write:
        text = given.write.read_text(encoding="utf-8")
        given.write.write_text(between_markers(text, tables), encoding="utf-8")
    else:
        print(tables)


if __name__ == "__main__":
    main()
