"""`concord why`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType

from concord.errors import BadInput

from .explain import figure
from .options import AsJson
from .plan_reading import PlanArgument, ProblemOfPlan
from .questions import SameGap, asked, difference_table, effect_table, same_options
from .rendering.console import console, styled
from .rendering.progress import watched
from .rendering.tables import Column, amount, percent, signed_percent, table, text_column
from .solve import Quiet, TimeLimit

if TYPE_CHECKING:
    from concord.analysis.facts import Fact
    from concord.analysis.why import Answer, StatePage
    from concord.models import DesignProblem

NAME = "why"

Site = Annotated[str | None, typer.Option("--site", help="A garrison site.")]
Organ = Annotated[str | None, typer.Option("--organ", help="An organ.")]
Programme = Annotated[str | None, typer.Option("--programme", help="A programme.")]
Mission = Annotated[str | None, typer.Option("--mission", help="A peacekeeping mission.")]
Zone = Annotated[str | None, typer.Option("--zone", help="A zone that monitors may watch.")]
Contributor = Annotated[
    str | None, typer.Option("--contributor", help="A state, as one that pays and sends troops and monitors.")
]
StateOption = Annotated[
    str | None, typer.Option("--state", help="A state: what it gives and gets, beside those like it.")
]


def command(  # noqa: PLR0913 -- one parameter for each option
    *,
    plan: PlanArgument,
    problem: ProblemOfPlan = None,
    site: Site = None,
    organ: Organ = None,
    programme: Programme = None,
    mission: Mission = None,
    zone: Zone = None,
    contributor: Contributor = None,
    state: StateOption = None,
    gap: SameGap = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say what a site, organ, programme, mission, zone or contributor of a plan is worth: the best plan
    without it."""
    given = {
        "site": site,
        "organ": organ,
        "programme": programme,
        "mission": mission,
        "zone": zone,
        "contributor": contributor,
        "state": state,
    }
    kind, name = chosen(given)
    question = asked(plan, problem, NAME)
    if kind == "state":
        from concord.analysis.why import state_page  # noqa: PLC0415

        page = state_page(question.plan, question.problem, name)
        _show(asdict(page) | _rows(page), _state(page, question.problem), as_json=as_json)
        return
    from concord.analysis.session import Session  # noqa: PLC0415
    from concord.analysis.why import Subject, asked_about, why  # noqa: PLC0415

    options, subject = same_options(question.plan, gap, time_limit), Subject(kind)
    name = asked_about(question.plan, question.problem, subject, name, included=True)
    with watched(quiet=quiet or as_json) as watch:
        session = Session(question.problem, options, watch)
        answer = why(question.plan, question.problem, subject, name, session)
    show_answer(answer, as_json=as_json)


def chosen(given: dict[str, str | None]) -> tuple[str, str]:
    """The one option that was given. Raises BadInput for none and for several."""
    named = [(kind, name) for kind, name in given.items() if name is not None]
    if len(named) != 1:
        options = ", ".join(f"--{kind}" for kind in given)
        told = "nothing is asked about" if not named else "one thing can be asked about at a time"
        raise BadInput.single(told, remedy=f"give one of {options}")
    return named[0]


def show_answer(answer: Answer, *, as_json: bool) -> None:
    """The answer in words and tables, or as JSON."""
    content = {
        "subject": answer.subject.value,
        "name": answer.name,
        "included": answer.included,
        "locks": list(answer.locks),
        "measure": answer.plan.measure.value,
        "other_measure": None if answer.other is None else answer.other.measure.value,
        "detail": answer.detail,
        "conflict": None if answer.conflict is None else asdict(answer.conflict),
        "fact": None if answer.fact is None else asdict(answer.fact),
        "loss": answer.loss,
        "proven": answer.proven,
        "differences": [row.model_dump() for row in answer.differences],
        "effects": [row.model_dump() for row in answer.effects],
    }
    _show(content, _answer(answer), as_json=as_json)


