"""What an item becomes when it is stored."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.item import Item, Payload
from flows.storing import document

NOW = datetime.now(UTC)


def item(published: datetime | None) -> Item:
    page = Payload("https://lab.example/feed", "application/rss+xml", b"<rss/>")
    return Item(
        "https://lab.example/foo", "post", "https://lab.example/foo", "Foo", "We release Foo.", published, None, page
    )


@pytest.mark.parametrize("moment", [NOW, NOW + timedelta(days=2), datetime(1999, 1, 1, tzinfo=UTC)])
def test_a_time_that_can_be_is_kept(moment: datetime) -> None:
    assert document(item(moment), "lab").published == moment


@pytest.mark.parametrize("moment", [datetime(9999, 12, 31, tzinfo=UTC), NOW + timedelta(days=40), None])
def test_a_time_far_ahead_counts_as_unknown(moment: datetime | None) -> None:
    assert document(item(moment), "lab").published is None
