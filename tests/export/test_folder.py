"""Output folders and files appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from concord.errors import BadInput
from concord.export import OutputFolder, publishing, write_file
from concord.export.staging import staging_in

OURS = frozenset({"plan.json", "summary.txt"})
FILES = {"plan.json": "{}\n", "summary.txt": "Åland\n"}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def named(path: Path, *, overwrite: bool = False) -> OutputFolder:
    return OutputFolder.named(path, overwrite=overwrite, ours=OURS)


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


@pytest.mark.parametrize("exists", [False, True])
def test_a_new_or_empty_folder_is_filled(tmp_path: Path, exists: bool) -> None:
    target = tmp_path / "deep" / "plan"
    if exists:
        target.mkdir(parents=True)
    assert named(target).fill(FILES) == target
    assert contents(target) == FILES
    assert list(target.parent.iterdir()) == [target]


def test_claiming_a_folder_leaves_no_trace(tmp_path: Path) -> None:
    named(tmp_path / "deep" / "plan")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_files_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "plan.json").touch()
    with pytest.raises(BadInput) as caught:
        named(tmp_path / "plan")
    assert "--overwrite" in str(caught.value.faults[0].remedy)


def test_overwriting_replaces_the_files_of_a_former_plan(tmp_path: Path) -> None:
    target = named(tmp_path / "plan").fill({"summary.txt": "old\n"})
    named(target, overwrite=True).fill({"plan.json": "new\n"})
    assert contents(target) == {"plan.json": "new\n"}
    assert list(tmp_path.iterdir()) == [target]


def test_overwriting_spares_what_is_no_file_of_a_plan(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter-1.txt").touch()
    with pytest.raises(BadInput, match=r"chapter-1\.txt"):
        named(tmp_path / "thesis", overwrite=True)


def test_the_current_folder_and_those_above_it_are_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path.parent):
        with pytest.raises(BadInput, match="replaced whole"):
            named(folder, overwrite=True)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="is a file"):
        named(tmp_path / "file")
    with pytest.raises(BadInput, match="cannot write here"):
        named(tmp_path / "file" / "plan")


def test_when_writing_fails_nothing_appears_and_the_former_plan_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = named(tmp_path / "plan").fill(FILES)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BadInput, match="no space left"):
        named(target, overwrite=True).fill({"plan.json": "new\n"})
    assert contents(target) == FILES
    assert list(tmp_path.iterdir()) == [target]


def test_the_next_free_folder_is_numbered(tmp_path: Path) -> None:
    names = [OutputFolder.next_free(tmp_path / "plans", "europe").fill(FILES).name for _ in range(3)]
    assert names == ["europe", "europe-2", "europe-3"]


def test_a_name_taken_since_the_claim_is_left_alone(tmp_path: Path) -> None:
    claimed = OutputFolder.next_free(tmp_path, "europe")
    (tmp_path / "europe").mkdir()
    assert claimed.fill(FILES).name == "europe-2"


def test_a_file_appears_whole_with_the_usual_permissions(tmp_path: Path) -> None:
    write_file(tmp_path / "a.lp", "text\n")
    (tmp_path / "usual").touch()
    assert (tmp_path / "a.lp").read_text(encoding="utf-8") == "text\n"
    assert (tmp_path / "a.lp").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_is_replaced_only_on_request(tmp_path: Path) -> None:
    target = tmp_path / "a.lp"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(BadInput, match="exists already"):
        write_file(target, "new")
    write_file(target, "new", overwrite=True)
    assert target.read_text(encoding="utf-8") == "new"


def test_a_file_in_a_folder_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot write here"):
        write_file(tmp_path / "nowhere" / "a.lp", "text")


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "pipe").symlink_to("/dev/null")
    with pytest.raises(BadInput, match="exists already"):
        write_file(tmp_path / "pipe", "text", overwrite=True)


def test_what_a_killed_export_left_in_a_plan_is_removed(tmp_path: Path) -> None:
    target = named(tmp_path / "plan").fill(FILES)
    (target / ".export.abcd1234.part").mkdir()
    (target / ".export.abcd1234.part" / "plan.xlsx").touch()
    named(target, overwrite=True).fill({"plan.json": "new\n"})
    assert contents(target) == {"plan.json": "new\n"}


def test_a_folder_that_another_run_writes_into_is_refused(tmp_path: Path) -> None:
    target = named(tmp_path / "plan").fill(FILES)
    with staging_in(target), pytest.raises(BadInput, match="another run is writing"):
        named(target, overwrite=True)
    assert contents(target) == FILES


def test_a_name_that_is_taken_while_the_files_are_made_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_in = publishing.move_in

    def late(staging: Path, place: Path, names: list[str], *, overwrite: bool) -> None:
        monkeypatch.setattr(publishing, "move_in", move_in)
        (place / "plan").mkdir()
        move_in(staging, place, names, overwrite=overwrite)

    monkeypatch.setattr(publishing, "move_in", late)
    with pytest.raises(BadInput, match="file exists"):
        named(tmp_path / "plan").fill(FILES)
    (tmp_path / "plan").rmdir()
    monkeypatch.setattr(publishing, "move_in", late)
    assert OutputFolder.next_free(tmp_path, "plan").fill(FILES).name == "plan-2"
