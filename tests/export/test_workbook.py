"""The workbook: reads back with pandas, opens in LibreOffice, calculates what the plan says, runs nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from concord.export.formats import FORMATS
from concord.export.tables import tables
from concord.models.plan import PLAN_TABLES

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
OFFICE = shutil.which("soffice")
GUIDES = ["What is assumed", "Names of codes", "Guide to columns"]


def workbook(answered: Any, folder: Path) -> Path:
    path = folder / "plan.xlsx"
    FORMATS["xlsx"].write(answered.plan, answered.problem, path)
    return path


@pytest.fixture(scope="module")
def path(answered: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return workbook(answered, tmp_path_factory.mktemp("workbook"))


def values(path: Path) -> dict[tuple[str, str], Any]:
    """Sheet and cell to value."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet
        for cell in row
        if cell.value is not None
    }


def formulas(path: Path) -> dict[tuple[str, str], str]:
    return {
        place: value
        for place, value in values_with_formulas(path).items()
        if isinstance(value, str) and value.startswith("=")
    }


def values_with_formulas(path: Path) -> Mapping[tuple[str, str], Any]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet
        for cell in row
        if cell.data_type == "f"
    }


def test_there_is_a_summary_a_sheet_for_each_table_and_the_guides(path: Path) -> None:
    names = openpyxl.load_workbook(path).sheetnames
    assert names[0] == "Summary"
    assert names[-len(PLAN_TABLES) :] == list(PLAN_TABLES)
    assert names[-len(PLAN_TABLES) - 3 : -len(PLAN_TABLES)] == GUIDES


@pytest.mark.parametrize("name", PLAN_TABLES)
def test_a_table_reads_back_with_its_types(answered: Any, path: Path, name: str) -> None:
    table = next(each for each in tables(answered.plan) if each.name == name)
    read = pd.read_excel(path, sheet_name=name, keep_default_na=False, na_values=[""])
    assert list(read.columns) == [column.name for column in table.columns]
    wanted = pd.DataFrame(table.rows, columns=list(read.columns))
    if table.rows:
        pd.testing.assert_frame_equal(read.astype(wanted.dtypes.to_dict()), wanted)


def test_heads_stay_in_sight_and_rows_can_be_filtered(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["contributions"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["D2"].number_format == "#,##0.00"
    assert sheet["E2"].number_format == "0.00%"
    assert sheet["D1"].comment.text.startswith("Unit: million USD")


def test_totals_are_formulas_that_carry_the_figures_of_the_plan(answered: Any, path: Path) -> None:
    shown, written = values(path), formulas(path)
    totals = {
        cell: text
        for (sheet, cell), text in written.items()
        if sheet == "Summary" and text.startswith("=SUM('contributions'")
    }
    assert len(totals) == 1
    (cell,) = totals
    paid = sum(row.amount for row in answered.plan.contributions)
    assert shown["Summary", cell] == pytest.approx(paid)
    assert len(written) > 20


def test_in_print_pages_have_heads_and_a_table_is_its_first_page(answered: Any, path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.print_title_rows or sheet.title.startswith("Reductions")
    for table in tables(answered.plan):
        sheet = book[table.name]
        assert sheet.page_setup.fitToHeight in (None, 1)
        assert sheet.print_area
        printed = sheet.print_area.rpartition("!")[2].replace("$", "")
        assert (printed == sheet.dimensions) is ("rows" not in sheet.oddFooter.left.text)


def test_every_code_of_the_tables_has_a_name(answered: Any, path: Path) -> None:
    rows = openpyxl.load_workbook(path)["Names of codes"].iter_rows(min_row=2, values_only=True)
    named = {(kind, code): name for code, name, kind in rows}
    for table in tables(answered.plan):
        for column in table.columns:
            if column.name in ("state", "programme", "organ", "fund", "site", "mission", "zone"):
                assert {(column.name, cell) for cell in table.column(column.name) if cell} <= set(named)


def test_troops_and_teams_have_no_sum_over_years(path: Path) -> None:
    sheet = openpyxl.load_workbook(path)["Summary"]
    totals = [row for row in sheet.iter_rows() if row[2].value in ("persons", "teams")]
    assert totals
    assert all(str(row[3].value).startswith("=SUMIF") for row in totals)
    assert all(row[-1].value is None for row in totals)


def test_heads_have_names_beside_the_ids_that_formulas_match(answered: Any, path: Path) -> None:
    sheet = openpyxl.load_workbook(path, data_only=True)["By head - spending"]
    named = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2) if row[0].value}
    assert set(named) == {row.head for row in answered.plan.expenditures}
    known = {each.id: each.name or each.id for each in answered.problem.programmes}
    assert all(named[head] == name for head, name in known.items() if head in named)


def test_no_cell_of_text_is_a_formula(hostile: Any, tmp_path: Path) -> None:
    path = workbook(hostile, tmp_path)
    ours = re.compile(r"^=(SUM|SUMIF|SUMPRODUCT|IF)\(|^=('[a-z]+'!)?[A-Z]+[0-9]+")
    assert all(ours.match(text) for text in formulas(path).values())
    assert not any("HYPERLINK" in text for text in formulas(path).values())
    sheet = openpyxl.load_workbook(path)["contributions"]
    assert sheet["A2"].value.startswith("=HYPERLINK")
    assert sheet["A2"].data_type == "s" or sheet["A2"].quotePrefix


def test_links_lead_to_sheets_only(hostile: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(workbook(hostile, tmp_path)) as parts:
        related = [name for name in parts.namelist() if name.endswith(".rels")]
        assert not any(b"http://evil" in parts.read(name) for name in related)


def test_the_same_plan_makes_the_same_file(answered: Any, path: Path, tmp_path: Path) -> None:
    assert workbook(answered, tmp_path).read_bytes() == path.read_bytes()


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("which", ["answered", "hostile"])
def test_libreoffice_opens_it_and_calculates_the_same(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    path = workbook(request.getfixturevalue(which), tmp_path)
    expected = values(path)
    command = [
        str(OFFICE),
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    recalculated = _again_as_xlsx(command, tmp_path)
    differing = {
        place: (value, recalculated.get(place))
        for place, value in expected.items()
        if isinstance(value, int | float)
        and recalculated.get(place) != pytest.approx(value, rel=1e-9, abs=1e-9)
    }
    assert differing == {}
    assert not any(isinstance(value, str) and value.startswith("#") for value in recalculated.values())


def _again_as_xlsx(command: list[str], folder: Path) -> dict[tuple[str, str], Any]:
    """What LibreOffice read and calculated, written by itself."""
    back = [*command[:3], "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "again")]
    done = subprocess.run(
        [*back, str(folder / "plan.ods")], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return values(folder / "again" / "plan.xlsx")
