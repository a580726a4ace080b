"""What the exit code of `concord` says."""

from __future__ import annotations

from enum import IntEnum

from concord.models.plan import OpinionVerdict, Plan, TerminationReason


class ExitCode(IntEnum):
    """The exit codes of every command, in one place."""

    def __new__(cls, code: int, meaning: str) -> ExitCode:
        """Keep the meaning with the code."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    meaning: str

    SUCCESS = 0, "done; a solve proved its plan to be within the gap"
    INFEASIBLE = 2, "no plan satisfies the rules together"
    BAD_INPUT = 3, "something given cannot be used: an option, a file, a folder, a full disk"
    SOLVER_FAILURE = 4, "a solver, the renderer of pictures or the browser broke down"
    NO_PLAN = 5, "a limit or an interruption came before any plan was found"
    LIMIT_WITH_PLAN = 6, "a limit or an interruption came first; the best plan so far is written"
    VIOLATIONS = (
        7,
        "verification found violations, or could not confirm the bound asked for",
    )
    DISAGREEMENT = 8, "the second opinion disagrees with the proof; the plan is written"
    ELSEWHERE = 9, "the plan is written, but not where it was to go; the message tells where"
    DEFECT = 70, "a defect of Concord itself"
    ABORTED = 130, "aborted by Ctrl-C; nothing is written"
    READER_GONE = 141, "whoever read the output left before its end"


def of_plan(plan: Plan) -> ExitCode:
    """The exit code of a solve that found `plan`."""
    if plan.provenance.second_opinion_verdict is OpinionVerdict.DISAGREES:
        return ExitCode.DISAGREEMENT
    proven = plan.termination.reason is TerminationReason.OPTIMAL
    return ExitCode.SUCCESS if proven else ExitCode.LIMIT_WITH_PLAN
