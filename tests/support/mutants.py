"""Problem files with a few slips, or with worse: every one follows from a number."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

NUMBERS = (
    0,
    -1,
    1,
    0.5,
    -0.5,
    1e-300,
    5e-324,
    1e-13,
    1e-9,
    1e9,
    1e12,
    1e13,
    1e300,
    10**30,
    10**400,
    2**31,
    2**53 + 1,
)
ODD = (
    float("nan"),
    float("inf"),
    float("-inf"),
    True,
    None,
    "1,5",
    "1.000",
    "5 %",
    "",
    "NaN",
    [],
    {},
    [[]],
    {"": 0},
)
TEXTS = (
    "\u202eabc", "\x00", "\x1b[31mred", "e\u0301", "\U0001f54a", "\ufeffid", "a\nb", "\u00a0", "\ud800",
    "x" * 5000,
    "../../etc", "=1+1", "<script>", "{0}", "%s", "members", "A", "main", "secretariat", "war",
    "- 1", "*a", "!!python",
)  # fmt: skip
KEYS = (
    "id",
    "table",
    "rows",
    "select",
    "columns",
    "remove",
    "<<",
    "",
    "1",
    "A",
    "\u202e",
    "periods",
    "budget",
)
FACTORS = (-1, 0, 1e-12, 1e-6, 1e-3, 0.1, 0.5, 1.5, 2, 10, 100, 1e3, 1e6, 1e9)
Place = tuple[Any, Any]
"""Something with keys or numbers, and one of them."""


def mutant(document: dict[str, Any], seed: int, *, gentle: bool = False) -> str:
    """A problem file, JSON and so YAML too, with one to four changes; `gentle` ones are of figures."""
    random, changed = Random(seed), deepcopy(document)
    kinds = (
        (_scaled, _numbered)
        if gentle
        else (_scaled, _numbered, _odd, _texted, _dropped, _inserted, _repeated)
    )
    for _ in range(random.randint(1, 4)):
        places = _places(changed)
        if places:
            random.choice(kinds)(random, places)
    text = json.dumps(changed, ensure_ascii=random.random() < 0.5, indent=1)
    return text if gentle else _damaged(text, random)


def _places(document: Any) -> list[Place]:
    """Every place in a document."""
    found: list[Place] = []
    todo = [document]
    while todo:
        holder = todo.pop()
        for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
            found.append((holder, key))
            if isinstance(value, dict | list):
                todo.append(value)
    return found


def _numeric(random: Random, places: list[Place]) -> Place:
    numeric = [
        (holder, key)
        for holder, key in places
        if isinstance(holder[key], int | float) and not isinstance(holder[key], bool)
    ]
    return random.choice(numeric or places)


def _scaled(random: Random, places: list[Place]) -> None:
    holder, key = _numeric(random, places)
    if isinstance(holder[key], int | float):
        holder[key] *= random.choice(FACTORS)


def _numbered(random: Random, places: list[Place]) -> None:
    holder, key = _numeric(random, places)
    holder[key] = random.choice(NUMBERS)


def _odd(random: Random, places: list[Place]) -> None:
    holder, key = random.choice(places)
    holder[key] = deepcopy(random.choice(ODD))


def _texted(random: Random, places: list[Place]) -> None:
    holder, key = random.choice(places)
    holder[key] = random.choice(TEXTS)


def _dropped(random: Random, places: list[Place]) -> None:
    holder, key = random.choice(places)
    del holder[key]


def _inserted(random: Random, places: list[Place]) -> None:
    holder, key = random.choice(places)
    value = deepcopy(random.choice((*NUMBERS, *ODD, *TEXTS)))
    if isinstance(holder, dict):
        holder[random.choice((*KEYS, *TEXTS))] = value
    else:
        holder.insert(key, value)


def _repeated(random: Random, places: list[Place]) -> None:
    """Repeats an entry of a list, or writes one thing in the place of another."""
    holder, key = random.choice(places)
    other, elsewhere = random.choice(places)
    if isinstance(holder, list):
        holder.append(deepcopy(holder[key]))
    else:
        holder[key] = deepcopy(other[elsewhere])


def _damaged(text: str, random: Random) -> str:
    """The text changed, one time in six: a line doubled or lost, a piece cut out, or nested without end."""
    lines = text.splitlines()
    n, at = random.randrange(len(lines)), random.randrange(len(text))
    damages: tuple[Callable[[], str], ...] = (
        lambda: "\n".join([*lines[:n], lines[n], *lines[n:]]),
        lambda: "\n".join([*lines[:n], *lines[n + 1 :]]),
        lambda: text[:at] + text[at + random.randint(1, 40) :],
        lambda: text[:at] + random.choice(TEXTS) + text[at:],
        lambda: text.replace("0.5", "[" * (depth := random.choice((5, 60, 3000))) + "]" * depth, 1),
        lambda: text.replace("1.0", '{"a":' * (depth := random.choice((5, 60, 3000))) + "1" + "}" * depth, 1),
    )
    return random.choice(damages)() if random.random() < 1 / 6 else text
