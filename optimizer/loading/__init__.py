"""Problem and plan files, and frames, into models, with every fault of a file told at once."""

from .bundled import BundledDoctrine, BundledProblem, bundled_doctrines, bundled_problems
from .doctrines import load_doctrine
from .frames import problem_from_tables
from .json_text import can_be_read
from .plans import load_plan
from .problems import load_problem
from .writing import problem_json, write_problem

__all__ = [
    "BundledDoctrine",
    "BundledProblem",
    "bundled_doctrines",
    "bundled_problems",
    "can_be_read",
    "load_doctrine",
    "load_plan",
    "load_problem",
    "problem_from_tables",
    "problem_json",
    "write_problem",
]
