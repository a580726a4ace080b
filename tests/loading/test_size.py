"""What Concord writes it reads again: a plan of a dozen states and 175 periods has 230,000 values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from concord.errors import BadInput
from concord.loading import can_be_read
from concord.loading.documents import read_document
from concord.loading.text import MAX_BYTES


def test_a_large_json_document_is_read(tmp_path: Path) -> None:
    rows = [
        {"state": "north", "period": n, "value": 0.5, "baseline": 0.25, "note": "x" * 30}
        for n in range(120_000)
    ]
    text = json.dumps({"security": rows})
    assert len(text) > MAX_BYTES
    assert can_be_read(text)
    (tmp_path / "plan.json").write_text(text, encoding="utf-8")
    assert len(read_document(tmp_path / "plan.json", "a plan", "").mapping["security"].items) == len(rows)


def test_yaml_that_people_write_is_no_longer_than_before(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("#" * (MAX_BYTES + 1), encoding="utf-8")
    with pytest.raises(BadInput, match="larger than 10 MB"):
        read_document(tmp_path / "plan.yaml", "a plan", "")
