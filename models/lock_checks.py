"""Cross-checks of locks: that they name decisions that are there, and ask something that can be asked."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .finding import Finding, Path
from .lock import LOCKABLE, Keep, Lock, names_known, resolved

if TYPE_CHECKING:
    from .problem import DesignProblem


def lock_findings(problem: DesignProblem) -> Iterator[Finding]:
    """Everything wrong with the locks of a problem whose references are sound."""
    for n, lock in enumerate(problem.locks):
        path: Path = ("locks", n)
        if lock.kind not in LOCKABLE:
            remedy = _meant(lock.kind, set(LOCKABLE)) or f"one of {', '.join(LOCKABLE)}"
            yield Finding((*path, "decision"), "no decisions are called that", lock.kind, remedy)
            continue
        if resolved(problem, lock) is None:
            yield _unknown_name(problem, lock, (*path, "decision"))
        yield from _demands(lock, path)
        for period in lock.periods or ():
            if period not in problem.periods:
                known = f"known: {', '.join(map(str, problem.periods))}"
                yield Finding((*path, "periods"), "the problem has no such period", str(period), known)


def _unknown_name(problem: DesignProblem, lock: Lock, path: Path) -> Finding:
    known = names_known(problem, lock.kind)
    every = {name for names in known.values() for name in names}
    wrong = [name for name in lock.names if name not in every] or list(lock.names[-1:])
    remedy = _meant(wrong[0], every) or f"a path is {lock.kind}.NAME, of {', '.join(known)}"
    return Finding(path, f"no {lock.kind} that can be decided have this name", wrong[0], remedy)


def _demands(lock: Lock, path: Path) -> Iterator[Finding]:
    figures = [name for name in ("exactly", "least", "most") if getattr(lock, name) is not None]
    if (lock.keep is None) == (not figures):
        yield Finding(
            path,
            "a lock says either what to keep, or figures",
            lock.decision,
            "give `keep`, or `exactly`, or `least` or `most` or both",
        )
    if lock.exactly is not None and len(figures) > 1:
        yield Finding(
            (*path, "exactly"), "an exact figure leaves nothing to bound", remedy="leave the bounds out"
        )
    if lock.least is not None and lock.most is not None and lock.least > lock.most:
        figures_shown = f"{lock.least:g} > {lock.most:g}"
        yield Finding((*path, "least"), "the least is more than the most", figures_shown, "exchange them")
    if lock.keep in (Keep.OPEN, Keep.INCLUDED) and not LOCKABLE[lock.kind].operates:
        unit = LOCKABLE[lock.kind].unit
        yield Finding(
            (*path, "keep"),
            f"{lock.kind} are counted in {unit} and are neither open nor closed",
            lock.keep.value,
            f"say how much: `least`, in {unit}",
        )


def _meant(word: str, known: set[str]) -> str:
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"did you mean {close[0]}?" if close else ""
