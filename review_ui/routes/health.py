"""Whether the review page and its database answer."""

from dataclasses import dataclass

from fastapi import APIRouter

from review_ui.desk import DeskDep
from store import queue
from store.tables import Status

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Health:
    """That all is well, the version that runs, and how many candidates wait."""

    status: str
    version: str
    pending: int


@router.get("/health")
def health(desk: DeskDep) -> Health:
    """Ask the database once; a database that does not answer makes this 503."""
    with desk.reading() as session:
        counts = queue.count(session)
    return Health(status="ok", version=desk.options.version, pending=counts.get(Status.PENDING, 0))
