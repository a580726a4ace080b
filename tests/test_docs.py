"""What the pages under docs show of a terminal is what the commands print."""

from __future__ import annotations

import math
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"(?:^    .*\n|^\n(?=    ))+", re.MULTILINE)
"""An indented block."""
FIGURE = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
CLOSE = 0.06
"""Figures may differ by as much, as gaps do that a search ends with."""
PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if "\n    $ concord " in page.read_text()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    blocks = [block.group() for block in SHOWN.finditer(page.read_text(encoding="utf-8"))]
    terminals = [block for block in blocks if block.lstrip().startswith("$ concord ")]
    assert terminals
    for block in terminals:
        *_, last = parts = re.split(r"^    \$ concord ", block, flags=re.MULTILINE)[1:]
        for part in parts[:-1]:
            printed(part, tmp_path)
        command, _, shown = last.partition("\n")
        got = [float(figure) for figure in FIGURE.findall(printed(command, tmp_path))]
        for figure in map(float, FIGURE.findall(shown)):
            near = [each for each in got if math.isclose(each, figure, rel_tol=CLOSE)]
            assert near, f"{figure} is shown after `concord {command}` and not printed"


def printed(command: str, folder: Path) -> str:
    """What `concord` with these arguments prints in the folder."""
    run = subprocess.run(
        [sys.executable, "-m", "concord", *shlex.split(command)],
        cwd=folder,
        env={**os.environ, "COLUMNS": "120"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout, run.stderr
    return run.stdout
