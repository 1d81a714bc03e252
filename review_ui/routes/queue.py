"""The queue: candidates by status, best first, in pages."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from review_ui.desk import DeskDep, see
from review_ui.pages import Paging, QueuePage
from review_ui.routes.paths import PageNumber
from store import queue
from store.tables import Status

ROWS = 25

router = APIRouter()


@router.get("/")
def begin() -> Response:
    """Send the browser to the queue."""
    return see("/queue")


@router.get("/queue")
def show(request: Request, desk: DeskDep, status: Status = Status.PENDING, number: PageNumber = 1) -> Response:
    """Show one page of the candidates of `status`."""
    with desk.reading() as session:
        counts = queue.count(session)
        candidates = tuple(queue.listing(session, status, limit=ROWS, offset=(number - 1) * ROWS))
    paging = _paging(status, number, len(candidates), counts.get(status, 0))
    return desk.render(request, QueuePage(status=status, counts=counts, candidates=candidates, paging=paging))


def _paging(status: Status, number: int, shown: int, total: int) -> Paging:
    last = (number - 1) * ROWS + shown
    return Paging(
        first=(number - 1) * ROWS + 1,
        last=last,
        total=total,
        before=_address(status, number - 1) if number > 1 else None,
        after=_address(status, number + 1) if shown and last < total else None,
    )


def _address(status: Status, number: int) -> str:
    return "/queue?" + urlencode({"status": status.value, "page": number})
