"""The demo: the same `serve` as ever, on a small invented world that this machine answers for."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from flows.settings import Settings
from scalewatch.database import open_upgraded
from scalewatch.demo.server import answering
from scalewatch.demo.services import World
from scalewatch.serving import serve

SOURCES = Path(__file__).parent / "sources.toml"


def live(settings: Settings, *, fresh: bool) -> None:
    """Serve the invented world until Ctrl-C, in a data folder of its own; `fresh` begins with an empty one."""
    folder = settings.data_folder / "demo"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    # A server that the user named is for the user's own runs.
    os.environ.pop("PREFECT_API_URL", None)
    with answering(World(_beginning(folder))) as mirror:
        own = {"data_folder": folder, "database_url": None, "sources": SOURCES, "mirror": mirror, "pacing": "off"}
        demo = Settings.model_validate({**settings.model_dump(), **own})
        serve(open_upgraded(demo), demo)


def _beginning(folder: Path) -> datetime:
    """Return when the demo of this data folder began: its documents keep their dates from one start to the next."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "began"
    if not file.exists():
        file.write_text(datetime.now(UTC).isoformat(timespec="seconds"), encoding="utf-8")
    return datetime.fromisoformat(file.read_text(encoding="utf-8").strip())
