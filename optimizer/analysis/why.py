"""Why this and why not that: what the best plan without it, or with it, would be; what each state gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log

from concord.analysis.differences import Difference, Effect, differences, effects
from concord.analysis.explanation import Conflict
from concord.analysis.facts import Fact, against_contributor, against_mission, against_zone
from concord.analysis.figures import relative_burdens
from concord.analysis.session import Session
from concord.errors import BadInput, Infeasible, likely
from concord.locking import with_locks, written
from concord.models import DesignProblem, Lock, Plan
from concord.models.base import Model
from concord.models.hegemony import Span
from concord.models.lock import Keep, resolved

PEERS = 5
"""States alike in income and threat that a state is compared with."""


class Subject(StrEnum):
    """What may be asked about."""

    SITE = "site"
    ORGAN = "organ"
    PROGRAMME = "programme"
    MISSION = "mission"
    ZONE = "zone"
    CONTRIBUTOR = "contributor"
    """A state as one that sends troops and monitors and pays."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan beside the best one without, or with, what was asked about."""

    subject: Subject
    name: str
    included: bool
    """Whether the plan has it."""
    locks: tuple[str, ...]
    """What the other plan was made to keep, as for `--lock`."""
    plan: Plan
    other: Plan | None
    """The best plan that is otherwise; None where there is none."""
    detail: str
    """Why there is no other plan, or what a limit left unknown."""
    conflict: Conflict | None
    """The rules that admit no other plan; None where there is one, and where it is not proven that there is
    none."""
    loss: float | None
    """1 - measure of the other / measure of the plan."""
    proven: tuple[float, float] | None
    """Least and most that the best plans can lose, by the bounds of both searches."""
    differences: tuple[Difference, ...]
    effects: tuple[Effect, ...]
    """What the other plan lacks or has more, by instrument, in logs of the measure."""
    fact: Fact | None = None
    """What the problem states that rules it out; then nothing was searched."""


def why(plan: Plan, problem: DesignProblem, subject: Subject, name: str, session: Session) -> Answer:
    """What `name` is worth: the best plan without it. Raises BadInput where the plan does not have it."""
    name = asked_about(plan, problem, subject, name, included=True)
    locks = _locks(problem, subject, name, keep=False)
    return _answer(plan, problem, (subject, name, True), locks, session)


def why_not(plan: Plan, problem: DesignProblem, subject: Subject, name: str, session: Session) -> Answer:
    """What it would cost to have `name`: the best plan with it. Raises BadInput where the plan has it.

    Where the problem states that it cannot be, that fact is the answer, without a search.
    """
    name = asked_about(plan, problem, subject, name, included=False)
    fact = _against(problem, subject, name)
    if fact is not None:
        return Answer(subject, name, False, (), plan, None, fact.says, None, None, None, (), (), fact)
    locks = _locks(problem, subject, name, keep=True)
    return _answer(plan, problem, (subject, name, False), locks, session)


def asked_about(plan: Plan, problem: DesignProblem, subject: Subject, text: str, *, included: bool) -> str:
    """The id of what is named by its id or its name.

    Raises BadInput where the problem has none of that name, and where the plan has not what is to be
    `included`, or has what is not.
    """
    option = f"--{subject.value}"
    name = _found(text, _known(problem, subject), f"the problem has no {subject.value}", option)
    if _has(plan, subject, name) == included:
        return name
    other = "why-not" if included else "why"
    words = f"the plan has no {subject.value} {name}" if included else f"the plan has {name} already"
    raise BadInput.single(words, field=option, remedy=f"ask {other}: concord {other} PLAN {option} {name}")


def _against(problem: DesignProblem, subject: Subject, name: str) -> Fact | None:
    """The fact that rules out what is asked about; None where a search has to tell."""
    match subject:
        case Subject.MISSION:
            return against_mission(problem, name)
        case Subject.ZONE:
            return against_zone(problem, name)
        case Subject.CONTRIBUTOR:
            return against_contributor(problem, name)
    return None


