"""The report in a real browser: what a reader does with it works, and it asks the network for nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from concord.export.browser import find_browser
from concord.export.report import report_page
from concord.export.report.comparison import Entrant, comparison_page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(find_browser() is None, reason="no Chromium is on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = driver.chromium.launch(executable_path=find_browser(), args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(answered: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page(answered.plan, answered.problem), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def view(browser: Any, address: str) -> Iterator[Any]:
    """The report as opened."""
    yield from opened(browser, address)


@pytest.fixture
def comparison(browser: Any, answered: Any, tmp_path: Path) -> Iterator[Any]:
    """A comparison of three plans as opened, one of which does nothing."""
    idle = {"contributions": (), "contingents": (), "garrisons": (), "monitoring": ()}
    plans = {"one": answered.plan, "two": answered.plan, "idle": answered.plan.model_copy(update=idle)}
    entrants = [Entrant(name, plan, answered.problem) for name, plan in plans.items()]
    path = tmp_path / "comparison.html"
    path.write_text(comparison_page(entrants), encoding="utf-8")
    yield from opened(browser, path.as_uri())


def opened(browser: Any, address: str) -> Iterator[Any]:
    """A page; each test ends by demanding that nothing was complained of or asked for."""
    context = browser.new_context(viewport={"width": 1200, "height": 900}, color_scheme="light")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if asked.url.startswith("http") else None)
    page.goto(address)
    yield page
    context.close()
    assert said == []


def column(page: Any, number: int) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#states tbody tr",
        f"rows => rows.filter(r => !r.hidden).map(r => r.cells[{number}].textContent.trim())",
    )
    return found


def test_a_column_is_sorted_either_way(view: Any) -> None:
    heads = view.eval_on_selector_all("#states th", "heads => heads.map(h => h.textContent)")
    change = heads.index("Change")
    button = view.locator("#states th").nth(change).locator("button")
    button.click()
    falling = [float(text.rstrip("%").replace("−", "-")) for text in column(view, change)]
    assert falling == sorted(falling, reverse=True)
    button.click()
    assert view.locator("#states th").nth(change).get_attribute("aria-sort") == "ascending"
    rising = [float(text.rstrip("%").replace("−", "-")) for text in column(view, change)]
    assert rising == sorted(rising)


def test_search_leaves_the_states_that_are_named(view: Any, answered: Any) -> None:
    name = column(view, 0)[0]
    view.fill("#search", name.upper())
    assert column(view, 0) == [name]
    view.fill("#search", "no such state")
    assert column(view, 0) == []
    assert view.text_content("#found").startswith("0 of")


def test_pointing_at_a_state_tells_its_figures(view: Any, answered: Any) -> None:
    view.locator(".map a").first.dispatch_event("pointermove")
    assert view.is_visible("#tip")
    assert "security" in view.text_content("#tip")


def test_the_keyboard_reaches_what_the_pointer_does(view: Any) -> None:
    view.locator(".map a").last.focus()
    view.keyboard.press("Tab")
    focused = view.evaluate("document.activeElement.dataset.tip")
    assert focused
    assert view.text_content("#tip") == focused
    assert view.is_visible("#tip")


LABELS_FROM_TICKS = """axes => axes.flatMap(axis => {
  const middle = of => { const box = of.getBoundingClientRect(); return box.x + box.width / 2 }
  const places = part => [...axis.querySelectorAll(part)]
  const labels = places('.role-axis-label text'), ticks = places('.role-axis-tick line[x2="0"]')
  return labels.length === ticks.length ? labels.map((label, n) => middle(label) - middle(ticks[n])) : []
})"""
"""How far right of its tick each label of a horizontal axis stands, pixels."""


def test_labels_of_charts_stand_at_their_ticks(view: Any) -> None:
    """A rule of the page's style that moved them would leave a chart without meaning."""
    distances = view.eval_on_selector_all("svg.marks .role-axis", LABELS_FROM_TICKS)
    assert len(distances) > 5
    assert max(map(abs, distances)) < 20  # the outermost are kept within the chart


