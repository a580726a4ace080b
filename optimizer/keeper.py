"""Runs another program for us, and ends it with all that it has started when we end, in whatever way.

This file is run by its path and imports nothing of ours. Standard input comes from us: a byte asks the
program politely to stop, the end of it means that we are done with it, or dead; then the folder goes, too.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading


def main(folder: str, command: list[str]) -> None:
    """Run the command in the folder and end with its exit code."""
    posix = os.name == "posix"
    program = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, start_new_session=posix)
    threading.Thread(target=_listen, args=(program, folder), daemon=True).start()
    code = program.wait()
    end(program)
    os._exit(code if code >= 0 else 128 - code)


def _listen(program: subprocess.Popen[bytes], folder: str) -> None:
    while os.read(0, 1):
        if os.name == "posix":
            program.send_signal(signal.SIGINT)
        else:
            program.terminate()
    end(program)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def end(program: subprocess.Popen[bytes]) -> None:
    """Kill the program and what it has started."""
    try:
        if os.name == "posix":
            os.killpg(program.pid, signal.SIGKILL)
        else:
            program.kill()
    except OSError:
        pass


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
