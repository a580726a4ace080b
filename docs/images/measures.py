"""Draws how plans differ by measure: the change of every state's security in one problem's plan for each.

python docs/images/measures.py [FOLDER]

Plans that FOLDER has not yet, one subfolder for each measure, are solved and put there, one after the other:
two minutes at the most for each. Without a folder, all are.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import altair as alt

from models import DesignProblem, Plan
from optimizer.export.about import state_name
from optimizer.export.charts import picture
from optimizer.export.charts.drawing import dressed, rows
from optimizer.export.digests import last_security
from optimizer.export.palette import BLUE, BRICK, GREY, INK, MUTED, TEAL
from optimizer.loading import load_plan, load_problem

PROBLEM, REGION = "west-africa-1990", "West Africa"
MEASURES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "mean": ("an index unit is an index unit", ("--objective", "mean")),
    "geometric": ("a per cent is a per cent", ("--objective", "geometric")),
    "alpha 2": ("the less secure count more", ("--alpha", "2")),
    "leximin": ("the worst-off, then the next", ("--objective", "leximin")),
    "minimum": ("the worst-off alone", ("--objective", "minimum")),
    "ratio-of-totals": ("the region is one body", ("--objective", "ratio-of-totals")),
}
"""What each holds that security is worth, in words, and the options of `concord solve`."""
REFERENCE = "geometric"
STEP, WIDTH = 19, 128
ALIKE = 0.03
"""Changes that differ from those of the reference by no more than that are drawn as alike."""


def solved(folder: Path) -> dict[str, Plan]:
    """The plan for each measure, from `folder` or new there."""
    plans = {}
    for name, (_, options) in MEASURES.items():
        out = folder / name.replace(" ", "-")
        if not (out / "plan.json").exists():
            limits = ("--gap", "0.02", "--time-limit", "120", "--quiet", "--out", str(out))
            command = [sys.executable, "-m", "optimizer.cli", "solve", PROBLEM, *options, *limits]
            subprocess.run(command, check=False)
        plans[name] = load_plan(out / "plan.json")
    return plans


def chart(plans: Mapping[str, Plan], problem: DesignProblem) -> Any:
    """A panel for each measure, states from the least secure downwards, beside a tick at the reference."""
    changes = {
        name: {change.state: change.change for change in last_security(plan)} for name, plan in plans.items()
    }
    without = {change.state: change.without for change in last_security(plans[REFERENCE])}
    states = sorted(without, key=lambda state: without[state])
    labels = {state: f"{state_name(problem, state)}  {without[state]:.1f}" for state in states}
    most = max(max(each.values()) for each in changes.values())
    panels = [
        _panel(name, changes, labels, most * 1.32, plans[name], named=number == 0)
        for number, name in enumerate(plans)
    ]
    last = max(plans[REFERENCE].problem.periods)
    return dressed(
        alt.hconcat(*panels, spacing=14),
        f"Whose security rises, by the measure that is maximised: {REGION}",
        f"Change of each state's security by {last} in the plan for each measure; the least secure first, "
        "with its security without the plan.",
        "Green and red: more and less than under geometric (the tick); grey: about as much.",
    )


def _panel(
    name: str,
    changes: Mapping[str, Mapping[str, float]],
    labels: Mapping[str, str],
    most: float,
    plan: Plan,
    *,
    named: bool,
) -> Any:
    table = [
        {
            "state": label,
            "change": changes[name][state],
            "reference": changes[REFERENCE][state],
            "colour": _colour(name, changes[name][state] - changes[REFERENCE][state]),
            "told": f"{changes[name][state]:+.0%}",
        }
        for state, label in labels.items()
    ]
    axis = alt.Axis(ticks=False, domain=False, labelPadding=8, labelLimit=180) if named else None
    y = alt.Y("state:N", sort=list(labels.values()), title=None, axis=axis)
    scale = alt.Scale(domain=[0, most], nice=False)
    base = alt.Chart(rows(table)).encode(y=y)
    x = alt.X("change:Q", scale=scale, axis=None)
    ticks = base.mark_tick(color=INK, thickness=1.5, height=STEP - 5).encode(
        x=alt.X("reference:Q", scale=scale)
    )
    title = alt.TitleParams(
        text=name,
        subtitle=[MEASURES[name][0], f"proven within {100 * plan.measure.gap:.1f} %"],
        anchor="start",
        frame="group",
        fontSize=13,
        subtitleFontSize=10,
        subtitleColor=MUTED,
        color=INK,
        offset=8,
    )
    bars = base.mark_bar(height=STEP - 7).encode(x=x, color=alt.Color("colour:N", scale=None))
    words = base.mark_text(align="left", dx=5, fontSize=10, color=MUTED).encode(
        x=alt.X("further:Q", scale=scale), text="told:N"
    )
    words = words.transform_calculate(further="max(datum.change, datum.reference)")
    layers = [bars, words] if name == REFERENCE else [bars, ticks, words]
    return alt.layer(*layers).properties(width=WIDTH, height=STEP * len(labels), title=title)


def _colour(name: str, difference: float) -> str:
    if name == REFERENCE:
        return BLUE
    if abs(difference) <= ALIKE:
        return GREY
    return TEAL if difference > 0 else BRICK


def main() -> None:
    """Solve what is missing, and draw."""
    with tempfile.TemporaryDirectory() as temporary:
        plans = solved(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary))
    made = chart(plans, load_problem(PROBLEM))
    (Path(__file__).parent / "measures.svg").write_bytes(picture(made, ".svg"))


if __name__ == "__main__":
    main()
