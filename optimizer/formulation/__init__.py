"""The mathematics of docs/formulation.md as a program, and the way back from values to a plan."""

from concord.formulation.assemble import Formulation, formulate
from concord.formulation.interpret import Interpretation

__all__ = ["Formulation", "Interpretation", "formulate"]
