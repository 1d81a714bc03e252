"""The Prefect server of our own: started for real, known again, and ended."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from flows.schedule import prefect_server, processes
from flows.schedule.processes import Child

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def server(data_folder: Path) -> Iterator[Child]:
    child = prefect_server.start(data_folder)
    assert prefect_server.wait(child.url), Path(child.log).read_text()
    yield child
    processes.end(child)


def test_it_answers_on_loopback_alone_and_shows_its_pages(server: Child) -> None:
    origin = server.url.removesuffix("/api")

    assert origin.startswith("http://127.0.0.1:")
    assert httpx.get(origin, trust_env=False).status_code == 200


def test_it_refuses_a_host_name_that_was_rebound_to_loopback(server: Child) -> None:
    answer = httpx.post(f"{server.url}/deployments/filter", headers={"Host": "evil.example"}, json={}, trust_env=False)

    assert answer.status_code == 400


def test_it_lets_no_other_site_read_it(server: Child) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}

    answer = httpx.options(f"{server.url}/deployments/filter", headers=headers, trust_env=False)

    assert "access-control-allow-origin" not in answer.headers


def test_its_telemetry_is_off(server: Child) -> None:
    settings = httpx.get(f"{server.url}/admin/settings", trust_env=False).json()

    assert settings["server"]["analytics_enabled"] is False


def test_it_keeps_everything_in_the_data_folder(server: Child, data_folder: Path) -> None:
    assert (data_folder / "prefect" / "prefect.db").exists()
    assert Path(server.log).is_relative_to(data_folder)


def test_it_is_found_while_it_is_written_down_and_runs(
    server: Child, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    file = prefect_server.children_file(data_folder)

    assert prefect_server.find(data_folder) is None
    processes.remember(file, [server])
    assert prefect_server.find(data_folder) == server.url
    file.unlink()
    assert prefect_server.find(data_folder) is None


def test_a_server_that_the_user_named_comes_first(
    server: Child, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", server.url)

    assert prefect_server.find(data_folder / "elsewhere") == server.url
    assert "PREFECT_HOME" not in prefect_server.environment(data_folder, "http://127.0.0.1:1/api")


def test_a_server_that_does_not_answer_is_none(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")

    assert prefect_server.find(data_folder) is None
    assert not prefect_server.wait("http://127.0.0.1:1/api", patience=0.3)


def test_ending_it_leaves_no_process(tmp_path: Path) -> None:
    child = prefect_server.start(tmp_path)

    processes.end(child)

    assert not processes.is_alive(child)
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)
