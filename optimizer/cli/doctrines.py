"""`concord doctrines`."""

from __future__ import annotations

import json

import typer

from concord.loading import bundled_doctrines, load_doctrine

from .options import AsJson
from .rendering.console import console
from .rendering.tables import table, text_column

NAME = "doctrines"


def command(as_json: AsJson = False) -> None:
    """List the doctrines that come with Concord and can be put over any problem."""
    found = [(doctrine, load_doctrine(doctrine.path)) for doctrine in bundled_doctrines()]
    if as_json:
        content = [
            {
                "name": file.name,
                "title": file.title,
                "description": doctrine.description,
                "path": str(file.path),
            }
            for file, doctrine in found
        ]
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False).encode())
        return
    rows = [[doctrine.id, doctrine.title, doctrine.description] for _, doctrine in found]
    console().print(table([text_column("name"), text_column("title"), text_column("what it is")], rows))
