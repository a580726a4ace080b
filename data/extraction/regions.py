"""The bundled regional problems: who belongs to each, and the judgements in which they differ.

`python -m concord.data.extraction.regions [PROBLEM ...] [--out FOLDER]` writes the tables beside problems.
"""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

from .region import Means, Organisation, Region, as_text, read, tables_of

EURO_ATLANTIC = "euro-atlantic-1992"
# Against the conference area: programmes run by local staff, and by a mixture of local and foreign staff.
LOCAL_PRICES, MIXED_PRICES = 0.5, 0.7
# Fewest inhabitants of a state that the Fund for Regional Security deals with by itself.
FUND_POPULATION = 250_000

ECOWAS = frozenset(
    ["BEN", "BFA", "CIV", "CPV", "GHA", "GIN", "GMB", "GNB",
     "LBR", "MLI", "MRT", "NER", "NGA", "SEN", "SLE", "TGO"]
)  # fmt: skip
# The Economic Community of Central African States, Angola still an observer.
ECCAS = frozenset(["AGO", "BDI", "CAF", "CMR", "COD", "COG", "GAB", "GNQ", "RWA", "STP", "TCD"])
# Neighbours that mediated, or from whose soil a war was fought.
LAKES_AND_SOUTH = frozenset(["TZA", "UGA", "ZMB"])
ASEAN = frozenset(["BRN", "IDN", "MYS", "PHL", "SGP", "THA"])
# The states of Indochina and Myanmar, and Papua New Guinea, since 1976 an observer at ASEAN.
BEYOND_ASEAN = frozenset(["KHM", "LAO", "MMR", "PNG", "VNM"])

YUGOSLAV_SUCCESSORS = frozenset(["BIH", "HRV", "SVN", "YUG"])
# States that demanded in 1992 that Russian garrisons leave.
UNWANTED_GARRISONS = dict.fromkeys(["AZE", "EST", "GEO", "LTU", "LVA", "MDA", "POL"], 1.25)

# The list of the United Nations as of December 1991.
LEAST_DEVELOPED = frozenset(
    ["AFG", "BGD", "BEN", "BTN", "BWA", "BFA", "BDI", "KHM", "CPV", "CAF", "TCD", "COM", "DJI",
     "GNQ", "ETH", "GMB", "GIN", "GNB", "HTI", "KIR", "LAO", "LSO", "LBR", "MDG", "MWI", "MDV",
     "MLI", "MRT", "MOZ", "MMR", "NPL", "NER", "RWA", "WSM", "STP", "SLE", "SLB", "SOM", "SDN",
     "TGO", "TUV", "UGA", "TZA", "VUT", "YEM", "COD", "ZMB"]
)  # fmt: skip

AFRICAN = ("eastern-africa", "middle-africa", "northern-africa", "southern-africa", "western-africa")
LATIN_AMERICAN = ("caribbean", "central-america", "south-america")


def states_of(*regions: str) -> frozenset[str]:
    """The states of some regions of `states-1992`."""
    states = read("states-1992")
    return frozenset(states.loc[states["region"].isin(regions), "id"])


def helsinki() -> frozenset[str]:
    """The states that took part in the Helsinki summit of July 1992."""
    states = read("states-1992")
    return frozenset(states.loc[states["helsinki_1992"].notna(), "id"])


def successors() -> frozenset[str]:
    """States of the broken federations: economies that went on shrinking, armies that were being divided."""
    soviet = states_of("baltic", "caucasus", "central-asia", "eastern-europe")
    return soviet | YUGOSLAV_SUCCESSORS


def fund_organisations() -> dict[str, Organisation]:
    """The existing organisation, or process, of each region of the Fund, and whose programmes it runs."""
    states = read("states-1992")
    large = frozenset(states.loc[states["population"] >= FUND_POPULATION, "id"])
    iran = frozenset(["IRN"])
    whole = {
        "csce": Organisation(helsinki(), "Europe", 1.0),
        "oau": Organisation(states_of(*AFRICAN), "Africa", LOCAL_PRICES),
        "oas": Organisation(states_of(*LATIN_AMERICAN), "Latin America", MIXED_PRICES),
        "saarc": Organisation(states_of("southern-asia") - iran, "South Asia", LOCAL_PRICES),
        "asean": Organisation(ASEAN | BEYOND_ASEAN, "Southeast Asia", MIXED_PRICES),
        "middle-east": Organisation(states_of("western-asia") | iran, "the Middle East", 1.0),
    }
    return {
        name: Organisation(body.members & large, body.title, body.price_level) for name, body in whole.items()
    }


