"""Plain words for values and for what is expected."""

from __future__ import annotations

import unicodedata

from concord.models.quantities import LEAST, MOST

from .schema import Shape

_SHOWN = 80

_UNITS = {
    "MillionUSD": "million USD",
    "PerPeriod": "million USD",
    "ThousandUSD": "thousand USD",
    "Headcount": "persons",
    "Hours": "hours",
    "Share": "as a share of the whole",
    "Index": "1 being the median state",
    "Latitude": "degrees north",
    "Longitude": "degrees east",
    "Period": "such as 1993",
}
_BOUND = {"gt": "above {}", "ge": "of at least {}", "lt": "below {}", "le": "of at most {}"}


def shown(value: object) -> str:
    """A value on one line: control characters escaped, shortened to 80 characters.

    >>> shown("a\\tb"), shown(True), shown(None), len(shown("x" * 200))
    ('a\\\\tb', 'true', 'null', 80)
    """
    text = (
        {True: "true", False: "false", None: "null"}.get(value)
        if value is None or isinstance(value, bool)
        else str(value)
    )
    escaped = visible((text or "")[: 2 * _SHOWN])
    return escaped if len(escaped) <= _SHOWN else escaped[: _SHOWN - 3] + "..."


def visible(text: str) -> str:
    """The text with control characters escaped, so that it cannot command a terminal."""
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    hidden = unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"
    return character.encode("unicode_escape").decode("ascii") if hidden else character


def listed(names: tuple[str, ...] | list[str], most: int = 24) -> str:
    """Names separated by commas, cut after `most`."""
    return ", ".join(map(shown, names[:most])) + (", ..." if len(names) > most else "")


def expected(shape: Shape) -> str:
    """What may stand at a place, in words: `a number of at least 0 (million USD)`."""
    options = []
    if shape.scalars & {int, float}:
        options.append(_number(shape))
    if bool in shape.scalars:
        options.append("true or false")
    if str in shape.scalars:
        options.append("a short name" if shape.pattern else "text")
    if shape.choices:
        options.append(("one of " if len(shape.choices) > 1 else "") + ", ".join(shape.choices))
    if shape.item is not None:
        options.append(f"a list of {'entries with keys' if shape.item.model else _plural(shape.item)}")
    if shape.value is not None:
        options.append(
            "a table from period to number" if shape.is_per_period else "a table from name to number"
        )
    if shape.model is not None:
        options.append("keys with values")
    said = " or ".join(options)
    return f"{said}: {shape.description.removesuffix('.')}" if shape.description else said


def unit_of(shape: Shape | None) -> str:
    """The unit of a figure in words, such as `million USD`; nothing where it has none."""
    return _UNITS.get(shape.quantity, "") if shape else ""


def _number(shape: Shape) -> str:
    noun = "a number" if float in shape.scalars else "a whole number"
    bounds = {name: bound for name, bound in shape.bounds if abs(bound) < MOST}
    if bounds.get("ge") == LEAST:
        bounds = {"gt": 0.0} | {name: bound for name, bound in bounds.items() if name != "ge"}
    if bounds.keys() == {"ge", "le"}:
        limits = f"from {bounds['ge']:g} to {bounds['le']:g}"
    else:
        limits = " and ".join(_BOUND[name].format(f"{bound:g}") for name, bound in bounds.items())
    unit = unit_of(shape)
    return " ".join(part for part in (noun, limits, f"({unit})" if unit else "") if part)


def _plural(shape: Shape) -> str:
    return "numbers" if shape.is_numeric else "names"
