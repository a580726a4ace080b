"""From values of the decisions to the tables of a plan. Thousands of troops become persons here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from concord.algebra import Expression
from concord.formulation.assemble import Formulation
from concord.formulation.costs import saving
from concord.formulation.labelling import entries, members
from concord.formulation.timing import stock_upkeep
from concord.models.plan import (
    Assignment,
    ContingentPosting,
    Contribution,
    Expenditure,
    FrontierActivity,
    FundBalance,
    GarrisonActivity,
    LiftPledge,
    MonitorPosting,
    OrganActivity,
    PostureChange,
    ProgrammeActivity,
)

Values = NDArray[np.float64]
NEGLIGIBLE = 1e-9
"""What is smaller in the program's units is rounding, and not a row of the plan."""


@dataclass(frozen=True, eq=False)
class Interpretation:
    """The tables of the plan that `values` stand for; `values` satisfy the true functions."""

    formulation: Formulation
    values: Values

    def _table(self, expression: Expression, *, keep_zero: bool = False) -> pd.Series[Any]:
        series = self.formulation.program.evaluate(expression, self.values)
        return series if keep_zero else series[series.abs() > NEGLIGIBLE]

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """Who pays what into which fund."""
        scene = self.formulation.scene
        scale, late = scene.parameters.scale_share, scene.parameters.arrears_rate
        paid = self._table(scene.decisions.contribution)
        total = paid.groupby(level=["fund", "period"]).sum()
        return tuple(
            Contribution(
                payer=payer,
                fund=fund,
                period=t,
                amount=amount,
                share=amount / total[fund, t],
                scale_share=float(scale[payer, fund]) if (payer, fund) in scale.index else None,
                arrears=amount * float(late.get((payer, fund), 0.0)),
            )
            for (payer, fund, t), amount in entries(paid)
        )

    @cached_property
    def expenditures(self) -> tuple[Expenditure, ...]:
        """What each fund spends on which head in which region."""
        drawn = self._table(self.formulation.scene.decisions.draw)
        return tuple(
            Expenditure(fund=u, head=e, region=r, period=t, amount=amount)
            for (u, e, r, t), amount in entries(drawn)
        )

    @cached_property
    def balances(self) -> tuple[FundBalance, ...]:
        """Every fund over every period."""
        scene = self.formulation.scene
        paid, drawn, carried = dict[Any, float](), dict[Any, float](), self._table(scene.decisions.carried)
        for row in self.contributions:
            paid[row.fund, row.period] = paid.get((row.fund, row.period), 0.0) + row.amount - row.arrears
        for line in self.expenditures:
            drawn[line.fund, line.period] = drawn.get((line.fund, line.period), 0.0) + line.amount
        return tuple(
            FundBalance(
                fund=u,
                period=t,
                carried_in=float(carried.get((u, t - 1), 0.0)),
                paid=paid.get((u, t), 0.0),
                drawn=drawn.get((u, t), 0.0),
                carried_out=float(carried.get((u, t), 0.0)),
            )
            for u, t in members(scene.sets.funds)
        )

    @cached_property
    def programmes(self) -> tuple[ProgrammeActivity, ...]:
        """What runs where."""
        scene = self.formulation.scene
        d = scene.decisions
        kept_up = self._table(stock_upkeep(scene))
        spending, stock, intensity = (
            self._table(block, keep_zero=True) for block in (d.spending, d.stock, d.intensity)
        )
        active = stock[(stock > NEGLIGIBLE) | (spending > NEGLIGIBLE)].index
        return tuple(
            ProgrammeActivity(
                programme=k,
                state=i,
                period=t,
                spending=max(0.0, float(spending[i, k, t])),
                stock=float(stock[i, k, t]),
                intensity=max(0.0, float(intensity[i, k, t])),
                upkeep=float(kept_up.get((i, k, t), 0.0)),
            )
            for i, k, t in members(active)
        )

    @cached_property
    def frontiers(self) -> tuple[FrontierActivity, ...]:
        """Where both sides of a frontier run a programme."""
        mutual = self._table(self.formulation.scene.decisions.mutual)
        return tuple(
            FrontierActivity(programme=k, state=i, neighbour=j, period=t, intensity=intensity)
            for (k, i, j, t), intensity in entries(mutual)
        )

    @cached_property
    def organs(self) -> tuple[OrganActivity, ...]:
        """Organs in operation."""
        scene = self.formulation.scene
        p, operating = scene.parameters, set(members(self._table(scene.decisions.operating).index))
        lead = {organ.id: organ.lead for organ in scene.problem.organs}
        homes = {organ.id: organ.headquarters for organ in scene.problem.organs}
        founded = {(o, t - lead[o]) for o, t in operating if (o, t - 1) not in operating}
        saved = self._table(saving(scene))
        rows = []
        for o, t in members(scene.sets.organs):
            if (o, t) in operating or (o, t) in founded:
                setup = float(p.setup_cost[o]) - float(saved.get((o, t), 0.0)) if (o, t) in founded else 0.0
                works = (o, t) in operating
                cost = setup + (float(p.upkeep[o]) if works else 0.0)
                rows.append(
                    OrganActivity(
                        organ=o,
                        period=t,
                        founded=(o, t) in founded,
                        working=works,
                        cost=cost,
                        host=home.host if (home := homes[o]) else None,
                        city=home.city if home else None,
                    )
                )
        return tuple(rows)

    @cached_property
    def garrisons(self) -> tuple[GarrisonActivity, ...]:
        """Garrisons in operation."""
        scene = self.formulation.scene
        p, sites = scene.parameters, {site.id: site for site in scene.problem.sites}
        tiers = {tier.id: tier for tier in (scene.problem.garrisons.tiers if scene.problem.garrisons else ())}
        standing = set(members(self._table(scene.decisions.garrison).index))
        lead = scene.rules.lead if scene.problem.garrisons else 0
        decided = {(g, n, t - lead) for g, n, t in standing if (g, n, t - 1) not in standing}
        troops = self._table(scene.decisions.units.sum("state")) * (1000 * p.contingent_unit)
        kept = troops * (p.soldier_cost / 1000)
        rows = []
        for g, n, t in sorted(standing | decided):
            founded, works, tier = (g, n, t) in decided, (g, n, t) in standing, tiers[n]
            rows.append(
                GarrisonActivity(
                    site=g,
                    host=sites[g].host,
                    tier=n,
                    period=t,
                    founded=founded,
                    working=works,
                    capacity=float(1000 * p.tier_capacity[n]),
                    troops=float(troops.get((g, t), 0.0)),
                    cost=works * tier.upkeep + founded * tier.setup_cost,
                    soldiers_cost=works * float(kept.get((g, t), 0.0)),
                )
            )
        return tuple(rows)

    @cached_property
    def contingents(self) -> tuple[ContingentPosting, ...]:
        """Who is stationed where."""
        scene = self.formulation.scene
        per_unit = 1000 * scene.parameters.contingent_unit
        posted = self._table(scene.decisions.units)
        return tuple(
            ContingentPosting(state=m, site=g, period=t, units=units, troops=units * per_unit)
            for (m, g, t), units in entries(posted)
        )

    @cached_property
    def assignments(self) -> tuple[Assignment, ...]:
        """Which garrison serves which mission."""
        scene = self.formulation.scene
        assigned = self._table(scene.assigned)
        rows = []
        for (g, h, t), thousands in entries(assigned):
            km = scene.sets.distances[g, h]
            rows.append(
                Assignment(
                    site=g,
                    mission=h,
                    period=t,
                    troops=1000 * thousands,
                    distance_km=km,
                    hours=scene.rules.lift.hours(km),
                )
            )
        return tuple(rows)

    @cached_property
    def lift(self) -> tuple[LiftPledge, ...]:
        """Who pledges transport."""
        pledged = self._table(self.formulation.scene.decisions.lift)
        return tuple(LiftPledge(state=m, period=t, amount=amount) for (m, t), amount in entries(pledged))

    @cached_property
    def monitoring(self) -> tuple[MonitorPosting, ...]:
        """Who watches where."""
        posted = self._table(self.formulation.scene.decisions.teams)
        return tuple(
            MonitorPosting(zone=z, monitor=a, state=m, period=t, teams=teams)
            for (a, m, z, t), teams in entries(posted)
        )

    @cached_property
    def posture(self) -> tuple[PostureChange, ...]:
        """Who reduces and who arms."""
        d = self.formulation.scene.decisions
        changes = pd.DataFrame(
            {
                name: self._table(block, keep_zero=True)
                for name, block in (("arming", d.arming), ("reduction", d.reduction), ("posture", d.posture))
            }
        )
        changed = changes[(changes.abs() > NEGLIGIBLE).any(axis=1)]
        return tuple(
            PostureChange(
                state=i,
                period=t,
                arming=max(0.0, row["arming"]),
                reduction=max(0.0, row["reduction"]),
                posture=row["posture"],
            )
            for (i, t), row in zip(changed.index, changed.to_dict("records"), strict=True)
        )
