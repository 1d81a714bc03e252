"""A desk as people have it: a real store, a real server on loopback, and forms sent as a browser sends them."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn
from bs4 import BeautifulSoup, Tag
from sqlalchemy import Engine

from review_ui.app import create_app
from review_ui.options import DeskOptions
from store import documents, matching, readings, values
from store.engine import open_engine, session
from store.tables import Claim, Document
from store.values import Value

_PATIENCE = 20.0  # seconds

TEXT = (
    "We present Foo, a family of open models.\n\n"
    "Foo-7B has 7 billion parameters, and Foo-70B has 70 billion parameters. "
    "Both were trained on 15T tokens of text. They read text and images and write text.\n\n"
    "The weights of both are released under Apache-2.0."
)


class CannotAddError(Exception):
    """What the desk's own way of adding raises."""


@dataclass(frozen=True)
class Fact:
    """A claim in short: where it stands is looked up."""

    model: str
    field: str
    value: Value
    quote: str
    confidence: float = 0.9
    unit: str = ""


FACTS = (
    Fact("Foo-7B", "name", "Foo-7B", "Foo-7B"),
    Fact("Foo-7B", "family", "Foo", "Foo"),
    Fact("Foo-7B", "parameters", 7e9, "7 billion parameters"),
    Fact("Foo-70B", "name", "Foo-70B", "Foo-70B"),
    Fact("Foo-70B", "parameters", 7e10, "70 billion parameters", 0.8),
    Fact("Foo", "training_tokens", 1.5e13, "trained on 15T tokens"),
    Fact("Foo", "input_modalities", ("image", "text"), "read text and images"),
    Fact("Foo", "open_weights", True, "weights of both are released"),
)


@dataclass(frozen=True)
class Announcement:
    """A document about a release, and what is read in it."""

    key: str = "arxiv:2601.00001"
    title: str = "Foo: open models"
    text: str = TEXT
    facts: tuple[Fact, ...] = FACTS
    url: str = "https://arxiv.org/abs/2601.00001"
    kind: str = "paper"
    source: str = "arxiv"
    published: datetime | None = datetime(2026, 1, 5, 12, tzinfo=UTC)

    def claims(self) -> list[Claim]:
        """Return the facts as claims of the extraction pipeline."""
        content = f"{self.title}\n{self.text}"
        return [self._claim(fact, content.index(fact.quote)) for fact in self.facts]

    def _claim(self, fact: Fact, start: int) -> Claim:
        return Claim(
            document_id=0,  # this and the pipeline are set when the reading is recorded
            pipeline="",
            extractor="test",
            field=fact.field,
            subject=fact.model,
            value=values.encode(fact.value),
            unit=fact.unit,
            quote=fact.quote,
            start_char=start,
            end_char=start + len(fact.quote),
            confidence=fact.confidence,
            reason="named in the same sentence",
        )


@dataclass(frozen=True)
class SentForm:
    """A form of a page, filled in."""

    action: str
    fields: tuple[tuple[str, str], ...]

    def fill(self, **typed: str | None) -> "SentForm":
        """Return the form with other values; `None` takes a field out, as clearing a box does."""
        return self.fill_in(typed)

    def fill_in(self, typed: Mapping[str, str | None]) -> "SentForm":
        """Return the form with the values of `typed` in place of those of the page."""
        kept = tuple(pair for pair in self.fields if pair[0] not in typed)
        return replace(self, fields=kept + tuple((name, text) for name, text in typed.items() if text is not None))

    def without(self, name: str, value: str) -> "SentForm":
        """Return the form without one of several fields of a name."""
        return replace(self, fields=tuple(pair for pair in self.fields if pair != (name, value)))

    def text(self, name: str) -> str:
        """Return the value of a field."""
        return next(value for key, value in self.fields if key == name)


@dataclass
class RunningDesk:
    """A desk on a free port, and one visitor of it."""

    address: str
    client: httpx.Client
    added: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Ask for a page."""
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def soup(self, path: str) -> BeautifulSoup:
        """Return a page as it can be searched."""
        return BeautifulSoup(self.get(path).text, "lxml")

    def form(self, path: str, action: str) -> SentForm:
        """Return the form of a page that is sent to `action`, as a browser would send it untouched."""
        return read_form(self.get(path).text, action)

    def send(self, form: SentForm, **headers: str) -> httpx.Response:
        """Send a form and do not follow where the answer leads."""
        body = httpx.QueryParams(list(form.fields))
        sent = {"Content-Type": "application/x-www-form-urlencoded"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(form.action, content=str(body), headers=sent)


def read_form(page: str, action: str) -> SentForm:
    found = BeautifulSoup(page, "lxml").select_one(f'form[action="{action}"]')
    assert found is not None, f"no form is sent to {action}"
    return SentForm(action, tuple(_inputs(found)))


def _inputs(form: Tag) -> Iterator[tuple[str, str]]:
    for found in form.select("input[name], textarea[name]"):
        if found.get("type") in ("checkbox", "radio") and not found.has_attr("checked"):
            continue
        yield str(found["name"]), found.text.strip("\n") if found.name == "textarea" else str(found.get("value", ""))


@pytest.fixture
def engine(_sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A new SQLite database; what differs on PostgreSQL is the store's concern."""
    opened = open_engine(f"sqlite:///{shutil.copy(_sqlite_template, tmp_path / 'scalewatch.db')}")
    yield opened
    opened.dispose()


