"""The decision variables, as a frozen record of labelled blocks."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Self

from concord.algebra import Expression, Program, Variables
from concord.formulation.aggregates import Aggregates
from concord.formulation.burden_sharing import BurdenSharing
from concord.formulation.index_sets import IndexSets
from concord.formulation.labelling import spread
from concord.formulation.parameters import Parameters


@dataclass(frozen=True)
class Decisions:
    """Every decision of docs/formulation.md; the comment gives its symbol there."""

    contribution: Variables  # pay[f,u,t]
    carried: Variables  # carry[u,t]
    draw: Variables  # draw[u,e,r,t]
    spending: Variables  # x[i,k,t]
    stock: Variables  # K[i,k,t]
    intensity: Variables  # z[i,k,t]
    running: Variables  # on[k,t]
    operating: Variables  # e[o,t]
    founded: Variables  # founded[o,t]
    tried: Variables  # tried[q,t]
    admitted: Variables  # admitted[q,t]
    learned: Variables  # learned[s,t]
    profiting: Variables  # saved[s,o,t]
    armed: Variables  # armed[i,t]
    garrison: Variables  # y[g,n,t]
    units: Variables  # n[m,g,t]
    presence: Variables  # b[m,g,t]
    arrivals: Variables  # in[m,g,t]
    assigned: Variables  # a[g,h,t], contingent units
    deployed: Variables  # d[h,t]
    lift: Variables  # lift[m,t]
    watching: Variables  # teams[a,z,t], of all nations
    teams: Variables  # teams[a,m,z,t]
    arming: Variables  # own[i,t]
    reduction: Variables  # r[i,t]
    posture: Variables  # p[i,t]
    bonus: Variables  # bonus[s,i,t]
    mutual: Variables  # y[k,i,j,t]
    log_threat: Variables  # l[i,theta,t] of one kind
    threat_share: Variables  # u[i,theta,t]
    log_total_threat: Variables  # l[i,t]
    capacity: Variables  # C[i,t]
    log_capacity: Variables  # c[i,t]

    sent: Variables  # sent[m,t], units of a nation in all garrisons, where a rule on burdens counts them
    provided: Variables  # provided[a,m,t], teams of a nation at all zones, likewise
    burden: Variables  # burden[i,t]
    relative_burden: Variables  # b[r,i,t]
    highest: Variables  # of b[r,.,t]
    lowest: Variables  # of b[r,.,t]
    ranked: Variables  # what leaves each comparator of 6.9
    shared: Variables  # the whole burden of 6.10

    collected: Variables  # paid[u,t], all contributions to a fund
    garrisoned: Variables  # n[g,t], all units at a garrison
    force: Variables  # n[t], all units
    strength: Variables  # v[h,t]
    effort: Variables  # w[z,t]
    log_measure: Variables  # mu[a], of measures that look harder at the worse-off
    penalty: Variables  # u[a,i,t]
    worth: Variables  # s[i,t], a power of the ratio, where a sum of such powers is maximised
    threat: Variables  # T[i,t], where the sum of all threats counts
    log_ratio: Expression  # lambda[i,t] = c - l

    @property
    def details(self) -> tuple[Variables, ...]:
        """Whose troops and teams they are: decisions that neither cost nor change anything but that.

        Once it is decided how many stand where, these are a whole-number problem of their own.
        """
        return (self.units, self.presence, self.arrivals, self.teams)

    @property
    def totals(self) -> tuple[Variables, ...]:
        """How many of each nation there are in all, which the details make up."""
        return (self.sent, self.provided)

    @property
    def switches(self) -> tuple[Variables, ...]:
        """What must be on before anything else can be done: organs, and programmes with a minimum scale."""
        return (self.operating, self.running)

    @classmethod
    def declare(
        cls, program: Program, sets: IndexSets, parameters: Parameters, aggregates: Aggregates
    ) -> Self:
        """Add every decision to `program`."""
        problem, add = sets.problem, program.add_variables
        garrisons, monitoring = problem.garrisons, problem.monitoring
        rules = garrisons.contingents if garrisons else None
        whole = bool(rules and rules.integral)
        sharing = BurdenSharing(parameters)
        log_total_threat = add("log_total_threat", sets.states, lower=-inf)
        log_capacity = add("log_capacity", sets.states, lower=-inf)
        return cls(
            contribution=add("contribution", sets.payers),
            carried=add("carried", sets.funds),
            draw=add("draw", sets.draws),
            spending=add("spending", sets.programmes),
            stock=add("stock", sets.programmes),
            intensity=add(
                "intensity", sets.programmes, upper=spread(parameters.max_intensity, sets.programmes)
            ),
            running=add("running", sets.thresholds, upper=1.0, integer=True),
            operating=add("operating", sets.organs, upper=1.0, integer=True),
            founded=add("founded", sets.organs, upper=1.0),
            tried=add("tried", sets.trials, upper=1.0, integer=True),
            admitted=add("admitted", sets.precedences, upper=1.0, integer=True),
            learned=add("learned", sets.experiences, upper=1.0, integer=True),
            profiting=add("profiting", sets.savings, upper=1.0),
            armed=add("armed", sets.restrained, upper=1.0, integer=True),
            garrison=add("garrison", sets.tiers, upper=parameters.may_stand, integer=True),
            units=add(
                "units", sets.postings, upper=spread(parameters.available_units, sets.postings), integer=whole
            ),
            presence=add(
                "presence",
                sets.presences,
                upper=1.0,
                integer=bool(rules and (not whole or rules.minimum_units > 1)),
            ),
            arrivals=add(
                "arrivals",
                sets.postings,
                upper=spread(parameters.available_units, sets.postings),
                integer=whole,
            ),
            assigned=add("assigned", sets.assignments, integer=whole),
            deployed=add("deployed", sets.strengths, upper=1.0, integer=True),
            lift=add("lift", sets.lifters),
            watching=add("watching", sets.watches, integer=bool(monitoring and monitoring.integral)),
            teams=add(
                "teams",
                sets.teams,
                upper=spread(parameters.stock, sets.teams),
                integer=bool(monitoring and monitoring.integral),
            ),
            arming=add(
                "arming",
                sets.postures,
                upper=spread(parameters.most_arming, sets.postures),
            ),
            reduction=add(
                "reduction",
                sets.postures,
                upper=spread(parameters.most_reduction, sets.postures),
            ),
            posture=add("posture", sets.postures, lower=-inf),
            bonus=add("bonus", sets.bonuses, upper=1.0),
            mutual=add("mutual", sets.frontiers, upper=spread(parameters.max_intensity, sets.frontiers)),
            log_threat=add("log_threat", sets.threats, lower=-inf),
            threat_share=add("threat_share", sets.threats, upper=1.0),
            log_total_threat=log_total_threat,
            capacity=add("capacity", sets.states),
            log_capacity=log_capacity,
            sent=add(
                "sent",
                sharing.senders,
                upper=spread(parameters.available_units, sharing.senders),
                integer=whole,
            ),
            provided=add(
                "provided",
                sharing.providers,
                upper=spread(parameters.stock, sharing.providers),
                integer=bool(monitoring and monitoring.integral),
            ),
            burden=add("burden", sharing.burdens),
            relative_burden=add("relative_burden", sharing.relative),
            highest=add("highest", sharing.bounded),
            lowest=add("lowest", sharing.bounded),
            ranked=add("ranked", sharing.ranked),
            shared=add("shared", sharing.proportional),
            collected=add("collected", sets.funds),
            garrisoned=add("garrisoned", sets.sites, integer=whole),
            force=add("force", sets.periods_with_force, integer=whole),
            strength=add("strength", sets.missions),
            effort=add("effort", sets.zones),
            log_measure=add("log_measure", aggregates.logs, lower=-inf),
            penalty=add("penalty", aggregates.penalties, lower=aggregates.least_penalty),
            worth=add("worth", aggregates.rising, lower=aggregates.least_worth),
            threat=add("threat", aggregates.totals),
            log_ratio=log_capacity - log_total_threat,
        )
