"""The spectral radius against numpy's eigenvalues."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.models.contraction import diverging_cycle

NAMES = "ABCDE"
REACTIONS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]),
    st.floats(0.01, 3.0),
    max_size=12,
)


def eigenvalue_radius(reactions: dict[tuple[str, str], float]) -> float:
    matrix = np.zeros((len(NAMES), len(NAMES)))
    for (source, target), elasticity in reactions.items():
        matrix[NAMES.index(target), NAMES.index(source)] = elasticity
    return float(max(abs(np.linalg.eigvals(matrix))))


@given(REACTIONS)
def test_a_radius_of_one_or_more_is_found_exactly_where_it_is(
    reactions: dict[tuple[str, str], float],
) -> None:
    radius = eigenvalue_radius(reactions)
    found = diverging_cycle(reactions)
    if radius < 0.99:
        assert found is None
    if radius > 1.01:
        assert found is not None
        # The first diverging component speaks, which need not be the one with the largest radius.
        assert 1 - 1e-6 <= found[0] <= radius * (1 + 1e-3)


@given(REACTIONS)
def test_the_cycle_named_is_a_cycle_of_the_reactions(reactions: dict[tuple[str, str], float]) -> None:
    found = diverging_cycle(reactions)
    if found is not None:
        cycle = found[1]
        assert len(set(cycle)) == len(cycle) >= 2
        assert all(pair in reactions for pair in zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def test_a_chain_without_a_cycle_dies_out_however_strong() -> None:
    assert diverging_cycle({("A", "B"): 50.0, ("B", "C"): 50.0}) is None


def test_a_ring_diverges_by_the_product_of_its_reactions() -> None:
    found = diverging_cycle({("A", "B"): 4.0, ("B", "C"): 2.0, ("C", "A"): 1.0})
    assert found is not None
    assert found[0] == pytest.approx(2.0)
    assert found[1] == ["A", "B", "C"]
