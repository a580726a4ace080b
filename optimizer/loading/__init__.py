"""Problem and plan files into models, with every fault of a file told at once."""

from .bundled import BundledProblem, bundled_problems
from .plans import load_plan
from .problems import load_problem
from .writing import problem_json, write_problem

__all__ = [
    "BundledProblem",
    "bundled_problems",
    "load_plan",
    "load_problem",
    "problem_json",
    "write_problem",
]
