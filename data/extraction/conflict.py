"""contiguity-1992, rivalries-1992 and conflicts-1988-1992."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from .sources import GW_TO_COW, REFERENCE_DAY, YEAR, Downloads

# Entered the Correlates of War system in 1993 although it had left Yugoslavia in 1991: its borders are the
# spells that begin with its membership, and Yugoslavia's border with Greece, which was its, is dropped.
MACEDONIA, MACEDONIA_MEMBER = "MKD", "1993-04-30"
FORMER_BORDERS = {("GRC", "YUG")}

# The source also lists pairs that are not, or no longer, contiguous.
NOT_CONTIGUOUS = 0

# Land borders of the states that the Correlates of War did not yet, or never, count.
MICROSTATE_BORDERS = (("FRA", "MCO"), ("ITA", "VAT"))

ROLES = {
    "gwno_a": "side-a",
    "gwno_a_2nd": "supports-side-a",
    "gwno_b": "side-b",
    "gwno_b_2nd": "supports-side-b",
}
CONFLICT_YEARS = range(1988, 1993)


def state_ids(roster: pd.DataFrame) -> dict[int, str]:
    """Our ids by COW code."""
    known = roster["cow_code"].dropna()
    return {int(code): str(state) for state, code in known.items()}


def contiguity(downloads: Downloads, roster: pd.DataFrame) -> pd.DataFrame:
    """Every pair of states contiguous in mid-1992 once, in the order of the ids, with the closest type."""
    ids = state_ids(roster)
    spells = downloads.contiguity[downloads.contiguity["conttype"] > NOT_CONTIGUOUS]
    spells = spells.assign(state_a=spells["ccode1"].map(ids), state_b=spells["ccode2"].map(ids)).dropna()
    spells = spells[spells["state_a"] < spells["state_b"]]
    involves_macedonia = (spells["state_a"] == MACEDONIA) | (spells["state_b"] == MACEDONIA)
    day = pd.Series(REFERENCE_DAY, index=spells.index).mask(involves_macedonia, MACEDONIA_MEMBER)
    alive = spells[(spells["stdate"] <= day) & (spells["enddate"] >= day)]
    pairs = alive.groupby(["state_a", "state_b"])["conttype"].min().drop(list(FORMER_BORDERS))
    table = pairs.rename("type").reset_index()
    table["note"] = [border_note(a, b) for a, b in zip(table["state_a"], table["state_b"], strict=True)]
    added = pd.DataFrame(
        [
            {"state_a": a, "state_b": b, "type": 1, "note": f"not in the source; {b} has no other"}
            for a, b in MICROSTATE_BORDERS
        ]
    )
    return pd.concat([table, added]).sort_values(["state_a", "state_b"], ignore_index=True)


def border_note(state_a: str, state_b: str) -> str:
    """What the reader of a pair must know; mostly nothing."""
    if MACEDONIA in (state_a, state_b):
        return "spell of 1993 applied to 1992"
    return "the line across Cyprus since 1974" if (state_a, state_b) == ("CYP", "TUR") else ""


def rivalries(downloads: Downloads, roster: pd.DataFrame) -> pd.DataFrame:
    """Strategic rivalries alive in 1992, each once; the kinds in the order in which the source ranks them."""
    ids = state_ids(roster)
    table = downloads.rivalries
    alive = table[(table["styear"] <= YEAR) & (table["endyear"] >= YEAR)]
    rows = []
    for row in alive.to_dict("records"):
        first, second = sorted((ids[int(row["ccode1"])], ids[int(row["ccode2"])]))
        kinds = [row[column] for column in ("type1", "type2", "type3") if isinstance(row[column], str)]
        rows.append(
            {"state_a": first, "state_b": second, "since": int(row["styear"]), "kind": "|".join(kinds)}
        )
    return pd.DataFrame(rows).sort_values(["state_a", "state_b"], ignore_index=True)


def conflicts(downloads: Downloads, roster: pd.DataFrame) -> pd.DataFrame:
    """One row per state, year and conflict of 1988-1992 with the state's role in it and its theatre."""
    ids = state_ids(roster)
    table = downloads.conflicts
    table = table[table["year"].isin(CONFLICT_YEARS)]
    rows = []
    for column, role in ROLES.items():
        parties = table.dropna(subset=[column])
        codes = parties[column].astype(int).replace(GW_TO_COW)
        unknown = set(codes) - set(ids)
        if unknown:
            raise ValueError(f"no state of the roster has the codes {sorted(unknown)}")
        rows.append(parties.assign(state=codes.map(ids), role=role))
    joined = pd.concat(rows).drop_duplicates(["state", "year", "conflict_id", "role"])
    elsewhere = theatres_elsewhere()
    joined = joined.assign(
        theatre=[theatre(ids, elsewhere, row) for row in joined.to_dict("records")],
        type=joined["type_of_conflict"].replace({"II": "internationalised-intrastate"}),
    ).rename(columns={"intensity_level": "intensity"})
    columns = ["state", "year", "conflict_id", "intensity", "type", "incompatibility", "role", "theatre"]
    return joined[columns].sort_values([*columns[:3], "role"], ignore_index=True)


def theatres_elsewhere() -> dict[tuple[int, int], str]:
    """Fighting of a federation or a mandatory power on what is another state's territory in 1992."""
    table = pd.read_csv(Path(__file__).parent / "theatres.csv")
    keys = zip(table["conflict_id"], table["year"], strict=True)
    return dict(zip(keys, table["theatre"], strict=True))


def theatre(ids: dict[int, str], elsewhere: dict[tuple[int, int], str], row: dict[Hashable, Any]) -> str:
    """The state on whose territory of 1992 a conflict within a state was fought; empty between states."""
    if row["type_of_conflict"] == "interstate":
        return ""
    government = int(row["gwno_a"])
    return elsewhere.get((row["conflict_id"], row["year"]), ids[GW_TO_COW.get(government, government)])
