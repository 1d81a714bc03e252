"""What a person gives with a decision: why it is rejected, until when it waits."""

from datetime import UTC, date, datetime, timedelta

from review_ui.forms import Form
from review_ui.refusals import FieldProblemsError

TEXT_LIMIT = 2_000  # characters

REJECTIONS = ("out of scope", "duplicate", "not a model", "too small", "not new", "figures without proof")
#: How long a candidate can wait: the form's value, its words, and the days; the last two have no fixed length.
WAITS = (
    ("1", "until tomorrow"),
    ("7", "for a week"),
    ("30", "for a month"),
    ("open", "without a date"),
    ("date", "until this day"),
)
_DAYS = frozenset({"1", "7", "30"})
_FARTHEST = timedelta(days=3660)


def rejection(form: Form) -> str:
    """Return the chosen reason and the words beside it; FieldProblemsError where there is neither."""
    chosen, text = form.text("reason"), words_of(form, "reason_text")
    if chosen not in (*REJECTIONS, "other", ""):
        raise FieldProblemsError({"reason": "Choose one of the reasons."})
    if chosen in ("other", ""):
        if not text:
            raise FieldProblemsError({"reason": "Choose a reason, or write one."})
        return text
    return f"{chosen}: {text}" if text else chosen


def words_of(form: Form, name: str) -> str:
    """Return the text typed at `name`; FieldProblemsError where it is too long."""
    text = form.text(name)
    if len(text) > TEXT_LIMIT:
        raise FieldProblemsError({name: f"At most {TEXT_LIMIT:,} characters; these are {len(text):,}."})
    return text


def later_until(form: Form, now: datetime) -> datetime | None:
    """Return the moment until which to wait, none for no date; FieldProblemsError for a day that is not ahead."""
    wait = form.text("wait")
    if wait in _DAYS:
        return now + timedelta(days=int(wait))
    if wait == "open":
        return None
    return _day_ahead(form.text("until"), now)


def _day_ahead(text: str, now: datetime) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise FieldProblemsError({"until": "Give a day as 2027-01-31."}) from None
    until = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if not now < until < now + _FARTHEST:
        raise FieldProblemsError({"until": "Give a day that is ahead, within ten years."})
    return until


def required_words(form: Form, name: str) -> str:
    """Return the text typed at `name`; FieldProblemsError where there is none."""
    text = words_of(form, name)
    if not text:
        raise FieldProblemsError({name: "Say why, in a few words: it stays with the entry."})
    return text
