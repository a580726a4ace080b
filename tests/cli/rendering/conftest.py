"""A plan in which everything happens everywhere, for the bundled problem of full size."""

from __future__ import annotations

import pytest

from concord.loading import load_problem
from concord.models import DesignProblem, Plan
from concord.models.plan import (
    Assignment,
    BindingRule,
    ContingentPosting,
    Contribution,
    Expenditure,
    GarrisonActivity,
    MeasureResult,
    MonitorPosting,
    PlanTermination,
    ProblemReference,
    Provenance,
    SecurityRecord,
    TerminationReason,
)


@pytest.fixture(scope="session")
def problem() -> DesignProblem:
    return load_problem("euro-atlantic-1992")


@pytest.fixture(scope="session")
def plan(problem: DesignProblem) -> Plan:
    return Plan(
        problem=ProblemReference(
            id=problem.id,
            title=problem.title,
            digest=problem.digest(),
            currency=problem.currency,
            periods=problem.periods,
        ),
        measure=MeasureResult(name="geometric", value=1.2, bound=1.2006, gap=0.0005, baseline=1.0),
        termination=PlanTermination(reason=TerminationReason.TIME_LIMIT, seconds=60.0),
        contributions=_contributions(problem),
        expenditures=tuple(
            Expenditure(fund="assessed", head=head, region="common", period=1993, amount=10.0)
            for head in problem.heads
        ),
        garrisons=_garrisons(problem),
        contingents=_contingents(problem),
        assignments=_assignments(problem),
        monitoring=_monitoring(problem),
        security=_security(problem),
        binding=tuple(
            BindingRule(
                rule="funds.budget", subject=f"assessed, {n}", limit=n, unit="million USD", price=0.001
            )
            for n in range(1, 40)
        ),
        provenance=Provenance(
            created="2026-01-01T00:00:00+00:00",
            versions={},
            solver="none",
            options={},
            seed=0,
            variables=0,
            constraints=0,
            assumptions=(),
            imputed={},
            second_opinion="cbc agrees",
        ),
    )


def _contributions(problem: DesignProblem) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(payer=payer.id, fund=fund.id, period=period, amount=rank, share=0.1, scale_share=0.05)
        for fund in problem.funds
        for rank, payer in enumerate(problem.payers(fund), 1)
        for period in problem.periods
    )


def _garrisons(problem: DesignProblem) -> tuple[GarrisonActivity, ...]:
    return tuple(
        GarrisonActivity(
            site=site.id,
            host=site.host,
            tier=problem.tiers_at(site)[0].id,
            period=period,
            founded=period == problem.periods[0],
            capacity=1000.0,
            troops=900.0,
            cost=10.0,
        )
        for site in problem.sites
        for period in problem.periods
    )


def _contingents(problem: DesignProblem) -> tuple[ContingentPosting, ...]:
    return tuple(
        ContingentPosting(state=state.id, site=site.id, period=problem.periods[-1], units=1, troops=150.0)
        for site in problem.sites
        for state in problem.members
    )


def _assignments(problem: DesignProblem) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(
            site=problem.sites[0].id,
            mission=mission.id,
            period=period,
            troops=mission.need / 2,
            distance_km=100.0,
            hours=26.0,
        )
        for mission in problem.missions
        for period in problem.periods
    )


def _monitoring(problem: DesignProblem) -> tuple[MonitorPosting, ...]:
    assert problem.monitoring
    return tuple(
        MonitorPosting(zone=zone.id, monitor="observers", state="SWE", period=problem.periods[-1], teams=2)
        for zone in problem.monitoring.zones
    )


def _security(problem: DesignProblem) -> tuple[SecurityRecord, ...]:
    return tuple(
        SecurityRecord(
            state=state.id,
            period=problem.periods[-1],
            capacity=1.0,
            threats={"political": 1.0},
            threat=1.0,
            ratio=1.0 + rank / 100,
            baseline_capacity=1.0,
            baseline_threat=1.0,
            baseline_ratio=1.0,
            attribution={
                "programme:mediation": 0.2,
                "mission:bosnia": -0.1,
                "zone-kind:frontier": 0.001,
                "posture:neighbours": 0.05,
            },
        )
        for rank, state in enumerate(problem.members)
    )
