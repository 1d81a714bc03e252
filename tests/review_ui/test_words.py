"""Values are written as people read them, and addresses are links only where that is safe."""

from datetime import UTC, datetime, timedelta

import pytest

from review_ui import words
from store.values import Value

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("distance", "expected"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=50), "50 seconds ago"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=90), "2 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=-7), "in 7 days"),
        (timedelta(days=60), "2 months ago"),
        (timedelta(days=800), "2 years ago"),
    ],
    ids=str,
)
def test_ago_uses_one_unit(distance: timedelta, expected: str) -> None:
    assert words.ago(NOW - distance, NOW) == expected


@pytest.mark.parametrize(
    ("value", "human", "exact"),
    [
        (7e9, "7B", "7,000,000,000"),
        (1.5e13, "15T", "15,000,000,000,000"),
        (72.5, "72.5", "72.5"),
        (131072.0, "131,072", "131,072"),
        (512.0, "512", "512"),
        (True, "yes", "yes"),
        (False, "no", "no"),
        (("image", "text"), "image, text", "image, text"),
        ("Apache-2.0", "Apache-2.0", "Apache-2.0"),
        (None, "", ""),
    ],
    ids=str,
)
def test_a_value_is_written_short_and_exactly(value: Value | None, human: str, exact: str) -> None:
    assert (words.human(value), words.exact(value)) == (human, exact)


@pytest.mark.parametrize("address", ["https://example.org/a", "http://example.org", "HTTPS://EXAMPLE.ORG"])
def test_a_web_address_may_be_a_link(address: str) -> None:
    assert words.is_web(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://example.org, table 2",
        "",
        "https:",
        "http://[",
    ],
)
def test_anything_else_stays_text(address: str) -> None:
    assert not words.is_web(address)


def test_a_site_is_its_host() -> None:
    assert words.site("https://www.example.org/post?x=1") == "example.org"
    assert words.site("notes from a talk") == "notes from a talk"


def test_an_unknown_field_gets_a_readable_label() -> None:
    assert words.label("mixture_depth") == "Mixture depth"


def test_a_stamp_is_in_utc_to_the_second() -> None:
    assert words.stamp(NOW) == "2026-06-15 12:00:00 UTC"
