"""What an expert would call odd about a plan, and what the figures of a problem make impossible.

>>> import concord
>>> from concord.audit import audit
>>> problem = concord.load("three-states")
>>> audit(concord.solve(problem), problem).oddities
()
"""

from .auditor import NOTHING_ODD, Audit, audit
from .briefing import critic_lines
from .caution import Caution
from .cautions import cautions
from .codes import Code
from .finding import Finding, Severity
from .reductions import Reduction, reduction_rows, reductions_sentence
from .service import MissionYear, mission_years

__all__ = [
    "NOTHING_ODD",
    "Audit",
    "Caution",
    "Code",
    "Finding",
    "MissionYear",
    "Reduction",
    "Severity",
    "audit",
    "cautions",
    "critic_lines",
    "mission_years",
    "reduction_rows",
    "reductions_sentence",
]
