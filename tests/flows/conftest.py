"""Fixtures of the tests of `flows`: a server on loopback that stands for the public world, and clients that ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from flows.fetching.client import Client
from flows.fetching.retries import Limits
from flows.settings import Settings

SHARED = Path(__file__).parents[2].parent / "shared"


@pytest.fixture(scope="session")
def httpserver_listen_address() -> tuple[str, int]:
    return ("127.0.0.1", 0)


@pytest.fixture
def settings(httpserver: HTTPServer, tmp_path: Path) -> Settings:
    """Settings of a machine whose whole world is `httpserver`: expect `/HOST/PATH` there, ask for `https://HOST/PATH`."""
    return Settings(data_folder=tmp_path / "data", mirror=httpserver.url_for(""), pacing="off")


@pytest.fixture
def quick() -> Limits:
    """Bounds in which a whole test fits."""
    return Limits(connect=2, read=2, total=4, attempts=3, first_wait=0.01)


@pytest.fixture
def client(settings: Settings, quick: Limits) -> Iterator[Client]:
    """A client of `httpserver` that remembers nothing and waits for nothing but Retry-After."""
    with Client(settings, limits=quick) as client:
        yield client


@pytest.fixture
def shared() -> Path:
    """The folder of recorded documents beside the repository; skips the test where it is not."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there")
    return SHARED