@pytest.fixture
def announce(engine: Engine) -> Callable[[Announcement], int]:
    """Puts a document with its claims through the store and returns the id of its candidate."""

    def announce(announcement: Announcement) -> int:
        with session(engine) as current:
            row = Document(
                key=announcement.key,
                kind=announcement.kind,
                source=announcement.source,
                url=announcement.url,
                title=announcement.title,
                text=announcement.text,
                published=announcement.published,
                fingerprint="",  # set when it is saved
            )
            saved = documents.save(current, row)
            readings.record_reading(
                current, saved.document.id, pipeline="1", announces=0.95, claims=announcement.claims()
            )
            candidate = matching.match(current, saved.document.id, matching.Criteria(is_wanted=True))
            assert candidate is not None
            return candidate.id

    return announce


@pytest.fixture
def foo() -> Announcement:
    """The paper of a release of two models."""
    return Announcement()


@pytest.fixture
def long() -> Announcement:
    """A paper whose figures stand far below."""
    start = "A sentence about nothing in particular, with-one-very-long-word-that-does-not-break-" + "x" * 300 + ". "
    return Announcement(text=start + "Nothing is said here. " * 3_000 + TEXT)


@pytest.fixture
def hostile() -> Callable[[Announcement], Announcement]:
    """Puts scripts into the title and the text of an announcement."""
    evil = "<script>window.isBroken = 1</script><img src=x onerror='window.isBroken = 1'><svg onload='isBroken = 1'>"
    return lambda foo: replace(foo, title=f"{foo.title} {evil}", text=f"{evil}\n{foo.text}")


@pytest.fixture
def card() -> Announcement:
    """The card of one of its models, which states more."""
    return Announcement(
        key="hf:Foo/Foo-7B",
        title="Foo-7B",
        text="Foo-7B uses 3 billion active parameters. Its sister has 72 billion parameters in all.",
        facts=(
            Fact("Foo-7B", "name", "Foo-7B", "Foo-7B"),
            Fact("Foo-7B", "family", "Foo", "Foo"),
            Fact("Foo-7B", "active_parameters", 3e9, "3 billion active parameters"),
            Fact("Foo-70B", "parameters", 7.2e10, "72 billion parameters", 0.6),
        ),
        url="https://huggingface.co/Foo/Foo-7B",
        kind="card",
        source="hub",
    )


@pytest.fixture
def many() -> Callable[[int], list[Announcement]]:
    """Makes papers of releases that have nothing to do with each other."""
    return lambda number: [_other(index) for index in range(number)]


def _other(index: int) -> Announcement:
    name = f"Quux{chr(97 + index)}{chr(97 + index)}-{index + 2}B"
    text = f"{name} has {index + 2} billion parameters."
    facts = (
        Fact(name, "name", name, name),
        Fact(name, "parameters", (index + 2) * 1e9, f"{index + 2} billion parameters"),
    )
    url = f"https://example.org/posts/{index}"
    return Announcement(key=url, title=f"{name} is here", text=text, facts=facts, url=url, kind="post", source="blog")


@pytest.fixture(name="read_form")
def _read_form() -> Callable[[str, str], SentForm]:
    """Reads the form that is sent to an address out of a page."""
    return read_form


@pytest.fixture
def candidate_id(announce: Callable[[Announcement], int]) -> int:
    """A pending release of two models."""
    return announce(Announcement())


@pytest.fixture
def desk(engine: Engine) -> Iterator[RunningDesk]:
    """A desk that serves the database of the test."""
    with serve(engine) as running:
        yield running


@pytest.fixture(name="serve")
def _serve() -> Callable[[Engine], AbstractContextManager[RunningDesk]]:
    """Serves a desk over any database."""
    return serve


@contextmanager
def serve(engine: Engine) -> Iterator[RunningDesk]:
    """Serve a desk on a free port of loopback until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        added: list[str] = []

        def add(address: str) -> int:
            if "nothing" in address:
                raise CannotAddError(f"{address}: answered 404")
            if "broken" in address:
                raise ZeroDivisionError("a fault that nobody declared")
            added.append(address)
            return 1

        options = DeskOptions(
            secret="not so secret",
            allowed_hosts=(host,),
            default_reviewer="Ada",
            add_document=add,
            add_errors=(CannotAddError,),
            version="1.2.3",
        )
        server = uvicorn.Server(
            uvicorn.Config(create_app(engine, options=options), log_level="critical", lifespan="off")
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            _wait_until(lambda: server.started)
            with httpx.Client(base_url=f"http://{host}", timeout=_PATIENCE) as client:
                yield RunningDesk(f"http://{host}", client, added)
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "the desk did not start"
        threading.Event().wait(0.005)
