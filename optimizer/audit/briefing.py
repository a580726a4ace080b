"""An audit on a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from .auditor import NOTHING_ODD, Audit
from .codes import Code
from .finding import Severity

MOST_LINES = 7
"""Lines below the heading."""
WIDTH = 78
"""Characters of a line: the screen may have 80 columns."""
_NAMED_ELSEWHERE = frozenset({Code.REDUCTIONS})
"""Notes that a summary prints anyway."""


def critic_lines(found: Audit, most: int = MOST_LINES, width: int = WIDTH) -> list[str]:
    """Who gets nobody and why on two lines, then what else is odd, a line for each code."""
    groups = {code: each for code, each in found.by_code().items() if code not in _NAMED_ELSEWHERE}
    lines: list[str] = []
    for number, (code, findings) in enumerate(groups.items()):
        rows = 2 if code is Code.CONFLICT_UNSERVED else 1
        told = _wrapped(f"{code.heading}: ", [finding.brief for finding in findings], rows, width)
        left = len(groups) - number
        if len(lines) + len(told) > most - (left > 1):
            lines.append(
                f"{left} more {'kind' if left == 1 else 'kinds'} of remark: concord audit lists them"
            )
            break
        lines += told
    if all(finding.severity is Severity.NOTE for finding in found.findings):
        lines.insert(0, NOTHING_ODD)
    return lines


def _wrapped(title: str, parts: list[str], rows: int, width: int) -> list[str]:
    """The title and as many parts as fit on so many lines; where some do not, how many more there are."""
    whole = list(_lines(title, parts, width))
    if len(whole) <= rows:
        return whole
    for shown in range(len(parts) - 1, 0, -1):
        lines = list(_lines(title, [*parts[:shown], f"{len(parts) - shown} more"], width))
        if len(lines) <= rows:
            return lines
    # Not even one part fits beside the number of the others: the part is cut.
    rest = f"; {len(parts) - 1} more" if parts[1:] else ""
    return [_cut(f"{title}{parts[0]}", width - len(rest)) + rest]


def _lines(title: str, parts: list[str], width: int) -> Iterator[str]:
    """Parts in a row, broken between parts, continued under an indent."""
    line = title
    for number, part in enumerate(parts):
        piece = part + ("; " if number < len(parts) - 1 else "")
        if line not in (title, "  ") and len(line) + len(piece.rstrip()) > width:
            yield line.rstrip()
            line = "  "
        line += piece
    yield _cut(line.rstrip(), width)


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