def _show(content: dict[str, Any], page: RenderableType, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False).encode())
    else:
        console().print(page)


def _answer(answer: Answer) -> RenderableType:
    other = "without" if answer.included else "with"
    if answer.fact is not None:
        return _fact(answer.fact)
    if answer.other is None or answer.loss is None or answer.proven is None:
        return _no_other(answer, other)
    low, high = answer.proven
    head = (
        f"The best plan {other} {answer.name} has {answer.other.measure.value:.4f} instead of "
        f"{answer.plan.measure.value:.4f}: {signed_percent(-answer.loss, 3)} "
        f"(proven to lie between {signed_percent(-high, 3)} and {signed_percent(-low, 3)})."
    )
    told = [styled(head, "bold")]
    if answer.loss < 0:
        told.append(styled("The plan was not the best: the search for the other one happened on a better."))
    if low <= 0:
        told.append(styled("The searches do not prove that it makes a difference; a smaller --gap may."))
    total = sum(effect.logs for effect in answer.effects)
    names = ("plan", other)
    parts = [difference_table(answer.differences, names), styled(""), effect_table(answer.effects, total)]
    return Group(*told, styled(f"Locked: {', '.join(answer.locks)}."), styled(""), *parts)


def _fact(fact: Fact) -> RenderableType:
    told = [styled(fact.says, "bold")]
    if fact.remedy:
        told.append(styled("To have it otherwise, state:"))
        told += [styled(f"  {path}: {_stated(value)}") for path, value in fact.remedy.items()]
    return Group(*told)


def _stated(value: Any) -> str:
    """A value as a problem file has it, lists in full."""
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else figure(value)


def _no_other(answer: Answer, other: str) -> RenderableType:
    if answer.conflict is None:
        return styled(f"No plan {other} {answer.name} is known: {answer.detail}", "bold")
    mine = [rule for rule in answer.conflict.rules if not rule.rule.startswith("locks.")]
    told = [styled(f"There is no plan {other} {answer.name}.", "bold")]
    if mine:
        told.append(styled(f"Locked: {', '.join(answer.locks)}. That contradicts:"))
        columns = [text_column("rule"), Column("is"), text_column("unit"), text_column("says")]
        told_rules = [[rule.rule, figure(rule.value), rule.unit, rule.claim] for rule in mine]
        return Group(*told, table(columns, told_rules))
    return Group(*told, styled(f"Locked: {', '.join(answer.locks)}. Because {answer.conflict.because}."))


def _rows(page: StatePage) -> dict[str, Any]:
    return {"row": page.row.model_dump(), "peers": [row.model_dump() for row in page.peers]}


def _state(page: StatePage, problem: DesignProblem) -> RenderableType:
    names = {state.id: state.name for state in problem.states}
    columns = [text_column("state"), *map(Column, ("burden", "of GDP", "pays", "troops", "hosts", "gets"))]
    columns += list(map(Column, ("security", "gain")))
    lines = [
        [
            names[row.state],
            amount(row.burden, 2),
            percent(row.burden_to_gdp, 3),
            amount(row.paid, 2),
            amount(row.troops, 0),
            str(row.hosts),
            amount(row.spent_on, 1),
            f"{row.before:.3f} -> {row.after:.3f}",
            signed_percent(row.gain),
        ]
        for row in (page.row, *page.peers)
    ]
    parts = [[name, f"{100 * part:+.2f}"] for name, part in page.attribution.items() if abs(part) > 5e-6]
    return Group(
        styled(f"{names[page.row.state]}: what it gives and gets, and those most like it", "bold"),
        table(columns, lines, expand=True),
        styled(""),
        table([text_column("its gain is made of"), Column("log points")], parts),
        styled(
            f"burden, pays, gets: {problem.currency}, all periods; gets: programme spending in the state. "
            "troops: mean of the periods. Alike: nearest in income a head and in threats."
        ),
    )
