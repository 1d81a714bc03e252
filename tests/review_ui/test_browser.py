"""The desk in a real browser: with scripts and without, and nothing that its own policy forbids."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright
from sqlalchemy import Engine

from store import catalog, queue
from store.engine import session
from store.tables import Status
from store.views import CandidateView, EntryView

if TYPE_CHECKING:
    from tests.review_ui.conftest import Announcement, RunningDesk

pytestmark = pytest.mark.browser

Announce = Callable[["Announcement"], int]
QUIET = (
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--no-first-run", "--disable-gpu", "--disable-quic"),
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium on this machine")
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(params=["with scripts", "without scripts"])
def context(request: pytest.FixtureRequest, chromium: Browser, desk: "RunningDesk") -> Iterator[BrowserContext]:
    """A browser of its own, with scripts and then without."""
    context = chromium.new_context(base_url=desk.address, java_script_enabled=request.param == "with scripts")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; the test fails if the browser complained about anything, such as a breach of the policy."""
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if _is_complaint(message) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def with_scripts(chromium: Browser, desk: "RunningDesk") -> Iterator[Page]:
    """A page of a browser that runs scripts; complaints are not looked at, since refusals are among them."""
    context = chromium.new_context(base_url=desk.address)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_a_person_approves_a_candidate(page: Page, engine: Engine, candidate_id: int) -> None:
    page.goto("/queue")
    page.get_by_role("link", name="Foo", exact=True).click()
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("status")).to_contain_text("Approved by Ada")
    expect(page.get_by_role("link", name="Foo-7B", exact=True)).to_be_visible()
    assert _view(engine, candidate_id).status is Status.APPROVED
    assert len(_entries(engine)) == 2


def test_a_person_rejects_a_candidate(page: Page, engine: Engine, candidate_id: int) -> None:
    page.goto(f"/candidates/{candidate_id}")
    page.get_by_label("duplicate").check()
    page.get_by_role("button", name="Reject", exact=True).click()

    expect(page.get_by_role("status")).to_contain_text("Rejected by Ada")
    assert _view(engine, candidate_id).history[-1].reason == "duplicate"


def test_a_person_edits_a_value_and_approves(page: Page, engine: Engine, candidate_id: int) -> None:
    page.goto(f"/candidates/{candidate_id}")
    page.locator("summary", has_text="Change Parameters of Foo-7B").click()
    page.get_by_label("Parameters of Foo-7B", exact=True).fill("7.6B")
    page.get_by_label("Where it comes from: Parameters of Foo-7B", exact=True).fill("https://example.org/card")
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("status")).to_contain_text("Approved")
    values = {value.field: value for value in _entry(engine, "Foo-7B").values}
    assert (values["parameters"].value, values["parameters"].note) == (7.6e9, "https://example.org/card")


def test_a_person_puts_a_candidate_off_and_reopens_it(page: Page, engine: Engine, candidate_id: int) -> None:
    page.goto(f"/candidates/{candidate_id}")
    page.get_by_label("for a month").check()
    page.get_by_role("button", name="Decide later").click()
    expect(page.get_by_role("status")).to_contain_text("Waits until")
    page.get_by_role("button", name="Reopen").click()

    expect(page.locator(".sign.pending")).to_be_visible()
    assert _view(engine, candidate_id).status is Status.PENDING


def test_a_quote_is_marked_and_its_field_leads_there(page: Page, announce: Announce, long: "Announcement") -> None:
    candidate_id = announce(long)
    page.goto(f"/candidates/{candidate_id}")
    mark = page.locator("mark", has_text="trained on 15T tokens")
    expect(mark).not_to_be_in_viewport()

    page.locator("blockquote a", has_text="trained on 15T tokens").first.click()

    expect(mark).to_be_in_viewport()
    assert mark.evaluate("mark => getComputedStyle(mark).outlineStyle") == "solid"


def test_a_person_switches_to_another_document(
    page: Page, announce: Announce, card: "Announcement", candidate_id: int
) -> None:
    announce(card)
    page.goto(f"/candidates/{candidate_id}")
    page.get_by_role("navigation", name="Documents of this release").get_by_role("link", name="card").click()

    expect(page.locator("mark", has_text="3 billion active parameters")).to_be_visible()


def test_a_person_searches_and_corrects_the_catalog(page: Page, engine: Engine, candidate_id: int) -> None:
    with session(engine) as current:
        queue.approve(current, candidate_id, reviewer="Grace")
    page.goto("/catalog")
    page.get_by_label("Search names, families and makers").fill("70b")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Foo-70B").click()
    page.locator("summary", has_text="Change Parameters").click()
    page.get_by_label("Parameters", exact=True).fill("72B")
    page.get_by_label("Why it changes").fill("the report, page 3")
    page.get_by_role("button", name="Save the changes").click()

    expect(page.locator(".history")).to_contain_text("Edited by Ada")
    values = {value.field: value.value for value in _entry(engine, "Foo-70B").values}
    assert values["parameters"] == 7.2e10


