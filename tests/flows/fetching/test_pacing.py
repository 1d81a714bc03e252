import itertools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from flows.errors import FlowError
from flows.fetching.client import Client
from flows.fetching.pacing import ARXIV_HOSTS, PACES, FilePacer, NoPacer, Pace, open_pacer
from flows.fetching.retries import Limits
from flows.settings import Settings

INTERVAL = 0.4
SINGLE = (Pace("single", ("a.example.org", "b.example.org"), INTERVAL, is_single=True),)
ADDRESS = httpx.URL("https://a.example.org/")

ASK = f"""
import sys
from pathlib import Path
from flows.fetching.client import Client
from flows.fetching.pacing import FilePacer, Pace
from flows.settings import Settings
mirror, folder, host = sys.argv[1:]
pacer = FilePacer(Path(folder), (Pace("single", ("a.example.org", "b.example.org"), {INTERVAL}, is_single=True),))
with Client(Settings(mirror=mirror, data_folder=Path(folder)), pacer=pacer) as client:
    client.get(f"https://{{host}}/1")
    client.get(f"https://{{host}}/2")
"""

HOLD = f"""
import sys
from pathlib import Path
import httpx
from flows.fetching.pacing import FilePacer, Pace
pacer = FilePacer(Path(sys.argv[1]), (Pace("single", ("a.example.org",), {INTERVAL}, is_single=True),))
with pacer.turn(httpx.URL("https://a.example.org/")):
    print("held", flush=True)
    sys.stdin.read()
"""


def pace_of(url: str) -> tuple[str, float, bool] | None:
    address = httpx.URL(url)
    return next(((pace.name, pace.interval, pace.is_single) for pace in PACES if pace.covers(address)), None)


def test_two_processes_ask_one_service_in_turn(httpserver: HTTPServer, tmp_path: Path) -> None:
    times: list[float] = []

    def answer(_: Request) -> Response:
        times.append(time.monotonic())
        return Response(b"x")

    httpserver.expect_request("/a.example.org/1").respond_with_handler(answer)
    httpserver.expect_request("/a.example.org/2").respond_with_handler(answer)
    httpserver.expect_request("/b.example.org/1").respond_with_handler(answer)
    httpserver.expect_request("/b.example.org/2").respond_with_handler(answer)

    command = [sys.executable, "-c", ASK, httpserver.url_for(""), str(tmp_path)]
    processes = [subprocess.Popen([*command, host]) for host in ("a.example.org", "b.example.org")]

    assert [process.wait(30) for process in processes] == [0, 0]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(gaps) == 3
    assert min(gaps) >= INTERVAL - 0.01


def test_a_process_that_is_killed_frees_its_turn(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"

    os.kill(holder.pid, signal.SIGKILL)
    holder.wait(5)
    holder.stdin.close()
    holder.stdout.close()
    started = time.monotonic()
    with FilePacer(tmp_path, SINGLE).turn(ADDRESS):
        waited = time.monotonic() - started

    assert waited < 2


def test_hosts_of_one_service_share_a_pace_and_others_do_not_wait(tmp_path: Path) -> None:
    pacer = FilePacer(tmp_path, SINGLE, other_hosts=60)

    started = time.monotonic()
    with pacer.turn(ADDRESS), pacer.turn(httpx.URL("https://other.example.org/")):
        pass
    assert time.monotonic() - started < INTERVAL
    with pacer.turn(httpx.URL("https://b.example.org/")):
        waited = time.monotonic() - started

    assert waited >= INTERVAL


def test_a_failed_request_counts_as_one(tmp_path: Path) -> None:
    pacer = FilePacer(tmp_path, SINGLE)
    started = time.monotonic()

    with pytest.raises(ZeroDivisionError), pacer.turn(ADDRESS):
        raise ZeroDivisionError
    with pacer.turn(ADDRESS):
        waited = time.monotonic() - started

    assert waited >= INTERVAL


def test_a_clock_that_was_set_back_does_not_make_us_wait_for_hours(tmp_path: Path) -> None:
    pacer = FilePacer(tmp_path, SINGLE)
    stamp = tmp_path / "single.last"
    stamp.touch()
    os.utime(stamp, (time.time() + 3600, time.time() + 3600))

    started = time.monotonic()
    with pacer.turn(ADDRESS):
        waited = time.monotonic() - started

    assert waited < INTERVAL + 1


def test_a_hostile_host_name_makes_a_plain_file_name(tmp_path: Path) -> None:
    with FilePacer(tmp_path).turn(httpx.URL("https://" + "a" * 60 + ".example.org/../../x")):
        pass

    assert all(path.parent == tmp_path and path.name.startswith("host-") for path in tmp_path.rglob("*"))


def test_a_folder_that_cannot_be_written_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with (
        pytest.raises(FlowError, match="cannot keep the times of requests"),
        FilePacer(tmp_path / "file").turn(ADDRESS),
    ):
        pass


@pytest.mark.parametrize("host", ARXIV_HOSTS)
def test_all_interfaces_of_arxiv_are_one_service(host: str) -> None:
    assert pace_of(f"https://{host}/api/query?search_query=cat:cs.CL") == ("arxiv", 3.0, True)


def test_the_hub_stays_below_five_hundred_requests_in_five_minutes() -> None:
    assert pace_of("https://huggingface.co/api/models?limit=1") == ("hub-api", 0.6, False)
    assert pace_of("https://huggingface.co/Example/Heron/raw/main/README.md") == ("hub-files", 0.1, False)


def test_other_hosts_have_no_pace_of_their_own() -> None:
    assert pace_of("https://lab.example.org/") is None
    assert pace_of("https://arxiv.org.example.org/") is None


def test_pacing_is_on_unless_it_was_turned_off() -> None:
    assert isinstance(open_pacer(is_on=True), FilePacer)
    assert isinstance(open_pacer(is_on=False), NoPacer)


def test_the_log_shows_when_each_request_goes_out(
    httpserver: HTTPServer, tmp_path: Path, quick: Limits, caplog: pytest.LogCaptureFixture
) -> None:
    httpserver.expect_request("/a.example.org/").respond_with_data("x")
    settings = Settings(data_folder=tmp_path, mirror=httpserver.url_for(""))
    caplog.set_level("INFO", logger="flows.fetching.client")

    with Client(settings, limits=quick, pacer=FilePacer(tmp_path, SINGLE)) as client:
        client.get("https://a.example.org/")
        client.get("https://a.example.org/")

    lines = [record for record in caplog.records if record.name == "flows.fetching.client"]
    assert [line.getMessage() for line in lines] == ["GET https://a.example.org/"] * 2
    assert lines[1].created - lines[0].created >= INTERVAL
