"""The bundled problems are listed by name and title, and stand on marked parameters."""

from __future__ import annotations

from typing import Any

import pytest

from concord.loading import bundled_problems, load_problem
from concord.models import unmarked_parameters


def test_the_bundled_problems_are_listed_with_their_titles() -> None:
    listed = {problem.name: problem for problem in bundled_problems()}
    assert {"euro-atlantic-1992", "three-states"} <= listed.keys()
    for name, problem in listed.items():
        assert problem.path.stem == name
        assert problem.title == load_problem(name).title


@pytest.mark.parametrize("bundled", bundled_problems(), ids=lambda bundled: bundled.name)
def test_a_bundled_problem_loads_by_name_as_by_path(bundled: Any) -> None:
    assert load_problem(bundled.name) == load_problem(bundled.path)


@pytest.mark.parametrize("bundled", bundled_problems(), ids=lambda bundled: bundled.name)
def test_every_parameter_of_a_bundled_problem_is_marked(bundled: Any) -> None:
    assert unmarked_parameters(load_problem(bundled.name)) == []
