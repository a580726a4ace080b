"""The text of whole programs, so that a change of any coefficient shows and is looked at.

After a change that is meant, write the files anew and read the difference before it is committed:

    CONCORD_RENEW_GOLDEN=1 pytest tests/formulation/test_golden.py && git diff tests/formulation/golden
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import concord
from concord.algebra.writing import write_lp
from concord.formulation import formulate
from concord.formulation.assemble import EQUATIONS
from concord.formulation.true_values import status_quo
from tests.support.compact import compact

FOLDER = Path(__file__).parent / "golden"
RENEW = "CONCORD_RENEW_GOLDEN"
PROBLEMS = {"three-states": lambda: concord.load("three-states"), "compact": compact}
CURVES = ("security.intensity", "security.threat_share", "security.log_capacity", "measures.penalty")
PARTS = ("objective", *EQUATIONS, *(f"tangent.{curve}" for curve in CURVES), "columns")


@cache
def written(problem: str) -> str:
    """The LP text of a problem's program with the tangents of its curves at the status quo."""
    formulation = formulate(PROBLEMS[problem]())
    program = formulation.program
    matrix, point = program.matrix(), status_quo(program, formulation.scene)
    for name, curve in program.curves.items():
        rows = curve.tangent_rows(curve.arguments(point), np.arange(curve.size))
        matrix = matrix.with_rows(*rows, f"tangent.{name}")
    return re.sub(r"(tangent\.[\w.]+)\(\d+\)", r"\1", _rounded(write_lp(matrix)))


def _rounded(text: str) -> str:
    """Numbers with ten digits, which do not depend on the mathematics library of the machine."""
    return re.sub(r"(?<![\w.])\d+\.\d{9,}(?:e[+-]?\d+)?", lambda number: f"{float(number[0]):.10g}", text)


def parts(text: str) -> dict[str, str]:
    """The text by equation, with what stands before and after all of them."""
    found, name, in_rows = dict[str, list[str]](), "objective", False
    for line in text.splitlines():
        if in_rows and line.startswith("\\ "):
            name = line[2:].split(" over ")[0]
        elif line == "Bounds":
            name, in_rows = "columns", False
        in_rows = in_rows or line == "Subject To"
        found.setdefault(name, []).append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_file_holds_the_parts_that_the_program_has(problem: str) -> None:
    path = FOLDER / f"{problem}.lp"
    if os.environ.get(RENEW):
        path.write_text(written(problem), encoding="utf-8")
    assert list(parts(path.read_text(encoding="utf-8"))) == list(parts(written(problem)))
    assert {"objective", "columns", "funds.budget", "tangent.security.intensity"} < set(
        parts(written(problem))
    )
    assert set(parts(written(problem))) <= set(PARTS)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_text_is_what_it_was(problem: str, part: str) -> None:
    stored = parts((FOLDER / f"{problem}.lp").read_text(encoding="utf-8"))
    assert parts(written(problem)).get(part) == stored.get(part), f"if this is meant, see {RENEW}"
