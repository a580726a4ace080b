"""From errors to one message and one exit code; a traceback only where one is asked for."""

from __future__ import annotations

import errno
import json
import os
import sys
import traceback
from dataclasses import asdict

import typer
from pydantic import ValidationError

from concord.errors import BadInput, ConcordError, Infeasible, NoPlanFound, SolverFailure, ToolFailure
from concord.loading.almost_numbers import advice
from concord.loading.schema import Shape
from concord.loading.wording import shown

from .exit_codes import ExitCode
from .rendering.console import clean_lines

# Typer brings this class along in some versions and imports it from click in others.
ClickException = next(of for of in typer.BadParameter.__mro__ if of.__name__ == "ClickException")
NO_DEFECTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EMFILE})
"""What the system may refuse at any time, however good the program."""

_KINDS: tuple[tuple[type[BaseException], str, ExitCode], ...] = (
    (BadInput, "bad-input", ExitCode.BAD_INPUT),
    (Infeasible, "infeasible", ExitCode.INFEASIBLE),
    (NoPlanFound, "no-plan-found", ExitCode.NO_PLAN),
    (SolverFailure, "solver-failure", ExitCode.SOLVER_FAILURE),
    (ToolFailure, "tool-failure", ExitCode.SOLVER_FAILURE),
    (ClickException, "usage", ExitCode.BAD_INPUT),
    (KeyboardInterrupt, "aborted", ExitCode.ABORTED),
    (typer.Abort, "aborted", ExitCode.ABORTED),
    (BaseException, "defect", ExitCode.DEFECT),
)


def report(error: BaseException, *, as_json: bool) -> ExitCode:
    """Tell the user about `error`: on stderr, or as a JSON object on stdout. Gives the exit code."""
    kind, code = _kind(error)
    if code is ExitCode.DEFECT and os.environ.get("CONCORD_DEBUG") == "1":
        traceback.print_exception(error, file=sys.stderr)
    if as_json:
        typer.echo(json_report(error, kind, code).encode())
    else:
        typer.echo(clean_lines(_text(error, kind)), err=True)
    return code


def _kind(error: BaseException) -> tuple[str, ExitCode]:
    if isinstance(error, OSError) and error.errno in NO_DEFECTS:
        return "system", ExitCode.BAD_INPUT
    return next((kind, code) for of, kind, code in _KINDS if isinstance(error, of))


def json_report(error: BaseException, kind: str, code: ExitCode) -> str:
    """The error as JSON: `kind`, `message`, `hint`, `faults` and `exit_code`."""
    content = {
        "kind": kind,
        "message": _message(error, kind),
        "hint": error.hint if isinstance(error, ConcordError) else None,
        "faults": [asdict(fault) for fault in error.faults] if isinstance(error, BadInput) else [],
        "exit_code": int(code),
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _text(error: BaseException, kind: str) -> str:
    context = getattr(error, "ctx", None) if kind == "usage" else None
    message = f"Error: {error if isinstance(error, ConcordError) else _message(error, kind)}"
    if context is None:
        return message
    return f"{context.get_usage()}\n{message}\nTry '{context.command_path} --help'."


def _usage_message(error: BaseException) -> str:
    """What Typer says; of an option that is almost a number, what was written and what to write."""
    said = str(error.format_message())  # type: ignore[attr-defined]
    cause = error.__cause__
    detail = cause.errors()[0] if isinstance(cause, ValidationError) else None
    if detail is None or not detail["type"].startswith(("float_", "int_")):
        return said
    noun = "a whole number" if detail["type"].startswith("int_") else "a number"
    written, message = str(detail["input"]), str(getattr(error, "message", said))
    shape = Shape(scalars=frozenset({int if noun == "a whole number" else float}))
    remedy = advice(written, shape) or f"give {noun}, without separators and unit"
    return (
        f"{said.replace(message, f'{noun} is expected')}\n    value:  {shown(written)}\n    remedy: {remedy}"
    )


def _message(error: BaseException, kind: str) -> str:
    match kind:
        case "usage":
            return _usage_message(error)
        case "system":
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            where = getattr(error, "filename", None)
            return f"cannot write{f' {where}' if where else ' the output'}: {reason}"
        case "aborted":
            return "aborted; nothing was written"
        case "defect":
            return (
                f"a defect of Concord ({type(error).__name__}: {error}). Please report it with the command "
                "and its input; CONCORD_DEBUG=1 shows where it happened."
            )
        case _:
            return str(error.args[0]).partition("\n")[0]
