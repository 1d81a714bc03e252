"""Files that a person names, read whole and within bounds."""

import stat
from pathlib import Path

from flows.errors import ParseError


def read_file(path: Path, *, most_bytes: int) -> bytes:
    """Return the bytes of a regular file.

    Raises ParseError where it cannot be read, is larger than `most_bytes` (a multiple of a million), or is a device or
    a pipe, which may have no end.
    """
    try:
        known = path.stat()
        if stat.S_ISDIR(known.st_mode):
            raise ParseError(str(path), "is a folder")
        if not stat.S_ISREG(known.st_mode):
            raise ParseError(str(path), "is no file but a device or a pipe")
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)  # its size is no bound: some files of the system say 0 and go on
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ParseError(str(path), f"cannot be read ({_reason(error)})") from error
    if len(content) > most_bytes:
        raise ParseError(str(path), f"is larger than {most_bytes // 1_000_000} MB")
    return content


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
