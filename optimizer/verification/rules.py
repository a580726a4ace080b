"""The rules that a plan is held to: name to number.

Numbers 1.1 to 7.2 and S.1 to S.9 are equations of docs/formulation.md; an equation of several parts has a
name for each; definitions, such as 1.0, hold by the way that the verifier adds up. Numbers P.1 to P.19 are
Numbers 1.1 to 8.5 and S.1 to S.9 are equations of docs/formulation.md; an equation of several parts has a
name for each; definitions, such as 1.0, hold by the way that the verifier adds up. Numbers P.1 to P.17 are
demands on the plan as a document: that it answers this problem, that its rows make sense, and that every
figure that it states follows from its decisions. A plan states no degree of a complementarity, so that S.9 is
never broken: the largest degree that the plan allows is taken, and shows in S.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "funds.budget": "1.1",
        "funds.commitment": "1.2",
        "funds.balance": "1.3",
        "funds.carry_over": "1.3",
        "funds.coverage": "1.4",
        "funds.earmark": "1.5",
        "funds.donors": "1.6",
        "funds.affordability": "1.7",
        "programmes.organ": "2.1",
        "organs.ceiling": "2.2",
        "programmes.minimum_scale": "2.3",
        "organs.permanence": "2.4",
        "organs.requires": "2.5",
        "organs.earliest": "2.6",
        "organs.founding": "2.7",
        "garrisons.one_tier": "3.1",
        "garrisons.permanence": "3.2",
        "garrisons.capacity": "3.3",
        "garrisons.organ": "3.4",
        "garrisons.max_open": "3.5",
        "garrisons.min_open": "3.6",
        "garrisons.max_per_host": "3.7",
        "garrisons.state_share": "3.8",
        "garrisons.host_share": "3.9",
        "garrisons.nations": "3.10",
        "garrisons.minimum_units": "3.10",
        "contingents.scale": "3.11",
        "contingents.availability": "3.12",
        "missions.parties": "4.1",
        "missions.need": "4.2",
        "missions.period": "4.2",
        "missions.reach": "4.2",
        "missions.minimum_strength": "4.3",
        "missions.lift": "4.4",
        "missions.lift_pledge": "4.4",
        "missions.lift_used": "4.5",
        "monitoring.ceiling": "5.1",
        "monitoring.minimum": "5.2",
        "monitoring.stock": "5.3",
        "monitoring.impartiality": "5.4",
        "monitoring.quota": "5.5",
        "monitoring.share_from_one": "5.6",
        "monitoring.organ": "5.7",
        "dilemma.monitored_reduction": "5.8",
        "dilemma.self_defence": "5.9",
        "dilemma.reduction_ceiling": "5.9",
        "dilemma.arming_ceiling": "5.9",
        "burden.scale": "6.1",
        "burden.floor": "6.2",
        "burden.ceiling": "6.3",
        "benefit.nobody_worse_off": "7.1",
        "benefit.ratio_floor": "7.2",
        "hegemony.money": "8.1",
        "hegemony.troops": "8.2",
        "hegemony.hosted_troops": "8.3",
        "hegemony.garrisons": "8.4",
        "hegemony.monitors": "8.5",
        "programmes.stock": "S.1",
        "programmes.intensity": "S.2",
        "programmes.max_intensity": "S.2",
        "dilemma.posture": "S.3",
        "security.threats": "S.4",
        "security.threat": "S.5",
        "security.capacity": "S.6",
        "security.positive_capacity": "S.7",
        "security.ratio": "S.8",
        "security.complementarity": "S.9",
        "problem.digest": "P.1",
        "problem.reference": "P.2",
        "rows.known": "P.3",
        "rows.once": "P.4",
        "rows.sign": "P.5",
        "rows.whole": "P.6",
        "rows.scope": "P.7",
        "figures.shares": "P.8",
        "figures.balance": "P.9",
        "figures.cost": "P.10",
        "figures.garrison": "P.11",
        "figures.distance": "P.12",
        "figures.security": "P.13",
        "figures.measure": "P.14",
        "figures.termination": "P.15",
        "figures.fairness": "P.16",
        "figures.binding": "P.17",
        "figures.burden": "P.18",
        "figures.spending": "P.19",
    }
)
"""Number of every rule, by its name."""
