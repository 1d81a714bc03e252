"""Which sources have missed their time."""

from datetime import UTC, datetime

import pytest

from flows.schedule.due import is_due, last_time

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("schedule", "timezone", "last"),
    [
        ("0 6 * * *", "UTC", datetime(2026, 11, 20, 6, tzinfo=UTC)),
        ("0 12 * * *", "UTC", NOON),
        ("1 12 * * *", "UTC", datetime(2026, 11, 19, 12, 1, tzinfo=UTC)),
        ("0 18 * * *", "Asia/Shanghai", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("30 6 * * 1", "UTC", datetime(2026, 11, 16, 6, 30, tzinfo=UTC)),
        ("*/30 * * * *", "Europe/Berlin", NOON),
        ("30 2 29 3 *", "Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_the_last_time_is_counted_in_the_zone_of_the_schedule(schedule: str, timezone: str, last: datetime) -> None:
    assert last_time(schedule, timezone, NOON) == last


def test_a_day_that_no_month_has_never_comes() -> None:
    assert last_time("0 6 30 2 *", "UTC", NOON) is None
    assert not is_due("0 6 30 2 *", "UTC", last_success=datetime(2020, 1, 1, tzinfo=UTC), now=NOON)


def test_a_source_that_never_succeeded_is_due() -> None:
    assert is_due("0 6 * * *", "UTC", last_success=None, now=NOON)


def test_a_source_is_due_when_its_time_has_passed_since_its_last_success() -> None:
    assert is_due("0 6 * * *", "UTC", last_success=datetime(2026, 11, 20, 5, 59, tzinfo=UTC), now=NOON)
    assert is_due("0 6 * * *", "UTC", last_success=datetime(2026, 11, 1, tzinfo=UTC), now=NOON)


def test_a_source_that_ran_at_its_time_is_not_due() -> None:
    assert not is_due("0 6 * * *", "UTC", last_success=datetime(2026, 11, 20, 6, 0, 2, tzinfo=UTC), now=NOON)
