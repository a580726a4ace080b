"""Scales of assessment, floors and ceilings, at points worked out by hand.

Gross domestic products are as 1 to 4, so that the scale asks for tenths.
"""

from __future__ import annotations

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated


def paying(payer: str, amount: float, collected: float = 100.0) -> dict[str, float]:
    return {f"contribution[{payer},assessed,1]": amount, "collected[assessed,1]": collected}


CASES = [
    case("burden.scale.above", "A,assessed,1", paying("A", 11.0), paying("A", 11.01)),
    case("burden.scale.above", "D,assessed,1", paying("D", 44.0), paying("D", 44.01)),
    case("burden.scale.below", "A,assessed,1", paying("A", 9.0), paying("A", 8.99)),
    case(
        "burden.scale.above", "D,assessed,1", paying("D", 30.0), paying("D", 30.01),
        funds__assessed__ceiling=0.3, funds__assessed__tolerance=0.0,
    ),
    case(
        "burden.scale.below", "A,assessed,1", paying("A", 40.0 / 3), paying("A", 40.0 / 3 - 0.01),
        funds__assessed__ceiling=0.3, funds__assessed__tolerance=0.0,
    ),
    case(
        "burden.floor", "A,assessed,1", paying("A", 5.0), paying("A", 4.99), funds__assessed__floor=0.05,
    ),
    case("burden.ceiling", "D,assessed,1", paying("D", 50.0), paying("D", 50.01)),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_a_fund_without_a_scale_is_shared_freely() -> None:
    program = formulated({}).program
    for name in ("burden.scale.above", "burden.scale.below", "burden.ceiling"):
        assert set(program.constraints[name].index.get_level_values("fund")) == {"assessed"}
