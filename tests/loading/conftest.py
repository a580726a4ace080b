"""A small sound problem as text, and what is said of it after a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from concord.errors import BadInput, Fault
from concord.loading import load_problem
from concord.models import DesignProblem

SMALL = Path(__file__).with_name("small.yaml").read_text("utf-8")


@pytest.fixture
def small() -> str:
    """The text of a sound problem."""
    return SMALL


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str | bytes], Path]:
    """Writes a file into the working folder of the test."""
    monkeypatch.chdir(tmp_path)

    def write_file(name: str, content: str | bytes) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


Refused = Callable[..., tuple[Fault, ...]]


@pytest.fixture
def refused() -> Refused:
    """The faults for which a problem is refused."""

    def faults(
        reference: str | Path, *, overlays: Sequence[str | Path] = (), settings: Sequence[str] = ()
    ) -> tuple[Fault, ...]:
        with pytest.raises(BadInput) as caught:
            load_problem(reference, overlays=overlays, settings=settings)
        return caught.value.faults

    return faults


@pytest.fixture
def changed(small: str, write: Callable[[str, str], Path]) -> Callable[[str, str], tuple[Path, int]]:
    """Writes the small problem with one text replaced; gives its path and the line of the change."""

    def change(old: str, new: str) -> tuple[Path, int]:
        assert small.count(old) == 1, f"{old!r} must occur once"
        return write("problem.yaml", small.replace(old, new)), small[: small.index(old)].count("\n") + 1

    return change


@pytest.fixture
def loaded(small: str, write: Callable[[str, str], Path]) -> Callable[..., DesignProblem]:
    """Loads the small problem with overlays and settings."""

    def load(*, overlays: Sequence[str | Path] = (), settings: Sequence[str] = ()) -> DesignProblem:
        return load_problem(write("small.yaml", small), overlays=overlays, settings=settings)

    return load
