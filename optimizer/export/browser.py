"""A browser of the machine, where one is: it prints the report."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from concord.errors import BadInput, ToolFailure
from concord.isolation import Kept, find_program

KNOWN = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
"""Names under which Chromium and its kin are installed."""
CHOICE = "CONCORD_BROWSER"
"""The environment variable that names another."""
LONGEST = 120
"""Seconds after which a browser is taken to hang."""


def find_browser() -> str | None:
    """The path of a browser that prints without a window; None where there is none."""
    chosen = os.environ.get(CHOICE)
    names = (chosen,) if chosen else KNOWN
    return next(filter(None, map(find_program, names)), None)


def require_browser() -> str:
    """The path of a browser. Raises BadInput where there is none."""
    browser = find_browser()
    if browser is None:
        remedy = f"install Chromium, or name one in {CHOICE}; or export html and print it from any browser"
        raise BadInput.single("no browser to print with is on this machine", field="pdf", remedy=remedy)
    return browser


def print_page(browser: str, html: str, path: Path) -> None:
    """Print a page into the PDF `path`. Raises ToolFailure where the browser prints nothing."""
    with tempfile.TemporaryDirectory(prefix="concord-", ignore_cleanup_errors=True) as folder:
        page = Path(folder, "report.html")
        page.write_text(html, encoding="utf-8")
        said = _run(
            [*_command(browser, Path(folder)), f"--print-to-pdf={path.resolve()}", page.as_uri()], folder
        )
    if not path.is_file() or not path.read_bytes().startswith(b"%PDF"):
        raise ToolFailure(
            f"{browser} printed nothing{said}", "export html, and print it from a browser with a window"
        )


def _command(browser: str, folder: Path) -> list[str]:
    command = [browser, "--headless=new", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={folder / 'profile'}", "--disable-dev-shm-usage"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium refuses to sandbox what root runs
    return command


def _run(command: list[str], folder: str) -> str:
    """Run the browser in the folder; gives the last that it said, as the end of a sentence."""
    with tempfile.TemporaryFile() as log:
        browser = Kept(command, Path(folder), output=log)
        try:
            code = browser.wait(LONGEST)
        except subprocess.TimeoutExpired:
            return f": it did not end within {LONGEST} seconds"
        finally:
            browser.end()
        log.seek(0)
        lines = log.read().decode(errors="replace").strip().splitlines()
    return f": {lines[-1]}" if lines and code else ""
