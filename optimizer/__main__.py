"""`concord`, also as `python -m concord`: Ctrl-C is answered at once, though the imports take a second."""

from __future__ import annotations

import os
import signal
import sys

ABORTED = 130


def main() -> None:
    """Run the command line."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:
        signal.signal(signal.SIGINT, _leave)
    from concord.cli.app import main as run  # noqa: PLC0415

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    except KeyboardInterrupt:
        _leave()
    finally:
        if heard:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave(*_: object) -> None:
    """End at once: an exception would come up within somebody's import, and may be lost there."""
    if sys.stderr is not None:
        os.write(2, b"Error: aborted; nothing was written\n")
    os._exit(ABORTED)


if __name__ == "__main__":
    main()
