"""Programmes and organs, at points worked out by hand."""

from __future__ import annotations

import pytest

from tests.support.cases import Case, assert_admits, assert_forbids, case, formulated, labels_of

HOUSED = {"programmes__defence__organ": "secretariat"}

TOGETHER = {"programmes__defence__join": "all-or-none", "programmes__defence__joining_cost": 0.5}

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
        "organs.founding", "secretariat,2",
        {"operating[secretariat,2]": 1.0, "founded[secretariat,1]": 1.0},
        {"operating[secretariat,2]": 1.0, "founded[secretariat,2]": 1.0}, organs__secretariat__lead=1,
    ),
    case(
        "organs.founding", "secretariat,1", {}, {"operating[secretariat,1]": 1.0},
        organs__secretariat__lead=1,
    ),
    case(
        "organs.founding.operates", "secretariat,1",
        {"operating[secretariat,2]": 1.0, "founded[secretariat,1]": 1.0}, {"founded[secretariat,1]": 1.0},
        organs__secretariat__lead=1,
    ),
    case(
        "organs.founding.anew", "secretariat,1",
        {"founded[secretariat,1]": 1.0, "operating[secretariat,2]": 1.0},
        {"operating[secretariat,1]": 1.0, "founded[secretariat,1]": 1.0}, organs__secretariat__lead=1,
    ),
    case(
        "programmes.all_or_none", "A,defence,1",
        [{"running[defence,1]": 1.0, "spending[A,defence,1]": 0.5}, {}],
        {"running[defence,1]": 1.0, "spending[A,defence,1]": 0.49, "spending[B,defence,1]": 9.0},
        **TOGETHER,
    ),
    case(
        "programmes.all_or_none", "D,defence,2",
        {"running[defence,2]": 1.0, "spending[D,defence,1]": 0.5},
        {"running[defence,2]": 1.0, "spending[D,defence,2]": 9.0}, **TOGETHER, programmes__defence__lead=1,
    ),
    case(
        "programmes.minimum_scale", "defence,2",
        {"running[defence,2]": 1.0, "spending[A,defence,1]": 2.0},
        {"running[defence,2]": 1.0, "spending[A,defence,2]": 2.0}, programmes__defence__lead=1,
    ),
    case(
        "organs.latest", "secretariat,2", {"operating[secretariat,1]": 1.0},
        {"operating[secretariat,2]": 1.0}, organs__secretariat__latest=1,
    ),
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


def test_an_organ_whose_time_is_over_is_closed() -> None:
    program = formulated({"organs/command/latest": 1}).program
    kept = labels_of(program.constraints["organs.permanence"].labels)
    assert ("command", 2) not in kept
    assert ("secretariat", 2) in kept


def test_a_cost_of_joining_grows_with_size_like_the_scale() -> None:
    changes = {"programmes/defence/join": "all-or-none", "programmes/defence/joining_cost": 0.5,
               "programmes/defence/scaling": {"by": "gdp", "exponent": 1.0}}  # fmt: skip
    block = formulated(changes).program.constraints["programmes.all_or_none"]
    rows = {label: row for row, label in enumerate(labels_of(block.labels))}
    columns = formulated(changes).program.variables["running"].columns
    cost = {i: -block.matrix[[rows[i, "defence", 1]]].toarray()[0, columns[0]] for i in "AD"}
    assert cost == pytest.approx({"A": 0.5 * 1000 / 2500, "D": 0.5 * 4000 / 2500})


def test_a_programme_runs_only_where_it_may() -> None:
    scene = formulated({"programmes/mediation/states": ["B", "C"]}).scene
    assert {state for state, k, _ in scene.sets.programmes if k == "mediation"} == {"B", "C"}
