"""Overlays change what they name and nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from concord.loading import load_problem


def test_mappings_merge_and_scalars_replace(loaded: Any, write: Any) -> None:
    problem = loaded(overlays=[write("o.yaml", "objective: {discount: 0.1}\nbenefit: {ratio_floor: 0.2}\n")])
    assert (problem.objective.discount, problem.benefit.ratio_floor) == (0.1, 0.2)
    assert problem.objective.weights == "equal"


def test_entities_merge_by_id_and_new_ones_are_added(loaded: Any, write: Any) -> None:
    overlay = """
states:
  - {id: BBB, gdp: 1}
  - {id: DDD, name: D, region: far, role: observer, population: 1, gdp: 1, latitude: 0, longitude: 0}
"""
    problem = loaded(overlays=[write("o.yaml", overlay)])
    assert [(state.id, state.gdp) for state in problem.states] == [
        ("AAA", 4000),
        ("BBB", 1),
        ("CCC", 2000),
        ("DDD", 1),
    ]


def test_influences_merge_by_their_ends(loaded: Any, write: Any) -> None:
    overlay = "dilemma: {influences: [{source: BBB, target: AAA, reaction: 0}]}"
    influences = loaded(overlays=[write("o.yaml", overlay)]).dilemma.influences
    assert [(i.source, i.spillover, i.reaction) for i in influences] == [("AAA", 0.5, 0.4), ("BBB", 0.5, 0.0)]


def test_entities_are_removed_on_request(loaded: Any, write: Any) -> None:
    overlay = "missions: [{id: ceasefire, remove: true}]\n"
    assert loaded(overlays=[write("o.yaml", overlay)]).missions == ()


def test_other_lists_are_replaced(loaded: Any, write: Any) -> None:
    overlay = "missions: [{id: ceasefire, parties: [AAA]}]"
    assert loaded(overlays=[write("o.yaml", overlay)]).missions[0].parties == ("AAA",)


def test_null_takes_a_section_away(loaded: Any, write: Any) -> None:
    overlay = "garrisons: null\nmissions: [{id: ceasefire, remove: true}]\n"
    assert loaded(overlays=[write("o.yaml", overlay)]).garrisons is None


def test_the_last_overlay_wins(loaded: Any, write: Any) -> None:
    overlays = [write(f"{n}.yaml", f"objective: {{discount: {n}}}") for n in (0.1, 0.2)]
    assert loaded(overlays=overlays).objective.discount == 0.2


def test_tables_in_an_overlay_lie_beside_it(loaded: Any, write: Any) -> None:
    write("deep/gdp.csv", "id,gdp\nAAA,7\n")
    overlay = write("deep/o.yaml", "states: {table: gdp.csv}")
    assert [state.gdp for state in loaded(overlays=[overlay]).states] == [7, 9000, 2000]


def test_a_fault_in_an_overlay_has_its_file_and_line(small: str, write: Any, refused: Any) -> None:
    overlay = write("o.yaml", "# richer\nstates:\n  - id: BBB\n    gdp: -1\n    wealth: 3\n")
    negative, unknown = refused(write("small.yaml", small), overlays=[overlay])
    assert (negative.file, negative.line, negative.field) == ("o.yaml", 4, "states.BBB.gdp")
    assert (unknown.file, unknown.line, unknown.field) == ("o.yaml", 5, "states.BBB.wealth")


def test_removing_what_is_not_there_is_a_fault(small: str, write: Any, refused: Any) -> None:
    overlay = write("o.yaml", "missions: [{id: ceasefir, remove: true}]")
    (fault,) = refused(write("small.yaml", small), overlays=[overlay])
    assert (fault.file, fault.field, fault.value) == ("o.yaml", "missions", "ceasefir")
    assert "did you mean ceasefire?" in fault.remedy


def test_faults_of_several_files_are_told_together(small: str, write: Any, refused: Any) -> None:
    path = write("small.yaml", small.replace("gdp: 4000", "gdp: -4000"))
    overlays = [write("o.yaml", "objective: {discount: 9}"), write("broken.yaml", "a: [")]
    faults = refused(path, overlays=overlays, settings=["funds.common.tolerance=x"])
    assert sorted(fault.file for fault in faults) == ["--set", "broken.yaml", "o.yaml", "small.yaml"]


NOTED = """
provenance:
  - {path: missions.ceasefire.need, basis: assumption}
  - {path: missions.*.deadline, basis: assumption}
  - {path: garrisons.sites.town.latitude, basis: measured}
  - {path: states.*.gdp, basis: measured}
"""


@pytest.mark.parametrize(
    ("overlay", "left"),
    [
        ("missions: [{id: ceasefire, remove: true}]", ["garrisons.sites.town.latitude", "states.*.gdp"]),
        (
            "missions: [{id: ceasefire, remove: true}]\ngarrisons: null",
            ["states.*.gdp"],
        ),
        ("states: [{id: AAA, gdp: 2}]", [f"{path}" for path in re.findall("path: (.*?),", NOTED)]),
    ],
)
def test_notes_go_with_what_they_are_on(small: str, write: Any, overlay: str, left: list[str]) -> None:
    noted = write("problem.yaml", small[: small.index("provenance:")] + NOTED.lstrip())
    problem = load_problem(noted, overlays=[write("o.yaml", overlay)])
    assert [note.path for note in problem.provenance] == left


def test_a_note_of_the_overlay_on_what_it_removes_is_a_fault(small: str, write: Any, refused: Any) -> None:
    note = "provenance: [{path: missions.nowhere.need, basis: assumption}]"
    overlay = write("o.yaml", f"missions: [{{id: ceasefire, remove: true}}]\n{note}\n")
    (fault,) = refused(write("problem.yaml", small), overlays=[overlay])
    assert (fault.file, fault.message) == ("o.yaml", "nothing in the problem has this path")


def test_what_refers_to_something_removed_is_told_where_that_was(
    small: str, write: Any, refused: Any
) -> None:
    overlay = write("o.yaml", "organs:\n  - {id: secretariat, remove: true}\n")
    (fault,) = refused(write("problem.yaml", small), overlays=[overlay])
    assert (fault.field, fault.value) == ("programmes.mediation.organ", "secretariat")
    assert fault.remedy == "o.yaml:2 removes organs.secretariat; remove this with it"
