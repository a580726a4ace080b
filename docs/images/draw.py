"""Draws the pictures of the README: `concord solve` on a terminal, and the charts. From a plan, or a new one.

python docs/images/draw.py [FOLDER OF A PLAN]
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

from concord.cli.rendering.console import SUMMARY_WIDTH
from concord.cli.rendering.summary import summary
from concord.export.charts import ChartKind, write_chart
from concord.loading import load_plan, load_problem

IMAGES = Path(__file__).parent
MARGIN = 2
"""Columns beside the summary: the frame of the picture hides part of the last."""
FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"


def draw(folder: Path) -> str:
    """The picture of the plan in `folder` as SVG, with no font that a viewer would have to fetch."""
    console = Console(
        record=True, width=SUMMARY_WIDTH + MARGIN, file=io.StringIO(), markup=False, highlight=False
    )
    console.print(Text("$ concord solve", style="bold"))
    console.print(summary(load_plan(folder / "plan.json"), load_problem(folder / "problem.json")))
    svg = console.export_svg(title="concord solve", unique_id="concord")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: [^;]*;", f"font-family: {FONT};", svg)


def main() -> None:
    """Draw, after solving the default problem where no plan is named."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary) / "plan"
        if len(sys.argv) == 1:
            subprocess.run([sys.executable, "-m", "concord", "solve", "--out", folder], check=True)
        (IMAGES / "solve.svg").write_text(draw(folder), encoding="utf-8")
        plan, problem = load_plan(folder / "plan.json"), load_problem(folder / "problem.json")
        for kind in ChartKind:
            write_chart(plan, problem, kind, IMAGES / f"{kind.value}.svg", overwrite=True)


if __name__ == "__main__":
    main()
