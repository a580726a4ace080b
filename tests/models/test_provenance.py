"""Which note speaks for a parameter, and which parameters nobody speaks for."""

from __future__ import annotations

from typing import Any

from concord.models import DesignProblem, basis_of, unmarked_parameters


def noted(values: dict[str, Any], *paths: str) -> DesignProblem:
    notes = [{"path": path, "basis": "assumption", "note": str(n)} for n, path in enumerate(paths)]
    return DesignProblem.model_validate({**values, "provenance": notes})


def speaking(problem: DesignProblem, path: str) -> str | None:
    note = basis_of(problem, path)
    return note.path if note else None


def test_the_longest_path_speaks(sound: dict[str, Any]) -> None:
    problem = noted(sound, "states", "states.*.gdp", "states.*")
    assert speaking(problem, "states.A.gdp") == "states.*.gdp"
    assert speaking(problem, "states.A.population") == "states.*"


def test_of_equally_long_paths_the_one_that_names_most_speaks(sound: dict[str, Any]) -> None:
    problem = noted(sound, "states.B.gdp", "states.*.gdp")
    assert speaking(problem, "states.B.gdp") == "states.B.gdp"
    assert speaking(problem, "states.A.gdp") == "states.*.gdp"


def test_of_equal_paths_the_last_speaks(sound: dict[str, Any]) -> None:
    note = basis_of(noted(sound, "states", "states"), "states.A.gdp")
    assert note is not None
    assert note.note == "1"


def test_nobody_speaks_where_no_path_matches(sound: dict[str, Any]) -> None:
    assert speaking(noted(sound, "funds"), "states.A.gdp") is None


def test_influences_go_by_source_and_target(sound: dict[str, Any]) -> None:
    problem = noted(sound, "dilemma.influences.A:B.reaction")
    assert "dilemma.influences.A:B.reaction" not in unmarked_parameters(problem)
    assert "dilemma.influences.B:A.reaction" in unmarked_parameters(problem)


def test_every_stated_number_needs_a_note(sound: dict[str, Any]) -> None:
    unmarked = unmarked_parameters(noted(sound))
    assert {"periods.0", "states.A.gdp", "states.C.capacities.political-legitimacy"} <= set(unmarked)
    assert {"funds.common.scale.table.C", "monitoring.monitors.observers.stock.C"} <= set(unmarked)
    assert not any(path.startswith("garrisons.lift") for path in unmarked)


def test_nothing_is_unmarked_once_every_part_has_a_note(sound: dict[str, Any]) -> None:
    assert unmarked_parameters(noted(sound, "*")) == []
