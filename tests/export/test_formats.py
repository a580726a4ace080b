"""Every format says on its own what the plan is, and takes any text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from concord.errors import BadInput, ConcordError
from concord.export import publishing
from concord.export.formats import FORMATS, export, makeable
from concord.export.markdown import escaped
from concord.export.tables import tables


@pytest.mark.parametrize("name", makeable())
def test_a_plan_with_hostile_texts_is_exported_under_a_harmless_name(
    hostile: Any, tmp_path: Path, name: str
) -> None:
    (path,) = export(hostile.plan, hostile.problem, [name], tmp_path / "out")
    assert path.parent == tmp_path / "out"
    assert path.name == f"evil{FORMATS[name].ending}"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", makeable())
def test_a_plan_that_does_nothing_is_exported(plan: Any, answered: Any, tmp_path: Path, name: str) -> None:
    """The plan made by hand names states that the problem does not know, and has empty tables."""
    (path,) = export(plan, answered.problem, [name], tmp_path)
    assert path.exists()


def test_a_machine_without_a_browser_is_told_what_to_do(
    answered: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_BROWSER", "no-such-browser")
    assert "pdf" not in makeable()
    with pytest.raises(BadInput, match="install Chromium"):
        export(answered.plan, answered.problem, ["pdf", "markdown"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_prints_nothing_is_told(
    answered: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_BROWSER", "true")
    with pytest.raises(ConcordError, match="printed nothing"):
        export(answered.plan, answered.problem, ["pdf"], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", makeable())
def test_a_format_whose_writing_fails_leaves_nothing_and_keeps_what_was_there(
    answered: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    former = tmp_path / FORMATS[name].file_name(answered.plan.problem.id)
    former.write_text("former", encoding="utf-8")

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "sync", full)
    with pytest.raises(BadInput, match="no space left"):
        export(answered.plan, answered.problem, [name], tmp_path, overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == [former.name]
    assert former.read_text(encoding="utf-8") == "former"


def test_a_format_that_is_there_is_not_replaced_unasked(answered: Any, tmp_path: Path) -> None:
    export(answered.plan, answered.problem, ["csv", "markdown"], tmp_path)
    with pytest.raises(BadInput, match="--overwrite"):
        export(answered.plan, answered.problem, ["markdown"], tmp_path)
    assert export(answered.plan, answered.problem, ["markdown"], tmp_path, overwrite=True)


def test_parquet_has_types_units_and_facts(answered: Any, tmp_path: Path) -> None:
    (folder,) = export(answered.plan, answered.problem, ["parquet"], tmp_path)
    for table in tables(answered.plan):
        read = pyarrow.parquet.read_table(folder / f"{table.name}.parquet")
        assert read.column_names == [column.name for column in table.columns]
        assert [list(row.values()) for row in read.to_pylist()] == table.rows
    schema = pyarrow.parquet.read_schema(folder / "contributions.parquet")
    assert schema.field("amount").metadata[b"unit"] == b"million USD"
    told = json.loads(schema.metadata[b"concord"])
    assert told["title"] == answered.plan.problem.title
    assert "assumptions" in told["caveat"]


@pytest.mark.parametrize("name", ["markdown", "csv"])
def test_text_tells_result_origin_and_assumptions(answered: Any, tmp_path: Path, name: str) -> None:
    (path,) = export(answered.plan, answered.problem, [name], tmp_path)
    text = (path if path.is_file() else path / "README.md").read_text(encoding="utf-8")
    for heading in ("Result", "Origin", "What is assumed"):
        assert f"## {heading}" in text
    assert answered.plan.problem.digest.removeprefix("sha256:") in text
    assert "million USD" in text


def test_markdown_has_no_markup_from_texts(hostile: Any, tmp_path: Path) -> None:
    (path,) = export(hostile.plan, hostile.problem, ["markdown"], tmp_path)
    text = path.read_text(encoding="utf-8")
    assert "HYPERLINK" in text
    assert not re.search(r"(?<!\\)[<>`]", text)
    assert re.search(r"(?<!\\)\|x", text) is None


def test_rows_of_a_markdown_table_have_one_width(hostile: Any, tmp_path: Path) -> None:
    (path,) = export(hostile.plan, hostile.problem, ["markdown"], tmp_path)
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines() if line.startswith("|")}
        assert len(widths) <= 1


def test_lines_in_a_text_become_one() -> None:
    assert escaped("a\n# b\r\n\u2028c\x07") == "a \\# b c"
