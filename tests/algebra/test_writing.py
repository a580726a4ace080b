from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import highspy
import numpy as np
import pandas as pd
import pulp
import pyscipopt
import pytest
import scipy.sparse as sp
from ortools.linear_solver.python import model_builder

from concord.algebra import Curve, MatrixForm, Program, Variables, total
from concord.algebra.testing import assert_program_text
from concord.algebra.writing import WIDTH, write_lp, write_mps

HOSTILE = [
    "plain", "two words", "Côte d'Ivoire", 'quo"te', "back\\slash", "a,b", "(a)", "a:b", "x->y", "<=", "3+4",
    "e1", "1e5", "free", "end", "st", "inf", "infeasible", "nan", "nano", "obj", "binary", "#", "~", "\n",
    "国", "x" * 150,
]  # fmt: skip
"""Labels that a careless writer would let break a file."""


def golden() -> Program:
    program = Program("three states")
    states = pd.Index(["BIH", "HRV", "SVN"], name="state")
    organ = program.add_variables("organ", upper=1, integer=True)
    spending = program.add_variables("spending", states, upper=pd.Series([60.0, np.inf, 0.5], index=states))
    teams = program.add_variables("teams", states, upper=9, integer=True)
    posture = program.add_variables("posture", states, lower=pd.Series([-np.inf, -0.25, 2.0], index=states))
    idle = program.add_variables("idle", lower=3, upper=3)
    program.add_constraints("budget", spending.sum() + 20.0 * organ <= 100.0)
    program.add_constraints("needs organ", spending <= 60.0 * organ)
    program.add_constraints("watched", -posture <= 0.1 * teams)
    program.add_constraints("nothing", spending.where(lambda at: at["state"] == "AUT") <= 1.0)
    program.add_constraints("promise", total([], states) >= pd.Series([0.0, 1.0, -1.0], index=states))
    worth = program.add_variables("worth", states, lower=-np.inf, upper=4)
    program.add_curve("diminishing", Curve.LOG, worth, spending + 1.0)
    program.maximise(worth.sum() - 0.001 * spending.sum() + idle * 0.0 + 2.5)
    return program


def test_lp_text_of_a_small_program() -> None:
    assert_program_text(
        golden(),
        r"""
        \ Program: three states
        \ Not in this file: curve diminishing, result <= log(argument), 3 rows
        Maximize
         obj: - 0.001 spending(BIH) - 0.001 spending(HRV) - 0.001 spending(SVN) + 0 idle + worth(BIH)
            + worth(HRV) + worth(SVN) + 2.5
        Subject To
        \ budget
         budget: 20 organ + spending(BIH) + spending(HRV) + spending(SVN) <= 100
        \ needs organ over state
         needs~20~organ(BIH): - 60 organ + spending(BIH) <= 0
         needs~20~organ(HRV): - 60 organ + spending(HRV) <= 0
         needs~20~organ(SVN): - 60 organ + spending(SVN) <= 0
        \ watched over state
         watched(BIH): - 0.1 teams(BIH) - posture(BIH) <= 0
         watched(HRV): - 0.1 teams(HRV) - posture(HRV) <= 0
         watched(SVN): - 0.1 teams(SVN) - posture(SVN) <= 0
        \ promise over state
         promise(HRV): 0 organ >= 1
        Bounds
         spending(BIH) <= 60
         spending(SVN) <= 0.5
         teams(BIH) <= 9
         teams(HRV) <= 9
         teams(SVN) <= 9
         posture(BIH) free
         posture(HRV) >= -0.25
         posture(SVN) >= 2
         idle = 3
         -inf <= worth(BIH) <= 4
         -inf <= worth(HRV) <= 4
         -inf <= worth(SVN) <= 4
        General
         teams(BIH)
         teams(HRV)
         teams(SVN)
        Binary
         organ
        End
        """,
    )


def test_mps_text_of_a_small_program(program: Program, states: pd.Index) -> None:
    x = program.add_variables("x", states[:2], lower=-1.0, upper=pd.Series([2.0, np.inf], index=states[:2]))
    n = program.add_variables("n", integer=True)
    program.add_constraints("c", x + n.sum() >= 0.5)
    program.maximise(x.sum() + 3.0)
    assert write_mps(program).splitlines() == [
        "* Program: test", "* Maximisation, written as the minimisation of the negated objective",
        "NAME test FREE",
        "ROWS", " N obj", " G c(BIH)", " G c(HRV)",
        "COLUMNS", " x(BIH) obj -1", " x(BIH) c(BIH) 1", " x(HRV) obj -1", " x(HRV) c(HRV) 1",
        " MARKER0 'MARKER' 'INTORG'", " n c(BIH) 1", " n c(HRV) 1", " MARKER0 'MARKER' 'INTEND'",
        "RHS", " RHS obj 3", " RHS c(BIH) 0.5", " RHS c(HRV) 0.5",
        "BOUNDS", " LO BND x(BIH) -1", " UP BND x(BIH) 2", " LO BND x(HRV) -1",
        " PL BND x(HRV)", " PL BND n", "ENDATA",
    ]  # fmt: skip


def test_long_rows_are_wrapped(program: Program) -> None:
    sites = pd.Index([f"site{number}" for number in range(200)], name="site")
    program.add_constraints("few", program.add_variables("open", sites).sum() <= 3.0)
    lines = write_lp(program).splitlines()
    assert max(map(len, lines)) <= WIDTH + len(" <= 3")
    assert sum("open(site199)" in line for line in lines) == 1


def test_text_depends_on_the_program_alone() -> None:
    assert write_lp(golden()) == write_lp(golden())
    assert write_mps(golden()) == write_mps(golden().matrix()).replace(
        "* Program: three states\n",
        "* Program: three states\n* Not in this file: curve diminishing, result <= log(argument), 3 rows\n",
    )


