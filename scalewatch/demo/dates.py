"""The dates in the demo's documents: written as days before it began, so that its world is always of this week."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

#: `[[-5d 09:12]]` is a time of the fifth day before, `[[+3m]]` three minutes after; a word before it names the format.
_MARK = re.compile(
    r"\[\[(?:(?P<form>rfc|day|hub) )?(?:(?P<days>-\d+)d (?P<hour>\d\d):(?P<minute>\d\d)|\+(?P<later>\d+)m)\]\]"
)


def dated(document: str, began: datetime) -> str:
    """Return the document with every mark replaced by its date."""
    return _MARK.sub(lambda mark: _written(mark["form"], _moment(mark, began)), document)


def _moment(mark: re.Match[str], began: datetime) -> datetime:
    if mark["later"]:
        return (began + timedelta(minutes=int(mark["later"]))).astimezone(UTC).replace(microsecond=0)
    day = began.astimezone(UTC) + timedelta(days=int(mark["days"]))
    return day.replace(hour=int(mark["hour"]), minute=int(mark["minute"]), second=0, microsecond=0)


def _written(form: str | None, moment: datetime) -> str:
    if form == "rfc":
        return format_datetime(moment, usegmt=True)
    if form == "day":
        return f"{moment:%Y-%m-%d}"
    return f"{moment:%Y-%m-%dT%H:%M:%S}{'.000' if form == 'hub' else ''}Z"
