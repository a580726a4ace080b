"""Consoles on which text from files can do no harm: no markup, no control characters."""

from __future__ import annotations

import io
import os
import unicodedata

from rich.console import Console, RenderableType
from rich.text import Text

SUMMARY_WIDTH = 100
"""Columns of a summary in a file."""

_HARMFUL = {"Cc", "Cs", "Zl", "Zp"}
_BIDIRECTIONAL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """`text` on one line without control characters, lone surrogates, or overrides of direction.

    >>> clean("a\\x1b[31mb\\n c")
    'a[31mb  c'
    """
    spaced = text.replace("\t", " ").replace("\n", " ")
    return "".join(c for c in spaced if unicodedata.category(c) not in _HARMFUL and c not in _BIDIRECTIONAL)


def clean_lines(text: str) -> str:
    """`clean` for text of several lines, which stay several."""
    return "\n".join(map(clean, text.split("\n")))


def styled(text: str, style: str = "") -> Text:
    """Cleaned text in a style."""
    return Text(clean(text), style=style)


def console(*, stderr: bool = False) -> Console:
    """A console on the standard stream of the moment; brackets in text are brackets.

    Where the stream is no terminal and nobody says how wide it is, it is as wide as a summary.
    """
    made = Console(stderr=stderr, markup=False, emoji=False, highlight=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = SUMMARY_WIDTH
    return made


def as_text(renderable: RenderableType, width: int = SUMMARY_WIDTH) -> str:
    """What `renderable` looks like in a file: no colours, no trailing blanks."""
    file = io.StringIO()
    Console(
        file=file,
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None,
        force_terminal=False,
    ).print(renderable)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"
