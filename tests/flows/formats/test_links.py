import pytest

from flows.formats.links import absolute, canonical, mentioned


@pytest.mark.parametrize(
    "url",
    [
        "https://lab.example.org/blog/post",
        "http://www.lab.example.org/blog/post/",
        "https://LAB.example.org:443/blog/post#results",
        "https://lab.example.org/blog/post?utm_source=rss&fbclid=x",
        " https://lab.example.org/blog/post ",
    ],
)
def test_one_page_has_one_spelling(url: str) -> None:
    assert canonical(url) == "https://lab.example.org/blog/post"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://lab.example.org", "https://lab.example.org"),
        ("https://lab.example.org/?p=12", "https://lab.example.org?p=12"),
        ("https://lab.example.org/a%20b/é", "https://lab.example.org/a%20b/%C3%A9"),
        ("https://lab.example.org/A", "https://lab.example.org/A"),
    ],
)
def test_what_tells_pages_apart_stays(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url", ["", "mailto:a@b.c", "javascript:void(0)", "file:///etc/passwd", "//", "https://", "http://[::"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - urllib words some of them
        canonical(url)


def test_a_relative_address_is_read_against_its_page() -> None:
    assert absolute("../post#top", "https://lab.example.org/blog/index.xml") == "https://lab.example.org/post"


def test_mentioned_finds_addresses_without_the_punctuation_of_the_sentence() -> None:
    text = "Code (https://git.example.org/pelican), weights: https://hub.example.org/p. Again https://git.example.org/pelican/!"

    assert mentioned(text) == ("https://git.example.org/pelican", "https://hub.example.org/p")


def test_mentioned_finds_nothing_in_words_and_broken_addresses() -> None:
    assert mentioned("no address here, nor http:// alone, nor https://[::") == ()
