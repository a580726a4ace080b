"""The regional problems: who is in them, what they rest on, and that each has a plan that verifies."""

from __future__ import annotations

import pytest

import concord
from concord.audit import Severity, audit
from concord.data.extraction.region import TABLES, as_text, read, tables_of, theatres
from concord.data.extraction.regions import ECOWAS, regions
from concord.loading import load_problem
from concord.models import DesignProblem, Plan
from concord.models.quantities import in_period

# Programmes that one problem alone states.
OF_THEIR_OWN = {"arms-embargo", "military-aid"}
REGIONAL = sorted(set(regions()) - {"euro-atlantic-1992"})


@pytest.fixture(scope="module")
def problems() -> dict[str, DesignProblem]:
    return {name: load_problem(name) for name in REGIONAL}


@pytest.mark.parametrize("name", sorted(regions()))
def test_the_tables_beside_it_follow_from_the_bundled_tables(name: str) -> None:
    region = regions()[name]
    for table_name, table in tables_of(region).items():
        assert as_text(table) == (region.folder / f"{table_name}.csv").read_text(encoding="utf-8"), table_name


def test_a_region_without_programmes_of_its_own_has_no_table_of_them() -> None:
    assert set(TABLES) - set(tables_of(regions()["euro-atlantic-1992"])) == {"programmes"}


@pytest.mark.parametrize("name", REGIONAL)
def test_its_members_are_those_of_the_region(name: str, problems: dict[str, DesignProblem]) -> None:
    assert {state.id for state in problems[name].members} == regions()[name].members


def test_the_sixteen_of_the_community_are_members(problems: dict[str, DesignProblem]) -> None:
    west = problems["west-africa-1990"]
    assert {state.id for state in west.members} == ECOWAS
    assert len(ECOWAS) == 16
    (liberia,) = [mission for mission in west.missions if mission.state == "LBR"]
    assert liberia.need == 6000


@pytest.mark.parametrize("name", REGIONAL)
def test_every_theatre_of_its_year_has_a_mission_or_a_reason(
    name: str, problems: dict[str, DesignProblem]
) -> None:
    region, problem = regions()[name], problems[name]
    fought = theatres(region.year, region.year) & region.members
    helped = {state for mission in problem.missions for state, share in mission.affects.items() if share > 0}
    assert fought - helped <= {"TUR", "IND", "COL", "DZA", "ESP", "GBR", "VEN", "NER"}


@pytest.mark.parametrize("name", REGIONAL)
def test_nobody_party_to_a_conflict_keeps_the_peace_in_it(
    name: str, problems: dict[str, DesignProblem]
) -> None:
    assert all(mission.state in mission.parties for mission in problems[name].missions)


@pytest.mark.parametrize("name", REGIONAL)
def test_every_member_can_afford_its_share_of_the_full_budget(
    name: str, problems: dict[str, DesignProblem]
) -> None:
    problem = problems[name]
    for fund in problem.funds:
        assert fund.scale is not None
        assert fund.affordability is not None
        shares = fund.scale.shares(problem.payers(fund), fund.floor, fund.ceiling)
        largest = max(in_period(fund.budget, period) for period in problem.periods)
        for payer in problem.payers(fund):
            assert shares[payer.id] * largest <= fund.affordability * payer.gdp, (fund.id, payer.id)


@pytest.mark.parametrize("name", REGIONAL)
def test_its_programmes_are_those_of_the_catalogue(name: str, problems: dict[str, DesignProblem]) -> None:
    catalogue = read("programmes").set_index("id")
    for programme in problems[name].programmes:
        if programme.id in OF_THEIR_OWN:
            continue
        (row,) = [row for known, row in catalogue.iterrows() if programme.id.startswith(str(known))]
        effects = {kind: row[f"effects.{kind}"] for kind in programme.effects}
        assert programme.effects == effects, programme.id


def test_the_catalogue_says_what_the_euro_atlantic_problem_says() -> None:
    catalogue = read("programmes").set_index("id")
    programmes = load_problem("euro-atlantic-1992").programmes
    for programme in programmes:
        if programme.id in catalogue.index:
            row = catalogue.loc[programme.id]
            assert (programme.scale, programme.persistence, programme.max_intensity) == (
                row["scale"],
                row["persistence"],
                row["max_intensity"],
            )
            for kind, effect in programme.effects.items():
                assert effect == row[f"effects.{kind}"]
    assert set(catalogue.index) <= {programme.id for programme in programmes}


def solved(name: str, problems: dict[str, DesignProblem], gap: float) -> Plan:
    """A plan proven to `gap` that verifies, beats doing nothing, and that an expert would sign."""
    plan = concord.solve(problems[name], gap=gap)
    assert plan.measure.gap <= gap
    assert concord.verify(plan, problems[name]).ok
    assert plan.measure.value > plan.measure.baseline
    assert [each for each in audit(plan, problems[name]).findings if each.severity is Severity.SERIOUS] == []
    return plan


@pytest.mark.parametrize("name", ["central-africa-1990", "southeast-asia-1991"])
def test_a_small_one_has_a_plan_that_verifies(name: str, problems: dict[str, DesignProblem]) -> None:
    solved(name, problems, 0.01)


def test_the_embargo_binds_every_member_of_west_africa_and_nobody_has_more_power_than_allowed(
    problems: dict[str, DesignProblem],
) -> None:
    plan = solved("west-africa-1990", problems, 0.02)
    joined = {row.state for row in plan.programmes if row.programme == "arms-embargo" and row.spending > 0}
    assert joined in (set(), ECOWAS)
    assert max(row.banzhaf for row in plan.power if row.organ == "secretariat") <= 0.125 + 1e-9


@pytest.mark.slow
@pytest.mark.parametrize("name", REGIONAL)
def test_it_has_a_plan_proven_within_one_per_cent_that_verifies(
    name: str, problems: dict[str, DesignProblem]
) -> None:
    solved(name, problems, 0.01)
