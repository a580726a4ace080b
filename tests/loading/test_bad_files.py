"""Files that are no problem files: one clear fault each."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
FILES: dict[str, tuple[str, bytes, int | None, str]] = {
    "empty": ("p.yaml", b"", None, "the file is empty"),
    "blank": ("p.yaml", b" \n\n", None, "the file is empty"),
    "only comments": ("p.yaml", b"# nothing\n", None, "a problem has keys with values"),
    "latin-1": ("p.yaml", "id: x\ntitle: Süd\n".encode("latin-1"), 2, "not encoded as UTF-8"),
    "utf-16": ("p.yaml", "id: x".encode("utf-16"), None, "encoded as UTF-16"),
    "pdf": ("p.yaml", b"%PDF-1.7\n", None, "a PDF document"),
    "picture": ("p.json", PNG, None, "a picture"),
    "binary": ("p.yaml", b"id: \0\1\2", None, "a binary file"),
    "csv by name": ("p.csv", b"id,name\nA,B\n", None, "a problem is a YAML or JSON file"),
    "no suffix": ("p", b"id: x", None, "a problem is a YAML or JSON file"),
    "csv by content": ("p.yaml", b"id,name\nA,B\n", None, "a problem has keys with values"),
    "list": ("p.yaml", b"- 1\n- 2\n", None, "this is a list"),
    "unclosed": ("p.yaml", b"id: x\nperiods: [1\n", 3, "this is not YAML"),
    "tabs": ("p.yaml", b"funds:\n\t- id: x\n", 2, "this is not YAML"),
    "control character": ("p.yaml", b"id: \x07\n", None, "this is not YAML"),
    "two documents": ("p.yaml", b"id: x\n---\nid: y\n", 2, "more than one document"),
    "duplicate key": ("p.yaml", b"id: x\ntitle: y\nid: z\n", 3, "the key is given twice (first in line 1)"),
    "tag": ("p.yaml", b"id: x\ntitle: !!python/object/apply:os.system [ls]\n", 2, "tags are not allowed"),
    "unknown alias": ("p.yaml", b"id: *nobody\n", 1, "no anchor has this name"),
    "key that is a list": ("p.yaml", b"? [a, b]\n: c\n", 1, "a key must be plain text"),
    "deep yaml": ("p.yaml", b"id: " + b"[" * 2000, 1, "nested more than 50 deep"),
    "deep json": ("p.json", b"[" * 100_000, 1, "nested more than 50 deep"),
    "unclosed json": ("p.json", b'{"id": "x",\n "periods": [1', 2, "a comma or ] is expected"),
    "single quotes in json": ("p.json", b"{'id': 1}", 1, "a key in quotes is expected"),
    "duplicate key in json": (
        "p.json",
        b'{"id": 1,\n"id": 2}',
        2,
        "the key is given twice (first in line 1)",
    ),
    "text after json": ("p.json", b'{"id": 1}\n}', 2, "something follows the end of the document"),
    "python in json": ("p.json", b'{"id": None}', 1, "this is not JSON"),
    "half a character": ("p.yaml", b'id: x\ntitle: "\\ud800"\n', 2, "half of a character"),
    "half a character in json": ("p.json", b'{"id": "\\ud800"}', 1, "half of a character"),
    "broken escape in json": ("p.json", b'{"id": "\\q"}', 1, "this is not JSON"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_the_wrong_kind_is_one_fault(write: Any, refused: Any, kind: str) -> None:
    name, content, line, message = FILES[kind]
    (fault,) = refused(write(name, content))
    assert (fault.file, fault.line) == (name, line)
    assert message in fault.message
    assert fault.remedy


def test_aliases_that_explode_are_refused_before_they_do(write: Any, refused: Any) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    (fault,) = refused(write("bomb.yaml", "\n".join(rows)))
    assert "aliases expanded" in fault.message
    assert fault.line == 6


def test_an_alias_of_itself_is_refused(write: Any, refused: Any) -> None:
    (fault,) = refused(write("loop.yaml", "a: &a [*a]"))
    assert fault.message == "no anchor has this name"


def test_a_file_too_large_is_refused_unread(write: Any, refused: Any) -> None:
    path = write("large.yaml", "")
    os.truncate(path, 10_000_001)
    (fault,) = refused(path)
    assert fault.message == "the file is larger than 10 MB"


def test_a_folder_is_refused(write: Any, refused: Any) -> None:
    path = write("folder.yaml/x", "")
    (fault,) = refused(path.parent)
    assert fault.message == "this is a folder"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device file")
def test_a_device_is_refused(refused: Any) -> None:
    (fault,) = refused("/dev/zero")
    assert fault.message == "this is no regular file"


@pytest.mark.parametrize("reference", ["euro-atlantik-1992", "euro-atlantic", "Euro-Atlantic-1992"])
def test_a_likely_bundled_name_is_offered(refused: Any, reference: str) -> None:
    (fault,) = refused(reference)
    assert fault.value == reference
    assert "did you mean euro-atlantic-1992?" in fault.remedy


def test_a_likely_file_is_offered(small: str, write: Any, refused: Any) -> None:
    write("balkans.yaml", small)
    (fault,) = refused("balkan.yaml")
    assert "did you mean balkans.yaml?" in fault.remedy


@pytest.mark.parametrize("reference", ["", "\0", "x" * 5000, "a/b/c/d"])
def test_a_name_that_is_no_name_is_one_fault(refused: Any, reference: str) -> None:
    assert len(refused(reference)) == 1


def test_non_finite_numbers_in_json_have_their_line(small: str, write: Any, refused: Any) -> None:
    (fault,) = [
        fault
        for fault in refused(write("p.json", json.dumps({"objective": {"discount": float("nan")}}, indent=1)))
        if fault.field == "objective.discount"
    ]
    assert (fault.line, fault.value, fault.message) == (3, "NaN", "the number is not finite")


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(write: Any, refused: Any) -> None:
    states = [{"id": f"s{number}", "gdp": -1} for number in range(2000)]
    faults = refused(write("p.json", json.dumps({"states": states})))
    assert len(faults) == 1001
    assert "more problems" in " ".join(fault.message for fault in faults)
