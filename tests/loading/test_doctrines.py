"""Doctrines load by name and from files; what is wrong with them is told."""

from __future__ import annotations

from typing import Any

import pytest

from concord.errors import BadInput
from concord.loading import bundled_doctrines, load_doctrine


@pytest.mark.parametrize("bundled", bundled_doctrines(), ids=lambda bundled: bundled.name)
def test_a_bundled_doctrine_loads_by_name_as_by_path(bundled: Any) -> None:
    doctrine = load_doctrine(bundled.name)
    assert doctrine == load_doctrine(bundled.path)
    assert doctrine.id == bundled.name
    assert doctrine.title == bundled.title
    assert doctrine.description


def test_a_name_nearly_right_is_told() -> None:
    with pytest.raises(BadInput, match="did you mean unipolar"):
        load_doctrine("unipola")


def test_a_wrong_field_is_told_with_its_line(write: Any) -> None:
    path = write("mine.yaml", "id: mine\ntitle: Mine\nparadigms: [cooperativ]\n")
    with pytest.raises(BadInput) as caught:
        load_doctrine(path)
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [(3, "paradigms.0")]


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(BadInput):
        load_doctrine("nowhere.yaml")
