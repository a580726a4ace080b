"""Lists of entities in CSV tables: joined, selected, renamed, completed, and refused with the CSV's lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from concord.loading import load_problem
from concord.models import DesignProblem

STATES = """id,region,population,gdp,latitude,longitude,capacities.political-legitimacy,threats.unrest,name
AAA,north,1000000,4000,50,10,1,1,Aland
BBB,north,2000000,9000,52,10,1,1,"Bland, east"
CCC,south,5000000,2000,40,10,1,2,Cland
"""


def tabled(small: str, section: str) -> str:
    """The small problem with another section of states."""
    lines = small.splitlines()
    first = lines.index("states:")
    return "\n".join([*lines[:first], f"states: {section}", *lines[first + 4 :]])


@pytest.fixture
def with_states(small: str, write: Any) -> Any:
    """Writes the small problem with its states taken from tables."""

    def written(section: str, **tables: str) -> Path:
        for name, content in tables.items():
            write(f"{name}.csv", content)
        path: Path = write("problem.yaml", tabled(small, section))
        return path

    return written


def ids(problem: DesignProblem) -> list[str]:
    return [state.id for state in problem.states]


def test_a_table_gives_the_same_problem_as_the_list(with_states: Any, write: Any, small: str) -> None:
    from_table = load_problem(
        with_states("{table: states.csv}", states=STATES.replace("Bland, east", "Bland"))
    )
    assert from_table == load_problem(write("small.yaml", small))


def test_cells_take_the_kind_of_their_field(with_states: Any) -> None:
    table = STATES.replace("AAA,north", "AAA,007").replace("Aland", "12")
    state = load_problem(with_states("{table: states.csv}", states=table)).states[0]
    assert (state.region, state.name, state.population) == ("007", "12", 1e6)


def test_a_column_for_each_year_makes_figures_by_year(with_states: Any) -> None:
    header, *rows = STATES.splitlines()
    table = "\n".join([f"{header},gni.1990,gni.1991", *(f"{row},10,12.5" for row in rows)])
    assert load_problem(with_states("{table: states.csv}", states=table)).states[0].gni == {
        1990: 10,
        1991: 12.5,
    }


def test_an_empty_cell_is_an_absent_field(with_states: Any, refused: Any) -> None:
    (fault,) = refused(with_states("{table: states.csv}", states=STATES.replace("9000", "")))
    assert (fault.file, fault.line, fault.field) == ("states.csv", 3, "states.BBB.gdp")
    assert fault.message == "the key is missing"


def test_lists_and_switches_in_cells(small: str, write: Any) -> None:
    write(
        "organs.csv",
        "id,name,setup_cost,upkeep,closable,requires\nsecretariat,S,1,1,TRUE,\ncourt,C,1,1,false,secretariat\n",
    )
    start = small.index("organs:")
    text = small[:start] + "organs: {table: organs.csv}\n" + small[small.index("garrisons:") :]
    secretariat, court = load_problem(write("problem.yaml", text)).organs
    assert (secretariat.closable, secretariat.requires) == (True, ())
    assert (court.closable, court.requires) == (False, ("secretariat",))


def test_select_picks_and_orders(with_states: Any, refused: Any) -> None:
    path = with_states("{table: states.csv, select: [CCC, AAA, BBB]}", states=STATES)
    assert ids(load_problem(path)) == ["CCC", "AAA", "BBB"]


def test_an_unknown_selection_is_a_fault_with_a_likely_spelling(with_states: Any, refused: Any) -> None:
    path = with_states("{table: states.csv, select: [AAA, BBB, CCC, AAB]}", states=STATES)
    (fault,) = refused(path)
    assert (fault.field, fault.value, fault.message) == ("states.select", "AAB", "the table has no such id")
    assert "did you mean AA" in fault.remedy


def test_a_selection_twice_is_a_fault(with_states: Any, refused: Any) -> None:
    (fault,) = refused(with_states("{table: states.csv, select: [AAA, BBB, CCC, AAA]}", states=STATES))
    assert fault.message == "the id is selected twice"


def test_tables_are_joined_on_the_id(with_states: Any) -> None:
    wider = "id,drift.unrest,gdp\nBBB,0.1,9999\n"
    problem = load_problem(with_states("{table: [states.csv, more.csv]}", states=STATES, more=wider))
    assert (problem.states[1].drift, problem.states[1].gdp) == ({"unrest": 0.1}, 9999.0)
    assert problem.states[0].drift == {}


def test_rows_are_merged_over_the_table_or_added(with_states: Any) -> None:
    rows = (
        "[{id: AAA, gdp: 1, threats: {attack: 2}}, {id: DDD, name: D, region: far, role: observer, "
        "population: 1, gdp: 1, latitude: 0, longitude: 0}]"
    )
    problem = load_problem(with_states(f"{{table: states.csv, rows: {rows}}}", states=STATES))
    assert ids(problem) == ["AAA", "BBB", "CCC", "DDD"]
    assert problem.states[0].threats == {"unrest": 1.0, "attack": 2.0}
    assert problem.states[0].gdp == 1.0


def test_columns_are_renamed_and_left_out(with_states: Any) -> None:
    table = STATES.replace("gdp", "gdp_musd").replace("name", "comment")
    section = (
        "{table: states.csv, columns: {gdp_musd: gdp, comment: null}, "
        "rows: [{id: AAA, name: A}, {id: BBB, name: B}, {id: CCC, name: C}]}"
    )
    problem = load_problem(with_states(section, states=table))
    assert [(state.name, state.gdp) for state in problem.states] == [("A", 4000), ("B", 9000), ("C", 2000)]


def test_a_bundled_table_is_known_by_name_and_its_other_columns_left_out(write: Any, small: str) -> None:
    start, end = small.index("  sites:"), small.index("missions:")
    rows = "rows: [{id: vienna, host: BBB, latitude: 52}]"
    sites = f"  sites: {{table: cities, select: [vienna], columns: {{country: host}}, {rows}}}\n"
    problem = load_problem(write("problem.yaml", small[:start] + sites + small[end:]))
    assert [(site.id, site.name, round(site.longitude)) for site in problem.sites] == [
        ("vienna", "Vienna", 16)
    ]


def test_a_column_that_is_no_field_is_a_fault(with_states: Any, refused: Any) -> None:
    path = with_states("{table: states.csv, columns: {}}", states=STATES.replace("longitude", "longitud"))
    (fault,) = refused(path)
    assert (fault.file, fault.line, fault.value) == ("states.csv", 1, "longitud")
    assert "did you mean longitude?" in fault.remedy


def test_a_renaming_of_or_to_nothing_is_a_fault(with_states: Any, refused: Any) -> None:
    path = with_states("{table: states.csv, columns: {gpd: gdp, name: nmae}}", states=STATES)
    faults = {fault.field: fault for fault in refused(path)}
    assert "did you mean gdp?" in faults["states.columns.gpd"].remedy
    assert "did you mean name?" in faults["states.columns.name"].remedy


def test_a_wrong_cell_is_told_with_the_line_of_its_row(with_states: Any, refused: Any) -> None:
    table = STATES.replace('"Bland, east"', '"Bland\nin two lines"').replace(",2000,", ',"2,5",')
    (fault,) = refused(with_states("{table: states.csv}", states=table))
    assert (fault.file, fault.line, fault.field) == ("states.csv", 5, "states.CCC.gdp")
    assert (fault.value, fault.remedy[:9]) == ("2,5", "write 2.5")


def test_an_unknown_key_beside_the_table_is_a_fault(with_states: Any, refused: Any) -> None:
    (fault,) = refused(with_states("{table: states.csv, selct: [AAA]}", states=STATES))
    assert (fault.field, fault.message) == ("states.selct", "unknown key")
    assert "did you mean select?" in fault.remedy


BROKEN = {
    "an id twice": (STATES + "AAA,north,1,1,1,1,1,1,A\n", 5, "given twice (first in line 2)"),
    "too few cells": (STATES + "DDD,north\n", 5, "the row has 2 cells and the header 9"),
    "a column twice": (STATES.replace("population", "gdp"), 1, "the column occurs twice"),
    "a field in two columns": (
        STATES.replace("threats.unrest", "capital").replace("name", "capital"),
        1,
        "twice",
    ),
    "only commas": (",,\n", 1, "the table has no header"),
    "an open quote": (STATES + '"DDD', 5, "this is not CSV"),
    "no text": ("", None, "the file is empty"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_table_is_a_fault(with_states: Any, refused: Any, kind: str) -> None:
    content, line, message = BROKEN[kind]
    faults = refused(with_states("{table: states.csv}", states=content))
    assert any(
        fault.file == "states.csv" and fault.line == line and message in fault.message for fault in faults
    )


def test_an_unknown_table_is_a_fault_with_a_likely_spelling(with_states: Any, refused: Any) -> None:
    (fault,) = refused(with_states("{table: state.csv}", states=STATES))
    assert (fault.field, fault.value, fault.message) == ("states.table", "state.csv", "no such table")
    assert "did you mean states.csv?" in fault.remedy


@pytest.mark.parametrize("name", ["../outside.csv", "/etc/passwd", "link.csv"])
def test_a_table_outside_the_folder_is_a_fault(small: str, write: Any, refused: Any, name: str) -> None:
    outside = write("outside.csv", STATES)
    path = write("inside/problem.yaml", tabled(small, f"{{table: {name}}}"))
    (path.parent / "link.csv").symlink_to(outside.resolve())
    assert any("outside the folder" in fault.message for fault in refused(path))


def test_tables_may_lie_in_the_folder_with_the_name_of_the_problem(with_states: Any, write: Any) -> None:
    write("problem/own.csv", STATES)
    assert ids(load_problem(with_states("{table: own.csv}"))) == ["AAA", "BBB", "CCC"]


def test_a_section_without_a_list_or_a_table_is_a_fault(with_states: Any, refused: Any) -> None:
    messages = [fault.message for fault in refused(with_states("{AAA: {name: Aland}}"))]
    assert messages == ["unknown key", "a list is expected, or a table"]


def test_a_table_as_an_entry_of_a_list_is_told_once(with_states: Any, refused: Any) -> None:
    (fault,) = refused(with_states("[{table: states.csv}]", states=STATES))
    assert (fault.field, fault.message) == ("states", "`table:` does not belong in a list")
    assert "`states: {table: states.csv}`" in fault.remedy
