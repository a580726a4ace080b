"""A problem recast by a doctrine.

The money is held equal: every fund keeps its budgets, its payers' capacity to pay and its scale, unless the
doctrine itself says otherwise. What a doctrine takes out is taken out wherever it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from pydantic import ValidationError

from concord.errors import BadInput, Fault
from concord.models import DesignProblem, Fund, Garrisons, Membership, Monitoring, Organ, Programme, State
from concord.models.doctrine import STRONGEST, Doctrine, Instrument
from concord.models.finding import Path
from concord.models.lock import resolved
from concord.models.provenance import matches_something
from concord.models.quantities import PerPeriod
from concord.models.references import references

SUBSTANCE = frozenset(
    """format id title description doctrine currency periods objective threat_kinds states membership dilemma
    programmes complementarities organs garrisons missions monitoring funds provenance""".split()  # noqa: SIM905
)
"""Sections of a problem that say what there is and can be done; all others are rules of the institution."""
_MOST_ROUNDS = 10
"""Taking out a thing may leave others without what they need; deeper chains there are none."""


def under(problem: DesignProblem, doctrine: Doctrine) -> DesignProblem:
    """`problem` as `doctrine` would have it. Raises BadInput where the two do not fit."""
    if problem.doctrine is not None:
        raise BadInput.single(
            f"the problem stands under the doctrine {problem.doctrine} already",
            field="doctrine",
            remedy="start from the problem without a doctrine",
        )
    if doctrine.guarantor not in (None, STRONGEST, *(state.id for state in problem.states)):
        raise BadInput.single(
            f"no state {doctrine.guarantor} in {problem.id}, whom the doctrine makes its guarantor",
            field="guarantor",
            remedy=f"name a state of the problem, or `{STRONGEST}`",
        )
    fields = _recast(problem, doctrine)
    fields = _without_dangling(fields)
    draft = DesignProblem.model_construct(**fields)
    fields["locks"] = tuple(lock for lock in fields["locks"] if resolved(draft, lock) is not None)
    notes = [*problem.provenance, *doctrine.provenance]
    fields["provenance"] = tuple(note for note in notes if matches_something(draft, note.path))
    try:
        return DesignProblem(**fields)
    except ValidationError as error:
        message = f"the doctrine {doctrine.id} does not fit the problem {problem.id}"
        remedy = "change the doctrine's entry test or guarantor, or the problem"
        faults = [
            Fault(f"{message}: {detail['msg']}", field=".".join(map(str, detail["loc"])), remedy=remedy)
            for detail in error.errors()
        ]
        raise BadInput(faults) from None


def fields_of(model: DesignProblem) -> dict[str, Any]:
    """The fields of a problem with their values as they are."""
    return {name: getattr(model, name) for name in type(model).model_fields}


def _recast(problem: DesignProblem, doctrine: Doctrine) -> dict[str, Any]:
    recast = _Recast(problem, doctrine)
    kept = set(doctrine.instruments)
    peace = Instrument.PEACEKEEPING in kept and recast.enough_nations
    fields = fields_of(problem) | {
        "doctrine": doctrine.id,
        "membership": recast.membership,
        "states": recast.states(),
        "programmes": recast.programmes(),
        "organs": recast.organs() if Instrument.ORGANS in kept else (),
        "garrisons": recast.garrisons() if peace else None,
        "missions": problem.missions if peace else (),
        "monitoring": problem.monitoring if Instrument.MONITORING in kept else None,
        "funds": tuple(recast.fund(fund) for fund in problem.funds),
    }
    if Instrument.REDUCTIONS not in kept:
        fields["dilemma"] = problem.dilemma.model_copy(update={"reduction_ceiling": 0.0})
    if not doctrine.rules:
        sections = DesignProblem.model_fields
        fields |= {name: sections[name].get_default() for name in sections if name not in SUBSTANCE}
        fields["monitoring"] = _without_minima(fields["monitoring"])
    return fields


@dataclass(frozen=True)
class _Recast:
    """The parts of a problem under a doctrine."""

    problem: DesignProblem
    doctrine: Doctrine

    @property
    def membership(self) -> Membership:
        """The entry test, with thresholds at quantiles of the region."""
        given, region = self.doctrine.membership or self.problem.membership, self.problem.measured
        least = dict(given.least)
        for dimension, share in self.doctrine.least_quantile.items():
            indices = sorted(state.capacities.get(dimension, 0.0) for state in region)
            at_quantile = indices[min(floor(share * len(indices)), len(indices) - 1)]
            least[dimension] = max(at_quantile, least.get(dimension, 0.0))
        return given.model_copy(update={"least": least})

    @property
    def members(self) -> list[State]:
        """Those whom the entry test admits."""
        return [state for state in self.problem.measured if self.membership.admits(state)]

    @property
    def guarantor(self) -> str | None:
        """The one state that pays and sends."""
        if self.doctrine.guarantor != STRONGEST or not self.members:
            return self.doctrine.guarantor
        return max(self.members, key=lambda state: (state.military_expenditure, state.gdp)).id

    @property
    def enough_nations(self) -> bool:
        """Whether a garrison can have as many nations as the problem asks; a guarantor goes alone."""
        garrisons = self.problem.garrisons
        if garrisons is None or self.guarantor is not None:
            return garrisons is not None
        return len(self.members) >= garrisons.contingents.min_nations

    def states(self) -> tuple[State, ...]:
        """The states; with a guarantor, nobody else pledges transport."""
        if self.guarantor is None:
            return self.problem.states
        return tuple(
            state if state.id == self.guarantor else state.model_copy(update={"lift": 0.0})
            for state in self.problem.states
        )

    def programmes(self) -> tuple[Programme, ...]:
        """Programmes of the paradigms, and those that the doctrine brings."""
        own = [k for k in self.problem.programmes if k.paradigm in self.doctrine.paradigms]
        kinds = {kind.id for kind in self.problem.threat_kinds}
        taken = {k.id for k in self.problem.programmes}
        brought = [
            k.model_copy(update={"effects": {q: e for q, e in k.effects.items() if q in kinds}})
            for k in self.doctrine.brings
            if k.id not in taken
        ]
        return (*own, *(programme for programme in brought if self._is_of_use(programme)))

    def _is_of_use(self, programme: Programme) -> bool:
        """Whether there is a threat that it abates, or against which what it raises is of use."""
        of_use = {q for kind in self.problem.threat_kinds for q, share in kind.relevance.items() if share > 0}
        return bool(programme.effects or of_use & set(programme.gains))

    def organs(self) -> tuple[Organ, ...]:
        """The organs in the doctrine's size."""
        size = self.doctrine.organ_size
        return tuple(
            organ.model_copy(
                update={
                    "setup_cost": size * organ.setup_cost,
                    "upkeep": size * organ.upkeep,
                    "ceiling": None if organ.ceiling is None else size * organ.ceiling,
                    "due": organ.due if self.doctrine.rules else None,
                }
            )
            for organ in self.problem.organs
        )

    def garrisons(self) -> Garrisons | None:
        """The garrisons; a guarantor's have one nation and follow no scale."""
        garrisons = self.problem.garrisons
        if garrisons is None:
            return None
        changes: dict[str, Any] = {} if self.doctrine.rules else {"min_open": 0}
        if self.guarantor is not None:
            alone = {
                "contributors": (self.guarantor,), "scale": None, "tolerance": 0.0,
                "max_state_share": 1.0, "max_host_share": 1.0, "min_nations": 1,
            }  # fmt: skip
            changes["contingents"] = garrisons.contingents.model_copy(update=alone)
        return garrisons.model_copy(update=changes)

    def fund(self, fund: Fund) -> Fund:
        """The fund: its money, and what the doctrine lets it be."""
        share = self.doctrine.budget_share
        changes: dict[str, Any] = {"budget": _scaled(fund.budget, share)}
        if fund.commitment is not None:
            changes["commitment"] = _scaled(fund.commitment, share) if self.doctrine.rules else None
        if not self.doctrine.rules:
            changes |= {"purposes": None, "regions": None, "earmarks": ()}
        if self.guarantor is not None:
            changes |= {"payers": (self.guarantor,), "scale": None, "floor": 0.0, "ceiling": 1.0}
        else:
            changes["ceiling"] = self._ceiling(fund)
        return fund.model_copy(update=changes)

    def _ceiling(self, fund: Fund) -> float:
        """The ceiling on a payer's share; none where too few payers are left for it."""
        inside = {state.id for state in self.members}
        left_out = {state.id for state in self.problem.measured} - inside
        payers = inside if fund.payers == "members" else set(fund.payers) - left_out
        return fund.ceiling if fund.ceiling * len(payers) >= 1 else 1.0


