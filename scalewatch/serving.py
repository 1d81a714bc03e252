"""All of `scalewatch serve` on one machine: the schedule beside the review page, and their common end."""

import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import FrameType

import typer
import uvicorn
from filelock import FileLock, Timeout
from sqlalchemy import Engine

from flows.add import add
from flows.errors import FlowError, MalformedAddressError
from flows.schedule import prefect_server, processes
from flows.schedule.processes import Child
from flows.settings import Settings
from review_ui.app import create_app
from review_ui.options import DeskOptions
from scalewatch.errors import ServeError
from scalewatch.options import reviewer_name
from store.errors import StoreError

SCHEDULE = "schedule"
_LOOK_SECONDS = 1.0
_ENDING = (signal.SIGINT, signal.SIGTERM)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(engine: Engine, settings: Settings) -> None:
    """Run the schedule and the review page until Ctrl-C or SIGTERM, then end both.

    Raises ServeError where another one serves this data folder, the port is taken, or a part ends by itself.
    """
    with _alone(settings.data_folder), _listening(settings.host, settings.port) as listener, _ended_by_signals():
        children_file = prefect_server.children_file(settings.data_folder)
        for orphan in processes.recall(children_file):
            processes.end(orphan)
        server = _review_server(engine, settings, listener)
        with _children(settings, children_file) as children:
            _announce(settings, children, listener)
            fallen = _run(server, listener, children)
    if fallen:
        raise ServeError(f"the {fallen.name} ended by itself; its last words are in {fallen.log}")


@contextmanager
def _alone(data_folder: Path) -> Iterator[None]:
    """Hold the data folder's lock; the system lets go of it when this process ends, however it ends."""
    data_folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data_folder / "serve.lock", timeout=0):
            yield
    except Timeout as error:
        raise ServeError(
            f"another `scalewatch serve` runs on {data_folder}; end that one, or name another folder"
        ) from error


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything else is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise ServeError(f"cannot listen on {host}:{port}: {error.strerror}; --port names another port") from error
        listener.listen()
        yield listener


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM end this process as Ctrl-C does, through every `finally`; a second signal cuts nothing short."""

    def leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        for each in _ENDING:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(0)

    for number in _ENDING:
        signal.signal(number, leave)
    yield


@contextmanager
def _children(settings: Settings, children_file: Path) -> Iterator[list[Child]]:
    """Start the Prefect server, unless the user named one, and the schedule; end both on leaving."""
    children: list[Child] = []
    try:
        if "PREFECT_API_URL" not in os.environ:
            children.append(prefect_server.start(settings.data_folder))
            processes.remember(children_file, children)
        children.append(_start_schedule(settings, children[0].url if children else os.environ["PREFECT_API_URL"]))
        processes.remember(children_file, children)
        yield children
    finally:
        for child in reversed(children):
            processes.end(child)
        children_file.unlink(missing_ok=True)


def _start_schedule(settings: Settings, url: str) -> Child:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SCALEWATCH_")}
    environment = {
        **inherited,
        **settings.environment(),
        **prefect_server.environment(settings.data_folder, url),
    }
    command = [sys.executable, "-m", "flows.schedule.keeper"]
    log = prefect_server.folder(settings.data_folder) / "schedule.log"
    return processes.start(SCHEDULE, command, environment=environment, log=log)


def _review_server(engine: Engine, settings: Settings, listener: socket.socket) -> uvicorn.Server:
    options = DeskOptions(
        secret=_secret(settings.data_folder / "secret"),
        allowed_hosts=_names(settings, listener.getsockname()[1]),
        default_reviewer=reviewer_name(settings.reviewer),
        add_document=lambda address: _add(engine, settings, address),
        add_errors=(FlowError, StoreError),
        version=version("scalewatch"),
    )
    app = create_app(engine, options=options)
    return uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))


def _add(engine: Engine, settings: Settings, address: str) -> int:
    """Add what a person found on the web; unlike the command, a page gets at no file of this machine."""
    if not address.lower().startswith(("http://", "https://")):
        raise MalformedAddressError(address, "is no http:// or https:// address")
    return add(engine, settings, address)


def _run(server: uvicorn.Server, listener: socket.socket, children: list[Child]) -> Child | None:
    """Serve the review page until a signal comes, or until a child ends by itself; that child is returned."""
    fallen: list[Child] = []
    is_asked = threading.Event()
    is_over = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        is_asked.set()
        server.should_exit = True

    def watch() -> None:
        while not is_over.wait(_LOOK_SECONDS) and not fallen:
            fallen.extend(child for child in children if not processes.is_alive(child))
            server.should_exit = server.should_exit or bool(fallen)

    # While uvicorn runs it has handlers of its own, and raises the signal again for ours once connections are closed.
    for number in _ENDING:
        signal.signal(number, leave)
    threading.Thread(target=watch, daemon=True).start()
    server.run(sockets=[listener])
    is_over.set()
    return None if is_asked.is_set() or not fallen else fallen[0]


def _announce(settings: Settings, children: list[Child], listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    url = next((child.url for child in children if child.url), os.environ.get("PREFECT_API_URL", ""))
    typer.echo(f"Review page:  http://{_in_address(settings.host)}:{port}/")
    typer.echo(f"Prefect:      {url.removesuffix('/api')} (answers after some seconds)")
    typer.echo(f"Data folder:  {settings.data_folder}")
    typer.echo("Ctrl-C ends all of it.")


def _names(settings: Settings, port: int) -> tuple[str, ...]:
    """Return the Host headers that the review page answers to."""
    ours = ("127.0.0.1", "localhost", "[::1]") if settings.host in _LOOPBACK else (settings.host, socket.gethostname())
    further = [name.strip() for name in settings.allowed_hosts.split(",") if name.strip()]
    return tuple(f"{_in_address(name)}:{port}" for name in ours) + tuple(further)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _secret(path: Path) -> bytes:
    """Return the secret that signs cookies and forms; it is made once, and only its owner can read it."""
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
    except FileExistsError:
        path.chmod(0o600)
    return path.read_bytes()
