"""Tables at widths that hold them, and at widths that do not: no figure is cut without a sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from concord.cli.rendering.console import as_text
from concord.cli.rendering.tables import Column, table, text_column
from concord.cli.views import VIEWS
from concord.loading import load_problem

COLUMNS = [text_column("id"), text_column("name"), Column("soldiers"), Column("GDP")]
ROWS = [["A-land", "A land of lakes and forests", "100,000", "40,000"], ["B-land", "", "9", "1"]]


def test_where_there_is_room_a_row_is_a_row() -> None:
    lines = as_text(table(COLUMNS, ROWS), 60).splitlines()
    assert len(lines) == 3
    assert lines[1].split() == [
        *["A-land", "A", "land", "of", "lakes", "and", "forests", "100,000", "40,000"]
    ]


def test_where_there_is_none_a_row_is_a_list() -> None:
    assert as_text(table(COLUMNS, ROWS), 30).splitlines() == [
        "id        A-land",
        "name      A land of lakes and",
        "          forests",
        "soldiers  100,000",
        "GDP       40,000",
        "",
        "id        B-land",
        "soldiers  9",
        "GDP       1",
    ]


def test_an_expanded_table_cuts_with_a_sign() -> None:
    assert "…" in as_text(table(COLUMNS, ROWS, expand=True), 30)


@pytest.mark.parametrize("width", [40, 60, 80])
@pytest.mark.parametrize("name", VIEWS)
def test_every_cell_of_every_table_is_whole_at_every_width(name: str, width: int) -> None:
    problem = load_problem("three-states")
    view = VIEWS[name]
    cells = [list(row) for row in view.cells(problem)]
    shown = as_text(table(view.columns, cells), width)
    assert max(map(len, shown.splitlines()), default=0) <= width
    words = set(shown.split())
    for row in cells:
        for column, cell in zip(view.columns, row, strict=True):
            if column.align == "right":
                assert set(cell.split()) <= words, (column.title, cell)


@pytest.mark.parametrize("width", ["40", "60"])
def test_show_keeps_figures_whole(
    concord: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for name, figures in (("states", ["100,000", "40,000", "1.00"]), ("funds", ["180", "100.0"])):
        answer = concord("show", "three-states", name)
        assert set(figures) <= set(answer.out.split()), answer.out
