"""The formats that a plan is exported in, and writing several of them at once.

A new format is a module with `write(plan, problem, path)`, which makes a file or a folder at `path`, or gives
back what makes it; and an entry in `FORMATS`. Modules are imported when they are needed, since some load
large libraries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from concord.models import DesignProblem, Plan

from .browser import find_browser
from .naming import safe_name
from .publishing import Rest, publish


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `ending` follows the name of the problem and makes the name of the file or folder."""

    name: str
    ending: str
    what: str
    module: str
    browser: bool = False
    """Whether it needs a browser on the machine."""

    def file_name(self, problem_id: str) -> str:
        """How the export of a plan for that problem is called; safe whatever the id."""
        return safe_name(problem_id) + self.ending

    def write(self, plan: Plan, problem: DesignProblem, path: Path) -> Rest | None:
        """Make the export at `path`, which must not exist; gives what is left to do for it, if anything."""
        rest: Rest | None = import_module(self.module, __package__).write(plan, problem, path)
        return rest


FORMATS: Mapping[str, Format] = {
    entry.name: entry
    for entry in (
        Format("xlsx", ".xlsx", "workbook: summary, sums with charts, a sheet for each table", ".workbook"),
        Format("csv", "-csv", "folder of tables with a description of every column", ".csv_folder"),
        Format("parquet", "-parquet", "folder of typed tables with units and metadata", ".parquet"),
        Format("geojson", ".geojson", "states, garrisons, missions, zones and flows for maps", ".geojson"),
        Format("markdown", ".md", "report as plain text", ".markdown"),
        Format("html", ".html", "report: one page with map, charts and a page for each state", ".report"),
        Format("pdf", ".pdf", "report on paper, printed by a browser", ".report.pdf", browser=True),
    )
}


def makeable() -> list[str]:
    """Names of the formats that this machine can make."""
    printable = find_browser() is not None
    return [name for name, each in FORMATS.items() if printable or not each.browser]


def export(
    plan: Plan,
    problem: DesignProblem,
    names: Iterable[str],
    folder: Path,
    *,
    overwrite: bool = False,
) -> list[Path]:
    """Write `plan` in the formats of `FORMATS` called `names`; gives the paths of the exports in `folder`.

    All appear, each whole, or none. Raises BadInput where one is there already and may not be overwritten,
    and where the file system refuses.
    """
    asked = [FORMATS[name] for name in dict.fromkeys(names)]
    chosen = sorted(asked, key=lambda each: not each.browser)  # a browser prints while others are made
    writers = {each.file_name(plan.problem.id): partial(each.write, plan, problem) for each in chosen}
    return publish(folder, writers, overwrite=overwrite)
