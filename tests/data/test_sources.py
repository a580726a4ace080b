"""data/SOURCES.md documents every column of every table and every key once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data"
SOURCES = (DATA / "SOURCES.md").read_text(encoding="utf-8")
TABLES = sorted((DATA / "tables").glob("*.csv"), key=lambda path: path.name)


def section(title: str) -> str:
    """The text under a heading, up to the next of the same depth or above."""
    found = re.search(rf"^(#+) {re.escape(title)}$(.*?)(?=^#{{1,3}} |\Z)", SOURCES, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no section {title}"
    return found[2]


def keys(title: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", section(title), re.MULTILINE)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_column_is_documented_and_no_other(path: Path) -> None:
    header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    rows = re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \|", section(f"`{path.name}`"), re.MULTILINE)
    documented = [column for row in rows for column in re.findall(r"`([^`]+)`", row)]
    assert sorted(documented) == sorted(header)


def test_every_documented_table_is_there() -> None:
    documented = re.findall(r"^### `([^`]+)`$", SOURCES, re.MULTILINE)
    assert sorted(documented) == [path.name for path in TABLES]


def test_every_key_stands_once() -> None:
    every = keys("Datasets") + keys("Parameters of the bundled problems")
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    "key", ["collier-2009", "hultman-2013", "vienna-document-1992", "unficyp-cost", "no-published-effect"]
)
def test_a_parameter_says_how_it_is_known(key: str) -> None:
    row = next(
        line
        for line in section("Parameters of the bundled problems").splitlines()
        if line.startswith(f"| `{key}` |")
    )
    assert re.search(r"\| (measured|derived|assumption)[^|]*\| [^|]+ \|$", row)


def test_every_dataset_that_a_table_cites_is_listed() -> None:
    listed = set(keys("Datasets"))
    tables = SOURCES[SOURCES.index("## Tables") : SOURCES.index("## Parameters")]
    assert {key for key in listed if f"`{key}`" in tables} == listed
