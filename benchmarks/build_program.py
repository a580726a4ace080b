"""How long it takes to write one siting program with Concord, OR-Tools, PuLP, linopy, and with bare SciPy.

    allocation(site, customer) <= open(site)              a customer is served from open sites only
    sum_site allocation(site, customer) == 1              every customer is served
    sum_customer demand * allocation <= capacity * open   within the capacity of the site
    sum_site open == count

Every library builds the same program from the same tables in the same run. A small version is also solved, to
show that it is indeed the same program. `benchmarks/README.md` says how to run this and what was measured.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import highspy
import linopy
import numpy as np
import pandas as pd
import pulp
import scipy.sparse as sp
import typer
import xarray as xr
from ortools.linear_solver.python import model_builder
from rich.console import Console
from rich.table import Table
from scipy.optimize import Bounds, LinearConstraint, milp

from concord.algebra import Program
from concord.algebra.writing import write_lp, write_mps

CAPACITY_FACTOR = 1.5
"""Capacity of all sites that may open together, as a multiple of all demand."""


@dataclass(frozen=True)
class Siting:
    """The tables of one instance: names, demand per customer, cost per pair, and how many sites open."""

    sites: pd.Index
    customers: pd.Index
    demand: pd.Series
    cost: pd.Series
    count: int

    @property
    def capacity(self) -> float:
        """What one open site can serve."""
        return CAPACITY_FACTOR * float(self.demand.sum()) / self.count

    @classmethod
    def random(cls, sites: int, customers: int, seed: int) -> Siting:
        """An instance with uniform demand and cost."""
        numbers = np.random.default_rng(seed)
        site = pd.Index([f"site{number}" for number in range(sites)], name="site")
        customer = pd.Index([f"customer{number}" for number in range(customers)], name="customer")
        return cls(
            site,
            customer,
            pd.Series(numbers.uniform(1.0, 2.0, customers), index=customer),
            pd.Series(
                numbers.uniform(0.0, 1.0, sites * customers),
                index=pd.MultiIndex.from_product([site, customer]),
            ),
            max(2, sites // 20),
        )


@dataclass(frozen=True)
class Built:
    """What a library built: its size, and how to find its optimum."""

    size: Callable[[], tuple[int, int, int]]
    optimum: Callable[[], float]


def siting_program(siting: Siting) -> Program:
    """The program as Concord writes it: blocks and relations over the whole index."""
    program = Program("siting")
    opened = program.add_variables("open", siting.sites, upper=1.0, integer=True)
    allocation = program.add_variables("allocation", siting.cost.index, upper=1.0)
    program.add_constraints("from open sites", allocation <= opened.on(allocation.index))
    program.add_constraints("served", allocation.sum("site") == 1.0)
    load = (allocation * siting.demand).sum("customer")
    program.add_constraints("capacity", load <= siting.capacity * opened)
    program.add_constraints("count", opened.sum() == siting.count)
    program.minimise((allocation * siting.cost).sum())
    return program


def concord(siting: Siting) -> Built:
    """Blocks and relations over the whole index, to the matrix."""
    form = siting_program(siting).matrix()
    return Built(
        lambda: (*form.matrix.shape, form.matrix.nnz),
        lambda: _solve(
            form.cost, form.matrix, form.row_lower, form.row_upper, (form.lower, form.upper), form.integer
        ),
    )


def scipy_alone(siting: Siting) -> Built:
    """Index arithmetic and one sparse matrix: no names, no checks. The floor."""
    n, m = len(siting.sites), len(siting.customers)
    pair, site, customer = np.arange(n * m), np.repeat(np.arange(n), m), np.tile(np.arange(m), n)
    column, ones, served = n + pair, np.ones(n * m), n * m
    loaded, counted = served + m, served + m + n
    rows = [pair, pair, served + customer, loaded + site, loaded + np.arange(n), np.full(n, counted)]
    columns = [column, site, column, column, np.arange(n), np.arange(n)]
    weights = siting.demand.to_numpy()[customer]
    values = [ones, -ones, ones, weights, np.full(n, -siting.capacity), np.ones(n)]
    shape = (counted + 1, n + n * m)
    matrix = sp.csr_array(
        sp.coo_array((np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=shape)
    )
    lower = np.concatenate([np.full(n * m, -np.inf), np.ones(m), np.full(n, -np.inf), [siting.count]])
    upper = np.concatenate([np.zeros(n * m), np.ones(m), np.zeros(n), [siting.count]])
    cost = np.concatenate([np.zeros(n), siting.cost.to_numpy()])
    bounds = (np.zeros(shape[1]), np.ones(shape[1]))
    integer = np.arange(shape[1]) < n
    return Built(
        lambda: (*matrix.shape, matrix.nnz), lambda: _solve(cost, matrix, lower, upper, bounds, integer)
    )


def with_linopy(siting: Siting) -> Built:
    """Blocks over coordinates, to the matrix."""
    model = linopy.Model()
    opened = model.add_variables(coords=[siting.sites], name="open", binary=True)
    allocation = model.add_variables(0.0, 1.0, coords=[siting.sites, siting.customers], name="allocation")
    demand = xr.DataArray(siting.demand.to_numpy(), coords=[siting.customers])
    shape = (len(siting.sites), len(siting.customers))
    cost = xr.DataArray(siting.cost.to_numpy().reshape(shape), coords=[siting.sites, siting.customers])
    model.add_constraints(allocation - opened <= 0.0, name="from_open_sites")
    model.add_constraints(allocation.sum("site") == 1.0, name="served")
    load = (allocation * demand).sum("customer")
    model.add_constraints(load - siting.capacity * opened <= 0.0, name="capacity")
    model.add_constraints(opened.sum() == siting.count, name="count")
    model.add_objective((allocation * cost).sum())
    form = model.matrices
    if form.A is None:
        raise RuntimeError("linopy built no matrix")
    matrix, bound, sense = sp.csr_array(form.A), form.b, form.sense
    return Built(
        lambda: (*matrix.shape, matrix.nnz),
        lambda: _solve(
            form.c,
            matrix,
            np.where(sense == "<", -np.inf, bound),
            np.where(sense == ">", np.inf, bound),
            (form.lb, form.ub),
            form.vtypes != "C",
        ),
    )


def with_ortools(siting: Siting) -> Built:
    """One expression per row, to the model that a solver takes; without names, which cost it time."""
    model = model_builder.Model()  # type: ignore[no-untyped-call]
    demand, cost = siting.demand.tolist(), siting.cost.tolist()
    n, m = len(siting.sites), len(siting.customers)
    opened = [model.new_bool_var() for _ in siting.sites]
    allocation = [[model.new_num_var(0.0, 1.0) for _ in siting.customers] for _ in siting.sites]
    expression = model_builder.LinearExpr
    for row, site_open in zip(allocation, opened, strict=True):
        for share in row:
            model.add(share <= site_open)
    for customer in range(m):
        model.add(expression.sum([row[customer] for row in allocation]) == 1.0)
    for row, site_open in zip(allocation, opened, strict=True):
        model.add(expression.weighted_sum(row, demand) <= siting.capacity * site_open)
    model.add(expression.sum(opened) == siting.count)
    model.minimize(expression.weighted_sum([share for row in allocation for share in row], cost))
    helper = model.helper
    return Built(
        lambda: (
            model.num_constraints,
            model.num_variables,
            sum(len(helper.constraint_var_indices(row)) for row in range(n * m + m + n + 1)),
        ),
        lambda: _solve_model(model),
    )


def with_pulp(siting: Siting) -> Built:
    """One expression per row, to the problem object; a solver's matrix is not yet made."""
    problem = pulp.LpProblem("siting", pulp.LpMinimize)
    demand, cost = siting.demand.tolist(), siting.cost.tolist()
    m = len(siting.customers)
    opened = [pulp.LpVariable(f"open_{site}", cat="Binary") for site in siting.sites]
    allocation = [
        [pulp.LpVariable(f"allocation_{site}_{customer}", 0.0, 1.0) for customer in siting.customers]
        for site in siting.sites
    ]
    shares = [share for row in allocation for share in row]
    problem += pulp.LpAffineExpression(zip(shares, cost, strict=True))
    for row, site_open in zip(allocation, opened, strict=True):
        for share in row:
            problem += share - site_open <= 0.0
    for customer in range(m):
        problem += pulp.LpAffineExpression([(row[customer], 1.0) for row in allocation]) == 1.0
    for row, site_open in zip(allocation, opened, strict=True):
        load = pulp.LpAffineExpression([*zip(row, demand, strict=True), (site_open, -siting.capacity)])
        problem += load <= 0.0
    problem += pulp.LpAffineExpression([(site_open, 1.0) for site_open in opened]) == siting.count
    return Built(
        lambda: (
            problem.numConstraints(),
            problem.numVariables(),
            sum(len(row) for row in problem.constraints.values()),
        ),
        lambda: _solve_problem(problem),
    )


