"""What may be asked of a solve."""

import math
from typing import Any

import pytest

from concord.errors import BadInput
from concord.solving.options import SolveOptions, processors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gap", -1),
        ("gap", math.nan),
        ("gap", math.inf),
        ("gap", "x"),
        ("time_limit", -1.0),
        ("time_limit", math.nan),
        ("time_limit", "x"),
        ("node_limit", 1.5),
        ("node_limit", -1),
        ("seed", 2**40),
        ("seed", -1),
        ("threads", -3),
        ("threads", True),
        ("tidy", "yes"),
    ],
)
def test_an_option_that_may_not_be_is_named(name: str, value: Any) -> None:
    with pytest.raises(BadInput) as refused:
        SolveOptions(**{name: value})
    (fault,) = refused.value.faults
    assert (fault.field, fault.value) == (name, repr(value))
    assert fault.remedy


def test_there_are_never_more_threads_than_processors() -> None:
    assert SolveOptions(threads=1024).threads == processors()
    assert SolveOptions(threads=1).threads == 1
