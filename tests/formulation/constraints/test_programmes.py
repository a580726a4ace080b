"""Programmes and organs, at points worked out by hand."""

from __future__ import annotations

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of

HOUSED = {"programmes__defence__organ": "secretariat"}

CASES = [
    case(
        "programmes.organ", "A,mediation,1",
        {"intensity[A,mediation,1]": 3.0, "operating[secretariat,1]": 1.0},
        [
            {"intensity[A,mediation,1]": 3.01, "operating[secretariat,1]": 1.0},
            {"intensity[A,mediation,1]": 0.01, "operating[command,1]": 1.0, "operating[secretariat,2]": 1.0},
        ],
    ),
    case(
        "programmes.organ.running", "defence,1",
        {"running[defence,1]": 1.0, "operating[secretariat,1]": 1.0}, {"running[defence,1]": 1.0}, **HOUSED,
    ),
    case(
        "organs.ceiling", "1,secretariat",
        {"spending[A,mediation,1]": 25.0, "spending[D,mediation,1]": 15.0, "operating[secretariat,1]": 1.0},
        [
            {"spending[A,mediation,1]": 25.0,
            "spending[D,mediation,1]": 15.1, "operating[secretariat,1]": 1.0},
            {"spending[A,mediation,1]": 0.1},
        ],
    ),
    case(
        "programmes.minimum_scale", "defence,1",
        [{}, {"running[defence,1]": 1.0, "spending[A,defence,1]": 1.0, "spending[B,defence,1]": 1.0}],
        {"running[defence,1]": 1.0, "spending[A,defence,1]": 1.0, "spending[B,defence,2]": 1.0},
    ),
    case(
        "programmes.minimum_scale.running", "A,defence,1",
        {"intensity[A,defence,1]": 3.0, "running[defence,1]": 1.0}, {"intensity[A,defence,1]": 0.01},
    ),
    case(
        "programmes.minimum_scale.idle", "defence,1",
        {"spending[A,defence,1]": 25.0, "spending[D,defence,1]": 15.0, "running[defence,1]": 1.0},
        {"spending[A,defence,1]": 0.1}, **HOUSED,
    ),
    case(
        "organs.permanence", "secretariat,2",
        [{"operating[secretariat,1]": 1.0, "operating[secretariat,2]": 1.0},
         {"operating[secretariat,2]": 1.0}],
        {"operating[secretariat,1]": 1.0},
    ),
    case(
        "organs.requires", "command,1,secretariat",
        [{"operating[command,1]": 1.0, "operating[secretariat,1]": 1.0}, {"operating[secretariat,1]": 1.0}],
        {"operating[command,1]": 1.0, "operating[secretariat,2]": 1.0},
    ),
    case(
        "organs.earliest", "secretariat,1", {"operating[secretariat,2]": 1.0},
        {"operating[secretariat,1]": 1.0},
        organs__secretariat__earliest=2,
    ),
    case(
        "organs.founding", "secretariat,2",
        [
            {"operating[secretariat,2]": 1.0, "founded[secretariat,2]": 1.0},
            {"operating[secretariat,1]": 1.0, "operating[secretariat,2]": 1.0},
        ],
        {"operating[secretariat,2]": 1.0},
    ),
    case("organs.founding", "secretariat,1", {"founded[secretariat,1]": 1.0},
    {"operating[secretariat,1]": 1.0}),
    case(
        "organs.founding.operates", "secretariat,2",
        {"operating[secretariat,2]": 1.0, "founded[secretariat,2]": 1.0}, {"founded[secretariat,2]": 1.0},
    ),
    case(
        "organs.founding.anew", "secretariat,2",
        {"founded[secretariat,2]": 1.0}, {"operating[secretariat,1]": 1.0, "founded[secretariat,2]": 1.0},
    ),
]  # fmt: skip


@pytest.mark.parametrize("example", CASES, ids=str)
def test_admits_what_obeys(example: Case) -> None:
    assert_admits(example)


@pytest.mark.parametrize("example", CASES, ids=str)
def test_forbids_what_breaks(example: Case) -> None:
    assert_forbids(example)


def test_an_organ_that_is_closable_may_be_closed() -> None:
    program = formulated({"organs/secretariat/closable": True}).program
    assert {organ for organ, _ in labels_of(program.constraints["organs.permanence"].labels)} == {"command"}


def test_a_programme_runs_only_where_it_may() -> None:
    scene = formulated({"programmes/mediation/states": ["B", "C"]}).scene
    assert {state for state, k, _ in scene.sets.programmes if k == "mediation"} == {"B", "C"}
