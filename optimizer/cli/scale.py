"""`concord scale`: scales of assessments from a file of yearly figures."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ValidationError

from concord.errors import BadInput, Fault
from concord.export import csv_text, write_file
from concord.loading.economic_figures import EconomicFigures, load_economic_figures
from concord.models.assessment import AssessmentSteps, CapacityToPay, assess
from concord.models.base import Model
from concord.models.shares import bounded_shares
from concord.models.tiers import AssessmentTier, AssessmentTiers, tiered_shares

from .options import AsJson, Overwrite
from .plain import PlainCommand, PlainGroup
from .rendering.assessment import key_table, print_tables, scale_table, step_table

NAME = "scale"
TRIENNIUM, LAG = 3, 5
"""A scale of the United Nations serves three years and rests on figures up to five years before its last."""

app = typer.Typer(cls=PlainGroup, help="Make a scale of assessments from a file of yearly figures of states.")

DataFile = Annotated[
    Path,
    typer.Option(
        "--data",
        metavar="FILE",
        help="CSV with the columns state, year, population (persons), gni or gdp (million USD), "
        "external_debt (million USD), least_developed (true or false), name.",
    ),
]
OutTable = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write every figure as CSV.")
]
FigureYear = Annotated[
    int | None, typer.Option("--year", help="The year of the figures; the last of the file by default.")
]


class StepRow(AssessmentSteps):
    """A state in one base period, as a row of the file that `--out` names."""

    name: str
    base_period: str
    threshold: float
    """USD a head."""
    scale_share: float
    """The mean of the machine scales: the state's share."""


class ShareRow(Model):
    """A state's share on a scale without steps."""

    id: str
    name: str
    key: float
    share: float


@app.command("un", cls=PlainCommand)
def capacity_to_pay(  # noqa: PLR0913 -- one parameter for each option
    *,
    data: DataFile,
    year: Annotated[
        int | None, typer.Option("--year", help="A year that the scale is to serve, such as 2021.")
    ] = None,
    last_year: Annotated[
        int | None, typer.Option("--last-year", help="Last year of the base periods, instead of --year.")
    ] = None,
    base_period: Annotated[
        list[int] | None, typer.Option("--base-period", help="Years of a base period; 3 and 6 by default.")
    ] = None,
    debt_repayment: Annotated[float, typer.Option(help="Share of the debt stock deducted a year.")] = 0.125,
    threshold: Annotated[
        float | None, typer.Option(help="Income per head, USD; the mean of all states by default.")
    ] = None,
    gradient: Annotated[float, typer.Option(help="Relief per distance from the threshold.")] = 0.8,
    floor: Annotated[float, typer.Option(help="Least share.")] = 0.00001,
    least_developed_ceiling: Annotated[
        float, typer.Option(help="Largest share of a least developed state.")
    ] = 0.0001,
    ceiling: Annotated[float, typer.Option(help="Largest share.")] = 0.22,
    as_json: AsJson = False,
    out: OutTable = None,
    overwrite: Overwrite = False,
) -> None:
    """Capacity to pay by the methodology of the United Nations, with every step."""
    figures = load_economic_figures(data)
    parameters: dict[str, Any] = {
        "base_periods": tuple(base_period or (3, 6)),
        "last_year": _last_year(figures, year, last_year),
        "debt_repayment": debt_repayment,
        "threshold": threshold,
        "gradient": gradient,
        "floor": floor,
        "least_developed_ceiling": least_developed_ceiling,
        "ceiling": ceiling,
    }
    rules = _validated(parameters)
    last = parameters["last_year"]
    years = set(range(last - max(rules.base_periods) + 1, last + 1))
    try:
        assessment = assess(figures.records(years), rules)
    except ValueError as error:
        remedy = "raise the ceilings, lower the floor, or add states"
        raise BadInput.single(str(error), file=figures.file, remedy=remedy) from error
    names = figures.names
    rows = [
        StepRow(
            **step.model_dump(),
            name=names[step.id],
            base_period=f"{scale.years[0]}-{scale.years[-1]}",
            threshold=scale.threshold,
            scale_share=assessment.shares[step.id],
        )
        for scale in assessment.machine_scales
        for step in scale.steps
    ]
    content = {
        "rule": "un",
        "parameters": rules.model_dump(mode="json"),
        **assessment.model_dump(mode="json"),
    }
    tables = [*map(step_table, assessment.machine_scales), scale_table(assessment, names)]
    _give(content, rows, StepRow, tables, as_json=as_json, out=out, overwrite=overwrite)


