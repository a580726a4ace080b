"""From a YAML or JSON file to a document."""

from __future__ import annotations

from pathlib import Path

from concord.errors import BadInput

from .json_text import parse_json
from .node import Node
from .text import MAX_BYTES, MAX_WRITTEN_BYTES, label, read_text
from .wording import shown
from .yaml_text import parse_yaml

PLAN, PROBLEM = "plan.json", "problem.json"
"""What the folder of a plan holds."""
PLAN_NOUN = "a plan"
_STREAMS = frozenset({"-", "/dev/stdin"})
SUFFIXES = (".yaml", ".yml", ".json")


def read_document(path: Path, noun: str, example: str) -> Node:
    """The document in a file, which must be a mapping.

    `noun` and `example` say what the file should be. Raises BadInput.
    """
    name = label(path)
    if is_stream(path):
        raise BadInput.single(
            f"{noun} is not read from standard input or a pipe",
            file=str(path),
            remedy="save it in a file that ends with .yaml or .json, and name that",
        )
    if path.is_dir() and (path / PLAN).is_file():
        raise BadInput.single("this is the folder of a plan", file=name, remedy=_in_folder(path, noun))
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
    if noun == PLAN_NOUN and _is_problem(document):
        raise BadInput.single("this is a problem, and a plan is expected", file=name, remedy=example)
    if noun != PLAN_NOUN and _is_plan(document):
        message = f"this is a plan, and {noun} is expected"
        raise BadInput.single(message, file=name, remedy=_in_folder(path.parent, noun))
    return document


def is_stream(path: Path) -> bool:
    """Whether a path stands for standard input or another open stream, which no file is named by."""
    return str(path) in _STREAMS or str(path).startswith(("/dev/fd/", "/proc/self/fd/"))


def _is_plan(document: Node) -> bool:
    return {"measure", "termination"} <= document.mapping.keys()


def _is_problem(document: Node) -> bool:
    return "termination" not in document.mapping and {"periods", "states"} <= document.mapping.keys()


def _in_folder(folder: Path, noun: str) -> str:
    """What to name in the folder of a plan."""
    wanted = folder / (PLAN if noun == PLAN_NOUN else PROBLEM)
    return f"name {label(wanted)}" if wanted.is_file() else f"name the file of {noun}"
