"""Which versions are installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

NOT_INSTALLED = "not installed"


def installed_version(distribution: str) -> str:
    """The version of a distribution; `NOT_INSTALLED` where Python finds its files alone, or none."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return NOT_INSTALLED


__version__ = installed_version("concord-design")
