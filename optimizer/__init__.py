"""Concord: institutional design, optimised, explained and proven.

>>> import concord
>>> problem = concord.load("three-states")
>>> plan = concord.solve(problem)
>>> concord.verify(plan, problem).ok
True
"""

# ruff: noqa: F403, F405 -- the facade has the names

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concord import errors as errors
    from concord.facade import *

__all__ = [
    "Problem",
    "Session",
    "SolveOptions",
    "__version__",
    "alternatives",
    "audit",
    "bundled_doctrines",
    "bundled_problems",
    "chart",
    "compare",
    "compare_doctrines",
    "explain",
    "export",
    "frames",
    "frontier",
    "load",
    "load_doctrine",
    "load_plan",
    "maximising",
    "price",
    "prices",
    "program",
    "solve",
    "sweep",
    "under",
    "verify",
    "why",
    "why_not",
]


class _Package(ModuleType):
    """This package: what it offers is imported when it is asked for, since all of it takes a second."""

    def __getattr__(self, name: str) -> Any:
        """Something of `concord.facade`, or the errors."""
        if name == "errors":
            return import_module("concord.errors")
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=self)
        offered = vars(self)[name] = getattr(import_module("concord.facade"), name)
        return offered

    def __setattr__(self, name: str, value: object) -> None:
        """A subpackage such as `concord.audit`, once imported, does not hide the function of its name."""
        if name not in __all__ or not isinstance(value, ModuleType):
            super().__setattr__(name, value)

    def __dir__(self) -> Iterable[str]:
        """What it offers, imported or not."""
        return {*super().__dir__(), *__all__}


sys.modules[__name__].__class__ = _Package
