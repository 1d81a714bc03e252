"""Child processes that outlive a killed parent: known again by when they started, and ended with all of their own."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

PATIENCE_SECONDS = 5.0
_STARTED_FIELD = 19  # of /proc/PID/stat, counted after the name in brackets: ticks since boot, see proc(5)
_BOOT = Path("/proc/sys/kernel/random/boot_id")

#: What this process has started and not yet waited for, by number and start: it remains a zombie until then.
_OURS: dict[tuple[int, str], subprocess.Popen[bytes]] = {}


@dataclass(frozen=True, slots=True)
class Child:
    """A process that leads a group of its own.

    `started` tells it from a later process that got the same number; `log` is what it says, and `url` where it
    answers, if it does.
    """

    name: str
    pid: int
    started: str
    log: str
    url: str = ""


def start(name: str, command: list[str], *, environment: dict[str, str], log: Path, url: str = "") -> Child:
    """Start `command` as the leader of a process group, so that the terminal's Ctrl-C does not reach it.

    It runs in the log's folder (no settings file of the current folder is read) and writes to `log`, which is begun
    anew.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603
            command,
            env=environment,
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    child = Child(name, process.pid, _started(process.pid) or "", str(log), url)
    _OURS[child.pid, child.started] = process
    return child


def is_alive(child: Child) -> bool:
    """Return whether the process still runs; another one with the same number does not count."""
    return bool(child.started) and _started(child.pid) == child.started


def end(child: Child, *, patience: float = PATIENCE_SECONDS) -> None:
    """End a process and its group: asked first, and made to after `patience` seconds."""
    if is_alive(child):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + patience
        while is_alive(child) and time.monotonic() < deadline:
            time.sleep(0.05)
        # What is left of the group: it may have members that outlive their leader.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    if process := _OURS.pop((child.pid, child.started), None):
        process.wait()


def remember(path: Path, children: Iterable[Child]) -> None:
    """Write down which processes were started; the file is replaced whole."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps([asdict(child) for child in children]), encoding="utf-8")
    fresh.replace(path)


def recall(path: Path) -> tuple[Child, ...]:
    """Return the processes written down that still run; none where the file is missing or broken."""
    try:
        children = [Child(**fields) for fields in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return ()
    return tuple(child for child in children if is_alive(child))


def _started(pid: int) -> str | None:
    """Return a mark of when a process began, or none if there is no such process (an ended one counts as none)."""
    if not _BOOT.exists():
        return _started_by_ps(pid)
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else f"{_BOOT.read_text().strip()} {fields[_STARTED_FIELD]}"


def _started_by_ps(pid: int) -> str | None:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    state, _, began = answer.partition(" ")
    return None if not answer or state.startswith("Z") else began.strip()
