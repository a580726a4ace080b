"""Sets and parameters of the rules on burdens (family 6); all empty where a problem has no such rule.

Burdens relative to GDP are in thousandths, so that coefficients stay near 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import pandas as pd

from concord.formulation.labelling import index_of, parameter, without_level
from concord.formulation.parameters import Parameters
from concord.formulation.ranking import Network, Wire, sorting_network
from concord.models import BurdenRule

THOUSANDTHS = 1000.0
INPUTS = ("first", "second")


@dataclass(frozen=True)
class BurdenSharing:
    """Which burdens are looked at, by which rule, over which spells."""

    parameters: Parameters

    @cached_property
    def rules(self) -> tuple[BurdenRule, ...]:
        """All rules in order."""
        return self.parameters.problem.burden_sharing

    @cached_property
    def senders(self) -> pd.Index:
        """`state, period` of contributors, where what troops cost them bears on a rule."""
        counted = bool(self.rules) and self.parameters.unit_burden > 0
        sendings = self.parameters.sets.sendings
        return sendings if counted else sendings[:0]

    @cached_property
    def providers(self) -> pd.Index:
        """`monitor, state, period` of whom teams can come, where what they cost bears on a rule."""
        teams = self.parameters.sets.teams
        counted = bool(self.rules) and len(self.parameters.team_burden) > 0
        return without_level(teams if counted else teams[:0], "zone").drop_duplicates()

    @cached_property
    def burdens(self) -> pd.Index:
        """`state, period` of everybody whom a rule looks at."""
        problem = self.parameters.problem
        looked_at = {state.id for rule in self.rules for state in problem.sharers(rule)}
        ids = [state.id for state in problem.states if state.id in looked_at]
        return index_of(product(ids, problem.periods), "state", "period")

    @cached_property
    def relative(self) -> pd.Index:
        """`rule, state, period`: each burden of each rule, a spell being named by its last period."""
        problem = self.parameters.problem
        return index_of(
            (
                (rule.id, state.id, last)
                for rule in self.rules
                for state in problem.sharers(rule)
                for last in problem.spans(rule.over)
            ),
            "rule", "state", "period",
        )  # fmt: skip

    @cached_property
    def bounded(self) -> pd.Index:
        """`rule, period` of rules on the largest and the smallest burden."""
        return self._spells(lambda rule: rule.spread is not None or rule.ratio is not None)

    @cached_property
    def proportional(self) -> pd.Index:
        """`rule, period` of rules of equal sacrifice."""
        return self._spells(lambda rule: rule.equal_sacrifice is not None)

    @cached_property
    def even(self) -> pd.Index:
        """`rule, period` of rules on the Gini coefficient."""
        return self._spells(lambda rule: rule.gini is not None)

    @cached_property
    def ranked(self) -> pd.Index:
        """`rule, comparator, side, period` of what leaves each comparator."""
        return index_of(
            (
                (rule.id, number, side, last)
                for rule, network in self._networks
                for number in range(len(network.comparators))
                for side in ("lower", "higher")
                for last in self.parameters.problem.spans(rule.over)
            ),
            "rule", "comparator", "side", "period",
        )  # fmt: skip

    @cached_property
    def averages(self) -> pd.Series[float]:
        """Thousandths of GDP in a rule's spell per million USD in a period `within` it."""
        problem = self.parameters.problem
        return parameter(
            {
                (rule.id, state.id, within, last): THOUSANDTHS / state.gdp / len(spell)
                for rule in self.rules
                for state in problem.sharers(rule)
                for last, spell in problem.spans(rule.over).items()
                for within in spell
            },
            "rule", "state", "within", "period",
        )  # fmt: skip

    @cached_property
    def gdp(self) -> pd.Series[float]:
        """Million USD per thousandth of GDP, by `state`."""
        return parameter({s.id: s.gdp / THOUSANDTHS for s in self.parameters.problem.states}, "state")

    @cached_property
    def sacrifice(self) -> pd.Series[float]:
        """Share of the whole burden that equal sacrifice asks of each `rule, state`."""
        shares: dict[tuple[str, str], float] = {}
        for rule in self.rules:
            if rule.equal_sacrifice is not None:
                sharers = self.parameters.problem.sharers(rule)
                exponent, richest = rule.equal_sacrifice.exponent, max(state.gdp for state in sharers)
                keys = {state.id: (state.gdp / richest) ** exponent for state in sharers}
                whole = sum(keys.values())
                shares |= {(rule.id, state): key / whole for state, key in keys.items()}
        return parameter(shares, "rule", "state")

    @cached_property
    def entering_figures(self) -> pd.Series[float]:
        """1 where a state's burden enters a comparator: `rule, comparator, input, state`."""
        return parameter(
            {(*place, wire): 1.0 for *place, wire in self._entering() if isinstance(wire, str)},
            "rule", "comparator", "input", "state",
        )  # fmt: skip

    @cached_property
    def entering_wires(self) -> pd.Series[float]:
        """1 where what leaves one comparator enters another: `rule, comparator, input, source, branch`."""
        return parameter(
            {(*place, *wire): 1.0 for *place, wire in self._entering() if not isinstance(wire, str)},
            "rule", "comparator", "input", "source", "branch",
        )  # fmt: skip

    @cached_property
    def rank_weights(self) -> pd.Series[float]:
        """`(2 k - n - 1) / n` of the k-th smallest of n burdens, by `rule, comparator, side`.

        The sum over all ranks is the sum of the differences of all pairs over n.
        """
        return parameter(
            {
                (rule.id, *wire): (2 * k - len(network.sorted) - 1) / len(network.sorted)
                for rule, network in self._networks
                for k, wire in enumerate(network.sorted, start=1)
                if isinstance(wire, tuple)
            },
            "rule", "comparator", "side",
        )  # fmt: skip

    def limit(self, name: str) -> pd.Series[float]:
        """A limit by `rule`, of the rules that have it."""
        given = {rule.id: getattr(rule, name) for rule in self.rules}
        return parameter({rule: limit for rule, limit in given.items() if limit is not None}, "rule")

    @cached_property
    def _networks(self) -> tuple[tuple[BurdenRule, Network], ...]:
        sharers = self.parameters.problem.sharers
        return tuple(
            (rule, sorting_network(len(sharers(rule)))) for rule in self.rules if rule.gini is not None
        )

    def _entering(self) -> Iterator[tuple[str, int, str, str | tuple[int, str]]]:
        """Rule, comparator, input, and the state or the wire that enters there."""
        for rule, network in self._networks:
            ids = [state.id for state in self.parameters.problem.sharers(rule)]
            for number, pair in enumerate(network.comparators):
                for place, wire in zip(INPUTS, pair, strict=True):
                    yield rule.id, number, place, _source(wire, ids)

    def _spells(self, wanted: Callable[[BurdenRule], bool]) -> pd.Index:
        problem = self.parameters.problem
        return index_of(
            ((rule.id, last) for rule in self.rules if wanted(rule) for last in problem.spans(rule.over)),
            "rule", "period",
        )  # fmt: skip


def _source(wire: Wire, ids: list[str]) -> str | tuple[int, str]:
    return ids[wire] if isinstance(wire, int) else wire
