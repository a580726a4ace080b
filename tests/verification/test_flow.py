"""Troops told off to missions: the flow finds what Hall's condition says over all sets of missions."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.verification.flow import shortfall

NATIONS, MISSIONS = "ABCD", "klmn"

troops = st.one_of(st.just(0.0), st.floats(0, 1000), st.integers(0, 5).map(float))


def worst_set(supply: dict[str, float], demand: dict[str, float], barred: dict[str, set[str]]) -> float:
    """Largest excess, over sets of missions, of what they ask over what nations free to serve in one have."""
    sets = chain.from_iterable(combinations(demand, size) for size in range(1, len(demand) + 1))
    return max(
        (
            sum(demand[m] for m in some)
            - sum(n for nation, n in supply.items() if any(nation not in barred[m] for m in some))
            for some in sets
        ),
        default=0.0,
    )


@given(
    st.dictionaries(st.sampled_from(NATIONS), troops),
    st.dictionaries(st.sampled_from(MISSIONS), troops),
    st.fixed_dictionaries({mission: st.sets(st.sampled_from(NATIONS)) for mission in MISSIONS}),
)
def test_shortfall_is_the_excess_of_the_worst_set_of_missions(
    supply: dict[str, float], demand: dict[str, float], barred: dict[str, set[str]]
) -> None:
    found = shortfall(supply, demand, barred)
    assert found.troops == pytest.approx(max(0.0, worst_set(supply, demand, barred)), abs=1e-6)


@given(
    st.dictionaries(st.sampled_from(NATIONS), troops),
    st.dictionaries(st.sampled_from(MISSIONS), troops),
    st.fixed_dictionaries({mission: st.sets(st.sampled_from(NATIONS)) for mission in MISSIONS}),
)
def test_missions_named_are_a_worst_set(
    supply: dict[str, float], demand: dict[str, float], barred: dict[str, set[str]]
) -> None:
    found = shortfall(supply, demand, barred)
    named = {mission: demand[mission] for mission in found.missions}
    free = sum(n for nation, n in supply.items() if any(nation not in barred[m] for m in named))
    assert sum(named.values()) - free == pytest.approx(found.troops, abs=1e-6)


def test_troops_move_on_to_make_room_for_those_with_no_choice() -> None:
    supply = {"A": 100.0, "B": 100.0}
    assert shortfall(supply, {"k": 100.0, "l": 100.0}, {"k": [], "l": ["B"]}).troops == 0.0
