"""The application: its commands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer

from concord.version import __version__

from . import (
    alternatives,
    audit,
    chart,
    check,
    compare,
    compare_doctrines,
    derive_indices,
    doctrines,
    explain,
    export,
    frontier,
    new,
    power,
    price,
    problems,
    report,
    scale,
    schema,
    show,
    solve,
    sweep,
    verify,
    why,
    why_not,
    write_program,
)
from .exit_codes import ExitCode
from .failures import report as report_failure
from .plain import PlainCommand, PlainGroup
from .streams import prepare as prepare_streams

_HELP = "Concord plans collective security arrangements: optimised, explained and proven."
_EXIT_CODES = "\n\n".join(["Exit codes:", *(f"- {code.value}: {code.meaning}" for code in ExitCode)])


class ReportingGroup(PlainGroup):
    """A group of commands that ends with one of `ExitCode`, and without a traceback, whatever happens."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run a command and leave the process with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        try:
            code = super().main(arguments, *rest, **options)
            sys.stdout.flush()
        except SystemExit:  # how Typer and Rich end when nobody reads on
            code = ExitCode.READER_GONE
            _close_stdout()
        except (Exception, KeyboardInterrupt) as error:
            code = _reported(error, as_json="--json" in arguments)
        sys.exit(int(code or ExitCode.SUCCESS))

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an interruption is reported like every other failure."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interruption:
            raise typer.Abort from interruption


def _reported(error: BaseException, *, as_json: bool) -> ExitCode:
    """Tell the user about `error`, unless nobody reads any more."""
    if isinstance(error, OSError):
        _close_stdout()
    if isinstance(error, BrokenPipeError):
        return ExitCode.READER_GONE
    return report_failure(error, as_json=as_json and not isinstance(error, OSError))


def _close_stdout() -> None:
    """Let what is still buffered go nowhere, or the interpreter would fail at it once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=ReportingGroup,
    help=_HELP,
    epilog=_EXIT_CODES,
    invoke_without_command=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (
    solve,
    explain,
    price,
    why,
    why_not,
    alternatives,
    sweep,
    frontier,
    compare,
    verify,
    audit,
    export,
    chart,
    report,
    check,
    show,
    problems,
    doctrines,
    compare_doctrines,
    new,
    write_program,
    schema,
    derive_indices,
    power,
):
    app.command(module.NAME, cls=PlainCommand)(module.command)
app.add_typer(scale.app, name=scale.NAME)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"concord {__version__}")
        raise typer.Exit


@app.callback()
def _concord(
    context: typer.Context,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the options that stand before the command, and show the help where there is none."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run `concord`."""
    prepare_streams()
    app(prog_name="concord")
