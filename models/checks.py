"""Cross-checks of a problem: what one field alone cannot show to be wrong."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .contraction import diverging_cycle
from .control_checks import control_faults
from .device_names import DEVICE, names_device
from .dominance import dominance_faults
from .eligibility_checks import eligibility_findings
from .fairness import Scale
from .finding import Finding, Path
from .fund import PROGRAMMES, Fund, Head
from .geography import great_circle_km
from .lock_checks import lock_findings
from .magnitude_checks import magnitude_findings
from .objective import WeightRule, objective_faults
from .provenance import matches_something
from .references import references
from .scale_checks import scale_faults
from .state import State
from .timetable_checks import timetable_findings

if TYPE_CHECKING:
    from .problem import DesignProblem


def findings(problem: DesignProblem) -> Iterator[Finding]:
    """Everything wrong with `problem` as a whole; nothing if it is sound."""
    yield from _duplicate_ids(problem)
    yield from _calendar(problem)
    yield from _unmatched_notes(problem)
    dangling = list(_dangling_references(problem))
    yield from dangling
    if dangling:
        return
    yield from _security_undefined(problem)
    yield from _scales(problem)
    yield from _burden_rules(problem)
    races = list(_dilemma(problem))
    yield from races or magnitude_findings(problem)
    yield from _garrisons(problem)
    yield from _unreachable_missions(problem)
    yield from _organ_cycles(problem)
    yield from _frontiers(problem)
    faults = (*dominance_faults(problem), *control_faults(problem), *objective_faults(problem.objective))
    for fault in faults:
        yield Finding(*fault)
    yield from timetable_findings(problem)
    yield from lock_findings(problem)
    yield from eligibility_findings(problem)


def _collections(problem: DesignProblem) -> Iterator[tuple[Path, Sequence[Any]]]:
    """Every list of things with an id, with its path."""
    lists = ("threat_kinds", "states", "programmes", "complementarities", "organs", "missions", "funds")
    for name in (*lists, "burden_sharing"):
        yield (name,), getattr(problem, name)
    yield ("hegemony",), problem.hegemony
    if problem.garrisons:
        yield ("garrisons", "tiers"), problem.garrisons.tiers
        yield ("garrisons", "sites"), problem.garrisons.sites
    if problem.monitoring:
        yield ("monitoring", "kinds"), problem.monitoring.kinds
        yield ("monitoring", "zones"), problem.monitoring.zones
        yield ("monitoring", "monitors"), problem.monitoring.monitors
    yield ("benefit", "spending_floors"), problem.benefit.spending_floors
    yield ("benefit", "equal_treatment"), problem.benefit.equal_treatment
    for number, fund in enumerate(problem.funds):
        yield ("funds", number, "earmarks"), fund.earmarks
    yield ("timetable", "precedence"), problem.timetable.precedence
    yield ("timetable", "experience"), problem.timetable.experience


def _duplicate_ids(problem: DesignProblem) -> Iterator[Finding]:
    for path, things in _collections(problem):
        seen: set[str] = set()
        for number, thing in enumerate(things):
            if thing.id in seen:
                yield Finding((*path, number, "id"), "the id is used twice", thing.id, "give each its own id")
            seen.add(thing.id)
    if names_device(problem.id):
        yield Finding(("id",), DEVICE, problem.id, "choose another id")
    reserved = {*(head.value for head in Head), PROGRAMMES}
    for number, programme in enumerate(problem.programmes):
        if programme.id in reserved:
            yield Finding(
                ("programmes", number, "id"),
                "this id names a head of expenditure",
                programme.id,
                "choose another id",
            )


def _calendar(problem: DesignProblem) -> Iterator[Finding]:
    first = problem.periods[0]
    if list(problem.periods) != list(range(first, first + len(problem.periods))):
        yield Finding(
            ("periods",),
            "periods must be consecutive and ascending",
            str(list(problem.periods)),
            "such as [1993, 1994, 1995]",
        )


def _unmatched_notes(problem: DesignProblem) -> Iterator[Finding]:
    for n, note in enumerate(problem.provenance):
        if not matches_something(problem, note.path):
            yield Finding(
                ("provenance", n, "path"),
                "nothing in the problem has this path",
                note.path,
                "a dotted path with `*` for any one part, such as programmes.*.effects",
            )


def _dangling_references(problem: DesignProblem) -> Iterator[Finding]:
    for path, used, known, noun in references(problem):
        known_names = sorted(map(str, known))
        for name in used:
            if str(name) not in known_names:
                close = difflib.get_close_matches(str(name), known_names, n=1)
                listed = ", ".join(known_names[:12]) + (", ..." if len(known_names) > 12 else "")
                remedy = f"did you mean {close[0]}?" if close else f"known: {listed or 'none is defined'}"
                where = (*path, str(name)) if isinstance(used, Mapping) else path
                yield Finding(where, f"unknown {noun}", str(name), remedy)
        repeated = [] if isinstance(used, Mapping) else [n for n, k in Counter(used).items() if k > 1]
        for name in repeated:
            yield Finding(path, f"the {noun} is named twice", str(name), "name it once")


def _security_undefined(problem: DesignProblem) -> Iterator[Finding]:
    """The ratio needs at least one threat and at least one capacity that is of use against it."""
    if not problem.measured:
        yield Finding(("states",), "there is no member", remedy="give at least one state the role member")
    elif not problem.members:
        yield Finding(
            ("membership",), "the entry test admits nobody", remedy="lower `least`, or name more states"
        )
    for n, state in enumerate(problem.states):
        if not state.is_member:
            continue
        perceived = {kind.id: state.initial_threat(kind.id) for kind in problem.threat_kinds}
        if sum(perceived.values()) <= 0:
            yield Finding(
                ("states", n, "threats"),
                "a member needs at least one positive threat",
                state.id,
                "an index, 1 being the median state; security is capacity over threat",
            )
            continue
        useful = sum(
            level * kind.relevance.get(dimension, 0.0) * amount
            for kind in problem.threat_kinds
            for level in [perceived[kind.id]]
            for dimension, amount in state.capacities.items()
        )
        if useful <= 0:
            yield Finding(
                ("states", n, "capacities"),
                "no capacity is of use against any threat of this member",
                state.id,
                "give a positive index to a dimension relevant to its threats",
            )
    if problem.objective.weights is WeightRule.TABLE and sum(problem.objective.table.values()) <= 0:
        yield Finding(
            ("objective", "table"), "the weights are all 0", remedy="give at least one member a weight"
        )


def _scales(problem: DesignProblem) -> Iterator[Finding]:
    for n, fund in enumerate(problem.funds):
        path: Path = ("funds", n)
        payers = problem.payers(fund)
        if not payers:
            yield Finding((*path, "payers"), "the fund has no payer", fund.id, "name at least one state")
            continue
        yield from _shares_possible(path, fund, len(payers))
        if fund.scale:
            yield from _scale((*path, "scale"), fund.scale, payers, problem)
        for m, earmark in enumerate(fund.earmarks):
            if (earmark.share is None) == (earmark.donors is None):
                yield Finding(
                    (*path, "earmarks", m),
                    "an earmark has either a share or donors",
                    earmark.id,
                    "give exactly one of `share` and `donors`",
                )
    scale = problem.garrisons.contingents.scale if problem.garrisons else None
    if scale:
        yield from _scale(("garrisons", "contingents", "scale"), scale, problem.members, problem)


def _shares_possible(path: Path, fund: Fund, payers: int) -> Iterator[Finding]:
    if fund.floor > fund.ceiling:
        yield Finding(
            (*path, "floor"),
            "the floor is above the ceiling",
            f"{fund.floor} > {fund.ceiling}",
            "lower the floor or raise the ceiling",
        )
    elif fund.ceiling * payers < 1 - 1e-9:
        yield Finding(
            (*path, "ceiling"),
            f"{payers} payers at the ceiling pay less than the whole",
            str(fund.ceiling),
            f"at least {1 / payers:.4g}",
        )
    elif fund.floor * payers > 1 + 1e-9:
        yield Finding(
            (*path, "floor"),
            f"{payers} payers at the floor pay more than the whole",
            str(fund.floor),
            f"at most {1 / payers:.4g}",
        )


def _burden_rules(problem: DesignProblem) -> Iterator[Finding]:
    able = {*(state.id for state in problem.bearers), *problem.left_out}
    for n, rule in enumerate(problem.burden_sharing):
        path: Path = ("burden_sharing", n)
        if not rule.limits_anything:
            remedy = "give affordability, spread, ratio, gini or equal_sacrifice"
            yield Finding(path, "the rule limits nothing", rule.id, remedy)
        if rule.states == ():
            yield Finding((*path, "states"), "the rule looks at nobody", rule.id, "name at least one state")
        idle = [] if isinstance(rule.states, str) else [s for s in rule.states if s not in able]
        for state in idle:
            remedy = "make it a payer of a fund, or leave it out"
            yield Finding((*path, "states"), "the state can bear nothing", state, remedy)


def _scale(path: Path, scale: Scale, states: Sequence[State], problem: DesignProblem) -> Iterator[Finding]:
    numbers = {state.id: n for n, state in enumerate(problem.states)}
    for where, message, value, remedy in scale_faults(path, scale, states, numbers):
        yield Finding(where, message, value, remedy)


def _dilemma(problem: DesignProblem) -> Iterator[Finding]:
    pairs = set[tuple[str, str]]()
    for n, influence in enumerate(problem.dilemma.influences):
        pair = influence.source, influence.target
        if pair in pairs:
            yield Finding(
                ("dilemma", "influences", n), "the pair is given twice", " -> ".join(pair), "keep one row"
            )
        pairs.add(pair)
        if influence.source == influence.target:
            yield Finding(
                ("dilemma", "influences", n),
                "a state does not react to itself",
                influence.source,
                "remove the row",
            )
    reactions = {(i.source, i.target): i.reaction for i in problem.dilemma.influences if i.reaction > 0}
    diverging = diverging_cycle(reactions)
    if diverging:
        radius, cycle = diverging
        yield Finding(
            ("dilemma", "influences"),
            f"the arms race never settles: spectral radius {radius:.4g} of the reactions is not below 1",
            " -> ".join((*cycle, cycle[0])),
            "lower the reactions along this cycle",
        )


def _garrisons(problem: DesignProblem) -> Iterator[Finding]:
    garrisons = problem.garrisons
    if not garrisons:
        return
    if not garrisons.tiers:
        yield Finding(
            ("garrisons", "tiers"), "there is no tier", remedy="define at least one size of garrison"
        )
    if not garrisons.sites:
        yield Finding(("garrisons", "sites"), "there is no site", remedy="name at least one candidate city")
    if garrisons.max_open is not None and garrisons.min_open > garrisons.max_open:
        yield Finding(
            ("garrisons", "min_open"),
            "more garrisons are required than allowed",
            f"{garrisons.min_open} > {garrisons.max_open}",
            "lower min_open or raise max_open",
        )
    if garrisons.min_open > len(problem.sites):
        yield Finding(
            ("garrisons", "min_open"),
            "more garrisons are required than there are sites",
            f"{garrisons.min_open} > {len(problem.sites)}",
            "name more sites",
        )
    nations = garrisons.contingents.min_nations
    if nations > len(problem.senders):
        yield Finding(
            ("garrisons", "contingents", "min_nations"),
            "more nations than there are members that may send troops",
            f"{nations} > {len(problem.senders)}",
            "lower min_nations",
        )


def _unreachable_missions(problem: DesignProblem) -> Iterator[Finding]:
    garrisons = problem.garrisons
    for n, mission in enumerate(problem.missions):
        if mission.start and mission.end and mission.start > mission.end:
            yield Finding(
                ("missions", n, "end"),
                "the mission ends before it starts",
                f"{mission.end} < {mission.start}",
            )
        if not garrisons or not garrisons.sites:
            yield Finding(
                ("missions", n),
                "a mission needs garrisons to draw troops from",
                mission.id,
                "add garrisons, or remove the mission",
            )
            continue
        nearest = min(
            great_circle_km(site.latitude, site.longitude, mission.latitude, mission.longitude)
            for site in garrisons.sites
        )
        hours = garrisons.lift.hours(nearest)
        if hours > mission.deadline:
            yield Finding(
                ("missions", n, "deadline"),
                f"nobody can reach {mission.id} in time: the nearest site needs {hours:.0f} h",
                f"{mission.deadline:g} h",
                f"allow at least {hours:.0f} h, name a nearer site, or raise the lift speed",
            )


def _frontiers(problem: DesignProblem) -> Iterator[Finding]:
    for n, programme in enumerate(problem.programmes):
        mutual = programme.mutual
        if not mutual:
            continue
        if mutual.along is not None and mutual.pairs is not None:
            yield Finding(
                ("programmes", n, "mutual"),
                "frontiers are named twice, by a kind of zone and by pairs",
                programme.id,
                "leave out `along` or `pairs`",
            )
        for pair, times in Counter(map(frozenset, mutual.pairs or ())).items():
            if times > 1:
                yield Finding(
                    ("programmes", n, "mutual", "pairs"),
                    "the frontier is named twice",
                    "-".join(sorted(pair)),
                    "name it once, in either order",
                )


def _organ_cycles(problem: DesignProblem) -> Iterator[Finding]:
    requires = {organ.id: organ.requires for organ in problem.organs}
    for n, organ in enumerate(problem.organs):
        reached, frontier = set[str](), list(organ.requires)
        while frontier:
            name = frontier.pop()
            if name not in reached:
                reached.add(name)
                frontier.extend(requires[name])
        if organ.id in reached:
            yield Finding(
                ("organs", n, "requires"),
                "organs require each other in a circle",
                organ.id,
                "remove one of the requirements",
            )