def _answer(
    plan: Plan, problem: DesignProblem, asked: tuple[Subject, str, bool], locks: list[Lock], session: Session
) -> Answer:
    told = tuple(written(lock) for lock in locks)
    bound = with_locks(problem, locks)
    other = session.attempt_problem(bound)
    if not isinstance(other, Plan):
        conflict = session.conflict(bound) if isinstance(other, Infeasible) else None
        return Answer(*asked, told, plan, None, other.message, conflict, None, None, (), ())
    mine, theirs = plan.measure, other.measure
    # Every plan that keeps the locks is one of the problem: the best of them is not better than the best.
    limits = (max(0.0, 1 - theirs.bound / mine.value), max(0.0, 1 - theirs.value / mine.bound))
    return Answer(
        *asked, told, plan, other, "", None, 1 - theirs.value / mine.value, limits,
        differences([plan, other]), effects((plan, problem), (other, problem)),
    )  # fmt: skip


def _found(text: str, known: Mapping[str, str], missing: str, field: str) -> str:
    """The id of what is named by its id or its name, in capitals or not. Raises BadInput where none is."""
    if text in known:
        return text
    for name, title in known.items():
        if text.casefold() in (name.casefold(), title.casefold()):
            return name
    remedy = f"known: {', '.join(sorted(known)[:20])}"
    raise BadInput.single(f"{missing} {text}{likely(text, known)}", field=field, remedy=remedy)


def _locks(problem: DesignProblem, subject: Subject, name: str, *, keep: bool) -> list[Lock]:
    """What makes a plan go without, or with, what is asked about."""
    match subject:
        case Subject.SITE | Subject.ORGAN:
            kind = "garrisons" if subject is Subject.SITE else "organs"
            return [Lock(decision=f"{kind}.{name}", keep=Keep.INCLUDED if keep else Keep.CLOSED)]
        case Subject.PROGRAMME:
            return [_spend(problem, name) if keep else Lock(decision=f"programmes.{name}", keep=Keep.CLOSED)]
        case Subject.MISSION:
            return [_man(problem, name) if keep else Lock(decision=f"missions.{name}", keep=Keep.CLOSED)]
        case Subject.ZONE:
            return [_watch(problem, name, keep=keep)]
    senders = {state.id for state in problem.senders} if problem.garrisons else set()
    if keep:
        one = next(kind for kind in ("contingents", "monitors") if kind != "contingents" or name in senders)
        return [Lock(decision=f"{one}.{name}", least=1.0, over=Span.HORIZON)]
    kinds = ["contingents"] * (name in senders) + ["monitors"] * bool(problem.monitoring)
    payers = {payer.id for fund in problem.funds for payer in problem.payers(fund)}
    kinds += ["contributions"] * (name in payers)
    return [Lock(decision=f"{kind}.{name}", keep=Keep.CLOSED) for kind in kinds]


def _spend(problem: DesignProblem, name: str) -> Lock:
    """A programme is in a plan that spends its least scale, or else the scale of a median state."""
    programme = next(each for each in problem.programmes if each.id == name)
    least = programme.minimum_scale or programme.scale
    return Lock(decision=f"programmes.{name}", least=least, over=Span.HORIZON)


def _man(problem: DesignProblem, name: str) -> Lock:
    """A mission is in a plan that sends its minimum strength in some period, or else one unit in all.

    Whoever goes to a mission with a minimum strength goes in strength: a sum over the periods is enough.
    """
    mission = next(each for each in problem.missions if each.id == name)
    unit = problem.garrisons.contingents.unit if problem.garrisons else 1.0
    least = mission.minimum_strength or min(unit, mission.need)
    return Lock(decision=f"missions.{name}", least=least, over=Span.HORIZON)


def _watch(problem: DesignProblem, name: str, *, keep: bool) -> Lock:
    """A zone is in a plan that sends one team in some period."""
    path = f"monitors.{name}"
    lock = (
        Lock(decision=path, least=1.0, over=Span.HORIZON) if keep else Lock(decision=path, keep=Keep.CLOSED)
    )
    if resolved(problem, lock) == {"zone": name}:
        return lock
    raise BadInput.single(
        f"{name} is a state or a type of monitor too, and a lock takes it for that",
        field="--zone",
        remedy="give the zone another id",
    )


