"""The summary of a plan: on one screen, in figures that are those of the plan."""

from __future__ import annotations

import re

import pytest

from concord.cli.rendering.console import as_text
from concord.cli.rendering.summary import summary
from concord.loading import load_problem
from concord.models import DesignProblem, Plan
from concord.models.plan import BindingRule, BurdenRecord, PostureChange


@pytest.fixture
def lines(plan: Plan, problem: DesignProblem) -> list[str]:
    return as_text(summary(plan, problem)).splitlines()


def line(lines: list[str], word: str) -> str:
    return next(line for line in lines if word in line)


def test_it_fits_one_screen(lines: list[str]) -> None:
    assert len(lines) <= 59
    assert max(map(len, lines)) <= 100


def test_it_fits_a_narrower_screen(plan: Plan, problem: DesignProblem) -> None:
    assert max(map(len, as_text(summary(plan, problem), width=80).splitlines())) <= 80


def test_it_begins_with_the_measure_and_its_proof(lines: list[str]) -> None:
    assert "1.0000 without the institution, 1.2000 with it (+20.0 %)" in lines[1]
    assert lines[2] == "No plan exceeds 1.2006: gap 0.050 %, stopped at the time limit after 60.0 s"
    assert lines[3] == "Second opinion: cbc agrees"


def test_money_is_summed_by_fund_and_period(lines: list[str]) -> None:
    in_a_year = 7 * 8 / 2
    assert line(lines, "Fund for Regional Security").split()[-6:] == [
        *[f"{in_a_year:.1f}"] * 5,
        f"{5 * in_a_year:.1f}",
    ]


def test_arrears_are_told_where_there_are_any(plan: Plan, problem: DesignProblem, lines: list[str]) -> None:
    assert not any("Arrears" in each for each in lines)
    late = tuple(row.model_copy(update={"arrears": row.amount / 4}) for row in plan.contributions)
    told = as_text(summary(plan.model_copy(update={"contributions": late}), problem)).splitlines()
    assert line(told, "Arrears").endswith("assessed: 75.0 % arrives")


def test_payers_are_held_against_the_scale(lines: list[str], problem: DesignProblem) -> None:
    paid: dict[str, float] = {}
    for fund in problem.funds:
        for rank, payer in enumerate(problem.payers(fund), 1):
            paid[payer.name] = paid.get(payer.name, 0.0) + 5 * rank
    first = max(paid, key=lambda name: paid[name])
    heading = next(n for n, text in enumerate(lines) if f"Who pays ({len(paid)} states)" in text)
    assert lines[heading + 1][:25].rstrip() == first[:25]
    assert f"{paid[first]:,.1f} {100 * paid[first] / sum(paid.values()):.1f} %" in lines[heading + 1]


def test_what_is_borne_in_kind_is_told_beside_the_money(plan: Plan, problem: DesignProblem) -> None:
    gdp = problem.state_by_id["FRA"].gdp
    borne = BurdenRecord(
        state="FRA", period=1993, cash=10.0, contingents=3.0, lift=0.5, monitors=1.0, total=14.5,
        share_of_gdp=14.5 / gdp,
    )  # fmt: skip
    told = as_text(summary(plan.model_copy(update={"burdens": (borne,)}), problem), width=100).splitlines()
    heading = next(n for n, text in enumerate(told) if "Who bears what (1 states)" in text)
    assert f"10.0     4.5 {100 * 14.5 / gdp / 5:.3f} %" in told[heading + 1]


