"""Rising relations: `result <= (exp(argument) - 1) / rate`, not a convex set, and linear ceilings over it.

The argument is the rate times something. Where the rate is near 0, so is the argument, and the result is near
that something: what follows speaks of the exponential, and is computed as what it has beyond 1, so that no
digit is lost by the division.

Two ceilings hold at every point of a box. The *secant* of the exponential over the range of the argument
needs nothing else, and is loose where the range is wide. The *joint* ceiling looks into the argument. A
majorant `argument <= constant + sum_k e[k] z[k] + sum_d b[d] x[d]`, affine and tight at a point, splits it
in two:

* Intensities `z[k] <= log A[k]` with `e[k] > 0` that are as high as they may be: `exp(e z) <= A^e`, and a
  product of powers whose exponents add up to less than 1 is concave in the `A`, however wide their ranges.
  Nothing is lost on them.
* All others are drivers with ranges, on the positions `pi[d]` in 0..1 of which the exponential is convex and
  supermodular. Its concave envelope over the box is then the Lovasz extension: with the drivers in the order
  of falling positions, every one adds its own rise on top of those before it, times its position (Lovasz
  1983; Tawarmalani, Richard and Xiong 2013). It is exact wherever every driver is at an end of its range.

Weighted arithmetic and geometric means join the two. With `rho = 1 - sum e > 0`, `z0 = log A0` and any `y0`,

    exp(sum e z + y) = exp(sum e z0 + y0) * prod (A/A0)^e * (exp((y - y0) / rho))^rho
                    <= exp(sum e z0 + y0) * (sum e A/A0 + rho exp((y - y0) / rho)),

and the last exponential is replaced by its envelope. What error is left is in drivers between the ends of
their ranges, so that it vanishes as a search divides these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from concord.algebra import Curve, Expression, Program, extremes
from concord.solving.box import Box
from concord.solving.tangents import Rows

Values = NDArray[np.float64]

MOST_ABSORBED = 0.85
"""Largest sum of exponents that the concave part of a ceiling takes over."""
MOST_STRETCH = 10.0
"""Range of the drivers in logs, over rho, beyond which a ceiling would be numerically worthless."""
LEAST_ARGUMENT = 1e-6
"""Where the concave part of a ceiling is touched at the least."""
HIGHEST = 700.0
"""Logarithm of the largest exponential that is computed."""
STEEPEST = 1e6
"""Slope beyond which a ceiling is left out, for it would be worthless and no solver would take it."""
REACHED = 1e-3
"""Distance in logs of an intensity from its curve that counts as none."""
NARROW = 1e-12
"""Width of a range that counts as none."""


@dataclass(frozen=True, eq=False)
class Affine:
    """`matrix @ x + constant`, one row for each label."""

    matrix: sparse.csr_array
    constant: Values

    @classmethod
    def of(cls, expression: Expression, width: int) -> Affine:
        """An expression over the first `width` columns of its program."""
        return cls(expression.terms.matrix(expression.size, width), np.asarray(expression.constant))

    def at(self, values: Values) -> Values:
        """Its value at a point."""
        return np.asarray(self.matrix @ values + self.constant)


@dataclass(frozen=True, eq=False)
class Rising:
    """`result <= (exp(argument) - 1) / rate` for each label."""

    result: Affine
    argument: Affine
    least: Values
    """Below which the argument falls at no point of the true program; minus infinity where unknown."""
    majorant: Callable[[Values], Affine]
    """At a point, an affine function that the argument nowhere exceeds and that is tight there."""
    rate: float = 1.0


@dataclass(frozen=True, eq=False)
class _Split:
    """A majorant at a point, split into a concave part and drivers."""

    powers: sparse.csr_array
    """Exponent of every intensity."""
    drivers: sparse.csr_array
    log_height: Values
    """The majorant at the point."""

    @property
    def height(self) -> Values:
        """Its exponential."""
        return np.asarray(np.exp(self.log_height))

    @cached_property
    def absorbed(self) -> Values:
        """Sum of the exponents of each label."""
        return np.asarray(self.powers.sum(axis=1), dtype=np.float64).ravel()

    @property
    def rho(self) -> Values:
        """What is left of 1."""
        return 1.0 - self.absorbed


class RisingCeilings:
    """Ceilings over the rising relations of a program, in one box."""

    def __init__(self, program: Program, rising: Rising, box: Box) -> None:
        self._program = program
        self._rising = rising
        self.box = box
        self._width = box.upper - box.lower
        self._most = np.full(len(rising.least), np.inf)

    def rows_at(self, values: Values) -> Rows:
        """Secants, and joint ceilings that are tight at `values` as far as the box allows."""
        majorant = self._rising.majorant(values)
        _, most = extremes(majorant.matrix, self.box.lower, self.box.upper)
        self._most = np.minimum(self._most, majorant.constant + most)
        every, reached = np.ones(len(self._absorbers[0]), dtype=bool), self._reached(values)
        parts = [self._secants(), self._joint(values, self._split(values, majorant, every))]
        if not reached.all():
            parts.append(self._joint(values, self._split(values, majorant, reached)))
        matrices, bounds = zip(*parts, strict=True)
        stacked = sparse.csr_array(sparse.vstack(matrices, format="csr"))
        upper = np.concatenate(bounds)
        return stacked, np.full(len(upper), -np.inf), upper

    def highest(self, values: Values) -> Values:
        """What no result exceeds in the box, by the majorant at a point; infinite where unknown."""
        majorant = self._rising.majorant(values)
        _, most = extremes(majorant.matrix, self.box.lower, self.box.upper)
        highest = majorant.constant + most
        within = np.expm1(np.minimum(highest, HIGHEST)) / self._rising.rate
        return np.asarray(np.where(highest <= HIGHEST, within, np.inf))

    def raised(self, values: Values) -> Values:
        """The point with every intensity as high as its curve and its limit let it be."""
        columns, _ = self._absorbers
        point = values.copy()
        point[columns] = np.maximum(point[columns], np.log(self._touched(values)[0]))
        return point

    def strain(self, values: Values, worth: Values) -> Values:
        """For each column, the loss by its position inside its range, weighted by `worth` of each label."""
        split = self._split(values, self._rising.majorant(values), self._reached(values))
        drivers = split.drivers
        rise = np.abs(drivers.data) * self._width[drivers.indices]
        place = self._positions(values, drivers)
        of = np.repeat(np.arange(drivers.shape[0]), np.diff(drivers.indptr))
        loss = (worth * split.height / split.rho)[of] * rise**2 * place * (1 - place) / self._rising.rate
        return np.asarray(np.bincount(drivers.indices, loss, len(values)), dtype=np.float64)

    # The two ceilings ---------------------------------------------------------------------------------

    def _secants(self) -> tuple[sparse.csr_array, Values]:
        """`exp(low) + slope (argument - low)` where the range is known."""
        rising, low, high = self._rising, self._rising.least, self._most
        which = np.flatnonzero(np.isfinite(low) & np.isfinite(high))
        low, high = low[which], np.maximum(high[which], low[which] + NARROW)
        slope = np.exp(low) * np.expm1(high - low) / (high - low) / rising.rate
        matrix = rising.result.matrix[which] - sparse.diags_array(slope) @ rising.argument.matrix[which]
        constant = slope * rising.argument.constant[which] - rising.result.constant[which]
        return sparse.csr_array(matrix), np.expm1(low) / rising.rate - slope * low + constant

    def _joint(self, values: Values, split: _Split) -> tuple[sparse.csr_array, Values]:
        """`height (sum e A/A0 + rho envelope)`."""
        rising = self._rising
        touched, constant = self._concave(values, split)
        envelope, base = self._envelope(values, split)
        steepest = abs(envelope).max(axis=1).toarray().ravel() * split.height / rising.rate
        sound = np.isfinite(base) & (steepest < STEEPEST) & (split.log_height < HIGHEST)
        known = np.flatnonzero(sound)
        height = split.height[known] / rising.rate
        ceiling = sparse.diags_array(height) @ sparse.csr_array(touched + envelope)[known]
        matrix = sparse.csr_array(rising.result.matrix[known] - ceiling)
        beyond = np.expm1(split.log_height[known]) / rising.rate + height * (constant + base)[known]
        return matrix, beyond - rising.result.constant[known]

    def _concave(self, values: Values, split: _Split) -> tuple[sparse.csr_array, Values]:
        """`sum e A/A0` as an affine function; an intensity at its limit counts 1, whatever its A."""
        _, grown = self._absorbers
        at, capped = self._touched(values)
        share = np.where(capped, 0.0, 1.0 / at)
        powers = split.powers
        matrix = sparse.csr_array((powers @ sparse.diags_array(share)) @ grown.matrix)
        return matrix, np.asarray(powers @ np.where(capped, 1.0, share * grown.constant))

    def _envelope(self, values: Values, split: _Split) -> tuple[sparse.csr_array, Values]:
        """`rho exp((y - y0) / rho) - 1` by the Lovasz extension, as an affine function; infinite if
        unbounded.
        """
        drivers, rho = split.drivers, split.rho
        place = self._positions(values, drivers)
        rise = np.abs(drivers.data) * self._width[drivers.indices]
        slopes, base = np.zeros(drivers.nnz), np.zeros(len(rho))
        for row, part in enumerate(rho):
            here = slice(drivers.indptr[row], drivers.indptr[row + 1])
            order = np.lexsort((-rise[here], -np.round(place[here], 6)))
            below = rise[here] @ place[here]
            steps = np.concatenate([[0.0], np.cumsum(rise[here][order])]) - below
            if np.isfinite(steps).all():
                slopes[here][order] = part * np.exp(steps[:-1] / part) * np.expm1(np.diff(steps) / part)
                base[row] = part * np.expm1(steps[0] / part) - split.absorbed[row]
            else:
                base[row] = np.inf
        with np.errstate(invalid="ignore"):
            factor = np.sign(drivers.data) * slopes / np.maximum(self._width[drivers.indices], NARROW)
            origin = np.where(
                drivers.data > 0, self.box.lower[drivers.indices], self.box.upper[drivers.indices]
            )
            shift = np.bincount(
                np.repeat(np.arange(len(rho)), np.diff(drivers.indptr)), factor * origin, len(rho)
            )
        matrix = sparse.csr_array(
            (np.nan_to_num(factor), drivers.indices, drivers.indptr), shape=drivers.shape
        )
        return matrix, np.where(np.isfinite(base), base - shift, np.inf)

    # Majorants ----------------------------------------------------------------------------------------

    def _reached(self, values: Values) -> NDArray[np.bool_]:
        """Which intensities are as high as their curve lets them be.

        The others must be drivers somewhere, or else a relaxation could have their gains without them.
        """
        columns, _ = self._absorbers
        at, _ = self._touched(values)
        return np.asarray(np.log(at) - values[columns] <= REACHED)

    def _split(self, values: Values, majorant: Affine, absorbed: NDArray[np.bool_]) -> _Split:
        """The concave part and the drivers of a majorant, and its exponential at the point that is
        touched."""
        columns, _ = self._absorbers
        at, _ = self._touched(values)
        chosen = sparse.diags_array(absorbed.astype(float))
        powers = sparse.csr_array(majorant.matrix[:, columns].maximum(0) @ chosen)
        powers.eliminate_zeros()
        total = np.asarray(powers.sum(axis=1)).ravel()
        kept = np.minimum(1.0, MOST_ABSORBED / np.maximum(total, NARROW))
        spread = self._spread(majorant.matrix, powers, kept)
        kept = np.where(spread / (1 - kept * total) > MOST_STRETCH, 0.0, kept)
        powers = sparse.csr_array(sparse.diags_array(kept) @ powers)
        powers.eliminate_zeros()
        drivers = sparse.csr_array(majorant.matrix - powers @ self._selection)
        drivers.eliminate_zeros()
        lower, upper = self.box.lower, self.box.upper
        inside = np.clip(values, lower, upper)
        log_height = majorant.constant + drivers @ inside + powers @ np.log(at)
        return _Split(powers, drivers, np.minimum(log_height, HIGHEST))

    def _spread(self, matrix: sparse.csr_array, powers: sparse.csr_array, kept: Values) -> Values:
        """Width of the range of the drivers in logs."""
        drivers = matrix - sparse.diags_array(kept) @ powers @ self._selection
        return np.asarray(abs(drivers) @ np.where(np.isfinite(self._width), self._width, 1e300))

    def _positions(self, values: Values, drivers: sparse.csr_array) -> Values:
        """Where each driver lies in its range: 0 where it does least for the argument, 1 where most."""
        lower, width = self.box.lower[drivers.indices], np.maximum(self._width[drivers.indices], NARROW)
        with np.errstate(invalid="ignore"):
            place = np.clip((values[drivers.indices] - lower) / width, 0.0, 1.0)
        return np.where(drivers.data > 0, place, 1 - place)

    def _touched(self, values: Values) -> tuple[Values, NDArray[np.bool_]]:
        """`exp(z0)` of every intensity, and whether that is its limit."""
        columns, grown = self._absorbers
        at = np.maximum(grown.at(values), LEAST_ARGUMENT)
        limit = np.exp(np.minimum(self.box.upper[columns], 700.0))
        return np.minimum(at, limit), at >= limit

    @cached_property
    def _selection(self) -> sparse.csr_array:
        """Picks the columns of the intensities."""
        columns, _ = self._absorbers
        count, width = len(columns), self._program.width
        return sparse.csr_array((np.ones(count), (np.arange(count), columns)), shape=(count, width))

    @cached_property
    def _absorbers(self) -> tuple[NDArray[np.int64], Affine]:
        """Columns that are no more than the logarithm of something affine, and that.

        A switch `w` is no obstacle: `w log(a / w) <= log(a + 1 - w)`, the logarithm being concave.
        """
        columns, matrices, constants, width = [], [], [], self._program.width
        for curve in self._program.curves.values():
            result = Affine.of(curve.result, width)
            simple = (np.diff(result.matrix.indptr) == 1) & (result.constant == 0)
            if curve.kind is not Curve.LOG or not simple.all() or not (result.matrix.data == 1).all():
                continue
            grown = Affine.of(curve.argument, width)
            matrix, constant = grown.matrix, grown.constant
            if curve.weight is not None:
                switch = Affine.of(curve.weight, width)
                matrix, constant = matrix - switch.matrix, constant + 1 - switch.constant
            columns.append(result.matrix.indices)
            matrices.append(matrix)
            constants.append(constant)
        if not columns:
            return np.zeros(0, np.int64), Affine(sparse.csr_array((0, width)), np.zeros(0))
        stacked = sparse.csr_array(sparse.vstack(matrices, format="csr"))
        return np.concatenate(columns).astype(np.int64), Affine(stacked, np.concatenate(constants))