BUILDERS: dict[str, Callable[[Siting], Built]] = {
    "SciPy alone": scipy_alone,
    "Concord": concord,
    "linopy": with_linopy,
    "OR-Tools": with_ortools,
    "PuLP": with_pulp,
}


def _solve(
    cost: np.ndarray,
    matrix: sp.csr_array,
    lower: np.ndarray,
    upper: np.ndarray,
    bounds: tuple[np.ndarray, np.ndarray],
    integer: np.ndarray,
) -> float:
    """The least cost of a program in matrix form."""
    answer = milp(
        cost,
        constraints=LinearConstraint(matrix, lower, upper),
        bounds=Bounds(*bounds),
        integrality=integer.astype(int),
        options={"mip_rel_gap": 0.0},
    )
    if answer.fun is None:
        raise RuntimeError(f"HiGHS found no optimum: {answer.message}")
    return float(answer.fun)


def _solve_model(model: model_builder.Model) -> float:
    """The least cost of an OR-Tools model, by SCIP: its MPS files are rounded to fewer digits."""
    solver = model_builder.Solver("scip")
    solver.solve(model)
    return float(solver.objective_value)


def _solve_problem(problem: pulp.LpProblem) -> float:
    """The least cost of a PuLP problem, by HiGHS from the MPS file that PuLP writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "program.mps")
        problem.writeMPS(path)
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.readModel(path)
        solver.run()
        return float(solver.getInfo().objective_function_value)


def same_optimum(small: Siting) -> float:
    """The optimum of a small instance. Raises `RuntimeError` unless all libraries find the same."""
    optima = {name: build(small).optimum() for name, build in BUILDERS.items()}
    if max(optima.values()) - min(optima.values()) > 1e-6:
        raise RuntimeError(f"the libraries built different programs: {optima}")
    return optima["Concord"]


def fastest(siting: Siting, repeats: int) -> dict[str, tuple[float, tuple[int, int, int]]]:
    """For each library the least seconds of its builds, and the size of its program.

    The libraries take turns, so that whatever else the machine does meets all of them.
    """
    results: dict[str, tuple[float, tuple[int, int, int]]] = {}
    for _ in range(repeats):
        for name, build in BUILDERS.items():
            gc.collect()
            start = time.perf_counter()
            built = build(siting)
            seconds = time.perf_counter() - start
            if name not in results:
                results[name] = (seconds, built.size())
            results[name] = (min(seconds, results[name][0]), results[name][1])
            del built
    return results


def main(
    sites: Annotated[int, typer.Option(help="Number of sites.")] = 548,
    customers: Annotated[int, typer.Option(help="Number of customers.")] = 547,
    repeats: Annotated[int, typer.Option(help="Builds per library; the fastest counts.")] = 3,
    seed: Annotated[int, typer.Option(help="Seed of the random tables.")] = 1992,
) -> None:
    """Build the same siting program with every library, and compare the times."""
    console = Console()
    optimum = same_optimum(Siting.random(12, 20, seed))
    console.print(f"Small instance: all libraries find the optimum {optimum:.6f}.")
    siting = Siting.random(sites, customers, seed)
    results = fastest(siting, repeats)
    sizes = {size for _, size in results.values()}
    if len(sizes) > 1:
        raise RuntimeError(f"the libraries built programs of different sizes: {results}")
    rows, columns, coefficients = sizes.pop()
    table = Table(title=f"{rows:,} rows, {columns:,} columns, {coefficients:,} coefficients")
    for heading in ("library", "seconds", "times Concord", "times SciPy alone"):
        table.add_column(heading, justify="left" if heading == "library" else "right")
    ours, floor = results["Concord"][0], results["SciPy alone"][0]
    for name, (seconds, _) in results.items():
        table.add_row(name, f"{seconds:.3f}", f"{seconds / ours:.1f}", f"{seconds / floor:.1f}")
    console.print(table)
    program = siting_program(siting)
    for name, write in {"LP": write_lp, "MPS": write_mps}.items():
        start = time.perf_counter()
        characters = len(write(program))
        console.print(f"{name} text of {characters / 1e6:.0f} MB in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    typer.run(main)
