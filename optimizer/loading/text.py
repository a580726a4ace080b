"""From a file to its text, or one clear fault."""

from __future__ import annotations

import os
from pathlib import Path

from concord.errors import BadInput, Fault

from .wording import shown, visible

MAX_BYTES = 10_000_000
"""Largest text that people write."""
MAX_WRITTEN_BYTES = 200_000_000
"""Largest JSON, which programs write: a plan has some 120 values for each state and period."""

_MAGIC = {
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def label(path: Path) -> str:
    """The file as its user would name it, links not followed: relative to the working folder if inside it."""
    try:
        return visible(str(Path(os.path.normpath(Path.cwd() / path)).relative_to(Path.cwd())))
    except (ValueError, OSError):
        return visible(str(path))


def read_text(path: Path, largest: int = MAX_BYTES) -> str:
    """The text of a file of at most `largest` bytes.

    Raises BadInput where it is absent, no regular file, unreadable, too large, binary, empty or not UTF-8.
    """
    name = label(path)
    try:
        if not path.exists():
            raise BadInput.single("there is no such file", file=name, remedy="check the path")
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no regular file"
            raise BadInput.single(f"this is {what}", file=name, remedy="name a file")
        if path.stat().st_size > largest:
            raise BadInput.single(
                f"the file is larger than {largest // 1_000_000} MB",
                file=name,
                remedy="split or shorten it",
            )
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise BadInput.single(
            f"the file cannot be read: {reason}", file=name, remedy="check the path and its permissions"
        ) from None
    return decode(content, name)


def joined_surrogates(text: str) -> str | None:
    """The text with the halves of characters that escapes left apart joined; None where a half is alone.

    >>> joined_surrogates("\\ud83d\\ude00") == "\\U0001f600", joined_surrogates("\\ud83d")
    (True, None)
    """
    if text.isascii():
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return None


def decode(content: bytes, name: str) -> str:
    """The text that `content` holds, without a byte-order mark. Raises BadInput as `read_text` does."""
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise BadInput.single(f"this is {what}, not text", file=name, remedy="name a text file")
    if content.startswith(_UTF16_MARKS):
        raise BadInput.single("the text is encoded as UTF-16", file=name, remedy="save it as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        written = content.split(b"\n")[line - 1].decode("cp1252", "replace")
        remedy = "save it as UTF-8 (a spreadsheet calls that CSV UTF-8)"
        if "\ufffd" not in written:
            remedy += "; the value is how it reads in Windows-1252"
        message = f"the text is not encoded as UTF-8: byte 0x{content[error.start]:02x}"
        raise BadInput([Fault(message, name, line, value=shown(written.strip()), remedy=remedy)]) from None
    if "\0" in text:
        raise BadInput.single("this is a binary file, not text", file=name, remedy="name a text file")
    if not text.strip():
        raise BadInput.single("the file is empty", file=name, remedy="check that it is the right file")
    return text
