"""Every use of one thing's id by another thing of a problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .finding import Path
from .fund import PROGRAMMES

if TYPE_CHECKING:
    from .eligibility import Eligibility
    from .problem import DesignProblem

Reference = tuple[Path, Iterable[object], Iterable[object], str]


def references(problem: DesignProblem) -> Iterator[Reference]:
    """Every use of an id as (path, ids used, ids known, noun)."""
    states = {state.id for state in problem.states}
    members = {state.id for state in problem.measured}
    kinds = {kind.id for kind in problem.threat_kinds}
    organs = {organ.id for organ in problem.organs}
    programmes = {programme.id for programme in problem.programmes}
    periods = set(problem.periods)
    regions = {state.region for state in problem.states}
    for n, state in enumerate(problem.states):
        for field in ("threats", "perceived", "drift"):
            yield ("states", n, field), getattr(state, field), kinds, "threat kind"
    yield ("membership", "named"), problem.membership.named or (), members, "member"
    yield ("objective", "table"), problem.objective.table, members, "member"
    for n, relation in enumerate(problem.relations):
        for side in ("one", "other"):
            yield ("relations", n, side), [getattr(relation, side)], states, "state"
    for n, influence in enumerate(problem.dilemma.influences):
        for field in ("source", "target"):
            yield ("dilemma", "influences", n, field), [getattr(influence, field)], members, "member"
    yield from _programme_references(problem, members, kinds)
    yield from _mutual_references(problem, members, kinds)
    yield from _bonus_references(problem, kinds)
    yield from _organ_references(problem, regions)
    yield from _mission_references(problem, states, members, kinds)
    yield ("benefit", "ratio_floors"), problem.benefit.ratio_floors, members, "member"
    yield (
        ("benefit", "nobody_worse_off_from"),
        _given(problem.benefit.nobody_worse_off_from),
        periods,
        "period",
    )
    yield ("benefit", "ratio_floor_from"), _given(problem.benefit.ratio_floor_from), periods, "period"
    yield from _control_references(problem, states)
    yield from _timetable_references(problem, organs, programmes, regions)
    yield from _garrison_references(problem, members, organs)
    yield from _monitoring_references(problem, members, kinds, organs)
    yield from _fund_references(problem, states, periods)
    yield from _burden_references(problem, states)
    yield from _provision_references(problem, members)


def _programme_references(problem: DesignProblem, members: set[str], kinds: set[str]) -> Iterator[Reference]:
    organs = {organ.id for organ in problem.organs}
    for n, programme in enumerate(problem.programmes):
        yield ("programmes", n, "effects"), programme.effects, kinds, "threat kind"
        yield ("programmes", n, "backlash"), programme.backlash, kinds, "threat kind"
        yield ("programmes", n, "organ"), _given(programme.organ), organs, "organ"
        yield ("programmes", n, "states"), programme.states or (), members, "member"


def _mutual_references(problem: DesignProblem, members: set[str], kinds: set[str]) -> Iterator[Reference]:
    zone_kinds = {kind.id for kind in problem.monitoring.kinds} if problem.monitoring else set()
    for n, programme in enumerate(problem.programmes):
        if programme.mutual:
            path = ("programmes", n, "mutual")
            yield (*path, "effects"), programme.mutual.effects, kinds, "threat kind"
            yield (*path, "along"), _given(programme.mutual.along), zone_kinds, "kind of zone"
            may_run = members if programme.states is None else set(programme.states)
            for m, pair in enumerate(programme.mutual.pairs or ()):
                yield (*path, "pairs", m), pair, may_run, "state of the programme"


def _bonus_references(problem: DesignProblem, kinds: set[str]) -> Iterator[Reference]:
    programmes = {programme.id for programme in problem.programmes}
    missions = {mission.id for mission in problem.missions}
    for n, bonus in enumerate(problem.complementarities):
        yield ("complementarities", n, "mission"), [bonus.mission], missions, "mission"
        yield ("complementarities", n, "programme"), [bonus.programme], programmes, "programme"
        yield ("complementarities", n, "effects"), bonus.effects, kinds, "threat kind"


def _organ_references(problem: DesignProblem, regions: set[str]) -> Iterator[Reference]:
    organs, periods = {organ.id for organ in problem.organs}, set(problem.periods)
    for n, organ in enumerate(problem.organs):
        yield ("organs", n, "requires"), organ.requires, organs - {organ.id}, "other organ"
        yield ("organs", n, "region"), _given(organ.region), regions, "region"
        yield ("organs", n, "due"), _given(organ.due), periods, "period"


def _mission_references(
    problem: DesignProblem, states: set[str], members: set[str], kinds: set[str]
) -> Iterator[Reference]:
    periods = set(problem.periods)
    for n, mission in enumerate(problem.missions):
        yield ("missions", n, "state"), [mission.state], states, "state"
        yield ("missions", n, "parties"), mission.parties, states, "state"
        yield ("missions", n, "affects"), mission.affects, members, "member"
        yield ("missions", n, "effects"), mission.effects, kinds, "threat kind"
        for field in ("start", "end", "standing_until", "consent_from"):
            yield ("missions", n, field), _given(getattr(mission, field)), periods, "period"


def _control_references(problem: DesignProblem, states: set[str]) -> Iterator[Reference]:
    for n, ceiling in enumerate(problem.hegemony):
        yield ("hegemony", n, "states"), ceiling.states or (), states, "state"
    for n, organ in enumerate(problem.organs):
        if organ.headquarters:
            yield ("organs", n, "headquarters", "host"), [organ.headquarters.host], states, "state"
        if organ.seats.states != "members":
            yield ("organs", n, "seats", "states"), organ.seats.states, states, "state"
        if organ.votes:
            yield ("organs", n, "votes", "table"), organ.votes.table, states, "state"


def _timetable_references(
    problem: DesignProblem, organs: set[str], programmes: set[str], regions: set[str]
) -> Iterator[Reference]:
    for n, precedence in enumerate(problem.timetable.precedence):
        for side in ("first", "then"):
            path, activity = ("timetable", "precedence", n, side), getattr(precedence, side)
            yield path, _given(activity.organ), organs, "organ"
            yield path, _given(activity.programme), programmes, "programme"
            yield path, _given(activity.region), regions, "region"
    for n, experience in enumerate(problem.timetable.experience):
        yield ("timetable", "experience", n, "test_bed"), [experience.test_bed], organs, "organ"
        yield (
            ("timetable", "experience", n, "organs"),
            experience.organs,
            organs - {experience.test_bed},
            "other organ",
        )


def _garrison_references(problem: DesignProblem, members: set[str], organs: set[str]) -> Iterator[Reference]:
    if not problem.garrisons:
        return
    tiers = {tier.id for tier in problem.garrisons.tiers}
    yield ("garrisons", "organ"), _given(problem.garrisons.organ), organs, "organ"
    for n, site in enumerate(problem.garrisons.sites):
        yield ("garrisons", "sites", n, "host"), [site.host], members, "member"
        yield ("garrisons", "sites", n, "tiers"), site.tiers or (), tiers, "tier"
    contributors = problem.garrisons.contingents.contributors or ()
    yield ("garrisons", "contingents", "contributors"), contributors, members, "member"
    yield from _exception_references(("garrisons", "contingents"), problem.garrisons.contingents, problem)
    scale = problem.garrisons.contingents.scale
    if scale:
        yield ("garrisons", "contingents", "scale", "table"), scale.table, members, "member"


def _monitoring_references(
    problem: DesignProblem, members: set[str], kinds: set[str], organs: set[str]
) -> Iterator[Reference]:
    if not problem.monitoring:
        return
    zone_kinds = {kind.id for kind in problem.monitoring.kinds}
    yield ("monitoring", "organ"), _given(problem.monitoring.organ), organs, "organ"
    yield from _exception_references(("monitoring",), problem.monitoring, problem)
    for n, zone_kind in enumerate(problem.monitoring.kinds):
        yield ("monitoring", "kinds", n, "effects"), zone_kind.effects, kinds, "threat kind"
    for n, zone in enumerate(problem.monitoring.zones):
        yield ("monitoring", "zones", n, "kind"), [zone.kind], zone_kinds, "kind of zone"
        yield ("monitoring", "zones", n, "states"), zone.states, members, "member"
        yield ("monitoring", "zones", n, "periods"), zone.periods or (), set(problem.periods), "period"
    for n, monitor in enumerate(problem.monitoring.monitors):
        yield ("monitoring", "monitors", n, "kinds"), monitor.kinds, zone_kinds, "kind of zone"
        yield ("monitoring", "monitors", n, "stock"), monitor.stock, members, "member"


def _exception_references(path: Path, rules: Eligibility, problem: DesignProblem) -> Iterator[Reference]:
    members = {state.id for state in problem.measured}
    for bar, excepted in rules.exceptions.items():
        yield (*path, "exceptions", bar.value), excepted, members, "member"


def _fund_references(problem: DesignProblem, states: set[str], periods: set[int]) -> Iterator[Reference]:
    heads = {*problem.heads, PROGRAMMES}
    regions = set(problem.regions)
    for n, fund in enumerate(problem.funds):
        payers = states if fund.payers == "members" else set(fund.payers)
        if fund.payers != "members":
            yield ("funds", n, "payers"), fund.payers, states, "state"
        for field in ("budget", "commitment"):
            figure = getattr(fund, field)
            if isinstance(figure, dict):
                yield ("funds", n, field), figure, periods, "period"
        yield ("funds", n, "purposes"), fund.purposes or (), heads, "purpose"
        yield ("funds", n, "regions"), fund.regions or (), regions, "region"
        if fund.scale:
            yield ("funds", n, "scale", "table"), fund.scale.table, payers, "payer"
        yield ("funds", n, "delivery"), fund.delivery, payers, "payer"
        for m, earmark in enumerate(fund.earmarks):
            path = ("funds", n, "earmarks", m)
            yield (*path, "purposes"), earmark.purposes or (), heads, "purpose"
            yield (*path, "regions"), earmark.regions or (), regions, "region"
            yield (*path, "donors"), earmark.donors or (), payers, "payer"


def _burden_references(problem: DesignProblem, states: set[str]) -> Iterator[Reference]:
    for n, rule in enumerate(problem.burden_sharing):
        named = () if isinstance(rule.states, str) else rule.states
        yield ("burden_sharing", n, "states"), named, states, "state"


def _provision_references(problem: DesignProblem, members: set[str]) -> Iterator[Reference]:
    heads, regions = {*problem.heads, PROGRAMMES}, set(problem.regions)
    for n, floor in enumerate(problem.benefit.spending_floors):
        yield ("benefit", "spending_floors", n, "regions"), floor.regions or (), regions, "region"
        yield ("benefit", "spending_floors", n, "purposes"), floor.purposes or (), heads, "purpose"
    for n, rule in enumerate(problem.benefit.equal_treatment):
        yield ("benefit", "equal_treatment", n, "states"), rule.states or (), members, "member"
    if problem.benefit.weak_states:
        named = problem.benefit.weak_states.states or ()
        yield ("benefit", "weak_states", "states"), named, members, "member"


def _given(value: object | None) -> list[object]:
    return [] if value is None else [value]
