"""Text from files on a terminal."""

from __future__ import annotations

import io

import pytest

from concord.cli.rendering.console import SUMMARY_WIDTH, as_text, clean, clean_lines, console, styled
from concord.cli.rendering.tables import table, text_column


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Łódź", "Łódź"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("a\x9bb", "ab"),
        ("a\u202eb", "ab"),
        ("a\ud800b", "ab"),
        ("a\tb\nc", "a b c"),
    ],
)
def test_what_could_steer_a_terminal_is_removed(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
    assert str(styled(text)) == cleaned


def test_lines_stay_lines_where_they_are_meant() -> None:
    assert clean_lines("a\x1b\nb") == "a\nb"


def test_neither_markup_nor_emoji_nor_highlighting(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("[bold]:smile: 12 [link=x]")
    assert capsys.readouterr().out == "[bold]:smile: 12 [link=x]\n"


def test_cells_are_text_and_nothing_but_text() -> None:
    shown = as_text(table([text_column("[b]id"), text_column("name")], [["[red]x[/red]", "\x1b[1my"]]))
    assert shown.splitlines() == ["[b]id         name", "[red]x[/red]  [1my"]


def test_a_file_has_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert as_text(styled("x", "bold red")) == "x\n"


def test_standard_output_is_looked_up_when_a_console_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr("sys.stdout", file)
    console().print("x")
    assert file.getvalue() == "x\n"


@pytest.mark.parametrize(("columns", "width"), [(None, SUMMARY_WIDTH), ("60", 60)])
def test_a_pipe_is_as_wide_as_a_summary_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, columns: str | None, width: int
) -> None:
    monkeypatch.setattr("sys.stdout", io.StringIO())
    if columns is None:
        monkeypatch.delenv("COLUMNS", raising=False)
    else:
        monkeypatch.setenv("COLUMNS", columns)
    assert console().width == width
