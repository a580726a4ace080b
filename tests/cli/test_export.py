"""`concord export`, and `concord solve --export`."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from concord.cli.exit_codes import ExitCode
from concord.export.formats import FORMATS, makeable


@pytest.fixture
def folder(solved: Any, tmp_path: Path) -> Path:
    """A folder of a plan of one's own."""
    return Path(shutil.copytree(solved.folder, tmp_path / "mine"))


def names(path: Path) -> set[str]:
    return {entry.name for entry in path.iterdir()}


def test_all_formats_appear_beside_the_plan(folder: Path, concord: Callable[..., Any]) -> None:
    before = names(folder)
    answer = concord("export", folder, "--all")
    assert answer.code == ExitCode.SUCCESS, answer.err
    exports = {each.file_name("three-states") for name in makeable() for each in (FORMATS[name],)}
    assert names(folder) - before == exports
    assert all(name in answer.out for name in exports)


def test_several_formats_go_to_a_folder(folder: Path, concord: Callable[..., Any]) -> None:
    answer = concord("export", folder / "plan.json", "--to", "csv,markdown", "--to", "csv", "--out", "out")
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert names(Path("out")) == {"three-states-csv", "three-states.md"}


def test_what_is_there_stays_unless_it_may_be_replaced(folder: Path, concord: Callable[..., Any]) -> None:
    (folder / "three-states.md").write_text("mine", encoding="utf-8")
    refused = concord("export", folder, "--to", "markdown")
    assert refused.code == ExitCode.BAD_INPUT
    assert "--overwrite" in refused.err
    assert (folder / "three-states.md").read_text(encoding="utf-8") == "mine"
    assert concord("export", folder, "--to", "markdown", "--overwrite").code == ExitCode.SUCCESS


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--to", "markdwon"], "did you mean"), ([], "--all"), (["--to", ""], "one of")]
)
def test_a_format_that_is_none_is_told_with_those_there_are(
    folder: Path, concord: Callable[..., Any], arguments: list[str], said: str
) -> None:
    answer = concord("export", folder, *arguments)
    assert answer.code == ExitCode.BAD_INPUT
    assert said in answer.err
    assert "markdown" in answer.err


def test_a_plan_of_another_problem_is_refused(folder: Path, concord: Callable[..., Any]) -> None:
    answer = concord("export", folder, "euro-atlantic-1992", "--to", "csv")
    assert answer.code == ExitCode.BAD_INPUT
    assert "answers 'three-states'" in answer.err


def test_a_hostile_id_makes_no_path(folder: Path, concord: Callable[..., Any]) -> None:
    content = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    content["problem"]["id"] = "../../evil"
    (folder / "plan.json").write_text(json.dumps(content), encoding="utf-8")
    answer = concord("export", folder, "--to", "markdown")
    assert answer.code == ExitCode.BAD_INPUT
    assert not (folder.parent / "evil.md").exists()


def test_solve_exports_into_the_folder_of_the_plan(concord: Callable[..., Any]) -> None:
    arguments = ("solve", "three-states", "--out", "here", "--export", "markdown,csv")
    answer = concord(*arguments)
    assert answer.code == ExitCode.SUCCESS, answer.err
    assert {"plan.json", "three-states.md", "three-states-csv"} <= names(Path("here"))
    assert concord(*arguments, "--overwrite", "--quiet").out == ""


def test_solve_refuses_an_unknown_format_before_it_searches(concord: Callable[..., Any]) -> None:
    answer = concord("solve", "three-states", "--export", "docx")
    assert answer.code == ExitCode.BAD_INPUT
    assert "docx" in answer.err
    assert not Path("plans").exists()


@pytest.fixture
def refuted(solved: Any, tmp_path: Path) -> Path:
    """A plan whose first payer pays less than nothing."""
    shutil.copytree(solved.folder, tmp_path / "edited")
    path = tmp_path / "edited" / "plan.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["contributions"][0]["amount"] = -5.0
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


TEXTS = ("csv", "geojson", "markdown", "html")


def test_a_plan_that_does_not_verify_is_stamped_in_every_export(concord: Any, refuted: Path) -> None:
    exported = concord("export", refuted, "--to", ",".join(TEXTS), "--out", "out")
    charted = concord("chart", refuted, "--kind", "security", "--out", "out/chart.svg")
    reported = concord("report", refuted, "--out", "out/report.html")
    compared = concord("report", refuted, refuted, "--out", "out/compared.html")
    for answer in (exported, charted, reported, compared):
        assert answer.code == ExitCode.VIOLATIONS
        assert "does not verify" in answer.err
    files = [path for path in Path("out").rglob("*") if path.is_file() and path.suffix != ".csv"]
    assert len(files) == len(TEXTS) + 3
    for path in files:
        text = path.read_text(encoding="utf-8").lower()
        assert "does not verify" in text, path
        assert "proven to be within the gap" not in text, path
        assert "no plan that keeps the rules exceeds" not in text, path


def test_a_workbook_of_a_plan_that_does_not_verify_is_stamped(concord: Any, refuted: Path) -> None:
    assert concord("export", refuted, "--to", "xlsx", "--out", "out").code == ExitCode.VIOLATIONS
    with zipfile.ZipFile(Path("out", "three-states.xlsx")) as book:
        text = book.read("xl/sharedStrings.xml").decode()
    assert "THIS PLAN DOES NOT VERIFY" in text
    assert "proven to be within the gap" not in text
