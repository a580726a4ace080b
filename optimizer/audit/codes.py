"""Stable names of what the auditor looks for, in the order of the expert's checks."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """What a finding is about. Programs read the code; the heading stands above a list of findings."""

    check: int
    """Number of the expert's check, 1 to 11."""
    heading: str

    def __new__(cls, code: str, check: int, heading: str) -> Code:
        """A code with the number of its check and a heading."""
        made = str.__new__(cls, code)
        made._value_ = code
        made.check = check
        made.heading = heading
        return made

    CONFLICT_UNSERVED = "conflict-unserved", 1, "Nobody is sent to"
    CONFLICT_WITHOUT_CONSENT = "conflict-without-consent", 1, "Nobody, for want of consent"
    MISSION_LATE = "mission-late", 1, "Late in a war"
    MISSION_LEFT_EARLY = "mission-left-early", 1, "Left while the war goes on"
    MISSION_UNDERSTRENGTH = "mission-understrength", 1, "Below 40 % of the need"
    DEADLIER_CONFLICT_SHORT = "deadlier-conflict-short", 1, "Deadlier, yet served less than small conflicts"
    CONTINGENT_FROM_WAR = "contingent-from-state-at-war", 2, "Soldiers of states at war"
    CONTINGENT_FROM_SANCTIONED = "contingent-from-sanctioned-state", 2, "Soldiers of sanctioned states"
    CONTINGENT_FROM_HOST = "contingent-from-hosting-state", 2, "Soldiers of states that host missions"
    CONTINGENT_FROM_PARTY = "contingent-from-party", 2, "Soldiers of parties to the conflict"
    CONTINGENT_FROM_RIVAL = "contingent-from-rival", 2, "Soldiers of rivals of the host or of a party"
    CONTINGENT_FROM_NEIGHBOUR = "contingent-from-neighbour", 2, "Soldiers of neighbours of the host"
    OBSERVERS_INELIGIBLE = "observers-of-ineligible-state", 2, "Observers who should stay at home"
    RIVALS_IN_GARRISON = "rivals-in-garrison", 2, "Rivals in one garrison"
    CONTINGENT_FROM_AFAR = "contingent-from-afar", 3, "Soldiers from afar, not from the region"
    GARRISON_OF_MANY_NATIONS = "garrison-of-many-nations", 4, "Garrisons of many nations"
    CONTINGENT_BELOW_COMPANY = "contingent-below-company", 4, "Contingents below a company"
    FRACTIONAL_SOLDIERS = "fractional-soldiers", 4, "Fractions of soldiers"
    BROKEN_COMPANIES = "broken-companies", 4, "Troops that are not whole companies"
    NEARER_GARRISON_IDLE = "nearer-garrison-idle", 5, "A nearer garrison has room"
    GARRISON_WITHOUT_TASK = "garrison-without-task", 5, "Garrisons without a task"
    MISSIONS_CROSSED = "missions-crossed", 5, "Garrisons that serve each other's missions"
    FRONTIER_UNWATCHED = "frontier-unwatched", 6, "Frontiers of wars and rivals without observers"
    OBSERVERS_COME_AND_GO = "observers-come-and-go", 6, "Observers come and go"
    OBSERVERS_WITHOUT_ELECTION = "observers-without-election", 7, "Election teams without an election"
    ELECTION_UNOBSERVED = "election-unobserved", 7, "Elections beside peacekeepers without observers"
    ASSISTANCE_TO_RICH = "assistance-to-rich-state", 8, "Assistance to rich and safe states"
    REDUCTION_ONE_SIDED = "reduction-one-sided", 9, "One-sided reductions of forces"
    REDUCTION_WITHOUT_RIVAL = "reduction-without-rival", 9, "Reductions without a rival in the region"
    REDUCTIONS = "reductions", 9, "Reductions of forces"
    MISSION_WITHOUT_CONSENT = "mission-without-consent", 10, "Missions without consent"
    STANDING_MISSION_CUT = "standing-mission-cut", 10, "Standing missions are cut"
    RANK_ABOVE_MEDIAN = "rank-above-median", 11, "A deadly conflict, yet above the median of security"
