"""The report: one page that tells the plan, escapes what files say, and needs nothing beside itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from concord.export.report import report_page
from concord.export.report import states as report_states
from concord.export.report.theme import COLOURS
from tests.export.conftest import HOSTILE

VOID = {"meta", "link", "input", "br", "hr", "img"}
SVG_VOID = {"path", "rect", "circle", "line", "polyline"}


class Page(HTMLParser):
    """Elements of a page, and whether they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(attribute)) is not None]


@pytest.fixture(scope="module")
def text(answered: Any) -> str:
    return report_page(answered.plan, answered.problem)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_every_element_is_closed_and_every_id_is_one(page: Page) -> None:
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))


def test_every_link_leads_to_something_on_the_page(page: Page) -> None:
    links = {link for tag, attributes in page.elements if tag == "a" and (link := attributes["href"])}
    assert links <= {f"#{name}" for name in page.values("id")}


def test_nothing_is_loaded(page: Page) -> None:
    assert page.values("src") == []
    loaded = [attributes["href"] for tag, attributes in page.elements if tag == "link"]
    assert loaded == ["data:,"]


def test_each_section_is_there(page: Page) -> None:
    sections = {"summary", "map", "burden", "security", "budget", "activity", "fairness", "limits", "states"}
    assert sections | {"method"} <= set(page.values("id"))


def test_every_state_of_the_plan_has_a_page(page: Page, answered: Any) -> None:
    assert {f"state-{row.state}" for row in answered.plan.security} <= set(page.values("id"))


def test_result_origin_and_assumptions_are_told(page: Page, answered: Any) -> None:
    assert f"{answered.plan.measure.bound:.4f}" in page.text
    assert answered.plan.problem.digest in page.text
    assert "assumptions" in page.text


def test_texts_from_a_file_stay_texts(hostile: Any, page: Page) -> None:
    """The same elements but for the payers, whom the problem no longer knows."""
    attacked = Page(report_page(hostile.plan, hostile.problem))
    assert HOSTILE in attacked.text
    assert attacked.open == []
    assert {tag for tag, _ in attacked.elements} <= {tag for tag, _ in page.elements}
    assert not [name for _, attributes in attacked.elements for name in attributes if name.startswith("on")]


def test_a_text_cannot_end_an_attribute_or_the_script(answered: Any) -> None:
    evil = "</script><script>alert(1)</script>' onload='x' \" onclick=\"y"
    states = tuple(state.model_copy(update={"name": evil}) for state in answered.problem.states)
    attacked = Page(report_page(answered.plan, answered.problem.model_copy(update={"states": states})))
    assert [tag for tag, _ in attacked.elements].count("script") == 1
    assert not {"onload", "onclick"} & {name for _, attributes in attacked.elements for name in attributes}


def test_only_the_script_of_the_page_may_run(text: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe-inline&#39;" not in policy.partition("script-src")[2].partition(";")[0]


def test_pictures_take_their_colours_from_the_page(text: str) -> None:
    named = set(re.findall(r"var\(--([a-z0-9]+)\)", text))
    assert named <= set(COLOURS)
    assert "var(--ink)" in text[text.index('id="security"') : text.index('id="activity"')]


def test_a_plan_without_records_is_told_all_the_same(plan: Any, answered: Any) -> None:
    bare = plan.model_copy(update={"security": (), "contributions": ()})
    told = Page(report_page(bare, answered.problem)).text
    assert "Nobody pays in this plan" in told
    assert "no records of security" in told


def test_a_page_that_leaves_rows_out_says_so_and_where_they_are(
    answered: Any, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "too many for a page" not in text
    monkeypatch.setattr(report_states, "MOST_ROWS", 10)
    told = Page(report_page(answered.plan, answered.problem)).text
    assert told.count("too many for a page") == 1 + len({row.state for row in answered.plan.security})
    assert "--to xlsx" in told
