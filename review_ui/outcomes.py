"""What the answer says when something was not done: its status, and the words at the top of the form."""

from review_ui.pages import Refusal
from review_ui.refusals import FieldProblemsError
from store.errors import (
    AlreadyDecidedError,
    BusyError,
    DatabaseError,
    InvalidValueError,
    NotFoundError,
    QuoteMismatchError,
    SchemaError,
    StaleRevisionError,
    StoreError,
)

_STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (NotFoundError, 404),
    (AlreadyDecidedError, 409),
    (StaleRevisionError, 409),
    (QuoteMismatchError, 409),
    (InvalidValueError, 422),
    (FieldProblemsError, 422),
    (BusyError, 503),
    (DatabaseError, 503),
    (SchemaError, 503),
)


def status_of(error: Exception) -> int:
    """Return the HTTP status for an error of the store or of the page itself."""
    return next((status for kind, status in _STATUSES if isinstance(error, kind)), 400)


def refusal(error: StoreError | FieldProblemsError, changes: tuple[str, ...] = ()) -> Refusal:
    """Return what the page says about `error`; `changes` matter only where the form was stale."""
    if isinstance(error, FieldProblemsError):
        return Refusal("Nothing was decided yet: look at the fields marked below.", error.problems)
    if isinstance(error, StaleRevisionError):
        return Refusal(f"{_sentence(error)} What you typed is still here: check it and send it again.", changes=changes)
    return Refusal(_sentence(error))


def _sentence(error: StoreError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
