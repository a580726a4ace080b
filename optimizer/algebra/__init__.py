"""Solver-neutral sparse programs: labelled blocks of variables, expressions, relations, curves."""

from concord.algebra.curve import Curve, CurveBlock
from concord.algebra.errors import AlgebraError, AlignmentError, ImpossibleRelation
from concord.algebra.expression import Expression, constant, total
from concord.algebra.intervals import extremes
from concord.algebra.matrix import MatrixForm
from concord.algebra.program import Constraints, Program
from concord.algebra.relation import Relation
from concord.algebra.variables import Variables

__all__ = [
    "AlgebraError",
    "AlignmentError",
    "Constraints",
    "Curve",
    "CurveBlock",
    "Expression",
    "ImpossibleRelation",
    "MatrixForm",
    "Program",
    "Relation",
    "Variables",
    "constant",
    "extremes",
    "total",
]
