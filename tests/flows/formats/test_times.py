from datetime import UTC, datetime

import pytest

from flows.formats.times import read_time


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T11:02:03Z", datetime(2026, 3, 1, 11, 2, 3, tzinfo=UTC)),
        ("2026-03-01T11:02:03.000Z", datetime(2026, 3, 1, 11, 2, 3, tzinfo=UTC)),
        ("2026-03-01T01:00:00+08:00", datetime(2026, 2, 28, 17, tzinfo=UTC)),
        (" 2026-03-01 ", datetime(2026, 3, 1, tzinfo=UTC)),
    ],
)
def test_read_time_gives_aware_utc(text: str, expected: datetime) -> None:
    assert read_time(text) == expected


@pytest.mark.parametrize("text", ["", "2026", "yesterday", "None", "2026-13-01", "0001-01-01T00:00:00+14:00"])
def test_read_time_finds_no_time(text: str) -> None:
    assert read_time(text) is None
