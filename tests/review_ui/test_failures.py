"""What the desk says when something behind it fails."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from review_ui.security import HEADERS
from store.engine import open_engine

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.review_ui.conftest import RunningDesk

    Serve = Callable[[Engine], AbstractContextManager[RunningDesk]]


def test_a_database_without_tables_is_one_clear_line(serve: "Serve", tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")

    with serve(engine) as desk:
        page, health = desk.get("/queue"), desk.get("/health")
    engine.dispose()

    assert (page.status_code, health.status_code) == (503, 503)
    assert "scalewatch db upgrade" in page.text
    assert "scalewatch db upgrade" in health.json()["error"]
    assert "SELECT" not in page.text


def test_a_fault_of_ours_tells_nothing_of_the_inside(desk: "RunningDesk") -> None:
    answer = desk.send(desk.form("/add", "/add").fill(address="https://example.org/broken"))

    assert answer.status_code == 500
    assert "The desk failed at this" in answer.text
    assert "Traceback" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
