"""A file of another kind, a stream, a link, a name that is kept for a device."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from concord.loading import load_problem
from tests.loading.test_plans import PLAN


def test_a_plan_given_as_a_problem_is_one_fault(small: str, write: Any, refused: Any) -> None:
    plan = write("plan/plan.json", json.dumps(PLAN))
    (fault,) = refused(plan)
    assert fault.message == "this is a plan, and a problem is expected"
    write("plan/problem.json", "{}")
    for given in (plan, Path("plan")):
        (fault,) = refused(given)
        assert fault.remedy == "name plan/problem.json"
    (fault,) = refused(write("small.yaml", small), overlays=[plan])
    assert fault.message == "this is a plan, and an overlay is expected"


@pytest.mark.parametrize("stream", ["-", "/dev/stdin", "/dev/fd/0"])
def test_a_stream_is_told_to_be_saved(small: str, write: Any, refused: Any, stream: str) -> None:
    for arguments in ((stream,), (write("small.yaml", small), [stream])):
        reference, overlays = arguments[0], arguments[1] if len(arguments) > 1 else []
        (fault,) = refused(reference, overlays=overlays)
        assert fault.message.endswith("is not read from standard input or a pipe")
        assert "save it in a file" in fault.remedy


def test_a_link_to_a_problem_finds_the_tables_of_the_file(small: str, write: Any, refused: Any) -> None:
    lines = small.splitlines()
    first = lines.index("programmes:")
    last = lines.index("organs:")
    table = ["programmes: {table: mine.csv}"]
    text = "\n".join([*lines[:first], *table, *lines[last:]])
    write("mine.csv", "id,name,scale,effects.unrest\nmediation,Mediation,5,0.1\n")
    target = write("problem.yaml", text)
    link = Path("elsewhere/link.yaml")
    link.parent.mkdir()
    link.symlink_to(Path("..") / target)
    assert load_problem(link) == load_problem(target)
    Path("mine.csv").unlink()
    (fault,) = refused(link)
    assert (fault.file, fault.message) == ("elsewhere/link.yaml", "no such table")
    assert "searched: the bundled tables, and in elsewhere, " in fault.remedy


@pytest.mark.parametrize("name", ["CON", "nul", "Com1", "lpt9"])
def test_an_id_that_windows_keeps_for_a_device_is_refused(
    small: str, write: Any, refused: Any, name: str
) -> None:
    (fault,) = refused(write("problem.yaml", small.replace("id: small", f"id: {name}")))
    assert (fault.field, fault.value) == ("id", name)
    assert "Windows" in fault.message


def test_a_note_on_what_a_faulty_table_left_out_is_no_fault(small: str, write: Any, refused: Any) -> None:
    lines = small.splitlines()
    first = lines.index("states:")
    notes = [
        "  - {path: missions.*.effects, basis: assumption}",
        "  - {path: states.*.threats, basis: derived}",
    ]
    text = "\n".join([*lines[:first], "states: {table: nix.csv}", *lines[first + 4 :], *notes])
    (fault,) = refused(write("problem.yaml", text))
    assert (fault.field, fault.message) == ("states.table", "no such table")


def test_a_note_on_nothing_is_a_fault_beside_others(small: str, write: Any, refused: Any) -> None:
    text = small.replace("states.*.gdp", "states.*.gpd").replace("scale: 5", "scale: x")
    assert [fault.field for fault in refused(write("problem.yaml", text))] == [
        "programmes.mediation.scale",
        "provenance.0.path",
    ]