def by_highs(path: Path) -> float:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(path)) == highspy.HighsStatus.kOk
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)


def by_scip(path: Path) -> float:
    model = pyscipopt.Model()
    model.hideOutput()
    model.readProblem(str(path))
    model.optimize()
    assert model.getStatus() == "optimal"
    return float(model.getObjVal())


def by_cbc(path: Path) -> float:
    command = [pulp.PULP_CBC_CMD.pulp_cbc_path, str(path), "solve", "solution", str(path.with_suffix(".sol"))]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "###" not in output
    assert "errors on input" not in output
    status, value = path.with_suffix(".sol").read_text().splitlines()[0].split(" - objective value ")
    assert status == "Optimal"
    return float(value)


def by_ortools(path: Path) -> float:
    model = model_builder.Model()
    assert model.import_from_mps_file(str(path))
    solver = model_builder.Solver("scip")
    assert solver.solve(model) == model_builder.SolveStatus.OPTIMAL
    return float(solver.objective_value)


def hostile(sense: str) -> Program:
    """A program of hostile names, with all kinds of bounds and rows, and a constant in the objective."""
    program = Program("hos\ntile é")
    numbers = np.random.default_rng(7)
    labels = pd.Index(HOSTILE, name="l\\abel")
    score = total([], labels).sum() + 1.25
    for position, name in enumerate(HOSTILE):
        few = labels[[position, position - 1, position - 2]]
        integer = position % 2 == 1
        x = program.add_variables(name, few, lower=-(position % 3), upper=1.5 + position % 4, integer=integer)
        y = program.add_variables(name + "_", lower=-np.inf if position % 5 else -1, upper=2 + position / 7)
        z = program.add_variables(name + "?", integer=True)
        program.add_constraints(name, x.sum() + y + z <= 5.5 + position / 10)
        program.add_constraints(name + "_", x + y >= -3.5)
        program.add_constraints(name + "?", y - 0.5 * z == 1.0 / 3.0)
        weights = pd.Series(numbers.integers(1, 9, 3) / 8, index=few)
        score = score + (x * weights).sum() + y * 0.7 + z
    objective = score if sense == "max" else -1.0 * score
    (program.maximise if sense == "max" else program.minimise)(objective)
    return program


@pytest.mark.parametrize("sense", ["max", "min"])
def test_all_readers_find_the_same_optimum_in_both_formats(sense: str, tmp_path: Path) -> None:
    program = hostile(sense)
    lp, mps = tmp_path / "program.lp", tmp_path / "program.mps"
    lp.write_text(write_lp(program), encoding="ascii")
    mps.write_text(write_mps(program), encoding="ascii")
    sign = 1.0 if sense == "max" else -1.0
    optimum = by_highs(lp)
    assert sign * optimum > 1.25
    assert by_scip(lp) == pytest.approx(optimum)
    dropped_by_cbc = 0.0 if sense == "max" else program.matrix().offset
    assert by_cbc(lp) + dropped_by_cbc == pytest.approx(optimum)
    for read in (by_highs, by_scip, by_cbc, by_ortools):
        assert read(mps) == pytest.approx(-sign * optimum), read.__name__


@pytest.mark.parametrize(("write", "suffix"), [(write_lp, ".lp"), (write_mps, ".mps")])
def test_a_reader_gets_back_every_number_exactly(
    write: Callable[[Program | MatrixForm], str], suffix: str, tmp_path: Path
) -> None:
    program = Program("numbers")
    labels = pd.Index([f"n{number}" for number in range(40)], name="label")
    numbers = np.random.default_rng(3).lognormal(0, 8, (4, 40))
    lower, upper, factors, ceiling = (pd.Series(row, index=labels) for row in numbers)
    x = program.add_variables("x", labels, lower=-lower, upper=upper)
    program.add_constraints("c", x * factors <= ceiling)
    program.minimise((x * -upper).sum())
    path = tmp_path / f"program{suffix}"
    path.write_text(write(program), encoding="ascii")
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.readModel(str(path))
    read, form = solver.getLp(), program.matrix()
    assert list(read.col_names_) == form.column_names
    assert list(read.row_names_) == form.row_names
    for found, expected in [
        (read.col_lower_, form.lower), (read.col_upper_, form.upper), (read.col_cost_, form.cost),
        (read.row_upper_, form.row_upper), (read.a_matrix_.value_, form.matrix.data),
    ]:  # fmt: skip
        assert list(found) == expected.tolist()


def test_ranges_become_two_rows_and_free_rows_none(
    program: Program, spending: Variables, tmp_path: Path
) -> None:
    program.maximise(spending.select(state="BIH", period=1993) - spending.select(state="BIH", period=1994))
    rows = sp.csr_array(np.eye(6)[[0, 1, 2]])
    lower, upper = np.array([1.0, 2.0, -np.inf]), np.array([5.0, 8.0, np.inf])
    form = program.matrix().with_rows(rows, lower, upper)
    text = write_lp(form)
    assert " cuts(0): spending(BIH,1993) <= 5\n cuts(0)#lo: spending(BIH,1993) >= 1\n" in text
    assert "cuts(2)" not in text
    path = tmp_path / "program.mps"
    path.write_text(write_mps(form))
    assert by_highs(path) == by_cbc(path) == -3.0


def test_a_program_without_variables_is_written(program: Program, tmp_path: Path) -> None:
    for write, name in [(write_lp, "empty.lp"), (write_mps, "empty.mps")]:
        path = tmp_path / name
        path.write_text(write(program))
        assert highspy.Highs().readModel(str(path)) == highspy.HighsStatus.kOk
