"""The tables that `concord show` knows: which rows they have, and what of them fits a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from concord.models import (
    BurdenRule,
    Complementarity,
    DesignProblem,
    Fund,
    Influence,
    Mission,
    MonitorType,
    Organ,
    ParameterNote,
    Programme,
    Relation,
    Site,
    State,
    ThreatKind,
    Tier,
    WeightCeiling,
    Zone,
    ZoneKind,
)
from concord.models.plan import InitialStanding
from concord.results.rankings import initial_standing

from .rendering.tables import Column, amount, percent, text_column

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class View:
    """A table: its rows in the problem, and the cells of a row under `columns`."""

    row_type: type[BaseModel]
    rows: Callable[[DesignProblem], Sequence[BaseModel]]
    columns: tuple[Column, ...]
    row: Callable[[Any, DesignProblem], Cells]

    def cells(self, problem: DesignProblem) -> Iterable[Cells]:
        """The cells of every row."""
        return (self.row(row, problem) for row in self.rows(problem))


def _columns(*titles: str) -> tuple[Column, ...]:
    """Columns of figures, but of words where the title starts with an apostrophe."""
    return tuple(text_column(title[1:]) if title.startswith("'") else Column(title) for title in titles)


def _figures(figures: Mapping[Any, float]) -> str:
    return ", ".join(f"{key} {figure:g}" for key, figure in figures.items())


def _names(names: Iterable[str] | None, between: str = " ") -> str:
    return "all" if names is None else between.join(names)


def _money(figure: float | Mapping[int, float] | None) -> str:
    if figure is None:
        return ""
    return _figures(figure) if isinstance(figure, Mapping) else f"{figure:g}"


def _state(state: State, problem: DesignProblem) -> Cells:
    return (
        state.id,
        state.name,
        state.role.value,
        state.region,
        amount(state.population / 1e6, 2),
        amount(state.gdp, 0),
        amount(state.military_personnel, 0),
        amount(sum(state.capacities.values()), 2),
        amount(sum(state.initial_threat(kind.id) for kind in problem.threat_kinds), 2),
        _names(["at war"] * state.at_war + ["sanctioned"] * state.sanctioned, ", "),
    )


def _programme(programme: Programme, problem: DesignProblem) -> Cells:
    del problem
    return (
        programme.id,
        f"{programme.scale:g}",
        programme.organ or "",
        f"{programme.persistence:g}",
        _figures(programme.effects),
        _figures(programme.gains),
    )


def _organ(organ: Organ, problem: DesignProblem) -> Cells:
    del problem
    ceiling = "" if organ.ceiling is None else f"{organ.ceiling:g}"
    home = f"{organ.headquarters.city}, {organ.headquarters.host}" if organ.headquarters else ""
    costs = f"{organ.setup_cost:g}", f"{organ.upkeep:g}"
    return organ.id, organ.name, home, *costs, ceiling, _names(organ.requires)


def _site(site: Site, problem: DesignProblem) -> Cells:
    tiers = _names(tier.id for tier in problem.tiers_at(site))
    return site.id, site.name, site.host, f"{site.latitude:.2f}", f"{site.longitude:.2f}", tiers


def _consent(mission: Mission) -> str:
    if not mission.consent:
        return "no"
    return "yes" if mission.consent_from is None else f"from {mission.consent_from}"


def _standing(mission: Mission) -> str:
    until = "" if mission.standing_until is None else f" to {mission.standing_until}"
    return f"{amount(mission.standing, 0)}{until}" if mission.standing else ""


def _mission(mission: Mission, problem: DesignProblem) -> Cells:
    first, last = mission.start or problem.periods[0], mission.end or problem.periods[-1]
    return (
        mission.id,
        mission.state,
        amount(mission.need, 0),
        f"{mission.deadline:g} h",
        f"{first}-{last}",
        _consent(mission),
        _standing(mission),
        "" if mission.deaths is None else amount(mission.deaths, 0),
        f"{mission.cost_per_soldier:g}",
        _names(mission.parties),
        _figures(mission.effects),
    )


def _zone(zone: Zone, problem: DesignProblem) -> Cells:
    del problem
    periods = None if zone.periods is None else map(str, zone.periods)
    return zone.id, zone.name, zone.kind, f"{zone.minimum:g}", _names(periods), _names(zone.states)


def _fund(fund: Fund, problem: DesignProblem) -> Cells:
    return (
        fund.id,
        str(len(problem.payers(fund))),
        _money(fund.budget),
        _money(fund.commitment),
        fund.scale.rule.value if fund.scale else "free",
        percent(fund.ceiling),
        _names(fund.purposes),
        " ".join(earmark.id for earmark in fund.earmarks),
    )


def _burden_rule(rule: BurdenRule, problem: DesignProblem) -> Cells:
    del problem
    limits = (rule.affordability, rule.spread, rule.ratio, rule.gini)
    exponent = rule.equal_sacrifice and rule.equal_sacrifice.exponent
    return (
        rule.id,
        rule.over.value,
        rule.states if isinstance(rule.states, str) else _names(rule.states),
        *("" if limit is None else f"{limit:g}" for limit in (*limits, exponent)),
    )


VIEWS: Mapping[str, View] = {
    "states": View(
        State,
        lambda problem: problem.states,
        _columns(
            "'id", "'name", "'role", "'region", "million", "GDP", "soldiers", "capacity", "threat", "'facts"
        ),
        _state,
    ),
    "standing": View(
        InitialStanding,
        initial_standing,
        _columns("'state", "power", "power rank", "security rank", "'quadrant"),
        lambda row, _: (
            row.state,
            amount(row.power, 2),
            str(row.power_rank),
            str(row.baseline_security_rank),
            row.baseline_quadrant.value,
        ),
    ),
    "threat-kinds": View(
        ThreatKind,
        lambda problem: problem.threat_kinds,
        _columns("'id", "'posture", "'relevance of capacities"),
        lambda kind, _: (kind.id, "yes" if kind.responds_to_posture else "", _figures(kind.relevance)),
    ),
    "programmes": View(
        Programme,
        lambda problem: problem.programmes,
        _columns("'id", "scale", "'organ", "lasting", "'effects", "'gains"),
        _programme,
    ),
    "complementarities": View(
        Complementarity,
        lambda problem: problem.complementarities,
        _columns("'id", "'mission", "'programme", "'effects"),
        lambda bonus, _: (bonus.id, bonus.mission, bonus.programme, _figures(bonus.effects)),
    ),
    "organs": View(
        Organ,
        lambda problem: problem.organs,
        _columns("'id", "'name", "'home", "set-up", "upkeep", "ceiling", "'requires"),
        _organ,
    ),
    "tiers": View(
        Tier,
        lambda problem: problem.garrisons.tiers if problem.garrisons else (),
        _columns("'id", "troops", "set-up", "upkeep"),
        lambda tier, _: (tier.id, amount(tier.capacity, 0), f"{tier.setup_cost:g}", f"{tier.upkeep:g}"),
    ),
    "sites": View(
        Site,
        lambda problem: problem.sites,
        _columns("'id", "'name", "'host", "latitude", "longitude", "'tiers"),
        _site,
    ),
    "missions": View(
        Mission,
        lambda problem: problem.missions,
        _columns(
            "'id",
            "'state",
            "need",
            "deadline",
            "'years",
            "'consent",
            "standing",
            "deaths",
            "cost",
            "'parties",
            "'effects",
        ),
        _mission,
    ),
    "zone-kinds": View(
        ZoneKind,
        lambda problem: problem.monitoring.kinds if problem.monitoring else (),
        _columns("'id", "ceiling", "quota", "'verifies", "'stays", "'effects"),
        lambda kind, _: (
            kind.id,
            f"{kind.ceiling:g}",
            "" if kind.received_quota is None else str(kind.received_quota),
            "yes" if kind.verifies else "",
            "yes" if kind.stays else "",
            _figures(kind.effects),
        ),
    ),
    "zones": View(
        Zone,
        lambda problem: problem.monitoring.zones if problem.monitoring else (),
        _columns("'id", "'name", "'kind", "minimum", "'years", "'states"),
        _zone,
    ),
    "monitors": View(
        MonitorType,
        lambda problem: problem.monitoring.monitors if problem.monitoring else (),
        _columns("'id", "effort", "persons", "cost", "teams", "'kinds"),
        lambda monitor, _: (
            monitor.id,
            f"{monitor.effort:g}",
            f"{monitor.personnel:g}",
            f"{monitor.cost:g}",
            str(sum(monitor.stock.values())),
            _names(monitor.kinds),
        ),
    ),
    "funds": View(
        Fund,
        lambda problem: problem.funds,
        _columns("'id", "payers", "'budget", "'commitment", "'scale", "ceiling", "'purposes", "'earmarks"),
        _fund,
    ),
    "hegemony": View(
        WeightCeiling,
        lambda problem: problem.hegemony,
        _columns("'id", "'of", "share", "'over", "'states"),
        lambda row, _: (row.id, row.of.value, percent(row.share), row.over.value, _names(row.states)),
    ),
    "burden-sharing": View(
        BurdenRule,
        lambda problem: problem.burden_sharing,
        _columns("'id", "'over", "'states", "afford", "spread", "ratio", "Gini", "exponent"),
        _burden_rule,
    ),
    "relations": View(
        Relation,
        lambda problem: problem.relations,
        _columns("'state", "'other state", "'are"),
        lambda row, _: (row.one, row.other, row.kind.value),
    ),
    "influences": View(
        Influence,
        lambda problem: problem.dilemma.influences,
        _columns("'source", "'target", "spillover", "reaction"),
        lambda row, _: (row.source, row.target, f"{row.spillover:g}", f"{row.reaction:g}"),
    ),
    "provenance": View(
        ParameterNote,
        lambda problem: problem.provenance,
        _columns("'path", "'basis", "'source", "'note"),
        lambda note, _: (note.path, note.basis.value, note.source, note.note),
    ),
}
