"""A posted form as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from review_ui.refusals import RefusedFormError

_MOST_FIELDS = 10_000


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed: for each name its values, in the order in which they were sent."""

    values: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """Return the first value of `name` without the white space around it; empty where there is none."""
        return self.values[name][0].strip() if name in self.values else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of `name`."""
        return self.values.get(name, ())

    def number(self, name: str) -> int:
        """Return a whole number that the page itself put there; RefusedFormError where it is none."""
        text = self.text(name)
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise RefusedFormError(f"The form lacks its number {name!r}. Open the page again.")
        return int(text)


def parse(body: bytes) -> Form:
    """Return the form in a URL-encoded `body`; RefusedFormError where it cannot be read or has too many fields."""
    try:
        values = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise RefusedFormError("The form cannot be read, or has too many fields.") from None
    return Form({name: tuple(_clean(text) for text in texts) for name, texts in values.items()})


def _clean(text: str) -> str:
    """Undo the line ends of forms, and drop the one character that PostgreSQL cannot store."""
    return text.replace("\r\n", "\n").replace("\0", "")
