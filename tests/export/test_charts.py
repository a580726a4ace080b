"""Pictures: drawn without a network, saying what the plan says, whatever its texts and its size."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from math import hypot
from pathlib import Path
from typing import Any

import pytest

from concord.errors import BadInput
from concord.export.charts import KINDS, ChartKind, chart, picture, write_chart
from concord.export.charts.places import MADE_UP
from concord.export.charts.projection import equal_earth, middle, projected, view_of
from concord.export.palette import LAND
from concord.export.tables import tables


def svg_texts(drawn: bytes) -> str:
    return "\n".join(ET.fromstring(drawn).itertext())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("which", ["answered", "hostile"])
def test_a_picture_is_sound_and_says_what_it_is(
    which: str, kind: ChartKind, request: pytest.FixtureRequest
) -> None:
    given = request.getfixturevalue(which)
    drawn = picture(chart(given.plan, given.problem, kind), ".svg")
    assert b"http://evil" not in drawn or which == "hostile"
    assert b"<script" not in drawn
    assert f"gap {given.plan.measure.gap:.3%}" in svg_texts(drawn)
    assert "undefined" not in svg_texts(drawn)
    assert b"NaN" not in drawn


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_that_does_nothing_is_drawn(plan: Any, answered: Any, kind: ChartKind) -> None:
    empty = plan.model_copy(update={table.name: () for table in tables(plan)})
    assert b"<svg" in picture(chart(empty, answered.problem, kind), ".svg")


def test_a_png_is_one(answered: Any, tmp_path: Path) -> None:
    write_chart(answered.plan, answered.problem, ChartKind.BURDEN, tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_a_picture_is_replaced_only_on_request(answered: Any, tmp_path: Path) -> None:
    target = tmp_path / "x.svg"
    write_chart(answered.plan, answered.problem, ChartKind.FLOW, target)
    with pytest.raises(BadInput, match="exists already"):
        write_chart(answered.plan, answered.problem, ChartKind.FLOW, target)
    write_chart(answered.plan, answered.problem, ChartKind.FLOW, target, overwrite=True)


def test_the_flow_names_payers_funds_and_their_money(answered: Any) -> None:
    texts = svg_texts(picture(chart(answered.plan, answered.problem, ChartKind.FLOW), ".svg"))
    paid = sum(row.amount for row in answered.plan.contributions)
    assert f"{paid:,.0f} million USD in all periods" in texts
    for fund in {row.fund for row in answered.plan.contributions}:
        name = next(each.name or each.id for each in answered.problem.funds if each.id == fund)
        assert name in texts


def test_the_burden_ranks_senders_by_themselves(answered: Any) -> None:
    """Who sends most stands first, also where all of them pay next to nothing."""
    plan = answered.plan
    payers = tuple(row.model_copy(update={"payer": f"P{n}"}) for n in range(40) for row in plan.contributions)
    texts = svg_texts(
        picture(
            chart(plan.model_copy(update={"contributions": payers}), answered.problem, ChartKind.BURDEN),
            ".svg",
        )
    )
    assert "16 others" in texts
    senders = {row.state for row in plan.contingents if row.period == max(plan.problem.periods)}
    assert senders
    assert all(answered.problem.state_by_id[state].name in texts.splitlines() for state in senders)


def test_the_map_explains_its_signs_and_draws_no_real_land_for_an_invented_region(answered: Any) -> None:
    drawn = picture(chart(answered.plan, answered.problem, ChartKind.MAP), ".svg")
    texts = svg_texts(drawn)
    assert "mission, sized alike" in texts or "mission without troops" in texts
    assert "1,000 troops" in texts
    assert MADE_UP in texts
    assert LAND.encode() not in drawn


def test_the_map_is_told_in_words_too(answered: Any) -> None:
    drawn = picture(chart(answered.plan, answered.problem, ChartKind.MAP), ".svg").decode()
    labels = re.findall(r'aria-label="([^"]*)"', drawn)
    last = max(answered.plan.problem.periods)
    sites = {site.id: site.name for site in answered.problem.sites}
    for row in answered.plan.garrisons:
        if row.period == last:
            assert f"Garrison {sites[row.site]}: {row.troops:,.0f} troops" in labels
    assert not any(label.startswith("x: ") for label in labels)


def test_the_map_tells_troops_and_names_missions(answered: Any) -> None:
    texts = svg_texts(picture(chart(answered.plan, answered.problem, ChartKind.MAP), ".svg"))
    last = max(answered.plan.problem.periods)
    troops = sum(row.troops for row in answered.plan.garrisons if row.period == last)
    assert f"{troops:,.0f} troops" in texts
    assert "Cease-fire" in texts


def test_the_projection_keeps_the_distance_of_what_is_near_and_the_rim_for_the_antipode() -> None:
    east, north = projected((11.0, 50.0), (10.0, 50.0))
    assert east == pytest.approx(0.0112, abs=1e-4)
    assert north == pytest.approx(0.0, abs=1e-4)
    assert hypot(*projected((-170.0, -50.0), (10.0, 50.0))) < 1e6


def test_a_view_shows_all_its_places() -> None:
    places = [(20.0, 44.0), (69.0, 38.5), (33.0, 35.0)]
    view = view_of(places, 1000.0, (400.0, 700.0))
    assert all(view.shows(place) for place in places)
    assert not view.shows((-77.0, 39.0))
    assert view_of([(10.0, 50.0)], 1000.0, (400.0, 700.0)).shows((10.0, 50.0))


def test_the_middle_of_places_on_both_sides_of_the_date_line_is_between_them() -> None:
    longitude, latitude = middle([(170.0, 0.0), (-170.0, 0.0)])
    assert abs(longitude) == pytest.approx(180.0)
    assert latitude == pytest.approx(0.0)


def test_the_projection_of_the_world_is_equal_earth() -> None:
    """Figures of the authors' paper: the equator is 5.4132 wide, the pole line at 1.3173."""
    assert equal_earth((191.0, 0.0), (11.0, 0.0))[0] == pytest.approx(2.7066, abs=1e-4)
    assert equal_earth((0.0, 90.0), (11.0, 0.0))[1] == pytest.approx(1.3173, abs=1e-4)
