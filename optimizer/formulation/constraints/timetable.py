"""The timetable: what must be by when, what has to come first, and what it teaches (equations 9.1-9.8).

9.1  programmes have labels, garrisons an upper bound of 1, only between earliest and latest
9.2  e[o,t] >= 1 from due on
9.3  e[o,t] = 0 and y[g,n,t] = 0 in the first `lead` periods
9.4  least[q] tried[q,t] <= sum over first of x[i,k,t]
9.5  periods[q] admitted[q,t] <= sum_{s<t} (tried[q,s] or e[o,s])
9.6  e[o,t] <= admitted[q,t],  z[i,k,t] <= zmax[k] admitted[q,t],  x[i,k,t] <= money[t] admitted[q,t]
         sum_n y[g,n,t] <= admitted[q,t]
9.7  periods[s] learned[s,t] <= sum_{r<t} e[b,r] <= periods[s] - 1 + (number of periods) learned[s,t]
9.8  saved[s,o,t] = founded[o,t] learned[s,t], by its envelope
"""

from __future__ import annotations

from itertools import accumulate

import pandas as pd

from concord.algebra import Expression, Relation, total
from concord.formulation.equation import Scene, equation
from concord.formulation.labelling import over, parameter
from concord.models import DesignProblem, Precedence
from concord.models.quantities import in_period
from concord.models.timetable import within


def applies(problem: DesignProblem) -> bool:
    """Wherever something is due, has to wait, or profits from experience."""
    timetable = problem.timetable
    due = any(organ.due is not None for organ in problem.organs)
    return due or bool(timetable.precedence or timetable.experience)


@equation("9.2", "timetable.due")
def operate_when_due(scene: Scene) -> Relation:
    """An organ that is promised operates from the promised period on."""
    promised = {
        (organ.id, t): 1.0
        for organ in scene.problem.organs
        if organ.due is not None
        for t in scene.sets.periods
        if within(t, organ.due, organ.latest)
    }
    return scene.decisions.operating * parameter(promised, "organ", "period") >= 1.0


@equation("9.4", "timetable.precedence", part="tried", unit="million USD")
def try_in_earnest(scene: Scene) -> Relation:
    """Programmes that have to come first count as run in a period only with their least spending."""
    d = scene.decisions
    trials = [p for p in scene.problem.timetable.precedence if p.first.organ is None]
    least = parameter({p.id: p.first.least for p in trials}, "precedence")
    places = {(p.id, *pair): 1.0 for p in trials for pair in scene.problem.undertakings(p.first)}
    spent = d.spending * parameter(places, "precedence", "state", "programme")
    return d.tried * least <= spent.sum("state", "programme").on(scene.sets.trials)


@equation("9.5", "timetable.precedence", part="admitted", unit="periods")
def wait_for_the_first(scene: Scene) -> Relation:
    """What has to wait is admitted once the first has run long enough in the periods before."""
    d, periods = scene.decisions, scene.sets.periods
    needed = parameter({p.id: float(p.periods) for p in scene.problem.timetable.precedence}, "precedence")
    organs = {(p.id, p.first.organ): 1.0 for p in scene.problem.timetable.precedence if p.first.organ}
    operated = (d.operating * parameter(organs, "precedence", "organ")).sum("organ")
    ran = total([d.tried, operated], scene.sets.precedences)
    before = ran.lag("period", 1, periods).cumulative("period", periods)
    return d.admitted * needed <= before


@equation("9.6", "timetable.precedence", part="organ")
def admit_organs(scene: Scene) -> Relation:
    """An organ that has to wait operates only when admitted."""
    d = scene.decisions
    waiting = {(p.id, p.then.organ): 1.0 for p in scene.problem.timetable.precedence if p.then.organ}
    operating = d.operating * parameter(waiting, "precedence", "organ")
    return operating <= over(d.admitted, operating.index)


