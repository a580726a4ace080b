"""The bundled problem of full size, cut down to what a cone program can say and solve at once."""

from __future__ import annotations

from functools import cache
from typing import Any

from concord.loading import load_problem
from concord.models import DesignProblem

STATES = ("DEU", "HUN", "ROU", "HRV", "POL")
NEUTRAL = {"organ": None, "minimum_scale": 0.0, "lead": 0, "states": None}
"""What a programme is without switches, which a cone program does not have."""
COMMON_FUND = {"id": "common", "name": "Common fund", "payers": list(STATES), "budget": 150.0}


@cache
def reduced() -> DesignProblem:
    """A handful of states of euro-atlantic-1992 in one year with its programmes, threats and dilemma."""
    whole = load_problem("euro-atlantic-1992").model_dump(mode="json", exclude_unset=True)
    kept = ("format", "title", "currency", "threat_kinds", "objective")
    problem: dict[str, Any] = {name: whole[name] for name in kept if name in whole}
    programmes = [_plain(programme) for programme in whole["programmes"]]
    influences = [
        each for each in whole["dilemma"]["influences"] if {each["source"], each["target"]} <= {*STATES}
    ]
    ceilings = {"reduction_ceiling": 0.0, "reduction_per_effort": None}
    return DesignProblem.model_validate(
        problem
        | {"id": "reduced", "periods": whole["periods"][:1]}
        | {"states": [_perceiving(state) for state in whole["states"] if state["id"] in STATES]}
        | {"programmes": programmes, "dilemma": whole["dilemma"] | ceilings | {"influences": influences}}
        | {"funds": [COMMON_FUND], "benefit": {"nobody_worse_off": True}}
    )


def _plain(programme: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in programme.items() if name not in NEUTRAL}


def _perceiving(state: dict[str, Any]) -> dict[str, Any]:
    """The state with its threats as it perceives them."""
    factors = state.get("perceived", {})
    threats = {kind: level * factors.get(kind, 1.0) for kind, level in state["threats"].items()}
    return state | {"threats": threats, "perceived": {}}
