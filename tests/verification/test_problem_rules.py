"""A rule made stricter than the plan keeps is named, with what it binds and by how much, and no other is.

Amounts follow from the plan by hand: 19.5448 million USD are paid into `assessed` in 1994, posture of A is
-0.1556, the way to the mission is 111.195 km, 0.0445 million tonne-km are moved.
"""

from __future__ import annotations

from math import exp, log
from typing import Any

import pytest

from concord.verification import verify
from tests.support.broken_rules import Build

CAPACITY_B = 4 / 3 - 2 / 3 * 0.2 * 0.14 / 0.9
FALL_B = 2 / 3 * (0.2 + 0.5 * 0.14 / 0.9) + 1 / 3 * (0.3 + 0.09)
"""Of B's threats in 1994, each by its share: monitors, peacekeepers, A's posture; mediation and talks."""
GAIN_B = (2 / 3 * 0.1 + FALL_B - 0.5 * 0.2 * 0.14 / 0.9) / 2
FALL_A = (0.1 + 0.05 - 0.25 * 0.2 * 0.14 / 0.9 * -1 + log(2) / 2 + 0.3 * log(2) / 2) / 2
GAIN_A = (0.05 + log(2) / 4 + FALL_A + (0.08 - 0.14 / 0.9) / 1.75) / 2
BURDEN_C = (3.1 + 9.0 + 0.1 + 0.4 + 15 * 0.04447803 - 0.4) / 8
"""Thousandths of GDP a year: cash 3 and 9 + 10 of transport, troops, lift, two teams."""
THREAT_B = 2 * exp(-0.1 - 0.1 - 0.5 * 0.14 / 0.9) + exp(-0.5 * 0.6 - 0.3 * 0.3)

