"""Numbers that are not written as the format has them: a remedy that is followed keeps what was meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concord.loading import load_problem
from concord.loading.almost_numbers import advice, readings

Changed = Callable[[str, str], tuple[Path, int]]
Refused = Callable[..., Any]

# What is written for which figure, and what it means.
MEANINGS = [
    ("population", "1\u00a0000\u00a0000", 1e6),
    ("population", "1\u202f000\u202f000", 1e6),
    ("population", "1 000 000", 1e6),
    ("population", "1'000'000", 1e6),
    ("population", "1\u2019000\u2019000", 1e6),
    ("population", "1,000,000", 1e6),
    ("population", "1_000_000", 1e6),
    ("gdp", "9.000.000", 9e6),
    ("gdp", "1.234,5", 1234.5),
    ("gdp", "1,234.5", 1234.5),
    ("gdp", "9000 million", 9000.0),
    ("gdp", "9000 million USD", 9000.0),
    ("gdp", "0,125", 0.125),
    ("latitude", "\u221252.0", -52.0),
    ("latitude", "\u201352,5", -52.5),
    ("latitude", "52.5 S", -52.5),
    ("latitude", "N 52.5\u00b0", 52.5),
    ("latitude", "52,125", 52.125),
    ("longitude", "10.25W", -10.25),
    ("longitude", "10,25 E", 10.25),
]
UNCLEAR = [
    ("population", "120 million"),
    ("population", "1,00,000"),
    ("population", "2-3"),
    ("gdp", "$170"),
    ("gdp", "(170)"),
    ("gdp", "~170"),
    ("gdp", "170 thousand"),
    ("gdp", "0,123,456"),
    ("gdp", "\u22125"),
    ("latitude", "52.5 W"),
    ("latitude", "152,5"),
    ("longitude", "10\u00b015'W"),
    ("longitude", "-10.25 W"),
]
HEADER = "id,name,region,population,gdp,latitude,longitude,capacities.political-legitimacy,threats.unrest\n"
FIGURES = {"population": "1000000", "gdp": "4000", "latitude": "50.5", "longitude": "10.5"}


def _problem(small: str, write: Callable[[str, str], Path], field: str, written: str) -> Path:
    """The small problem with a figure of its first state from a table."""
    cells = [FIGURES[name] if name != field else f'"{written}"' for name in FIGURES]
    write("states.csv", f"{HEADER}AAA,Aland,north,{','.join(cells)},1,1\n")
    lines = small.splitlines(keepends=True)
    others = [line for line in lines if line.startswith("  - {id: BBB,") or line.startswith("  - {id: CCC,")]
    start, end = lines.index("states:\n"), lines.index("dilemma:\n")
    states = ["states:\n", "  table: states.csv\n", "  rows:\n", *("  " + line for line in others)]
    return write("problem.yaml", "".join([*lines[:start], *states, *lines[end:]]))


@pytest.mark.parametrize(("field", "written", "meaning"), MEANINGS)
def test_following_the_remedy_gives_what_was_meant(
    small: str, write: Any, refused: Refused, field: str, written: str, meaning: float
) -> None:
    (fault,) = refused(_problem(small, write, field, written))
    assert (fault.file, fault.line, fault.field) == ("states.csv", 2, f"states.AAA.{field}")
    followed = re.match(r"write (\S+);", fault.remedy)
    assert followed is not None, fault.remedy
    problem = load_problem(_problem(small, write, field, followed[1]))
    assert getattr(problem.states[0], field) == meaning


@pytest.mark.parametrize(("field", "written"), UNCLEAR)
def test_no_figure_is_proposed_where_the_meaning_is_unclear(
    small: str, write: Any, refused: Refused, field: str, written: str
) -> None:
    (fault,) = refused(_problem(small, write, field, written))
    assert fault.remedy.startswith("give a number"), fault.remedy


def test_both_meanings_of_a_separator_are_told() -> None:
    assert advice("1,234") == "write 1.234 or 1234, whichever is meant"
    assert advice("9.000") == "write 9.000 or 9000, whichever is meant"


@given(st.integers(-(10**11), 10**11), st.sampled_from(" \u00a0\u202f'_,."))
def test_grouped_numbers_are_read_whole(number: int, between: str) -> None:
    assert str(number) in readings(f"{number:,}".replace(",", between))


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([(",", "."), (".", ","), (" ", ",")]))
def test_a_mark_for_decimals_beside_groups_is_read(number: Any, marks: tuple[str, str]) -> None:
    between, mark = marks
    text = f"{number:,}".replace(",", "\0").replace(".", mark).replace("\0", between)
    assert [float(reading) for reading in readings(text)] == [float(number)]


@given(st.decimals(0, 100, places=9))
def test_percents_keep_every_digit(share: Any) -> None:
    assert [float(reading) for reading in readings(f"{share} %")] == [float(share / 100)]


@pytest.mark.parametrize(
    ("written", "meaning"),
    [("60,5", 60.5), ("1 000", 1000), ("1.000.000", 1e6), ("\u22125", -5), ("+5", 5), ("5%", 0.05)],
)
@pytest.mark.parametrize("text", ['{{"a": {}}}', '{{"a": {}, "b": 1}}', '{{\n"a": {}\n}}'])
def test_numbers_that_json_does_not_know(
    write: Any, refused: Refused, text: str, written: str, meaning: float
) -> None:
    (fault,) = refused(write("problem.json", text.format(written)))
    assert (fault.message, fault.value) == ("this is no number of JSON", written)
    assert fault.remedy.startswith("write ")
    assert json.loads(text.format(fault.remedy.removeprefix("write ")))["a"] == meaning


@pytest.mark.parametrize("figures", ["{1993: 100,5, 1994: 120}", "{1993: 100, 1994: 100,5}"])
def test_a_decimal_comma_in_braces(changed: Changed, refused: Refused, figures: str) -> None:
    path, line = changed("{1993: 100, 1994: 120}", figures)
    (fault,) = refused(path)
    assert (fault.line, fault.value, fault.remedy) == (line, "100,5", "write 100.5")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    scale: 5\n", "    scale:\u00a05\n"),
        ("    scale: 5\n", "    scale: 5\u00a0\n"),
        ("    scale: 5\n", "\u00a0   scale: 5\n"),
        ("    scale: 5\n", "    scale\u202f: 5\n"),
        ("{unrest: 0.1}\n    organ", "{unrest:\u00a00.1}\n    organ"),
    ],
)
def test_an_odd_space_in_yaml_is_named(changed: Changed, refused: Refused, old: str, new: str) -> None:
    path, line = changed(old, new)
    (fault,) = refused(path)
    column = next(number for number, character in enumerate(new, 1) if character in "\u00a0\u202f")
    offset = 0 if old.startswith("    scale") else len("    effects: ")
    assert (fault.line, fault.message) == (line, f"there is a no-break space in column {column + offset}")


def test_an_odd_space_in_json_is_named(write: Any, refused: Refused) -> None:
    (fault,) = refused(write("problem.json", '{"id":\u00a0"x"}'))
    assert fault.message == "there is a no-break space"


def test_spaces_within_text_may_be_of_any_kind(changed: Changed) -> None:
    path, _ = changed("name: Cease-fire", "name: Cease\u00a0fire")
    assert load_problem(path).missions[0].name == "Cease\u00a0fire"


def test_merge_keys_take_over_what_is_not_stated(small: str, write: Any) -> None:
    overlay = write(
        "over.yaml",
        "states:\n  - {id: AAA, threats: &calm {unrest: 4}}\n  - {id: BBB, threats: {<<: *calm}}\n"
        "  - {id: CCC, threats: {unrest: 5, <<: [*calm, {attack: 6}]}}\n",
    )
    problem = load_problem(write("problem.yaml", small), overlays=[overlay])
    threats = [dict(state.threats) for state in problem.states]
    assert threats == [{"unrest": 4}, {"unrest": 4}, {"unrest": 5, "attack": 6}]


def test_only_mappings_are_merged(changed: Changed, refused: Refused) -> None:
    path, line = changed("{unrest: 0.1}\n    organ", "{<<: 0.1}\n    organ")
    (fault,) = refused(path)
    assert (fault.line, fault.message) == (line, "only keys with values can be merged")
