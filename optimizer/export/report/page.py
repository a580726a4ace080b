"""The page put together: what is told, the templates, and what the page may do in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from concord.audit import NOTHING_ODD, audit
from concord.models import DesignProblem, Plan

from ..about import CAVEAT, about
from ..charts import picture
from ..charts.flow import flow_chart
from ..charts.security import security_chart
from ..digests import last_security, payers, senders
from ..markdown import figure
from ..names import Names, money, signed
from ..palette import family_colours
from . import grids
from .atlas import atlas
from .states import left_out, roll, state_pages
from .theme import declarations, themed
from .words import NOTICEABLE, doubts, sentences, span

PAYERS = 24
"""States that the bars show; the table of states has them all."""

ARIA_LABEL = re.compile(r'\baria-label="([^"]*)"')
DRAWING_FIELDS = frozenset({"x", "x2", "top", "bottom", "colour", "band"})


@dataclass(frozen=True, slots=True)
class Bar:
    """A state's shares; `scale` is None where no scale says anything."""

    state: str
    name: str
    share: float
    scale: float | None
    amount: str


def report_page(plan: Plan, problem: DesignProblem) -> str:
    """The report on `plan`, a whole page of HTML that loads nothing.

    The latest page is kept, since a plan that is shown on a screen is often printed next.
    """
    if not _LATEST or _LATEST[0] is not plan or _LATEST[1] is not problem:
        _LATEST[:] = plan, problem, _page(plan, problem)
    return str(_LATEST[2])


_LATEST: list[Any] = []
"""A plan, its problem, and the page about them."""


def _page(plan: Plan, problem: DesignProblem) -> str:
    names = Names(problem)
    paid, sent, found = payers(plan), senders(plan), audit(plan, problem)
    return render(
        "report.html.j2",
        plan=plan,
        told=about(plan, problem),
        caveat=CAVEAT,
        doubts=doubts(plan),
        span=span(plan),
        cards=_cards(plan),
        sentences=sentences(plan, problem, names),
        atlas=atlas(plan, problem, names),
        payers=[Bar(p.state, names.state(p.state), p.share, p.scale, money(p.paid)) for p in paid[:PAYERS]],
        payers_left=len(paid[PAYERS:]),
        senders=_senders(sent, names),
        senders_left=len(sent[PAYERS:]),
        security=_drawn(security_chart, plan, problem) if plan.security else None,
        flow=_drawn(flow_chart, plan, problem) if plan.contributions and plan.expenditures else None,
        families=family_colours(),
        budget=grids.budget(plan, names),
        activity=grids.activity(plan, problem, names),
        critic=grids.critic(found),
        nothing_odd="" if found.oddities else NOTHING_ODD,
        fairness=[grid for grid in (grids.fairness(plan, names), grids.power(plan, names)) if grid.rows],
        binding=grids.binding(plan, names),
        roll=roll(plan, problem, names),
        pages=state_pages(plan, problem, names),
        left_out=left_out(plan),
    )


def render(template: str, **told: Any) -> str:
    """A template as a page that may run its own scripts and fetch nothing."""
    return _dense(
        _environment()
        .get_template(template)
        .render(
            style=Markup(_resource("report.css")),
            script=Markup(_resource("report.js")),
            policy=_policy(_resource("report.js")),
            day=Markup(declarations(night=False)),
            night=Markup(declarations(night=True)),
            figure=figure,
            **told,
        )
    )


def _cards(plan: Plan) -> list[tuple[str, str, str]]:
    """Figures that stand out: value, name, remark."""
    measure, last = plan.measure, max(plan.problem.periods)
    cards = []
    if measure.baseline > 0:
        remark = f"{measure.baseline:.3f} → {measure.value:.3f}, {measure.name.value} index"
        cards.append((signed(measure.value / measure.baseline - 1), "aggregate security", remark))
    changes = last_security(plan)
    if changes:
        better = sum(each.change > NOTICEABLE for each in changes)
        cards.append(
            (f"{better} of {len(changes)}", "states more secure", f"in {last}, than without the institution")
        )
    paid = payers(plan)
    if paid:
        remark = f"{plan.problem.currency}, from {len(paid)} {'state' if len(paid) == 1 else 'states'}"
        cards.append((money(sum(payer.paid for payer in paid)), "paid in all", remark))
    sent = senders(plan)
    if sent:
        remark = f"from {len(sent)} {'state' if len(sent) == 1 else 'states'}, in {last}"
        cards.append((f"{sum(troops for _, troops in sent):,.0f}", "troops", remark))
    if plan.refuted:
        cards.append(("unproven", "does not verify", "see above"))
        return cards
    cards.append((f"{measure.gap:.2%}", "from the best possible", f"no plan exceeds {measure.bound:.4f}"))
    return cards


def _senders(sent: list[tuple[str, float]], names: Names) -> list[Bar]:
    total = sum(troops for _, troops in sent) or 1.0
    return [
        Bar(state, names.state(state), troops / total, None, f"{troops:,.0f}")
        for state, troops in sent[:PAYERS]
    ]


def _drawn(chart: Callable[[Plan, DesignProblem], Any], plan: Plan, problem: DesignProblem) -> Markup:
    """A picture as part of the page: without title, in the colours of the page, with ids of its own."""
    made = chart(plan, problem).properties(title="", background="transparent", padding=4)
    svg = themed(picture(made, ".svg").decode())
    svg = ARIA_LABEL.sub(lambda label: f'aria-label="{_readable(label[1])}"', svg[svg.index("<svg") :])
    own = chart.__name__.replace("_", "-")
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{own}-\1"', svg)
    return Markup(re.sub(r"url\(#([^)]+)\)", rf"url(#{own}-\1)", svg))


def _readable(label: str) -> str:
    """What a picture says of a mark, without what only serves to draw it. Escaped text stays escaped."""
    return "; ".join(part for part in label.split("; ") if part.partition(":")[0] not in DRAWING_FIELDS)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = lambda value: f"{value:.1%}"
    return environment


@cache
def _resource(name: str) -> str:
    return _dense(files(__package__).joinpath("templates", name).read_text(encoding="utf-8"))


def _dense(text: str) -> str:
    """Without empty lines, and without the space that lines begin with."""
    return re.sub(r"\n\s+", "\n", text)


def _policy(script: str) -> str:
    """Content security policy: only this script runs, nothing is fetched, whatever a text smuggles in."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
