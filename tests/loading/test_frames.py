"""Problems from frames: the same as from files, and refused with table, row, field and remedy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import concord
from concord.errors import BadInput, Fault
from concord.loading import bundled_problems
from concord.models import DesignProblem, Fund, Objective

LISTS = {
    "states": ("states",),
    "programmes": ("programmes",),
    "organs": ("organs",),
    "missions": ("missions",),
    "funds": ("funds",),
    "threat_kinds": ("threat_kinds",),
    "sites": ("garrisons", "sites"),
    "tiers": ("garrisons", "tiers"),
    "zones": ("monitoring", "zones"),
    "monitors": ("monitoring", "monitors"),
    "influences": ("dilemma", "influences"),
}


def sections_of(problem: DesignProblem) -> dict[str, Any]:
    """The problem as keywords of `from_tables`, every list of things a frame of its own."""
    stated: dict[str, Any] = problem.model_dump(mode="json", exclude_defaults=True)
    tables = {}
    for name, path in LISTS.items():
        holder = stated
        for part in path[:-1]:
            holder = holder.get(part, {})
        if name in holder:
            tables[name] = pd.DataFrame([flat(row) for row in holder.pop(name)])
    return {**stated, **tables}


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """A thing as a row: mappings become columns with dotted names."""
    cells: dict[str, Any] = {}
    for key, value in row.items():
        if (
            isinstance(value, dict)
            and value
            and all(isinstance(item, float | int) for item in value.values())
        ):
            cells |= {f"{key}.{inner}": item for inner, item in value.items()}
        else:
            cells[key] = value
    return cells


@pytest.fixture
def sections(loaded: Callable[..., DesignProblem]) -> dict[str, Any]:
    return sections_of(loaded())


def faults_of(sections: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(BadInput) as caught:
        concord.Problem.from_tables(**sections)
    return caught.value.faults


@pytest.mark.parametrize("bundled", bundled_problems(), ids=lambda bundled: bundled.name)
def test_every_bundled_problem_comes_back_from_frames(bundled: Any) -> None:
    problem = concord.load(bundled.name)
    assert concord.Problem.from_tables(**sections_of(problem)).digest() == problem.digest()


def test_a_wrong_cell_is_told_with_table_row_field_and_remedy(sections: dict[str, Any]) -> None:
    sections["states"].loc[1, "gdp"] = -5
    (fault,) = faults_of(sections)
    assert (fault.file, fault.line, fault.field) == ("table states", 2, "states.BBB.gdp")
    assert fault.message == "the number is negative"
    assert fault.remedy


def test_a_missing_value_is_an_absent_field(sections: dict[str, Any]) -> None:
    sections["states"]["gdp"] = sections["states"]["gdp"].astype(float)
    sections["states"].loc[2, "gdp"] = np.nan
    (fault,) = faults_of(sections)
    assert (fault.line, fault.field, fault.message) == (3, "states.CCC.gdp", "the key is missing")


def test_a_column_that_is_no_field_is_refused(sections: dict[str, Any]) -> None:
    sections["sites"] = sections["sites"].rename(columns={"latitude": "latitud"})
    (fault,) = faults_of(sections)
    assert (fault.file, fault.message, fault.value) == ("table sites", "the column is no field", "latitud")
    assert fault.remedy is not None
    assert "latitude" in fault.remedy
    assert "`columns`" not in fault.remedy


def test_a_reference_to_nothing_is_told_by_row(sections: dict[str, Any]) -> None:
    sections["missions"]["state"] = "DDD"
    assert ("table missions", 1, "unknown state") in {
        (fault.file, fault.line, fault.message) for fault in faults_of(sections)
    }


def test_all_faults_are_told_together(sections: dict[str, Any]) -> None:
    sections["states"].loc[0, "population"] = -1
    sections["organs"]["upkeep"] = "dear"
    assert {fault.file for fault in faults_of(sections)} == {"table states", "table organs"}


def test_an_unknown_section_is_refused_with_a_likely_name(sections: dict[str, Any]) -> None:
    (fault,) = faults_of({**sections, "sits": pd.DataFrame()})
    assert (fault.message, fault.value) == ("unknown section", "sits")
    assert "sites" in (fault.remedy or "")


def test_a_frame_in_place_of_a_mapping_is_refused(sections: dict[str, Any]) -> None:
    (fault,) = faults_of({**sections, "objective": pd.DataFrame({"discount": [0.1]})})
    assert (fault.message, fault.field) == ("a frame cannot stand here", "objective")


def test_a_list_given_on_its_own_and_in_its_section_is_refused(sections: dict[str, Any]) -> None:
    sections["garrisons"] = {"sites": []}
    assert "the list is given twice" in [fault.message for fault in faults_of(sections)]


def test_values_of_no_known_kind_are_refused(sections: dict[str, Any]) -> None:
    sections["states"]["name"] = pd.Timestamp("1992-01-01")
    assert {fault.message for fault in faults_of(sections)} == {"a value of this kind cannot be read"}


def test_a_named_index_is_a_column_and_column_levels_are_joined(
    sections: dict[str, Any], loaded: Callable[..., DesignProblem]
) -> None:
    states = sections["states"].set_index("id")
    states.columns = pd.MultiIndex.from_tuples(
        [tuple((*name.split(".", 1), "")[:2]) for name in states.columns]
    )
    assert concord.Problem.from_tables(**{**sections, "states": states}) == loaded()


def test_models_and_text_cells_are_taken(
    sections: dict[str, Any], loaded: Callable[..., DesignProblem]
) -> None:
    problem = loaded()
    sections["objective"] = Objective.model_validate(sections["objective"])
    sections["funds"] = [Fund.model_validate(fund.model_dump()) for fund in problem.funds]
    sections["missions"]["parties"] = "CCC"
    sections["states"] = sections["states"].astype(str)
    assert concord.Problem.from_tables(**sections) == problem
