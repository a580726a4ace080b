"""Whatever is in a file, loading gives a problem or a BadInput, and never anything else."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concord.errors import BadInput
from concord.loading import load_plan, load_problem, problem_json
from concord.models import DesignProblem

FOLDER = Path(__file__).parent
SMALL = (FOLDER / "small.yaml").read_text("utf-8")
VALUES: dict[str, Any] = json.loads(problem_json(load_problem(FOLDER / "small.yaml")))
KEYS = st.sampled_from(
    ["id", "table", "rows", "select", "columns", "remove", "budget", "1993", "[key]", ""]
) | st.text(max_size=8)
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["AAA", "members", "secretariat", "1,5", "states-1992", "../x.csv", "unrest"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
FUZZ = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def loads_or_refuses(path: Path, **more: Any) -> None:
    outcome: DesignProblem | BadInput
    try:
        outcome = load_problem(path, **more)
    except BadInput as error:
        outcome = error
    if isinstance(outcome, BadInput):
        assert outcome.faults
        assert all(fault.message for fault in outcome.faults)
        assert str(outcome).encode("utf-8")


@st.composite
def mutated(draw: Any) -> Any:
    """The small problem after a few random changes of its values."""
    values = deepcopy(VALUES)
    for _ in range(draw(st.integers(1, 4))):
        holder: Any = values
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(holder[key], dict | list) and holder[key] and draw(st.integers(0, 3)):
                holder = holder[key]
                continue
            match draw(st.sampled_from(["drop", "replace", "insert", "repeat"])):
                case "drop":
                    del holder[key]
                case "replace":
                    holder[key] = draw(JUNK)
                case "insert" if isinstance(holder, dict):
                    holder[draw(KEYS)] = draw(JUNK)
                case "repeat" if isinstance(holder, list):
                    holder.append(deepcopy(holder[key]))
                case _:
                    holder[key] = draw(JUNK)
            break
    return values


@FUZZ
@given(values=mutated(), suffix=st.sampled_from(["json", "yaml"]))
def test_a_changed_problem_loads_or_is_refused(tmp_path: Path, values: Any, suffix: str) -> None:
    path = tmp_path / f"p.{suffix}"
    path.write_text(json.dumps(values, ensure_ascii=True), "utf-8")
    loads_or_refuses(path)


@FUZZ
@given(at=st.integers(0, len(SMALL)), length=st.integers(0, 20), more=st.text(max_size=8))
def test_a_changed_text_loads_or_is_refused(tmp_path: Path, at: int, length: int, more: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes((SMALL[:at] + more + SMALL[at + length :]).encode("utf-8", "surrogatepass"))
    loads_or_refuses(path)


@FUZZ
@given(
    content=st.binary(max_size=300)
    | st.text(alphabet="{}[]:,-?&*!|>'\"%@`#\n \tab1.", max_size=60).map(str.encode),
    suffix=st.sampled_from(["json", "yaml"]),
)
def test_any_file_loads_or_is_refused(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"p.{suffix}"
    path.write_bytes(content)
    loads_or_refuses(path)
    with pytest.raises(BadInput):
        load_plan(path)


@FUZZ
@given(values=mutated())
def test_any_overlay_loads_or_is_refused(tmp_path: Path, values: Any) -> None:
    path = tmp_path / "o.json"
    path.write_text(json.dumps(values), "utf-8")
    loads_or_refuses(FOLDER / "small.yaml", overlays=[path])


@FUZZ
@given(
    path=st.lists(
        st.sampled_from(["funds", "common", "budget", "1993", "states", "AAA", "0", "", "dilemma", "x"]),
        max_size=5,
    ),
    value=st.text(max_size=10) | JUNK.map(json.dumps),
)
def test_any_setting_loads_or_is_refused(path: list[str], value: str) -> None:
    loads_or_refuses(FOLDER / "small.yaml", settings=[f"{'.'.join(path)}={value}"])


@FUZZ
@given(
    content=st.binary(max_size=100)
    | st.lists(
        st.sampled_from(
            ["id", "gdp", "AAA", ",", "\n", '"', "name", "|", "1e999", "threats.unrest", "threats", "."]
        ),
        max_size=40,
    ).map(lambda parts: "".join(parts).encode())
)
def test_any_table_loads_or_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    overlay = tmp_path / "o.yaml"
    overlay.write_text("states: {table: t.csv}\n", "utf-8")
    loads_or_refuses(FOLDER / "small.yaml", overlays=[overlay])
