"""Which sources have missed their time: asked once when the schedule starts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

#: How far back a missed time is looked for; a cron expression that names 29 February alone fires every four years.
_LOOK_BACK = timedelta(days=5 * 366)


def last_time(schedule: str, timezone: str, now: datetime) -> datetime | None:
    """Return when a cron `schedule` fired last, at or before `now`; none if it never does."""
    local = now.astimezone(ZoneInfo(timezone)) + timedelta(seconds=1)
    try:
        moment = next(CronSim(schedule, local, reverse=True), None)
    except CronSimError:  # a day that no month has, such as 30 February
        return None
    return moment if moment and now - moment < _LOOK_BACK else None


def is_due(schedule: str, timezone: str, *, last_success: datetime | None, now: datetime) -> bool:
    """Return whether a source has never succeeded, or not since its schedule fired last."""
    if last_success is None:
        return True
    last = last_time(schedule, timezone, now)
    return last is not None and last_success < last