def _scaled(figure: PerPeriod, share: float) -> PerPeriod:
    if isinstance(figure, dict):
        return {period: share * amount for period, amount in figure.items()}
    return share * figure


def _without_minima(monitoring: Any) -> Any:
    if monitoring is None:
        return None
    zones = tuple(zone.model_copy(update={"minimum": 0.0}) for zone in monitoring.zones)
    return monitoring.model_copy(update={"zones": zones})


def _without_dangling(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields without any mention of what has been taken out."""
    for _ in range(_MOST_ROUNDS):
        draft = DesignProblem.model_construct(**fields)
        gone = [
            (path, [name for name in used if str(name) not in set(map(str, known))])
            for path, used, known, _ in references(draft)
        ]
        # One mention in each item of a list at a time, since the item may go with it.
        at_once = {_item(path): (path, names) for path, names in gone if names}
        if not at_once:
            break
        # From the end, so that taking an item out does not shift the places of those before it.
        for path, names in sorted(at_once.values(), key=lambda found: _sortable(found[0]), reverse=True):
            fields = _forget(fields, path, names)
    funds = tuple(_without_empty_earmarks(fund) for fund in fields["funds"])
    return fields | {"funds": funds}


def _without_empty_earmarks(fund: Fund) -> Fund:
    """The fund without earmarks of which every purpose has been taken out."""
    kept = tuple(mark for mark in fund.earmarks if mark.purposes != ())
    return fund if len(kept) == len(fund.earmarks) else fund.model_copy(update={"earmarks": kept})


def _item(path: Path) -> Path:
    """The way to the innermost item of a list that `path` leads through; the path itself outside lists."""
    ends = [place for place, part in enumerate(path, 1) if isinstance(part, int)]
    return path[: ends[-1]] if ends else path


def _sortable(path: Path) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in path]


def _forget(thing: Any, path: Path, names: Iterable[object]) -> Any:
    """`thing` without the mention of `names` at `path`; what cannot do without the mention goes itself.

    Programmes, garrisons and monitoring do without the organ that is no more, and programmes without what
    they did along frontiers. Gives None where `thing` goes.
    """
    if not path:
        return _rest(thing, set(map(str, names)))
    head, *tail = path
    if isinstance(thing, tuple):
        assert isinstance(head, int)
        changed = _forget(thing[head], tuple(tail), names)
        return (*thing[:head], *(() if changed is None else (changed,)), *thing[head + 1 :])
    if isinstance(thing, dict):
        return thing | {head: _forget(thing[head], tuple(tail), names)}
    changed = _forget(getattr(thing, str(head)), tuple(tail), names)
    if changed is None and not (
        head in {"organ", "mutual"} and isinstance(thing, Programme | Garrisons | Monitoring)
    ):
        return None
    return thing.model_copy(update={str(head): changed})


def _rest(used: Any, gone: set[str]) -> Any:
    if isinstance(used, Mapping):
        return {name: value for name, value in used.items() if str(name) not in gone}
    if isinstance(used, tuple):
        return tuple(name for name in used if str(name) not in gone)
    return None
