"""Exports appear whole or not at all, under names that every system takes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event

import pytest

from concord.errors import BadInput
from concord.export.naming import LONGEST, safe_name
from concord.export.publishing import Rest, Writer, publish


def file(text: str) -> Writer:
    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return write


def folder(text: str) -> Writer:
    def write(path: Path) -> None:
        path.mkdir()
        (path / "inner").write_text(text, encoding="utf-8")

    return write


def failing(path: Path) -> None:
    path.write_text("half", encoding="utf-8")
    raise ZeroDivisionError


def names(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


def test_files_and_folders_appear_in_a_folder_that_is_made(tmp_path: Path) -> None:
    there = tmp_path / "deep" / "out"
    assert publish(there, {"a.md": file("a"), "b": folder("b")}) == [there / "a.md", there / "b"]
    assert (there / "a.md").read_text(encoding="utf-8") == "a"
    assert (there / "b" / "inner").read_text(encoding="utf-8") == "b"
    assert names(there) == {"a.md", "b"}


def test_where_one_cannot_be_made_none_appears(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        publish(tmp_path, {"a.md": file("a"), "b.md": failing})
    assert names(tmp_path) == set()


def test_what_is_there_is_replaced_only_on_request(tmp_path: Path) -> None:
    publish(tmp_path, {"a.md": file("old"), "b": folder("old")})
    with pytest.raises(BadInput, match="--overwrite"):
        publish(tmp_path, {"c.md": file("new"), "a.md": file("new")})
    assert names(tmp_path) == {"a.md", "b"}
    publish(tmp_path, {"a.md": file("new"), "b": folder("new")}, overwrite=True)
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "new"
    assert (tmp_path / "b" / "inner").read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == {"a.md", "b"}


def test_what_is_left_of_one_is_done_beside_the_others(tmp_path: Path) -> None:
    others_begun = Event()

    def slow(path: Path) -> Rest:
        def rest() -> None:
            assert others_begun.wait(timeout=60)
            path.write_text("done", encoding="utf-8")

        return rest

    publish(tmp_path, {"slow.md": slow, "b.md": lambda path: (path.touch(), others_begun.set())[1]})
    assert (tmp_path / "slow.md").read_text(encoding="utf-8") == "done"
    with pytest.raises(ZeroDivisionError):
        publish(tmp_path, {"c.md": lambda path: partial(failing, path), "d.md": file("d")})
    assert names(tmp_path) == {"slow.md", "b.md"}


def test_a_folder_that_cannot_be_made_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="cannot write here"):
        publish(tmp_path / "file" / "out", {"a.md": file("a")})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("euro-atlantic-1992", "euro-atlantic-1992"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C-Windows-x"),
        (".hidden", "hidden"),
        ("Åland & Łódź", "Aland-odz"),
        ("", "plan"),
        ("…", "plan"),
        ("NUL", "plan-NUL"),
        ("a\0b\nc", "a-b-c"),
        ("-rf", "rf"),
    ],
)
def test_a_hostile_name_becomes_a_harmless_one(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_name_has_an_end() -> None:
    assert len(safe_name("x" * 4000)) == LONGEST
