"""The nonlinear relations, each of one variable (equations S.2, S.5, S.7, 11.2 and 11.5).

S.2  z[i,k,t] <= w log(1 + K[i,k,t] / (s[i,k] w)) with the switch w of the programme; z <= zmax[k] is a bound
S.5  exp(l[i,theta,t] - l[i,t]) <= u[i,theta,t]
S.7  c[i,t] <= log C[i,t]
11.5 T[i,t] >= exp(l[i,t])
11.2 u[a,i,t] >= (exp((alpha[a] - 1) (mu[a] - lambda[i,t])) - 1) / (alpha[a] - 1)
"""

from __future__ import annotations

from concord.algebra import Curve, Expression, Program, constant, total
from concord.formulation.equation import Scene
from concord.formulation.labelling import over, parameter


def add_curves(program: Program, scene: Scene) -> None:
    """Declare the curves of `scene`."""
    d, p = scene.decisions, scene.parameters
    switch = _switch(scene)
    invested = d.stock * (1 / p.scale) + switch
    program.add_curve("security.intensity", Curve.LOG, d.intensity, invested, switch)
    total_threat = over(d.log_total_threat, scene.sets.threats)
    program.add_curve("security.threat_share", Curve.EXP, d.threat_share, d.log_threat - total_threat)
    program.add_curve("security.log_capacity", Curve.LOG, d.log_capacity, d.capacity)
    if d.penalty.size:
        rate = over(scene.aggregates.excess_aversion, scene.aggregates.penalties)
        program.add_curve("measures.penalty", Curve.GROWTH, d.penalty, _exponent(scene), rate=rate)
    if d.threat.size:
        logs = over(d.log_total_threat, scene.aggregates.totals)
        program.add_curve("measures.threat", Curve.EXP, d.threat, logs)


def _exponent(scene: Scene) -> Expression:
    """`(alpha - 1) (mu - lambda)`."""
    d, of = scene.decisions, scene.aggregates
    below = over(d.log_measure, of.penalties) - over(d.log_ratio, of.penalties)
    return below * of.excess_aversion


def _switch(scene: Scene) -> Expression:
    """1 where a programme can have an effect: it runs, or its organ operates; always where it needs neither.

    Where this is 0 so is the intensity (2.1, 2.3), so that S.2 may be written as the perspective of the
    logarithm. Whole switches make no difference; fractional ones are relaxed far less.
    """
    d, p, index = scene.decisions, scene.parameters, scene.sets.programmes
    switched = set(p.switched)
    housed = {(k, o): 1.0 for k, o in p.organ_of.items() if k not in switched}
    free = {k.id: 1.0 for k in scene.problem.programmes if k.id not in switched and k.id not in p.organ_of}
    by_organ = (d.operating * parameter(housed, "programme", "organ")).sum("organ")
    parts = [d.running, by_organ, constant(parameter(free, "programme"))]
    return total([over(part, index) for part in parts], index)