def test_a_person_changes_the_name_that_decides(page: Page) -> None:
    page.goto("/reviewer")
    page.get_by_label("Your name").fill("Grace Hopper")
    page.get_by_role("button", name="Use this name").click()

    expect(page.get_by_role("banner")).to_contain_text("Deciding as Grace Hopper")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(
    with_scripts: Page, engine: Engine, announce: Announce, long: "Announcement", width: int
) -> None:
    candidate_id = announce(long)
    with session(engine) as current:
        queue.approve(current, candidate_id, reviewer="Grace")
    with_scripts.set_viewport_size({"width": width, "height": 800})

    for path in ("/queue?status=approved", "/candidates/1", "/catalog", "/catalog/1", "/add", "/reviewer", "/nothing"):
        with_scripts.goto(path)

        assert with_scripts.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_decision_changes_the_page_in_place(with_scripts: Page, candidate_id: int) -> None:
    with_scripts.goto(f"/candidates/{candidate_id}")
    with_scripts.evaluate("window.isStillThere = true")
    with_scripts.get_by_role("button", name="Approve").click()

    expect(with_scripts.get_by_role("status")).to_contain_text("Approved")
    expect(with_scripts.get_by_role("status")).to_be_focused()
    assert with_scripts.evaluate("window.isStillThere") is True


def test_what_was_typed_survives_a_refusal_in_place(with_scripts: Page, candidate_id: int) -> None:
    with_scripts.goto(f"/candidates/{candidate_id}")
    with_scripts.locator("summary", has_text="Change Parameters of Foo-7B").click()
    field = with_scripts.get_by_label("Parameters of Foo-7B", exact=True)
    field.fill("a lot")
    with_scripts.get_by_role("button", name="Approve").click()

    expect(with_scripts.get_by_role("alert").filter(has_text="Nothing was decided yet")).to_be_visible()
    expect(field).to_have_value("a lot")
    expect(field).to_have_attribute("aria-invalid", "true")


def test_another_statement_can_be_taken_with_one_click(
    with_scripts: Page, announce: Announce, card: "Announcement", candidate_id: int
) -> None:
    announce(card)
    with_scripts.goto(f"/candidates/{candidate_id}")
    with_scripts.locator("summary", has_text="other statement on Parameters of Foo-70B").click()
    with_scripts.get_by_role("button", name="Use this").click()

    expect(with_scripts.get_by_label("Parameters of Foo-70B", exact=True)).to_have_value("72B")
    note = with_scripts.get_by_label("Where it comes from: Parameters of Foo-70B", exact=True)
    expect(note).to_have_value("“72 billion parameters” https://huggingface.co/Foo/Foo-7B")


def test_the_catalog_is_searched_while_typing(with_scripts: Page, engine: Engine, candidate_id: int) -> None:
    with session(engine) as current:
        queue.approve(current, candidate_id, reviewer="Grace")
    with_scripts.goto("/catalog")
    with_scripts.get_by_label("Search names, families and makers").press_sequentially("70b")

    expect(with_scripts.locator("tbody tr")).to_have_count(1)
    expect(with_scripts).to_have_url(f"{with_scripts.url.partition('?')[0]}?search=70b")


def test_a_text_with_a_script_runs_nothing(
    with_scripts: Page, announce: Announce, foo: "Announcement", hostile: Callable[["Announcement"], "Announcement"]
) -> None:
    candidate_id = announce(hostile(foo))

    with_scripts.goto(f"/candidates/{candidate_id}")

    expect(with_scripts.get_by_role("heading", name="Foo", exact=True)).to_be_visible()
    assert with_scripts.evaluate("window.isBroken") is None


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(with_scripts: Page, candidate_id: int) -> None:
    with_scripts.goto(f"/candidates/{candidate_id}")

    nameless = with_scripts.evaluate(
        """() => [...document.querySelectorAll("input:not([type=hidden]), textarea, select")]
            .filter(control => !control.labels.length && !control.getAttribute("aria-label"))
            .map(control => control.outerHTML)"""
    )
    with_scripts.keyboard.press("Tab")

    assert nameless == []
    expect(with_scripts.get_by_role("link", name="Skip to the content")).to_be_focused()


def _is_complaint(message: ConsoleMessage) -> bool:
    """Whether something is wrong; htmx also reports requests that end because the person goes to another page."""
    return message.type != "log" and not message.text.startswith(("htmx:afterRequest,", "htmx:sendAbort,"))


def _view(engine: Engine, candidate_id: int) -> CandidateView:
    with session(engine, read_only=True) as current:
        return queue.view(current, candidate_id)


def _entries(engine: Engine) -> list[EntryView]:
    with session(engine, read_only=True) as current:
        return catalog.entries(current)


def _entry(engine: Engine, name: str) -> EntryView:
    return next(entry for entry in _entries(engine) if entry.name == name)
