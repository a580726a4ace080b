"""The independent verifier: a second hand that shares nothing with the formulation but the problem's models.

>>> from concord.verification import RULES
>>> RULES["funds.coverage"]
'1.4'
"""

from .decisions import Decisions, read_decisions
from .evaluation import Evaluation, StateSecurity, evaluate
from .ledger import Violation
from .origin import ON_TRUST
from .rules import RULES
from .tolerance import Quantity, Tolerance
from .verifier import Verification, verify

__all__ = [
    "ON_TRUST",
    "RULES",
    "Decisions",
    "Evaluation",
    "Quantity",
    "StateSecurity",
    "Tolerance",
    "Verification",
    "Violation",
    "evaluate",
    "read_decisions",
    "verify",
]
