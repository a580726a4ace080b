"""What is written reads back equal."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concord.loading import bundled_problems, load_problem, problem_json, write_problem
from concord.models import DesignProblem
from concord.models.quantities import LEAST, MOST

AWKWARD_IDS = ["null", "true", "no", "1993", "007", "1e5", "0x1F", "y", "Null", "12-05"]
IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True) | st.sampled_from(AWKWARD_IDS)
LONG_TEXTS = st.builds(
    str.__mul__,
    st.sampled_from(["peace # ", "a: b - ", " x", "  ", "😀 [ ", "y" * 120 + " ", "' "]),
    st.integers(15, 30),
)
TEXTS = st.lists(
    st.sampled_from(["peace", "#", "-", "a: b", " ", "[", "😀", "x" * 120, "'"]), min_size=30
).map(" ".join)
TEXTS = (
    LONG_TEXTS
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
    | st.sampled_from(
        [
            "- a",
            "a: b",
            "# no comment",
            "'",
            '"',
            "\\",
            "[x]",
            "{",
            "*a",
            "&a",
            "!tag",
            "---",
            "...",
            " x ",
            "\n",
            "😀",
            "\x85",
        ]
    )
)
FIGURES = st.floats(0, MOST) | st.integers(0, 10**12) | st.floats(0, 1e-300)
POSITIVE = st.floats(LEAST, MOST) | st.integers(1, 10**12)
PERIODS = st.integers(1, 9000)


@st.composite
def problems(draw: Any) -> DesignProblem:
    """Small problems with awkward names, texts and figures."""
    ids = draw(st.lists(IDS, min_size=2, max_size=4, unique=True))
    kind, office = draw(IDS), draw(IDS)
    first = draw(PERIODS)
    periods = range(first, first + draw(st.integers(1, 3)))
    coordinate = st.floats(-90, 90)
    states = [
        {
            "id": name,
            "name": draw(TEXTS),
            "region": draw(IDS),
            "population": draw(POSITIVE),
            "gdp": draw(POSITIVE),
            "latitude": draw(coordinate),
            "longitude": draw(coordinate),
            "capacities": {"political-legitimacy": draw(st.floats(0.01, 100))},
            "threats": {kind: draw(st.floats(0.01, 100))},
        }
        for name in ids
    ]
    return DesignProblem.model_validate(
        {
            "id": draw(IDS),
            "title": draw(TEXTS),
            "description": draw(TEXTS),
            "periods": list(periods),
            "threat_kinds": [{"id": kind, "relevance": {"political-legitimacy": draw(st.floats(0.01, 1))}}],
            "states": states,
            "organs": [
                {"id": office, "name": draw(TEXTS), "setup_cost": draw(FIGURES), "upkeep": draw(FIGURES)}
            ],
            "dilemma": {
                "influences": [{"source": ids[0], "target": ids[1], "reaction": draw(st.floats(0, 27))}]
            },
            "funds": [
                {
                    "id": draw(IDS),
                    "name": draw(TEXTS),
                    "payers": draw(st.sampled_from(["members", ids])),
                    "budget": draw(FIGURES | st.dictionaries(st.sampled_from(periods), FIGURES)),
                    "carry_over": draw(st.booleans()),
                }
            ],
        }
    )


def reread(text: str, name: str) -> DesignProblem:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, "utf-8", newline="\n")
        return load_problem(path)


@settings(deadline=None, max_examples=60)
@given(problems())
def test_any_problem_reads_back_equal_from_yaml(problem: DesignProblem) -> None:
    assert reread(write_problem(problem), "p.yaml") == problem


@settings(deadline=None, max_examples=60)
@given(problems())
def test_any_problem_reads_back_equal_from_json(problem: DesignProblem) -> None:
    assert reread(problem_json(problem), "p.json") == problem


@pytest.mark.parametrize("bundled", bundled_problems(), ids=lambda bundled: bundled.name)
def test_every_bundled_problem_reads_back_equal(bundled: Any) -> None:
    problem = load_problem(bundled.name)
    from_yaml = reread(write_problem(problem), "p.yaml")
    assert from_yaml == problem
    assert from_yaml.digest() == problem.digest()
    assert reread(problem_json(problem), "p.json").digest() == problem.digest()


def test_defaults_are_not_written(loaded: Any) -> None:
    text = write_problem(loaded())
    assert "max_intensity: 2.0" in text
    assert "persistence" not in text


def test_written_problems_are_lines_that_a_person_can_read(loaded: Any) -> None:
    text = write_problem(loaded())
    assert text.startswith("format: concord/problem/1\nid: small\n")
    assert "\n    - {source: AAA, target: BBB, spillover: 0.5, reaction: 0.4}\n" in text
    assert max(map(len, text.splitlines())) <= 110
