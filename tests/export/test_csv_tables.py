"""CSV tables: complete, exact, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from concord.export import columns_csv, csv_text, plan_tables
from concord.models import Fund, Plan
from concord.models.plan import PLAN_TABLES, LiftPledge


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_there_is_one_file_for_each_table(plan: Plan) -> None:
    assert list(plan_tables(plan)) == [f"{name}.csv" for name in PLAN_TABLES]


def test_a_table_without_rows_has_its_header(plan: Plan) -> None:
    assert plan_tables(plan)["lift.csv"] == "state,period,amount\n"


def test_every_column_of_a_table_without_rows_would_be_there_with_rows() -> None:
    empty = csv_text([], LiftPledge)
    assert csv_text([LiftPledge(state="A", period=1, amount=2.0)], LiftPledge).startswith(empty)


def test_numbers_have_twelve_digits_and_nothing_is_an_empty_cell(plan: Plan) -> None:
    first = rows(plan_tables(plan)["contributions.csv"])[0]
    assert first["amount"] == "0.3"
    assert first["scale_share"] == ""


@pytest.mark.parametrize(
    ("figure", "told"),
    [(499.99999999997766, "500.0"), (-1e-300 * 1e-300, "0.0"), (1 / 3, "0.333333333333"), (1e-7, "1e-07")],
)
def test_what_computers_add_to_a_number_is_not_told(figure: float, told: str) -> None:
    text = csv_text([LiftPledge(state="A", period=1, amount=figure)], LiftPledge)
    assert text.splitlines()[1] == f"A,1,{told}"


def test_every_column_of_every_table_is_explained(plan: Plan) -> None:
    explained = {(row["table"], row["column"]): row for row in rows(columns_csv(plan))}
    headers = {
        (name.removesuffix(".csv"), column)
        for name, text in plan_tables(plan).items()
        for column in next(csv.reader(io.StringIO(text)))
    }
    told = {(table, column.removeprefix("'")) for table, column in headers}
    assert {(table, column.removeprefix("'")) for table, column in explained} == told
    assert explained["contributions", "amount"]["unit"] == "million USD"
    assert "Relative rise of the measure" in explained["binding", "price"]["meaning"]


def test_negative_numbers_stay_numbers(plan: Plan) -> None:
    assert rows(plan_tables(plan)["contributions.csv"])[1]["amount"] == "-1.5"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_starts_like_a_formula_gets_an_apostrophe(start: str) -> None:
    text = csv_text([LiftPledge(state=f"{start}1", period=1, amount=0.0)], LiftPledge)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[1][0] == f"'{start}1"


def test_other_text_is_left_alone(plan: Plan) -> None:
    assert rows(plan_tables(plan)["contributions.csv"])[1]["payer"] == "Åland"


def test_nested_figures_become_columns_and_a_missing_key_is_an_empty_cell(plan: Plan) -> None:
    first, second = rows(plan_tables(plan)["security.csv"])
    assert (first["threats.political"], first["threats.economic"]) == ("0.5", "")
    assert (second["threats.economic"], second["attribution.=1+1"]) == ("0.25", "0.1")


def test_columns_follow_the_order_of_the_fields(plan: Plan) -> None:
    header = plan_tables(plan)["security.csv"].partition("\n")[0].split(",")
    assert header[:3] == ["state", "period", "capacity"]
    assert header.index("threats.economic") < header.index("threats.political") < header.index("threat")


def test_lists_are_joined_and_lists_of_entities_are_json() -> None:
    earmark = {"id": "e", "regions": ("north",), "share": 0.5}
    fund = Fund.model_validate(
        {"id": "f", "name": "F", "payers": ("A", "B"), "budget": 1.0, "earmarks": (earmark,)}
    )
    row = rows(csv_text([fund], Fund))[0]
    assert row["payers"] == "A|B"
    assert row["earmarks"].startswith('[{"id": "e"')
