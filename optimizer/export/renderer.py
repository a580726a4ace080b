"""The renderer of pictures in a process of its own: it aborts on what it does not understand.

The process is kept between pictures, since it takes longer to start than to draw, and ends with ours.
"""

from __future__ import annotations

import atexit
import base64
import json
import subprocess
import tempfile
import threading
from pathlib import Path

from concord.errors import ToolFailure
from concord.isolation import environment, python

from . import render_worker
from .render_worker import Job

LONGEST = 120.0
"""Seconds after which the renderer is taken to hang."""
_WORKER = Path(render_worker.__file__)


class Renderer:
    """A process that draws, started when there is something to draw, and anew after it broke down."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._one_at_a_time = threading.Lock()
        atexit.register(self.close)

    def draw(self, job: Job) -> bytes:
        """What the renderer makes of a job. Raises ToolFailure where it makes nothing."""
        with self._one_at_a_time:
            told = self._answer(json.dumps(job) + "\n")
        answer = json.loads(told)
        if "failure" in answer:
            raise _failure(answer["failure"].strip().partition("\n")[0])
        return base64.b64decode(answer["made"])

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _answer(self, line: str) -> str:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise AssertionError("the renderer is spoken to through pipes")
        late = threading.Timer(LONGEST, process.kill)
        late.start()
        try:
            process.stdin.write(line)
            process.stdin.flush()
            told = process.stdout.readline()
        except BrokenPipeError:
            told = ""
        except BaseException:
            self.close()
            raise
        finally:
            late.cancel()
        if not told.endswith("\n"):
            code = process.wait()
            self.close()
            raise _failure(f"its process ended with {code}, or took longer than {LONGEST:.0f} seconds")
        return told

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            # In a session of its own it does not hear the Ctrl-C that is meant for us.
            self._process = subprocess.Popen(
                python(_WORKER),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                cwd=tempfile.gettempdir(),
                env=environment(),
                start_new_session=True,
            )
        return self._process


def _failure(reason: str) -> ToolFailure:
    hint = (
        "look for unusual characters in the names that the picture shows; tables can be exported without it"
    )
    return ToolFailure(f"the renderer of pictures broke down: {reason}", hint)


RENDERER = Renderer()
