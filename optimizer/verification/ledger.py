"""What the verifier writes down: rules checked, rules broken, and slacks of rules called binding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite

from .rules import RULES
from .tolerance import Quantity, Tolerance

Subject = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks."""

    rule: str
    """Number of the rule, such as `1.4`."""
    name: str
    """Such as `funds.coverage`."""
    subject: str
    """Such as `mediation, balkans, 1994`."""
    amount: float
    """By how much, in `unit`."""
    unit: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule} {self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule as it stands in the plan."""

    slack: float
    limit: float
    unit: str


class Ledger:
    """Collects what is checked. Figures that are not numbers break every rule they enter."""

    def __init__(self, tolerance: Tolerance, watched: Collection[str] = ()) -> None:
        """`watched` names the rules of which every instance is kept for `instance`."""
        self.tolerance = tolerance
        self.violations: list[Violation] = []
        self.checked: Counter[str] = Counter()
        self._watched = frozenset(watched)
        self._absolute = {quantity: tolerance.absolute(quantity) for quantity in Quantity}
        self._instances: dict[tuple[str, frozenset[str]], dict[str, Instance]] = {}

    def at_most(
        self, name: str, subject: Subject, value: float, limit: float, quantity: Quantity, text: str
    ) -> None:
        """Demand `value <= limit`; `text` is formatted with the parts of the subject, `value` and `limit`."""
        self._record(name, subject, limit - value, limit, quantity)
        if not value <= limit + self._allowance(quantity, limit):
            words = _words(text, subject, value, limit, quantity)
            self._break(name, subject, value - limit, quantity, (words, "excess"))

    def at_least(
        self, name: str, subject: Subject, value: float, limit: float, quantity: Quantity, text: str
    ) -> None:
        """Demand `value >= limit`."""
        self._record(name, subject, value - limit, limit, quantity)
        if not value >= limit - self._allowance(quantity, limit):
            words = _words(text, subject, value, limit, quantity)
            self._break(name, subject, limit - value, quantity, (words, "short by"))

    def equal(
        self, name: str, subject: Subject, value: float, true: float, quantity: Quantity, text: str
    ) -> None:
        """Demand `value == true`; in `text`, `limit` is the true figure."""
        self._record(name, subject, 0.0, true, quantity)
        if not abs(value - true) <= self._allowance(quantity, true):
            words = _words(text, subject, value, true, quantity)
            self._break(name, subject, abs(value - true), quantity, (words, "off by"))

    def share(
        self, name: str, subject: Subject, parts: tuple[float, float, float], quantity: Quantity, text: str
    ) -> None:
        """Demand `part <= share * whole`, `parts` being (part, whole, share); reported in shares.

        The tolerance is that of `quantity`, in which part and whole are counted, so that a small whole does
        not make the rule sharper than the figures are.
        """
        part, whole, share = parts
        self._record(name, subject, share * whole - part, share * whole, quantity)
        if not part <= share * whole + self._allowance(quantity, share * whole):
            value = part / whole if whole else float("inf")
            words = _words(text, subject, value, share, Quantity.SHARE)
            self._break(name, subject, value - share, Quantity.SHARE, (words, "excess"))

    def share_at_least(
        self, name: str, subject: Subject, parts: tuple[float, float, float], quantity: Quantity, text: str
    ) -> None:
        """Demand `part >= share * whole`, like `share`."""
        part, whole, share = parts
        self._record(name, subject, part - share * whole, share * whole, quantity)
        if not part >= share * whole - self._allowance(quantity, share * whole):
            value = part / whole if whole else 0.0
            words = _words(text, subject, value, share, Quantity.SHARE)
            self._break(name, subject, share - value, Quantity.SHARE, (words, "short by"))

    def demand(self, name: str, subject: Subject, kept: bool, text: str) -> None:
        """Demand something that holds or does not."""
        self.checked[RULES[name]] += 1
        if not kept:
            words = text.format(*subject)
            self.violations.append(Violation(RULES[name], name, _listed(subject), 1.0, "", words))

    def instance(self, name: str, subject: str, unit: str) -> Instance | None:
        """How a watched rule stands for `subject`, whatever the order of its parts.

        Of a rule that limits several quantities, as it stands in the one that is counted in `unit`.
        """
        found = self._instances.get((name, frozenset(subject.split(", "))), {})
        alone = next(iter(found.values())) if len(found) == 1 else None
        return found.get(unit, alone)

    def counts(self) -> Mapping[str, int]:
        """Number of instances checked, by number of the rule, in the order of the rules."""
        order = dict.fromkeys(RULES.values())
        return {number: self.checked[number] for number in order if self.checked[number]}

    def _allowance(self, quantity: Quantity, limit: float) -> float:
        return self._absolute[quantity] + self.tolerance.relative * abs(limit)

    def _record(self, name: str, subject: Subject, slack: float, limit: float, quantity: Quantity) -> None:
        self.checked[RULES[name]] += 1
        if name in self._watched:
            known = self._instances.setdefault((name, frozenset(map(str, subject))), {})
            if quantity.value not in known or slack < known[quantity.value].slack:
                known[quantity.value] = Instance(slack, limit, quantity.value)

    def _break(
        self, name: str, subject: Subject, amount: float, quantity: Quantity, words: tuple[str, str]
    ) -> None:
        message = f"{words[0]} ({words[1]} {_measured(amount, quantity, points=True)})"
        if quantity is Quantity.SHARE:
            amount *= 100
        self.violations.append(
            Violation(RULES[name], name, _listed(subject), amount, quantity.value, message)
        )


def _listed(subject: Subject) -> str:
    return ", ".join(map(str, subject))


def _words(text: str, subject: Subject, value: float, limit: float, quantity: Quantity) -> str:
    stated, allowed = _measured(value, quantity), _measured(limit, quantity)
    return text.format(*subject, value=stated, limit=allowed)


def _measured(figure: float, quantity: Quantity, *, points: bool = False) -> str:
    """A figure with its unit; shares in percent, their differences in points."""
    if quantity is Quantity.SHARE:
        return f"{_number(100 * figure)} {'points' if points else '%'}"
    if quantity in {Quantity.COUNT, Quantity.FACTOR}:
        return _number(figure)
    return f"{_number(figure)} {quantity.value}"


def _number(figure: float) -> str:
    """Readable at any size.

    >>> _number(1234.5), _number(2e-6), _number(0.25)
    ('1,234.5', '2e-06', '0.25')
    """
    if not isfinite(figure) or (figure and not 1e-3 <= abs(figure) < 1e12):
        return f"{figure:.3g}"
    return f"{figure:,.4f}".rstrip("0").rstrip(".")
