"""The security of every state with and without the institution, and what each instrument contributes to it.

The contributions are exact. The total threat is a sum of exponentials, so its log change is split over kinds
by logarithmic means (the LMDI method, Ang 2004): `d log T = sum_theta omega d log T_theta`, where
`omega = L(T1_theta, T0_theta) / L(T1, T0)` and `L(a, b) = (a - b) / log(a / b)`. Each `d log T_theta` is a
plain sum over instruments. A change of capacity is a sum over instruments already, and
`d log C = d C / L(C1, C0)`. Nothing is left over.
"""

from __future__ import annotations

from math import exp

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from concord.algebra import Expression, Program, constant
from concord.formulation import Formulation
from concord.formulation.equation import Scene
from concord.formulation.exclusion import exclusion
from concord.formulation.labelling import entries, members
from concord.formulation.timing import backlash
from concord.models.plan import SecurityRecord

Values = NDArray[np.float64]
Split = dict[tuple[str, int], dict[str, float]]


def logarithmic_mean(a: pd.Series[float], b: pd.Series[float]) -> pd.Series[float]:
    """(a - b) / log(a / b), and a where both are equal; to the last digit, however near or far apart."""
    near = (a - b).abs() < b / 2
    close, far = np.log1p(((a - b) / b).where(near, 0.0)), np.log(a / b)
    ratio = pd.Series(np.where(near, close, far), a.index)
    equal = ratio == 0
    return ((a - b) / ratio.where(~equal, 1.0)).where(~equal, a)


def security(formulation: Formulation, values: Values) -> tuple[SecurityRecord, ...]:
    """Every state of the region in every period; `values` satisfy the true functions."""
    scene, program = formulation.scene, formulation.program
    d, p = scene.decisions, scene.parameters
    split = attribute(program, scene, values)
    capacity = program.value(d.capacity, values)
    kinds: dict[tuple[str, int], dict[str, float]] = {}
    before: dict[tuple[str, int], float] = {}
    for (i, kind, t), log_threat in entries(program.value(d.log_threat, values)):
        kinds.setdefault((i, t), {})[kind] = exp(log_threat)
        before[i, t] = before.get((i, t), 0.0) + exp(p.log_baseline_threat[i, kind, t])
    rows = []
    for i, t in members(scene.sets.states):
        threat, baseline_capacity = sum(kinds[i, t].values()), float(p.initial_capacity[i])
        rows.append(
            SecurityRecord(
                state=i,
                period=t,
                capacity=float(capacity[i, t]),
                threats=kinds[i, t],
                threat=threat,
                ratio=float(capacity[i, t]) / threat,
                baseline_capacity=baseline_capacity,
                baseline_threat=before[i, t],
                baseline_ratio=baseline_capacity / before[i, t],
                attribution=split.get((i, t), {}),
            )
        )
    return tuple(rows)


def attribute(program: Program, scene: Scene, values: Values) -> Split:
    """Contribution of each instrument to log(S / S0), by (state, period) and instrument."""
    p, d = scene.parameters, scene.decisions
    logs = p.log_baseline_threat, program.value(d.log_threat, values)
    threat_0, threat_1 = (pd.Series(np.exp(log)) for log in logs)
    total_0, total_1 = (t.groupby(level=["state", "period"]).sum() for t in (threat_0, threat_1))
    omega = (
        logarithmic_mean(threat_1, threat_0)
        / logarithmic_mean(total_1, total_0)
        .reindex(pd.MultiIndex.from_arrays([threat_1.index.get_level_values(n) for n in ("state", "period")]))
        .to_numpy()
    )
    weight_c = 1 / logarithmic_mean(
        program.value(d.capacity, values),
        p.initial_capacity.reindex(scene.sets.states, level="state"),
    )
    rows = []
    for kind, level, falls in _threat_parts(scene):
        rows.append(_weighted(program, falls, values, omega, kind, level))
    for kind, level, gains in _capacity_parts(scene):
        rows.append(_weighted(program, gains, values, weight_c, kind, level))
    return _collected(pd.concat(rows))


def _threat_parts(scene: Scene) -> list[tuple[str, str, Expression]]:
    """Instruments that move log threats: their kind, the dimension that names them, the fall they bring."""
    d, p, problem = scene.decisions, scene.parameters, scene.problem
    zones = problem.monitoring.zones if problem.monitoring else ()
    kinds = {zone.id: zone.kind for zone in zones}
    spillover = (d.posture.rename(state="source") * p.spillover).sum("source")
    return [
        ("programme", "programme", (d.intensity * p.abatement) * p.present),
        ("mission", "mission", scene.added_strength * p.pacification),
        ("zone-kind", "zone-kind", (d.effort * p.reassurance).group("zone", kinds, to="zone-kind")),
        ("complementarity", "complementarity", (d.bonus * p.bonus_effect) * p.present),
        ("frontier", "programme", d.mutual * p.confidence),
        ("posture:neighbours", "", -spillover),
        ("exclusion", "", -constant(exclusion(scene))),
        ("backlash", "programme", -backlash(scene)),
    ]


def _capacity_parts(scene: Scene) -> list[tuple[str, str, Expression]]:
    """Instruments that move capacity."""
    d, p = scene.decisions, scene.parameters
    return [
        ("programme", "programme", d.intensity * p.capacity_gain),
        ("posture:own", "", d.posture * p.military_capacity),
    ]


def _weighted(
    program: Program, parts: Expression, values: Values, weight: pd.Series[float], kind: str, level: str
) -> pd.DataFrame:
    """Rows `state, period, instrument, amount` of one kind of instrument."""
    amounts = program.evaluate(parts, values).rename("amount").reset_index()
    on = list(weight.index.names)
    joined = amounts.merge(weight.rename("weight").reset_index(), on=on)
    named = kind + ":" + joined[level].astype(str) if level else kind
    return pd.DataFrame(
        {
            "state": joined["state"],
            "period": joined["period"],
            "instrument": named,
            "amount": joined["amount"] * joined["weight"],
        }
    )


def _collected(rows: pd.DataFrame) -> Split:
    split: Split = {}
    summed = rows.groupby(["state", "period", "instrument"], sort=True)["amount"].sum()
    for (state, period, instrument), amount in entries(summed):
        if abs(amount) > 1e-12:
            split.setdefault((state, int(period)), {})[instrument] = float(amount)
    return split