def test_another_year_changes_the_map(view: Any, answered: Any) -> None:
    periods = answered.plan.problem.periods
    if len(periods) == 1:
        pytest.skip("the plan has one period")
    view.locator(".periods label").first.click()
    shown = view.eval_on_selector_all(
        ".mark:not(.off)", "marks => [...new Set(marks.map(m => m.dataset.period))]"
    )
    assert shown == ["0"]
    assert view.text_content(".map .year") == str(periods[0])


def test_a_state_has_a_page_and_escape_leads_back(view: Any) -> None:
    link = view.locator("#states tbody a").first
    name = link.text_content()
    link.click()
    assert view.text_content(".state:target h2") == name
    assert not view.is_visible("main")
    assert view.evaluate("document.activeElement.className") == "state"
    view.keyboard.press("Escape")
    assert view.is_visible("main")


def test_a_state_page_needs_no_script(browser: Any, address: str, answered: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}#state-{answered.plan.security[0].state}")
    assert page.is_visible(".state:target h2")
    assert not page.is_visible("main")
    context.close()


def test_dark_follows_the_system_and_the_reader(view: Any) -> None:
    def background() -> str:
        return str(view.evaluate("getComputedStyle(document.body).backgroundColor"))

    light = background()
    view.emulate_media(color_scheme="dark")
    dark = background()
    assert dark != light
    view.click("#theme")
    assert background() == light
    view.click("#theme")
    assert background() == dark


def test_paper_is_white_and_nothing_on_it_is_folded(view: Any) -> None:
    view.emulate_media(media="print", color_scheme="dark")
    assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not view.is_visible(".bar")
    view.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert view.locator("main details:not([open])").count() == 0


def test_a_telephone_scrolls_one_way(view: Any) -> None:
    view.set_viewport_size({"width": 360, "height": 740})
    assert view.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_comparison_is_sorted_and_searched(comparison: Any) -> None:
    button = comparison.locator("#states th").nth(2).locator("button")
    button.click()
    values = [float(text.split()[0]) for text in column(comparison, 2)]
    assert values == sorted(values, reverse=True)
    name = column(comparison, 0)[0]
    comparison.fill("#search", name)
    assert column(comparison, 0) == [name]
    assert comparison.text_content("#found").startswith("1 of")


def test_a_comparison_tells_figures_of_maps_bars_and_points(comparison: Any) -> None:
    for place in ("#maps use[data-tip]", "#security li[data-tip]", "#burden li[data-tip]"):
        comparison.locator(place).first.dispatch_event("pointermove")
        assert comparison.is_visible("#tip")
        assert comparison.text_content("#tip") == comparison.locator(place).first.get_attribute("data-tip")
    comparison.locator("#maps use[data-tip]").first.focus()
    comparison.keyboard.press("Tab")
    assert comparison.evaluate("document.activeElement.dataset.tip") == comparison.text_content("#tip")


def test_the_maps_of_a_comparison_are_coloured_by_day_and_by_night(comparison: Any) -> None:
    def fills() -> set[str]:
        found = comparison.eval_on_selector_all(
            "#maps use[data-tip]",
            "areas => areas.map(area => getComputedStyle(area.querySelector('*') || area).fill)",
        )
        return set(found)

    day = fills()
    assert "rgb(0, 0, 0)" not in day
    assert len(day) >= 2
    comparison.emulate_media(color_scheme="dark")
    assert not day & fills()
    comparison.emulate_media(media="print", color_scheme="dark")
    assert fills() == day


def test_a_comparison_on_a_telephone_scrolls_one_way(comparison: Any) -> None:
    comparison.set_viewport_size({"width": 360, "height": 740})
    assert comparison.evaluate("document.documentElement.scrollWidth") <= 360


def test_hostile_texts_run_nothing(browser: Any, hostile: Any, tmp_path: Path) -> None:
    evil = "<img src=x onerror=document.title='caught'></script><script>document.title='caught'</script>"
    states = tuple(state.model_copy(update={"name": evil}) for state in hostile.problem.states)
    path = tmp_path / "report.html"
    path.write_text(
        report_page(hostile.plan, hostile.problem.model_copy(update={"states": states})), encoding="utf-8"
    )
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.title() != "caught"
    assert page.locator("img").count() == 0
    page.close()
