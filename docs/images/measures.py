"""Shows how plans differ by measure: a picture of one problem's states, and a table of who is helped.

python docs/images/measures.py [FOLDER]

Plans that FOLDER has not yet, one subfolder for each problem and measure, are solved and put there, one after
the other: four minutes at the most for each. Without a folder, all are. The table goes between its markers in
docs/measures.md.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import altair as alt

from concord.export.about import state_name
from concord.export.charts import picture
from concord.export.charts.drawing import dressed, rows
from concord.export.digests import last_security
from concord.export.palette import BLUE, BRICK, GREY, INK, MUTED, TEAL
from concord.loading import load_plan, load_problem
from concord.models import DesignProblem, Plan

PROBLEM, REGION = "west-africa-1990", "West Africa"
TABLED = "euro-atlantic-1992"
PAGE = Path(__file__).parents[1] / "measures.md"
BEGIN, END = "<!-- who is helped, by docs/images/measures.py -->", "<!-- end of who is helped -->"
MEASURES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "mean": ("an index unit is an index unit", ("--objective", "mean")),
    "geometric": ("a per cent is a per cent", ("--objective", "geometric")),
    "harmonic": ("the less secure count more", ("--objective", "harmonic")),
    "alpha 4": ("and much more", ("--alpha", "4")),
    "leximin": ("the worst-off, then the next", ("--objective", "leximin")),
    "minimum": ("the worst-off alone", ("--objective", "minimum")),
    "ratio-of-totals": ("the region is one body", ("--objective", "ratio-of-totals")),
}
"""What each holds that security is worth, in words, and the options of `concord solve`."""
TABULATED = ("mean", "geometric", "harmonic", "ratio-of-totals")
"""Those that are proven in a minute or two for a problem of that size."""
REFERENCE = "harmonic"
STEP, WIDTH = 19, 128
ALIKE = 0.03
"""Changes that differ from those of the reference by no more than that are drawn as alike."""


def solved(problem: str, measures: Iterable[str], folder: Path) -> dict[str, Plan]:
    """The plan of a bundled problem for each measure, from `folder` or new there."""
    plans = {}
    for name in measures:
        _, options = MEASURES[name]
        out = folder / problem / name.replace(" ", "-")
        if not (out / "plan.json").exists():
            limits = ("--gap", "0.02", "--time-limit", "240", "--quiet", "--out", str(out))
            command = [sys.executable, "-m", "concord", "solve", problem, *options, *limits]
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
        f"Green and red: more and less than under {REFERENCE} (the tick); grey: about as much.",
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


def table(plans: Mapping[str, Plan], problem: DesignProblem) -> str:
    """Who is helped under each measure: a row for each, with soldiers, assistance and gains by thirds."""
    without = {change.state: change.without for change in last_security(plans[REFERENCE])}
    ranked = sorted(without, key=lambda state: without[state])
    third = -(-len(ranked) // 3)
    thirds = (ranked[:third], ranked[third:-third], ranked[-third:])
    lines = [
        f"`{problem.id}`, {len(ranked)} states in thirds from the least secure; assistance is what "
        "programmes spend for a state, gains are of the last year.",
        "",
        "| measure | proven within | soldiers on missions, last year | assistance: least secure third "
        "| middle | most secure | most of it | gain: least secure third | middle | most secure "
        "| gains most |",
        "|---|---:|---|---:|---:|---:|---|---:|---:|---:|---|",
    ]
    return "\n".join([*lines, *(_row(name, plan, problem, thirds) for name, plan in plans.items())])


def _row(name: str, plan: Plan, problem: DesignProblem, thirds: Sequence[Sequence[str]]) -> str:
    last = max(plan.problem.periods)
    soldiers, money = Counter[str](), defaultdict[str, float](float)
    for sent in plan.assignments:
        if sent.period == last:
            soldiers[sent.mission] += round(sent.troops)
    for programme in plan.programmes:
        money[programme.state] += programme.spending
    gains = {change.state: change.change for change in last_security(plan)}
    places = {mission.id: mission.name for mission in problem.missions}
    sent_to = "; ".join(f"{places[id_]} {number:,}" for id_, number in soldiers.most_common() if number)
    shares = (sum(money[state] for state in third) / (sum(money.values()) or 1.0) for third in thirds)
    means = (sum(gains[state] for state in third) / len(third) for third in thirds)
    cells = [
        f"`{name}`",
        f"{plan.measure.gap:.1%}",
        sent_to or "nobody",
        *(f"{share:.0%}" for share in shares),
        ", ".join(state_name(problem, state) for state in sorted(money, key=lambda s: -money[s])[:3]),
        *(f"{gain:+.0%}" for gain in means),
        ", ".join(state_name(problem, state) for state in sorted(gains, key=lambda s: -gains[s])[:3]),
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Solve what is missing, draw, and write the table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        drawn, tabled = solved(PROBLEM, MEASURES, folder), solved(TABLED, TABULATED, folder)
    made = chart(drawn, load_problem(PROBLEM))
    (Path(__file__).parent / "measures.svg").write_bytes(picture(made, ".svg"))
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    told = table(tabled, load_problem(TABLED))
    PAGE.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