def _euro_atlantic() -> Region:
    return Region(
        id=EURO_ATLANTIC,
        periods=tuple(range(1993, 1998)),
        members=helsinki(),
        successors=successors(),
        perceived_external=UNWANTED_GARRISONS,
        means=Means(150_000.0, 13_000.0, civilians_from_polyarchy=0.8),
        hires_lift=False,
        imputes_suspect_income=True,
    )


def _west_africa() -> Region:
    return Region(
        id="west-africa-1990",
        periods=tuple(range(1991, 1995)),
        members=ECOWAS,
        year=1990,
        # A hegemon in the making, feared by its neighbours.
        perceived_external=dict.fromkeys(["BEN", "BFA", "CIV", "NER", "TGO"], 1.2),
        means=Means(observers_from_forces=5_000.0, civilians_from_polyarchy=0.3),
        price_level=LOCAL_PRICES,
        programmes=(
            "notification-and-observation",
            "arms-control-diplomacy",
            "mediation",
            "adjudication",
            "election-assistance",
            "human-rights-promotion",
            "migration-management",
            "economic-stabilisation",
        ),
    )


def _central_africa() -> Region:
    return Region(
        id="central-africa-1990",
        periods=tuple(range(1991, 1995)),
        members=ECCAS | LAKES_AND_SOUTH,
        year=1990,
        # Libya in the north of Chad, South Africa in Angola until 1988, Uganda as Rwanda saw it.
        perceived_external={"TCD": 1.5, "AGO": 1.25, "RWA": 1.5},
        means=Means(observers_from_forces=7_000.0, civilians_from_polyarchy=0.25),
        price_level=LOCAL_PRICES,
        programmes=(
            "notification-and-observation",
            "arms-control-diplomacy",
            "mediation",
            "adjudication",
            "election-assistance",
            "human-rights-promotion",
            "minority-rights",
            "migration-management",
            "economic-stabilisation",
        ),
    )


def _southeast_asia() -> Region:
    return Region(
        id="southeast-asia-1991",
        periods=tuple(range(1992, 1996)),
        members=ASEAN | BEYOND_ASEAN,
        least_developed=LEAST_DEVELOPED,
        year=1991,
        # Viet Nam as its neighbours saw it after Cambodia, China as the claimants of the Spratly Islands did.
        perceived_external={"THA": 1.25, "KHM": 1.25, "PHL": 1.1, "VNM": 1.25},
        means=Means(observers_from_forces=20_000.0, civilians_from_polyarchy=0.25),
        price_level=MIXED_PRICES,
        programmes=(
            "notification-and-observation",
            "data-exchange",
            "arms-control-diplomacy",
            "joint-policy-studies",
            "mediation",
            "adjudication",
            "election-assistance",
            "human-rights-promotion",
            "minority-rights",
            "migration-management",
            "trade-and-cooperation",
            "economic-stabilisation",
        ),
    )


def _regional_fund() -> Region:
    organisations = fund_organisations()
    return Region(
        id="regional-fund-1993",
        periods=tuple(range(1993, 1996)),
        members=frozenset[str]().union(*(body.members for body in organisations.values())),
        successors=successors(),
        perceived_external=UNWANTED_GARRISONS,
        means=Means(20_000.0, 60_000.0, civilians_from_polyarchy=0.7),
        imputes_suspect_income=True,
        least_developed=LEAST_DEVELOPED,
        disputed_frontiers_only=True,
        watched=False,
        programmes=(
            "arms-control-diplomacy",
            "mediation",
            "election-assistance",
            "human-rights-promotion",
            "economic-stabilisation",
        ),
        organisations=organisations,
    )


@cache
def regions() -> dict[str, Region]:
    """The regional problems by name."""
    made = (_euro_atlantic(), _west_africa(), _southeast_asia(), _central_africa(), _regional_fund())
    return {region.id: region for region in made}


def main() -> None:
    """Write the tables of the problems named, or of all."""
    parser = argparse.ArgumentParser(prog="python -m concord.data.extraction.regions", description=__doc__)
    parser.add_argument("problems", nargs="*", help="the problems whose tables to write; none: all")
    parser.add_argument("--out", type=Path, help="a folder for the tables; none: beside each problem")
    given = parser.parse_args()
    unknown = set(given.problems) - set(regions())
    if unknown:
        parser.error(f"no such problem: {', '.join(sorted(unknown))}; there are {', '.join(regions())}")
    for name in given.problems or regions():
        folder = given.out / name if given.out else regions()[name].folder
        folder.mkdir(parents=True, exist_ok=True)
        for table_name, table in tables_of(regions()[name]).items():
            (folder / f"{table_name}.csv").write_text(as_text(table), encoding="utf-8")


if __name__ == "__main__":
    main()
