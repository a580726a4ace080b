"""Draws pictures in the process that `renderer` starts, where whatever the renderer does harms nobody.

This file is run by its path and imports nothing but the renderer. A line of JSON for each job comes on
standard input, a line for each answer goes to standard output.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from typing import Any, TypedDict


class Job(TypedDict):
    """A specification of Vega-Lite, and what is to be made of it."""

    ending: str
    pixels: float
    """Pixels for each point of a `.png`."""
    specification: dict[str, Any]


class Answer(TypedDict, total=False):
    """What was made, in base 64, or what the renderer said instead."""

    made: str
    failure: str


def main() -> None:
    """Do job after job until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what the renderer prints is no answer
    for line in sys.stdin:
        job: Job = json.loads(line)
        try:
            answer = Answer(made=base64.b64encode(_made(job)).decode())
        except ValueError as error:
            answer = Answer(failure=str(error))
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def _made(job: Job) -> bytes:
    import vl_convert  # noqa: PLC0415 -- only in this process

    specification = job["specification"]
    if job["ending"] == ".png":
        png: bytes = vl_convert.vegalite_to_png(specification, scale=job["pixels"], allowed_base_urls=[])
        return png
    if job["ending"] == ".html":
        return str(vl_convert.vegalite_to_html(specification, bundle=True)).encode()
    return str(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[])).encode()


if __name__ == "__main__":
    main()
