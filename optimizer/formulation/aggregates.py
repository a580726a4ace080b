"""Sets and parameters of the measures in a program (docs/formulation.md, 11)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf, log

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from concord.formulation.aim import Aim
from concord.formulation.index_sets import IndexSets
from concord.formulation.labelling import index_of, members, parameter, spread
from concord.models import DesignProblem, Measure, StatedMeasure

REACH = 1500.0
"""Logs by which no two ratios differ that a computer holds as numbers."""


@dataclass(frozen=True)
class Aggregates:
    """Which measures need a decision of their own, over which ratios, and with which weights."""

    problem: DesignProblem
    sets: IndexSets
    aim: Aim

    @cached_property
    def weights(self) -> pd.Series[float]:
        """`w[i] ω[t]` by `state, period`, summing to 1."""
        states, periods = self.problem.state_weights(), self.problem.period_weights()
        return parameter(
            {(i, t): states[i] * periods[t] for i, t in members(self.sets.states)}, "state", "period"
        )

    def counted(self, stated: StatedMeasure) -> NDArray[np.bool_]:
        """Which of all ratios the measure looks at, in the order of the states and periods."""
        weighty = self.weights.to_numpy() > 0
        if stated.aversion < inf or stated != self.aim.stated or self.aim.lifted is None:
            return np.asarray(weighty)
        return np.array([term in self.aim.lifted for term in members(self.sets.states)], dtype=np.bool_)

    @cached_property
    def concave(self) -> dict[str, StatedMeasure]:
        """Measures whose logarithm is concave without being linear: those more averse than the geometric."""
        return {label: stated for label, stated in self.aim.measures.items() if stated.aversion > 1}

    @cached_property
    def rising(self) -> pd.Index:
        """`state, period` whose ratio is raised to a power that is maximised: those that weigh anything."""
        wanted = self.aim.stated.aversion < 1
        return self.sets.states[self.weights.to_numpy() > 0] if wanted else self.sets.states[:0]

    @cached_property
    def totals(self) -> pd.Index:
        """`state, period` whose threat counts in a ratio of totals."""
        wanted = self.aim.stated.measure is Measure.RATIO_OF_TOTALS
        return self.sets.states[self.weights.to_numpy() > 0] if wanted else self.sets.states[:0]

    @cached_property
    def logs(self) -> pd.Index:
        """`measure` whose logarithm is a decision."""
        return index_of(((label,) for label in self.concave), "measure")

    @cached_property
    def headroom(self) -> pd.Series[float]:
        """`-log(w ω) / (alpha - 1)` by `measure, state, period`: how far the measure may exceed the ratio.

        No more than `REACH`, since it grows beyond all bounds where alpha comes near 1.
        """
        return parameter(
            {
                (label, *term): min(REACH, -log(weight) / (stated.aversion - 1))
                for label, stated in self.concave.items()
                for term, weight, counts in zip(
                    members(self.sets.states), self.weights.to_numpy(), self.counted(stated), strict=True
                )
                if counts
            },
            "measure", "state", "period",
        )  # fmt: skip

    @cached_property
    def penalties(self) -> pd.Index:
        """`measure, state, period` where a ratio's part in a power mean is a decision."""
        powers = {label for label, stated in self.concave.items() if stated.aversion < inf}
        return index_of(
            (label for label in members(self.headroom.index) if label[0] in powers),
            "measure", "state", "period",
        )  # fmt: skip

    @cached_property
    def least_penalty(self) -> pd.Series[float]:
        """What a penalty goes to where the ratio is far above the measure."""
        rates = spread(self.excess_aversion, self.penalties).to_numpy()
        return pd.Series(-np.minimum(REACH, 1 / rates), index=self.penalties)

    @cached_property
    def exponent(self) -> float:
        """`1 - alpha`, of a measure that is less averse than the geometric mean."""
        return 1 - self.aim.stated.aversion

    @cached_property
    def least_worth(self) -> pd.Series[float]:
        """What the worth of a ratio goes to where the ratio goes to 0."""
        least = -min(REACH, 1 / self.exponent) if len(self.rising) else 0.0
        return pd.Series(least, index=self.rising)

    @cached_property
    def excess_aversion(self) -> pd.Series[float]:
        """`alpha - 1` by `measure`, for the power means."""
        return parameter(
            {label: stated.aversion - 1 for label, stated in self.concave.items() if stated.aversion < inf},
            "measure",
        )
