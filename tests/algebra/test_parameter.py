from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from concord.algebra import AlgebraError
from concord.algebra.parameter import finite_number, image_codes, parameter_values

STATES = pd.Index(["BIH", "HRV"], name="state")


def test_values_are_floats_in_the_order_of_their_labels() -> None:
    assert parameter_values(pd.Series([1, 2], index=STATES)).tolist() == [1.0, 2.0]
    assert parameter_values(pd.Series([True, False], index=STATES)).tolist() == [1.0, 0.0]


def test_infinite_values_need_leave_and_missing_ones_never_get_it() -> None:
    limits = pd.Series([1.0, np.inf], index=STATES)
    assert parameter_values(limits, infinite=True).tolist() == [1.0, np.inf]
    with pytest.raises(AlgebraError, match="at HRV"):
        parameter_values(limits)
    for missing in (
        pd.Series([1.0, np.nan], index=STATES),
        pd.Series([1, None], index=STATES, dtype="Int64"),
    ):
        with pytest.raises(AlgebraError, match="at HRV"):
            parameter_values(missing, infinite=True)


def test_numbers_of_every_kind_are_taken() -> None:
    assert [finite_number(number) for number in (2, 2.0, np.float32(2), np.int8(2))] == [2.0] * 4
    assert finite_number(-np.inf, infinite=True) == -np.inf


def test_images_are_numbered_in_order_of_appearance() -> None:
    codes, images = image_codes(pd.Series({"A": "x", "B": "y", "C": "x"}), pd.Index(["C", "B", "D"]))
    assert (codes.tolist(), images.tolist()) == ([0, 1, -1], ["x", "y"])


def test_an_empty_mapping_has_no_images() -> None:
    assert image_codes({}, pd.Index(["A"]))[0].tolist() == [-1]


def test_a_name_has_one_image() -> None:
    with pytest.raises(AlgebraError, match="two images"):
        image_codes(pd.Series(["x", "y"], index=["A", "A"]), pd.Index(["A"]))
