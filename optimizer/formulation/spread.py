"""How far apart the coefficients of a program are, which is what costs a solver its digits."""

from __future__ import annotations

import numpy as np

from concord.algebra import MatrixForm
from concord.algebra.naming import Block

WIDEST = 1e9
"""A program of a wider spread is solved with fewer digits than a proof asks for, or not at all."""


def wide_spread(program: MatrixForm) -> str | None:
    """A sentence on the least and the largest coefficient, without a full stop; None where they are near."""
    sizes = np.abs(program.matrix.data)
    if not sizes.size or np.log10(sizes.max()) - np.log10(sizes.min()) <= np.log10(WIDEST):
        return None
    least, largest = int(sizes.argmin()), int(sizes.argmax())
    zeros = round(np.log10(sizes.max()) - np.log10(sizes.min()))
    return (
        f"figures lie further apart than a solver has digits, a factor of 1e{zeros}: "
        f"{sizes[largest]:.3g} for {_place(program, largest)}, {sizes[least]:.3g} for "
        f"{_place(program, least)}; look for a slip in their zeros or units"
    )


def _place(program: MatrixForm, entry: int) -> str:
    """Which decision a coefficient belongs to, and in which rule."""
    row = int(np.searchsorted(program.matrix.indptr, entry, side="right")) - 1
    column = int(program.matrix.indices[entry])
    return f"{_name(program.column_blocks, column)} in {_name(program.row_blocks, row)}"


def _name(blocks: tuple[Block, ...], number: int) -> str:
    for block in blocks:
        if number < block.labels.size:
            label = ", ".join(map(str, block.labels.label(number)))
            return f"{block.name} ({label})" if label else block.name
        number -= block.labels.size
    raise IndexError(number)
