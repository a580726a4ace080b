"""Problem and plan files into models, with every fault of a file told at once."""

from .bundled import BundledDoctrine, BundledProblem, bundled_doctrines, bundled_problems
from .doctrines import load_doctrine
from .plans import load_plan
from .problems import load_problem
from .writing import problem_json, write_problem

__all__ = [
    "BundledDoctrine",
    "BundledProblem",
    "bundled_doctrines",
    "bundled_problems",
    "load_doctrine",
    "load_plan",
    "load_problem",
    "problem_json",
    "write_problem",
]
