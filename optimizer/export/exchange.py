"""Renames that Python does not know: two names exchanged in one step, and one that overwrites nothing."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

Rename = Callable[[bytes, bytes, int], int]
EXCLUSIVE, SWAP = (4, 2) if sys.platform == "darwin" else (1, 2)
"""The flags of `renameatx_np` and of `renameat2`."""
_HERE = -2 if sys.platform == "darwin" else -100
"""What stands for the current folder in the place of an open one."""
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.ENOTSUP}
"""How systems and file systems say that they do not know a flag."""


def exchange(one: Path, other: Path) -> bool:
    """Let two names swap what they stand for, in one step.

    False where the file system cannot, and nothing is done. Raises OSError.
    """
    return _renamed(one, other, SWAP)


def rename_into_gap(old: Path, new: Path) -> None:
    """Rename `old` to `new`, where nothing is. Raises OSError, and FileExistsError where something is."""
    if not _renamed(old, new, EXCLUSIVE):
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new))
        old.rename(new)


def _renamed(old: Path, new: Path, flag: int) -> bool:
    rename = _rename()
    if rename is None:
        return False
    if rename(os.fsencode(old), os.fsencode(new), flag) == 0:
        return True
    if (number := ctypes.get_errno()) in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(old), None, str(new))


@cache
def _rename() -> Rename | None:
    """The C library's rename with flags; None where it has none."""
    name = {"linux": "renameat2", "darwin": "renameatx_np"}.get(sys.platform)
    try:
        function = getattr(ctypes.CDLL(None, use_errno=True), name) if name else None
    except AttributeError:
        return None
    if function is None:
        return None
    function.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return lambda old, new, flag: int(function(_HERE, old, _HERE, new, flag))
