"""Names on a map: beside their signs, none over another, none outside the frame."""

from __future__ import annotations

from itertools import combinations

import pytest

import concord
from concord.export.charts.insets import insets_of
from concord.export.charts.labelling import Label, Wish, labelled, middle_of
from concord.export.charts.places import focus
from concord.export.charts.projection import View, view_of
from concord.export.outlines import outlines

LETTER, LINE = 6.0, 14.0
WEST_AFRICA = [(-17.4, 14.7), (3.4, 6.5), (2.1, 13.5), (-10.8, 6.3)]


@pytest.fixture
def view() -> View:
    return view_of(WEST_AFRICA, 1000.0, (400.0, 700.0))


def placed(view: View, *wishes: Wish) -> list[Label]:
    return list(labelled(wishes, view, LETTER, LINE))


def span(label: Label) -> tuple[float, float]:
    width = LETTER * len(label.text)
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, left + width


def test_a_name_stands_to_the_right_where_there_is_room(view: View) -> None:
    (label,) = placed(view, Wish(100, 100, "Gao"))
    assert (label.anchor, label.x) == ("start", 111)


def test_a_name_at_the_edge_stands_to_the_left(view: View) -> None:
    (label,) = placed(view, Wish(view.width - 20, 100, "Truce in the north"))
    assert label.anchor == "end"
    assert span(label)[1] < view.width


def test_names_do_not_cover_one_another_and_the_first_stands(view: View) -> None:
    labels = placed(view, *(Wish(300 + 2 * n, 200 + 3 * n, f"Mission of number {n}") for n in range(12)))
    assert labels[0].text == "Mission of number 0"
    assert len(labels) > 8
    assert any(label.leader for label in labels)
    for one, other in combinations(labels, 2):
        apart = span(one)[1] <= span(other)[0] or span(other)[1] <= span(one)[0]
        assert apart or abs(one.y - other.y) >= LINE


def test_the_name_of_an_area_keeps_clear_of_signs_and_needs_room(view: View) -> None:
    area = Wish(300, 200, "Mali", gap=0.0, room=80.0)
    assert [each.text for each in placed(view, area)] == ["Mali"]
    assert [each.text for each in placed(view, Wish(305, 203, "Gao"), area)] == ["Gao"]
    assert placed(view, Wish(300, 200, "Gambia", gap=0.0, room=20.0)) == []


def test_the_middle_of_a_state_is_in_it(view: View) -> None:
    found = middle_of(outlines().polygons("CIV"), view)
    assert found is not None
    x, y, width = found
    west, north = view.at((-8.5, 10.5))
    east, south = view.at((-2.7, 4.4))
    assert west < x < east
    assert north < y < south
    assert 0 < width < 1.2 * (east - west)
    assert middle_of(outlines().polygons("MNG"), view) is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("west-africa-1990", ("NGA", "CPV")),
        ("southeast-asia-1991", ("IDN", "PHL")),
        ("central-africa-1990", ("COG", "ZMB")),
        ("euro-atlantic-1992", ("POL", "TJK")),
    ],
)
def test_the_map_fits_its_region(name: str, shown: tuple[str, ...], answered: object) -> None:
    """Also where nothing is garrisoned; whose capital is far from every mission does not make it small."""
    problem = concord.load(name)
    bare = answered.plan.model_copy(update={"garrisons": ()})  # type: ignore[attr-defined]
    frame = view_of(focus(bare, problem), 1120.0, (480.0, 720.0))
    for state in shown:
        known = problem.state_by_id[state]
        assert frame.shows((known.longitude, known.latitude))
    if "USA" in problem.state_by_id:
        assert not frame.shows((-77.0, 38.9))


def test_what_a_name_keeps_clear_of_is_not_written(view: View) -> None:
    (label,) = placed(view, Wish(300, 200, "Gao"), Wish(325, 200, ""))
    assert (label.text, label.anchor) == ("Gao", "end")


def test_a_problem_of_the_world_has_a_map_of_the_world_and_larger_parts_where_signs_crowd() -> None:
    problem = concord.load("regional-fund-1993")
    places = [(each.longitude, each.latitude) for each in problem.missions]
    view = view_of(places, 1040.0, (460.0, 700.0))
    assert view.world
    assert all(view.shows((state.longitude, state.latitude)) for state in problem.states)
    insets = insets_of(places, view, 500.0, (340.0, 340.0))
    assert 3 <= len(insets) <= 12
    assert [inset.letter for inset in insets] == sorted({inset.letter for inset in insets})
    for inset in insets:
        assert not inset.view.world
        assert all(inset.view.shows(place) for place in inset.places)
        assert inset.view.scale > 2 * view.scale


def test_places_that_are_far_apart_are_drawn_once(view: View) -> None:
    assert insets_of(WEST_AFRICA, view, 500.0, (340.0, 340.0)) == []


def test_every_state_of_the_bundled_problems_has_an_outline() -> None:
    for name in ("west-africa-1990", "southeast-asia-1991", "central-africa-1990", "euro-atlantic-1992"):
        problem = concord.load(name)
        missing = [state.id for state in problem.measured if not outlines().polygons(state.id)]
        assert missing == []