STRICTER: list[tuple[str, dict[str, Any], list[tuple[str, str, float]]]] = [
    (
        "a budget of 5 where 6 are paid",
        {"funds.0.budget": {1993: 5.0, 1994: 20.0}},
        [("1.1 funds.budget", "assessed, 1993", 1.0)],
    ),
    (
        "a commitment of 3 where 2 are paid",
        {"funds.1.commitment": 3.0},
        [("1.2 funds.commitment", "regional, 1993", 1.0)],
    ),
    (
        "no carry-over where 1.5 are carried",
        {"funds.0.carry_over": False},
        [("1.3 funds.carry_over", "assessed, 1993", 1.5)],
    ),
    (
        "soldiers dearer by 5 thousand USD each",
        {"missions.0.cost_per_soldier": 25.0},
        [("1.4 funds.coverage", "missions, north, 1994", 1.0)],
    ),
    (
        "30 % for the south where 2 of 8 go there",
        {"funds.1.earmarks.0.share": 0.3},
        [("1.5 funds.earmark", "regional, southern, 1994", 5.0)],
    ),
    (
        "80 % at most for organs where 4 of 4.5 go there",
        {"funds.0.earmarks.0.share": 0.8},
        [("1.5 funds.earmark", "assessed, organs-cap, 1993", 100 * (4 / 4.5 - 0.8))],
    ),
    (
        "the observer's 7 for the south alone, where 7 go north and others pay 3",
        {"funds.1.earmarks.1.regions": ["south"]},
        [("1.6 funds.donors", "regional, northern, 1994", 4.0)],
    ),
    (
        "C's money not for organs either: 17.5 spent, 16.5 from others",
        {"funds.0.earmarks.1.purposes": ["garrisons", "organs"]},
        [("1.6 funds.donors", "assessed, civil, 1994", 1.0)],
    ),
    (
        "0.5 % of a GDP of 1000 affordable where 6 are paid",
        {"funds.0.affordability": 0.005},
        [("1.7 funds.affordability", "AAA, assessed, 1994", 1.0)],
    ),
    (
        "mediation needs an organ that is not there in 1993",
        {"programmes.0.organ": "command"},
        [
            ("2.1 programmes.organ", "AAA, mediation, 1993", log(2)),
            ("2.1 programmes.organ", "CCC, mediation, 1993", log(2)),
        ],
    ),
    (
        "an organ that can administer 3 of 4",
        {"organs.0.ceiling": 3.0},
        [("2.2 organs.ceiling", "secretariat, 1994", 1.0)],
    ),
    (
        "mediation from 3 up where 2 are spent",
        {"programmes.0.minimum_scale": 3.0},
        [("2.3 programmes.minimum_scale", "mediation, 1993", 1.0)],
    ),
    (
        "an organ that requires one that is not there in 1993",
        {"organs.2.requires": ["command"]},
        [("2.5 organs.requires", "observatory, 1993", 1.0)],
    ),
    (
        "an organ not before 1994 that operates in 1993",
        {"organs.0.earliest": 1994},
        [("2.6 organs.earliest", "secretariat, 1993", 1.0)],
    ),
    (
        "an organ whose time is over in 1994",
        {"organs.0.latest": 1993},
        [("2.6 organs.latest", "secretariat, 1994", 1.0)],
    ),
    (
        "8 for A to join what all join or none, twice 4 for its size, where 6 are spent",
        {"programmes.1.joining_cost": 4.0},
        [("2.8 programmes.all_or_none", "AAA, defence, 1994", 2.0)],
    ),
    (
        "no garrison at alpha after 1993",
        {"garrisons.sites.0.latest": 1993},
        [("9.1 timetable.window", "alpha, small, 1994", 1.0)],
    ),
    (
        "an organ due in 1993 that begins in 1994",
        {"organs.1.earliest": None, "organs.1.due": 1993},
        [("9.2 timetable.due", "command, 1993", 1.0)],
    ),
    (
        "two years of the secretariat before the command, where there was one",
        {"timetable.precedence.0.periods": 2},
        [("9.6 timetable.precedence", "command-later, 1994", 1.0)],
    ),
    (
        "one year of experience enough to save a quarter of 1",
        {"timetable.experience.0.periods": 1},
        [("1.4 funds.coverage", "organs, common, 1994", 0.25), ("P.10 figures.cost", "command, 1994", 0.25)],
    ),
    (
        "a tenth of the half that lasts of 1993's stocks of 1 to be paid for",
        {"programmes.0.upkeep": 0.1},
        [
            ("1.4 funds.coverage", "mediation, north, 1994", 0.05),
            ("1.4 funds.coverage", "mediation, south, 1994", 0.05),
            ("P.10 figures.cost", "AAA, mediation, 1994", 0.05),
            ("P.10 figures.cost", "CCC, mediation, 1994", 0.05),
        ],
    ),
    (
        "no garrison allowed where one stands",
        {"garrisons.max_open": 0, "garrisons.min_open": 0},
        [("3.5 garrisons.max_open", "1994", 1.0)],
    ),
    (
        "two garrisons required where one stands",
        {"garrisons.min_open": 2},
        [("3.6 garrisons.min_open", "1994", 1.0)],
    ),
    (
        "none allowed per host",
        {"garrisons.max_per_host": 0},
        [("3.7 garrisons.max_per_host", "AAA, 1994", 1.0)],
    ),
    (
        "40 % at most where B has 2 of 4 units",
        {"garrisons.contingents.max_state_share": 0.4},
        [("3.8 garrisons.state_share", "BBB, alpha, 1994", 10.0)],
    ),
    (
        "20 % at most where the host has 1 of 4 units",
        {"garrisons.contingents.max_host_share": 0.2},
        [("3.9 garrisons.host_share", "alpha, 1994", 5.0)],
    ),
    (
        "two units at least, so that only B counts as a nation",
        {"garrisons.contingents.minimum_units": 2},
        [
            ("3.10 garrisons.nations", "alpha, 1994", 2.0),
            ("3.10 garrisons.minimum_units", "AAA, alpha, 1994", 1.0),
            ("3.10 garrisons.minimum_units", "CCC, alpha, 1994", 1.0),
        ],
    ),
    (
        "a scale of 8 to 1 to 1, a tenth and a unit of tolerance: 188 required of A, 144 allowed to B",
        {
            "garrisons.contingents.scale": {"rule": "table", "table": {"AAA": 0.8, "BBB": 0.1, "CCC": 0.1}},
            "garrisons.contingents.tolerance": 0.1,
        },
        [("3.11 contingents.scale", "AAA, 1994", 88.0), ("3.11 contingents.scale", "BBB, 1994", 56.0)],
    ),
    (
        "5 % of 3000 can be spared where 200 are sent",
        {"garrisons.contingents.availability": 0.05},
        [("3.12 contingents.availability", "BBB, 1994", 50.0)],
    ),
    (
        "C party to the dispute as well, so that only A's 100 may serve",
        {"missions.0.parties": ["BBB", "CCC"]},
        [
            ("4.1 missions.parties", "alpha, 1994", 100.0),
            ("4.7 missions.deployed", "CCC, alpha, border, 1994", 1.0),
        ],
    ),
    (
        "rivals of the host kept out, of whom C is one",
        {
            "relations": [{"one": "CCC", "other": "BBB", "kind": "rivals"}],
            "garrisons.contingents.ineligible": ["rivals"],
        },
        [
            ("4.1 missions.parties", "alpha, 1994", 100.0),
            ("4.7 missions.deployed", "CCC, alpha, border, 1994", 1.0),
        ],
    ),
    (
        "neighbours of the host kept out, of whom A is one",
        {
            "relations": [{"one": "BBB", "other": "AAA", "kind": "neighbours"}],
            "garrisons.contingents.ineligible": ["neighbours"],
        },
        [
            ("4.1 missions.parties", "alpha, 1994", 100.0),
            ("4.7 missions.deployed", "AAA, alpha, border, 1994", 1.0),
        ],
    ),
    (
        "no soldiers in a garrison that a rival hosts",
        {
            "relations": [{"one": "CCC", "other": "AAA", "kind": "rivals"}],
            "garrisons.contingents.ineligible": ["rivals"],
        },
        [("3.14 contingents.eligibility", "CCC, alpha, 1994", 1.0)],
    ),
    (
        "no soldiers of a state that hosts a mission, which B does in 1994",
        {"garrisons.contingents.ineligible": ["hosting"]},
        [("3.14 contingents.eligibility", "BBB, alpha, 1994", 1.0)],
    ),
    (
        "300 stood at the border before and stay, where 200 are",
        {"missions.0.standing": 300.0, "missions.0.measured_with_standing": False},
        [("4.6 missions.standing", "border, 1994", 100.0)],
    ),
    (
        "no consent to a mission where one stands",
        {"missions.0.consent": False},
        [("4.2 missions.period", "border, 1994", 200.0), ("P.7 rows.scope", "alpha, border, 1994", 1.0)],
    ),
    (
        "a need of 150 where 200 are",
        {"missions.0.need": 150.0},
        [("4.2 missions.need", "border, 1994", 50.0)],
    ),
    (
        "a mission of 1993 alone",
        {"missions.0.start": 1993, "missions.0.end": 1993},
        [("4.2 missions.period", "border, 1994", 200.0)],
    ),
    (
        "26 hours where 24 + 111.195 / 40 are needed",
        {"missions.0.deadline": 26.0},
        [("4.2 missions.reach", "alpha, border, 1994", 0.779877)],
    ),
    (
        "250 soldiers at least where 200 are",
        {"missions.0.minimum_strength": 250.0},
        [("4.3 missions.minimum_strength", "border, 1994", 50.0)],
    ),
    (
        "three tonnes a soldier instead of two, at the same price a soldier",
        {"garrisons.lift.tonnes_per_soldier": 3.0, "garrisons.lift.cost": 20 / 3},
        [("4.4 missions.lift", "1994", 0.02223902)],
    ),
    (
        "one tonne a soldier instead of two, at the same price a soldier, so that half the pledge is idle",
        {"garrisons.lift.tonnes_per_soldier": 1.0, "garrisons.lift.cost": 20.0},
        [("4.5 missions.lift_used", "1994", 0.02223902)],
    ),
    (
        "C has lift of 0.03 where it pledges 0.0445",
        {"states.2.lift": 0.03},
        [("4.4 missions.lift_pledge", "CCC, 1994", 0.01447803)],
    ),
    (
        "an effort of 1 at most where 1.5 go",
        {"monitoring.kinds.1.ceiling": 1.0},
        [("5.1 monitoring.ceiling", "c-vote, 1994", 0.5)],
    ),
    (
        "an effort of 1 at least where none goes in 1993",
        {"monitoring.zones.1.minimum": 1.0},
        [("5.2 monitoring.minimum", "c-vote, 1993", 1.0)],
    ),
    (
        "A has one team where it provides two",
        {"monitoring.monitors.1.stock": {"AAA": 1, "BBB": 1}},
        [("5.3 monitoring.stock", "watchers, AAA, 1994", 1.0)],
    ),
    (
        "watchers that cannot watch elections",
        {"monitoring.monitors.1.kinds": ["frontier"]},
        [
            ("5.4 monitoring.impartiality", "watchers, AAA, c-vote, 1994", 1.0),
            ("5.4 monitoring.impartiality", "watchers, BBB, c-vote, 1994", 1.0),
        ],
    ),
    (
        "two teams to be received where three come",
        {"monitoring.kinds.1.received_quota": 2},
        [("5.5 monitoring.quota", "CCC, election, 1994", 1.0)],
    ),
    (
        "half of three, rounded down, from one state where two come from A",
        {"monitoring.kinds.1.received_quota": 3, "monitoring.kinds.1.share_from_one": 0.5},
        [("5.6 monitoring.share_from_one", "CCC, election, AAA, 1994", 1.0)],
    ),
    (
        "no elections in C after 1993, where three teams watch in 1994",
        {"monitoring.zones.1.periods": [1993]},
        [("5.4 monitoring.period", "c-vote, 1994", 1.5)],
    ),
    (
        "no observers of a state at war, which B is",
        {"states.1.at_war": True, "monitoring.ineligible": ["at-war"]},
        [("5.4 monitoring.impartiality", "watchers, BBB, c-vote, 1994", 1.0)],
    ),
    (
        "no observers of rivals, which A and C are, but for C's",
        {
            "relations": [{"one": "AAA", "other": "CCC", "kind": "rivals"}],
            "monitoring.ineligible": ["rivals"],
            "monitoring.exceptions": {"rivals": ["CCC"]},
        },
        [("5.4 monitoring.impartiality", "watchers, AAA, c-vote, 1994", 1.0)],
    ),
    (
        "monitoring under an organ that is not there in 1993",
        {"monitoring.organ": "command"},
        [("5.7 monitoring.organ", "a-b, 1993", 1.0)],
    ),
    (
        "an effort of 1 verifies 0.05 where A reduces by 0.1",
        {"dilemma.reduction_per_effort": 0.05},
        [("5.8 dilemma.monitored_reduction", "AAA, 1994", 0.05)],
    ),
    (
        "rivals reduce together, and B does not",
        {
            "relations": [{"one": "AAA", "other": "BBB", "kind": "rivals"}],
            "dilemma.reciprocity": 0.5,
        },
        [("5.11 dilemma.reciprocity", "AAA, 1994", 0.1)],
    ),
    (
        "nobody reduces alone, and A has no rival",
        {"dilemma.reciprocity": 0.5},
        [("5.11 dilemma.reciprocity", "AAA, 1994", 0.1)],
    ),
    (
        "there is war in A, which is not asked to reduce",
        {"states.0.at_war": True, "dilemma.exempt_at_war": True},
        [("5.9 dilemma.exempt_at_war", "AAA, 1994", 0.1)],
    ),
    (
        "monitoring two years ahead, of which there was none",
        {"dilemma.monitoring_lead": 2},
        [("5.8 dilemma.monitored_reduction", "AAA, 1994", 0.1)],
    ),
    (
        "a posture of -0.1 at least",
        {"dilemma.posture_floor": 0.1},
        [("5.9 dilemma.self_defence", "AAA, 1994", 0.14 / 0.9 - 0.1)],
    ),
    (
        "reductions of 0.05 at most",
        {"dilemma.reduction_ceiling": 0.05},
        [("5.9 dilemma.reduction_ceiling", "AAA, 1994", 0.05)],
    ),
    (
        "5 % off the scale at most",
        {"funds.0.tolerance": 0.05},
        [
            ("6.1 burden.scale", "AAA, assessed, 1994", 100 * (0.95 / 3 - 6 / 19.54478)),
            ("6.1 burden.scale", "CCC, assessed, 1994", 100 * (7.04478 / 19.54478 - 1.05 / 3)),
        ],
    ),
    (
        "31 % at least from everybody",
        {"funds.0.floor": 0.31},
        [("6.2 burden.floor", "AAA, assessed, 1994", 100 * (0.31 - 6 / 19.54478))],
    ),
    (
        "36 % at most from anybody",
        {"funds.0.ceiling": 0.36},
        [("6.3 burden.ceiling", "CCC, assessed, 1994", 100 * (7.04478 / 19.54478 - 0.36))],
    ),
    (
        "0.4 % of GDP affordable where A bears 8.4 of 1000 in two years",
        {"burden_sharing.0.affordability": 0.004},
        [("6.7 burden.affordability", "fair, AAA, 1994", 0.2)],
    ),
    (
        "0.2 % of GDP between A's 0.42 % and C's",
        {"burden_sharing.0.spread": 0.002},
        [("6.8 burden.spread", "fair, 1994", 4.2 - BURDEN_C - 2.0)],
    ),
    (
        "A's burden no more than twice C's",
        {"burden_sharing.0.ratio": 2.0},
        [("6.8 burden.ratio", "fair, 1994", 4.2 - 2 * BURDEN_C)],
    ),
    (
        "a Gini coefficient of 0.2 where it is two thirds of 4.2 less C's over the sum",
        {"burden_sharing.0.gini": 0.2},
        [("6.9 burden.gini", "fair, 1994", 100 * (2 / 3 * (4.2 - BURDEN_C) / (6.525 + BURDEN_C) - 0.2))],
    ),
    (
        "0.36 in each year where it is 0.375 in the first",
        {"burden_sharing.1.gini": 0.36},
        [("6.9 burden.gini", "payers, 1993", 1.5)],
    ),
    (
        "a fifth above the square root of GDP at most",
        {"burden_sharing.0.equal_sacrifice.tolerance": 0.2},
        [
            (
                "6.10 burden.equal_sacrifice",
                "fair, AAA, 1994",
                100 * (8.4 / (17.7 + 8 * BURDEN_C) - 1.2 / (1 + 2**0.5 + 2)),
            )
        ],
    ),
    (
        "B's ratio at least 1 where it is 0.599",
        {"benefit.ratio_floors": {"BBB": 1.0}},
        [("7.2 benefit.ratio_floor", "BBB, 1994", log(THREAT_B / CAPACITY_B))],
    ),
    (
        "2.1 a year for each region where the south has 1 and 3.1",
        {"benefit.spending_floors.0.amount": 2.1},
        [("7.3 benefit.spending_floor", "regions, south, 1994", 0.05)],
    ),
    (
        "2.4 dollars a head where 5 million in the north have 1.5 and 22, and a million in the south 4.1",
        {"benefit.spending_floors.0.per_head": 2.4},
        [
            ("7.3 benefit.spending_floor", "regions, north, 1994", 0.25),
            ("7.3 benefit.spending_floor", "regions, south, 1994", 0.35),
        ],
    ),
    (
        "3 a year for mediation and missions together, where 2 go there in 1993",
        {"benefit.spending_floors.1.amount": 3.0},
        [("7.3 benefit.spending_floor", "peace, 1993", 1.0)],
    ),
    (
        "3.75 a year on 4 million in A no more than 1.5 times 0.5 on a million in B",
        {"benefit.equal_treatment.0.factor": 1.5},
        [("7.4 benefit.equal_treatment", "alike, AAA, BBB, 1994", 0.1875)],
    ),
    (
        "A's gain no more than 1.05 times B's",
        {"benefit.equal_treatment.1.factor": 1.05},
        [("7.4 benefit.equal_treatment", "as-safe, AAA, BBB, 1994", GAIN_A - GAIN_B - log(1.05))],
    ),
    (
        "0.6 a head in B where 1 is spent on a million in two years",
        {"benefit.weak_states.spending_per_head": 0.6},
        [("7.5 benefit.weak_spending", "BBB", 0.1)],
    ),
    (
        "B's security 1.4 times what it would be",
        {"benefit.weak_states.gain": 1.4},
        [("7.6 benefit.weak_gain", "BBB, 1994", log(1.4 * THREAT_B / CAPACITY_B * (4 / 3) / 3))],
    ),
    (
        "the floor of B from the first year on",
        {"benefit.ratio_floors": {"BBB": 0.55}, "benefit.ratio_floor_from": 1993},
        [("7.2 benefit.ratio_floor", "BBB, 1993", log(0.55 * (2 * exp(-0.1) + 1) / (4 / 3)))],
    ),
    (
        "a third of all money where C pays 12.04 of 35.54",
        {"hegemony.0.share": 1 / 3},
        [("8.1 hegemony.money", "no-patron, CCC, horizon", 100 * (12.04478 / 35.54478 - 1 / 3))],
    ),
    (
        "40 % of all troops where B has two units of four",
        {"hegemony.1.share": 0.4},
        [("8.2 hegemony.troops", "no-army, BBB, 1994", 10.0)],
    ),
    (
        "80 % of all troops where A hosts all",
        {"hegemony.2.share": 0.8, "hegemony.2.states": ["AAA"]},
        [("8.3 hegemony.hosted_troops", "no-host, AAA, 1994", 20.0)],
    ),
    (
        "80 % of all garrisons where A hosts the only one",
        {"hegemony.3.share": 0.8},
        [("8.4 hegemony.garrisons", "no-fortress, AAA, 1994", 20.0)],
    ),
    (
        "38 % of all teams where A and C have two of five each",
        {"hegemony.4.share": 0.38},
        [
            ("8.5 hegemony.monitors", "no-eye, CCC, horizon", 2.0),
            ("8.5 hegemony.monitors", "no-eye, AAA, horizon", 2.0),
        ],
    ),
    (
        "80 % of all organs that have a home where A is home to the only one",
        {"hegemony.5.share": 0.8},
        [
            ("8.8 hegemony.headquarters", "no-capital, AAA, 1993", 20.0),
            ("8.8 hegemony.headquarters", "no-capital, AAA, 1994", 20.0),
        ],
    ),
    (
        "no move where the garrison and an organ are otherwise than agreed",
        {
            "agreement": {
                "garrisons": {"beta": "small"},
                "organs": ["secretariat", "observatory"],
                "max_moves": 0,
            }
        },
        [("13.1 agreement.moves", "1994", 3.0)],
    ),
    (
        "a garrison at beta, which does not stand",
        {"locks": [{"decision": "garrisons.beta", "keep": "included"}]},
        [("12.1 locks.least", "garrisons.beta, horizon", 1.0)],
    ),
    (
        "the organ closed that operates in both years",
        {"locks": [{"decision": "organs.secretariat", "keep": "closed"}]},
        [
            ("12.2 locks.most", "organs.secretariat, 1993", 1.0),
            ("12.2 locks.most", "organs.secretariat, 1994", 1.0),
        ],
    ),
    (
        "5 from A where it pays 2 and 6, and B's two units one too many",
        {
            "locks": [
                {"decision": "contributions.AAA.assessed", "least": 5.0},
                {"decision": "contingents.BBB", "most": 1.0},
            ]
        },
        [
            ("12.1 locks.least", "contributions.AAA.assessed, 1993", 3.0),
            ("12.2 locks.most", "contingents.BBB, 1994", 1.0),
        ],
    ),
    (
        "what is locked of everything else the plan decides",
        {
            "locks": [
                {"decision": "monitors.AAA.c-vote", "exactly": 1.0, "periods": [1994]},
                {"decision": "programmes.mediation.CCC", "most": 3.0, "over": "horizon"},
                {"decision": "spending.regional.defence", "exactly": 5.0, "periods": [1994]},
                {"decision": "missions", "least": 250.0, "periods": [1994]},
                {"decision": "lift", "keep": "closed", "periods": [1994]},
                {"decision": "arming.AAA", "least": 0.1, "periods": [1994]},
                {"decision": "reduction.AAA", "most": 0.04, "periods": [1994]},
            ]
        },
        [
            ("12.1 locks.least", "missions, 1994", 50.0),
            ("12.1 locks.least", "arming.AAA, 1994", 0.1),
            ("12.2 locks.most", "monitors.AAA.c-vote, 1994", 1.0),
            ("12.2 locks.most", "programmes.mediation.CCC, horizon", 0.5),
            ("12.2 locks.most", "spending.regional.defence, 1994", 1.0),
            ("12.2 locks.most", "lift, 1994", 0.04447803),
            ("12.2 locks.most", "reduction.AAA, 1994", 0.06),
        ],
    ),
]


@pytest.mark.parametrize(
    ("changes", "expected"), [case[1:] for case in STRICTER], ids=[c[0] for c in STRICTER]
)
def test_stricter_rule_is_named_with_subject_and_amount_and_no_other_is(
    build: Build, changes: dict[str, Any], expected: Any
) -> None:
    plan, problem = build(problem=changes)
    found = [(f"{v.rule} {v.name}", v.subject, v.amount) for v in verify(plan, problem).violations]
    assert [(rule, subject) for rule, subject, _ in found] == [
        (rule, subject) for rule, subject, _ in expected
    ]
    assert [amount for *_, amount in found] == pytest.approx([a for *_, a in expected], rel=1e-4)
