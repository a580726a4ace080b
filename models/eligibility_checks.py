"""Cross-checks of who may go where: exceptions, relations, consent, standing troops, zones' periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .eligibility import AT_HOME, Bar, Eligibility, RelationKind, bar_at_home
from .finding import Finding, Path
from .lock import Locked, locked, resolved

if TYPE_CHECKING:
    from .problem import DesignProblem

MOST_NAMED = 6
"""How many states a fault names for one reason."""
CONTINGENTS: Path = ("garrisons", "contingents")
MONITORING: Path = ("monitoring",)


def eligibility_findings(problem: DesignProblem) -> Iterator[Finding]:
    """Everything wrong with who may go where in a problem whose references are sound."""
    for path, rules in _rules(problem):
        yield from _reasons(path, rules)
    yield from _relations(problem)
    yield from _standing_troops(problem)
    yield from _closed_zones(problem)
    if problem.doctrine is None:  # That a doctrine leaves a mission to nobody is one of its consequences.
        yield from _missions_without_contributors(problem)
        yield from _too_few_nations(problem)
    yield from _impossible_locks(problem)


def bars_at_home(
    problem: DesignProblem, rules: Eligibility, state: str, periods: Sequence[int]
) -> tuple[Bar, ...]:
    """Every reason that keeps `state` at home in all of `periods` or, where it may go in some, none.

    Of the periods, the one with the fewest reasons counts: those are what has to change first.
    """
    alone = [
        (bar, Eligibility(ineligible=(bar,), exceptions=rules.exceptions))
        for bar in AT_HOME
        if bar in rules.ineligible
    ]
    found = [
        tuple(bar for bar, rule in alone if bar_at_home(problem, rule, state, period)) for period in periods
    ]
    return min(found, key=len, default=())


def kept_away(
    problem: DesignProblem, rules: Eligibility, hosts: Iterable[str], state: str, periods: Sequence[int]
) -> tuple[Bar, ...]:
    """Every reason that keeps `state` from serving in `hosts` in all of `periods`; none where it may."""
    estranged = tuple(
        Bar(kind.value)
        for kind in RelationKind
        if rules.bars(Bar(kind.value), state) and any(state in problem.related(kind, host) for host in hosts)
    )
    return (*estranged, *bars_at_home(problem, rules, state, periods))


def _rules(problem: DesignProblem) -> Iterator[tuple[Path, Eligibility]]:
    if problem.garrisons:
        yield CONTINGENTS, problem.garrisons.contingents
    if problem.monitoring:
        yield MONITORING, problem.monitoring


def _reasons(path: Path, rules: Eligibility) -> Iterator[Finding]:
    for bar, times in Counter(rules.ineligible).items():
        if times > 1:
            yield Finding((*path, "ineligible"), "the reason is listed twice", bar.value, "list it once")
    for bar in rules.exceptions:
        if bar not in rules.ineligible:
            yield Finding(
                (*path, "exceptions", bar.value),
                "an exception from a reason that keeps nobody away",
                bar.value,
                f"add {bar.value} to `ineligible`, or leave the exception out",
            )


def _relations(problem: DesignProblem) -> Iterator[Finding]:
    seen = set[tuple[RelationKind, frozenset[str]]]()
    for n, relation in enumerate(problem.relations):
        pair = frozenset((relation.one, relation.other))
        if len(pair) == 1:
            yield Finding(
                ("relations", n), "a state has no relation with itself", relation.one, "name another state"
            )
        elif (relation.kind, pair) in seen:
            yield Finding(
                ("relations", n),
                f"the two states are said to be {relation.kind.value} twice",
                "-".join(sorted(pair)),
                "say it once, in either order",
            )
        seen.add((relation.kind, pair))


def _standing_troops(problem: DesignProblem) -> Iterator[Finding]:
    for n, mission in enumerate(problem.missions):
        path: Path = ("missions", n, "standing")
        first = max(problem.periods[0], mission.start or 0)
        if mission.standing_until is not None and mission.standing_until < first:
            yield Finding(
                ("missions", n, "standing_until"),
                "the standing troops leave before the mission is needed",
                f"{mission.standing_until} < {first}",
                f"at least {first}, or leave `standing` out",
            )
        if mission.standing > mission.need:
            yield Finding(
                path,
                "more troops stand there than the mission needs",
                f"{mission.standing:g} > {mission.need:g}",
                "raise `need`, or lower `standing`",
            )
        if mission.standing > 0 and not mission.consent:
            yield Finding(
                path,
                "troops stand where the government admits no mission",
                f"{mission.standing:g}, consent: false",
                "write `consent: true`, or leave `standing` out",
            )
        elif mission.standing > 0 and (mission.consent_from or first) > first:
            yield Finding(
                path,
                f"troops stand where the government admits no mission before {mission.consent_from}",
                f"{mission.standing:g}, consent_from: {mission.consent_from}",
                "leave `consent_from` or `standing` out",
            )


def _closed_zones(problem: DesignProblem) -> Iterator[Finding]:
    for n, zone in enumerate(problem.monitoring.zones if problem.monitoring else ()):
        if zone.minimum > 0 and zone.periods == ():
            yield Finding(
                ("monitoring", "zones", n, "periods"),
                "the zone has a least effort, but may be watched in no period",
                f"minimum: {zone.minimum:g}, periods: []",
                "name periods, or leave `minimum` out",
            )


def _missions_without_contributors(problem: DesignProblem) -> Iterator[Finding]:
    """Missions in which nobody may serve, whoever the entry test admits."""
    if not problem.garrisons:
        return
    rules = problem.garrisons.contingents
    named = rules.contributors
    states = [state.id for state in problem.measured if named is None or state.id in named]
    for n, mission in enumerate(problem.missions):
        periods = problem.mission_periods(mission)
        reasons = {
            state: [
                *["parties"] * (state in mission.parties),
                *(bar.value for bar in kept_away(problem, rules, (mission.state,), state, periods)),
            ]
            for state in states
        }
        if states and periods and all(reasons.values()):
            told = "no state may send troops there"
            yield Finding(("missions", n), told, _listed(reasons), _remedy(reasons, rules))


def _remedy(reasons: Mapping[str, Sequence[str]], rules: Eligibility) -> str:
    """What would free the state that the fewest reasons keep away."""
    free = {state: mine for state, mine in reasons.items() if "parties" not in mine}
    if not free:
        return "leave a state out of `parties`, or name more contributors"
    state = min(free, key=lambda each: len(free[each]))
    lists = ((bar, ", ".join([*rules.exceptions.get(Bar(bar), ()), state])) for bar in free[state])
    written = ", ".join(f"{bar}: [{names}]" for bar, names in lists)
    return f"write exceptions such as {{{written}}}, or leave a reason out of `ineligible`"


def _listed(reasons: Mapping[str, Iterable[str]]) -> str:
    """Each reason with the states that it keeps away."""
    removed: dict[str, list[str]] = {}
    for state, mine in reasons.items():
        for reason in mine:
            removed.setdefault(reason, []).append(state)
    parts = []
    for reason, states in removed.items():
        more = f" and {len(states) - MOST_NAMED} more" if len(states) > MOST_NAMED else ""
        parts.append(f"{reason}: {', '.join(states[:MOST_NAMED])}{more}")
    return "; ".join(parts)


def _too_few_nations(problem: DesignProblem) -> Iterator[Finding]:
    if not problem.garrisons:
        return
    rules, least = problem.garrisons.contingents, problem.garrisons.contingents.min_nations
    senders = [state.id for state in problem.senders]
    home = [
        {state: bars for state in senders if (bars := bars_at_home(problem, rules, state, (period,)))}
        for period in problem.periods
    ]
    best = min(home, key=len)
    able = len(senders) - len(best)
    if not best or able >= least or least > len(senders):
        return
    yield Finding(
        (*CONTINGENTS, "min_nations"),
        "more nations than there are states that may send troops in any one period",
        f"{least} > {able} ({_listed(best)})",
        f"lower min_nations, or {_remedy(best, rules)}",
    )


def _impossible_locks(problem: DesignProblem) -> Iterator[Finding]:
    """Locks that demand troops or monitors where, or of whom, there can be none."""
    for n, each in enumerate(locked(problem)):
        lock = each.lock
        if not lock.minimum or lock.keep is not None or resolved(problem, lock) is None:
            continue
        for periods in each.spans.values():
            told = next(_hindrances(problem, each, periods), None)
            if told:
                when = ", ".join(map(str, periods))
                path: Path = ("locks", n, "least" if lock.exactly is None else "exactly")
                yield Finding(path, told[0], f"{lock.decision} in {when}", told[1])
                break


def _hindrances(problem: DesignProblem, lock: Locked, periods: Sequence[int]) -> Iterator[tuple[str, str]]:
    """What is wrong with a demand in `periods`, and what helps."""
    match lock.lock.kind:
        case "missions":
            yield from _without_consent(problem, lock, set(periods))
        case "monitors":
            zones = [zone for zone in problem.open_zones if lock.at.get("zone", zone.id) == zone.id]
            if zones and not any(zone.open_in(period) for zone in zones for period in periods):
                names = " and ".join(zone.id for zone in zones)
                open_in = sorted({period for zone in zones for period in zone.periods or ()})
                remedy = f"lock only periods of {open_in}, or change `periods` of {names}"
                yield f"the lock demands monitors while {names} may not be watched", remedy
            yield from _of_ineligible(problem, lock, MONITORING, periods)
        case "contingents":
            yield from _of_ineligible(problem, lock, CONTINGENTS, periods)


def _without_consent(problem: DesignProblem, lock: Locked, periods: set[int]) -> Iterator[tuple[str, str]]:
    missions = [each for each in problem.missions if lock.at.get("mission", each.id) == each.id]
    if any(periods.intersection(problem.mission_periods(mission)) for mission in missions):
        return
    for mission in missions:
        agreed = mission.model_copy(update={"consent": True, "consent_from": None})
        if periods.intersection(problem.mission_periods(agreed)):
            told = f"the lock demands troops in {mission.id} while the government admits no mission"
            if mission.consent:
                yield told, f"lock only periods from {mission.consent_from}, or leave `consent_from` out"
            else:
                yield told, f"write `consent: true` for {mission.id}, or leave the lock out"
            return


def _of_ineligible(
    problem: DesignProblem, lock: Locked, path: Path, periods: Sequence[int]
) -> Iterator[tuple[str, str]]:
    state, rules = lock.at.get("state"), dict(_rules(problem)).get(path)
    bars = bars_at_home(problem, rules, state, periods) if state and rules else ()
    if bars:
        reasons = " and ".join(bar.value for bar in bars)
        field = ".".join((*map(str, path), "exceptions"))
        yield (
            f"the lock demands something of {state}, which sends nobody: {reasons}",
            f"except {state} from {reasons} in `{field}`, or leave the lock out",
        )
