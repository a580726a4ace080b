"""What the things of a problem are called, and figures as text."""

from __future__ import annotations

from collections.abc import Iterable

from concord.models import DesignProblem

from .about import head_name, state_name

_FAMILIES = {
    "complementarity": "{} (working together)",
    "frontier": "{}, along frontiers",
    "backlash": "Backlash of {}",
    "posture": "Posture of {}",
}
_POSTURES = {"own": "the state itself", "neighbours": "its neighbours"}


class Names:
    """Looks up names; what the problem does not know is called by its id."""

    def __init__(self, problem: DesignProblem) -> None:
        garrisons, monitoring = problem.garrisons, problem.monitoring
        self._problem = problem
        self.programmes = {each.id: each.name or each.id for each in problem.programmes}
        self.organs = {each.id: each.name or each.id for each in problem.organs}
        self.funds = {each.id: each.name or each.id for each in problem.funds}
        self.sites = {each.id: each.name or each.id for each in problem.sites}
        self.tiers = {each.id: each.name or each.id for each in (garrisons.tiers if garrisons else ())}
        self.missions = {each.id: each.name or each.id for each in problem.missions}
        self.zones = {each.id: each.name or each.id for each in (monitoring.zones if monitoring else ())}
        self.zone_kinds = {each.id: each.name or each.id for each in (monitoring.kinds if monitoring else ())}
        self.threats = {each.id: each.name or each.id for each in problem.threat_kinds}

        things = (self.programmes, self.organs, self.funds, self.sites, self.missions, self.zones)
        self._every = {state.id: state.name for state in problem.states}
        for each in things:
            self._every |= each

    def state(self, state: str) -> str:
        """The name of a state."""
        return state_name(self._problem, state)

    def states(self, states: Iterable[str]) -> str:
        """Names of states in a row."""
        return ", ".join(self.state(state) for state in states)

    def subject(self, text: str) -> str:
        """What a rule is about (ids and years, parted by commas), with names for ids."""
        return ", ".join(self._every.get(part, part) for part in text.split(", "))

    def head(self, head: str) -> str:
        """The name of a head of expenditure: a programme, or a kind of cost."""
        return head_name(self._problem, head)

    def instrument(self, key: str) -> str:
        """An instrument, as attributions name it, in words."""
        family, _, name = key.partition(":")
        if family == "programme":
            return self.programmes.get(name, name)
        if family == "mission":
            return self.missions.get(name, name)
        if family == "zone-kind":
            return f"Monitoring: {self.zone_kinds.get(name, name)}"
        if family == "posture":
            return _FAMILIES[family].format(_POSTURES.get(name, name))
        if family in _FAMILIES:
            return _FAMILIES[family].format(self.programmes.get(name, name.replace("-", " ").capitalize()))
        return key.replace("-", " ").capitalize()


def money(amount: float) -> str:
    """An amount with as many digits as matter.

    >>> money(1234.56), money(12.34), money(0.0123)
    ('1,235', '12.3', '0.012')
    """
    if abs(amount) >= 100:
        return f"{amount:,.0f}"
    return f"{amount:,.1f}" if abs(amount) >= 1 or amount == 0 else f"{amount:.2g}"


def signed(change: float) -> str:
    """A relative change, with a true minus sign.

    >>> signed(0.123), signed(-0.0456), signed(0.0)
    ('+12.3%', '−4.6%', '0.0%')
    """
    text = f"{change:+.1%}"
    return "0.0%" if text in ("+0.0%", "-0.0%") else text.replace("-", "−")


def listed(parts: list[str]) -> str:
    """Words in a row, with `and` before the last.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
