"""Programs as text: LP for people, MPS for solvers.

Both are read alike by HiGHS, SCIP and CBC, and MPS by OR-Tools too. The text depends on nothing but the
program. A range is written as two rows, a row without bounds is left out. Curves have no place in these
formats: the header names those that a program has besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from concord.algebra.curve import Curve
from concord.algebra.labels import BoolArray, FloatArray
from concord.algebra.matrix import MatrixForm
from concord.algebra.naming import escape
from concord.algebra.program import Program

WIDTH = 100
"""Longest line of an expression before it is wrapped."""
RELATIONS = {
    Curve.LOG: "result <= log(argument)",
    Curve.EXP: "result >= exp(argument)",
    Curve.GROWTH: "result >= (exp(argument) - 1) / rate",
}

StringArray = npt.NDArray[np.object_]


def write_lp(program: Program | MatrixForm) -> str:
    """The program in the LP format, constraints by block under a comment with the block's name.

    CBC reads everything in it but the constant of an objective that is minimised; use MPS where that matters.

    >>> import pandas as pd
    >>> program = Program("example")
    >>> spending = program.add_variables("spending", pd.Index(["BIH", "HRV"], name="state"), upper=60.0)
    >>> ceiling = program.add_constraints("budget", 2.0 * spending.sum("state") <= 100.0)
    >>> program.maximise(spending.sum())
    >>> print(write_lp(program), end="")
    \\ Program: example
    Maximize
     obj: spending(BIH) + spending(HRV)
    Subject To
    \\ budget
     budget: 2 spending(BIH) + 2 spending(HRV) <= 100
    Bounds
     spending(BIH) <= 60
     spending(HRV) <= 60
    End
    """
    form = program.matrix() if isinstance(program, Program) else program
    columns = np.array(form.column_names, dtype=object)
    direction = "Maximize" if form.sense == "max" else "Minimize"
    lines = [f"\\ {line}" for line in _header(program, form)]
    lines += [direction, _objective(form, columns), "Subject To"]
    lines += _constraints(form, columns)
    binary = form.integer & (form.lower == 0) & (form.upper == 1)
    lines += _section("Bounds", _lp_bounds(form, columns, binary))
    lines += _section("General", (f" {name}" for name in columns[form.integer & ~binary]))
    lines += _section("Binary", (f" {name}" for name in columns[binary]))
    return "\n".join([*lines, "End", ""])


def write_mps(program: Program | MatrixForm) -> str:
    """The program in the free MPS format, always as a minimisation.

    CBC ignores the section that asks for a maximum, so a maximisation is written with its objective
    negated, and the header says so. The constant of the objective stands,
    negated, on the right-hand side of its row. The word FREE keeps CBC from guessing columns of fixed width.
    """
    form = program.matrix() if isinstance(program, Program) else program
    rows = _one_sided(form)
    sign = -1.0 if form.sense == "max" else 1.0
    lines = [f"* {line}" for line in _header(program, form)]
    if form.sense == "max":
        lines.append("* Maximisation, written as the minimisation of the negated objective")
    lines += [f"NAME {escape(form.name)} FREE", "ROWS", " N obj"]
    kinds = {"<=": " L ", ">=": " G ", "=": " E "}
    lines += [kinds[sense] + name for sense, name in zip(rows.senses, rows.names, strict=True)]
    lines += ["COLUMNS", *_mps_columns(form, rows, sign), "RHS"]
    if form.offset:
        lines.append(f" RHS obj {_number(-sign * form.offset)}")
    present = np.flatnonzero(rows.bounds)
    lines += (" RHS " + rows.names[present] + " " + _numbers(rows.bounds[present])).tolist()
    return "\n".join([*lines, "BOUNDS", *_mps_bounds(form), "ENDATA", ""])


@dataclass(frozen=True, eq=False)
class _Rows:
    """Rows with one bound each; `origin` is the row of the program from which each comes."""

    origin: npt.NDArray[np.int64]
    names: StringArray
    senses: StringArray
    bounds: FloatArray
    matrix: sp.csr_array


def _one_sided(form: MatrixForm) -> _Rows:
    """The rows with a bound, in order; a range becomes its upper row and then its lower row, marked `#lo`."""
    lower, upper = form.row_lower, form.row_upper
    equal = lower == upper
    from_above, from_below = np.isfinite(upper), np.isfinite(lower) & ~equal
    origin = np.concatenate([np.flatnonzero(from_above), np.flatnonzero(from_below)])
    below = np.repeat([False, True], [from_above.sum(), from_below.sum()])
    order = np.argsort(origin, kind="stable")
    origin, below = origin[order], below[order]
    names = np.array(form.row_names, dtype=object)[origin]
    ranged = below & from_above[origin]
    names[ranged] = names[ranged] + "#lo"
    senses = np.where(below, ">=", np.where(equal[origin], "=", "<=")).astype(object)
    return _Rows(
        origin,
        names,
        senses,
        np.where(below, lower[origin], upper[origin]),
        sp.csr_array(form.matrix[origin]),
    )


def _header(program: Program | MatrixForm, form: MatrixForm) -> Iterator[str]:
    yield f"Program: {_plain(form.name)}"
    if isinstance(program, Program):
        for curve in program.curves.values():
            yield f"Not in this file: curve {_plain(curve.name)}, {RELATIONS[curve.kind]}, {curve.size} rows"


def _objective(form: MatrixForm, columns: StringArray) -> str:
    """The objective; columns that occur nowhere have the coefficient 0, so that readers know them."""
    unused = np.bincount(form.matrix.indices, minlength=len(columns)) == 0
    shown = np.flatnonzero((form.cost != 0) | unused)
    terms = _terms(form.cost[shown], columns[shown])
    if form.offset:
        terms.append(_signed(form.offset) + _number(abs(form.offset)))
    return _wrapped(" obj:", terms)


def _constraints(form: MatrixForm, columns: StringArray) -> Iterator[str]:
    rows = _one_sided(form)
    terms = _terms(rows.matrix.data, columns[rows.matrix.indices])
    starts = rows.matrix.indptr.tolist()
    tails = (" " + rows.senses + " " + _numbers(rows.bounds)).tolist()
    heads = (" " + rows.names + ":").tolist()
    ends = np.cumsum([0, *(block.labels.size for block in form.row_blocks)])
    firsts = np.searchsorted(rows.origin, ends).tolist()
    for block, first, last in zip(form.row_blocks, firsts, firsts[1:], strict=False):
        if first < last:
            over = f" over {', '.join(block.labels.dims)}" if block.labels.dims else ""
            yield f"\\ {_plain(block.name + over)}"
        for row in range(first, last):
            # a row without variables needs one to be readable
            listed = terms[starts[row] : starts[row + 1]] or [f"+ 0 {columns[0]}"]
            yield _wrapped(heads[row], listed) + tails[row]


def _lp_bounds(form: MatrixForm, columns: StringArray, binary: BoolArray) -> Iterator[str]:
    """A line for each column whose bounds are not the default, from zero without limit."""
    for column in np.flatnonzero(~binary & ((form.lower != 0) | (form.upper != np.inf))):
        name, lower, upper = columns[column], float(form.lower[column]), float(form.upper[column])
        if lower == upper:
            yield f" {name} = {_number(lower)}"
        elif lower == -np.inf and upper == np.inf:
            yield f" {name} free"
        elif lower == -np.inf:
            yield f" -inf <= {name} <= {_number(upper)}"
        elif upper == np.inf:
            yield f" {name} >= {_number(lower)}"
        elif lower == 0:
            yield f" {name} <= {_number(upper)}"
        else:
            yield f" {_number(lower)} <= {name} <= {_number(upper)}"


def _mps_columns(form: MatrixForm, rows: _Rows, sign: float) -> Iterator[str]:
    """One line per coefficient by column, the objective first; integer columns stand between markers."""
    by_column = sp.csc_array(rows.matrix)
    counts = np.diff(by_column.indptr)
    priced = np.flatnonzero((form.cost != 0) | (counts == 0))  # a column without terms needs a line too
    number = np.concatenate([priced, np.repeat(np.arange(len(counts)), counts)])
    names = np.concatenate([np.full(len(priced), "obj", dtype=object), rows.names[by_column.indices]])
    values = np.concatenate([sign * form.cost[priced], by_column.data])
    order = np.argsort(number, kind="stable")
    number = number[order]
    columns = np.array(form.column_names, dtype=object)
    lines = (" " + columns[number] + " " + names[order] + " " + _numbers(values[order])).tolist()
    changes = np.flatnonzero(np.diff(np.concatenate([[False], form.integer, [False]]).astype(np.int8)))
    start = 0
    for place, change in enumerate(np.searchsorted(number, changes).tolist()):
        yield from lines[start:change]
        yield f" MARKER{place // 2} 'MARKER' '{'INTORG' if place % 2 == 0 else 'INTEND'}'"
        start = change
    yield from lines[start:]


def _mps_bounds(form: MatrixForm) -> Iterator[str]:
    """The bounds that are not the default; for integers all, since readers differ in their default."""
    listed = (form.lower != 0) | (form.upper != np.inf) | form.integer
    for column in np.flatnonzero(listed):
        name, lower, upper = form.column_names[column], float(form.lower[column]), float(form.upper[column])
        if lower == upper:
            yield f" FX BND {name} {_number(lower)}"
        elif lower == -np.inf and upper == np.inf:
            yield f" FR BND {name}"
        else:
            if lower == -np.inf:
                yield f" MI BND {name}"
            elif lower != 0:
                yield f" LO BND {name} {_number(lower)}"
            yield f" PL BND {name}" if upper == np.inf else f" UP BND {name} {_number(upper)}"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """A section with its title, or nothing when it has no lines."""
    listed = list(lines)
    return [title, *listed] if listed else []


def _terms(coefficients: FloatArray, names: StringArray) -> list[str]:
    """Each term with its sign, `+ 2.5 x(A)`; a coefficient of one is not written."""
    distinct, which = np.unique(coefficients, return_inverse=True)
    prefixes = [
        _signed(value) + ("" if abs(value) == 1 else _number(abs(value)) + " ") for value in distinct.tolist()
    ]
    listed: list[str] = (np.array(prefixes, dtype=object)[which] + names).tolist()
    return listed


def _wrapped(head: str, terms: list[str]) -> str:
    """The terms after the head, the first without a plus sign, in lines of at most `WIDTH` if terms allow."""
    if not terms:
        return head
    words = [terms[0].removeprefix("+ "), *terms[1:]]
    text = f"{head} {' '.join(words)}"
    if len(text) <= WIDTH:
        return text
    lines, line = [], head
    for word in words:
        if len(line) + len(word) >= WIDTH and line is not head:
            lines.append(line)
            line = "   "
        line = f"{line} {word}"
    return "\n".join([*lines, line])


def _signed(value: float) -> str:
    return "- " if value < 0 else "+ "


def _number(value: float) -> str:
    """The shortest text that reads back as the same number, without a needless fraction.

    >>> _number(2.0), _number(0.1), _number(-1e-07)
    ('2', '0.1', '-1e-07')
    """
    return repr(float(value)).removesuffix(".0").replace("e+", "e")


def _numbers(values: FloatArray) -> StringArray:
    distinct, which = np.unique(values, return_inverse=True)
    return np.array([_number(value) for value in distinct.tolist()], dtype=object)[which]


def _plain(text: str) -> str:
    """The text in one line of ASCII, for comments."""
    return ascii(text)[1:-1]
