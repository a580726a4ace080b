"""JSON into nodes with line numbers, which the standard library does not keep."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder

from concord.errors import BadInput, Fault

from .almost_numbers import advice
from .node import MAX_DEPTH, MAX_JSON_NODES, Node, Place, Scalar
from .numerals import whole_number
from .spaces import is_odd_space, named
from .text import MAX_WRITTEN_BYTES, joined_surrogates
from .wording import shown

_DECODER = JSONDecoder()
_BLANK = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_ALMOST_NUMBER = re.compile(r"[-+\u2212]?[0-9](?:[0-9.,_'\u2019]|[ \u00a0\u202f](?=[0-9]{3}))*(?: ?%)?")
_WORD = re.compile(r"-?[A-Za-z]+")
_WORDS: dict[str, Scalar] = {
    "true": True,
    "false": False,
    "null": None,
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


def parse_json(text: str, file: str) -> Node:
    """The document in `text`. Raises BadInput for what is not JSON, duplicate keys, depth and size."""
    return _Scanner(text, file).document()


def can_be_read(text: str) -> bool:
    """Whether JSON that is about to be written, without commas in its texts, is small enough to be read."""
    most = text.count(",") + text.count("{") + text.count("[") + 1
    return most <= MAX_JSON_NODES and len(text.encode()) <= MAX_WRITTEN_BYTES


class _Scanner:
    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._at = 0
        self._count = 0
        self._number = range(0)
        """Where the last number stands."""

    def document(self) -> Node:
        self._skip()
        node = self._value(depth=0)
        self._skip()
        if self._at < len(self._text):
            raise self._refused("something follows the end of the document", "remove it")
        return node

    def _value(self, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_JSON_NODES:
            raise self._refused(
                f"the document has more than {MAX_JSON_NODES} values", "keep large tables in CSV files"
            )
        if depth > MAX_DEPTH:
            raise self._refused(f"the document is nested more than {MAX_DEPTH} deep", "flatten it")
        place = self._place()
        self._number = range(0)
        match self._text[self._at : self._at + 1]:
            case "{":
                return Node(self._mapping(depth), place)
            case "[":
                return Node(self._list(depth), place)
            case '"':
                return Node(self._string(), place)
            case _:
                start = self._at
                value = self._scalar()
                return Node(value, place, written=self._text[start : self._at])

    def _mapping(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        for _ in self._separated("}"):
            if not self._text.startswith('"', self._at):
                self._refuse_almost_number()
                raise self._refused("a key in quotes is expected", "put every key in double quotes")
            place = self._place()
            start, key = self._at, self._string()
            if key in entries:
                self._at = start
                first = entries[key].place.line
                raise self._refused(
                    f"the key is given twice (first in line {first})", "keep one of them", key
                )
            self._skip()
            if not self._text.startswith(":", self._at):
                raise self._refused("a colon is expected", "write a colon after the key")
            self._at += 1
            self._skip()
            entries[key] = self._value(depth + 1).at(place)
        return entries

    def _list(self, depth: int) -> tuple[Node, ...]:
        return tuple(self._value(depth + 1) for _ in self._separated("]"))

    def _separated(self, close: str) -> Iterator[None]:
        """Yields with the position at each element, and passes the commas and the closing bracket."""
        self._at += 1
        self._skip()
        if self._text.startswith(close, self._at):
            self._at += 1
            return
        while True:
            yield
            self._skip()
            mark = self._text[self._at : self._at + 1]
            if mark not in (",", close):
                self._refuse_almost_number()
                raise self._refused(
                    f"a comma or {close} is expected", "check the brackets and commas before it"
                )
            self._at += 1
            if mark == close:
                return
            self._skip()

    def _string(self) -> str:
        try:
            start = self._at
            value, self._at = _DECODER.raw_decode(self._text, self._at)
        except JSONDecodeError as error:
            self._at = error.pos
            raise self._refused(f"this is not JSON: {error.msg}", "check the quotes and escapes") from None
        text = joined_surrogates(str(value))
        if text is None:
            self._at = start
            raise self._refused("the text holds half of a character", "write the character itself")
        return text

    def _scalar(self) -> Scalar:
        if number := _NUMBER.match(self._text, self._at):
            self._number = range(self._at, number.end())
            self._at = number.end()
            return float(number[0]) if number[1] or number[2] else whole_number(number[0])
        word = _WORD.match(self._text, self._at)
        if word and word[0] in _WORDS:
            self._at = word.end()
            return _WORDS[word[0]]
        self._number = range(self._at, self._at)
        self._refuse_almost_number()
        what = "the document ends too early" if self._at >= len(self._text) else "this is not JSON"
        raise self._refused(what, "check the brackets, quotes and commas before it")

    def _refuse_almost_number(self) -> None:
        """Raise where what was read last begins a number that is not written as JSON has it."""
        found = _ALMOST_NUMBER.match(self._text, self._number.start)
        written = found[0].rstrip(",. ") if found else ""
        remedy = advice(written)
        if remedy and len(written) > len(self._number):
            self._at = self._number.start
            raise self._refused("this is no number of JSON", remedy, written)

    def _skip(self) -> None:
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at

    def _place(self) -> Place:
        return Place(self._file, bisect_right(self._line_ends, self._at - 1) + 1)

    def _refused(self, message: str, remedy: str, value: str | None = None) -> BadInput:
        found = value if value is not None else self._text[self._at : self._at + 20].split("\n")[0]
        if value is None and is_odd_space(found[:1]):
            message, remedy = f"there is {named(found[0])}", "write a plain space"
        place = self._place()
        return BadInput([Fault(message, place.file, place.line, value=shown(found) or None, remedy=remedy)])