def _known(problem: DesignProblem, subject: Subject) -> dict[str, str]:
    """Id and name of everything that may be asked about."""
    match subject:
        case Subject.SITE:
            return {site.id: site.name for site in problem.sites}
        case Subject.ORGAN:
            return {organ.id: organ.name for organ in problem.organs}
        case Subject.PROGRAMME:
            return {programme.id: programme.name for programme in problem.programmes}
        case Subject.MISSION:
            return {mission.id: mission.name for mission in problem.missions}
        case Subject.ZONE:
            zones = problem.monitoring.zones if problem.monitoring else ()
            return {zone.id: zone.name for zone in zones}
    payers = {payer.id for fund in problem.funds for payer in problem.payers(fund)}
    states = payers | {state.id for state in problem.members}
    return {state.id: state.name for state in problem.states if state.id in states}


def _has(plan: Plan, subject: Subject, name: str) -> bool:
    match subject:
        case Subject.SITE:
            return any(row.site == name for row in plan.garrisons)
        case Subject.ORGAN:
            return any(row.organ == name for row in plan.organs)
        case Subject.PROGRAMME:
            return any(row.programme == name and row.spending > 0 for row in plan.programmes)
        case Subject.MISSION:
            return any(row.mission == name and row.troops > 0 for row in plan.assignments)
        case Subject.ZONE:
            return any(row.zone == name for row in plan.monitoring)
    sends = any(row.state == name for row in plan.contingents)
    watches = any(row.state == name for row in plan.monitoring)
    return sends or watches or any(row.payer == name and row.amount > 0 for row in plan.contributions)


class StateRow(Model):
    """What a state gives and gets over all periods."""

    state: str
    burden: float
    """Million USD, in money and in kind."""
    burden_to_gdp: float
    paid: float
    troops: float
    """Mean of the periods."""
    hosts: int
    """Garrisons on its soil in the last period."""
    spent_on: float
    """Programme spending in the state, million USD."""
    before: float
    """Geometric mean of its security over the periods without the institution."""
    after: float
    gain: float
    """after / before - 1"""


@dataclass(frozen=True, slots=True)
class StatePage:
    """A state beside those like it: what it gives, what it gets, and by which instruments."""

    row: StateRow
    peers: tuple[StateRow, ...]
    attribution: dict[str, float]
    """Rise of the log of its security by instrument, mean of the periods; the sum is log(1 + gain)."""


def state_page(plan: Plan, problem: DesignProblem, name: str) -> StatePage:
    """What `name` gives and gets, beside the states nearest to it in income a head and threat.

    Raises BadInput for a state that is no state of the region.
    """
    region = {state.id: state for state in problem.measured}
    names = {state.id: state.name for state in problem.measured}
    name = _found(name, names, "the region has no state", "--state")
    threat = {row.state: row.baseline_threat for row in plan.security if row.period == problem.periods[0]}

    def distance(other: str) -> float:
        income = [log(region[each].gdp / region[each].population) for each in (name, other)]
        return abs(income[0] - income[1]) + abs(log(threat[name] / threat[other]))

    near = sorted((state for state in region if state != name), key=lambda state: (distance(state), state))
    attribution: dict[str, float] = {}
    for record in plan.security:
        for instrument, amount in record.attribution.items() if record.state == name else ():
            share = amount / len(problem.periods)
            attribution[instrument] = attribution.get(instrument, 0.0) + share
    ranked = dict(sorted(attribution.items(), key=lambda item: -abs(item[1])))
    return StatePage(
        _row(plan, problem, name), tuple(_row(plan, problem, each) for each in near[:PEERS]), ranked
    )


def _row(plan: Plan, problem: DesignProblem, name: str) -> StateRow:
    spell, last = len(problem.periods), problem.periods[-1]
    logs = [(log(r.baseline_ratio), log(r.ratio)) for r in plan.security if r.state == name]
    before, after = (exp(sum(column) / spell) for column in zip(*logs, strict=True))
    return StateRow(
        state=name,
        burden=sum(row.total for row in plan.burdens if row.state == name),
        burden_to_gdp=relative_burdens(plan, problem).get(name, 0.0),
        paid=sum(row.amount for row in plan.contributions if row.payer == name),
        troops=sum(row.troops for row in plan.contingents if row.state == name) / spell,
        hosts=sum(row.host == name and row.working and row.period == last for row in plan.garrisons),
        spent_on=sum(row.spending for row in plan.programmes if row.state == name),
        before=before,
        after=after,
        gain=after / before - 1,
    )
