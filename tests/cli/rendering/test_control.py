"""What a summary says about power."""

from __future__ import annotations

from concord.cli.rendering.control import control_lines
from concord.models import Plan
from concord.models.plan import Quadrant, Standing, VotingPower


def voting(state: str, votes: int, power: float) -> VotingPower:
    return VotingPower(
        organ="council",
        state=state,
        period=1994,
        rule_votes=votes,
        votes=votes,
        votes_needed=4,
        banzhaf=power,
        absolute_banzhaf=power,
        shapley_shubik=power,
    )


def standing(state: str, power: int, security: int) -> Standing:
    quadrant = Quadrant.THREAT_RICH_CAPACITY_POOR if security == 3 else Quadrant.THREAT_POOR_CAPACITY_RICH
    return Standing(
        state=state,
        period=1994,
        power=4.0 - power,
        power_rank=power,
        baseline_security_rank=security,
        baseline_quadrant=quadrant,
        security_rank=security,
        quadrant=quadrant,
    )


def test_it_names_the_most_powerful_and_the_strong_who_are_not_secure(plan: Plan) -> None:
    told = plan.model_copy(
        update={
            "power": (voting("AAA", 3, 0.6), voting("BBB", 2, 0.2), voting("CCC", 2, 0.2)),
            "standing": (standing("AAA", 1, 3), standing("BBB", 2, 1), standing("CCC", 3, 2)),
        }
    )
    assert [line.plain for line in control_lines(told)] == [
        "Power in council: AAA 60.0 %, BBB 20.0 %, CCC 20.0 % (3 states, 4 of 7 votes)",
        "In the less secure half: 1 of the 1 strongest in arms. Rich in threats, poor in capacities: 1 of 3",
    ]


def test_it_says_nothing_where_there_is_nothing_to_say(plan: Plan) -> None:
    assert control_lines(plan.model_copy(update={"power": (), "standing": ()})) == []
