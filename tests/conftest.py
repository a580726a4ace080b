"""What every test may rely on."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """Let signals do what they do by default, though a shell ignores some of them in the background."""
    for number, usual in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGTERM, signal.SIG_DFL),
        (getattr(signal, "SIGHUP", signal.SIGTERM), signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)
