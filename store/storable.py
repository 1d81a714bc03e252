"""What can be stored and shown: text that both databases hold and no terminal obeys, addresses that fit an index."""

import re

from store.errors import InvalidValueError

#: PostgreSQL indexes at most some 2,700 bytes a row (https://www.postgresql.org/docs/current/btree.html).
LONGEST_ADDRESS = 2000

#: NUL, which PostgreSQL refuses in text; lone surrogates, which are no characters; and what moves a terminal's cursor,
#: renames its window or types for its user: bell, backspace, escape, delete and the eight-bit controls.
_UNSTORABLE = re.compile("[\x00\x07\x08\x1b\x7f-\x9f\ud800-\udfff]")


def storable(text: str) -> str:
    """Return `text` with each character that cannot be stored replaced by U+FFFD; the length stays, so offsets hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def address(url: str) -> str:
    """Return `url` as it can be stored and looked up. Raises InvalidValueError beyond LONGEST_ADDRESS bytes."""
    kept = storable(url)
    if not kept or len(kept.encode()) > LONGEST_ADDRESS:
        raise InvalidValueError(f"an address has 1 to {LONGEST_ADDRESS} bytes: {kept[:80]!r} …")
    return kept
