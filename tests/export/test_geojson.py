"""GeoJSON: valid by RFC 7946, with the figures of the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import concord
from concord.export.geojson import geojson, write, zone_geometry

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


@pytest.fixture(scope="module")
def collection(answered: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(geojson(answered.plan, answered.problem))
    return read


def of_kind(collection: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [each for each in collection["features"] if each["properties"]["kind"] == kind]


def points(coordinates: Any, depth: int) -> Iterator[list[float]]:
    if depth == 0:
        yield coordinates
    else:
        for part in coordinates:
            yield from points(part, depth - 1)


def test_members_are_those_of_the_standard(collection: dict[str, Any]) -> None:
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature["type"] == "Feature"
        assert {"geometry", "properties"} < feature.keys()
        geometry = feature["geometry"]
        for longitude, latitude in points(geometry["coordinates"], DEPTH[geometry["type"]]):
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_lines_have_two_points_and_none_crosses_the_date_line(collection: dict[str, Any]) -> None:
    for feature in collection["features"]:
        geometry = feature["geometry"]
        lines = {"LineString": [geometry["coordinates"]], "MultiLineString": geometry["coordinates"]}
        for line in lines.get(geometry["type"], []):
            assert len(line) >= 2
            assert all(abs(there[0] - here[0]) <= 180 for here, there in pairwise(line))


def test_every_row_with_a_place_is_there(answered: Any, collection: dict[str, Any]) -> None:
    plan = answered.plan
    assert len(of_kind(collection, "garrison")) == len(plan.garrisons) > 0
    housed = {organ.id for organ in answered.problem.organs if organ.headquarters}
    assert len(of_kind(collection, "organ")) == sum(row.organ in housed for row in plan.organs)
    assert len(of_kind(collection, "assignment")) == len(plan.assignments) > 0
    assert len(of_kind(collection, "contingent")) == len(plan.contingents) > 0
    assert len(of_kind(collection, "state")) == len(answered.problem.states)
    teams = sum(each["properties"]["teams"] for each in of_kind(collection, "zone"))
    assert teams == pytest.approx(sum(row.teams for row in plan.monitoring))
    troops = sum(each["properties"]["troops"] for each in of_kind(collection, "mission"))
    assert troops == pytest.approx(sum(row.troops for row in plan.assignments))


def test_it_says_what_it_is_and_what_it_assumes(answered: Any, collection: dict[str, Any]) -> None:
    about = collection["about"]
    assert about["title"] == answered.plan.problem.title
    assert {fact["name"] for fact in about["result"]} >= {"Security with it", "Gap between bound and plan"}
    assert "assumptions" in about["caveat"]


def test_a_zone_lies_along_the_border_of_its_states() -> None:
    problem = concord.load("euro-atlantic-1992")
    border = zone_geometry(problem, ("GRC", "TUR"))
    assert border is not None
    assert border["type"] == "MultiLineString"
    assert all(25 < x < 27.5 and 40 < y < 42 for line in border["coordinates"] for x, y in line)


def test_a_zone_without_a_border_lies_at_the_capitals() -> None:
    problem = concord.load("euro-atlantic-1992")
    france = problem.state_by_id["FRA"]
    capital = {"type": "Point", "coordinates": [france.longitude, france.latitude]}
    assert zone_geometry(problem, ("FRA",)) == capital
    pair = zone_geometry(problem, ("PRT", "POL"))
    assert pair is not None
    assert pair["type"] == "MultiPoint"
    assert zone_geometry(problem, ("nowhere",)) is None


def test_what_the_problem_does_not_know_is_left_out(answered: Any) -> None:
    strange = answered.plan.garrisons[0].model_copy(update={"site": "nowhere"})
    plan = answered.plan.model_copy(update={"garrisons": (strange,)})
    assert of_kind(json.loads(geojson(plan, answered.problem)), "garrison") == []


def test_rings_are_closed_and_turn_as_the_standard_wants(answered: Any) -> None:
    """Outer rings counterclockwise, holes clockwise: RFC 7946, section 3.1.6."""
    read = json.loads(geojson(answered.plan, concord.load("west-africa-1990")))
    outlined = [each for each in of_kind(read, "state") if each["geometry"]["type"] == "MultiPolygon"]
    assert len(outlined) > 16
    for state in outlined:
        for polygon in state["geometry"]["coordinates"]:
            for place, ring in enumerate(polygon):
                assert len(ring) >= 4
                assert ring[0] == ring[-1]
                area = sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))
                assert (area > 0) == (place == 0)


def test_geopandas_reads_it(answered: Any, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed")
    path = tmp_path / "plan.geojson"
    write(answered.plan, answered.problem, path)
    read = geopandas.read_file(path)
    assert read.crs.to_epsg() == 4326
    assert read.is_valid.all()
    garrisons = read[read.kind == "garrison"]
    assert garrisons.troops.sum() == pytest.approx(sum(row.troops for row in answered.plan.garrisons))
