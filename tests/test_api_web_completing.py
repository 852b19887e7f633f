"""Fields that name a concept, in a real browser: what is offered, chosen by keyboard or pointer, and what is copied."""

import pytest
from browser import Visit
from playwright.sync_api import expect


def test_a_lay_name_leads_to_the_card_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address)
    field = page.get_by_role("combobox", name="Concept")
    field.press_sequentially("coughing up bl")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_have_text("hemoptysisSymptom · found as “coughing up blood”")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    chosen = options.first.get_attribute("id")
    assert chosen is not None
    expect(field).to_have_attribute("aria-activedescendant", chosen)
    assert visit.violations() == []
    visit.keep("completing")
    field.press("Enter")
    page.wait_for_url(f"{visit.address}/concepts/etio:hemoptysis?q=coughing+up+bl")


def test_typing_errors_are_forgiven_and_escape_closes_the_offers(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address)
    field = page.get_by_label("from")
    field.fill("")
    field.press_sequentially("pneumnia")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("pneumonia")
    field.press("Escape")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(field).to_have_value("pneumonia")
    page.get_by_role("button", name="Show why").click()
    expect(page.get_by_role("heading", level=2, name="pneumonia may have the symptom hemoptysis")).to_be_visible()


def test_an_older_question_never_overtakes_a_newer_one(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/v1/concepts" in request.url else None)
    field = page.get_by_role("combobox", name="Concept")
    field.press_sequentially("pneu", delay=1)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_contain_text("pneumonia")
    assert [url.partition("?")[2] for url in asked][-1:] == ["q=pneu&limit=8"]
    assert len(asked) < 3


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "q&r=\"'"])
def test_what_no_concept_is_called_is_told(visit: Visit, name: str) -> None:
    page = visit.page
    page.goto(visit.address)
    page.get_by_role("combobox", name="Concept").fill(name)
    expect(page.get_by_role("status").filter(has_text="No concept has a name like this")).to_have_count(1)
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(0)
