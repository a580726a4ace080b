"""What can go wrong, in the user's terms.

ConcordError                    everything below; carries a message and an optional hint
├── BadInput                    one or more faults in what was given
│   └── UnknownSolver           a solver that is not on this machine
├── Infeasible                  no plan satisfies the rules together
├── NoPlanFound                 a limit was reached before any plan was found
├── SolverFailure               a solver broke down or answered nonsense
└── ToolFailure                 another program, such as a browser, broke down or hung
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self


class ConcordError(Exception):
    """The root of every error that Concord raises on purpose: a message, and a hint on what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n  Remedy: {self.hint}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: where it stands, what stands there, what may stand there."""

    message: str
    file: str | None = None
    line: int | None = None
    field: str | None = None
    value: str | None = None
    remedy: str | None = None

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        head = " ".join(part for part in (where, self.field) if part)
        lines = [f"{head}: {self.message}" if head else self.message]
        if self.value is not None:
            lines.append(f"    value:  {self.value}")
        if self.remedy is not None:
            lines.append(f"    remedy: {self.remedy}")
        return "\n".join(lines)


class BadInput(ConcordError):
    """Something given to Concord cannot be used. All faults found are reported together."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        count = len(self.faults)
        head = "1 problem with the input" if count == 1 else f"{count} problems with the input"
        super().__init__(head + "\n" + "\n".join(str(fault) for fault in self.faults))

    @classmethod
    def single(
        cls, message: str, *, file: str | None = None, field: str | None = None, remedy: str | None = None
    ) -> Self:
        """The common case of one fault without a line."""
        return cls([Fault(message, file=file, field=field, remedy=remedy)])


class UnknownSolver(BadInput):
    """A solver was named that is not on this machine."""

    @classmethod
    def among(cls, name: str, known: Iterable[str]) -> Self:
        """The error for `name`, with the solvers that are there and a likely spelling."""
        known = sorted(known)
        remedy = f"choose one of {', '.join(known)}"
        return cls(
            [Fault(f"no solver named {name!r} here{likely(name, known)}", field="solver", remedy=remedy)]
        )


class ToolFailure(ConcordError):
    """A program that Concord uses besides solvers, such as a browser, broke down or hung."""


class Infeasible(ConcordError):
    """No plan satisfies the rules together."""


class NoPlanFound(ConcordError):
    """A limit was reached, or the user stopped the solve, before any plan was found."""

    def __init__(self, message: str, hint: str | None = None, bound: float | None = None) -> None:
        super().__init__(message, hint)
        self.bound = bound
        """What no plan exceeds, where that is known."""


class SolverFailure(ConcordError):
    """A solver broke down, or answered what the verifier refutes."""


def likely(word: str, known: Iterable[str]) -> str:
    """A likely spelling as a parenthesis, or nothing: `likely("medation", ["mediation"])`.

    >>> likely("medation", ["mediation", "trade"])
    ' (did you mean mediation?)'
    """
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean {match[0]}?)" if match else ""
