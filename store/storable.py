"""What both databases can hold: text without NUL, and addresses short enough for an index."""

import re

from store.errors import InvalidValueError

#: PostgreSQL indexes at most some 2,700 bytes a row (https://www.postgresql.org/docs/current/btree.html).
LONGEST_ADDRESS = 2000

#: NUL, which PostgreSQL refuses in text, and lone surrogates, which are no characters.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return `text` with each character that cannot be stored replaced by U+FFFD; the length stays, so offsets hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def address(url: str) -> str:
    """Return `url` as it can be stored and looked up. Raises InvalidValueError beyond LONGEST_ADDRESS bytes."""
    kept = storable(url)
    if not kept or len(kept.encode()) > LONGEST_ADDRESS:
        raise InvalidValueError(f"an address has 1 to {LONGEST_ADDRESS} bytes: {kept[:80]!r} …")
    return kept
