"""`concord problems`."""

from __future__ import annotations

import json

import typer

from concord.loading import bundled_problems

from .options import AsJson
from .rendering.console import console
from .rendering.tables import table, text_column

NAME = "problems"


def command(as_json: AsJson = False) -> None:
    """List the problems that come with Concord."""
    found = bundled_problems()
    if as_json:
        content = [
            {"name": problem.name, "title": problem.title, "path": str(problem.path)} for problem in found
        ]
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False).encode())
        return
    rows = [[problem.name, problem.title] for problem in found]
    console().print(table([text_column("name"), text_column("title")], rows))
