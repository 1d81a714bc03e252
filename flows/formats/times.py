"""Times as services write them."""

from datetime import UTC, datetime


def read_time(text: str) -> datetime | None:
    """Return an ISO 8601 date or time, aware, in UTC (which one without a zone is taken for); None where it is none."""
    try:
        time = datetime.fromisoformat(text.strip())
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the year 1 has no hour before it
        return None
