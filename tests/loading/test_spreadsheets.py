"""Tables as spreadsheets save them, and tables that are far too wide or wrong in every row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from concord.loading import load_problem

Refused = Callable[..., Any]
HEADER = "id,name,region,population,gdp,latitude,longitude,capacities.political-legitimacy,threats.unrest"
ROWS = (
    "AAA,Aland,north,1000000,4000,50,10,1,1",
    "BBB,Bland,north,2000000,9000,52,10,1,1",
    "CCC,Cland,south,5000000,2000,40,10,1,2",
)
STATES = "\n".join([HEADER, *ROWS, ""])


@pytest.fixture
def with_states(small: str, write: Any) -> Callable[[str | bytes], Path]:
    """Writes the small problem with its states in a table."""

    def written(table: str | bytes) -> Path:
        lines = small.splitlines()
        first = lines.index("states:")
        write("states.csv", table)
        text = "\n".join([*lines[:first], "states: {table: states.csv}", *lines[first + 4 :]])
        path: Path = write("problem.yaml", text)
        return path

    return written


SAVED = {
    "semicolons": STATES.replace(",", ";"),
    "tabs": STATES.replace(",", "\t"),
    "a separator line": "sep=,\n" + STATES,
    "a separator line of semicolons": "sep=;\r\n" + STATES.replace(",", ";").replace("\n", "\r\n"),
    "a separator line with commas after it": "sep=;,,\n" + STATES.replace(",", ";"),
    "a byte-order mark": b"\xef\xbb\xbf" + STATES.encode(),
    "a byte-order mark and a separator line": b"\xef\xbb\xbfsep=;\n" + STATES.replace(",", ";").encode(),
    "old line ends": STATES.replace("\n", "\r"),
    "empty columns at the end": STATES.replace("\n", ",,,\n"),
    "empty columns after the rows alone": "\n".join([HEADER, *(row + ",," for row in ROWS)]),
    "empty rows at the end": STATES + ",,,,,,,,\n" * 3,
    "quotes everywhere": "\n".join('"' + line.replace(",", '","') + '"' for line in (HEADER, *ROWS)),
}


@pytest.mark.parametrize("kind", SAVED)
def test_a_table_is_read_as_spreadsheets_save_it(small: str, write: Any, with_states: Any, kind: str) -> None:
    assert load_problem(with_states(SAVED[kind])) == load_problem(write("small.yaml", small))


def test_a_fault_after_a_separator_line_has_the_line_of_the_file(with_states: Any, refused: Refused) -> None:
    table = "sep=;\n" + STATES.replace(",", ";").replace("9000", "9,5 ")
    (fault,) = refused(with_states(table))
    assert (fault.line, fault.value, fault.remedy[:9]) == (4, "9,5", "write 9.5")


def test_text_in_another_encoding_is_told_with_what_it_may_say(with_states: Any, refused: Refused) -> None:
    faults = refused(with_states(STATES.replace("Bland", "Blånd").encode("cp1252")))
    fault = next(fault for fault in faults if fault.file == "states.csv")
    assert (fault.line, fault.value) == (3, "BBB,Blånd,north,2000000,9000,52,10,1,1")
    assert "UTF-8" in fault.remedy


def test_a_column_with_figures_and_no_name_is_told(with_states: Any, refused: Refused) -> None:
    faults = refused(with_states("\n".join(["," + HEADER, *(f"{n},{row}" for n, row in enumerate(ROWS))])))
    assert [fault.message for fault in faults] == ["column 1 has no name"]


def test_a_very_wide_header_is_one_fault_at_once(with_states: Any, refused: Refused) -> None:
    began = process_time()
    faults = refused(with_states(HEADER + ",x" * 100_000 + "\n"))
    assert [fault.message for fault in faults if fault.file == "states.csv"][:2] == [
        "the column occurs twice",
        "the table has 100009 columns",
    ]
    distinct = HEADER + "".join(f",x{number}" for number in range(40_000))
    refused(with_states(distinct + "\n"))
    assert process_time() - began < 5


def test_of_very_many_faulty_rows_the_first_are_told(with_states: Any, refused: Refused) -> None:
    faults = refused(with_states(HEADER + "\n" + "AAA,Aland\n" * 50_000))
    assert len(faults) < 1010
    assert "more problems" in faults[-1].message
    faults = refused(with_states(STATES + "\n" + "AAA,Aland,north,1,1,1,1,1,1\n" * 10_000))
    assert len(faults) < 1010
