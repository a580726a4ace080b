"""`concord report`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from concord.cli.exit_codes import ExitCode


def test_two_plans_are_compared_on_one_page(solved: Any, tmp_path: Path, concord: Callable[..., Any]) -> None:
    first, second = (Path(shutil.copytree(solved.folder, tmp_path / name)) for name in ("<b>one", "two"))
    answer = concord("report", first, second, "-o", tmp_path / "both.html")
    assert answer.code == ExitCode.SUCCESS, answer.err
    text = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "2 plans side by side" in text
    assert "&lt;b&gt;one" in text
    assert "<b>one" not in text


def test_plans_of_one_name_are_numbered(solved: Any, tmp_path: Path, concord: Callable[..., Any]) -> None:
    answer = concord("report", solved.folder, solved.folder, "-o", tmp_path / "both.html")
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert f"2. {Path(solved.folder).name}" in (tmp_path / "both.html").read_text(encoding="utf-8")


def test_one_plan_makes_its_report(solved: Any, tmp_path: Path, concord: Callable[..., Any]) -> None:
    assert concord("report", solved.folder, "-o", tmp_path / "one.html").code == ExitCode.SUCCESS
    assert "In words" in (tmp_path / "one.html").read_text(encoding="utf-8")
    assert concord("report", solved.folder, "-o", tmp_path / "one.html").code == ExitCode.BAD_INPUT


def test_a_report_is_a_page(solved: Any, tmp_path: Path, concord: Callable[..., Any]) -> None:
    answer = concord("report", solved.folder, "-o", tmp_path / "one.docx")
    assert answer.code == ExitCode.BAD_INPUT
    assert ".html" in answer.err
