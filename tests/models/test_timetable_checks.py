"""Each cross-check of the timetable finds what it is for, at the right path, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

WRONG: list[tuple[str, Any, str, str]] = [
    (
        "organs.0",
        {"earliest": 1994, "latest": 1993},
        "organs.0.latest",
        "the last period is before",
    ),
    ("programmes.0", {"earliest": 1994, "latest": 1993}, "programmes.0.latest", "period is before"),
    (
        "garrisons.sites.0",
        {"earliest": 2, "latest": 1},
        "garrisons.sites.0.latest",
        "the last period is before",
    ),
    ("organs.0", {"due": 1993, "lead": 1}, "organs.0.due", "must operate before it can"),
    ("organs.0", {"due": 1993, "earliest": 1994}, "organs.0.due", "must operate before it can"),
    ("organs.0", {"due": 1999}, "organs.0.due", "unknown period"),
    ("organs.0", {"region": "west"}, "organs.0.region", "unknown region"),
    ("programmes.0", {"join": "all-or-none"}, "programmes.0.joining_cost", "needs a cost of joining"),
    ("programmes.0", {"joining_cost": 1.0}, "programmes.0.joining_cost", "only a programme that all"),
    ("programmes.0", {"backlash": {"riot": 1.0}}, "programmes.0.backlash.riot", "unknown threat kind"),
]

OFFICE, COURT, NORTH = {"organ": "office"}, {"organ": "court"}, {"region": "north", "least": 1.0}
ORDERS: list[tuple[Any, Any, str, str]] = [
    (OFFICE, {"organ": "Z"}, "then", "unknown organ"),
    (OFFICE, {"programme": "Z"}, "then", "unknown programme"),
    (OFFICE, {"region": "Z"}, "then", "unknown region"),
    (OFFICE, {"organ": "court", "region": "north"}, "then", "either an organ's"),
    (OFFICE, {}, "then", "either an organ's"),
    ({"region": "north"}, COURT, "first.least", "not said when the programmes count"),
    (OFFICE, NORTH, "then.least", "needs no least spending"),
    (OFFICE, OFFICE, "then", "nothing can come before itself"),
    (NORTH, {"region": "north"}, "then", "nothing can come before itself"),
]


@pytest.mark.parametrize(("path", "fields", "where", "message"), WRONG)
def test_a_fault_is_found_at_its_field(
    findings_after: Any, path: str, fields: Any, where: str, message: str
) -> None:
    def change(values: Any) -> None:
        for part in path.split("."):
            values = values[int(part)] if isinstance(values, list) else values[part]
        values.update(fields)

    (finding,) = findings_after(change)
    assert ".".join(map(str, finding.path)) == where
    assert message in finding.message


@pytest.mark.parametrize(("first", "then", "where", "message"), ORDERS)
def test_a_faulty_precedence_is_found(
    findings_after: Any, first: Any, then: Any, where: str, message: str
) -> None:
    order = {"id": "order", "first": first, "then": then}
    (finding,) = findings_after(lambda values: values.update(timetable={"precedence": [order]}))
    assert ".".join(map(str, finding.path)) == f"timetable.precedence.0.{where}"
    assert message in finding.message


def test_a_sound_timetable_passes(findings_after: Any) -> None:
    orders = [
        {"id": "court-later", "first": OFFICE, "then": COURT},
        {"id": "north-first", "first": NORTH, "then": {"region": "south"}, "periods": 2},
    ]
    lesson = {"id": "lesson", "test_bed": "office", "organs": ["court"], "reduction": 1.0}
    timetable = {"precedence": orders, "experience": [lesson]}
    assert findings_after(lambda values: values.update(timetable=timetable)) == ()


def test_a_programme_outside_the_region_of_its_organ_is_found(findings_after: Any) -> None:
    def change(values: Any) -> None:
        values["organs"][0]["region"] = "north"
        values["programmes"][0]["states"] = ["A", "C"]

    (finding,) = findings_after(change)
    assert (finding.path, finding.value) == (("programmes", 0, "states"), "C")


def test_an_organ_cannot_save_more_than_it_costs(findings_after: Any) -> None:
    lessons = [
        {"id": name, "test_bed": "office", "organs": ["court"], "reduction": 0.6} for name in ("one", "two")
    ]
    (finding,) = findings_after(lambda values: values.update(timetable={"experience": lessons}))
    assert finding.path == ("timetable", "experience", 1, "reduction")


def test_an_organ_teaches_others_than_itself(findings_after: Any) -> None:
    lesson = {"id": "lesson", "test_bed": "office", "organs": ["office"], "reduction": 0.6}
    (finding,) = findings_after(lambda values: values.update(timetable={"experience": [lesson]}))
    assert finding.message == "unknown other organ"
