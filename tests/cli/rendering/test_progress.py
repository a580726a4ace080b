"""Progress: a line for each phase in a log, one table on a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from concord.cli.rendering.progress import SECONDS_BETWEEN_LINES, STOPPING, LiveProgress, PlainProgress
from concord.cli.usual import Usual, usual
from concord.models import Measure, Objective
from concord.solving.progress import Progress


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def at(phase: str, incumbent: float | None = None, bound: float | None = None) -> Progress:
    gap = None if incumbent is None or bound is None else bound / incumbent - 1
    return Progress(phase, incumbent, bound, gap, 0.0, 3)


def test_a_phase_has_one_line_until_some_time_has_passed() -> None:
    clock, lines = Clock(), list[str]()
    plain = PlainProgress(lines.append, clock)
    plain.report(at("relaxation"))
    plain.report(at("relaxation"))
    plain.report(at("search", 1.0, 1.5))
    clock.now += SECONDS_BETWEEN_LINES
    plain.report(at("search", 1.25, 1.5))
    assert [line.split()[2] for line in lines] == ["relaxation", "search", "search"]
    assert lines[-1].split() == [
        "5.0",
        "s",
        "search",
        "best",
        "1.25000",
        "bound",
        "1.50000",
        "gap",
        "20.000%",
    ]


def test_the_terminal_shows_the_latest_report_and_the_seconds_since_the_start() -> None:
    clock, file = Clock(), io.StringIO()
    live = LiveProgress(Console(file=file, width=100), clock)
    live.report(at("search"))
    live.report(at("search", 1.25, 1.5))
    clock.now += 7.5
    live.console.print(live)
    assert "1.25000" in file.getvalue()
    assert "1.50000" in file.getvalue()
    assert "20.000%" in file.getvalue()
    assert "7.5" in file.getvalue()
    assert STOPPING not in file.getvalue()


def test_the_terminal_says_when_the_search_is_stopping() -> None:
    file = io.StringIO()
    live = LiveProgress(Console(file=file, width=100), Clock())
    live.stopping = lambda: True
    live.console.print(live)
    assert STOPPING in file.getvalue()


def test_showing_progress_never_stops_a_search() -> None:
    assert not PlainProgress(print).stop_requested()
    assert not LiveProgress(Console()).stop_requested()


@pytest.mark.parametrize(
    ("rows", "gap", "measure", "words", "seconds"),
    [
        (70, 0.01, "geometric", "under 1 s", 1),
        (14_246, 0.01, "geometric", "2 s to 2 min", 5),
        (43_259, 0.01, "harmonic", "10 s to 5 min", 15),
        (43_259, 0.001, "harmonic", "30 s to 20 min", 49),
        (47_501, 0.01, "geometric", "10 s to 5 min", 275),
        (8_813, 0.01, "mean", "10 s to 5 min", 38),
        (10**7, 1e-9, "leximin", "24 h or more", 10**7),
    ],
)
def test_the_time_that_is_foretold_is_that_of_measured_runs(
    rows: int, gap: float, measure: str, words: str, seconds: float
) -> None:
    expected = usual(rows, gap, Objective(measure=Measure(measure)))
    assert expected.words == words
    assert expected.least <= seconds <= max(1.0, expected.most)


def test_what_is_left_is_told_until_it_takes_longer_than_usual() -> None:
    clock, file = Clock(), io.StringIO()
    live = LiveProgress(Console(file=file, width=120), clock, expected=Usual(5.0, 100.0))
    live.report(at("search", 1.25, 1.5))
    for seconds, words in ((0.0, "up to 2 min"), (60.0, "up to 1 min"), (50.0, "longer than usual")):
        clock.now += seconds
        live.console.print(live)
        assert words in file.getvalue()
