"""Whatever fails, and whenever the process is killed: a name stands for the old or the new, and is whole."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from concord.errors import BadInput
from concord.export import OutputFolder, exchange, write_file
from concord.export.publishing import publish

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")

PLAN = frozenset({"plan.json", "summary.txt"})
OLD = {"plan.json": "old", "summary.txt": "old"}
NEW = {"plan.json": "new", "summary.txt": "new"}
DONE, FAILED, DONE_ALL_THE_SAME = 0, 3, 4
Moment = Callable[[], None]


def failing() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def watch(monkeypatch: pytest.MonkeyPatch, moment: int, happens: Moment) -> list[str]:
    """Let something happen at the n-th call that touches the disk, before it has done anything."""
    calls: list[str] = []

    def counted(real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            calls.append(str(real))
            if len(calls) == moment:
                happens()
            return real(*arguments, **options)

        return call

    for name in ("open", "mkdir", "fsync", "rename", "replace", "link", "rmdir", "unlink"):
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    monkeypatch.setattr(Path, "write_text", counted(Path.write_text))
    renaming = exchange._rename()
    monkeypatch.setattr(exchange, "_rename", lambda: renaming and counted(renaming))
    return calls


def in_child(work: Callable[[], None], moment: int, happens: Moment) -> int:
    """Do the work in a process of its own; gives its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        with pytest.MonkeyPatch.context() as monkeypatch:
            calls = watch(monkeypatch, moment, happens)
            try:
                work()
            except BadInput:
                os._exit(FAILED)
            except BaseException:
                os._exit(99)
            os._exit(DONE if len(calls) < moment else DONE_ALL_THE_SAME)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def every_moment(work: Callable[[], None], happens: Moment) -> Iterator[int]:
    """The exit codes of the work, disturbed at its first, second, ... touch of the disk, until it is not."""
    for moment in range(1, 500):
        code = in_child(work, moment, happens)
        yield code
        if code == DONE:
            return


def solve_into(folder: Path) -> None:
    OutputFolder.named(folder, overwrite=True, ours=PLAN).fill(NEW)


def export_into(folder: Path) -> None:
    writers = {name: partial(_write, text) for name, text in NEW.items()}
    publish(folder, writers, overwrite=True)


def _write(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8")


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}


EXPECTED = {failing: {DONE, FAILED, DONE_ALL_THE_SAME}, killed: {DONE, -signal.SIGKILL}}


@pytest.fixture(params=["exchanged", "renamed twice"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file system that can exchange names, and one that cannot."""
    if request.param == "renamed twice":
        monkeypatch.setattr(exchange, "_rename", lambda: None)
    return str(request.param)


@pytest.mark.parametrize("happens", [failing, killed])
def test_the_old_or_the_new_plan_stands_under_its_name(tmp_path: Path, system: str, happens: Moment) -> None:
    folder, codes = tmp_path / "place" / "plan", []
    OutputFolder.named(folder, overwrite=True, ours=PLAN).fill(OLD)
    for code in every_moment(lambda: solve_into(folder), happens):
        codes.append(code)
        if folder.exists() or system == "exchanged" or code != -signal.SIGKILL:
            assert contents(folder) in (OLD, NEW)
            assert code not in (DONE, DONE_ALL_THE_SAME) or contents(folder) == NEW
        claimed = OutputFolder.named(folder, overwrite=True, ours=PLAN)
        assert contents(folder) in (OLD, NEW)
        claimed.fill(OLD)
        assert [entry.name for entry in folder.parent.iterdir()] == ["plan"]
        assert contents(folder) == OLD
    assert len(codes) > 10
    assert set(codes) == EXPECTED[happens]


@pytest.mark.parametrize("happens", [failing, killed])
def test_exports_are_whole_under_their_names(tmp_path: Path, system: str, happens: Moment) -> None:
    codes = []
    publish(tmp_path, {name: partial(_write, text) for name, text in OLD.items()})
    for code in every_moment(lambda: export_into(tmp_path), happens):
        codes.append(code)
        assert set(contents(tmp_path).values()) <= {"old", "new"}
        if happens is failing:
            assert contents(tmp_path) in (OLD, NEW)
        for name, text in OLD.items():
            write_file(tmp_path / name, text, overwrite=True)
        assert {entry.name: entry.read_text(encoding="utf-8") for entry in tmp_path.iterdir()} == OLD
    assert len(codes) > 10
    assert set(codes) == EXPECTED[happens]
