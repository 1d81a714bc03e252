"""What the store refuses, and what it cannot do.

StoreError
├── NotFoundError           no such document, candidate or entry
├── AlreadyDecidedError     somebody decided this before
├── StaleRevisionError      it has changed since the revision that the person saw
├── InvalidValueError       a value, a reason or an address that cannot be taken
├── QuoteMismatchError      a quote does not stand where its claim says
├── BusyError               another process runs this source
├── SchemaError             the tables are not those of this version
├── ExportError             a file that cannot be written
└── DatabaseError           the database cannot do it now: full, locked, lost
"""


class StoreError(Exception):
    """Anything that the store refuses; its text is one plain line. Can be pickled."""


class NotFoundError(StoreError):
    """No document, candidate or entry has this id."""

    def __init__(self, what: str, identifier: int | str) -> None:
        super().__init__(what, identifier)
        self.what = what
        self.identifier = identifier

    def __str__(self) -> str:
        """Name what was looked for."""
        return f"there is no {self.what} {self.identifier}"


class AlreadyDecidedError(StoreError):
    """A person decided this before; nothing was changed."""


class StaleRevisionError(StoreError):
    """What the person saw has changed since; nothing was changed."""

    def __init__(self, what: str, identifier: int, seen: int, current: int) -> None:
        super().__init__(what, identifier, seen, current)
        self.what = what
        self.identifier = identifier
        self.seen = seen
        self.current = current

    def __str__(self) -> str:
        """Say which revision was seen and which stands."""
        return (
            f"{self.what} {self.identifier} has changed since you saw it "
            f"(revision {self.seen}, now {self.current}): look at it again"
        )


class InvalidValueError(StoreError):
    """A value, a reason or an address that cannot be taken; the text says what would do."""


class QuoteMismatchError(StoreError):
    """The quote of a claim does not stand at its offsets in the document."""

    def __init__(self, claim_id: int, document_id: int) -> None:
        super().__init__(claim_id, document_id)
        self.claim_id = claim_id
        self.document_id = document_id

    def __str__(self) -> str:
        """Name the claim and the document."""
        return f"the quote of claim {self.claim_id} does not stand at its place in document {self.document_id}"


class BusyError(StoreError):
    """Another process runs this source now."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.source = source

    def __str__(self) -> str:
        """Name the source."""
        return f"{self.source}: another process runs this source now; try again when it is done"


class SchemaError(StoreError):
    """The database's tables are not those of this version of the program."""


class ExportError(StoreError):
    """A file that cannot be written; what stood there before still stands."""


class DatabaseError(StoreError):
    """The database cannot do it now; nothing of the step was stored."""
