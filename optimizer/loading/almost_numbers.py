"""What a text that is almost a number means, so that a remedy never changes a figure."""

from __future__ import annotations

import re
from decimal import Decimal

from .schema import Shape
from .spaces import is_odd_space
from .wording import shown, unit_of

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_SEPARATED = re.compile(
    r"(?P<sign>[-+]?)"
    r"(?:(?P<groups>[0-9]{1,3}(?P<between>[ ,._'\u2019])[0-9]{3}(?:(?P=between)[0-9]{3})*)"
    r"|(?P<digits>[0-9]+))"
    r"(?:(?P<mark>[.,])(?P<fraction>[0-9]+))?"
)
_COMPASS = re.compile(r"(?:([NSEW]) ?)?([0-9]+(?:[.,][0-9]+)?) ?\u00b0?(?: ?([NSEW]))?")
_UNIT = re.compile(r"\b(million|thousand|persons|hours)\b(?: USD)?", re.IGNORECASE)
_BESIDE = re.compile(r"(.*[0-9]) ([A-Za-z ]+)")
_SIGNS = {"Latitude": {"N": "", "S": "-"}, "Longitude": {"E": "", "W": "-"}}
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2013\ufe63\uff0d", "-"))


def readings(text: str) -> tuple[str, ...]:
    """The numbers that a text can mean, written with a decimal point; none where nobody can tell.

    >>> readings("1,5"), readings("1 000 000"), readings("9.000.000"), readings("1.234,5"), readings("5 %")
    (('1.5',), ('1000000',), ('9000000',), ('1234.5',), ('0.05',))
    >>> readings("1,234"), readings("120 million"), readings("0,123"), readings("1,00,000")
    (('1.234', '1234'), (), ('0.123',), ())
    """
    plain = _with_plain_signs(text)
    if plain.endswith("%"):
        shares = (Decimal(reading) / 100 for reading in readings(plain[:-1]))
        return tuple(f"{share.normalize():f}" for share in shares)
    found = _SEPARATED.fullmatch(plain)
    if found is None:
        return (_tidy(plain),) if _NUMBER.fullmatch(plain) else ()
    sign, groups, between = found["sign"], found["groups"], found["between"]
    fraction = f".{found['fraction']}" if found["mark"] else ""
    if groups is None:
        return (_tidy(f"{sign}{found['digits']}{fraction}"),)
    if found["mark"] == between:
        return ()
    together = f"{sign}{groups.replace(between, '')}{fraction}"
    may_be_mark = between in ".," and groups.count(between) == 1 and not fraction
    as_mark = (_tidy(sign + groups.replace(between, ".")),) if may_be_mark else ()
    # Nobody begins a grouped number with 0.
    return as_mark if groups.startswith("0") else (*as_mark, _tidy(together))


def advice(text: str, shape: Shape | None = None) -> str | None:
    """What to write for `text`, with its meaning kept and allowed by `shape`; None where that is unclear.

    >>> advice("1,5"), advice("1,234"), advice("12")
    ('write 1.5', 'write 1.234 or 1234, whichever is meant', 'write it without quotes: 12')
    """
    alone = _without_unit(_with_plain_signs(text), shape)
    meant = [reading for reading in readings(alone) if shape is None or _fits(reading, shape)]
    if not meant:
        return None
    if len(meant) > 1:
        return f"write {' or '.join(meant)}, whichever is meant"
    return f"write it without quotes: {shown(text)}" if meant == [text] else f"write {meant[0]}"


def _with_plain_signs(text: str) -> str:
    spaced = "".join(" " if is_odd_space(character) else character for character in text)
    return spaced.translate(_MINUS).strip()


def _without_unit(text: str, shape: Shape | None) -> str:
    """The figure alone where what stands beside it is the unit of the field, or a side of the compass."""
    signs = _SIGNS.get(shape.quantity, {}) if shape else {}
    compass = _COMPASS.fullmatch(text)
    if signs and compass:
        sides = [side for side in (compass[1], compass[3]) if side]
        if len(sides) <= 1 and all(side in signs for side in sides):
            return "".join(signs[side] for side in sides) + compass[2]
    stated = _UNIT.search(f"{unit_of(shape)} {shape.description}") if shape else None
    beside = _BESIDE.fullmatch(text)
    if stated and beside and beside[2].casefold() in (stated[0].casefold(), stated[1].casefold()):
        return beside[1]
    return text


def _fits(reading: str, shape: Shape) -> bool:
    if float not in shape.scalars and not _WHOLE.fullmatch(reading):
        return False
    figure = float(reading)
    holds = {
        "gt": figure.__gt__,
        "ge": figure.__ge__,
        "lt": figure.__lt__,
        "le": figure.__le__,
    }
    return all(holds[name](float(bound)) for name, bound in shape.bounds)


def _tidy(number: str) -> str:
    """The number as JSON takes it too: without a plus and zeros in front.

    >>> _tidy("+007.50"), _tidy("-0.5")
    ('7.50', '-0.5')
    """
    sign = "-" if number.startswith("-") else ""
    return sign + re.sub(r"^0+(?=[0-9])", "", number.lstrip("+-"))
