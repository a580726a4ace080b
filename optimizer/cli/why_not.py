"""`concord why-not`. What it needs is imported late, as in `concord solve`."""

from __future__ import annotations

from .options import AsJson
from .plan_reading import PlanArgument, ProblemOfPlan
from .questions import SameGap, asked, same_options
from .rendering.progress import watched
from .solve import Quiet, TimeLimit
from .why import Contributor, Mission, Organ, Programme, Site, Zone, chosen, show_answer

NAME = "why-not"


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
    gap: SameGap = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say what it would cost to have what a plan has not: the best plan with it, and what that loses."""
    given = {
        "site": site,
        "organ": organ,
        "programme": programme,
        "mission": mission,
        "zone": zone,
        "contributor": contributor,
    }
    kind, name = chosen(given)
    question = asked(plan, problem, NAME)
    from concord.analysis.session import Session  # noqa: PLC0415
    from concord.analysis.why import Subject, asked_about, why_not  # noqa: PLC0415

    options, subject = same_options(question.plan, gap, time_limit), Subject(kind)
    name = asked_about(question.plan, question.problem, subject, name, included=False)
    with watched(quiet=quiet or as_json) as watch:
        session = Session(question.problem, options, watch)
        answer = why_not(question.plan, question.problem, subject, name, session)
    show_answer(answer, as_json=as_json)
