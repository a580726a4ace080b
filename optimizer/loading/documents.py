"""From a YAML or JSON file to a document."""

from __future__ import annotations

from pathlib import Path

from optimizer.errors import BadInput

from .json_text import parse_json
from .node import Node
from .text import MAX_BYTES, MAX_WRITTEN_BYTES, label, read_text
from .wording import shown
from .yaml_text import parse_yaml

SUFFIXES = (".yaml", ".yml", ".json")


def read_document(path: Path, noun: str, example: str) -> Node:
    """The document in a file, which must be a mapping.

    `noun` and `example` say what the file should be. Raises BadInput.
    """
    name = label(path)
    is_json = path.suffix.lower() == ".json"
    text = read_text(path, MAX_WRITTEN_BYTES if is_json else MAX_BYTES)
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput.single(
            f"{noun} is a YAML or JSON file, and this is {path.suffix or 'neither'}",
            file=name,
            remedy=f"name a file that ends with {', '.join(SUFFIXES)}",
        )
    document = parse_json(text, name) if is_json else parse_yaml(text, name)
    if not isinstance(document.content, dict):
        what = "a list" if isinstance(document.content, tuple) else f"only {shown(document.content)!r}"
        raise BadInput.single(f"{noun} has keys with values, and this is {what}", file=name, remedy=example)
    return document
