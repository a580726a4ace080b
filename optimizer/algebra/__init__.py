"""Solver-neutral sparse programs: labelled blocks of variables, expressions, relations, curves."""

from optimizer.algebra.curve import Curve, CurveBlock
from optimizer.algebra.errors import AlgebraError, AlignmentError, ImpossibleRelation
from optimizer.algebra.expression import Expression, constant, total
from optimizer.algebra.intervals import extremes
from optimizer.algebra.matrix import MatrixForm
from optimizer.algebra.program import Constraints, Program
from optimizer.algebra.relation import Relation
from optimizer.algebra.variables import Variables

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
