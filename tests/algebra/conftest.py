"""Index sets and blocks that the tests of the algebra share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from concord.algebra import Program, Variables


@pytest.fixture
def states() -> pd.Index:
    return pd.Index(["BIH", "HRV", "SVN"], name="state")


@pytest.fixture
def periods() -> pd.Index:
    return pd.Index([1993, 1994], name="period")


@pytest.fixture
def program() -> Program:
    return Program("test")


@pytest.fixture
def spending(program: Program, states: pd.Index, periods: pd.Index) -> Variables:
    """Columns 0 to 5: three states, each with two periods."""
    return program.add_variables("spending", pd.MultiIndex.from_product([states, periods]))


@pytest.fixture
def point() -> np.ndarray:
    """Values of the six columns of `spending`: powers of ten, so that every sum shows its terms."""
    return 10.0 ** np.arange(6)
