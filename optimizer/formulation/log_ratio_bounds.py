"""What bounds the log ratios from above and below by affine functions and by numbers.

From S.7, `c <= log C0 + (C - C0) / C0` for any `C0`; from S.5, `l >= sum p (log T[theta] - log p)` for any
shares `p` that sum to 1. Put together, `lambda = c - l` is below an affine function of the decisions that
S.4 and S.6 are written in, tight where `C0` and `p` are those of the point. Postures are replaced by what
moves them (S.3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import spsolve

from concord.algebra import Program, Variables, extremes
from concord.formulation.equation import Scene
from concord.formulation.labelling import without_level

Values = NDArray[np.float64]
Affine = tuple[sparse.csr_array, Values]
"""Matrix and constant, one row for each label."""

LEAST_SHARE = 1e-12
"""Of a kind of threat in all of a state's threats."""


@dataclass(frozen=True, eq=False)
class LogRatioBounds:
    """Bounds of `lambda[i,t]`, in the order of the states and periods of the scene."""

    program: Program
    scene: Scene

    def above(self, point: Values) -> Affine:
        """An affine function that no log ratio exceeds, tight at a point of the true program."""
        d = self.scene.decisions
        capacity = np.maximum(point[d.capacity.columns], np.finfo(float).tiny)
        log_kind = point[d.log_threat.columns]
        shares = np.maximum(np.exp(log_kind - self._log_sums(log_kind)[self._of_state]), LEAST_SHARE)
        shares /= np.bincount(self._of_state, shares, len(capacity))[self._of_state]
        (by_capacity, initial), (by_threat, threats) = self._capacities, self._threats
        scaled = sparse.diags_array(1 / capacity)
        count = len(self._of_state)
        mixed = sparse.csr_array((shares, (self._of_state, np.arange(count))), (len(capacity), count))
        constant = np.log(capacity) - 1 + initial / capacity - mixed @ (threats - np.log(shares))
        matrix = sparse.csr_array(scaled @ by_capacity - mixed @ by_threat)
        matrix.eliminate_zeros()
        return matrix, np.asarray(constant)

    def below(self, lower: Values, upper: Values) -> Values:
        """What no log ratio falls below where the columns are within bounds; minus infinity where unknown."""
        (by_capacity, initial), (by_threat, threats) = self._capacities, self._threats
        capacity = initial + extremes(by_capacity, lower, upper)[0]
        threat = self._log_sums(threats + extremes(by_threat, lower, upper)[1])
        with np.errstate(divide="ignore", invalid="ignore"):
            least = np.where(capacity > 0, np.log(np.maximum(capacity, 0.0)) - threat, -np.inf)
        promised = self.program.constraints.get("benefit.nobody_worse_off")
        if promised is not None:
            rows = self.scene.sets.states.get_indexer(promised.index)
            least[rows] = np.maximum(least[rows], promised.lower)
        return np.asarray(least)

    @cached_property
    def _of_state(self) -> NDArray[np.int64]:
        """To which state and period each kind of threat belongs."""
        kinds = without_level(self.scene.sets.threats, "threat")
        return np.asarray(self.scene.sets.states.get_indexer(kinds), dtype=np.int64)

    def _log_sums(self, log_kind: Values) -> Values:
        """Logarithm of the sum of all kinds of threat to each state."""
        count = len(self.scene.sets.states)
        largest = np.full(count, -np.inf)
        np.maximum.at(largest, self._of_state, log_kind)
        return largest + np.log(
            np.bincount(self._of_state, np.exp(log_kind - largest[self._of_state]), count)
        )

    @cached_property
    def _capacities(self) -> Affine:
        return self._defined("security.capacity", self.scene.decisions.capacity)

    @cached_property
    def _threats(self) -> Affine:
        return self._defined("security.threats", self.scene.decisions.log_threat)

    @cached_property
    def _postures(self) -> Affine:
        """Every posture by what moves it, the fixed point being solved."""
        posture, width = self.scene.decisions.posture, self.program.width
        if not posture.size:
            return sparse.csr_array((0, width)), np.zeros(0)
        block = self.program.constraints["dilemma.posture"]
        own = sparse.csc_array(block.matrix[:, posture.columns])
        moved = sparse.csc_array(_without(block.matrix, posture, width))
        return sparse.csr_array(-spsolve(own, moved)), np.asarray(spsolve(own, block.lower))

    def _defined(self, name: str, variables: Variables) -> Affine:
        """`variables` by the equation that defines them, in its order, postures replaced."""
        posture, width = self.scene.decisions.posture, self.program.width
        block = self.program.constraints[name]
        rest = sparse.csr_array(-_without(block.matrix, variables, width))
        by_posture = sparse.csr_array(rest[:, posture.columns])
        moved, still = self._postures
        matrix = sparse.csr_array(_without(rest, posture, width) + by_posture @ moved)
        return matrix, np.asarray(block.lower + by_posture @ still)


def _without(matrix: sparse.csr_array, variables: Variables, width: int) -> sparse.csr_array:
    """The matrix with zeros in the columns of `variables`, as wide as the program."""
    kept = np.ones(width)
    kept[variables.columns] = 0.0
    wide = sparse.csr_array((matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], width))
    left = sparse.csr_array(wide @ sparse.diags_array(kept))
    left.eliminate_zeros()
    return left
