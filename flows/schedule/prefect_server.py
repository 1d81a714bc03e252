"""The Prefect server: which one to use, and one of our own on loopback where there is none."""

import os
import socket
import sys
import time
from pathlib import Path

import httpx

from flows.schedule import processes
from flows.schedule.processes import Child

NAME = "Prefect server"
#: A first start migrates its database, which took 16 seconds on a slow machine.
PATIENCE_SECONDS = 120.0
_QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,extractors,store",
}
#: What the server would keep for ever: runs of more than 30 days ago are deleted.
_TIDY = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 24 * 3600),
}
_OPTIONS = ("--factory", "--host", "127.0.0.1", "--log-level", "warning", "--timeout-graceful-shutdown", "2")


def folder(data_folder: Path) -> Path:
    """Return where Prefect keeps what is its own, apart from the user's own Prefect profile."""
    return data_folder / "prefect"


def children_file(data_folder: Path) -> Path:
    """Return the file that names the processes of a running `scalewatch serve`."""
    return folder(data_folder) / "children.json"


def environment(data_folder: Path, url: str) -> dict[str, str]:
    """Return the variables with which Prefect uses the server at `url`, and keeps quiet about it.

    A server that the user named keeps the user's own Prefect settings; ours gets a home in the data folder.
    """
    named = os.environ.get("PREFECT_API_URL")
    home = {} if named else {"PREFECT_HOME": str(folder(data_folder))}
    return {**_QUIET, **home, "PREFECT_API_URL": named or url}


def find(data_folder: Path) -> str | None:
    """Return the API address of a server that answers: the user's own, else that of a running `scalewatch serve`."""
    named = os.environ.get("PREFECT_API_URL")
    ours = (child.url for child in processes.recall(children_file(data_folder)) if child.name == NAME)
    url = named or next(ours, None)
    return url if url and answers(url) else None


def answers(url: str) -> bool:
    """Return whether a Prefect server answers at this API address."""
    try:
        return httpx.get(f"{url}/health", timeout=2.0, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def start(data_folder: Path) -> Child:
    """Start a server on a free port of loopback, with its own SQLite in the data folder; it answers after seconds."""
    port = _free_port()
    origin = f"http://127.0.0.1:{port}"
    return processes.start(
        NAME,
        # Prefect's own command would do the same without our check of the Host header.
        [sys.executable, "-m", "uvicorn", "flows.schedule.prefect_app:create_app", *_OPTIONS, "--port", str(port)],
        environment={
            **_TIDY,
            **os.environ,
            **environment(data_folder, f"{origin}/api"),
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": origin,
            "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
            "PREFECT_UI_API_URL": f"{origin}/api",
        },
        log=folder(data_folder) / "server.log",
        url=f"{origin}/api",
    )


def wait(url: str, *, patience: float = PATIENCE_SECONDS) -> bool:
    """Wait until the server at `url` answers; false if it does not within `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if answers(url):
            return True
        time.sleep(0.2)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
