"""What each address answered last: validators for conditional requests, and failures in a row."""

from sqlalchemy import func
from sqlmodel import Session, col

from store.storable import address
from store.tables import Fetch, now
from store.writing import Row, upsert

NOT_MODIFIED = 304
FIRST_FAILING_STATUS = 400


def recall(session: Session, url: str) -> Fetch | None:
    """Return what the address answered last, or None if it was never asked."""
    return session.get(Fetch, address(url), populate_existing=True)


def remember(
    session: Session, url: str, *, status: int | None, etag: str | None = None, last_modified: str | None = None
) -> None:
    """Record an answer; `status` is None where none came.

    A status of 400 or more, or none, adds one to the failures in a row; any other sets them to zero. Validators are
    replaced by an answer with content, and kept by 304 (unless it names new ones) and by failures.
    """
    is_failure = status is None or status >= FIRST_FAILING_STATUS
    row: Row = {
        "url": address(url),
        "status": status,
        "etag": etag,
        "last_modified": last_modified,
        "fetched_at": now(),
    }
    change: Row = {"status": status, "fetched_at": row["fetched_at"], "failures": 0}
    if is_failure:
        change["failures"] = col(Fetch.failures) + 1
    elif status == NOT_MODIFIED:
        change |= {
            "etag": func.coalesce(etag, col(Fetch.etag)),
            "last_modified": func.coalesce(last_modified, col(Fetch.last_modified)),
        }
    else:
        change |= {"etag": etag, "last_modified": last_modified}
    upsert(session, Fetch, row | {"failures": int(is_failure)}, key=("url",), change=change)
