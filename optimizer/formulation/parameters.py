"""Parameters of the program as labelled series, derived from the problem.

Troops are in thousands and money in million USD inside the program, so that coefficients stay near 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from concord.formulation.force_parameters import ForceParameters
from concord.formulation.labelling import index_of, parameter
from concord.models import Head
from concord.models.fund import COMMON
from concord.models.quantities import in_period


@dataclass(frozen=True)
class Parameters(ForceParameters):
    """Numbers of the problem, on the dimensions that the equations name; those of money are here."""

    @cached_property
    def region_of(self) -> dict[str, str]:
        """State to region."""
        return {state.id: state.region for state in self.problem.states}

    def fund_figure(self, field: str) -> pd.Series[float]:
        """`budget` or `commitment` by `fund, period`, where given."""
        return parameter(
            {
                (fund.id, t): in_period(getattr(fund, field), t)
                for fund in self.problem.funds
                if getattr(fund, field) is not None
                for t in self.sets.periods
            },
            "fund", "period",
        )  # fmt: skip

    @cached_property
    def scale_share(self) -> pd.Series[float]:
        """Share by `payer, fund` of the funds with a scale."""
        return parameter(
            {
                (payer, fund.id): share
                for fund in self.problem.funds
                if fund.scale
                for payer, share in fund.scale.shares(
                    self.problem.payers(fund), fund.floor, fund.ceiling
                ).items()
            },
            "payer", "fund",
        )  # fmt: skip

    @cached_property
    def arrears_rate(self) -> pd.Series[float]:
        """Share of what is assessed that does not arrive, by `payer, fund`, where there is one."""
        return parameter(
            {
                (payer.id, fund.id): 1 - fund.delivered(payer.id)
                for fund in self.problem.funds
                for payer in self.problem.payers(fund)
                if fund.delivered(payer.id) < 1
            },
            "payer", "fund",
        )  # fmt: skip

    def place(self, head: Head, region: str | None = COMMON) -> pd.Series[float]:
        """1 at a head, and at a region unless that is None: a product with it puts a cost in its place."""
        if region is None:
            return parameter({head.value: 1.0}, "head")
        return pd.Series([1.0], index=index_of([(head.value, region)], "head", "region"))
