"""The problem that `concord new` writes: small, complete, commented, and solvable as it is."""

from __future__ import annotations

PLACEHOLDER = "my-problem"


def scaffold(name: str) -> str:
    """The text of the problem, with `name` as its id and in its comments."""
    return _SCAFFOLD.replace(PLACEHOLDER, name)


_SCAFFOLD = """\
# A design problem for Concord. It is complete and solves as it is:
#
#     concord check my-problem.yaml
#     concord solve my-problem.yaml
#
# Change one section at a time and check again; every mistake is reported with its line.
# Money is in million USD and per year, troops are persons, indices are 1 for the median state.
# A section that you do not need can be removed, except threat_kinds and states.

format: concord/problem/1
id: "my-problem"                    # letters, digits, - and _
title: Four states and a contested valley
description: A small region with an internal conflict, a tense border, and a wealthy neighbour who pays.
currency: million USD
periods: [2001, 2002, 2003]         # consecutive years

# ---------------------------------------------------------------------------------- what is maximised
# A state's security is its capacities divided by the threats it perceives. What is maximised is the
# harmonic mean of these ratios over the members and the years: mean insecurity is kept least.
objective:
  measure: harmonic                 # or geometric, minimum, leximin, mean, ...: docs/measures.md
  weights: equal                    # or population, or table with `table: {arden: 0.4, ...}`
  discount: 0.05                    # a year: later years count less

# ------------------------------------------------------------------------------------------- threats
# The kinds of threat, and how useful each capacity is against each kind, from 0 to 1.
threat_kinds:
  - id: military-external
    responds_to_posture: true       # it rises when a neighbour arms, and falls when one disarms
    relevance: {military-prowess: 1.0, readiness: 0.8, economic-output: 0.3}
  - id: military-internal
    relevance: {social-cohesion: 1.0, political-legitimacy: 0.8, military-prowess: 0.3}
  - id: economic
    relevance: {economic-output: 1.0, growth-productivity: 0.8, political-legitimacy: 0.2}

# -------------------------------------------------------------------------------------------- states
# population and military_personnel in persons; gdp and military_expenditure in million USD a year;
# lift, the transport that a state can pledge, in million tonne-km a year; capacities and threats are
# indices. A member counts in the measure and is served; an observer may only pay. at_war (on its own
# soil) and sanctioned are facts for the rules on who may send soldiers; both are false if left out.
states:
  - id: arden
    name: Arden
    region: north
    population: 9000000
    gdp: 60000
    military_expenditure: 1500
    military_personnel: 60000
    lift: 20
    latitude: 47.5
    longitude: 19.0
    capacities:
      economic-output: 1.2
      growth-productivity: 1.2
      military-prowess: 1.2
      readiness: 1.1
      social-cohesion: 1.0
      political-legitimacy: 1.2
    threats: {military-external: 0.4, military-internal: 0.1, economic: 0.2}

  - id: borland
    name: Borland
    region: south
    population: 5000000
    gdp: 12000
    military_expenditure: 700
    military_personnel: 50000
    lift: 6
    latitude: 44.8
    longitude: 20.5
    capacities:
      economic-output: 0.8
      growth-productivity: 0.8
      military-prowess: 1.0
      readiness: 0.8
      social-cohesion: 0.8
      political-legitimacy: 0.6
    threats: {military-external: 0.9, military-internal: 0.4, economic: 0.6}

  - id: corvia                      # the valley is here
    name: Corvia
    region: south
    population: 3000000
    gdp: 5000
    military_expenditure: 200
    military_personnel: 20000
    at_war: true
    latitude: 43.9
    longitude: 18.4
    capacities:
      economic-output: 0.6
      growth-productivity: 0.6
      military-prowess: 0.6
      readiness: 0.6
      social-cohesion: 0.5
      political-legitimacy: 0.5
    threats: {military-external: 0.8, military-internal: 1.6, economic: 0.9}

  - id: delmark
    name: Delmark
    region: north
    population: 6000000
    gdp: 30000
    military_expenditure: 900
    military_personnel: 40000
    lift: 10
    latitude: 46.0
    longitude: 15.0
    capacities:
      economic-output: 1.0
      growth-productivity: 1.0
      military-prowess: 0.9
      readiness: 1.0
      social-cohesion: 1.1
      political-legitimacy: 1.1
    threats: {military-external: 0.3, military-internal: 0.1, economic: 0.3}

  - id: outland
    name: Outland
    role: observer
    region: overseas
    population: 40000000
    gdp: 500000
    latitude: 50.0
    longitude: 5.0

# ----------------------------------------------------------------------------------------- relations
# Pairs of states, in either order, that are rivals or neighbours: for the rules on who may send soldiers
# where, and on who reduces forces together.
relations:
  - {one: borland, other: corvia, kind: rivals}
  - {one: borland, other: corvia, kind: neighbours}
  - {one: corvia, other: delmark, kind: neighbours}

# --------------------------------------------------------------------------------- security dilemma
# How one state's military posture bears on another: spillover raises the other's external threat,
# reaction makes the other arm in turn (both as elasticities).
dilemma:
  influences:
    - {source: borland, target: corvia, spillover: 1.0, reaction: 0.3}
    - {source: corvia, target: borland, spillover: 0.8, reaction: 0.2}
  reduction_ceiling: 0.3            # forces may be cut by this much at most, in logs
  posture_floor: 0.3                # self-defence: posture never falls below minus this
  exempt_at_war: true               # nobody disarms while there is war at home
  reciprocity: 0.5                  # no state cuts by more than 1.5 times what each of its rivals cuts
  reduction_per_effort: 0.05        # cut that one unit of verifying effort allows
  monitoring_lead: 1                # years by which monitoring runs ahead of the cut

# ---------------------------------------------------------------------------------------- programmes
# What money is spent on, state by state. `scale` is the spending in million USD a year that brings
# the intensity log(2) in a state of median size; each further unit of intensity costs more.
# effects: fall of the log of a threat per unit of intensity; gains: relative rise of a capacity.
programmes:
  - id: mediation
    name: Mediation between the communities
    scale: 4
    effects: {military-internal: 0.25, military-external: 0.10}
    organ: secretariat
    max_intensity: 2.0
    states: [borland, corvia]       # where it may run; every member if left out
  - id: trade
    name: Trade and economic cooperation
    scale: 25
    scaling: {by: population, exponent: 0.5}
    effects: {economic: 0.30}
    gains: {economic-output: 0.03, growth-productivity: 0.05}
    organ: secretariat
    persistence: 0.5                # share of the spending that still works a year later
  - id: non-offensive-defence
    name: Conversion to non-offensive defence
    scale: 20
    gains: {readiness: 0.15}
    posture: -0.10                  # of a state's own posture per unit of intensity
    organ: secretariat

# Two instruments that do more together: peacekeepers while mediation runs in the states affected.
complementarities:
  - {id: peace-process, mission: valley, programme: mediation, effects: {military-internal: 0.15}}

# -------------------------------------------------------------------------------------------- organs
# setup_cost once, upkeep every year of operation, ceiling the programme spending an organ can
# administer in a year (all in million USD).
organs:
  - {id: secretariat, name: Secretariat, setup_cost: 2, upkeep: 3, ceiling: 150}
  - {id: command, name: Peacekeeping command, setup_cost: 1, upkeep: 2, requires: [secretariat]}

# ----------------------------------------------------------------------------------------- garrisons
garrisons:
  organ: command                    # must operate while a garrison is open
  tiers:                            # capacity in troops, costs in million USD
    - {id: company, name: Company, capacity: 300, setup_cost: 3, upkeep: 1.5}
    - {id: battalion, name: Battalion, capacity: 900, setup_cost: 7, upkeep: 3}
  sites:
    - {id: harbour, name: Harbour, host: arden, latitude: 46.2, longitude: 19.5}
    - {id: hilltown, name: Hilltown, host: delmark, latitude: 45.5, longitude: 16.0}
  contingents:
    unit: 50                        # troops in the smallest contingent
    availability: 0.02              # largest share of a state's personnel that may be stationed
    cost_per_soldier: 8             # thousand USD a soldier and year, stationed
    min_nations: 2                  # in each garrison
    max_state_share: 0.6            # of a garrison
    max_host_share: 0.6
    # Who sends no soldiers: states at war, sanctioned or hosting a mission none at all; rivals and
    # neighbours of a mission's host none to that mission. An exception lifts one reason for one state.
    ineligible: [at-war, sanctioned, hosting, rivals, neighbours]
    exceptions: {neighbours: [delmark]}
  lift:
    speed: 30                       # km/h from alarm to arrival
    preparation: 24                 # hours before the first troops move
    tonnes_per_soldier: 10          # a year, supplies included
    cost: 0.5                       # million USD per million tonne-km

# ------------------------------------------------------------------------------------------ missions
# need and minimum_strength in troops; deadline in hours; cost_per_soldier in thousand USD a soldier and
# year, above the cost of stationing. Troops of a party never serve here. affects: how much each state
# gains from peace here, 0 to 1; effects: fall of the log of a threat per thousand troops.
# consent: whether the government in control of the place admits a mission, consent_from: since which year.
# standing: troops that stand there already and stay, until standing_until or the end of the need.
missions:
  - id: valley
    name: The contested valley
    state: corvia
    latitude: 43.8
    longitude: 18.9
    parties: [corvia, borland]
    need: 1000
    minimum_strength: 200           # once anybody is deployed
    consent: true                   # with false nobody may go
    # consent_from: 2002
    standing: 0
    # standing_until: 2002
    deaths: 900                     # in battle, in the two years before the first
    deadline: 72
    affects: {corvia: 1.0, borland: 0.3}
    effects: {military-internal: 0.5}
    cost_per_soldier: 20

# ---------------------------------------------------------------------------------------- monitoring
# effort is in team-years; stock is the number of teams that each state can provide in a year; cost is
# in thousand USD a team and year. effects: fall of the log of a threat per unit of effort.
# Nationals of the states watched never watch; ineligible is as for contingents.
monitoring:
  organ: secretariat
  ineligible: [at-war, sanctioned, rivals]
  kinds:
    - id: frontier
      name: Frontiers
      effects: {military-external: 0.04}
      ceiling: 8                    # most effort in a zone
      verifies: true                # effort here verifies cuts of forces
      stays: true                   # once it is there, effort is never withdrawn
      received_quota: 10            # most teams that a state need receive in a year
      share_from_one: 0.5           # of the quota, from any one state
    - id: elections
      name: Elections
      effects: {military-internal: 0.05}
      ceiling: 3
  zones:
    - {id: borland-corvia, name: Border of Borland and Corvia, kind: frontier, states: [borland, corvia]}
    - id: vote-in-corvia
      name: Vote in Corvia
      kind: elections
      states: [corvia]
      periods: [2002]               # when it may be watched; every year if left out
  monitors:
    - id: observers
      name: Military observers
      kinds: [frontier, elections]
      effort: 1
      personnel: 4
      cost: 400
      stock: {arden: 6, delmark: 4}

# --------------------------------------------------------------------------------------------- funds
# budget: the most that is paid in, million USD a year; a table such as {2001: 60, 2002: 80, 2003: 80}
# gives a figure for each year. The scale says what the shares follow: equal, population, gdp, table.
funds:
  - id: assessed
    name: Assessed budget
    payers: [arden, borland, corvia, delmark, outland]
    budget: 80
    scale: {rule: gdp}
    tolerance: 0.1                  # relative departure from the scale that is allowed
    floor: 0.005                    # least share of any payer
    ceiling: 0.6                    # largest share of any payer
    earmarks:
      - {id: south-first, regions: [south], sense: at-least, share: 0.4}

# ------------------------------------------------------------------------------------------- benefit
benefit:
  nobody_worse_off: true            # than without the institution

# --------------------------------------------------------------------------------------- preferences
# What decides among plans that are worth the same: the least of these weights, added up, is chosen.
preferences:
  distance: 1                       # a unit or team, for 1,000 km from its capital to where it is posted
  arrivals: 2                       # a unit that arrives where it was not a year before
  nations: 5                        # a nation in a garrison, and year

# ---------------------------------------------------------------------------------------- provenance
# What the figures rest on: measured, derived, or assumption. A path speaks for everything below it,
# `*` stands for any one part, and the longest path that leads to a figure speaks for it. `source` is
# where you found it. `concord check` tells the figures that no note speaks for.
provenance:
  - {path: periods, basis: assumption, note: invented for the example}
  - {path: objective, basis: assumption, note: invented for the example}
  - {path: threat_kinds, basis: assumption, note: invented for the example}
  - {path: states, basis: assumption, note: invented for the example}
  - {path: preferences, basis: assumption, note: invented for the example}
  - {path: dilemma, basis: assumption, note: invented for the example}
  - {path: programmes, basis: assumption, note: invented for the example}
  - {path: complementarities, basis: assumption, note: invented for the example}
  - {path: organs, basis: assumption, note: invented for the example}
  - {path: garrisons, basis: assumption, note: invented for the example}
  - {path: missions, basis: assumption, note: invented for the example}
  - {path: missions.*.effects, basis: assumption, note: stronger than studies of peacekeeping find}
  - {path: monitoring, basis: assumption, note: invented for the example}
  - {path: funds, basis: assumption, note: invented for the example}
"""
