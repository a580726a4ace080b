"""`concord price`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from concord.analysis.pricing import Price
from concord.cli.exit_codes import ExitCode
from concord.cli.price import _words

BUDGET = "funds.common-fund.budget"


def test_binding_rules_are_priced_in_words(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("price", solved.folder, "--quiet")
    assert answer.code == ExitCode.SUCCESS, answer.err
    line = next(line for line in answer.out.splitlines() if line.startswith(BUDGET))
    assert "1 million USD looser: +0.2" in line


def test_a_rule_is_valued_by_a_search(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("price", solved.folder, "--rule", BUDGET, "--step", "20", "--json", "--quiet")
    found = json.loads(answer.out)
    assert found["new"] == [200.0]
    assert found["at_least"] <= found["effect"] <= found["at_most"]


def test_an_effect_smaller_than_the_gap_is_told(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("price", solved.folder, "--rule", BUDGET, "--step", "0.001", "--gap", "0.05")
    assert "larger than the effect" in answer.out


def test_a_rule_needs_a_step(solved: Any, concord: Callable[..., Any]) -> None:
    answer = concord("price", solved.folder, "--rule", BUDGET)
    assert answer.code == ExitCode.BAD_INPUT
    assert "--step" in answer.err


@pytest.mark.parametrize(("solved", "words"), [(True, "stricter the same less"), (False, "looser: +0.2 %")])
def test_only_programs_solved_anew_tell_of_both_sides(solved: bool, words: str) -> None:
    sides = {"looser": 2e-3, "stricter": -2e-3, "holds_from": 9.0, "holds_to": 11.0}
    price = Price("funds.f.budget", 10.0, "USD", "spent", 1, 1.0, **sides, solved=solved)
    told = _words(price)
    assert words in told
    assert ("stricter" in told) == solved