def test_senders_garrisons_missions_and_monitors_are_counted(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "Who sends 1997 (52 states)" in text
    assert "Garrisons 1997 (44)" in text
    assert "Missions (" in text
    assert line(lines, "Bosnia and Herzegovina").endswith("7,500 15,000  50/50 %")
    assert "Monitored 1997" in text


def test_states_are_ranked_by_change_with_the_strongest_instruments(
    lines: list[str], problem: DesignProblem
) -> None:
    heading = next(n for n, text in enumerate(lines) if text.startswith("Security in 1997"))
    assert lines[heading + 1].startswith(problem.members[-1].name[:25])
    assert lines[heading + 1].endswith("mediation +22 %, mission bosnia -10 %, others +5 %")
    assert "(44 members in between)" in lines[heading + 6]
    assert lines[heading + 9].startswith(problem.members[0].name)
    assert lines[heading + 10] == ""


def test_the_rules_worth_most_come_first_with_their_price(lines: list[str]) -> None:
    heading = next(n for n, text in enumerate(lines) if "Rules that bind (39)" in text)
    assert "funds.budget (assessed, 39)" in lines[heading + 1]


def test_the_year_of_a_binding_rule_is_never_cut(plan: Plan, problem: DesignProblem) -> None:
    rules = tuple(
        BindingRule(rule="funds.budget", subject=f"a-very-long-name-of-a-fund-for-security, {year}", limit=9,
                    unit="million USD", price=0.01)
        for year in problem.periods
    )  # fmt: skip
    told = as_text(summary(plan.model_copy(update={"binding": rules}), problem))
    assert all(f"{year} funds.budget" in told for year in problem.periods)


def test_cover_is_that_of_the_last_year_and_the_mean(plan: Plan, problem: DesignProblem) -> None:
    last = problem.periods[-1]
    ended = tuple(row for row in plan.assignments if row.period != last)
    told = as_text(summary(plan.model_copy(update={"assignments": ended}), problem)).splitlines()
    assert line(told, "Bosnia and Herzegovina").endswith(" 0 15,000   0/40 %")


def test_when_a_mission_has_ended_is_told_before_its_name_is_cut(plan: Plan, problem: DesignProblem) -> None:
    year = problem.periods[1]
    ended = load_problem(problem.id, settings=[f"missions.bosnia.end={year}"])
    told = as_text(summary(plan, ended))
    assert f"until {year}: Bosnia" in told


def test_the_strongest_instrument_is_told_however_long_its_name(plan: Plan, problem: DesignProblem) -> None:
    name = "notification-and-observation-of-all-military-activities-of-anybody"
    security = tuple(
        row.model_copy(update={"attribution": {f"frontier:{name}": 0.2, "programme:mediation": 0.1}})
        for row in plan.security
    )
    told = as_text(summary(plan.model_copy(update={"security": security}), problem)).splitlines()
    first = told[next(n for n, text in enumerate(told) if text.startswith("Security in 1997")) + 1]
    assert "notification-and-obs" in first
    assert first.endswith("… +22 %, others +11 %")


def test_what_is_not_shown_is_counted(lines: list[str]) -> None:
    text = "\n".join(lines)
    told = [int(more) for more in re.findall(r"\.\.\. (\d+) more", text)]
    assert sorted(told)[1:] == [38, 47, 47]


def test_the_price_has_a_unit(lines: list[str]) -> None:
    heading = next(n for n, text in enumerate(lines) if "Rules that bind (39)" in text)
    assert lines[heading + 1].endswith("+0.1 % per m USD")


def test_a_plan_without_anything_has_a_summary(plan: Plan, problem: DesignProblem) -> None:
    emptied = dict.fromkeys(("contributions", "garrisons", "contingents", "monitoring", "binding"), ())
    bare = plan.model_copy(update={**emptied, "assignments": (), "security": (), "expenditures": ()})
    assert "1.2000 with it" in as_text(summary(bare, problem))


def test_a_critic_has_the_last_word_on_eight_lines(
    plan: Plan, problem: DesignProblem, lines: list[str]
) -> None:
    heading = lines.index("What a critic would say")
    assert 1 < len(lines) - heading <= 8
    nobody = plan.model_copy(update={"assignments": (), "monitoring": ()})
    for width in (80, 100):
        told = as_text(summary(nobody, problem), width=width).splitlines()
        last = told[told.index("What a critic would say") :]
        assert len(last) <= 8
        assert last[1].startswith("Nobody is sent to: ")


def test_reductions_are_named_or_said_to_be_none(
    plan: Plan, problem: DesignProblem, lines: list[str]
) -> None:
    assert "No state is asked to reduce its forces." in lines
    cut = PostureChange(state="RUS", period=1995, arming=0.0, reduction=0.25, posture=-0.25)
    told = as_text(summary(plan.model_copy(update={"posture": (cut,)}), problem)).splitlines()
    assert "Reductions: Russia by 22 % in 1995, nothing in 1997." in told


def test_names_are_printed_literally(plan: Plan, problem: DesignProblem) -> None:
    hostile = "[red]\x1b[31mx"
    states = tuple(state.model_copy(update={"name": hostile}) for state in problem.states)
    renamed = problem.model_copy(update={"states": states, "title": hostile})
    text = as_text(summary(plan, renamed))
    assert text.startswith("[red][31mx, 1993-1997")
    assert "\x1b" not in text
