"""Entries of a folder are made in a hidden folder beside them, and moved in when they are whole.

A lock tells others that the hidden folder is in use. The system lets go of it when a process ends in whatever
way, so that what is not locked was left by one that was killed; whoever writes in the same place next puts
back what it had moved aside, and removes the rest.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from .exchange import exchange, rename_into_gap

_STEM = "concord"
_NAME = re.compile(r"\..+\.[a-z0-9_]{8}\.part", re.DOTALL)
_LOCK, _ATTIC = ".concord-lock", ".concord-former"


@contextmanager
def staging_in(place: Path) -> Iterator[Path]:
    """A hidden folder in the folder `place`, which is removed with what is left in it. Raises OSError."""
    clear(place)
    staging, lock = _locked_folder(place)
    try:
        yield staging
    finally:
        os.close(lock)
        _dissolve(staging, place)


def clear(place: Path) -> None:
    """Put back what killed processes had moved aside in the folder `place`, and remove what they left."""
    for left in staged_in(place):
        with suppress(OSError):
            if (lock := _lock(left)) is not None:
                os.close(lock)
                _dissolve(left, place)


def staged_in(place: Path) -> list[Path]:
    """The hidden folders of ours in the folder `place`; none where it cannot be looked into."""
    with suppress(OSError):
        return [entry for entry in place.iterdir() if _NAME.fullmatch(entry.name) and _is_ours(entry)]
    return []


def move_in(staging: Path, place: Path, names: Sequence[str], *, overwrite: bool) -> None:
    """Let the entries of `staging` called `names` stand in `place`, in the place of what stood there.

    At every moment each name stands for the old or the new, where the file system can exchange names; else
    `clear` brings back what a killed process had moved aside. Where one entry cannot be moved, all are as
    before. Raises OSError, and FileExistsError where a name is taken and may not be overwritten.
    """
    (staging / _ATTIC).mkdir()
    made = {name: (staging / name).lstat() for name in names}
    try:
        for name in names:
            _enter(staging, place, name, overwrite=overwrite)
    except BaseException:
        for name in names:
            if os.path.lexists(place / name) and os.path.samestat((place / name).lstat(), made[name]):
                _withdraw(staging, place / name)
        _put_back(staging, place)
        raise


def sync(paths: Iterable[Path]) -> None:
    """Make files and the names in folders durable, where the system can (Windows cannot open a folder)."""
    for path in paths:
        if path.is_file() or (path.is_dir() and os.name == "posix"):
            descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _enter(staging: Path, place: Path, name: str, *, overwrite: bool) -> None:
    new, target, attic = staging / name, place / name, staging / _ATTIC / name
    if not overwrite or not os.path.lexists(target):
        rename_into_gap(new, target)
    elif exchange(new, target):
        pass
    elif _is_folder(new) or _is_folder(target):
        target.rename(attic)
        new.rename(target)
    else:
        with suppress(OSError):  # a second name, so that it can be brought back; not every system has them
            os.link(target, attic, follow_symlinks=False)
        new.replace(target)


def _withdraw(staging: Path, target: Path) -> None:
    """Take back what was moved in; what it had replaced returns in the same step where it can."""
    attic = staging / _ATTIC / target.name
    if os.path.lexists(staging / target.name):
        exchange(staging / target.name, target)
    elif os.path.lexists(attic) and not _is_folder(attic):
        attic.replace(target)
    else:
        target.rename(staging / target.name)


def _put_back(staging: Path, place: Path) -> None:
    """Let what was moved aside stand under its name again, unless something else does."""
    for former in (staging / _ATTIC).glob("*"):
        with suppress(FileExistsError):
            rename_into_gap(former, place / former.name)


def _dissolve(staging: Path, place: Path) -> None:
    """Remove a hidden folder; not where what was moved aside could not be put back."""
    with suppress(OSError):
        _put_back(staging, place)
        shutil.rmtree(staging, ignore_errors=True)


def _locked_folder(place: Path) -> tuple[Path, int]:
    """A new folder and the descriptor that locks it; another if somebody cleared it before it was locked."""
    while True:
        staging = Path(tempfile.mkdtemp(prefix=f".{_STEM}.", suffix=".part", dir=place))
        try:
            staging.chmod(0o777 & ~_umask())
            lock = _lock(staging, new=True)
        except FileNotFoundError:
            continue
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        if lock is not None:
            return staging, lock


def _lock(staging: Path, *, new: bool = False) -> int | None:
    """The descriptor that locks a folder as long as it is open; None where another process uses it.

    Where the file system knows no locks, a `new` folder does without, and others count as used.
    """
    descriptor = os.open(staging / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        locked = _locked(descriptor, otherwise=new)
        if locked and os.fstat(descriptor).st_nlink:
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _locked(descriptor: int, *, otherwise: bool) -> bool:
    try:
        _lock_file(descriptor)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return otherwise
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock_file(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_file(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_ours(entry: Path) -> bool:
    return _is_folder(entry) and (os.name != "posix" or entry.lstat().st_uid == os.geteuid())


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _umask() -> int:
    """The process's mask: temporary folders are private, results are as the user wants files to be."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
