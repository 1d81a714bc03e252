"""One spelling for one address, and the addresses that a text mentions."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from store.storable import LONGEST_ADDRESS

#: Parameters that say where a reader came from and nothing about the page.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|trk", re.IGNORECASE)
_MENTION = re.compile(r"https?://[^\s<>\"'{}|\\^`\[\]]+", re.IGNORECASE)
_END_OF_SENTENCE = ".,;:!?)*_"


def canonical(url: str) -> str:
    """Return the one spelling of `url` under which a document stands.

    https, the host in small letters without `www.` and port, no fragment, no tracking parameters, no trailing slash.
    Raises ValueError where it is no web address, or too long to be stored.
    """
    parts = urlsplit(absolute(url))
    host = (parts.hostname or "").removeprefix("www.")
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if not _TRACKING.fullmatch(name)]
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~").rstrip("/")
    return _bounded(urlunsplit(("https", host, path, urlencode(kept), "")))


def absolute(url: str, base: str = "") -> str:
    """Return `url` read against `base`, without its fragment; raises ValueError as `canonical` does."""
    parts = urlsplit(urljoin(base, url.strip()))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url[:200]!r} is no http:// or https:// address")
    return _bounded(urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, "")))


def mentioned(*texts: str) -> tuple[str, ...]:
    """Return the web addresses in `texts` in one spelling, each once, in reading order."""
    return tuple(dict.fromkeys(_mentions(texts)))


def _bounded(url: str) -> str:
    if len(url.encode(errors="replace")) > LONGEST_ADDRESS:
        raise ValueError(f"an address has at most {LONGEST_ADDRESS} bytes: {url[:80]!r} …")
    return url


def _mentions(texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        for match in _MENTION.finditer(text):
            try:
                yield canonical(match.group().rstrip(_END_OF_SENTENCE))
            except ValueError:  # `http://` and a bracket: a text may write anything
                continue
