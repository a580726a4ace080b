"""Make every table from a folder of downloads: `python -m concord.data.extraction FOLDER [--out TABLES]`."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from concord.baseline import derive_indices

from .battle_deaths import battle_deaths, read_displaced
from .cities import cities
from .conflict import conflicts, contiguity, rivalries
from .sources import Downloads, read_roster
from .states import states_and_gaps, yearly_indicators

TABLES = Path(__file__).resolve().parents[1] / "tables"


def write(table: pd.DataFrame, folder: Path, name: str) -> None:
    """Write one table as CSV with Unix line ends."""
    table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


def main() -> None:
    """Read the downloads, write the tables, and derive the indices from the tables as written."""
    parser = argparse.ArgumentParser(prog="python -m concord.data.extraction", description=__doc__)
    parser.add_argument("folder", type=Path, help="the downloads, in subfolders states/ and conflict/")
    parser.add_argument("--out", type=Path, default=TABLES, help="where the tables go")
    arguments = parser.parse_args()
    downloads, roster, out = Downloads(arguments.folder), read_roster(), arguments.out
    out.mkdir(parents=True, exist_ok=True)
    states, gaps = states_and_gaps(downloads, roster)
    write(states, out, "states-1992")
    write(gaps, out, "states-1992-gaps")
    write(yearly_indicators(downloads, roster), out, "indicators-1987-1992")
    write(contiguity(downloads, roster), out, "contiguity-1992")
    write(rivalries(downloads, roster), out, "rivalries-1992")
    fought = conflicts(downloads, roster)
    displaced = read_displaced(TABLES)
    write(fought, out, "conflicts-1988-1992")
    write(displaced, out, "displaced-1990-1992")
    write(battle_deaths(downloads, roster, fought, displaced), out, "battle-deaths-1988-1992")
    write(cities(), out, "cities")
    write(derive_indices(out), out, "indices-1992")


if __name__ == "__main__":
    main()
