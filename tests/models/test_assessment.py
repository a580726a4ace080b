"""Capacity to pay and tiers: each step by hand on five states, and the properties of the whole."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from concord.models import Scale, ScaleRule, State
from concord.models.assessment import (
    Assessment,
    CapacityToPay,
    EconomicRecord,
    MachineScale,
    assess,
    machine_scale,
)
from concord.models.tiers import AssessmentTier, AssessmentTiers, tiered_shares
from concord.verification.scales import scale_shares

# Ten million people in each state, so that the mean income of 20,000 million USD is 2,000 USD a head.
# Before anything: A 60 %, B 25 %, C 12 %, D 2.5 %, E 0.5 % of 100,000 million USD.
INCOME = {"A": 60_000.0, "B": 25_000.0, "C": 12_000.0, "D": 2_500.0, "E": 500.0}
RULES = CapacityToPay(floor=0.005, least_developed_ceiling=0.01, ceiling=0.5)


def records(debt_of_c: float = 16_000.0) -> list[EconomicRecord]:
    """C owes 16,000 million USD; D is least developed."""
    return [
        EconomicRecord(
            id=name,
            income=income,
            population=10e6,
            debt=debt_of_c if name == "C" else 0.0,
            least_developed=name == "D",
        )
        for name, income in INCOME.items()
    ]


@pytest.fixture(scope="module")
def steps() -> MachineScale:
    return machine_scale(records(), (), RULES)


def column(scale: MachineScale, field: str) -> dict[str, float]:
    return {row.id: getattr(row, field) for row in scale.steps}


def test_income_shares_come_first(steps: MachineScale) -> None:
    assert column(steps, "income_share") == pytest.approx(
        {"A": 0.60, "B": 0.25, "C": 0.12, "D": 0.025, "E": 0.005}
    )
    assert steps.threshold == pytest.approx(2_000.0)


def test_an_eighth_of_the_debt_is_deducted(steps: MachineScale) -> None:
    # 16,000 / 8 = 2,000: C keeps 10,000 of 12,000, and all keep 98,000 of 100,000.
    assert column(steps, "debt_adjustment")["C"] == pytest.approx(2_000.0)
    assert column(steps, "debt_adjusted_share") == pytest.approx(
        {"A": 60 / 98, "B": 25 / 98, "C": 10 / 98, "D": 2.5 / 98, "E": 0.5 / 98}
    )
    assert column(steps, "income_per_head")["C"] == pytest.approx(1_000.0)


def test_low_income_per_head_is_relieved_by_the_gradient(steps: MachineScale) -> None:
    # C is half below 2,000: 0.8 x 0.5 x 10,000. D at 250 is 7/8 below: 0.7 x 2,500. E at 50: 0.78 x 500.
    assert column(steps, "relief") == pytest.approx(
        {"A": 0.0, "B": 0.0, "C": 4_000.0, "D": 1_750.0, "E": 390.0}
    )


def test_relief_is_absorbed_above_the_threshold_but_not_at_the_ceiling(steps: MachineScale) -> None:
    # A has more than the ceiling of 49,000 already, so that B alone absorbs 6,140.
    assert column(steps, "absorbed") == pytest.approx({"A": 0.0, "B": 6_140.0, "C": 0.0, "D": 0.0, "E": 0.0})
    assert column(steps, "relieved_share") == pytest.approx(
        {"A": 60 / 98, "B": 31.14 / 98, "C": 6 / 98, "D": 0.75 / 98, "E": 0.11 / 98}
    )


def test_the_floor_is_paid_for_by_all_but_those_at_the_ceiling(steps: MachineScale) -> None:
    # A holds 60/98, E comes to 0.005, and B, C, D share 38/98 - 0.005 as 31.14 : 6 : 0.75.
    factor = (38 / 98 - 0.005) / 37.89
    assert column(steps, "floored_share") == pytest.approx(
        {"A": 60 / 98, "B": 31.14 * factor, "C": 6 * factor, "D": 0.75 * factor, "E": 0.005}
    )


def test_the_least_developed_ceiling_binds_only_those_above_it(steps: MachineScale) -> None:
    # D has 0.75 x 0.010101 = 0.0076, which is under 0.01.
    assert column(steps, "least_developed_share") == pytest.approx(column(steps, "floored_share"))
    lower = machine_scale(records(), (), RULES.model_copy(update={"least_developed_ceiling": 0.006}))
    # D comes to 0.006; A and E are held, so that B and C take up the rest as 31.14 : 6.
    factor = (38 / 98 - 0.005 - 0.006) / 37.14
    assert column(lower, "least_developed_share") == pytest.approx(
        {"A": 60 / 98, "B": 31.14 * factor, "C": 6 * factor, "D": 0.006, "E": 0.005}
    )


def test_what_the_ceiling_cuts_off_goes_to_those_whom_nothing_holds(steps: MachineScale) -> None:
    # A comes to 0.5 and E keeps the floor: B, C, D share 0.495 as 31.14 : 6 : 0.75.
    factor = 0.495 / 37.89
    assert column(steps, "share") == pytest.approx(
        {"A": 0.5, "B": 31.14 * factor, "C": 6 * factor, "D": 0.75 * factor, "E": 0.005}
    )


def test_the_scale_is_the_mean_of_one_machine_scale_for_each_base_period() -> None:
    poor = dict.fromkeys(range(2011, 2014), 100.0) | dict.fromkeys(range(2014, 2017), 300.0)
    both = [
        EconomicRecord(id="R", income=900.0, population=1e6),
        EconomicRecord(id="P", income=poor, population=1e6),
    ]
    scale: Assessment = assess(both, CapacityToPay(ceiling=1.0, gradient=0.0))
    assert [machine.years for machine in scale.machine_scales] == [
        (2014, 2015, 2016),
        (2011, 2012, 2013, 2014, 2015, 2016),
    ]
    # 300 of 1,200 over three years, 200 of 1,100 over six.
    assert scale.shares["P"] == pytest.approx((300 / 1200 + 200 / 1100) / 2)


def test_a_threshold_of_ones_own_replaces_the_mean() -> None:
    rules = CapacityToPay(ceiling=1.0, threshold=50.0)
    two = [
        EconomicRecord(id="R", income=900.0, population=1e6),
        EconomicRecord(id="P", income=100.0, population=1e6),
    ]
    assert assess(two, rules).shares == pytest.approx({"R": 0.9, "P": 0.1})


@pytest.mark.parametrize(
    ("states", "rules", "words"),
    [
        ([], CapacityToPay(), "at least one"),
        (
            [EconomicRecord(id="A", income={2016: 1.0}, population=1.0)],
            CapacityToPay(),
            "income of A in 2014, 2015",
        ),
        ([EconomicRecord(id="A", income=1.0, population=1.0, debt=9.0)], CapacityToPay(), "nobody"),
        ([EconomicRecord(id="A", income=1.0, population=1.0)], CapacityToPay(), "sum to 1"),
    ],
)
def test_what_cannot_be_assessed_is_refused(
    states: list[EconomicRecord], rules: CapacityToPay, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        assess(states, rules)


def test_tiers_by_hand_on_five_states() -> None:
    # Shares of product: A 50 %, B 40 %, C 6 %, D 3 %, E 1 %, which is not above 1 %.
    products = {"A": 50.0, "B": 40.0, "C": 6.0, "D": 3.0, "E": 1.0}
    # A, B, C bear 60 % in equal parts; D and E share 40 % as 3 : 1.
    assert tiered_shares(products, AssessmentTiers(ceiling=1.0)) == pytest.approx(
        {"A": 0.2, "B": 0.2, "C": 0.2, "D": 0.3, "E": 0.1}
    )
    # Under a ceiling of 0.24 D leaves 0.06 to the others, who share 0.7: each pays 0.76 / 0.7 of its own.
    assert tiered_shares(products, AssessmentTiers(ceiling=0.24)) == pytest.approx(
        {
            "A": 0.2 * 0.76 / 0.7,
            "B": 0.2 * 0.76 / 0.7,
            "C": 0.2 * 0.76 / 0.7,
            "D": 0.24,
            "E": 0.1 * 0.76 / 0.7,
        }
    )


def test_a_tier_with_a_share_may_bear_it_by_product() -> None:
    tiers = (AssessmentTier(above=0.3, share=0.5), AssessmentTier(above=0.0, share=0.5, equal=True))
    shares = tiered_shares({"A": 60.0, "B": 35.0, "C": 5.0}, AssessmentTiers(tiers=tiers, ceiling=1.0))
    assert shares == pytest.approx({"A": 0.5 * 60 / 95, "B": 0.5 * 35 / 95, "C": 0.5})


def test_the_share_of_an_empty_tier_falls_to_the_others() -> None:
    even = {f"S{n}": 1.0 for n in range(50)}
    assert tiered_shares(even) == pytest.approx(dict.fromkeys(even, 0.02))


def test_tiers_under_a_ceiling_too_low_for_so_few_are_refused() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        tiered_shares({"A": 1.0, "B": 2.0})


STATES = st.lists(
    st.tuples(st.floats(10, 1e6), st.floats(1e4, 1e9), st.floats(0, 1e5), st.booleans(), st.floats(0.5, 2.0)),
    min_size=1,
    max_size=9,
)


def states_of(figures: list[tuple[float, float, float, bool, float]]) -> list[State]:
    return [
        State(
            id=f"S{n}",
            name="",
            region="r",
            latitude=0.0,
            longitude=0.0,
            gdp=gdp,
            population=population,
            gni={year: gdp * growth ** (year - 1990) for year in range(1987, 1993)},
            external_debt=debt,
            least_developed=least_developed,
        )
        for n, (gdp, population, debt, least_developed, growth) in enumerate(figures)
    ]


@given(figures=STATES, ceiling=st.sampled_from([0.22, 0.4, 1.0]), floor=st.sampled_from([0.0, 1e-5, 0.01]))
def test_shares_keep_within_their_limits_and_the_verifier_finds_the_same(
    figures: list[tuple[float, float, float, bool, float]], ceiling: float, floor: float
) -> None:
    states = states_of(figures)
    rules = CapacityToPay(ceiling=ceiling, floor=floor, least_developed_ceiling=0.02)
    scale = Scale(rule=ScaleRule.CAPACITY_TO_PAY, capacity_to_pay=rules)
    try:
        shares = scale.shares(states)
    except ValueError:
        assume(False)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(floor - 1e-9 <= share <= ceiling + 1e-9 for share in shares.values())
    # A state at the ceiling of the least developed is never asked for more by a later step.
    assert all(shares[s.id] <= 0.02 + 1e-9 for s in states if s.least_developed)
    assert scale_shares(scale, states) == pytest.approx(shares, abs=1e-9)


@given(figures=STATES)
def test_the_verifier_finds_the_same_tiers(figures: list[tuple[float, float, float, bool, float]]) -> None:
    states = states_of(figures)
    scale = Scale(rule=ScaleRule.AFRICAN_UNION, african_union=AssessmentTiers(ceiling=1.0))
    assert scale_shares(scale, states) == pytest.approx(scale.shares(states), abs=1e-9)