@equation("9.6", "timetable.precedence", part="programme")
def admit_programmes(scene: Scene) -> Relation:
    """A programme that has to wait has no effect before it is admitted."""
    d = scene.decisions
    waiting = _waiting(scene, d.intensity)
    return waiting <= over(d.admitted * scene.parameters.max_intensity, waiting.index)


@equation("9.6", "timetable.precedence", part="spending", unit="million USD")
def admit_spending(scene: Scene) -> Relation:
    """Nothing is spent on a programme that has to wait before it is admitted."""
    waiting = _waiting(scene, scene.decisions.spending)
    paid = (sum(in_period(fund.budget, t) for fund in scene.problem.funds) for t in scene.sets.periods)
    money = parameter(dict(zip(scene.sets.periods, accumulate(paid), strict=True)), "period")
    return waiting <= over(scene.decisions.admitted * money, waiting.index)


@equation("9.6", "timetable.precedence", part="garrison")
def admit_garrisons(scene: Scene) -> Relation:
    """No garrison stands in a region that has to wait before it is admitted."""
    d, region = scene.decisions, scene.parameters.region_of
    waiting = {
        (p.id, site.id): 1.0
        for p in scene.problem.timetable.precedence
        if _is_region(p)
        for site in scene.problem.sites
        if region[site.host] == p.then.region
    }
    standing = d.garrison.sum("tier") * parameter(waiting, "precedence", "site")
    return standing <= over(d.admitted, standing.index)


@equation("9.7", "timetable.experience", part="learned")
def learn_in_the_test_bed(scene: Scene) -> Relation:
    """Experience is gained only once the test bed has operated long enough in the periods before."""
    return scene.decisions.learned * _lessons(scene) <= _operated(scene)


@equation("9.7", "timetable.experience", part="not_forgotten")
def know_what_was_learned(scene: Scene) -> Relation:
    """Experience counts as gained once the test bed has operated long enough."""
    known = scene.decisions.learned * float(len(scene.sets.periods))
    return _operated(scene) <= known + over(_lessons(scene) - 1.0, known.index)


@equation("9.8", "timetable.experience", part="founded")
def save_on_founding(scene: Scene) -> Relation:
    """Set-up cost is saved only where an organ is founded."""
    saved = scene.decisions.profiting
    return saved <= over(scene.decisions.founded, saved.index)


@equation("9.8", "timetable.experience", part="known")
def save_by_experience(scene: Scene) -> Relation:
    """Set-up cost is saved only with experience."""
    saved = scene.decisions.profiting
    return saved <= over(scene.decisions.learned, saved.index)


@equation("9.8", "timetable.experience", part="saved")
def save_where_both(scene: Scene) -> Relation:
    """An organ that is founded with experience costs less."""
    d = scene.decisions
    both = total([over(d.founded, d.profiting.index), over(d.learned, d.profiting.index)], d.profiting.index)
    return d.profiting >= both - 1.0


def _is_region(precedence: Precedence) -> bool:
    """Whether a whole region has to wait, and so its garrisons."""
    return precedence.then.region is not None and precedence.then.programme is None


def _waiting(scene: Scene, of_programmes: Expression) -> Expression:
    """The decision at every precedence, state and programme that has to wait."""
    waiting = {
        (p.id, *pair): 1.0
        for p in scene.problem.timetable.precedence
        for pair in scene.problem.undertakings(p.then)
    }
    return of_programmes * parameter(waiting, "precedence", "state", "programme")


def _lessons(scene: Scene) -> pd.Series[float]:
    """Periods that a test bed has to have operated, by `experience`."""
    return parameter({s.id: float(s.periods) for s in scene.problem.timetable.experience}, "experience")


def _operated(scene: Scene) -> Expression:
    """Periods before in which the test bed has operated, by `experience, period`."""
    periods = scene.sets.periods
    beds = {(s.id, s.test_bed): 1.0 for s in scene.problem.timetable.experience}
    operating = (scene.decisions.operating * parameter(beds, "experience", "organ")).sum("organ")
    return operating.lag("period", 1, periods).cumulative("period", periods)
