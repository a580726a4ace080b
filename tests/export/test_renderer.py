"""No text aborts the process: pictures are drawn in another, and of what can be drawn."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from concord.errors import ToolFailure
from concord.export import renderer
from concord.export.charts import KINDS, ChartKind, chart, picture
from concord.export.charts.drawing import rows, short
from concord.export.charts.frontier import frontier_chart, frontier_page
from concord.export.render_worker import Job
from concord.export.renderer import Renderer

HOSTILE = "a\x1b\ufffe\uffff\U0001fffe\u2028\n\\q\\\"'{%<b>&amp;\x00\ud800"
PLAIN = {"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}}


def job(**more: Any) -> Job:
    return Job(ending=".svg", pixels=1.0, specification={**PLAIN, **more})


@pytest.fixture
def own() -> Any:
    made = Renderer()
    yield made
    made.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_every_text_can_be_drawn(answered: Any, kind: ChartKind, ending: str) -> None:
    told = answered.plan.problem.model_copy(update={"currency": HOSTILE, "title": HOSTILE})
    plan = answered.plan.model_copy(update={"problem": told})
    states = [state.model_copy(update={"name": HOSTILE}) for state in answered.problem.states]
    funds = [fund.model_copy(update={"name": HOSTILE}) for fund in answered.problem.funds]
    update = {"states": tuple(states), "funds": tuple(funds), "currency": HOSTILE}
    assert picture(chart(plan, answered.problem.model_copy(update=update), kind), ending)


def test_a_frontier_may_be_named_anything() -> None:
    points = [
        {
            "limit": 1.0,
            "reached": 1.0,
            "value": 1.0,
            "bound": 1.1,
            "status": "proven",
            "price": 0.0,
            "gap": 0.1,
        }
    ]
    assert "<title>" in frontier_page(frontier_chart(points, HOSTILE, HOSTILE), HOSTILE)


def test_names_stay_apart_and_legible() -> None:
    assert short("A\x1b\n\ufffe B") == "A  B"
    assert "\x1b" not in str(rows([{"name": "A\x1b"}]).values)


def test_a_renderer_that_aborts_is_told_and_started_anew(own: Renderer) -> None:
    with pytest.raises(ToolFailure, match="broke down"):
        own.draw(job(title="a\x1b"))
    assert b"<svg" in own.draw(job())


def test_what_cannot_be_drawn_is_told(own: Renderer) -> None:
    with pytest.raises(ToolFailure, match="broke down: Vega-Lite"):
        own.draw(job(mark="nonsense"))
    assert b"<svg" in own.draw(job())


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_renderer_that_hangs_is_ended(own: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    own.draw(job())
    assert own._process
    os.kill(own._process.pid, signal.SIGSTOP)
    monkeypatch.setattr(renderer, "LONGEST", 0.2)
    with pytest.raises(ToolFailure, match="longer than"):
        own.draw(job())


def test_without_docstrings_pictures_are_refused_in_plain_words() -> None:
    script = "import concord.export.charts"
    done = subprocess.run([sys.executable, "-OO", "-c", script], capture_output=True, text=True, check=False)
    assert "concord.errors.BadInput" in done.stderr
    assert "run without -OO" in done.stderr