@app.command("au", cls=PlainCommand)
def african_union(
    data: DataFile,
    year: FigureYear = None,
    tier: Annotated[
        list[str] | None,
        typer.Option(
            "--tier",
            metavar="ABOVE[:SHARE[:equal]]",
            help="A tier from a share of total GDP on; 0.04:0.6:equal, 0.01 and 0 by default.",
        ),
    ] = None,
    ceiling: Annotated[float, typer.Option(help="Largest share.")] = 0.12,
    as_json: AsJson = False,
    out: OutTable = None,
    overwrite: Overwrite = False,
) -> None:
    """Tiers by share of total GDP, as the African Union has them."""
    figures = load_economic_figures(data)
    tiers = tuple(map(_tier, tier)) if tier else AssessmentTiers().tiers
    limits = [one.above for one in tiers]
    if limits != sorted(set(limits), reverse=True) or limits[-1] != 0:
        raise BadInput([Fault("the limits of the tiers must fall to 0", field="--tier", value=str(limits))])
    if sum(one.share or 0.0 for one in tiers) > 1 + 1e-9:
        raise BadInput([Fault("the tiers bear more than the whole", field="--tier")])
    chosen = figures.last_year if year is None else year
    products = figures.in_year("gdp", chosen)
    try:
        shares = tiered_shares(products, AssessmentTiers(tiers=tiers, ceiling=ceiling))
    except ValueError as error:
        raise BadInput.single(str(error), field="--ceiling", remedy="raise the ceiling") from error
    _give_shares("au", chosen, figures, products, shares, as_json=as_json, out=out, overwrite=overwrite)


def _proportional(rule: str, column: str | None, words: str) -> None:
    """Add the command for a scale in proportion to one column, or for equal shares."""

    @app.command(rule, cls=PlainCommand, help=words)
    def command(
        data: DataFile,
        year: FigureYear = None,
        floor: Annotated[float, typer.Option(help="Least share.")] = 0.0,
        ceiling: Annotated[float, typer.Option(help="Largest share.")] = 1.0,
        as_json: AsJson = False,
        out: OutTable = None,
        overwrite: Overwrite = False,
    ) -> None:
        figures = load_economic_figures(data)
        chosen = figures.last_year if year is None else year
        keys = figures.in_year(column, chosen) if column else dict.fromkeys(figures.states, 1.0)
        try:
            shares = bounded_shares(keys, floor, ceiling)
        except ValueError as error:
            remedy = "lower the floor or raise the ceiling"
            raise BadInput.single(str(error), field="--ceiling", remedy=remedy) from error
        _give_shares(rule, chosen, figures, keys, shares, as_json=as_json, out=out, overwrite=overwrite)


_proportional("gdp", "gdp", "In proportion to gross domestic product.")
_proportional("gni", "gni", "In proportion to gross national income.")
_proportional("population", "population", "In proportion to population.")
_proportional("equal", None, "The same for everybody.")


def _last_year(figures: EconomicFigures, year: int | None, last_year: int | None) -> int:
    """Last year of the base periods: stated, of the scale that serves `year`, or the last of the file."""
    if last_year is not None and year is not None:
        raise BadInput([Fault("one of the two", field="--last-year", remedy="give --year or --last-year")])
    if year is not None:
        return year + (2 - year) % TRIENNIUM - LAG
    return figures.last_year if last_year is None else last_year


def _validated(parameters: dict[str, Any]) -> CapacityToPay:
    try:
        return CapacityToPay(**parameters)
    except ValidationError as error:
        raise BadInput(
            [
                Fault(
                    "out of range",
                    field="--" + str(detail["loc"][0]).removesuffix("s").replace("_", "-"),
                    value=str(detail["input"]),
                    remedy=detail["msg"].lower(),
                )
                for detail in error.errors()
            ]
        ) from error


def _tier(text: str) -> AssessmentTier:
    """`0.04:0.6:equal` as a tier. Raises BadInput."""
    match = re.fullmatch(r"([0-9.]+)(?::([0-9.]+)(:equal)?)?", text)
    try:
        if match is None:
            raise ValueError
        above, share, equal = match.groups()
        return AssessmentTier(
            above=float(above), share=None if share is None else float(share), equal=bool(equal)
        )
    except ValueError as error:
        remedy = "shares between 0 and 1, such as 0.04:0.6:equal, 0.01:0.25, or 0"
        raise BadInput([Fault("no tier", field="--tier", value=text, remedy=remedy)]) from error


def _give_shares(
    rule: str,
    year: int,
    figures: EconomicFigures,
    keys: dict[str, float],
    shares: dict[str, float],
    **where: Any,
) -> None:
    names = figures.names
    rows = [
        ShareRow(id=state, name=names[state], key=keys[state], share=share) for state, share in shares.items()
    ]
    content = {"rule": rule, "year": year, "shares": shares}
    _give(content, rows, ShareRow, [key_table(names, keys, shares)], **where)


def _give(
    content: dict[str, Any],
    rows: Sequence[BaseModel],
    row_type: type[BaseModel],
    tables: Sequence[Any],
    *,
    as_json: bool,
    out: Path | None,
    overwrite: bool,
) -> None:
    """Write the file that is asked for; print JSON or, where neither is asked for, tables."""
    if out is not None:
        write_file(out, csv_text(rows, row_type), overwrite=overwrite)
    if as_json:
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False).encode())
    elif out is not None:
        typer.echo(f"Written to {out}")
    else:
        print_tables(tables)
