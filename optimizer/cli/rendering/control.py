"""What a summary says of power: who controls the organs, and who is strong without being secure."""

from __future__ import annotations

from rich.text import Text

from concord.models import Plan
from concord.models.plan import Quadrant

from .console import styled
from .tables import percent

ORGANS, STATES = 3, 3


def control_lines(plan: Plan) -> list[Text]:
    """Power in the organs in the last period, and how raw power goes with security."""
    lines = []
    last = max((row.period for row in plan.power), default=0)
    for organ in dict.fromkeys(row.organ for row in plan.power if row.period == last):
        mine = [row for row in plan.power if (row.organ, row.period) == (organ, last)]
        strongest = sorted(mine, key=lambda row: (-row.banzhaf, row.state))[:STATES]
        told = ", ".join(f"{row.state} {percent(row.banzhaf)}" for row in strongest)
        total = sum(row.votes for row in mine)
        words = f"Power in {organ}: {told} ({len(mine)} states, {mine[0].votes_needed} of {total} votes)"
        lines.append(styled(words))
    return [*lines[:ORGANS], *_standing(plan)]


def _standing(plan: Plan) -> list[Text]:
    """How many of the third with most raw power are in the less secure half without the institution."""
    first = min((row.period for row in plan.standing), default=0)
    rows = [row for row in plan.standing if row.period == first]
    strong = [row for row in rows if row.power > 0 and row.power_rank <= len(rows) / 3]
    if not strong:
        return []
    insecure = sum(row.baseline_security_rank > len(rows) / 2 for row in strong)
    weak = sum(row.baseline_quadrant is Quadrant.THREAT_RICH_CAPACITY_POOR for row in rows)
    words = f"In the less secure half: {insecure} of the {len(strong)} strongest in arms"
    return [styled(f"{words}. Rich in threats, poor in capacities: {weak} of {len(rows)}")]
