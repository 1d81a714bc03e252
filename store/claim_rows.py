"""What a claim must be to be stored, and what makes it another one of its document."""

from store.errors import InvalidValueError
from store.storable import storable
from store.tables import Claim

#: With these no row of the index of claims outgrows what PostgreSQL takes, whatever the script.
LONGEST_SUBJECT = 200
LONGEST_VALUE = 300

Identity = tuple[str, str, str, str, str, int, int]


def identity(claim: Claim) -> Identity:
    """Return what makes a claim of a document another one."""
    return (
        *(claim.extractor, claim.field, claim.subject, claim.value, claim.unit),
        *(claim.start_char, claim.end_char),
    )


def checked(claim: Claim) -> Claim:
    """Return a claim as it can be stored. Raises InvalidValueError for a subject or value that is too long."""
    subject, value = storable(claim.subject), storable(claim.value)
    if len(subject) > LONGEST_SUBJECT or len(value) > LONGEST_VALUE:
        raise InvalidValueError(
            f"{claim.field}: a subject has at most {LONGEST_SUBJECT} characters and a value {LONGEST_VALUE}: "
            f"{subject[:60]!r} = {value[:60]!r}"
        )
    texts = {"subject": subject, "value": value, "quote": storable(claim.quote), "reason": storable(claim.reason)}
    return Claim(**(claim.model_dump() | texts))
